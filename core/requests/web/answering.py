"""What is given to whoever asked: read by a second person as it will read, then made a pack and taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar import Request as Sent
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from core.audit.packs import Made, make
from core.audit.reasons import REASONS
from core.audit.web.handing import fit_for_a_link, hand_over, job_in, made_page, pack_of
from core.desk import Desk
from core.errors import NotFound, Refused
from core.requests.commands import ReadSecond, SealPack
from core.requests.gathering import choice_of, documents_of, whole
from core.requests.views import Request
from core.requests.web.gathering import crumbs_of, open_request
from core.requests.web.requests import OWN, base
from core.web.files import as_document, as_file
from core.web.forms import Form
from core.web.guards import may, proved
from core.web.jobs import Progress
from core.web.pages import Page, page
from core.web.progress import jobs_of, progress_page
from core.web.routes import get, post
from core.web.uploads import media_type_of
from core.wording import counted


class Answering(Controller):
    """The answer to one request about somebody, at one academy."""

    path = "/requests/{case:uuid}"

    @get("/whole", guards=[may("write", OWN)])
    def look(self, case: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Everything that is given, as it will read."""
        return _whole_page(desk, case, form)

    @post("/whole", guards=[may("write", OWN)])
    def read(self, case: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """A second person says that they read all of it."""
        one = open_request(desk, case)

        def act() -> str:
            if (digest := whole(desk, one).digest) != form.text("digest"):
                raise Refused("Something was recorded since you looked. Read it again.", code="moved")
            command = ReadSecond(form.text("remarks"), digest)
            desk.do(command, case, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{case}"

        return form.attempt(act, lambda: _whole_page(desk, case, form), "Recorded.")

    @get("/documents/{entry:uuid}/{at:str}", guards=[may("write", OWN)])
    def document(
        self, case: FromPath[UUID], entry: FromPath[UUID], at: FromPath[str], desk: NamedDependency[Desk]
    ) -> Response[bytes]:
        """A document that is given: whoever decides and whoever reads must have seen it."""
        one = open_request(desk, case)
        stream, named = documents_of(desk, one, entry)
        number = int(at) if at.isdecimal() and len(at) < 4 else 0
        if not 0 < number <= len(named):
            raise NotFound
        desk.opened(stream.subject, [stream.record])
        content = desk.log.document(stream, named[number - 1])
        return as_document(content, media_type_of(content), f"document-{number}")

    @post("/pack", guards=[may("export", OWN), proved])
    def begin(
        self,
        request: Sent[Any, Any, Any],
        case: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Makes what was read by two a pack; it leaves only when it is fetched."""
        one = open_request(desk, case)

        def act() -> str:
            found, now, command_id = whole(desk, one), desk.building.now, form.command_id

            def sealing(sha256: str, gaps: int) -> SealPack:
                return SealPack(sha256, found.digest, len(found.items), gaps)

            def work(progress: Progress) -> Made:
                made = make(desk, choice_of(one), found.items, now, progress)
                desk.do(sealing(made.sha256, made.gaps), case, command_id=command_id)
                return made

            desk.would(sealing("0" * 64, 0), case)  # refused before anything is made
            job = jobs_of(request).start(desk.person_id, work, command_id)
            if job.wait(10):
                job.result()
            return f"{base(desk)}/{case}/pack?job={job.job_id}"

        return form.attempt(act, lambda: _whole_page(desk, case, form))

    @get("/pack", guards=[may("export", OWN)])
    def made(
        self, request: Sent[Any, Any, Any], case: FromPath[UUID], job: FromQuery[UUID], desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:  # fmt: skip
        """The pack, to take away."""
        one = open_request(desk, case)
        work = jobs_of(request).find(job, desk.person_id)
        if not work.finished:
            step = f"Step {work.done + 1} of 3"
            return progress_page("Making the pack", work, "It leaves only when you fetch it.", step)
        return _made_page(desk, case, job, _sealed(request, desk, job, one), form)

    @post("/link", guards=[may("export", OWN), proved])
    def link(
        self,
        request: Sent[Any, Any, Any],
        case: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Hands it over by link; see `hand_over`."""
        job = job_in(form)
        made = _sealed(request, desk, job, open_request(desk, case))
        return form.checked(
            lambda: fit_for_a_link(made, form),
            lambda: hand_over(desk, made, form, crumbs_of(desk, case, "Handed over")),
            lambda: _made_page(desk, case, job, made, form),
        )

    @get("/pack.zip", guards=[may("export", OWN)])
    def fetch(
        self, request: Sent[Any, Any, Any], case: FromPath[UUID], job: FromQuery[UUID], desk: NamedDependency[Desk]
    ) -> Response[bytes]:
        """The file; that it left is recorded first, for each record in it."""
        made = _sealed(request, desk, job, open_request(desk, case))
        desk.packed(made.sha256, made.made_on, made.streams, made.purpose)
        return as_file(made.content, "application/zip", made.name)


def _sealed(request: Sent[Any, Any, Any], desk: Desk, job: UUID, one: Request) -> Made:
    """The pack that was made for this request of what was read last; raises NotFound for any other."""
    made = pack_of(request, desk, job, answers=True)
    if made.sha256 != one.pack:
        raise NotFound
    return made


def _made_page(desk: Desk, case: UUID, job: UUID, made: Made, form: Form) -> Page:
    then = {"text": "Back to the request", "href": f"{base(desk)}/{case}"}
    return made_page(made, f"{base(desk)}/{case}", crumbs_of(desk, case, "The pack"), then, form, job)


def _whole_page(desk: Desk, case: UUID, form: Form) -> Page:
    one = open_request(desk, case)
    try:
        found, stands = whole(desk, one), ""
    except Refused as error:
        found, stands = None, str(error)
    items = found.items if found else ()
    for subject in {item.event.subject for item in items if item.event.subject}:
        desk.opened(subject, {item.event.record for item in items if item.event.subject == subject})
    titles = desk.building.plugins.titles
    here, may_seal = f"{base(desk)}/{case}", desk.may("export", OWN)
    is_read = found is not None and one.digest == found.digest
    return page(
        "requests/whole.html",
        crumbs=crumbs_of(desk, case, "What is given", gathered=True),
        stands=stands,
        told=found.told if found else [],
        looks=found.looks if found else [],
        left_out=[{"what": titles.get(record, record), "why": REASONS[code]} for record, code in one.left_out.items()],
        about=[
            {"label": "Shown", "value": counted(len(found.items), "entry", "entries")},
            {"label": "Held back", "value": counted(sum(len(one.gaps) for one in found.told), "part", "parts")},
            {"label": "Left out whole", "value": counted(len(one.left_out), "kind of record", "kinds of record")},
            {"label": "Read", "value": f"by {desk.name_of(one.read_by)}" if is_read and one.read_by else "not yet"},
        ]
        if found
        else [],
        reads=not is_read,
        makes=is_read and may_seal and one.read_by != desk.person_id and bool(items),
        form=form,
        token=form.token(desk.seen_for(ReadSecond, case)),
        keep=[{"name": "digest", "value": found.digest}] if found else [],
        read_action=f"{here}/whole",
        pack_action=f"{here}/pack",
        back_href=f"{here}/gather",
    )
