"""Which terms need a PEP meeting, in which part of them, and one meeting for two plans."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Calendar, Term
from plugins.lac.codes import Window
from plugins.lac.rules import Meeting, TermPep, joint_meeting_by, meeting_colour, termly_peps, window_by

TERMS = (
    Term("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
    Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    Term("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    Term("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
    Term("Summer 2", date(2027, 6, 7), date(2027, 7, 21)),
)
YEAR = Calendar(TERMS)
AUTUMN, SPRING, SUMMER = date(2026, 12, 18), date(2027, 3, 25), date(2027, 7, 21)

Told = list[tuple[str, date, date | None]]


def told(terms: tuple[TermPep, ...]) -> Told:
    return [(one.term, one.due_by, one.met_on) for one in terms]


@pytest.mark.parametrize(
    ("looked_after_on", "until_by", "held_on", "terms"),
    [
        pytest.param(
            date(2026, 10, 19),
            None,
            [date(2026, 11, 12)],
            [("Autumn 2026", AUTUMN, date(2026, 11, 12)), ("Spring 2027", SPRING, None), ("Summer 2027", SUMMER, None)],
            id="rule 10",
        ),
        pytest.param(
            date(2026, 10, 19),
            date(2027, 1, 4),
            [],
            [("Autumn 2026", AUTUMN, None), ("Spring 2027", SPRING, None)],
            id="one day of a term is enough",
        ),
        pytest.param(date(2026, 10, 19), date(2027, 1, 3), [], [("Autumn 2026", AUTUMN, None)], id="a holiday is not"),
        pytest.param(date(2027, 7, 22), None, [], [], id="after the last term"),
        pytest.param(
            date(2027, 1, 4),
            None,
            [date(2026, 11, 12), date(2027, 3, 1), date(2027, 2, 8), date(2027, 4, 5)],
            [("Spring 2027", SPRING, date(2027, 2, 8)), ("Summer 2027", SUMMER, None)],
            id="only a meeting in the term, the first of them",
        ),
        pytest.param(
            date(2027, 4, 12),
            None,
            [date(2027, 6, 2)],
            [("Summer 2027", SUMMER, date(2027, 6, 2))],
            id="half-term is in the term",
        ),
    ],
)
def test_each_term_in_care_needs_a_meeting(
    looked_after_on: date, until_by: date | None, held_on: list[date], terms: Told
) -> None:
    meetings = tuple(Meeting(day) for day in held_on)
    assert told(termly_peps(YEAR, looked_after_on, until_by, meetings)) == terms


@pytest.mark.parametrize(
    ("meeting", "carries_over", "spring_met_on"),
    [
        pytest.param(Meeting(date(2026, 12, 7), first=True), True, date(2026, 12, 7), id="the tenth day from the end"),
        pytest.param(Meeting(date(2026, 12, 4), first=True), True, None, id="the eleventh"),
        pytest.param(Meeting(date(2026, 12, 7), first=True), False, None, id="not agreed"),
        pytest.param(Meeting(date(2026, 12, 7)), True, None, id="not the first PEP"),
    ],
)
def test_a_first_pep_at_the_end_of_a_term_may_count_for_the_next(
    meeting: Meeting, carries_over: bool, spring_met_on: date | None
) -> None:
    autumn, spring, summer = termly_peps(YEAR, date(2026, 11, 23), None, (meeting,), carries_over)
    assert (autumn.met_on, autumn.carried_over) == (meeting.held_on, False)
    assert (spring.met_on, spring.carried_over) == (spring_met_on, spring_met_on is not None)
    assert summer.met_on is None


def test_a_meeting_of_its_own_counts_before_one_carried_over() -> None:
    meetings = (Meeting(date(2026, 12, 7), first=True), Meeting(date(2027, 2, 1)))
    _, spring, _ = termly_peps(YEAR, date(2026, 11, 23), None, meetings, carries_over=True)
    assert spring == TermPep("Spring 2027", date(2027, 1, 4), SPRING, date(2027, 2, 1))


def test_nothing_is_carried_into_a_first_term_or_over_one_that_was_never_entered() -> None:
    first = Meeting(date(2026, 12, 7), first=True)
    assert [one.met_on for one in termly_peps(Calendar(TERMS[4:]), first.held_on, None, (first,), True)] == [None]
    without_spring = Calendar((*TERMS[:2], *TERMS[4:]))
    assert [one.met_on for one in termly_peps(without_spring, first.held_on, None, (first,), True)] == [
        first.held_on,
        None,
    ]


@pytest.mark.parametrize(
    ("on_day", "window", "last"),
    [
        pytest.param(date(2027, 3, 1), "half_term", date(2027, 2, 12), id="rule 11"),
        (date(2027, 3, 1), "term", SPRING),
        (date(2027, 2, 17), "term", SPRING),
        (date(2027, 1, 1), "term", None),
    ],
)
def test_an_authority_may_want_the_meeting_in_the_first_half_of_a_term(
    on_day: date, window: Window, last: date | None
) -> None:
    assert window_by(YEAR, on_day, window) == last


def test_where_no_half_term_was_entered_there_is_no_window_by_half_term() -> None:
    assert window_by(Calendar(TERMS[3:5]), date(2027, 3, 1), "half_term") is None


HALF = date(2027, 2, 12)


@pytest.mark.parametrize(
    ("held_on", "until_by", "today", "colour"),
    [
        pytest.param(date(2027, 3, 1), HALF, date(2027, 3, 2), "amber", id="rule 11"),
        pytest.param(HALF, HALF, date(2027, 3, 2), "green", id="on the last day"),
        pytest.param(date(2027, 3, 1), None, date(2027, 3, 2), "green", id="the whole term will do"),
        pytest.param(date(2027, 4, 1), HALF, date(2027, 4, 2), "red", id="after the term"),
        pytest.param(None, HALF, HALF, None, id="still to come"),
        pytest.param(None, HALF, date(2027, 2, 15), "amber", id="the window is over"),
        pytest.param(None, None, SPRING, None, id="the last day of term"),
        pytest.param(None, None, date(2027, 3, 26), "red", id="the term is over"),
    ],
)
def test_outside_the_window_is_amber_and_after_the_term_red(
    held_on: date | None, until_by: date | None, today: date, colour: str | None
) -> None:
    assert meeting_colour(held_on, until_by, SPRING, today) == colour


@pytest.mark.parametrize(
    ("review_due_by", "pep_due_by", "joint"),
    [
        pytest.param(date(2027, 3, 20), date(2027, 3, 12), date(2027, 3, 12), id="rule 31"),
        pytest.param(date(2027, 5, 20), date(2027, 3, 12), None, id="rule 31, too far apart"),
        pytest.param(date(2027, 3, 12), date(2027, 4, 23), date(2027, 3, 12), id="six weeks"),
        pytest.param(date(2027, 3, 12), date(2027, 4, 24), None, id="a day more"),
    ],
)
def test_an_annual_review_and_a_pep_may_be_one_meeting(
    review_due_by: date, pep_due_by: date, joint: date | None
) -> None:
    assert joint_meeting_by(review_due_by, pep_due_by) == joint
    assert joint_meeting_by(pep_due_by, review_due_by) == joint


DAYS = st.dates(date(2026, 9, 1), date(2027, 8, 31))


@given(DAYS, st.lists(DAYS), st.booleans())
def test_a_term_is_met_by_a_meeting_that_was_held(looked_after_on: date, held: list[date], carries_over: bool) -> None:
    meetings = tuple(Meeting(day, first=day == min(held)) for day in held)
    for one in termly_peps(YEAR, looked_after_on, None, meetings, carries_over):
        assert one.met_on is None or one.met_on in held
        assert one.carried_over or one.met_on is None or one.starts_on <= one.met_on <= one.due_by
        assert looked_after_on <= one.due_by
