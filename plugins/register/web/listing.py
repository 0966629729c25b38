"""The register of an academy: now, as at a past day, and as it was known then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

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
from core.wording import day as said

from ..telling import HEADER, cells, entries_of
from ..views import NEED_NAMES, PROVISION_NAMES, Entry, gaps, review
from .charts import charts

_FILTERS = ["q", "provision", "need", "year", "gaps", "as_at", "known_at"]
_LABELS = {
    "q": "Name or UPN",
    "provision": "Provision",
    "need": "Need",
    "year": "Year",
    "gaps": "Show",
    "as_at": "As at",
    "known_at": "As known on",
}
_COLUMNS = [
    ("Pupil", "name"),
    ("Year and form", "year"),
    ("Provision", "provision"),
    ("Needs", "needs"),
    ("Since", "since"),
    ("Review due", "review"),
    ("Gaps", "gaps"),
]
_LONDON = ZoneInfo("Europe/London")


class Register(Controller):
    """Who is on the SEN register."""

    @post("/", guards=[may("read", "register.support")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, f"/{desk.academy.urn if desk.academy else ''}/register", form, _FILTERS)

    @get("/", guards=[may("read", "register.support")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The register, filtered as the address says."""
        base = f"/{desk.academy.urn}/register" if desk.academy else ""
        listing = Listing(desk, base, request.query_params, _FILTERS)
        day = _day(listing.chosen["as_at"]) or desk.today
        entries = entries_of(desk, *_days(listing.chosen))
        found = [entry for entry in entries if _fits(entry, listing.chosen, day)]
        keys = {
            "name": lambda entry: entry.who.name.casefold(),
            "year": lambda entry: (year_order(entry.who.year), entry.who.form, entry.who.name.casefold()),
            "provision": lambda entry: (entry.support.provision, entry.who.name.casefold()),
            "needs": lambda entry: (entry.support.needs, entry.who.name.casefold()),
            "since": lambda entry: entry.support.since,
            "review": lambda entry: review(entry.plan, day).due_by if entry.plan else date.max,
            "gaps": lambda entry: (-len(gaps(entry.support, entry.plan, day)), entry.who.name.casefold()),
        }
        shown, caption, pages = listing.cut(listing.sorted(found, keys, "name"))
        return page(
            "register/register.html",
            lede=_lede(entries),
            actions=_actions(desk, base, listing),
            then=_then(listing, base),
            figures=_figures(entries, listing, day),
            filters=listing.filters(form, _LABELS, _choices(entries)),
            caption=caption,
            columns=listing.columns(_COLUMNS, "name"),
            rows=[_row(desk, entry, day) for entry in shown],
            empty={"says": "Nobody on the register fits these filters.", "next": "Remove a filter to see more."}
            if entries
            else {
                "says": "Nobody is on the register here.",
                "next": "Import the school's own list, or place a pupil on the register from the pupil's page.",
            },
            pages=pages,
            charts=charts(entries) if entries else [],
        )

    @get("/list.csv", guards=[may("export", "register.support")])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk, request), taken=desk.taken), "register")

    @get("/list.xlsx", guards=[may("export", "register.support")])
    def as_xlsx(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("SEN register", *_table(desk, request), taken=desk.taken), "register")


def _days(chosen: Mapping[str, str]) -> tuple[date | None, date | None]:
    return _day(chosen["as_at"]), _day(chosen["known_at"])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _fits(entry: Entry, chosen: Mapping[str, str], day: date) -> bool:
    wanted = chosen["q"].casefold()
    return (
        (not chosen["provision"] or entry.support.provision == chosen["provision"])
        and (not chosen["need"] or chosen["need"] in entry.support.needs)
        and (not chosen["year"] or entry.who.year == chosen["year"])
        and (chosen["gaps"] != "some" or bool(gaps(entry.support, entry.plan, day)))
        and (not wanted or matches(entry.who, wanted))
    )


def _lede(entries: list[Entry]) -> str:
    with_plan = sum(entry.support.provision == "E" for entry in entries)
    return f"{len(entries):,} pupils: {len(entries) - with_plan:,} SEN support, {with_plan:,} EHC plans."


