"""Gaps in an applicant's history, and references."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.law import Finding
from core.periods import last_day
from plugins.recruitment.rules import (
    HistoryGap,
    Interval,
    Reference,
    history_findings,
    history_gaps,
    reference_findings,
)

DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)
LEFT = date(2020, 7, 31)  # the last day of education


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("jobs", "gaps"),
    [
        pytest.param([], [(date(2020, 8, 1), TODAY)], id="no job at all"),
        ([(date(2020, 8, 1), None)], []),
        ([(date(2020, 9, 1), None)], []),  # exactly a month is none
        ([(date(2020, 9, 2), None)], [(date(2020, 8, 1), date(2020, 9, 1))]),
        pytest.param(
            [(date(2020, 8, 1), date(2022, 3, 31)), (date(2021, 1, 1), date(2024, 8, 31)), (date(2025, 1, 1), None)],
            [(date(2024, 9, 1), date(2024, 12, 31))],
            id="R44, overlapping jobs are one",
        ),
        pytest.param(
            [(date(2020, 8, 1), date(2025, 12, 31)), (date(2021, 1, 1), date(2021, 2, 1))],
            [(date(2026, 1, 1), TODAY)],
            id="a job within another does not end it",
        ),
        pytest.param([(date(2019, 1, 1), date(2020, 6, 1))], [(date(2020, 8, 1), TODAY)], id="a job while studying"),
        pytest.param([(date(2020, 8, 1), date(2026, 11, 1))], [], id="a short gap until today"),
        pytest.param([(date(2026, 12, 1), None)], [(date(2020, 8, 1), TODAY)], id="a job to come"),
        pytest.param([(date(2024, 1, 1), date(2021, 1, 1))], [(date(2020, 8, 1), TODAY)], id="ends before it begins"),
        pytest.param([(date(2020, 8, 1), date.max)], [], id="an end far ahead"),
        pytest.param([(date.min, date(2026, 11, 22))], [], id="a beginning long ago"),
    ],
)
def test_what_no_job_covers_is_a_gap(jobs: list[tuple[date, date | None]], gaps: list[tuple[date, date]]) -> None:
    found = history_gaps(tuple(Interval(*job) for job in jobs), LEFT, TODAY)
    assert found == tuple(HistoryGap(from_on, until_by, explained=False) for from_on, until_by in gaps)


@pytest.mark.parametrize(
    ("explanations", "explained"),
    [
        ([], False),
        ([(date(2024, 9, 1), date(2024, 12, 31))], True),
        ([(date(2024, 9, 15), date(2024, 12, 10))], True),  # what is left is within a month
        ([(date(2024, 9, 1), date(2024, 10, 31))], False),  # what is left is two months
        ([(date(2024, 9, 1), date(2024, 10, 31)), (date(2024, 11, 1), None)], True),
        ([(date(2023, 1, 1), date(2023, 12, 31))], False),
    ],
)
def test_a_gap_is_explained_when_nothing_long_is_left_of_it(
    explanations: list[tuple[date, date | None]], explained: bool
) -> None:
    jobs = (Interval(date(2020, 8, 1), date(2024, 8, 31)), Interval(date(2025, 1, 1)))
    found = history_gaps(jobs, LEFT, TODAY, tuple(Interval(*one) for one in explanations))
    assert found == (HistoryGap(date(2024, 9, 1), date(2024, 12, 31), explained),)
    assert codes(history_findings(found)) == ([] if explained else [("error", "gap_not_explained")])


def test_the_trust_sets_from_which_length_a_gap_counts() -> None:
    jobs = (Interval(date(2020, 8, 2), date(2026, 8, 31)),)
    assert [gap.from_on for gap in history_gaps(jobs, LEFT, TODAY, threshold_months=0)] == [
        date(2020, 8, 1),
        date(2026, 9, 1),
    ]
    assert [gap.from_on for gap in history_gaps(jobs, LEFT, TODAY, threshold_months=1)] == [date(2026, 9, 1)]
    assert history_gaps(jobs, LEFT, TODAY, threshold_months=3) == ()


def test_an_unexplained_gap_is_named_by_its_days() -> None:
    (finding,) = history_findings((HistoryGap(date(2024, 9, 1), date(2024, 12, 31), explained=False),))
    assert finding.says == "Ask what the applicant did from 1 September 2024 to 31 December 2024, and write it down."


NEAR = st.dates(date(2020, 6, 1), date(2021, 6, 1))
JOBS = st.lists(st.builds(Interval, NEAR, st.none() | NEAR), max_size=5).map(tuple)


@given(JOBS, NEAR, NEAR, st.integers(0, 3))
def test_gaps_are_the_long_runs_of_days_without_a_job(
    jobs: tuple[Interval, ...], left: date, today: date, months: int
) -> None:
    days = [left + n * DAY for n in range(1, (today - left).days + 1)]
    covered = {day for day in days for job in jobs if job.from_on <= day <= (job.until_by or date.max)}
    runs: list[list[date]] = []
    for day in days:
        if day not in covered:
            if runs and runs[-1][-1] == day - DAY:
                runs[-1].append(day)
            else:
                runs.append([day])
    long = [(run[0], run[-1]) for run in runs if run[-1] > last_day(months=months, starting_with=run[0])]
    found = history_gaps(jobs, left, today, threshold_months=months)
    assert [(gap.from_on, gap.until_by) for gap in found] == long


VERIFIED = Reference(
    referee="Sam Hill",
    organisation="North Academy",
    email="s.hill@north.example",
    last_employer=True,
    with_children=True,
    verified_on=date(2026, 11, 20),
    verified_by="JD",
    verified_how="Rang the school's number",
)
SECOND = replace(
    VERIFIED,
    referee="Maria Okoro",
    organisation="East School",
    email="m@east.example",
    last_employer=False,
    with_children=False,
)
TOO_FEW = ("error", "too_few_references")
NO_LAST = ("error", "no_last_employer")
NO_CHILDREN = ("error", "no_work_with_children")


@pytest.mark.parametrize(
    ("references", "found"),
    [
        ((VERIFIED, SECOND), []),
        ((), [TOO_FEW, NO_LAST, NO_CHILDREN]),
        ((VERIFIED,), [TOO_FEW]),
        ((SECOND, replace(SECOND, referee="Ines Duarte", email="i@west.example")), [NO_LAST, NO_CHILDREN]),
        ((replace(VERIFIED, with_children=False), SECOND), [NO_CHILDREN]),
        ((replace(VERIFIED, with_children=False), replace(SECOND, with_children=True)), []),
        ((VERIFIED, replace(SECOND, direct=False)), [("warning", "not_direct"), TOO_FEW]),
        ((VERIFIED, replace(SECOND, verified_on=None)), [("warning", "not_verified"), TOO_FEW]),
        ((VERIFIED, replace(SECOND, verified_by=" ")), [("warning", "not_verified"), TOO_FEW]),
        ((VERIFIED, replace(SECOND, verified_how="")), [("warning", "not_verified"), TOO_FEW]),
        (
            (replace(VERIFIED, verified_on=None), SECOND),
            [("warning", "not_verified"), TOO_FEW, NO_LAST, NO_CHILDREN],
        ),
        ((VERIFIED, replace(SECOND, email="Maria.Okoro@Gmail.com ")), [("warning", "personal_address")]),
        ((VERIFIED, replace(SECOND, email="")), []),
        ((VERIFIED, replace(SECOND, email="S.Hill@North.example")), [("warning", "same_referee"), TOO_FEW]),
        (
            (VERIFIED, replace(VERIFIED, email="other@north.example")),
            [("warning", "same_referee"), TOO_FEW],
        ),
        (
            (VERIFIED, replace(VERIFIED, email="", organisation="")),
            [("warning", "same_referee"), TOO_FEW],
        ),
        ((VERIFIED, replace(VERIFIED, email="s@east.example", organisation="East School")), []),  # two of one name
        ((VERIFIED, VERIFIED, SECOND), [("warning", "same_referee")]),
    ],
)
def test_two_verified_references_the_last_employer_s_among_them(
    references: tuple[Reference, ...], found: list[tuple[str, str]]
) -> None:
    assert codes(reference_findings(references)) == found


def test_who_never_worked_with_children_needs_no_reference_from_such_work() -> None:
    references = (replace(VERIFIED, with_children=False), SECOND)
    assert reference_findings(references, worked_with_children=False) == ()


def test_a_personal_address_is_verified_by_ringing_where_the_referee_works() -> None:
    (finding,) = reference_findings((VERIFIED, replace(SECOND, email="m@gmail.com")))
    assert finding.says == "Maria Okoro writes from a personal address. Ring East School to verify."
    (finding,) = reference_findings((VERIFIED, replace(SECOND, email="m@gmail.com", organisation="")))
    assert finding.says == "Maria Okoro writes from a personal address. Ring the employer to verify."
