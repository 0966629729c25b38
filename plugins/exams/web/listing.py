"""Every candidate at a glance: what each may use, until when, and what the file still lacks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.roll.views import year_order
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
from ..views import STATES, Decision, state_on, title_of
from .decisions import primary_title
from .lines import Line, lines_of
from .opening import home

_FILTERS = ["q", "year", "arrangement", "show"]
_LABELS = {"q": "Name or UPN", "year": "Year", "arrangement": "Arrangement", "show": "Show"}
_SHOW = {
    "lapsing": "Lapsing before an exam",
    "expiring": "Expiring in 60 days",
    "waiting": "Applied and waiting",
    "missing": "Missing evidence",
}
_NEEDS = {"learning": "Learning difficulty", "other": "Another need", "plan": "EHC plan"}
_TAGS, _WIDE = 2, 40  # how many things a row names, in how many letters; the rest are counted


class Candidates(Controller):
    """Who has anything on record for exams."""

    @post("/", guards=[may("read", "exams.arrangements")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, base(desk), form, _FILTERS)

    @get("/", guards=[may("read", "exams.arrangements")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The candidates, filtered as the address says."""
        listing = Listing(desk, base(desk), request.query_params, _FILTERS)
        lines, today = lines_of(desk), desk.today
        reads_files = desk.may("read", "exams.evidence")
        found = [line for line in lines if _fits(line, listing.chosen, today)]
        shown, caption, pages = listing.cut(listing.sorted(found, _keys(today), "name"))
        return page(
            "exams/list.html",
            lede=_lede(lines),
            actions=_actions(desk, listing),
            figures=_figures(lines, listing, today),
            filters=listing.filters(form, _LABELS, _choices(lines, reads_files)),
            caption=caption,
            columns=listing.columns(_columns(reads_files), "name"),
            rows=[_row(desk, line) for line in shown],
            reads_files=reads_files,
            empty=_empty(desk, lines),
            pages=pages,
        )

    @get("/list.csv", guards=[may("export", "exams.arrangements")])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk, request), taken=desk.taken), "exam-arrangements")

    @get("/list.xlsx", guards=[may("export", "exams.arrangements")])
    def as_xlsx(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("Exam arrangements", *_table(desk, request), taken=desk.taken), "exam-arrangements")


def _fits(line: Line, chosen: dict[str, str], today: date) -> bool:
    wanted = chosen["q"].casefold()
    return (
        (not chosen["year"] or line.who.year == chosen["year"])
        and (not chosen["arrangement"] or chosen["arrangement"] in {one.arrangement for one in decided(line, today)})
        and _shows(line, chosen["show"], today)
        and (not wanted or matches(line.who, wanted))
    )


def _shows(line: Line, show: str, today: date) -> bool:
    match show:
        case "":
            return line.is_case
        case "lapsing":
            return line.lapsing
        case "expiring":
            return line.expiring(today)
        case "waiting":
            return line.waiting
        case "missing":
            return bool(line.missing(today))
    return True


def decided(line: Line, today: date) -> list[Decision]:
    """What is to be said of a candidate: no end, and no refusal or expiry that a later decision answered."""
    every = list(line.case.held.decisions.values())
    last = {(one.arrangement, one.level): one.decision for one in every}
    return [
        one
        for one in every
        if (state := state_on(one, today)) != "ended"
        and (state not in {"refused", "expired"} or last[one.arrangement, one.level] == one.decision)
    ]


def _keys(today: date) -> dict[str, Callable[[Line], Any]]:
    return {
        "name": lambda line: line.who.name.casefold(),
        "year": lambda line: (year_order(line.who.year), line.who.form, line.who.name.casefold()),
        "need": lambda line: (_need(line) or "~", line.who.name.casefold()),
        "until": lambda line: (_until(line, today) or date.max, line.who.name.casefold()),
        "missing": lambda line: (-len(line.missing(today)), line.who.name.casefold()),
    }


def _columns(reads_files: bool) -> list[tuple[str, str]]:
    columns = [("Pupil", "name"), ("Year and form", "year"), ("Need", "need")]
    columns += [("Arrangements", ""), ("Holds until", "until"), ("Missing evidence", "missing")]
    return [column for column in columns if reads_files or column[1] not in {"need", "missing"}]


def _need(line: Line) -> str:
    return _NEEDS[line.case.need] if line.case.need else ""


def _until(line: Line, today: date) -> date | None:
    """The first day an approval that still holds runs out; else the last on which one did."""
    days = [one.expires_on for one in line.reach]
    return min((day for day in days if day > today), default=max(days, default=None))


def _lede(lines: list[Line]) -> str:
    return f"{counted(len(lines), 'candidate', 'candidates')}. The rules advise; the SENCO decides."


def _actions(desk: Desk, listing: Listing) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = []
    if desk.may("write", "exams.evidence") and desk.may("read", "core.identity"):
        actions.append({"text": "Add a candidate", "href": base(desk).replace("/exams", "/pupils"), "main": True})
    actions.append({"text": "Deadlines", "href": f"{base(desk)}/deadlines"})
    if desk.may("read", "exams.assessors"):
        actions.append({"text": "Assessors", "href": f"{base(desk)}/assessors"})
    if desk.may("read", "exams.papers"):
        actions.append({"text": "Papers", "href": f"{base(desk)}/papers"})
    if desk.may("export", "exams.arrangements"):
        query = listing.href().removeprefix(base(desk))
        actions += [
            {"text": "CSV", "href": f"{base(desk)}/list.csv{query}"},
            {"text": "XLSX", "href": f"{base(desk)}/list.xlsx{query}"},
        ]
    return actions


