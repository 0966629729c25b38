"""The years money is counted in, and the hours and weeks behind a member of staff's cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

YearKind = Literal["academic", "financial", "teachers_pay", "support_pay", "tax"]
Basis = Literal["months", "days", "weeks"]


class YearStart(Struct, frozen=True):
    """A kind of year, and the day of the calendar on which it begins."""

    title: str
    month: int
    day: int = 1


YEARS: Mapping[YearKind, YearStart] = {  # domain notes, finance section 3
    "academic": YearStart("Academic year", 9),
    "financial": YearStart("Financial year", 4),
    "teachers_pay": YearStart("Teachers' pay year", 9),
    "support_pay": YearStart("Support staff's pay year", 4),
    "tax": YearStart("Tax year", 4, 6),
}

BASES: Mapping[Basis, str] = {
    "months": "by months, a month begun counting whole",
    "days": "by days",
    "weeks": "by school weeks",
}
"""How a part of a year is counted: a setting of the authority, or of the contract, and said wherever it was used."""

SCHOOL_WEEKS = Edition("2026", date.min, None, "docsbay.net, Durham's guide to costed provision maps", True, 38)
"""Weeks in which an academy teaches."""

DIRECTED_HOURS = Edition("2026", date.min, None, "teachers' pay document: general knowledge", False, 1_265)
"""Hours a year for which a full-time teacher can be directed."""

_DEVON = "devon.gov.uk, schools communications, 2016"
YEAR_WEEKS = Edition("2016", date.min, None, _DEVON, True, 52_143)
"""Weeks in a year of support staff's pay, in thousandths."""

FULL_WEEK = Edition("2016", date.min, None, _DEVON, True, 37 * 60)
"""Minutes in a full-time week of support staff."""
