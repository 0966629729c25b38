"""The timetable: every paper by day and session, how many sit it and when the last finishes; and what clashes."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.desk import Desk
from core.trying import Rule
from core.web.exports import Cell, csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page, short_day
from core.web.routes import get, post
from core.wording import counted

from ...telling import base
from ...views import Attending, Clash, Paper, attending, clashing, clock
from ..checking import rule_of
from ..opening import home
from .choosing import FILTERS, LABELS, SESSIONS, Chosen, chosen_papers, level_title, series_title, subject_title

_TOGETHER = "sit_all"  # the outcome that says they fit: told by session, not by candidate
_TAGS = {"move_one": ("move one", "late"), "overnight_option": ("one may wait overnight", "soon")}


class Papers(Controller):
    """The papers of this centre."""

    path = "/papers"

    @post("/", guards=[may("read", "exams.papers")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, f"{base(desk)}/papers", form, FILTERS)

    @get("/", guards=[may("read", "exams.papers")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The timetable, filtered as the address says."""
        listing = Listing(desk, f"{base(desk)}/papers", request.query_params, FILTERS)
        chosen = chosen_papers(desk, listing.chosen)
        sat = attending(desk, chosen.around)
        meeting, rules = _meeting(chosen, sat, listing.chosen["day"]), desk.building.plugins.rules()
        clashes = [one for one in meeting if one.said.code != _TOGETHER]
        return page(
            "exams/papers.html",
            lede=_lede(chosen),
            actions=_actions(desk, listing, chosen),
            figures=_figures(desk, chosen, sat, clashes),
            filters=listing.filters(form, LABELS, chosen.choices()),
            caption=_caption(listing),
            days=_days(desk, chosen, sat),
            reads=_reads(desk),
            clashes=[_clash(desk, rules, one) for one in clashes],
            together=_together(rules, meeting),
            empty=_empty(desk, chosen),
        )

    @get("/list.csv", guards=[may("export", "exams.papers")])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk, request), taken=desk.taken), "exam-timetable")

    @get("/list.xlsx", guards=[may("export", "exams.papers")])
    def as_xlsx(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("Exam timetable", *_table(desk, request), taken=desk.taken), "exam-timetable")


def _reads(desk: Desk) -> dict[str, bool]:
    """What besides papers this person may read: columns nobody may fill are left out."""
    entries = desk.may("read", "exams.entries")
    return {"entries": entries, "arrangements": entries and desk.may("read", "exams.arrangements")}


def _lede(chosen: Chosen) -> str:
    days = len({one.sits_on for one in chosen.shown.values()})
    return f"{counted(len(chosen.shown), 'paper', 'papers')} on {counted(days, 'day', 'days')}."


def _actions(desk: Desk, listing: Listing, chosen: Chosen) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = []
    query = listing.href().removeprefix(listing.path)
    if desk.may("write", "exams.entries") and desk.may("write", "exams.papers"):
        actions.append({"text": "Import a timetable", "href": f"{listing.path}/import", "main": True})
    if chosen.shown and _reads(desk)["arrangements"]:
        actions.append({"text": "Lists to print", "href": f"{listing.path}/print{query}"})
    if chosen.shown and desk.may("export", "exams.papers"):
        actions += [
            {"text": "CSV", "href": f"{listing.path}/list.csv{query}"},
            {"text": "XLSX", "href": f"{listing.path}/list.xlsx{query}"},
        ]
    return actions


def _figures(
    desk: Desk, chosen: Chosen, sat: dict[UUID, list[Attending]], clashes: list[Clash]
) -> list[dict[str, Any]]:
    reads = _reads(desk)
    if not chosen.shown or not reads["entries"]:
        return []
    rows = [one for key in chosen.shown for one in sat[key]]
    told: list[tuple[str, int, str | None]] = [("Candidates", len({one.pupil for one in rows}), None)]
    told.append(("Entries", len(rows), None))
    if reads["arrangements"]:
        extra = {one.pupil for one in rows if one.sitting and one.sitting.percent}
        told += [("With extra time", len(extra), None), ("Clashes", len(clashes), "#clashes" if clashes else None)]
    return [{"label": label, "value": f"{count:,}", "note": None, "href": href} for label, count, href in told]


def _days(desk: Desk, chosen: Chosen, sat: dict[UUID, list[Attending]]) -> list[dict[str, Any]]:
    return [
        {
            "day": day,
            "session": SESSIONS[session],
            "rows": [_row(desk, key, one, sat[key]) for key, one in papers.items()],
        }
        for day, session, papers in chosen.days()
    ]


