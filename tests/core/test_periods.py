"""Months, weeks, working days, school days, academic years and ages."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from core.periods import (
    Calendar,
    Term,
    WholeTerm,
    academic_year,
    academic_year_dates,
    act_by,
    age_on,
    bank_holidays,
    birthday,
    is_working_day,
    last_day,
    london_today,
    months_after,
    weeks_after,
    working_day_on_or_before,
    working_days_after,
    working_days_until,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(1950, 1, 1), date(2150, 1, 1))

TERMS = (
    Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
    Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    Term("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    Term("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
)
INSET = date(2027, 1, 4)
YEAR = Calendar(TERMS, frozenset({INSET}))
WITHOUT_INSET = Calendar(TERMS)


@pytest.mark.parametrize(
    ("months", "starting_with", "last"),
    [
        (12, date(2025, 9, 1), date(2026, 8, 31)),  # the eve of the anniversary
        (12, date(2025, 11, 20), date(2026, 11, 19)),
        (12, date(2026, 1, 5), date(2027, 1, 4)),
        (12, date(2024, 2, 29), date(2025, 2, 28)),  # no such day: the month's end
        (12, date(2028, 2, 29), date(2029, 2, 28)),
        (12, date(2027, 3, 1), date(2028, 2, 29)),  # the eve of 1 March of a leap year
        (12, date(2026, 1, 1), date(2026, 12, 31)),
        (48, date(2024, 2, 29), date(2028, 2, 28)),  # this time there is one
        (1, date(2026, 1, 31), date(2026, 2, 28)),
        (1, date(2026, 1, 29), date(2026, 2, 28)),
        (1, date(2026, 12, 1), date(2026, 12, 31)),
        (6, date(2026, 9, 15), date(2027, 3, 14)),
    ],
)
def test_a_period_of_months_ends_on_the_eve_of_its_day(months: int, starting_with: date, last: date) -> None:
    assert last_day(months=months, starting_with=starting_with) == last


@given(DAYS, st.integers(1, 60))
def test_a_period_that_starts_later_never_ends_earlier(day: date, months: int) -> None:
    assert last_day(months=months, starting_with=day) <= last_day(months=months, starting_with=day + DAY)


@given(DAYS, st.integers(1, 60))
def test_a_period_of_months_is_as_long_as_its_months(day: date, months: int) -> None:
    assert 28 * months <= (last_day(months=months, starting_with=day) - day).days + 1 <= 31 * months


@pytest.mark.parametrize(
    ("day", "n", "later"),
    [
        (date(2026, 11, 16), 3, date(2027, 2, 16)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),  # no such day: the month's end
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
    ],
)
def test_months_after_a_day_is_its_day_of_the_month_or_that_month_s_end(day: date, n: int, later: date) -> None:
    assert months_after(day, n) == later


@given(DAYS, st.integers(1, 60))
def test_a_period_of_months_ends_before_the_day_that_many_months_later_or_with_its_month(
    day: date, months: int
) -> None:
    later, last = months_after(day, months), last_day(months=months, starting_with=day)
    assert last == (later - DAY if later.day == day.day else later)


@pytest.mark.parametrize(
    ("day", "n", "last"),
    [
        (date(2026, 9, 14), 6, date(2026, 10, 26)),  # in a half-term, and not moved
        (date(2026, 9, 14), 16, date(2027, 1, 4)),
        (date(2026, 9, 14), 20, date(2027, 2, 1)),
        (date(2026, 11, 20), 6, date(2027, 1, 1)),  # a bank holiday, and not moved
        (date(2026, 11, 20), 16, date(2027, 3, 12)),
        (date(2026, 11, 20), 20, date(2027, 4, 9)),
        (date(2026, 9, 30), 6, date(2026, 11, 11)),
        (date(2026, 11, 19), -4, date(2026, 10, 22)),
    ],
)
def test_weeks_are_calendar_weeks_and_do_not_count_their_first_day(day: date, n: int, last: date) -> None:
    assert weeks_after(day, n) == last


@pytest.mark.parametrize("year", range(2012, 2029))
def test_bank_holidays_are_those_of_gov_uk(year: int) -> None:
    bundled = json.decode(files("govuk_bank_holidays").joinpath("bank-holidays.json").read_bytes())
    days = {date.fromisoformat(event["date"]) for event in bundled["england-and-wales"]["events"]}
    assert bank_holidays(year) == {day for day in days if day.year == year}


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),  # for Boxing Day, a Saturday
        (date(2022, 9, 19), False),  # the funeral of Queen Elizabeth II
        (date(2026, 8, 3), True),  # school holidays are working days
    ],
)
def test_a_working_day_is_a_weekday_that_is_no_bank_holiday(day: date, working: bool) -> None:
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("day", "n", "last"),
    [
        (date(2026, 10, 19), 10, date(2026, 11, 2)),  # through half-term
        (date(2026, 12, 14), 10, date(2026, 12, 30)),  # and Christmas
        (date(2026, 12, 12), 10, date(2026, 12, 29)),  # a Saturday
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 26), 0, date(2026, 12, 26)),  # of none, the day itself
        (date(2027, 1, 24), 15, date(2027, 2, 12)),  # so that Monday 25 January is the first
    ],
)
def test_working_days_are_counted_from_the_day_after(day: date, n: int, last: date) -> None:
    assert working_days_after(day, n) == last
    assert working_days_until(day, last) == n


def test_no_calendar_has_as_many_working_days() -> None:
    with pytest.raises(OverflowError, match="as many days"):
        working_days_after(date(2026, 11, 16), 10**12)


@given(DAYS, st.integers(1, 60))
def test_working_days_after_a_day_end_on_a_working_day_and_never_sooner_for_a_later_day(day: date, n: int) -> None:
    last = working_days_after(day, n)
    assert is_working_day(last)
    assert working_days_until(day, last) == n
    assert last <= working_days_after(day + DAY, n)


def test_no_working_day_lies_between_a_day_and_one_before_it() -> None:
    assert working_days_until(date(2026, 11, 20), date(2026, 11, 20)) == 0
    assert working_days_until(date(2026, 11, 20), date(2026, 11, 2)) == 0


@pytest.mark.parametrize(
    ("legal_date", "by"),
    [
        (date(2027, 1, 1), date(2026, 12, 31)),
        (date(2027, 2, 14), date(2027, 2, 12)),  # a Sunday
        (date(2026, 12, 29), date(2026, 12, 24)),  # the whole of Christmas between
        (date(2026, 11, 19), date(2026, 11, 18)),
        (date(2026, 11, 23), date(2026, 11, 20)),  # a Monday
    ],
)
def test_one_acts_on_the_last_working_day_before_the_legal_date(legal_date: date, by: date) -> None:
    assert act_by(legal_date) == by


@given(DAYS)
def test_the_working_day_on_or_before_a_day_is_the_nearest(day: date) -> None:
    found = working_day_on_or_before(day)
    assert is_working_day(found)
    assert day - timedelta(days=5) <= found <= day
    assert not any(is_working_day(found + n * DAY) for n in range(1, (day - found).days + 1))


@pytest.mark.parametrize(
    ("day", "school_day"),
    [
        (date(2026, 12, 18), True),  # the last day of term
        (date(2026, 12, 19), False),  # the holidays, a Saturday and a Wednesday
        (date(2026, 12, 23), False),
        (INSET, False),
        (date(2027, 1, 5), True),
        (date(2027, 1, 9), False),
        (date(2027, 5, 3), False),  # a bank holiday inside a term
        (date(2026, 9, 1), None),  # before the first term nothing is known
        (date(2027, 5, 29), None),  # and after the last
    ],
)
def test_a_school_day_is_one_with_a_session(day: date, school_day: bool | None) -> None:
    assert YEAR.is_school_day(day) is school_day


def test_of_an_academy_without_terms_nothing_is_known() -> None:
    assert Calendar().is_school_day(date(2026, 11, 20)) is None


def test_a_stretch_too_long_for_a_holiday_is_a_term_nobody_entered() -> None:
    without_spring = Calendar(tuple(term for term in TERMS if not term.name.startswith("Spring")))
    assert without_spring.is_school_day(date(2027, 1, 20)) is None
    assert without_spring.school_days_after(date(2026, 12, 17), 2) is None
    without_half_term = Calendar(tuple(term for term in TERMS if term.name != "Spring 2"))
    assert without_half_term.is_school_day(date(2027, 3, 1)) is None


def test_a_summer_holiday_is_known_between_its_terms() -> None:
    terms = (Term("Summer", date(2026, 6, 1), date(2026, 7, 17)), Term("Autumn", date(2026, 9, 7), date(2026, 10, 23)))
    assert Calendar(terms).is_school_day(date(2026, 8, 12)) is False


@pytest.mark.parametrize(
    ("calendar", "off_roll", "sent_by"),
    [
        (YEAR, date(2026, 12, 11), date(2027, 1, 18)),
        (WITHOUT_INSET, date(2026, 12, 11), date(2027, 1, 15)),
        (YEAR, date(2026, 10, 16), date(2026, 11, 13)),  # half-term between
        (YEAR, date(2026, 12, 18), date(2027, 1, 25)),
        (YEAR, date(2026, 8, 31), None),  # one day is not known
        (YEAR, date(2027, 5, 20), None),  # the year is not known to its end
        (Calendar(), date(2026, 12, 11), None),  # never a guess
    ],
)
def test_fifteen_school_days_are_counted_in_the_schools_own_calendar(
    calendar: Calendar, off_roll: date, sent_by: date | None
) -> None:
    assert calendar.school_days_after(off_roll, 15) == sent_by


@given(st.dates(date(2026, 9, 1), date(2027, 5, 1)), st.integers(0, 30))
def test_school_days_after_a_day_are_as_many_as_asked_for(day: date, n: int) -> None:
    if found := YEAR.school_days_after(day, n):
        between = (day + step * DAY for step in range(1, (found - day).days + 1))
        assert [YEAR.is_school_day(one) for one in between].count(True) == n


@pytest.mark.parametrize(
    ("legal_date", "by"),
    [
        (date(2027, 1, 1), date(2026, 12, 18)),
        (date(2026, 12, 23), date(2026, 12, 18)),
        (date(2026, 11, 19), date(2026, 11, 18)),
        (date(2026, 9, 2), None),
        (date(2027, 7, 1), None),
    ],
)
def test_a_school_acts_on_its_last_school_day_before_the_legal_date(legal_date: date, by: date | None) -> None:
    assert YEAR.school_act_by(legal_date) == by


@pytest.mark.parametrize(
    ("day", "on_or_before"),
    [
        (date(2026, 12, 18), date(2026, 12, 18)),
        (date(2026, 12, 21), date(2026, 12, 18)),
        (INSET, date(2026, 12, 18)),
        (date(2026, 9, 1), None),
    ],
)
def test_the_school_day_on_or_before_a_day_may_be_that_day(day: date, on_or_before: date | None) -> None:
    assert YEAR.school_day_on_or_before(day) == on_or_before


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2026, 10, 28), True),
        (date(2026, 12, 25), True),
        (date(2026, 12, 26), True),  # a Saturday between two terms
        (date(2026, 12, 12), False),  # one inside a term
        (INSET, False),
        (date(2027, 5, 3), False),
        (date(2026, 9, 1), None),
        (date(2027, 6, 1), None),
    ],
)
def test_the_holidays_lie_between_two_terms(day: date, holiday: bool | None) -> None:
    assert YEAR.is_holiday(day) is holiday


@given(st.dates(date(2026, 8, 1), date(2027, 7, 1)))
def test_no_school_day_is_in_the_holidays(day: date) -> None:
    assert not (YEAR.is_school_day(day) and YEAR.is_holiday(day))
    assert (YEAR.is_school_day(day) is None) == (YEAR.is_holiday(day) is None)


def test_school_days_in_a_stretch_count_both_its_ends() -> None:
    assert YEAR.school_days_in(date(2026, 12, 17), date(2027, 1, 6)) == (
        date(2026, 12, 17),
        date(2026, 12, 18),
        date(2027, 1, 5),
        date(2027, 1, 6),
    )
    assert YEAR.school_days_in(date(2026, 12, 18), date(2026, 12, 17)) == ()


WHOLE = (
    WholeTerm("Autumn 2026", date(2026, 9, 2), date(2026, 12, 18), date(2026, 10, 23)),
    WholeTerm("Spring 2027", date(2027, 1, 4), date(2027, 3, 25), date(2027, 2, 12)),
    WholeTerm("Summer 2027", date(2027, 4, 12), date(2027, 5, 28), None),  # its second half is not entered
)


def test_half_terms_make_whole_terms_in_their_order() -> None:
    assert YEAR.whole_terms() == Calendar(TERMS[::-1]).whole_terms() == WHOLE
    assert Calendar().whole_terms() == ()


@pytest.mark.parametrize("name", ["Term", "Stretch {}", "Half {}"])
def test_a_term_that_names_no_season_belongs_to_the_one_it_starts_in(name: str) -> None:
    terms = tuple(Term(name.format(at), term.starts_on, term.ends_on) for at, term in enumerate(TERMS))
    assert Calendar(terms).whole_terms() == WHOLE


def test_a_season_in_the_name_counts_before_the_month() -> None:
    early = Term("First half of summer", date(2027, 3, 31), date(2027, 5, 28))
    late = Term("Second half of summer", date(2027, 6, 7), date(2027, 7, 21))
    assert [term.name for term in Calendar((early, late)).whole_terms()] == ["Summer 2027"]


def test_a_term_that_starts_in_august_belongs_to_the_year_it_leads_into() -> None:
    terms = (Term("1", date(2026, 8, 31), date(2026, 10, 23)), Term("2", date(2026, 11, 2), date(2026, 12, 18)))
    assert Calendar(terms).whole_terms() == (
        WholeTerm("Autumn 2026", date(2026, 8, 31), date(2026, 12, 18), date(2026, 10, 23)),
    )


def test_the_same_season_of_two_years_is_two_terms() -> None:
    terms = (Term("Autumn", date(2026, 9, 2), date(2026, 12, 18)), Term("Autumn", date(2027, 9, 2), date(2027, 12, 17)))
    assert [term.name for term in Calendar(terms).whole_terms()] == ["Autumn 2026", "Autumn 2027"]


def test_a_calendar_survives_json() -> None:
    assert json.decode(json.encode(YEAR), type=Calendar) == YEAR


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)],
)
def test_an_academic_year_is_called_by_the_year_it_begins_in(day: date, year: int) -> None:
    assert academic_year(day) == year


@given(DAYS)
def test_each_day_lies_in_its_academic_year(day: date) -> None:
    first, last = academic_year_dates(academic_year(day))
    assert first <= day <= last
    assert (
        academic_year(first - DAY) + 1 == academic_year(first) == academic_year(last) == academic_year(last + DAY) - 1
    )


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2016, 8, 31), date(2026, 8, 31), 10),
        (date(2016, 9, 1), date(2026, 8, 31), 9),
        (date(2012, 2, 29), date(2027, 2, 28), 14),
        (date(2012, 2, 29), date(2027, 3, 1), 15),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
    ],
)
def test_age_counts_whole_years(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age


@pytest.mark.parametrize(
    ("born_on", "age", "on"),
    [
        (date(2009, 2, 3), 18, date(2027, 2, 3)),
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2008, 2, 29), 20, date(2028, 2, 29)),
    ],
)
def test_a_birthday_comes_with_its_day(born_on: date, age: int, on: date) -> None:
    assert birthday(born_on, age) == on


@given(DAYS, st.integers(0, 100))
def test_a_birthday_is_the_first_day_of_that_age(born_on: date, age: int) -> None:
    on = birthday(born_on, age)
    assert age_on(born_on, on) == age
    assert age_on(born_on, on - DAY) == age - 1


@pytest.mark.parametrize(
    ("now", "today"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),  # summer time
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), date(2026, 11, 22)),
    ],
)
def test_today_is_the_date_in_london(now: datetime, today: date) -> None:
    assert london_today(now) == today


def test_an_instant_without_a_time_zone_has_no_date() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london_today(datetime(2026, 7, 1, 12, 0))  # noqa: DTZ001
