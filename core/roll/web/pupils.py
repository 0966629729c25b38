"""The list of pupils, and one pupil's page: what is due, what each plugin says, and the tally."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.glass import hidden
from core.answers import Deadline, Panel
from core.desk import Desk
from core.errors import NotFound
from core.roll.bringing import waiting
from core.roll.rules import is_temporary_upn
from core.roll.views import Pupil, pupil, year_order
from core.web.exports import Cell, csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post
from core.web.timeline import tally
from core.wording import counted, day

_FILTERS = ["q", "year", "form", "enrolment"]


class Pupils(Controller):
    """Who is on roll here."""

    path = "/pupils"

    @post("/", guards=[may("read", "core.identity")])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, f"{_base(desk)}/pupils", form, _FILTERS)

    @get("/", guards=[may("read", "core.identity")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The roll, filtered as the address says."""
        base = f"{_base(desk)}/pupils"
        listing = Listing(desk, base, request.query_params, _FILTERS)
        everyone = desk.see_all(pupil)
        found = _found(everyone, listing.chosen, desk)
        keys = {
            "name": lambda pair: pair[1].name.casefold(),
            "year": lambda pair: (year_order(pair[1].year), pair[1].form, pair[1].name.casefold()),
            "upn": lambda pair: pair[1].upn,
            "born": lambda pair: pair[1].born_on,
            "enrolled": lambda pair: pair[1].entered_on,
        }
        shown, caption, pages = listing.cut(listing.sorted(found, keys, "name"))
        columns = [
            ("Pupil", "name"),
            ("Year and form", "year"),
            ("UPN", "upn"),
            ("Born", "born"),
            ("Enrolled", "enrolled"),
            ("Status", ""),
        ]
        on_roll = sum(one.is_on_roll(desk.today) for one in everyone.values())
        actions = []
        if desk.may("write", "core.identity"):
            actions.append({"text": "Import", "href": f"{_base(desk)}/import", "main": True})
        if desk.may("export", "core.identity"):
            query = listing.href().removeprefix(base)
            actions += [
                {"text": "CSV", "href": f"{base}/list.csv{query}"},
                {"text": "XLSX", "href": f"{base}/list.xlsx{query}"},
            ]
        years = sorted({one.year for one in everyone.values()}, key=year_order)
        forms = sorted({one.form for one in everyone.values() if one.form})
        return page(
            "roll/pupils.html",
            lede=f"{on_roll:,} pupils on roll: who they are and where they sit, as the school's own system says.",
            actions=actions,
            filters=listing.filters(
                form,
                {"q": "Name or UPN", "year": "Year", "form": "Form", "enrolment": "Enrolment"},
                {
                    "year": [("", "All"), *((year, _year(year)) for year in years)],
                    "form": [("", "All"), *((form, form) for form in forms)],
                    "enrolment": [("", "On roll"), ("left", "Left"), ("all", "Everyone")],
                },
            ),
            caption=caption,
            columns=listing.columns(columns, "name"),
            rows=[_row(desk, key, one) for key, one in shown],
            empty={"says": "No pupil fits these filters.", "next": "Remove a filter to see more."}
            if everyone
            else {"says": "Nobody is on roll here yet.", "next": "Import the school's own list to begin."},
            pages=pages,
        )

    @get("/list.csv", guards=[may("export", "core.identity")])
    def as_csv(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk, request), taken=desk.taken), "pupils")

    @get("/list.xlsx", guards=[may("export", "core.identity")])
    def as_xlsx(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("Pupils", *_table(desk, request), taken=desk.taken), "pupils")

    @get("/{pupil_id:uuid}", guards=[may("read", "core.identity")])
    def one(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """One pupil; that it was opened is recorded before it is sent."""
        who = desk.see(pupil, pupil_id)
        if who is None:
            raise NotFound
        panels = [panel for _, many in desk.ask_all("panels", pupil=pupil_id) for panel in many]
        events = desk.history(pupil_id)
        shown = {record for panel in panels for record in panel.records} | {event.record for event in events}
        desk.opened(pupil_id, {"core.identity", *shown})
        until = desk.today.replace(year=desk.today.year + 2, day=1)
        dues = [one for _, one in desk.deadlines(until) if one.subject == pupil_id]
        base = _base(desk)
        return page(
            "roll/pupil.html",
            crumbs=[
                {"text": "Pupils", "href": f"{base}/pupils"},
                {"text": _year(who.year), "href": f"{base}/pupils?year={who.year}"},
            ],
            name=who.full_name,
            lede=lede(who),
            actions=[action for panel in panels for action in _main(panel)][:1],
            then=_then(desk, pupil_id),
            about=[
                {"label": "UPN", "value": who.upn + (" (temporary)" if is_temporary_upn(who.upn) else "")},
                {"label": "Came on roll", "value": day(who.entered_on)},
                *([{"label": "Left", "value": day(who.left_on)}] if who.left_on else []),
            ],
            dues=[_due(desk, one) for one in sorted(dues, key=lambda one: one.due_by)],
            panels=[_panel(at, panel) for at, panel in enumerate(panels)],
            entries=tally(desk, events, base),
            more=None,
            prove_href=None,
            looks_href=f"{base}/looks/{pupil_id}" if desk.may("read", "core.trail") else None,
            glass_href=f"{base}/pupils/{pupil_id}/glass" if hidden(desk, pupil_id) else None,
            kept_href=f"{base}/disposal/{pupil_id}" if desk.may("read", "core.disposal", pupil_id) else None,
            opened="You opened this record, and that is recorded.",
        )


def _base(desk: Desk) -> str:
    return f"/{desk.academy.urn}" if desk.academy else ""


def _year(year: str) -> str:
    return {"R": "Reception", "X": "No year group"}.get(
        year, f"Year {year}" if year[:1].isdigit() else f"Nursery {year[1:]}"
    )


def _then(desk: Desk, pupil_id: UUID) -> dict[str, str] | None:
    """What to do next: bring here what another academy holds."""
    if not (found := waiting(desk, pupil_id)):
        return None
    places = " and ".join(one.academy for one in found)
    href = f"{_base(desk)}/pupils/{pupil_id}/bring"
    return {"text": f"There is a record of this pupil at {places}.", "href": href, "says": "Bring it here"}


def lede(who: Pupil) -> str:
    where = f"{_year(who.year)}, form {who.form}" if who.form else _year(who.year)
    return f"{where} · born {day(who.born_on)}"


def _found(everyone: dict[UUID, Pupil], chosen: dict[str, str], desk: Desk) -> list[tuple[UUID, Pupil]]:
    wanted = chosen["q"].casefold()
    return [
        (key, one)
        for key, one in everyone.items()
        if (chosen["enrolment"] == "all" or one.is_on_roll(desk.today) != (chosen["enrolment"] == "left"))
        and (not chosen["year"] or one.year == chosen["year"])
        and (not chosen["form"] or one.form == chosen["form"])
        and (not wanted or matches(one, wanted))
    ]


def matches(one: Pupil, wanted: str) -> bool:
    """Whether every word searched for is in the name, or the whole is the beginning of the UPN."""
    name = f"{one.forename} {one.surname}".casefold()
    return all(word.strip(",") in name for word in wanted.split()) or one.upn.casefold().startswith(wanted)


def _row(desk: Desk, key: UUID, one: Pupil) -> dict[str, Any]:
    return {
        "name": one.name,
        "href": f"{_base(desk)}/pupils/{key}",
        "year": _year(one.year),
        "form": one.form or None,
        "upn": one.upn,
        "upn_note": "temporary" if is_temporary_upn(one.upn) else None,
        "born": one.born_on,
        "enrolled": one.entered_on,
        "status": f"left {day(one.left_on)}" if one.left_on else "on roll",
        "tags": [],
    }


def _table(desk: Desk, request: Request[Any, Any, Any]) -> tuple[list[str], list[list[Cell]]]:
    listing = Listing(desk, "", request.query_params, _FILTERS)
    found = _found(desk.see_all(pupil), listing.chosen, desk)
    rows: list[list[Cell]] = [
        [one.surname, one.forename, one.upn, one.born_on, one.year, one.form, one.entered_on, one.left_on]
        for _, one in sorted(found, key=lambda pair: pair[1].name.casefold())
    ]
    desk.exported("pupils", "core.identity", len(rows))
    return ["Surname", "Forename", "UPN", "Born", "Year", "Form", "Came on roll", "Left"], rows


def _due(desk: Desk, one: Deadline) -> dict[str, Any]:
    left = (one.due_by - desk.today).days
    tag = (
        {"text": f"{counted(-left, 'day', 'days')} over", "kind": "late"}
        if left < 0
        else {"text": counted(left, "day", "days") if left else "today", "kind": "soon" if left < 60 else "plain"}
    )
    rule = desk.building.plugins.rules().get(one.rule)
    source = rule.citation.source if rule else None
    return {
        "text": one.text,
        "by": one.due_by,
        "tag": tag,
        "says": one.says or None,
        "source": source,
        "rule_href": f"/rules/{one.rule}",
        "href": one.href,
    }


def _panel(at: int, panel: Panel) -> dict[str, Any]:
    return {
        "id": str(at),
        "title": panel.title,
        "rows": [{"label": line.label, "value": line.value} for line in panel.lines],
        "actions": [{"text": action.text, "href": action.href} for action in panel.actions],
        "says": None,
    }


def _main(panel: Panel) -> Iterable[dict[str, Any]]:
    return ({"text": action.text, "href": action.href, "main": True} for action in panel.actions[:1])
