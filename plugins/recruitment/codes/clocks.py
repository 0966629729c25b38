"""How long things may take and how often they may happen, as dated data."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.law import Edition


class VolunteerRule(Struct, frozen=True):
    """From when on a volunteer's help is regulated activity."""

    days: int  # so many
    within: int  # so many days in a row, both ends counted
    supervised: bool  # whether supervised help counts as well


class CourseMonths(Struct, frozen=True):
    """How many months before its deadline a course must be begun."""

    warn: int
    red: int


_RA = "schools.norfolk.gov.uk, 2026-06-26; epm.co.uk, June 2026"
VOLUNTEER_RULES: tuple[Edition[VolunteerRule], ...] = (
    Edition("before 2026-09", date.min, date(2026, 8, 31), _RA, True, VolunteerRule(4, 30, supervised=False)),
    Edition("2026-09", date(2026, 9, 1), None, _RA, True, VolunteerRule(4, 30, supervised=True)),
)

RISK_REVIEW_DAYS = Edition("2026", date.min, None, "Domain notes, recruitment section 3.2: ours", False, 14)
"""Days from the start by which the risk assessment of a start without a certificate is reviewed."""

CARRY_MONTHS = Edition(
    "2014",
    date.min,
    None,
    "Check a teacher's record; Independent School Standards 2014, para. 18(4), not read",
    False,
    3,
)
"""The longest break over which a DBS certificate is carried from a school to the next."""

COURSE_MONTHS = Edition(
    "2024",
    date(2024, 9, 1),
    None,
    "strictlyeducationhr.co.uk, 2024-09-13: 18 to 22 months with assessment",
    True,
    CourseMonths(warn=22, red=18),
)
"""Of the NPQ for SENCOs."""

REMINDER_DAYS = Edition("2026", date.min, None, "Domain notes, recruitment R23: ours", False, (90, 60, 30, 14, 7))
"""Days before a right to work expires on which somebody is reminded."""
