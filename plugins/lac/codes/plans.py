"""How authorities work with a PEP: its states and sections, their clocks, how they grade it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

State = Literal["drafting", "ready", "sent", "returned", "agreed"]
Window = Literal["term", "half_term"]
Ends = Literal["academic_year", "birthday"]
Party = Literal["school", "authority"]


class Clocks(Struct, frozen=True):
    """What one authority asks of a first PEP, in working days; None for a clock it does not have."""

    start_days: int | None = None  # from becoming looked after until the PEP is started
    complete_days: int | None = None  # and until it is complete
    provision_days: int | None = None  # from starting at a new school until its PEP


class ReviewClocks(Struct, frozen=True):
    """When an authority reviews a child's care."""

    first_days: int  # working days from becoming looked after
    second_months: int  # from the first review
    later_months: int  # from each later one


class Count(Struct, frozen=True):
    """At least so many areas have one of these colours."""

    colours: tuple[str, ...]
    least: int


class GradeStep(Struct, frozen=True):
    """A grade, and everything that must hold for it."""

    grade: str
    holds: tuple[Count, ...] = ()


class GradeScheme(Struct, frozen=True):
    """One version of how a virtual school grades a PEP. A PEP keeps the version it was graded by.

    The grade is that of the first step that holds. Without steps the virtual school grades the PEP as a whole.
    """

    name: str
    colours: tuple[str, ...]  # best first
    source: str
    verified: bool
    areas: int | None = None  # how many are graded; None when none are
    steps: tuple[GradeStep, ...] = ()


DEFAULT_CLOCKS = Edition(
    "2026",
    date.min,
    None,
    "Domain notes, lac section 7.1: proposed; each authority has its own",
    False,
    Clocks(start_days=10, complete_days=20, provision_days=20),
)

REVIEW_CLOCKS = (
    Edition(
        "SI 2010/959, reg 33",
        date(2011, 4, 1),
        None,
        "Domain notes, lac section 7.1",
        False,
        ReviewClocks(first_days=20, second_months=3, later_months=6),
    ),
)

_COLOURS = ("gold", "green", "amber", "red")
_AMBER = GradeStep("amber", (Count(("amber", "red"), 2),))
_GOLD = GradeStep("gold", (Count(("gold",), 7), Count(("gold", "green"), 8)))
_ST_HELENS = "virtualschool.sthelens.gov.uk, articles 11760 and 12328"
GRADE_SCHEMES: Mapping[str, GradeScheme] = {
    scheme.name: scheme
    for scheme in (
        GradeScheme(
            "St Helens v1",
            _COLOURS,
            f"{_ST_HELENS}: any red",
            True,
            8,
            (GradeStep("red", (Count(("red",), 1),)), _AMBER, _GOLD, GradeStep("green")),
        ),
        GradeScheme(
            "St Helens v2",
            _COLOURS,
            f"{_ST_HELENS}: majority red; that fewer reds count as ambers is our reading",
            False,
            8,
            (GradeStep("red", (Count(("red",), 5),)), _AMBER, _GOLD, GradeStep("green")),
        ),
        GradeScheme("Lancashire", ("green", "amber", "red"), "lancashire.gov.uk, PEP quality assurance", True),
        GradeScheme("Gateshead", ("green", "amber", "red"), "gateshead.gov.uk, article 36723", True),
        GradeScheme("Devon", ("approved", "not approved"), "devon.gov.uk, PP+ policy 2022-23", True),
    )
}

SECTIONS: Mapping[str, str] = {  # domain notes, lac section 7.3
    "who": "Who is who",
    "provision": "School and provision",
    "voice": "What the child says",
    "progress": "Attainment and progress",
    "attendance": "Attendance and suspensions",
    "sen": "Special educational needs",
    "wellbeing": "Wellbeing",
    "targets": "Targets",
    "support": "Support and its cost",
    "transition": "Transition",
    "actions": "Actions and next meeting",
}

PARTS_IN_A_PEP: Mapping[str, str] = {  # domain notes, lac section 7.2
    "child": "Child",
    "carer": "Carer",
    "social_worker": "Social worker",
    "designated_teacher": "Designated teacher",
    "virtual_school": "Virtual school",
    "parent": "Parent",
    "senco": "SENCO",
    "trusted_adult": "Adult the child trusts",
    "reviewing_officer": "Independent reviewing officer",
}
