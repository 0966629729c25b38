"""By when a PEP or a review is due, when a school can still act, and whose lateness it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Calendar, Term, age_on, bank_holidays, is_working_day
from plugins.lac.codes import DEFAULT_CLOCKS, Clocks
from plugins.lac.rules import (
    Handing,
    Lateness,
    ask_for_interim,
    complete_by,
    late,
    pep_duty_ends,
    practical_day,
    provision_pep_by,
    review_by,
    started_by,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(2012, 1, 1), date(2150, 1, 1))

A = Clocks(start_days=10, complete_days=20)
B = Clocks(complete_days=20)
YEAR = Calendar(
    (
        Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
        Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
        Term("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
        Term("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
        Term("Summer 2", date(2027, 6, 7), date(2027, 7, 21)),
    )
)
SINCE_SUMMER = Calendar((Term("Summer 2", date(2026, 6, 1), date(2026, 7, 22)), *YEAR.terms))


def test_the_examples_are_counted_with_the_bank_holidays_of_the_notes() -> None:
    noted = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29)}
    noted |= {date(2027, 5, 3), date(2027, 5, 31)}
    year = {day for day in bank_holidays(2026) | bank_holidays(2027) if date(2026, 9, 1) <= day <= date(2027, 7, 31)}
    assert year == noted


@pytest.mark.parametrize(
    ("looked_after_on", "start_by", "done_by"),
    [
        pytest.param(date(2026, 10, 19), date(2026, 11, 2), date(2026, 11, 16), id="rule 1"),  # half-term is counted
        pytest.param(date(2026, 12, 14), date(2026, 12, 30), date(2027, 1, 14), id="rule 2"),
        pytest.param(date(2027, 3, 22), date(2027, 4, 7), date(2027, 4, 21), id="rule 3"),
        pytest.param(date(2026, 7, 20), date(2026, 8, 3), date(2026, 8, 17), id="rule 4"),
        pytest.param(date(2026, 12, 12), date(2026, 12, 29), date(2027, 1, 13), id="rule 5"),  # a Saturday
        pytest.param(date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 21), id="rule 6"),
    ],
)
def test_a_first_pep_is_started_in_ten_working_days_and_complete_in_twenty(
    looked_after_on: date, start_by: date, done_by: date
) -> None:
    assert started_by(looked_after_on, A) == start_by
    assert complete_by(looked_after_on, A) == done_by


@pytest.mark.parametrize(
    ("looked_after_on", "ten_school_days"),
    [
        pytest.param(date(2026, 12, 14), date(2027, 1, 11), id="rule 2"),
        pytest.param(date(2027, 3, 22), date(2027, 4, 20), id="rule 3"),
    ],
)
def test_a_count_of_school_days_would_come_out_wrong(looked_after_on: date, ten_school_days: date) -> None:
    assert YEAR.school_days_after(looked_after_on, 10) == ten_school_days
    assert started_by(looked_after_on, A) != ten_school_days


@pytest.mark.parametrize(
    ("clocks", "start_by", "done_by"),
    [
        pytest.param(A, date(2026, 11, 2), date(2026, 11, 16), id="rule 7, authority A"),
        pytest.param(B, None, date(2026, 11, 16), id="rule 7, authority B"),
        pytest.param(Clocks(5, 15), date(2026, 10, 26), date(2026, 11, 9), id="rule 7, A with other settings"),
        pytest.param(Clocks(), None, None, id="no clock at all"),
    ],
)
def test_each_authority_has_its_own_clocks(clocks: Clocks, start_by: date | None, done_by: date | None) -> None:
    assert started_by(date(2026, 10, 19), clocks) == start_by
    assert complete_by(date(2026, 10, 19), clocks) == done_by


@pytest.mark.parametrize(
    ("clocks", "due_by"),
    [
        pytest.param(DEFAULT_CLOCKS.value, date(2027, 2, 2), id="rule 9"),
        pytest.param(A, None, id="no such clock"),
    ],
)
def test_a_new_school_means_a_new_pep(clocks: Clocks, due_by: date | None) -> None:
    assert provision_pep_by(date(2027, 1, 5), clocks) == due_by


@given(DAYS, st.integers(1, 60))
def test_a_pep_is_due_on_a_working_day_and_never_sooner_for_who_is_looked_after_later(day: date, days: int) -> None:
    clocks = Clocks(days, days, days)
    for rule in (started_by, complete_by, provision_pep_by):
        due_by, later = rule(day, clocks), rule(day + DAY, clocks)
        assert due_by
        assert later
        assert is_working_day(due_by)
        assert day < due_by <= later


@pytest.mark.parametrize(
    ("due_by", "calendar", "ask"),
    [
        pytest.param((date(2026, 8, 3), date(2026, 8, 17)), SINCE_SUMMER, True, id="rule 4"),
        pytest.param((date(2026, 8, 3), date(2026, 8, 17)), YEAR, None, id="the summer is not known"),
        pytest.param((date(2026, 12, 7), date(2026, 12, 21)), YEAR, False, id="rule 6: one of them is in term"),
        pytest.param((date(2026, 8, 17), date(2026, 12, 7)), YEAR, False, id="one is in term, the other unknown"),
        pytest.param((date(2026, 8, 17),), SINCE_SUMMER, True, id="the one clock there is"),
        pytest.param((), YEAR, False, id="no clock"),
    ],
)
def test_in_the_holidays_the_virtual_school_is_asked_for_an_interim_pep(
    due_by: tuple[date, ...], calendar: Calendar, ask: bool | None
) -> None:
    assert ask_for_interim(due_by, calendar) is ask


@pytest.mark.parametrize(
    ("due_by", "calendar", "act_by"),
    [
        pytest.param(date(2026, 12, 21), YEAR, date(2026, 12, 18), id="rule 6"),
        pytest.param(date(2026, 12, 18), YEAR, date(2026, 12, 18), id="a school day itself"),
        pytest.param(date(2026, 8, 3), SINCE_SUMMER, date(2026, 7, 22), id="rule 4"),
        pytest.param(date(2026, 8, 3), YEAR, None, id="not known"),
    ],
)
def test_a_school_acts_by_the_last_school_day(due_by: date, calendar: Calendar, act_by: date | None) -> None:
    assert practical_day(due_by, calendar) == act_by


START_BY, DONE_BY = date(2026, 11, 2), date(2026, 11, 16)
LOOKED_AFTER = date(2026, 10, 19)
TOLD_LATE = date(2026, 11, 9)  # fifteen working days later


@pytest.mark.parametrize(
    ("due_by", "today", "told_on", "lateness"),
    [
        pytest.param(START_BY, date(2026, 11, 9), TOLD_LATE, Lateness("authority", 0, 7, True), id="rule 8, start"),
        pytest.param(DONE_BY, date(2026, 11, 17), TOLD_LATE, Lateness("authority", 0, 1, True), id="rule 8, complete"),
        pytest.param(DONE_BY, date(2026, 12, 7), TOLD_LATE, Lateness("authority", 0, 21, True), id="its own 20 days"),
        pytest.param(DONE_BY, date(2026, 12, 9), TOLD_LATE, Lateness("authority", 2, 21, True), id="and then longer"),
        pytest.param(DONE_BY, DONE_BY, TOLD_LATE, Lateness(None, 0, 0, True), id="not late yet"),
        pytest.param(DONE_BY, date(2026, 11, 18), LOOKED_AFTER, Lateness("school", 2, 0, False), id="told at once"),
        pytest.param(DONE_BY, date(2026, 11, 18), None, Lateness("school", 2, 0, False), id="not known when told"),
    ],
)
def test_a_school_told_late_is_not_late(due_by: date, today: date, told_on: date | None, lateness: Lateness) -> None:
    assert late(due_by, today, (), LOOKED_AFTER, told_on) == lateness


SENT, RETURNED = Handing("sent", date(2026, 11, 13)), Handing("returned", date(2026, 11, 20))
DONE = Handing("done", date(2026, 11, 25))


@pytest.mark.parametrize(
    ("handings", "lateness"),
    [
        pytest.param((Handing("done", DONE_BY),), Lateness(None, 0, 0, False), id="in time"),
        pytest.param((SENT,), Lateness("authority", 0, 14, False), id="sent in time, no answer"),
        pytest.param((SENT, RETURNED), Lateness("authority", 10, 4, False), id="sent in time, returned late"),
        pytest.param((SENT, DONE), Lateness("authority", 0, 9, False), id="sent in time, agreed late"),
        pytest.param(
            (SENT, Handing("returned", DONE_BY)),
            Lateness("school", 14, 0, False),
            id="returned in time, never sent again",
        ),
        pytest.param(
            (Handing("sent", date(2026, 11, 18)), DONE), Lateness("school", 2, 7, False), id="sent late, agreed later"
        ),
        pytest.param((DONE, Handing("sent", date(2026, 11, 18))), Lateness("school", 2, 7, False), id="in any order"),
    ],
)
def test_lateness_is_that_of_the_one_in_whose_hands_it_lay(handings: tuple[Handing, ...], lateness: Lateness) -> None:
    assert late(DONE_BY, date(2026, 11, 30), handings) == lateness


def test_where_the_social_worker_starts_a_pep_the_school_is_not_late_with_it() -> None:
    assert late(START_BY, date(2026, 11, 4), begins_with="authority") == Lateness("authority", 0, 2, False)


@given(
    DAYS,
    st.integers(-30, 60),
    st.lists(st.tuples(st.sampled_from(["sent", "returned", "done"]), st.integers(-30, 60))),
    st.integers(-5, 30),
)
def test_each_late_day_is_somebody_s(due: date, over: int, steps: list[tuple[str, int]], told: int) -> None:
    handings = tuple(Handing(kind, due + n * DAY) for kind, n in steps)  # type: ignore[arg-type]
    ended_on = min((one.on_day for one in handings if one.kind == "done"), default=due + over * DAY)
    found = late(due, due + over * DAY, handings, due - 30 * DAY, due + (told - 30) * DAY)
    assert found.school_days + found.authority_days == max(0, (ended_on - due).days)
    assert (found.whose is None) == (ended_on <= due)


@pytest.mark.parametrize(
    ("looked_after_on", "held_on", "due_by"),
    [
        pytest.param(date(2026, 10, 19), (), date(2026, 11, 16), id="the first"),
        pytest.param(date(2026, 10, 19), (date(2026, 11, 16),), date(2027, 2, 16), id="rule 12, the second"),
        pytest.param(
            date(2026, 10, 19),
            (date(2026, 11, 16), date(2027, 2, 10)),
            date(2027, 8, 10),
            id="rule 12, from the day held",
        ),
        pytest.param(
            date(2026, 10, 19), (date(2027, 2, 10), date(2026, 11, 16)), date(2027, 8, 10), id="rule 12, in any order"
        ),
        pytest.param(date(2026, 11, 2), (date(2026, 11, 30),), date(2027, 2, 28), id="rule 13"),
        pytest.param(date(2010, 11, 2), (), None, id="before the regulations"),
        pytest.param(date(2010, 11, 2), (date(2010, 11, 30), date(2026, 5, 4)), date(2026, 11, 4), id="long ago"),
    ],
)
def test_reviews_of_care_come_after_weeks_three_months_and_six(
    looked_after_on: date, held_on: tuple[date, ...], due_by: date | None
) -> None:
    assert review_by(looked_after_on, held_on) == due_by


@given(DAYS, st.lists(DAYS, max_size=5))
def test_a_review_held_later_never_makes_the_next_one_due_sooner(day: date, held: list[date]) -> None:
    before, after = review_by(day, (*held, day)), review_by(day, (*held, day + DAY))
    assert before
    assert after
    assert before <= after


def test_the_duty_ends_with_the_birthday_or_its_academic_year() -> None:
    rule_38 = date(2009, 2, 3)
    assert pep_duty_ends(rule_38, "academic_year") == date(2027, 8, 31)
    assert pep_duty_ends(rule_38, "birthday") == date(2027, 2, 3)


@given(DAYS)
def test_the_duty_ends_at_eighteen_and_within_a_year(born_on: date) -> None:
    turns, ends = pep_duty_ends(born_on, "birthday"), pep_duty_ends(born_on, "academic_year")
    assert age_on(born_on, turns) == age_on(born_on, ends) == 18
    assert (ends.month, ends.day) == (8, 31)
