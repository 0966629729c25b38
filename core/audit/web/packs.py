"""Make a pack: choose entries, look at what will be shown and what withheld, then make it and take it away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from core.audit.packs import Choice, Draft, Made, Withholding, asked, field_of, make, preview
from core.audit.packs.withholding import FACT, Item
from core.audit.reasons import REASONS
from core.audit.web.handing import fit_for_a_link, hand_over, job_in, made_page, pack_of, shown_or_why
from core.audit.web.listing import base
from core.command import Command
from core.desk import Desk
from core.errors import NotFound, Refused
from core.roll.views import pupil
from core.roll.web.pupils import matches
from core.roll.web.taking import held, hold
from core.web.files import as_file
from core.web.forms import Form, Invalid
from core.web.guards import may, proved
from core.web.pages import Page, page
from core.web.progress import jobs_of, progress_page
from core.web.routes import get, post
from core.wording import counted

SINGLY = 60
"""Entries of which each part can be withheld by itself; of more, only what is alike in all."""

_SHOWN = 200  # entries told in a preview
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SINGLE = re.compile(rf"{_UUID.pattern}\.[0-9]{{1,2}}")


class ChooseEntries(Command, frozen=True):
    """What is typed on the first page."""

    purpose: Annotated[str, msgspec.Meta(title="who the pack is for, and why", max_length=500)]
    pupil: Annotated[str, msgspec.Meta(max_length=200)] = ""
    plugin: Annotated[str, msgspec.Meta(max_length=60)] = ""
    from_on: Annotated[date | None, msgspec.Meta(title="the first day")] = None
    until_by: Annotated[date | None, msgspec.Meta(title="the last day")] = None
    entries: Annotated[str, msgspec.Meta(max_length=20_000)] = ""
    since: Annotated[str, msgspec.Meta(title="the checkpoint", max_length=20_000)] = ""


class Packs(Controller):
    """Packs of the log of an academy, or of the trust's centre."""

    path = "/audit/pack"
    guards = [may("export", "core.trail")]

    @get("/")
    def ask(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What the pack is to hold."""
        return _choose_page(desk, form)

    @post("/")
    def take(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Keeps what was asked, sealed: nothing of it stands in an address."""

        def act() -> str:
            draft = Draft(desk.log.name, _choice(desk, form.read(ChooseEntries)))
            preview(desk, draft)
            hold(desk, form.command_id, draft)
            return f"{_here(desk)}/{form.command_id}"

        return form.attempt(act, lambda: _choose_page(desk, form))

    @get("/{pack:uuid}")
    def parts(self, pack: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What could be withheld."""
        return _withhold_page(desk, pack, _draft(desk, pack), form)

    @post("/{pack:uuid}")
    def withhold(self, pack: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Keeps what is withheld, and goes on to how it will read."""
        draft = _draft(desk, pack)

        def act() -> str:
            hold(desk, pack, msgspec.structs.replace(draft, withholding=_withholding(form)))
            return f"{_here(desk)}/{pack}/check"

        return form.attempt(act, lambda: _withhold_page(desk, pack, draft, form))

    @get("/{pack:uuid}/check", guards=[proved])
    def check(self, pack: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """How it will read; nothing has been made yet."""
        return _check_page(desk, pack, _draft(desk, pack), form)

    @post("/{pack:uuid}/make", guards=[proved])
    def begin(
        self,
        request: Request[Any, Any, Any],
        pack: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Makes what was looked at, and nothing else; it leaves only when it is fetched."""
        draft = _draft(desk, pack)

        def act() -> str:
            now, found = desk.building.now, preview(desk, draft)
            if form.text("seen") != found.digest:
                raise Refused("Something was recorded since you looked. Look again, then make it.", code="moved")
            job = jobs_of(request).start(
                desk.person_id, lambda progress: make(desk, draft.choice, found.items, now, progress), form.command_id
            )
            if job.wait(10):
                job.result()
            return f"{_here(desk)}/{pack}/made?job={job.job_id}"

        return form.attempt(act, lambda: _check_page(desk, pack, draft, form))

    @get("/{pack:uuid}/made")
    def made(
        self, request: Request[Any, Any, Any], pack: FromPath[UUID], job: FromQuery[UUID], desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:  # fmt: skip
        """The pack, to take away; and what its reader must be told by another way."""
        work = jobs_of(request).find(job, desk.person_id)
        if not work.finished:
            return progress_page(
                "Making the pack", work, "It leaves only when you fetch it.", f"Step {work.done + 1} of 3"
            )
        return _made_page(desk, pack, job, pack_of(request, desk, job, answers=False), form)

    @post("/{pack:uuid}/link", guards=[proved])
    def link(
        self,
        request: Request[Any, Any, Any],
        pack: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Hands it over by link; see `hand_over`."""
        job = job_in(form)
        made = pack_of(request, desk, job, answers=False)
        return form.checked(
            lambda: fit_for_a_link(made, form),
            lambda: hand_over(desk, made, form, _crumbs(desk, "Handed over")),
            lambda: _made_page(desk, pack, job, made, form),
        )

    @get("/{pack:uuid}/pack.zip")
    def fetch(
        self, request: Request[Any, Any, Any], pack: FromPath[UUID], job: FromQuery[UUID], desk: NamedDependency[Desk]
    ) -> Response[bytes]:
        """The file; that it left is recorded first, for each record in it."""
        made = pack_of(request, desk, job, answers=False)
        desk.packed(made.sha256, made.made_on, made.streams, made.purpose)
        return as_file(made.content, "application/zip", made.name)


def _made_page(desk: Desk, pack: UUID, job: UUID, made: Made, form: Form) -> Page:
    then = {"text": "Make another", "href": _here(desk)}
    return made_page(made, f"{_here(desk)}/{pack}", _crumbs(desk, "The pack"), then, form, job)


def _here(desk: Desk) -> str:
    return f"{base(desk)}/audit/pack"


def _crumbs(desk: Desk, here: str) -> list[dict[str, str | None]]:
    trail: list[dict[str, str | None]] = [{"text": "Trail", "href": f"{base(desk)}/audit"}]
    if here != "Make a pack":
        trail.append({"text": "Make a pack", "href": _here(desk)})
    return [*trail, {"text": here, "href": None}]


def _choose_page(desk: Desk, form: Form) -> Page:
    rooms = [
        one for one in desk.building.plugins.everything if _has_something(desk, [each.name for each in one.records])
    ]
    return page(
        "audit/pack.html",
        crumbs=_crumbs(desk, "Make a pack"),
        action=_here(desk),
        token=form.token(),
        form=form,
        of_pupils=desk.academy is not None and bool(desk.see_all(pupil)),
        plugins=[{"value": "", "text": "All"}, *({"value": one.name, "text": one.title} for one in rooms)],
        academies=[]
        if desk.academy
        else [{"text": one.name, "href": f"/{one.urn}/audit/pack"} for one in desk.academies.values()],
        back_href=f"{base(desk)}/audit",
    )


def _has_something(desk: Desk, records: list[str]) -> bool:
    return any(desk.permissions.anywhere("read", record) for record in records)


def _choice(desk: Desk, typed: ChooseEntries) -> Choice:
    entries = tuple(UUID(one) for one in _UUID.findall(typed.entries))
    if typed.entries and not entries:
        raise Refused("An entry's id is 32 letters and figures, as its page shows it.", code="no_ids", field="entries")
    if typed.from_on and typed.until_by and typed.until_by < typed.from_on:
        raise Refused("The last day lies before the first.", code="days", field="until_by")
    subject = _pupil(desk, typed.pupil) if typed.pupil else None
    if not (entries or subject or typed.plugin or typed.from_on or typed.until_by):
        raise Refused("Choose a pupil, a plugin, days, or entries.", code="nothing_chosen", field="pupil")
    of = (subject,) if subject else ()
    return Choice(typed.purpose, of, typed.plugin, typed.from_on, typed.until_by, entries, typed.since)


def _pupil(desk: Desk, words: str) -> UUID:
    found = [key for key, one in desk.see_all(pupil).items() if matches(one, words.casefold())]
    if len(found) == 1:
        return found[0]
    says = f"{len(found)} pupils fit. Give the UPN." if found else "No pupil fits whose record you may read."
    raise Refused(says, code="which_pupil", field="pupil")


def _draft(desk: Desk, pack: UUID) -> Draft:
    """Theirs, of this log; raises NotFound."""
    draft = held(desk, pack, Draft)
    if draft.log != desk.log.name:
        raise NotFound
    return draft


def _withhold_page(desk: Desk, pack: UUID, draft: Draft, form: Form) -> Page:
    found, kept = preview(desk, draft), draft.withholding
    _note_opened(desk, found.items)
    singly = found.items if len(found.items) <= SINGLY else ()
    items = {item.event.event_id: item for item in singly}
    form.fill(by=kept.by, texts=kept.texts, **kept.single)
    return page(
        "audit/pack_withhold.html",
        crumbs=_crumbs(desk, "Withhold"),
        action=f"{_here(desk)}/{pack}",
        token=form.token(),
        form=form,
        lede=f"{asked(desk, draft.choice)} That is {counted(len(found.items), 'entry', 'entries')}.",
        options=shown_or_why(),
        entries=[{"told": one, "pieces": _pieces(items[one.event])} for one in found.told if one.event in items],
        too_many=None if singly else f"Single parts can be withheld where there are {SINGLY} entries or fewer.",
        back_href=_here(desk),
    )


def _pieces(item: Item) -> list[dict[str, str]]:
    """What of an entry can be withheld by itself."""
    offered = [piece for piece in item.pieces if piece.name == FACT or piece.words]
    return [{"name": field_of(item.event, one), "label": one.label, "words": one.words} for one in offered]


def _withholding(form: Form) -> Withholding:
    """What was chosen; raises Invalid."""
    codes = {name: form.text(name) for name in form.fields if name in ("by", "texts") or _SINGLE.fullmatch(name)}
    for name, code in codes.items():
        if code and code not in REASONS:
            form.wrong(name, "Choose a reason from the list.")
    if form.errors:
        raise Invalid
    single = {name: code for name, code in codes.items() if code and name not in ("by", "texts")}
    return Withholding(codes.get("by", ""), codes.get("texts", ""), single)


def _check_page(desk: Desk, pack: UUID, draft: Draft, form: Form) -> Page:
    found = preview(desk, draft)
    _note_opened(desk, found.items)
    gaps = sum(len(one.gaps) for one in found.told)
    return page(
        "audit/pack_check.html",
        crumbs=_crumbs(desk, "Check"),
        action=f"{_here(desk)}/{pack}/make",
        token=form.token(),
        form=form,
        keep=[{"name": "seen", "value": found.digest}],
        about=[
            {"label": "For", "value": draft.choice.purpose, "action": None},
            {"label": "Asked for", "value": asked(desk, draft.choice)},
            {"label": "Shown", "value": counted(len(found.items), "entry", "entries")},
            {"label": "Withheld", "value": counted(gaps, "part", "parts") if gaps else "nothing"},
        ],
        told=found.told[:_SHOWN],
        more=len(found.told) - _SHOWN,
        back_href=f"{_here(desk)}/{pack}",
    )


def _note_opened(desk: Desk, items: Sequence[Item]) -> None:
    """That these records were opened is recorded, as on any page."""
    opened: dict[UUID, set[str]] = {}
    for item in items:
        if item.event.subject and desk.log.see(pupil, item.event.subject):
            opened.setdefault(item.event.subject, set()).add(item.event.record)
    for subject, records in opened.items():
        desk.opened(subject, records)
