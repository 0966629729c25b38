"""The trail of an academy and of the trust, newest first; each entry in words and as JSON; verify now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from time import perf_counter
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Controller, Request, Response
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.views import Pupil, pupil
from core.roll.web.pupils import matches
from core.web.files import as_file
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Jobs, Progress
from core.web.lists import Listing, find
from core.web.pages import Page, page, see_other
from core.web.routes import get, post
from core.web.timeline import late, who
from events import Erased, Event, Log, Report, Unread, Withdrawn, verify

_PER_PAGE = 50
_LONDON = ZoneInfo("Europe/London")
_FILTERS = ["log", "person", "pupil", "plugin", "academy", "from", "to"]


class AcademyTrail(Controller):
    """What was recorded at one academy."""

    path = "/audit"

    @post("/", guards=[may("read", "core.trail")])
    def find(self, desk: Desk, form: Form) -> Response[Any]:
        return find(desk, f"{_base(desk)}/audit", form, _FILTERS)

    @get("/", guards=[may("read", "core.trail")])
    def show(self, request: Request[Any, Any, Any], desk: Desk, form: Form) -> Page:
        """The trail, filtered as the address says."""
        return _trail_page(desk, Listing(desk, f"{_base(desk)}/audit", request.query_params, _FILTERS), form)

    @get("/{position:int}", guards=[may("read", "core.trail")])
    def one(self, position: FromPath[int], desk: Desk) -> Page:
        """One entry, in words, as JSON, and its leaf."""
        return _entry_page(desk, position)


class TrustTrail(Controller):
    """What was recorded at the centre and, by a filter, at one academy; and whether all of it stands."""

    path = "/audit"

    @post("/", guards=[may("read", "core.trail")])
    def find(self, desk: Desk, form: Form) -> Response[Any]:
        return find(desk, "/audit", form, _FILTERS)

    @get("/", guards=[may("read", "core.trail")])
    def show(self, request: Request[Any, Any, Any], desk: Desk, form: Form) -> Response[Any] | Page:
        """The trust's own trail; an academy chosen leads to that academy's."""
        listing = Listing(desk, "/audit", request.query_params, _FILTERS)
        chosen = next((one for key, one in desk.academies.items() if str(key) == listing.chosen["academy"]), None)
        if chosen is not None:
            there = Listing(desk, f"/{chosen.urn}/audit", request.query_params, _FILTERS)
            return see_other(there.href(academy=""))
        return _trail_page(desk, listing, form)

    @get("/{position:int}", guards=[may("read", "core.trail")])
    def one(self, position: FromPath[int], desk: Desk) -> Page:
        """One entry of the trust's log."""
        return _entry_page(desk, position)

    @post("/verify", guards=[may("read", "core.trail")])
    def begin(self, request: Request[Any, Any, Any], desk: Desk, form: Form) -> Response[Any]:
        """Begins to read every log again."""
        store = desk.building.store

        def work(progress: Progress) -> tuple[Report, float]:
            started = perf_counter()
            return verify(store, progress), perf_counter() - started

        job = _jobs(request).start(desk.person_id, work)
        job.wait(1)
        return see_other(f"/audit/verify?job={job.job_id}")

    @get("/verify", guards=[may("read", "core.trail")])
    def verified(self, request: Request[Any, Any, Any], job: UUID, desk: Desk, form: Form) -> Page:
        """How far it is, then what it found."""
        work = _jobs(request).find(job, desk.person_id)
        if not work.finished:
            shown = page(
                "progress.html",
                title="Reading every entry again",
                says=f"{work.done:,} of {work.total:,} entries",
                done=work.done,
                total=work.total,
                steps=[],
                meanwhile="You may go on working.",
                stop=None,
            )
            shown.headers["Refresh"] = "1"
            return shown
        return _verified_page(desk, work.result(), form)

    @get("/checkpoint", guards=[may("read", "core.trail")])
    def checkpoint(self, desk: Desk) -> Response[bytes]:
        """The newest checkpoint of the trust and each academy: the half of the stick to keep elsewhere."""
        store = desk.building.store
        store.sign_all()
        notes = [store.checkpoint(store.log(name)) for name in store.names()]
        return as_file(
            "\n".join(note for note in notes if note).encode(), "text/plain; charset=utf-8", "checkpoints.txt"
        )


def _base(desk: Desk) -> str:
    return f"/{desk.academy.urn}" if desk.academy else ""


def _jobs(request: Request[Any, Any, Any]) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def _log(desk: Desk, listing: Listing) -> Log:
    """The log asked for: of decisions, or of who looked."""
    if listing.chosen["log"] != "reads":
        return desk.log
    log = desk.building.reads_log(desk.academy)
    log.refresh()
    return log


