"""The deadlines page: the last days of each series, approvals that run out before an exam, the edition in force."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from plugins.exams.facts import EntryMade, PaperSet
from plugins.exams.views import Paper, paper_id
from tests.core.house import NORTH, House

from .candidates import EXAMS, part, told
from .timetables import approved, paper, year_11

PAGE = f"{EXAMS}/deadlines"


def shown(house: House, role: str = "senco") -> str:
    return house.as_role(role).get(PAGE).text


def enter(house: House, *papers: Paper) -> list[EntryMade]:
    for one in papers:
        told(house, paper_id(one), PaperSet(**msgspec.structs.asdict(one), set_on=date(2026, 10, 1)))
    return [EntryMade(paper_id(one), date(2026, 10, 5)) for one in papers]


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2026, 11, 22), "Sun 31 Jan 2027 70 days left Falls on a Sunday: act by Friday 29 January 2027."),
        (date(2026, 11, 22), "Sun 21 Mar 2027 119 days left Falls on a Sunday: act by Friday 19 March 2027."),
        (date(2026, 11, 22), "January 2027 Sun 4 Oct 2026 49 days ago"),
        (date(2026, 11, 22), "Wed 21 Oct 2026 32 days ago not confirmed"),
        (date(2027, 1, 31), "Sun 31 Jan 2027 today"),
        (date(2027, 2, 1), "Falls on a Sunday: the last working day was Friday 29 January 2027."),
        (date(2027, 2, 3), "Sun 31 Jan 2027 3 days ago"),
        (date(2027, 3, 1), "Sun 21 Mar 2027 20 days left"),
    ],
)
def test_every_series_has_both_last_days_and_the_working_day_before_a_sunday(
    house: House, today: date, says: str
) -> None:
    house.clock.move_to(today)
    assert says in part(shown(house), "Last days of each series")


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2026, 11, 22), "well"),
        (date(2027, 3, 1), "soon"),
        (date(2027, 3, 22), "late"),
        (date(2027, 7, 1), "plain"),  # the series is sat
    ],
)
def test_how_far_off_a_day_is_can_be_seen(house: House, today: date, kind: str) -> None:
    house.clock.move_to(today)
    series = shown(house).partition("June 2027")[2].partition("</tr>")[0]
    assert f'ts-t-{kind}">' in series.partition("21 Mar 2027")[2]


def test_a_series_says_whether_its_days_are_confirmed_and_where_they_come_from(house: House) -> None:
    said = part(shown(house), "Last days of each series")
    assert "confirmed AQA, exams officers support, 2025-26" in said
    assert "not confirmed Pattern of Pearson's dates for 2022-23" in said
    assert "/rules/exams.deadline_state" in shown(house)


def test_approvals_that_run_out_are_told_by_the_day_to_renew_with_the_first_paper_missed(house: House) -> None:
    first, second = year_11(house)
    papers = enter(
        house, paper(sits_on=date(2027, 4, 29), code="A"), paper(), paper(sits_on=date(2027, 6, 1), code="C")
    )
    told(house, first, *approved("ET25", date(2025, 3, 3), percent=25), *papers)
    told(house, second, *approved("ET25", date(2025, 3, 2), percent=25), *approved("RD", date(2026, 9, 1)), *papers)
    page = shown(house)
    said = part(page, "Approvals that run out before an exam.*?")
    assert said.index("Sample2, Robin") < said.index("Sample1, Robin")
    assert (
        "Thu 4 Mar 2027 108 days left 3 May 2027 Mon 10 May 2027 English Literature Paper 1 (8702/1), and 1 more"
        in said
    )
    assert "RD" not in said
    assert f"{EXAMS}/pupils/{first}" in page
    assert "/rules/exams.lapses" in page


@pytest.mark.parametrize(
    ("today", "tag"),
    [
        (date(2027, 1, 4), "59 days left"),
        (date(2027, 3, 4), "today"),
        (date(2027, 3, 5), "1 day over"),
    ],
)
def test_the_day_to_renew_by_comes_near_and_goes_by(house: House, today: date, tag: str) -> None:
    (subject,) = year_11(house, 1)
    told(house, subject, *approved("ET25", date(2025, 3, 3), percent=25), *enter(house, paper()))
    house.clock.move_to(today)
    assert f"Thu 4 Mar 2027 {tag}" in part(shown(house), "Approvals that run out before an exam.*?")


def test_nothing_that_runs_out_is_said_too(house: House) -> None:
    assert "Every approval reaches past the papers" in shown(house)


def test_the_edition_in_force_is_told_with_its_doubt(house: House) -> None:
    said = part(shown(house), "The edition in force")
    assert said.startswith("2025-26-rev2026-03 not confirmed The cover of edition 2025-26-rev2026-03 ends on")
    assert "/rules/exams.edition_state" in shown(house)


def test_a_teacher_sees_deadlines_and_the_approvals_of_their_own_class_alone(house: House) -> None:
    (first,) = year_11(house, 1)
    outside = house.pupil(year="11", form="11A")
    for subject in (first, outside):
        told(house, subject, *approved("ET25", date(2025, 3, 3), percent=25), *enter(house, paper()))
    page = shown(house, "class_teacher")
    assert "Sample1, Robin" in page
    assert "Sample2, Robin" not in page
    assert "Sample2, Robin" in shown(house)


def test_who_may_not_read_arrangements_sees_no_deadlines(house: House) -> None:
    assert house.as_role("business_manager").get(PAGE).status_code in {403, 404}
    assert house.as_role("senco").get(PAGE.replace(NORTH, "139205")).status_code == 404
