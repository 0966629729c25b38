"""The pages of the trail; verify now; the checkpoints."""

from __future__ import annotations

from time import perf_counter
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from core.audit.lengths import in_per_cent, lengths_known
from core.audit.web.entry import entry_page
from core.audit.web.listing import FILTERS, base, chosen_log, trail_page
from core.desk import Desk
from core.web.files import as_file
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Progress
from core.web.lists import Listing, find
from core.web.pages import Page, page, see_other
from core.web.progress import jobs_of, progress_page
from core.web.routes import get, post
from events import Report, verify


class AcademyTrail(Controller):
    """What was recorded at one academy."""

    path = "/audit"

    @post("/", guards=[may("read", "core.trail")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, f"{base(desk)}/audit", form, FILTERS)

    @get("/", guards=[may("read", "core.trail")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The trail, filtered as the address says."""
        return trail_page(desk, Listing(desk, f"{base(desk)}/audit", request.query_params, FILTERS), form)

    @get("/{entry:uuid}", guards=[may("read", "core.trail")])
    def one(self, entry: FromPath[UUID], desk: NamedDependency[Desk], log: FromQuery[str] = "") -> Page:
        """One entry, in words, as JSON, and its leaf."""
        return entry_page(desk, chosen_log(desk, log), entry)


class TrustTrail(Controller):
    """What was recorded at the centre and, by a filter, at one academy; and whether all of it stands."""

    path = "/audit"

    @post("/", guards=[may("read", "core.trail")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, "/audit", form, FILTERS)

    @get("/", guards=[may("read", "core.trail")])
    def show(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any] | Page:
        """The trust's own trail; an academy chosen leads to that academy's."""
        listing = Listing(desk, "/audit", request.query_params, FILTERS)
        chosen = next((one for key, one in desk.academies.items() if str(key) == listing.chosen["academy"]), None)
        if chosen is not None:
            there = Listing(desk, f"/{chosen.urn}/audit", request.query_params, FILTERS)
            return see_other(there.href(academy=""))
        return trail_page(desk, listing, form)

    @get("/{entry:uuid}", guards=[may("read", "core.trail")])
    def one(self, entry: FromPath[UUID], desk: NamedDependency[Desk], log: FromQuery[str] = "") -> Page:
        """One entry of the trust's log."""
        return entry_page(desk, chosen_log(desk, log), entry)

    @post("/verify", guards=[may("read", "core.trail")])
    def begin(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Begins to read every log again."""
        store = desk.building.store

        def work(progress: Progress) -> tuple[Report, float]:
            started = perf_counter()
            return verify(store, in_per_cent(progress)), perf_counter() - started

        job = jobs_of(request).start(desk.person_id, work)
        job.wait(1)
        return see_other(f"/audit/verify?job={job.job_id}")

    @get("/verify", guards=[may("read", "core.trail")])
    def verified(
        self,
        request: Request[Any, Any, Any],
        job: FromQuery[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """How far it is, then what it found."""
        work = jobs_of(request).find(job, desk.person_id)
        if not work.finished:
            so_far = f"{work.done} per cent"
            return progress_page("Reading every entry again", work, "You may go on working.", so_far)
        return _verified_page(desk, work.result(), form)

    @get("/checkpoint", guards=[may("read", "core.trail")])
    def checkpoint(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        """The newest checkpoint of the trust and each academy: the half of the stick to keep elsewhere.

        It holds each log's length, as what is published of a log must: a proof is of so many entries.
        """
        store = desk.building.store
        store.sign_all()
        notes = [store.checkpoint(store.log(name)) for name in store.names()]
        return as_file(
            "\n".join(note for note in notes if note).encode(), "text/plain; charset=utf-8", "checkpoints.txt"
        )


def _verified_page(desk: Desk, found: tuple[Report, float], form: Form) -> Page:
    report, took = found
    bad = {fault.log for fault in report.faults}
    store = desk.building.store
    sizes = {one.log: (store.checkpoint(store.log(one.log)) or "\n0\n").split("\n")[1] for one in report.logs}
    known = lengths_known(desk)
    whole = known.issuperset(one.log for one in report.logs)
    entries = f"{sum(one.size for one in report.logs):,}" if whole else "All"
    says = (
        f"{entries} entries in {len(report.logs)} logs are as they were written."
        if report.ok
        else f"{len(report.faults)} things are not as they were written. Keep the files as they are."
    )
    return page(
        "audit/verified.html",
        ok=report.ok,
        says=says,
        at=desk.building.now,
        took=f"{took:.1f} seconds",
        logs=[
            {
                "name": one.log,
                "size": f"{one.size:,}" if one.log in known else "",
                "root": one.root,
                "checkpoint": f"{int(sizes[one.log]):,} entries" if one.log in known else "signed",
                "ok": one.log not in bad,
            }
            for one in report.logs
        ],
        faults=[
            {
                "log": one.log,
                "position": f"{one.position:,}" if one.position is not None and one.log in known else "",
                "what": one.what,
            }
            for one in report.faults
        ],
        next=[]
        if report.ok
        else [
            {"text": "Stop recording, keep the disk as it is, and call whoever runs this installation.", "href": None}
        ],
        actions=[
            {"text": "Verify again", "href": "/audit/verify", "post": True},
            {"text": "Checkpoints", "href": "/audit/checkpoint"},
        ],
        token=form.token(),
    )
