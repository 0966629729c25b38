"""Form 8: its parts, in the order in which they must come."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from core.law import cites, plain

from .outcome import READ_ON, Outcome

Step = Literal["part1_on", "tested_on", "part2_on", "part3_on", "submitted_on", "exam_on"]


class FormDays(Struct, frozen=True):
    """The days of a Form 8; None for what has not been done."""

    part1_on: date | None = None  # completed by the SENCO
    tested_on: tuple[date, ...] = ()  # each day of testing
    part2_on: date | None = None  # signed by the assessor
    part3_on: date | None = None  # signed by the SENCO
    submitted_on: date | None = None
    exam_on: date | None = None  # the first exam


_STEPS: dict[Step, str] = {
    "part1_on": "Form 8 Part 1",
    "tested_on": "the assessment",
    "part2_on": "Form 8 Part 2, signed by the assessor",
    "part3_on": "Form 8 Part 3, signed by the SENCO",
    "submitted_on": "the application",
    "exam_on": "the exam",
}


@cites(
    "JCQ, AARA 2025-26, key changes; SEND Pathways, is your folder ready for inspection, 20 September 2024",
    "sendpathways.co.uk/eaa_folder_inspection",
    as_at=READ_ON,
    edition="2025-26",
    rule="exams R13",
)
def form_order(days: FormDays, until: Step = "exam_on") -> tuple[Outcome, ...]:
    """Whether the steps of a Form 8 are all there and in their order.

    Part 1 is completed before the assessment, then come the signatures of Parts 2 and 3, the application and the exam.
    Two steps may be on one day.

    Args:
        until: The last step that must be there; a later one may be missing, but never too early.
    """
    given = _given(days)
    needed = list(_STEPS)[: list(_STEPS).index(until) + 1]
    found = []
    if missing := tuple(_STEPS[step] for step in needed if not given[step]):
        found.append(Outcome("BLOCK", "form_incomplete", f"Not there yet: {'; '.join(missing)}.", missing, "R13"))
    for earlier, later in pairwise(step for step in _STEPS if given[step]):
        if given[earlier][-1] > given[later][0]:
            one = f"{_STEPS[earlier]} has the day {plain(given[earlier][-1])}"
            says = f"{one}, but comes before {_STEPS[later]}, which has the day {plain(given[later][0])}. Correct one."
            found.append(Outcome("BLOCK", "form_out_of_order", says[0].upper() + says[1:], rule="R13"))
    return tuple(found) or (Outcome("OK", "form_in_order", "Form 8 is complete and in order.", rule="R13"),)


def _given(days: FormDays) -> dict[Step, tuple[date, ...]]:
    """The days of each step, in their order; none for what has not been done."""
    told: dict[Step, tuple[date | None, ...]] = {
        "part1_on": (days.part1_on,),
        "tested_on": days.tested_on,
        "part2_on": (days.part2_on,),
        "part3_on": (days.part3_on,),
        "submitted_on": (days.submitted_on,),
        "exam_on": (days.exam_on,),
    }
    return {step: tuple(sorted(day for day in dated if day)) for step, dated in told.items()}
