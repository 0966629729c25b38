"""How long an approval lasts, which exam it no longer covers, and what a move or a higher level changes."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import asdict

from core.law import cites, plain
from core.periods import months_after

from ..codes import VALIDITY, qualification_named, standing
from .outcome import READ_ON, Outcome

_DAY = timedelta(days=1)

_cites_validity = cites(
    "Pingle Academy, exam access arrangements (old)",
    "pingleacademy.com/366/exams-access-arrangements",
    as_at=READ_ON,
    verified=False,
    rule="exams R12",
)


@_cites_validity
def expires_on(approved_on: date) -> date:
    """The day on which an approval expires, 26 months later; an exam must come before it.

    An approval of 31 December 2024 expires on 28 February 2027: a month without that day gives its last. The day that
    the approval itself prints counts before this one.
    """
    return months_after(approved_on, standing(VALIDITY, approved_on).value.months)


@_cites_validity
def renew_by(expiring_on: date) -> date:
    """The day by which to see to a new approval: 60 days before the old one expires, by our own setting."""
    return expiring_on - timedelta(days=standing(VALIDITY, expiring_on).value.renew_days)


@_cites_validity
def earliest_approval(exam_on: date) -> date:
    """The first day on which an approval must be dated to cover an exam: its expiry comes after that exam."""
    approved_on = months_after(exam_on, -standing(VALIDITY, exam_on).value.months)
    while expires_on(approved_on) <= exam_on:
        approved_on += _DAY
    return approved_on


@_cites_validity
def expiry_state(approved_on: date, printed_on: date) -> Outcome:
    """Whether the day of expiry that an approval prints is the one we compute."""
    computed = expires_on(approved_on)
    if computed != printed_on:
        says = f"The approval prints {plain(printed_on)}; 26 months end on {plain(computed)}. Look at the print-out."
        return Outcome("WARN", "expiry_differs", says, rule="R12", day=printed_on)
    return Outcome("OK", "expiry_agrees", "The day on the approval is the one we compute.", rule="R12", day=printed_on)


@_cites_validity
def lapses(expiring_on: date, exam_days: tuple[date, ...]) -> Outcome:
    """Whether an approval holds on every exam day; else the first on which it does not.

    An exam on the day of expiry itself is in doubt: whether that day still counts is not known.
    """
    edition = standing(VALIDITY, expiring_on).name
    late = sorted(day for day in exam_days if day >= expiring_on)
    failing = [day for day in late if day > expiring_on]
    if failing:
        says = f"The approval ends on {plain(expiring_on)}, before the exam of {plain(failing[0])}. Apply again."
        return Outcome("BLOCK", "expired", says, rule="R12", edition=edition, day=failing[0])
    if late:
        says = f"The approval ends on {plain(expiring_on)}, the day of an exam. Ask whether that day still counts."
        return Outcome("WARN", "expires_on_exam", says, rule="R12", edition=edition, day=expiring_on)
    says = f"The approval ends on {plain(expiring_on)}, after the last exam."
    return Outcome("OK", "covered", says, rule="R12", edition=edition)


class FormReuse(Struct, frozen=True):
    """What must hold for a Form 8 to serve again, in another centre or at a higher level."""

    fits_and_is_normal_way: bool  # the arrangement is still right, and the normal way of working
    parts_complete: bool  # Parts 1 to 3, of which 2 and 3 are signed and dated
    tested_from_year_9: bool
    tests_qualify: bool  # by the requirements of JCQ
    assessor_on_file: bool  # proof of their Level 7 qualification or its equal
    fits_what_is_asked: bool  # the evidence is for the arrangement applied for again


_REUSE = {
    "fits_and_is_normal_way": "the arrangement still fits and is the normal way of working",
    "parts_complete": "Parts 1 to 3 complete, Parts 2 and 3 signed and dated",
    "tested_from_year_9": "tests not before Year 9",
    "tests_qualify": "tests that meet the requirements of JCQ",
    "assessor_on_file": "proof of the assessor's qualification on file",
    "fits_what_is_asked": "evidence that fits the arrangement applied for",
}


@cites(
    "JCQ, access arrangements when a candidate changes centre, 1 September 2025",
    "jcq.org.uk/knowledge-base/access-arrangements-when-a-candidate-changes-centre",
    as_at=READ_ON,
    edition="2025-26",
    rule="exams R25",
)
def centre_move(new_centre: bool, before: str, now: str, form: FormReuse | None = None) -> tuple[Outcome, ...]:
    """What becomes of an approval when the candidate changes centre or goes on to a higher level, gravest first.

    Either takes a new application. The old Form 8 serves again where all six conditions hold.

    Args:
        before: The qualification of the approval, such as GCSE.
        now: The qualification of today, such as A-LEVEL.
        form: What holds of the Form 8; None where there is none, such as for a Form 9.
    """
    old, new = qualification_named(before), qualification_named(now)
    higher = new.level > old.level if old and new else None
    if not new_centre and higher is None:
        says = f"'{now if old else before}' is not a qualification we know. Look whether the new level is a higher one."
        return (Outcome("UNKNOWN", "unknown_qualification", says, rule="R25"),)
    if not new_centre and not higher:
        return (Outcome("OK", "approval_stands", "The approval serves on until it expires.", rule="R25"),)
    cause = "The candidate came from another centre" if new_centre else "The candidate goes on to a higher level"
    says = f"{cause}: make a new application on Access Arrangements Online."
    return (Outcome("BLOCK", "new_application", says, rule="R25"), *(() if form is None else (_reuse(form),)))


def _reuse(form: FormReuse) -> Outcome:
    missing = tuple(_REUSE[name] for name, holds in asdict(form).items() if not holds)
    if missing:
        says = f"The old Form 8 does not serve again. It needs: {'; '.join(missing)}."
        return Outcome("BLOCK", "form_8_not_reusable", says, missing, "R25")
    return Outcome("OK", "form_8_reusable", "The old Form 8 may serve for it.", rule="R25")
