"""By when a request about somebody's data is answered. School holidays never move the day."""

from __future__ import annotations

from datetime import date, timedelta

from msgspec import Struct

from core.law import Edition, Finding, cites, in_force
from core.periods import Calendar, months_after, working_days_after

_NOTES = "Domain notes on the oversight of a trust"

STARTS: tuple[Edition[bool], ...] = (
    Edition("The clock starts with the request", date(2018, 5, 25), date(2026, 2, 4), f"{_NOTES}, 5.1", True, False),
    Edition(
        "The clock starts when it is shown who asks",
        date(2026, 2, 5),
        None,
        "Data (Use and Access) Act 2025, in force from 5 February 2026 (domain notes, trust S62)",
        True,
        True,
    ),
)
"""Whether the clock waits for proof of who asks."""

ACKNOWLEDGE: tuple[Edition[int], ...] = (
    Edition(
        "Complaints are acknowledged in 30 days",
        date(2026, 6, 19),
        None,
        "Data (Use and Access) Act 2025 (domain notes, trust S62, S64; the year is inferred)",
        verified=False,
        value=30,
    ),
)


PROMISED: tuple[Edition[int], ...] = (
    Edition(
        "Educational records in 15 school days, where an academy has promised it",
        date(2005, 9, 1),
        None,
        "SI 2005/1437, which binds maintained schools alone; some academies follow it by choice (domain notes, trust "
        "5.2, S69, S72, S73)",
        verified=True,
        value=15,
    ),
)


class Reply(Struct, frozen=True):
    """How long there is to answer, whichever ends first."""

    school_days: int
    working_days: int


INFORMATION: tuple[Edition[Reply], ...] = (
    Edition(
        "Freedom of information in 20 school days, or 60",
        date(2005, 1, 1),
        None,
        "Domain notes, trust 5.1, S60; that the 60 are working days is not verified",
        verified=False,
        value=Reply(20, 60),
    ),
)


class Pause(Struct, frozen=True):
    """A question back, and the day it was answered; None while it is not."""

    asked_on: date
    given_on: date | None = None


class Clock(Struct, frozen=True):
    """What a request's last day is counted from."""

    received_on: date
    proof_needed: bool = False
    proved_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    extended: bool = False


@cites(
    f"{_NOTES}: one calendar month; two more when complex; pauses for needed clarification",
    "gov.uk/guidance/data-protection-in-schools/dealing-with-subject-access-requests-sars",
    as_at=date(2026, 11, 22),
    rule="trust 5.1, C-19",
)
def answer_by(clock: Clock) -> date | None:
    """The last day to answer, inclusive; None while the clock does not run.

    The same day of the next month: received on 30 January 2026, answered by 28 February. A request received on 22 July
    is answered by 22 August, in the middle of the holidays. Days between a needed question and its answer are added,
    as far as the clock ran.
    """
    starts = _starts(clock)
    if starts is None or any(one.given_on is None for one in clock.pauses):
        return None
    return months_after(starts, 3 if clock.extended else 1) + _stood(clock, starts)


@cites(
    f"{_NOTES}: 15 school days, where an academy has promised what binds maintained schools alone",
    "legislation.gov.uk/uksi/2005/1437",
    as_at=date(2026, 11, 23),
    rule="trust 5.2, C-20",
)
def record_by(clock: Clock, calendar: Calendar) -> date | None:
    """The last day to give an educational record that was promised in 15 school days, inclusive.

    None while the clock does not run. Counted from when it is shown who asks, with the days added on which the clock
    stood. Never later than `answer_by`, which binds every academy; just that where the terms do not tell, and once they
    were told that it takes longer.
    """
    last, starts, edition = answer_by(clock), _starts(clock), in_force(PROMISED, clock.received_on)
    if last is None or starts is None or edition is None or clock.extended:
        return last
    sooner = calendar.school_days_after(starts, edition.value)
    return min(last, sooner + _stood(clock, starts)) if sooner else last


@cites(
    f"{_NOTES}: freedom of information differs, 20 school days or 60 days",
    "",
    as_at=date(2026, 11, 23),
    verified=False,
    rule="trust 5.1, C-20",
)
def information_by(received_on: date, calendar: Calendar) -> date | None:
    """The last day to answer a request for information, inclusive.

    20 school days or 60 working days after it came, whichever ends first. Where the terms do not tell, 20 working
    days: it cannot be sooner. None before there was such a duty.
    """
    edition = in_force(INFORMATION, received_on)
    if edition is None:
        return None
    last = working_days_after(received_on, edition.value.working_days)
    sooner = calendar.school_days_after(received_on, edition.value.school_days)
    return min(last, sooner or working_days_after(received_on, edition.value.school_days))


def _starts(clock: Clock) -> date | None:
    """The day from which it is counted; None while it is still to be shown who asks."""
    if clock.proof_needed and _waits(clock.received_on):
        return None if clock.proved_on is None else max(clock.received_on, clock.proved_on)
    return clock.received_on


def _stood(clock: Clock, starts: date) -> timedelta:
    """How long the clock stood for questions that were answered, as far as it ran."""
    days = (one.given_on - max(one.asked_on, starts) for one in clock.pauses if one.given_on)
    return sum((max(timedelta(), one) for one in days), timedelta())


def _waits(received_on: date) -> bool:
    edition = in_force(STARTS, received_on)
    return edition is not None and edition.value


@cites(
    f"{_NOTES}: up to two more months if complex, told in the first month",
    "",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="trust 5.1",
)
def extension_findings(clock: Clock, told_on: date) -> tuple[Finding, ...]:
    """Whether it can still be said that it takes longer: within the first month, and once."""
    first = answer_by(clock)
    if clock.extended:
        return (Finding("error", "extended_before", "They were told that before.", "told_on"),)
    if first is None:
        return (Finding("error", "not_running", "The clock does not run, so there is nothing to extend.", "told_on"),)
    if told_on > first:
        says = f"They had to be told by {first:%-d %B %Y}."
        return (Finding("error", "too_late", says, "told_on"),)
    return ()


@cites(
    f"{_NOTES}: a complaint is acknowledged in 30 days", "", as_at=date(2026, 11, 22), verified=False, rule="trust 5.1"
)
def acknowledge_by(received_on: date) -> date | None:
    """The last day to tell whoever complained that it has come, inclusive; None before there was such a duty."""
    edition = in_force(ACKNOWLEDGE, received_on)
    return received_on + timedelta(days=edition.value) if edition else None
