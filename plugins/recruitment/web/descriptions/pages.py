"""The job descriptions of an academy, and one of them: as it is, as it was, what changed, and as a document."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import crumbs
from core.web.files import as_file
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted, day

from ...facts import DescriptionWritten
from ...reading import Criterion, Duty
from ...reading import Description as Read
from ...telling import base
from ...views import Description, description, differences, vacancies
from ...writing import written_docx, written_pdf
from .words import body, flags_of

RECORD = "recruitment.description"
TITLE = "Job descriptions"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Descriptions(Controller):
    """What the academy's posts are."""

    path = "/descriptions"

    @get("/", guards=[may("read", RECORD)])
    def show_all(self, desk: NamedDependency[Desk]) -> Page:
        """Every job description, by its title."""
        here, used = f"{base(desk)}/descriptions", _used(desk)
        known = sorted(desk.see_all(description).items(), key=lambda pair: pair[1].now.title.casefold())
        actions = []
        if desk.may("write", RECORD):
            actions = [
                {"text": "Import one", "href": f"{here}/import", "main": True},
                {"text": "Write one", "href": f"{here}/new"},
            ]
        return page(
            "recruitment/descriptions.html",
            crumbs=crumbs(desk, _above(desk), TITLE),
            title=TITLE,
            actions=actions,
            rows=[
                {
                    "title": one.now.title,
                    "href": f"{here}/{key}",
                    "duties": len(one.now.duties),
                    "criteria": len(one.now.criteria),
                    "flags": len(flags_of(desk, one.now)),
                    "unplaced": len(one.now.unplaced),
                    "version": len(one.versions),
                    "written_on": one.now.written_on,
                    "vacancies": used.get(key, 0),
                }
                for key, one in known
            ],
        )

    @get("/{description_id:uuid}", guards=[may("read", RECORD)])
    def show(self, description_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """One job description as it is now."""
        return _version_page(desk, description_id, found(desk, description_id), None)

    @get("/{description_id:uuid}/versions/{version:uuid}", guards=[may("read", RECORD)])
    def show_version(
        self, description_id: FromPath[UUID], version: FromPath[UUID], desk: NamedDependency[Desk]
    ) -> Page:
        """One job description as it was."""
        return _version_page(desk, description_id, found(desk, description_id), version)

    @get("/{description_id:uuid}/changes/{old:uuid}/{new:uuid}", guards=[may("read", RECORD)])
    def changes(
        self, description_id: FromPath[UUID], old: FromPath[UUID], new: FromPath[UUID], desk: NamedDependency[Desk]
    ) -> Page:
        """What a later version has otherwise, in words."""
        known = found(desk, description_id)
        first, second = known.version(old), known.version(new)
        if first is None or second is None:
            raise NotFound
        return page(
            "recruitment/description_changes.html",
            crumbs=trail(desk, "What changed", description_id),
            lede=f"From version {_number(known, first)} of {day(first.written_on)} "
            f"to version {_number(known, second)} of {day(second.written_on)}",
            title=second.title,
            parts=differences(first, second),
        )

    @get("/{description_id:uuid}/versions/{version:uuid}/docx", guards=[may("export", RECORD)])
    def as_docx(
        self, description_id: FromPath[UUID], version: FromPath[UUID], desk: NamedDependency[Desk]
    ) -> Response[bytes]:
        """A version as a Word document."""
        told = _told(found(desk, description_id), version)
        desk.exported("job description as Word", RECORD, 1)
        return as_file(written_docx(_as_read(told), _made(desk)), _DOCX, "job-description.docx")

    @get("/{description_id:uuid}/versions/{version:uuid}/pdf", guards=[may("export", RECORD)])
    def as_pdf(
        self, description_id: FromPath[UUID], version: FromPath[UUID], desk: NamedDependency[Desk]
    ) -> Response[bytes]:
        """A version as tagged PDF."""
        told = _told(found(desk, description_id), version)
        desk.exported("job description as PDF", RECORD, 1)
        return as_file(written_pdf(_as_read(told), _made(desk)), "application/pdf", "job-description.pdf")


def found(desk: Desk, description_id: UUID) -> Description:
    """A job description of this academy; raises NotFound for none."""
    known = desk.see(description, description_id)
    if known is None:
        raise NotFound
    return known


def trail(desk: Desk, here: str, description_id: UUID | None = None) -> list[dict[str, str | None]]:
    """Crumbs of the pages below the list of descriptions.

    Args:
        description_id: Of the description that the page is one step below of; None for none.
    """
    steps = [(TITLE, "recruitment/descriptions")]
    if description_id is not None:
        steps.append(("Description", f"recruitment/descriptions/{description_id}"))
    return crumbs(desk, steps, here)


def _above(desk: Desk) -> list[tuple[str, str]]:
    """The page the list belongs to, for whoever may open it."""
    return [("Vacancies", "recruitment/vacancies")] if desk.may("read", "recruitment.vacancy") else []


def _used(desk: Desk) -> dict[UUID, int]:
    """How many vacancies were drafted from each description, for whoever may read them."""
    used: dict[UUID, int] = {}
    for one in vacancies(desk).values():
        used[one.told.description] = used.get(one.told.description, 0) + 1
    return used


def _number(known: Description, told: DescriptionWritten) -> int:
    return known.versions.index(told) + 1


def _told(known: Description, version: UUID) -> DescriptionWritten:
    told = known.version(version)
    if told is None:
        raise NotFound
    return told


def _version_page(desk: Desk, description_id: UUID, known: Description, version: UUID | None) -> Page:
    told = known.now if version is None else _told(known, version)
    here = f"{base(desk)}/descriptions/{description_id}"
    is_now = told is known.now
    actions: list[dict[str, Any]] = []
    if is_now and desk.may("write", RECORD):
        actions.append({"text": "Change it", "href": f"{here}/edit", "main": True})
    if desk.may("export", RECORD):
        actions += [
            {"text": "Word", "href": f"{here}/versions/{told.version}/docx", "says": "document of this version"},
            {"text": "PDF", "href": f"{here}/versions/{told.version}/pdf", "says": "of this version"},
        ]
    number = _number(known, told)
    source = f", read from {told.source}" if told.source else ""
    return page(
        "recruitment/description.html",
        crumbs=trail(desk, told.title) if is_now else trail(desk, f"Version {number}", description_id),
        title=told.title,
        lede=f"Version {number}, {day(told.written_on)}{source}. "
        f"{counted(len(told.duties), 'duty', 'duties')}, {counted(len(told.criteria), 'criterion', 'criteria')}.",
        actions=actions,
        then=None if is_now else {"text": "This is an earlier version.", "href": here},
        body=body(told),
        flags=flags_of(desk, told),
        versions=_versions(desk, description_id, known, told),
    )


def _versions(desk: Desk, description_id: UUID, known: Description, shown: DescriptionWritten) -> list[dict[str, Any]]:
    """The versions, the newest first: who wrote each, and where to see what it changed."""
    here = f"{base(desk)}/descriptions/{description_id}"
    events = {
        event.fact.version: event
        for event in desk.log.stream(description_id, RECORD)
        if isinstance(event.fact, DescriptionWritten)
    }
    rows = []
    for at in reversed(range(len(known.versions))):
        one, before = known.versions[at], known.versions[at - 1] if at else None
        event = events[one.version]
        rows.append(
            {
                "text": f"Version {at + 1}",
                "href": None if one is shown else f"{here}/versions/{one.version}",
                "at": event.recorded_at,
                "by": desk.name_of(event.actor.by) if event.actor else "",
                "changes": f"{here}/changes/{before.version}/{one.version}" if before else None,
            }
        )
    return rows


def _as_read(told: DescriptionWritten) -> Read:
    """A version as what writes documents takes it."""
    return Read(
        title=told.title,
        location=told.location,
        reports_to=told.reports_to,
        responsible_for=told.responsible_for,
        pay=told.pay,
        allowances=told.allowances,
        hours=told.hours,
        contract=told.contract,
        purpose=told.purpose,
        duties=tuple(Duty(one.group, one.text) for one in told.duties),
        criteria=tuple(Criterion(one.group, one.text, one.essential) for one in told.criteria),
        checks=told.checks,
        values=told.values,
        statements=told.statements,
        unplaced=told.unplaced,
    )


def _made(desk: Desk) -> str:
    academy = desk.academy.name if desk.academy else ""
    return f"{academy}, {day(desk.today)}"
