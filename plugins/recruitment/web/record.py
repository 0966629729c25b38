"""The single central record of an academy: who is on it, what is missing, and the list to take away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.answers import Cell
from core.desk import Desk
from core.web.exports import csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_file, as_xlsx
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted
from core.wording import day as said_day

from ..codes import ROLES, ROUTES, check_kind, standing
from ..telling import base
from ..views import LEFT_OUT, LEVELS, RecordRow, columns, rows_here
from ..writing.record import record_pdf

CHECKS = "recruitment.checks"
GAPS_RULE = "/rules/recruitment.record_gaps"
KINDS = {"major": "late", "minor": "soon", "late": "soon"}
_FILTERS = ["q", "role", "gap", "show"]
_LABELS = {"q": "Name or post", "role": "Kind of work", "gap": "Gaps", "show": "Show"}
_GAPS = {"": "Everybody", "any": "Any gap", "major": "Major: not evidenced", "minor": "Minor: details missing",
         "late": "Late: made after the start"}  # fmt: skip
_SHOW = {"": "On the record", "out": "Not on the record"}
_COLUMNS = [("Name", "name"), ("Starts", "starts_on")]
SHORT = {
    "identity": "Identity",
    "barred_list": "Barred list",
    "dbs": "DBS",
    "prohibition": "Prohibition",
    "overseas": "Overseas",
    "qualifications": "Qualifi\u00adcations",
    "right_to_work": "Right to work",
    "section_128": "Section 128",
}
"""The statutory columns as the page heads them."""


class SingleRecord(Controller):
    """Who works, helps or governs here, and what was checked of them."""

    path = "/record"

    @post("/", guards=[may("read", CHECKS)])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, f"{base(desk)}/record", form, _FILTERS)

    @get("/", guards=[may("read", CHECKS)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The record, filtered as the address says; that each row shown was looked at is recorded."""
        here = f"{base(desk)}/record"
        listing = Listing(desk, here, request.query_params, _FILTERS)
        everyone = rows_here(desk)
        found = [row for row in everyone if fits(row, listing.chosen)]
        shown, caption, pages = listing.cut(listing.sorted(found, SORTS, "name"))
        for row in shown:
            desk.opened(row.subject, [CHECKS])
        on_record = [row for row in everyone if row.role not in LEFT_OUT]
        return page(
            "recruitment/record.html",
            lede=f"{counted(len({row.subject for row in on_record}), 'person', 'people')} in "
            f"{counted(len(on_record), 'engagement', 'engagements')}. A leaver is gone the day after their last day.",
            actions=_actions(desk, listing),
            figures=figures(on_record, listing),
            filters=listing.filters(form, _LABELS, _choices(everyone)),
            caption=caption,
            columns=head(listing),
            rows=[drawn(desk, row, f"{base(desk)}/people/{row.subject}") for row in shown],
            labels=list(SHORT.values()),
            gaps_href=GAPS_RULE,
            empty=_empty(bool(everyone)),
            pages=pages,
        )

    @get("/list.csv", guards=[may("export", CHECKS)])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk, request), taken=desk.taken), "single-central-record")

    @get("/list.xlsx", guards=[may("export", CHECKS)])
    def as_xlsx(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(
            xlsx_bytes("Single central record", *_table(desk, request), taken=desk.taken), "single-central-record"
        )

    @get("/list.pdf", guards=[may("export", CHECKS)])
    def as_pdf(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        """The record on paper, for whoever inspects it."""
        chosen = Listing(desk, "", request.query_params, _FILTERS).chosen
        _, rows = _table(desk, request)
        part = "" if not any(chosen.values()) else " This is a part of the record, as it was filtered."
        lede = f"{counted(len(rows), 'engagement', 'engagements')} on {said_day(desk.today)}.{part}"
        academy = desk.academy.name if desk.academy else ""
        content = record_pdf(academy, lede, desk.taken, columns(desk.today), rows)
        return as_file(content, "application/pdf", "single-central-record.pdf")


SORTS = {
    "name": lambda row: (row.name.casefold(), row.title),
    "role": lambda row: (row.title.casefold(), row.name.casefold()),
    "starts_on": lambda row: (row.starts_on, row.name.casefold()),
    "gaps": lambda row: (LEVELS.index(row.worst) if row.worst else len(LEVELS), -len(row.gaps), row.name.casefold()),
}


def fits(row: RecordRow, chosen: Mapping[str, str]) -> bool:
    """Whether a row is among those the filters ask for."""
    wanted = chosen["q"].casefold()
    return (
        (row.role in LEFT_OUT) == (chosen["show"] == "out")
        and (not chosen["role"] or row.role == chosen["role"])
        and (not chosen["gap"] or any(chosen["gap"] in ("any", gap.level) for gap in row.gaps))
        and all(word in f"{row.name} {row.title}".casefold() for word in wanted.replace(",", " ").split())
    )


def head(listing: Listing) -> list[dict[str, Any]]:
    """The head row: who, the statutory columns, what is missing."""
    return listing.columns([*_COLUMNS, *((text, "") for text in SHORT.values()), ("Gaps", "gaps")], "name")


def figures(rows: Sequence[RecordRow], listing: Listing) -> list[dict[str, Any]]:
    """How many engagements have a gap of each grade, each by its worst."""
    worst = Counter(row.worst for row in rows)
    told: list[tuple[str, int, str | None, str]] = [("On the record", len(rows), None, listing.path)]
    told += [
        ("Major gaps", worst["major"], "a check not evidenced", listing.href(gap="major", page="")),
        ("Minor gaps", worst["minor"], "details missing", listing.href(gap="minor", page="")),
        ("Late", worst["late"], "made after the start", listing.href(gap="late", page="")),
    ]
    return [{"label": label, "value": f"{count:,}", "note": note, "href": href} for label, count, note, href in told]


def drawn(desk: Desk, row: RecordRow, href: str) -> dict[str, Any]:
    """A row as the page has it: the statutory columns, and each grade of gap with the checks it is of."""
    cells = dict(zip((column.key for column in columns(desk.today)), row.cells, strict=True))
    confirmed = cells["supply_confirmed_on"]
    return {
        "name": row.name,
        "href": href,
        "title": row.title,
        "starts_on": short(row.starts_on),
        "to_come": row.starts_on > desk.today,
        "cells": [short(cells[key]) for key in SHORT],
        "confirmed": f"confirmed {short(confirmed)}" if confirmed else "",
        "gaps": [
            {"level": level, "kind": KINDS[level], "of": ", ".join(names)}
            for level in LEVELS
            if (names := [check_kind(gap.check).title for gap in row.gaps if gap.level == level])
        ],
    }


def short(cell: Cell) -> str:
    """A cell in the room a page has: 14 Sep 2023."""
    if isinstance(cell, date):
        return f"{cell.day} {cell:%b %Y}"
    return "in the DBS" if cell == ROUTES["within_dbs"] else str(cell or "")


def _choices(rows: Sequence[RecordRow]) -> dict[str, list[tuple[str, str]]]:
    titles = {key: role.title for key, role in standing(ROLES, date.max).value.items()}
    there = Counter(row.role for row in rows)
    return {
        "role": [("", "All"), *((key, f"{title} ({there[key]})") for key, title in titles.items() if there[key])],
        "gap": list(_GAPS.items()),
        "show": list(_SHOW.items()),
    }


def _actions(desk: Desk, listing: Listing) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = []
    if desk.may("write", "recruitment.engagement"):
        actions.append({"text": "Add somebody", "href": f"{base(desk)}/people/new", "main": True})
        if desk.may("write", CHECKS):
            actions.append({"text": "Import a record", "href": f"{listing.path}/import"})
    if desk.may("export", CHECKS):
        query = listing.href().removeprefix(listing.path)
        actions += [
            {"text": ending.upper(), "href": f"{listing.path}/list.{ending}{query}", "says": "of this record"}
            for ending in ("csv", "xlsx", "pdf")
        ]
    return actions


def _empty(somebody: bool) -> dict[str, str]:
    if somebody:
        return {"says": "Nobody on the record fits these filters.", "next": "Remove a filter to see more."}
    return {
        "says": "Nobody is on the record yet.",
        "next": "Import the record the academy keeps now, or add people one by one.",
    }


def _table(desk: Desk, request: Request[Any, Any, Any]) -> tuple[list[str], list[list[Cell]]]:
    """The rows the address asks for with every column; that they were taken is recorded."""
    chosen = Listing(desk, "", request.query_params, _FILTERS).chosen
    rows = [list(row.cells) for row in rows_here(desk) if fits(row, chosen)]
    desk.exported("Single central record", CHECKS, len(rows))
    return [column.title for column in columns(desk.today)], rows
