"""The designated teacher's list: every child in care on roll, what is due next, and whose lateness it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.roll.views import Pupil, year_order
from core.roll.views import pupil as roll_pupil
from core.roll.web.pupils import matches
from core.web.exports import Cell, csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted

from ..telling import base
from ..views import Status, status
from .children import TITLE
from .due import SOON, act_says, shared, tags_of
from .lines import KEYS, NO_AUTHORITY, UNKNOWN, Line, fits, lines_of, name_order
from .previous import of_them, rows_of
from .words import STATES, state_tag

_FILTERS = ["q", "year", "authority", "show"]
_LABELS = {"q": "Name or UPN", "year": "Year", "authority": "Authority", "show": "Show"}
_SHOW = {
    "": "Everyone",
    "school": "Late with the school",
    "authority": "Late with the authority",
    "soon": f"Due in {SOON} days",
    "in_hand": "Plan in hand",
    "gaps": "With gaps",
}
_COLUMNS = [
    ("Child", "name"),
    ("Year and form", "year"),
    ("Looked after by", "authority"),
    ("Since", "since"),
    ("Plan", "plan"),
    ("Next due", "due"),
    ("Gaps", "gaps"),
]
_NO_TERMS = "No term dates are set for this academy, so last school days and the meetings of a term cannot be told."
_HEADER = ["Surname", "Forename", "UPN", "Year", "Form", "Looking-after authority", "Since", "Gaps"]
_OF_PLANS = ["Plan", "Next due", "By", "Last school day", "Late with"]


class ChildrenList(Controller):
    """Who is in care here, and who was."""

    @post("/", guards=[may("read", "lac.status")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, base(desk), form, _FILTERS)

    @get("/", guards=[may("read", "lac.status")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The list, filtered as the address says; that each child shown was looked at is recorded."""
        listing = Listing(desk, base(desk), request.query_params, _FILTERS)
        everyone = lines_of(desk)
        found = [line for line in everyone if fits(line, listing.chosen, desk.today)]
        shown, caption, pages = listing.cut(listing.sorted(found, KEYS, "due"))
        others = _others(desk, listing.chosen)
        _opened(desk, shown, [subject for subject, _, _ in others])
        return page(
            "lac/list.html",
            lede=f"{counted(len(everyone), 'child', 'children')} in care on roll.",
            actions=_actions(desk, listing),
            notes=[] if desk.calendar.terms else [_NO_TERMS],
            figures=_figures(everyone, listing, desk.today),
            filters=listing.filters(form, _LABELS, _choices(everyone)),
            caption=caption,
            columns=listing.columns(_COLUMNS, "due"),
            rows=[_row(desk, line) for line in shown],
            empty={"says": "Nobody in care fits these filters.", "next": "Remove a filter to see more."}
            if everyone
            else {
                "says": "No child in care is recorded here.",
                "next": "Open the pupil's page and choose “Record care” when an authority tells the school of one.",
            },
            pages=pages,
            others=rows_of(desk, others),
        )

    @get("/list.csv", guards=[may("export", "lac.status")])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk, request), taken=desk.taken), "children")

    @get("/list.xlsx", guards=[may("export", "lac.status")])
    def as_xlsx(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("Children", *_table(desk, request), taken=desk.taken), "children")


def _others(desk: Desk, chosen: Mapping[str, str]) -> list[tuple[UUID, Pupil, Status]]:
    """Who was in care or lives in kinship care, by name; the filters for care now leave them out."""
    if chosen["authority"] or chosen["show"]:
        return []
    pupils, wanted = desk.see_all(roll_pupil), chosen["q"].casefold()
    found = [
        (subject, pupils[subject], now)
        for subject, now in of_them(desk.see_all(status), pupils, desk.today).items()
        if (not chosen["year"] or pupils[subject].year == chosen["year"])
        and (not wanted or matches(pupils[subject], wanted))
    ]
    return sorted(found, key=lambda one: one[1].name.casefold())


def _opened(desk: Desk, shown: list[Line], others: list[UUID]) -> None:
    for line in shown:
        desk.opened(line.pupil, ["lac.status", *(["lac.pep"] if line.open_dues is not None else [])])
    for subject in others:
        desk.opened(subject, ["lac.status"])


