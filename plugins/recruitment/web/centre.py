"""Across the academies: one record of everybody, and which academy has no qualified SENCO, since when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.answers import Cell
from core.desk import Desk
from core.web.exports import csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.forms import Form
from core.web.guards import may
from core.web.lists import Listing, find
from core.web.pages import Page, page
from core.web.routes import get, post
from core.wording import counted, day

from ..telling import base
from ..views import LEFT_OUT, LEVELS, RecordRow, columns, cover_gap, in_post, qualified, rows_here, sencos
from .record import CHECKS, GAPS_RULE, SHORT, drawn, figures, fits
from .senco import SENCO, STATES, name_of

_PATH = "/centre/recruitment"
_FILTERS = ["q", "academy", "gap", "several"]
_LABELS = {"q": "Name or post", "academy": "Academy", "gap": "Gaps", "several": "Show"}
_GAPS = {"": "Everybody", "any": "Any gap", "major": "Major gaps", "minor": "Minor gaps", "late": "Late"}
Found = tuple[Desk, RecordRow]


class CentreRecord(Controller):
    """The single central record of the whole trust: one person, every engagement."""

    path = "/record"

    @post("/", guards=[may("read", CHECKS)])
    def find(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        return find(desk, f"{_PATH}/record", form, _FILTERS)

    @get("/", guards=[may("read", CHECKS)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """Everybody, person by person; that each row shown was looked at is recorded at its academy."""
        listing = Listing(desk, f"{_PATH}/record", request.query_params, _FILTERS)
        everyone = _everyone(desk)
        people = _people(_chosen(everyone, listing.chosen))
        shown, caption, pages = listing.cut(listing.sorted(people, _SORTS, "name"), " people")
        for person in shown:
            for there, row in person:
                there.opened(row.subject, [CHECKS])
        return page(
            "recruitment/centre_record.html",
            lede=f"{counted(len(_people(everyone)), 'person', 'people')} at "
            f"{counted(len({there.academy_id for there, _ in everyone}), 'academy', 'academies')}.",
            actions=_actions(desk, listing),
            figures=figures([row for _, row in everyone], listing),
            filters=listing.filters(form, _LABELS, _choices(everyone)),
            caption=caption,
            columns=listing.columns(
                [
                    ("Name", "name"),
                    ("Academy", ""),
                    ("Starts", ""),
                    *((text, "") for text in SHORT.values()),
                    ("Gaps", "gaps"),
                ],
                "name",
            ),
            labels=list(SHORT.values()),
            people=[_person(person) for person in shown],
            gaps_href=GAPS_RULE,
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


class CentreSencos(Controller):
    """The SENCO of every academy."""

    path = "/sencos"

    @get("/", guards=[may("read", SENCO)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Those without a qualified SENCO first, the longest first."""
        rows = [_senco(there) for there in desk.where("recruitment") if there.may("read", SENCO)]
        rows.sort(key=lambda row: (row["gap"] is None, row["order"], row["academy"]))
        without = sum(row["gap"] is not None for row in rows)
        says = counted(without, "academy has", "academies have") if without else "No academy is"
        lede = f"{says} no qualified SENCO." if without else f"{says} without a qualified SENCO."
        return page("recruitment/centre_sencos.html", lede=lede, rows=rows)


def _everyone(desk: Desk) -> list[Found]:
    """Every row of the record at every academy whose checks this person may read."""
    return [(there, row) for there in desk.where("recruitment") for row in rows_here(there) if row.role not in LEFT_OUT]


def _chosen(everyone: list[Found], chosen: dict[str, str]) -> list[Found]:
    """The rows the filters ask for."""
    asked = {"q": chosen["q"], "gap": chosen["gap"], "role": "", "show": ""}
    found = [(there, row) for there, row in everyone if fits(row, asked)]
    if chosen["academy"]:
        found = [(there, row) for there, row in found if _urn(there) == chosen["academy"]]
    if chosen["several"]:
        several = {
            person[0][1].subject for person in _people(everyone) if len({_urn(there) for there, _ in person}) > 1
        }
        found = [(there, row) for there, row in found if row.subject in several]
    return found


def _people(found: list[Found]) -> list[list[Found]]:
    """The rows of one person together."""
    grouped: dict[UUID, list[Found]] = {}
    for there, row in found:
        grouped.setdefault(row.subject, []).append((there, row))
    return list(grouped.values())


def _worst(person: list[Found]) -> int:
    return min(LEVELS.index(row.worst) if row.worst else len(LEVELS) for _, row in person)


_SORTS = {
    "name": lambda person: person[0][1].name.casefold(),
    "gaps": lambda person: (_worst(person), person[0][1].name.casefold()),
}


def _urn(there: Desk) -> str:
    return there.academy.urn if there.academy else ""


def _person(person: list[Found]) -> dict[str, Any]:
    rows = [
        drawn(there, row, f"{base(there)}/people/{row.subject}")
        | {"academy": there.academy.name if there.academy else ""}
        for there, row in person
    ]
    return {"name": person[0][1].name, "rows": rows}


def _choices(everyone: list[Found]) -> dict[str, list[tuple[str, str]]]:
    academies = {_urn(there): there.academy.name for there, _ in everyone if there.academy}
    return {
        "academy": [("", "All"), *academies.items()],
        "gap": list(_GAPS.items()),
        "several": [("", "Everybody"), ("yes", "At several academies")],
    }


def _actions(desk: Desk, listing: Listing) -> list[dict[str, Any]]:
    if not desk.may("export", CHECKS):
        return []
    query = listing.href().removeprefix(listing.path)
    return [
        {"text": ending.upper(), "href": f"{listing.path}/list.{ending}{query}", "says": "of this record"}
        for ending in ("csv", "xlsx")
    ]


def _table(desk: Desk, request: Request[Any, Any, Any]) -> tuple[list[str], list[list[Cell]]]:
    """The rows the address asks for, a person's together; that they were taken is recorded at each academy."""
    chosen = Listing(desk, "", request.query_params, _FILTERS).chosen
    people = sorted(_people(_chosen(_everyone(desk), chosen)), key=_SORTS["name"])
    found = [one for person in people for one in person if one[0].may("export", CHECKS)]
    for there in {one.academy_id: one for one, _ in found}.values():
        there.exported("Single central record", CHECKS, sum(each.academy_id == there.academy_id for each, _ in found))
    return [column.title for column in columns(desk.today)], [list(row.cells) for _, row in found]


def _senco(there: Desk) -> dict[str, Any]:
    """An academy's SENCO, and since when there is none who is qualified."""
    known = there.see(sencos, there.here) or {}
    now, gap = in_post(known, there.today), cover_gap(known, there.today)
    state = qualified(now[0], there.today) if now else None
    since = (day(gap.since) if gap.since else "never had one") if gap else ""
    return {
        "academy": there.academy.name if there.academy else "",
        "href": f"{base(there)}/senco",
        "who": ", ".join(name_of(there, one) for one in now) or "nobody",
        "state": {"text": STATES[state.state][0], "kind": STATES[state.state][1]} if state else None,
        "says": gap.says if gap else state.says if state else "",
        "hold_by": state.dates.alarm_by if state and state.state not in {"HELD", "EXEMPT"} else None,
        "gap": since if gap else None,
        "order": gap.since.toordinal() if gap and gap.since else 0,
    }
