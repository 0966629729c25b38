"""By when a request about data is answered, as a table."""

from __future__ import annotations

from datetime import date

import pytest

from core.periods import Calendar, Term
from core.requests.rules import (
    Clock,
    Pause,
    acknowledge_by,
    answer_by,
    extension_findings,
    information_by,
    record_by,
)


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("clock", "last"),
    [
        (Clock(on("2026-11-16")), "2026-12-16"),
        (Clock(on("2026-01-30")), "2026-02-28"),
        (Clock(on("2026-08-31")), "2026-09-30"),
        (Clock(on("2026-07-22")), "2026-08-22"),  # in the middle of the holidays
        (Clock(on("2026-12-20")), "2027-01-20"),
        (Clock(on("2026-11-16"), proof_needed=True), None),
        (Clock(on("2026-11-16"), proof_needed=True, proved_on=on("2026-11-20")), "2026-12-20"),
        (Clock(on("2026-02-05"), proof_needed=True, proved_on=on("2026-02-10")), "2026-03-10"),
        (Clock(on("2026-02-04"), proof_needed=True, proved_on=on("2026-02-10")), "2026-03-04"),  # as law was then
        (Clock(on("2026-02-04"), proof_needed=True), "2026-03-04"),
        (Clock(on("2026-11-16"), pauses=(Pause(on("2026-11-20")),)), None),
        (Clock(on("2026-11-16"), pauses=(Pause(on("2026-11-20"), on("2026-11-27")),)), "2026-12-23"),
        (
            Clock(
                on("2026-11-16"),
                pauses=(Pause(on("2026-11-20"), on("2026-11-27")), Pause(on("2026-12-01"), on("2026-12-04"))),
            ),
            "2026-12-26",
        ),
        (Clock(on("2026-11-16"), pauses=(Pause(on("2026-11-20"), on("2026-11-20")),)), "2026-12-16"),
        (Clock(on("2026-03-01"), True, on("2026-03-20"), (Pause(on("2026-03-02"), on("2026-03-12")),)), "2026-04-20"),
        (Clock(on("2026-03-01"), True, on("2026-03-20"), (Pause(on("2026-03-18"), on("2026-03-25")),)), "2026-04-25"),
        (Clock(on("2026-11-16"), extended=True), "2027-02-16"),
        (Clock(on("2026-11-30"), extended=True), "2027-02-28"),
    ],
)
def test_the_last_day(clock: Clock, last: str | None) -> None:
    assert answer_by(clock) == (on(last) if last else None)


@pytest.mark.parametrize(
    ("clock", "told", "codes"),
    [
        (Clock(on("2026-11-16")), "2026-12-16", []),
        (Clock(on("2026-11-16")), "2026-12-17", ["too_late"]),
        (Clock(on("2026-11-16"), extended=True), "2026-12-01", ["extended_before"]),
        (Clock(on("2026-11-16"), proof_needed=True), "2026-12-01", ["not_running"]),
    ],
)
def test_they_are_told_within_the_month_that_it_takes_longer(clock: Clock, told: str, codes: list[str]) -> None:
    assert [one.code for one in extension_findings(clock, on(told))] == codes


@pytest.mark.parametrize(
    ("came", "last"), [("2026-06-18", None), ("2026-06-19", "2026-07-19"), ("2026-11-16", "2026-12-16")]
)
def test_a_complaint_is_acknowledged_in_thirty_days(came: str, last: str | None) -> None:
    assert acknowledge_by(on(came)) == (on(last) if last else None)


AUTUMN = Term("Autumn", on("2026-09-02"), on("2026-12-18"))
SPRING = Term("Spring", on("2027-01-04"), on("2027-03-26"))
SUMMER = Term("Summer", on("2027-04-12"), on("2027-07-21"))
CLOSED = Calendar(
    (SUMMER, Term("Late", on("2027-09-13"), on("2027-12-17"))),
    frozenset(on(f"2027-09-{day}") for day in range(13, 25)),
)
YEAR = Calendar((AUTUMN, SPRING, SUMMER), frozenset({on("2026-11-27")}))


@pytest.mark.parametrize(
    ("clock", "calendar", "last"),
    [
        (Clock(on("2026-11-02")), YEAR, "2026-11-23"),  # 15 school days; the month ends on 2 December
        (Clock(on("2026-11-16")), YEAR, "2026-12-08"),  # the academy is closed on 27 November
        (Clock(on("2026-12-11")), YEAR, "2027-01-11"),  # 15 school days end on 15 January, the month before
        (Clock(on("2026-11-02")), Calendar(), "2026-12-02"),  # no terms are set
        (Clock(on("2026-11-02"), proof_needed=True), YEAR, None),
        (Clock(on("2026-11-02"), True, on("2026-11-09")), YEAR, "2026-12-01"),
        (Clock(on("2026-11-02"), pauses=(Pause(on("2026-11-04"), on("2026-11-11")),)), YEAR, "2026-11-30"),
        (Clock(on("2026-11-02"), pauses=(Pause(on("2026-11-04")),)), YEAR, None),
        (Clock(on("2026-11-02"), extended=True), YEAR, "2027-02-02"),
        (Clock(on("2005-08-31")), YEAR, "2005-09-30"),
    ],
)
def test_an_educational_record_that_was_promised(clock: Clock, calendar: Calendar, last: str | None) -> None:
    assert record_by(clock, calendar) == (on(last) if last else None)


@pytest.mark.parametrize(
    ("received", "calendar", "last"),
    [
        ("2026-11-02", YEAR, "2026-12-01"),  # 20 school days, one of them closed
        ("2026-12-17", YEAR, "2027-01-28"),  # the holidays do not count
        ("2027-07-20", YEAR, "2027-08-17"),  # the next terms are not set: 20 working days, which is never too late
        ("2026-11-02", Calendar(), "2026-11-30"),
        ("2027-07-20", CLOSED, "2027-10-13"),  # 60 working days end before 20 school days do
        ("2004-12-31", YEAR, None),
    ],
)
def test_a_request_for_information(received: str, calendar: Calendar, last: str | None) -> None:
    assert information_by(on(received), calendar) == (on(last) if last else None)