def _actions(desk: Desk, listing: Listing) -> list[dict[str, Any]]:
    """What else there is, as far as this person may."""
    pages = [
        ("Authorities", "authorities", ("read", "lac.authority")),
        ("Designated teacher", "designated", ("read", "lac.designated")),
        ("Premium", "premium", ("read", "lac.premium")),
    ]
    actions: list[dict[str, Any]] = []
    if desk.may("write", "lac.status"):
        to_pupils = base(desk).replace("/lac", "/pupils")
        actions.append({"text": "Record a child in care", "href": to_pupils, "main": True})
    actions += [{"text": text, "href": f"{base(desk)}/{path}"} for text, path, held in pages if desk.may(*held)]
    if desk.may("export", "lac.status"):
        query = listing.href().removeprefix(listing.path)
        actions += [
            {"text": "CSV", "href": f"{listing.path}/list.csv{query}", "says": "of this list"},
            {"text": "XLSX", "href": f"{listing.path}/list.xlsx{query}", "says": "of this list"},
        ]
    return actions


def _figures(everyone: list[Line], listing: Listing, today: date) -> list[dict[str, Any]]:
    authorities = {line.child.looked_after_by() for line in everyone} - {""}
    counts = [
        ("In care", len(everyone), f"by {counted(len(authorities), 'authority', 'authorities')}", ""),
        ("Late with the school", sum(line.is_late_with("school") for line in everyone), None, "school"),
        ("Late with the authority", sum(line.is_late_with("authority") for line in everyone), None, "authority"),
        (f"Due in {SOON} days", sum(line.is_due_soon(today) for line in everyone), None, "soon"),
        ("Plans in hand", sum(line.in_hand for line in everyone), None, "in_hand"),
        ("With gaps", sum(bool(line.gaps()) for line in everyone), None, "gaps"),
    ]
    return [
        {"label": label, "value": f"{value:,}", "note": note, "href": listing.href(show=show)}
        for label, value, note, show in counts
    ]


def _choices(everyone: list[Line]) -> dict[str, list[tuple[str, str]]]:
    years = sorted({line.who.year for line in everyone}, key=year_order)
    named = {line.child.looked_after_by() or UNKNOWN: line.authority or "Unknown" for line in everyone}
    return {
        "year": [("", "All"), *((year, f"Year {year}") for year in years)],
        "authority": [("", "All"), *sorted(named.items(), key=lambda pair: pair[1].casefold())],
        "show": list(_SHOW.items()),
    }


def _row(desk: Desk, line: Line) -> dict[str, Any]:
    href, due, plan = f"{base(desk)}/children/{line.pupil}", line.next_due, line.plan
    return {
        "name": line.who.name,
        "href": href,
        "year": f"Year {line.who.year}",
        "form": line.who.form,
        "authority": line.authority,
        "since": line.episode.began_on,
        "plan": {"href": f"{base(desk)}/peps/{line.pupil}/{plan.pep}", **state_tag(plan)} if plan else None,
        "granted": line.open_dues is not None,
        "due": {
            "text": due.text,
            "by": due.due_by,
            "act": act_says(due, desk.today),
            "tags": tags_of(due, desk.today),
            "says": shared(due),
        }
        if due
        else None,
        "gaps": [gap for gap in line.gaps() if gap != NO_AUTHORITY],
    }


def _table(desk: Desk, request: Request[Any, Any, Any]) -> tuple[list[str], list[list[Cell]]]:
    """The list as it is filtered; plans only for whoever may take them out of the program as well."""
    chosen = Listing(desk, "", request.query_params, _FILTERS).chosen
    found = [line for line in lines_of(desk) if fits(line, chosen, desk.today)]
    rows = [_cells(desk, line) for line in sorted(found, key=name_order)]
    for record in ("lac.status", "lac.pep"):
        if desk.may("export", record):
            desk.exported(TITLE, record, len(rows))
    return [*_HEADER, *_OF_PLANS], rows


def _cells(desk: Desk, line: Line) -> list[Cell]:
    who, due, plan = line.who, line.next_due, line.plan
    cells: list[Cell] = [who.surname, who.forename, who.upn, who.year, who.form]
    cells += [line.authority or UNKNOWN, line.episode.began_on, "; ".join(line.gaps())]
    if line.open_dues is None or not desk.may("export", "lac.pep", line.pupil):
        return [*cells, *[None] * len(_OF_PLANS)]
    cells.append(STATES[plan.state][0] if plan else "none")
    return [*cells, *([due.text, due.due_by, due.act_by, due.lateness.whose] if due else [None] * 4)]