def _trail_page(desk: Desk, listing: Listing, form: Form) -> Page:
    log = _log(desk, listing)
    people = {key: one.name for key, one in desk.building.people().items()}
    pupils = desk.see_all(pupil)
    found = _positions(log, listing, pupils)
    start = (listing.number - 1) * _PER_PAGE
    window = list(islice(found, start, start + _PER_PAGE + 1))
    shown = [event for event in log.at(window[:_PER_PAGE]) if _visible(desk, event)]
    more = len(window) > _PER_PAGE
    gone = _withdrawn_among(log, shown)
    plugins = [("", "All"), *((one.name, one.title) for one in desk.building.plugins.everything)]
    academies = (
        [("", "The trust"), *((str(key), one.name) for key, one in desk.academies.items())]
        if desk.academy is None
        else []
    )
    links: dict[str, Any] = {
        "says": "",
        "previous": listing.href(page=str(listing.number - 1)) if listing.number > 1 else None,
        "next": listing.href(page=str(listing.number + 1)) if more else None,
        "items": [],
    }
    actions = []
    if desk.academy is None:
        actions = [
            {"text": "Verify now", "href": "/audit/verify", "post": True, "main": True},
            {"text": "Checkpoints", "href": "/audit/checkpoint"},
        ]
    kind = "Who looked" if listing.chosen["log"] == "reads" else "What was decided"
    other = ("decisions", "What was decided") if listing.chosen["log"] == "reads" else ("reads", "Who looked")
    actions.append({"text": other[1], "href": listing.href(log=other[0] if other[0] == "reads" else "")})
    return page(
        "audit/trail.html",
        lede=f"{kind}, newest first: when it happened, when it was typed, and by whom.",
        actions=actions,
        token=form.token(),
        figures=_figures(desk, log),
        filters=listing.filters(
            form,
            {"person": "Typed by", "pupil": "Pupil", "plugin": "Plugin", "from": "From", "to": "Up to"},
            {
                "person": [
                    ("", "Anyone"),
                    *((str(key), name) for key, name in sorted(people.items(), key=lambda item: item[1])),
                ],
                "plugin": plugins,
                "academy": academies,
            },
        ),
        caption=f"{len(log.index):,} entries in this log; {len(shown)} shown",
        rows=[_row(desk, event, pupils, gone, listing) for event in shown],
        columns=[],
        pages=links if more or listing.number > 1 else None,
        empty={"says": "No entry fits these filters.", "next": "Remove a filter to see more."},
    )


def _positions(log: Log, listing: Listing, pupils: dict[UUID, Pupil]) -> Iterator[int]:
    chosen = listing.chosen
    who_id = _uuid(chosen["person"])
    first, last = _day(chosen["from"]), _day(chosen["to"])
    low = int(datetime.combine(first, time.min, _LONDON).timestamp() * 1e6) if first else 0
    high = int(datetime.combine(last, time.max, _LONDON).timestamp() * 1e6) if last else 2**63
    subjects: Sequence[UUID | None] = [None]
    if chosen["pupil"]:
        subjects = [key for key, one in pupils.items() if matches(one, chosen["pupil"].casefold())][:200]
    kind = f"{chosen['plugin']}." if chosen["plugin"] else ""
    streams = [log.index.newest_first(actor=who_id, subject=subject, kind_prefix=kind) for subject in subjects]
    merged = streams[0] if len(streams) == 1 else iter(sorted((at for one in streams for at in one), reverse=True))
    return (at for at in merged if low <= log.index.recorded_us[at] <= high)


def _visible(desk: Desk, event: Event) -> bool:
    """Whether this person may read the class the entry is of; who looked is shown without what was seen."""
    if event.subject is None or event.record in ("core.running", "core.people"):
        return True
    return desk.may("read", event.record, event.subject) or desk.may("read", "core.trail")


def _row(desk: Desk, event: Event, pupils: dict[UUID, Pupil], gone: set[UUID], listing: Listing) -> dict[str, Any]:
    subject = event.subject
    named = (
        {"name": pupils[subject].name, "href": f"{_base(desk)}/pupils/{subject}"}
        if subject and subject in pupils
        else None
    )
    reads = "?log=reads" if listing.chosen["log"] == "reads" else ""
    happened = None if event.subject is None else event.day
    return {
        "n": f"{event.position:,}",
        "href": f"{_base(desk)}/audit/{event.position}{reads}",
        "words": _words(desk, event),
        "pupil": named,
        "happened": happened,
        "typed": event.recorded_at,
        "late": late(event),
        "by": who(desk, event),
        "plugin": event.kind.split(".")[0],
        "academy": None,
        "withdrawn": event.event_id in gone,
    }