def _actions(desk: Desk, base: str, listing: Listing) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = []
    if desk.may("read", "register.sample"):
        actions.append({"text": "Samples", "href": f"{base}/samples"})
    if desk.may("write", "register.support"):
        actions.append(
            {"text": "Place a pupil on the register", "href": base.replace("/register", "/pupils"), "main": True}
        )
    if desk.may("export", "register.support"):
        query = listing.href().removeprefix(base)
        actions += [
            {"text": "CSV", "href": f"{base}/list.csv{query}"},
            {"text": "XLSX", "href": f"{base}/list.xlsx{query}"},
        ]
    return actions


def _then(listing: Listing, base: str) -> dict[str, str] | None:
    as_at, known_on = _day(listing.chosen["as_at"]), _day(listing.chosen["known_at"])
    if as_at is None and known_on is None:
        return None
    told = f"The register as at {said(as_at)}" if as_at else "The register"
    told += (
        f", as it was known at the end of {said(known_on)}: what was typed later is left out."
        if known_on
        else ", as we know it now, late entries included."
    )
    return {"text": told, "href": base}


def _figures(entries: list[Entry], listing: Listing, day: date) -> list[dict[str, Any]]:
    gappy = sum(bool(gaps(entry.support, entry.plan, day)) for entry in entries)
    late = sum(entry.plan is not None and review(entry.plan, day).days_left < 0 for entry in entries)
    count = Counter(entry.support.provision for entry in entries)
    return [
        {"label": "SEN support", "value": f"{count['K']:,}", "note": None, "href": listing.href(provision="K")},
        {"label": "EHC plans", "value": f"{count['E']:,}", "note": None, "href": listing.href(provision="E")},
        {
            "label": "Reviews overdue",
            "value": f"{late:,}",
            "note": None,
            "href": listing.href(provision="E", sort="review"),
        },
        {"label": "Lines with gaps", "value": f"{gappy:,}", "note": None, "href": listing.href(gaps="some")},
    ]


def _choices(entries: list[Entry]) -> dict[str, list[tuple[str, str]]]:
    needs = Counter(code for entry in entries for code in entry.support.needs)
    years = sorted({entry.who.year for entry in entries}, key=year_order)
    return {
        "provision": [("", "All"), ("K", PROVISION_NAMES["K"]), ("E", PROVISION_NAMES["E"])],
        "need": [("", f"All {len(needs)}"), *((code, f"{code} ({count})") for code, count in sorted(needs.items()))],
        "year": [("", "All"), *((year, f"Year {year}") for year in years)],
        "gaps": [("", "Everything"), ("some", "Data gaps only")],
    }


def _row(desk: Desk, entry: Entry, day: date) -> dict[str, Any]:
    urn = desk.academy.urn if desk.academy else ""
    due = None
    if entry.support.provision == "E" and entry.plan is not None:
        told = review(entry.plan, day)
        tag = (
            {"text": f"{counted(-told.days_left, 'day', 'days')} over", "kind": "late"} if told.days_left < 0 else None
        )
        if tag is None and told.days_left <= 60:
            tag = {"text": counted(told.days_left, "day", "days") if told.days_left else "today", "kind": "soon"}
        due = {"by": told.due_by, "tag": tag}
    return {
        "name": entry.who.name,
        "href": f"/{urn}/pupils/{entry.pupil}",
        "upn": entry.who.upn,
        "year": f"Year {entry.who.year}",
        "form": entry.who.form or None,
        "provision": PROVISION_NAMES[entry.support.provision],
        "needs": [{"code": code, "name": NEED_NAMES.get(code, code)} for code in entry.support.needs],
        "since": entry.support.since,
        "review": due,
        "gaps": [gap for gap in gaps(entry.support, entry.plan, day) if gap != "review overdue"],
    }


def _table(desk: Desk, request: Request[Any, Any, Any]) -> tuple[list[str], list[list[Cell]]]:
    chosen = Listing(desk, "", request.query_params, _FILTERS).chosen
    day = _day(chosen["as_at"]) or desk.today
    rows = [cells(entry, day) for entry in entries_of(desk, *_days(chosen)) if _fits(entry, chosen, day)]
    desk.exported("SEN register", "register.support", len(rows))
    return HEADER, rows
