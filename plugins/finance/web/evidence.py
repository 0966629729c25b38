"""The evidence that goes with a request for top-up: on a page, and as a tagged PDF for the authority."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.printing import pdf
from core.roll.views import Pupil
from core.roll.web.child import child
from core.web.files import as_file
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day

from ..codes import BASES
from ..facts import RequestWritten
from ..rules import may_be_named, request_findings
from ..telling import base
from ..views import CostLine, Costs, costs, this_year
from .budget_words import asked_year, crumbs, year_name, years_of
from .costs import pseudonym
from .provision.showing import line_told, posts_of
from .pupils.costed import NOT_SAID, Costed, authority_figure, costed, part_said, support_said
from .pupils.listing import PUPIL

_TEMPLATE = Path(__file__).parents[1] / "writing" / "evidence.typ"
_HELP = ("Help", "From and to", "How much", "Group", "Given by", "Cost", "By your rate")
_CAME = ("Help", "Sessions attended", "Target", "How it was measured", "Noted on")


class Evidence(msgspec.Struct, frozen=True):
    """What the authority is told, in words and written-out sums."""

    title: str
    made: str
    lede: str
    about: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    outcomes: tuple[str, ...]
    help_header: tuple[str, ...]
    help: tuple[tuple[str, ...], ...]
    came_header: tuple[str, ...]
    came: tuple[tuple[str, ...], ...]
    reviews: tuple[str, ...]
    sums: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    more: tuple[str, ...]


class EvidencePages(Controller):
    """The evidence for one pupil's request."""

    path = "/pupils/{pupil_id:uuid}"

    @get("/evidence", guards=[may("read", PUPIL)])
    def show(self, pupil_id: FromPath[UUID], request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """What would go to the authority, as it stands today."""
        year, here = asked_year(request, desk), f"{base(desk)}/pupils/{pupil_id}"
        who, told = _evidence(desk, pupil_id, year)
        take = {"text": "PDF for the authority", "href": f"{here}/evidence.pdf?year={year}", "main": True}
        return page(
            "finance/evidence.html",
            crumbs=crumbs(
                desk, "Evidence", ("Costs of pupils", "pupils"), (who.full_name, f"pupils/{pupil_id}?year={year}")
            ),
            actions=[take] if desk.may("export", PUPIL, pupil_id) else [],
            years=years_of([], this_year(desk), year, f"{here}/evidence"),
            told=told,
        )

    @get("/evidence.pdf", guards=[may("export", PUPIL)])
    def as_pdf(
        self, pupil_id: FromPath[UUID], request: Request[Any, Any, Any], desk: NamedDependency[Desk]
    ) -> Response[bytes]:
        """The same on paper; that it left the program is recorded."""
        if not desk.may("export", PUPIL, pupil_id):
            raise NotFound
        _, told = _evidence(desk, pupil_id, asked_year(request, desk))
        desk.exported("Evidence for a request for top-up", PUPIL, 1)
        return as_file(pdf(_TEMPLATE.read_bytes(), told), "application/pdf", "top-up-evidence.pdf")


def _evidence(desk: Desk, pupil_id: UUID, year: int) -> tuple[Pupil, Evidence]:
    """The pupil and what goes to the authority of their request; raises NotFound where none is written."""
    known = desk.see(costs, pupil_id) or Costs()
    who = child(desk, pupil_id, PUPIL)
    if known.request is None:
        raise NotFound
    return who, _written(desk, pupil_id, known.request, costed(desk, known, who, year))


def _written(desk: Desk, pupil_id: UUID, request: RequestWritten, one: Costed) -> Evidence:
    academy, told = desk.academy.name if desk.academy else "", one.told
    return Evidence(
        f"Evidence for a request to {request.authority}",
        f"{academy}, {day(desk.today)}, by {desk.name_of(desk.person_id)}",
        f"What help is given in {year_name(told.year)}, what it costs, what came of it, and what more is needed.",
        _about(desk, pupil_id, request, one),
        _paragraphs(request.needs),
        _paragraphs(request.outcomes),
        _HELP,
        tuple(_help(desk, line) for line in told.lines),
        _CAME,
        tuple(_came(line, one.known) for line in told.lines if one.known.impacts.get(line.line)),
        tuple(day(each) for each in request.reviewed),
        _sums(one),
        tuple(finding.says for finding in request_findings(told.total_pence, told.threshold_pence)),
        _paragraphs(request.more),
    )


def _about(desk: Desk, pupil_id: UUID, request: RequestWritten, one: Costed) -> tuple[tuple[str, str], ...]:
    """Who it is about: by name where the authority is the pupil's own, else by the name that tells nothing."""
    who, academy = one.who, desk.academy.name if desk.academy else ""
    named = may_be_named("authority", one.known.authority, request.authority)
    person = (
        (("Pupil", who.full_name), ("Born", day(who.born_on))) if named else (("Pupil", pseudonym(desk, pupil_id)),)
    )
    said = support_said(desk, pupil_id)
    left = f" to {day(who.left_on)}" if who.left_on else ""
    return (
        *person,
        ("Academy", academy),
        ("On roll", f"since {day(who.entered_on)}{left}"),
        ("Support", "" if said == NOT_SAID else said),
    )


def _paragraphs(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def _help(desk: Desk, one: CostLine) -> tuple[str, ...]:
    told, rate = line_told(one.priced, posts_of(desk)), one.share.authority_pence
    return (
        f"{told['name']} ({told['area']})",
        told["days"],
        told["sessions"],
        told["group"],
        told["who"],
        pounds(one.share.pence),
        "" if rate is None else pounds(rate),
    )


def _came(one: CostLine, known: Costs) -> tuple[str, ...]:
    last = known.impacts[one.line][-1]
    met = "met" if last.met else "not met"
    return (one.priced.name, f"{last.attended} of {last.planned}", met, last.measure, day(last.noted_on))


def _sums(one: Costed) -> tuple[tuple[str, str], ...]:
    told = one.told
    return (
        ("Cost of the help", pounds(told.total_pence)),
        ("By the authority's own rate", authority_figure(told)),
        ("Threshold", f"{pounds(told.threshold_pence)}: on roll {part_said(told.part)}, {BASES[told.part.basis]}"),
        ("The school meets", pounds(told.elements.school_pence)),
        ("Above the threshold", pounds(told.elements.top_up_pence)),
        ("Top-up agreed for a year", pounds(one.agreed_pence) if one.top_ups else ""),
    )