def _words(desk: Desk, event: Event) -> str:
    """The sentence, for whoever may read the class; otherwise only that something was recorded."""
    if (
        event.subject is None
        or event.record in ("core.running", "core.people")
        or desk.may("read", event.record, event.subject)
    ):
        return desk.sentence(event)
    return f"Something was recorded in {event.record}"


def _withdrawn_among(log: Log, events: list[Event]) -> set[UUID]:
    """Which of these stand withdrawn by a later entry of their stream."""
    gone: set[UUID] = set()
    for subject, record in {(event.subject, event.record) for event in events if event.subject}:
        gone |= {one.fact.event for one in log.stream(subject, record) if isinstance(one.fact, Withdrawn)}
    return gone


def _figures(desk: Desk, log: Log) -> list[dict[str, Any]]:
    note = desk.building.store.checkpoint(log)
    size = note.split("\n")[1] if note else "none yet"
    covered = f"covers {int(size):,} entries" if note else "signed within a minute of a new entry"
    return [
        {"label": "Entries", "value": f"{len(log.index):,}", "note": None},
        {"label": "Checkpoint", "value": f"{int(size):,}" if note else size, "note": covered},
    ]


def _entry_page(desk: Desk, position: int) -> Page:
    log = desk.log
    try:
        event = log.event(position)
    except (IndexError, Erased):
        raise NotFound from None
    readable = (
        event.subject is None
        or event.record in ("core.running", "core.people")
        or desk.may("read", event.record, event.subject)
    )
    note = desk.building.store.checkpoint(log)
    size = int(note.split("\n")[1]) if note else 0
    covered = (
        f"Covered by the checkpoint of {size:,} entries. It proves this entry to whoever got that checkpoint elsewhere."
        if position < size
        else "No checkpoint covers it yet; the next is signed within a minute. Until then its row's mac vouches for it."
    )
    base = f"{_base(desk)}/audit"
    about = [
        {"label": "Happened", "value": f"{event.day:%-d %B %Y}"},
        {"label": "Typed", "value": f"{event.recorded_at.astimezone(_LONDON):%-d %B %Y, %H:%M:%S}"},
        {"label": "By", "value": who(desk, event)},
        {"label": "Kind", "value": event.kind},
        {"label": "Class of record", "value": event.record or "open to anyone"},
    ]
    return page(
        "audit/entry.html",
        n=f"{position:,}",
        crumbs=[{"text": "Trail", "href": base}, {"text": f"Entry {position:,}", "href": None}],
        words=_words(desk, event),
        about=about,
        withdrawn=_taken_back(desk, event),
        json=_json(event) if readable else "withheld: this class of record is not granted to you",
        leaf=[
            {"label": "Log", "value": log.origin},
            {"label": "Position", "value": str(position)},
            {"label": "Leaf hash", "value": event.leaf.hex()},
            {"label": "Commitment", "value": event.commitment.hex()},
            {"label": "Number in its stream", "value": str(event.n)},
        ],
        covered=covered,
        previous=f"{base}/{position - 1}" if position else None,
        next=f"{base}/{position + 1}" if position + 1 < len(log.index) else None,
        actions=[],
        token="",
    )


def _json(event: Event) -> str:
    fact = (
        {"kind": event.kind, **event.fact.fields} if isinstance(event.fact, Unread) else msgspec.to_builtins(event.fact)
    )
    told: dict[str, Any] = {"position": event.position, "recorded_at": event.recorded_at, "fact": fact}
    if event.subject:
        told |= {"subject": event.subject, "record": event.record}
    if event.actor:
        told |= {"by": event.actor.by, "as": event.actor.role, "session": event.actor.session}
    if event.why:
        told["why"] = event.why
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()


def _taken_back(desk: Desk, event: Event) -> str | None:
    if event.subject is None:
        return None
    for one in desk.log.stream(event.subject, event.record):
        if isinstance(one.fact, Withdrawn) and one.fact.event == event.event_id:
            return f"{desk.sentence(one)} ({who(desk, one)})"
    return None


def _verified_page(desk: Desk, found: tuple[Report, float], form: Form) -> Page:
    report, took = found
    bad = {fault.log for fault in report.faults}
    store = desk.building.store
    sizes = {one.log: (store.checkpoint(store.log(one.log)) or "\n0\n").split("\n")[1] for one in report.logs}
    entries = sum(one.size for one in report.logs)
    says = (
        f"{entries:,} entries in {len(report.logs)} logs are as they were written."
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
                "size": f"{one.size:,}",
                "root": one.root,
                "checkpoint": f"{int(sizes[one.log]):,} entries",
                "ok": one.log not in bad,
            }
            for one in report.logs
        ],
        faults=[
            {"log": one.log, "position": "" if one.position is None else f"{one.position:,}", "what": one.what}
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


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