def _row(desk: Desk, key: UUID, one: Paper, rows: list[Attending]) -> dict[str, Any]:
    return {
        "title": one.title,
        "href": f"{base(desk)}/papers/{key}",
        "code": f"{one.board} {one.code}",
        "level": level_title(one.level),
        "start": clock(one.start_minutes),
        "minutes": one.length_minutes,
        **_counts(one, rows),
    }


def _counts(one: Paper, rows: list[Attending]) -> dict[str, Any]:
    """How many sit it, how many of them with extra time and how many with other arrangements alone; the last finish."""
    sittings = [row.sitting for row in rows if row.sitting is not None]
    extra = sum(bool(sitting.percent) for sitting in sittings)
    ends = [sitting.finish_minutes for sitting in sittings]
    return {
        "entered": len(rows),
        "extra": extra,
        "other": sum(bool(sitting.codes) for sitting in sittings) - extra,
        "finish": clock(max(ends, default=one.start_minutes + one.length_minutes)),
    }


def _meeting(chosen: Chosen, sat: dict[UUID, list[Attending]], day: str) -> list[Clash]:
    """Among all papers of the series, whatever subject is shown."""
    found = clashing(row for key in chosen.around for row in sat[key])
    return [one for one in found if day in {"", one.sits_on.isoformat()}]


def _clash(desk: Desk, rules: dict[str, Rule], one: Clash) -> dict[str, Any]:
    text, kind = _TAGS[one.said.code]
    return {
        "number": one.number,
        "name": one.who.name,
        "href": home(desk, one.pupil),
        "day": one.sits_on,
        "session": SESSIONS.get(one.session, "Whole day"),
        "tag": {"text": text, "kind": kind},
        "says": one.said.says,
        "rule": rule_of(one.said.rule, rules, "" if one.session else "day"),
    }


def _together(rules: dict[str, Rule], meeting: list[Clash]) -> list[dict[str, Any]]:
    """How many sit several papers of one session one after the other, session by session."""
    counts = Counter((one.sits_on, one.session) for one in meeting if one.said.code == _TOGETHER)
    rule = rule_of("R17", rules)
    return [
        {
            "when": (when := f"{short_day(day)}, {SESSIONS[session].lower()}"),
            "says": f"{when}: {counted(number, 'candidate sits', 'candidates sit')} papers one after the other, which "
            "fit the session.",
            "rule": rule,
        }
        for (day, session), number in sorted(counts.items())
    ]


def _caption(listing: Listing) -> str:
    series = listing.chosen["series"]
    return series_title(series) if series else "Still to sit"


def _empty(desk: Desk, chosen: Chosen) -> dict[str, str]:
    if chosen.around:
        return {"says": "No paper fits these filters.", "next": "Remove a filter to see more."}
    if chosen.every:
        last = max(one.series for one in chosen.every.values())
        return {"says": "No paper is still to sit.", "next": f"Choose a series, such as {series_title(last)}."}
    if desk.may("write", "exams.entries") and desk.may("write", "exams.papers"):
        return {"says": "No paper is on record yet.", "next": "Import the timetable with its entries to begin."}
    return {"says": "No paper is on record yet.", "next": "The exams officer imports the timetable with its entries."}


def _table(desk: Desk, request: Request[Any, Any, Any]) -> tuple[list[str], list[list[Cell]]]:
    chosen = chosen_papers(desk, Listing(desk, "", request.query_params, FILTERS).chosen)
    sat, reads = attending(desk, chosen.shown), _reads(desk)
    header = ["Series", "Board", "Qualification", "Subject", "Code", "Paper", "Day", "Session", "Start", "Minutes"]
    header += ["Entered"] if reads["entries"] else []
    header += ["With extra time", "With other arrangements", "Last finish"] if reads["arrangements"] else []
    rows = [_cells(one, sat[key])[: len(header)] for key, one in chosen.shown.items()]
    desk.exported("Exam timetable", "exams.papers", len(rows))
    return header, rows


def _cells(one: Paper, rows: list[Attending]) -> list[Cell]:
    told = _counts(one, rows)
    return [
        *(series_title(one.series), one.board, level_title(one.level), subject_title(one.subject), one.code, one.title),
        *(one.sits_on, one.session, clock(one.start_minutes), one.length_minutes),
        *(told["entered"], told["extra"], told["other"], told["finish"]),
    ]
