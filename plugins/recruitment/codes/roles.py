"""Which check each role needs, and what about the work decides it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

from .checks import CHECKS

Cell = Literal["M", "S", "C", "W", "X", "-"]
CELLS: Mapping[Cell, str] = {
    "M": "must be made",
    "S": "should be made",
    "C": "depends on the work",
    "W": "confirmed in writing by a third party",
    "X": "must not be made",
    "-": "not needed",
}


class Role(Struct, frozen=True):
    """A row of the table: a role, and a cell for each check."""

    key: str
    title: str
    cells: Mapping[str, Cell]
    qualified: tuple[str, ...] = ("held",)  # outcomes of the check of qualifications that will do
    confirmed: bool = False  # whether a third party's written word will do where a cell is C, as it does where it is W


class Condition(Struct, frozen=True):
    """Something about the work that makes a check a must."""

    key: str
    check: str
    title: str


_CODES: Mapping[str, Cell] = {cell: cell for cell in CELLS}


def _row(
    key: str, title: str, cells: str, qualified: tuple[str, ...] = ("held",), confirmed: bool = False
) -> tuple[str, Role]:
    """A row by its codes, one for each check in the order of the checks."""
    codes = [_CODES[code] for code in cells.split()]
    return key, Role(key, title, dict(zip(CHECKS.value, codes, strict=True)), qualified, confirmed)


_SENCO = ("held", "in_progress")  # three years' time: SEND Regulations 2014, reg. 49(4)
_ROLES: Mapping[str, Role] = dict(
    (
        _row("senco_leadership", "SENCO, on the leadership team", "M M S M M S M M M C C M", _SENCO),
        _row("senco", "SENCO, not on the leadership team", "M M S M M S M M M C C C", _SENCO),
        _row("leader", "Head, deputy or assistant head", "M M S M M S M M M C C M"),
        _row("teacher", "Class teacher, also unqualified", "M M S M M S M M M C C -", ("held", "not_required")),
        _row("teaching_assistant_teaching", "Teaching assistant doing teaching work", "M M S C M S M M M C C -"),
        _row("teaching_assistant", "Teaching or learning support assistant", "M M S C - S M M M C C -"),
        _row("other_staff", "Other school staff", "M M S C - S M M M C C C"),
        _row("trainee_salaried", "Salaried trainee teacher", "M M S C M S M M M C C -"),
        _row("trainee_fee", "Fee-funded trainee teacher", "M - - W W - W W - W C -", confirmed=True),
        _row("agency_teacher", "Agency supply teacher", "M W W W W W W W W W C C", confirmed=True),
        _row("contractor", "Contractor, regular contact", "M - - C C - W C - W C -", confirmed=True),
        _row("trustee", "Member, trustee or delegated governor", "M - S - - S M C M C C M"),
        _row("volunteer_regular", "Volunteer at or over the threshold", "M - S - C S M M - C C -"),
        _row("volunteer_occasional", "Volunteer under the threshold", "M - C - - C C X - - C -"),
        _row("parent", "Parent at an event", "- - - - - X X X - - - -"),
    )
)
_SUPERVISED = _row("volunteer_regular", "Volunteer at or over the threshold", "M - S - C S M C - C C -")

_READ = "Domain notes, recruitment section 6.1, from Independent School Standards 2014 and KCSIE as far as read"
ROLES: tuple[Edition[Mapping[str, Role]], ...] = (
    Edition("before 2026-09", date.min, date(2026, 8, 31), _READ, False, {**_ROLES, _SUPERVISED[0]: _SUPERVISED[1]}),
    Edition("2026-09", date(2026, 9, 1), None, f"{_READ}; schools.norfolk.gov.uk, 2026-06-26", False, _ROLES),
)
"""The table of role and check. Part three of KCSIE 2025 and 2026 was not read. Before September 2026 a volunteer's
barred list hung on regulated activity, which a supervised one was not in."""

CONDITIONS: Mapping[str, Condition] = {
    condition.key: condition
    for condition in (
        Condition("teaching_work", "prohibition", "plans, teaches, assesses or reports"),
        Condition("regulated_activity", "barred_list", "is in regulated activity"),
        Condition("lived_abroad", "overseas", "has lived outside the UK for as long as the trust's threshold"),
        Condition("early_years", "childcare", "cares for children up to and in reception"),
        Condition("later_years_care", "childcare", "cares for children under eight outside the school day"),
        Condition("manages_childcare", "childcare", "directly manages care of young children"),
        Condition("leadership", "section_128", "is on the leadership team"),
        Condition("management", "section_128", "takes part in managing the school"),
    )
}
"""What is known of the work, by key."""

SENCO_FACTS: Mapping[str, str] = {
    "line_manages": "line-manages staff",
    "reports_to_board": "reports to the board",
}
"""What makes being SENCO management by the facts."""

OTHER_FLAGS: Mapping[str, str] = {
    "management_title": "The job title names an assistant head",
    "title_reason_saved": "A reason why the title means management is on file",
    "section_128_by_facts": "The trust judges each SENCO by the facts instead of checking every one for section 128",
    "dbs_carried": "Comes from work with children in a school after a break of three months at most",
}


def answer(check: str, needed: bool) -> str:
    """The flag that answers whether a check that depends on the work is needed, such as overseas_not_needed."""
    return f"{check}_needed" if needed else f"{check}_not_needed"


DEPENDING: tuple[str, ...] = tuple(
    check for check in CHECKS.value if any("C" in role.cells[check] for row in ROLES for role in row.value.values())
)
"""The checks that depend on the work for one role or another, in their order: of these it is asked."""

FLAGS: frozenset[str] = frozenset(
    (*CONDITIONS, *SENCO_FACTS, *OTHER_FLAGS, *(answer(check, yes) for check in DEPENDING for yes in (True, False)))
)
"""Every flag that an engagement may have."""