def _figures(lines: list[Line], listing: Listing, today: date) -> list[dict[str, Any]]:
    """How many want something done; what is missing is not among them: the rules are slow to say it of everybody."""
    told = [("lapsing", "Lapse before an exam"), ("expiring", "Expire in 60 days"), ("waiting", "Applied and waiting")]
    return [
        {
            "label": label,
            "value": f"{sum(_shows(line, show, today) for line in lines):,}",
            "note": None,
            "href": listing.href(show=show),
        }
        for show, label in told
    ]


def _choices(lines: list[Line], reads_files: bool) -> dict[str, list[tuple[str, str]]]:
    years = sorted({line.who.year for line in lines}, key=year_order)
    titles = {
        one.arrangement: title_of(one.arrangement, one.decided_on)
        for line in lines
        for one in line.case.held.decisions.values()
    }
    shows = [(show, text) for show, text in _SHOW.items() if reads_files or show != "missing"]
    return {
        "year": [("", "All"), *((year, f"Year {year}") for year in years)],
        "arrangement": [("", "All"), *((key, f"{key}: {title}") for key, title in sorted(titles.items()))],
        "show": [("", "Need or arrangement"), *shows, ("everybody", "Everybody entered")],
    }


def _row(desk: Desk, line: Line) -> dict[str, Any]:
    today = desk.today
    missing = line.missing(today)
    named = _TAGS if len("".join(missing[:_TAGS])) <= _WIDE else 1
    return {
        "name": line.who.name,
        "href": home(desk, line.pupil),
        "year": f"Year {line.who.year}",
        "form": line.who.form or None,
        "need": _need(line) or None,
        "arrangements": [
            {"code": one.arrangement, "title": title_of(one.arrangement, one.decided_on), "state": _state(one, today)}
            for one in decided(line, today)
        ],
        "primary": [primary_title(one) for one in line.case.held.primary.values() if one.year >= today.year],
        "until": _until(line, today),
        "tags": _tags(line, today),
        "missing": missing[:named],
        "more": len(missing[named:]),
    }


def _state(one: Decision, today: date) -> str:
    """How it stands, where it does not simply hold."""
    state = state_on(one, today)
    return "" if state in {"agreed", "approved"} else STATES[state]


def _tags(line: Line, today: date) -> list[dict[str, str]]:
    tags = []
    until = _until(line, today)
    if line.lapsing:
        tags.append({"text": "lapses before an exam", "kind": "late"})
    elif line.expiring(today) and until:
        tags.append({"text": counted((until - today).days, "day", "days"), "kind": "soon"})
    if any(one.expires_on <= today for one in line.reach):
        tags.append({"text": "expired", "kind": "late"})
    return tags


def _empty(desk: Desk, lines: list[Line]) -> dict[str, str]:
    if lines:
        return {"says": "No candidate fits these filters.", "next": "Remove a filter to see more."}
    says = "Nothing is on record for exams yet, of any pupil you may see."
    begins = "To begin, open a pupil, choose Exam arrangements, and note what the pupil uses in class"
    if desk.may("write", "exams.evidence"):
        begins += " or name the need that applications will rest on"
    if desk.may("write", "exams.papers"):
        begins += "; or read in the timetable under Exam papers"
    return {"says": says, "next": f"{begins}."}


def _table(desk: Desk, request: Request[Any, Any, Any]) -> tuple[list[str], list[list[Cell]]]:
    """The list as a file; need and missing evidence for those alone who may take evidence away."""
    chosen, today = Listing(desk, "", request.query_params, _FILTERS).chosen, desk.today
    takes_files = desk.may("export", "exams.evidence")
    header = ["Surname", "Forename", "UPN", "Year", "Form", "Arrangements", "Holds until", "State"]
    header += ["Need", "Missing evidence"] if takes_files else []
    lines = [line for line in lines_of(desk) if desk.may("export", "exams.arrangements", line.pupil)]
    rows = [_cells(line, today, takes_files) for line in lines if _fits(line, chosen, today)]
    desk.exported("Exam arrangements", "exams.arrangements", len(rows))
    if takes_files:
        desk.exported("Missing evidence for exams", "exams.evidence", len(rows))
    return header, rows


def _cells(line: Line, today: date, takes_files: bool) -> list[Cell]:
    who = line.who
    told = [
        f"{one.arrangement} ({state})" if (state := _state(one, today)) else one.arrangement
        for one in decided(line, today)
    ]
    told += [primary_title(one) for one in line.case.held.primary.values() if one.year >= today.year]
    cells: list[Cell] = [who.surname, who.forename, who.upn, who.year, who.form, "; ".join(told), _until(line, today)]
    cells.append("; ".join(tag["text"] for tag in _tags(line, today)))
    return [*cells, _need(line), "; ".join(line.missing(today))] if takes_files else cells
