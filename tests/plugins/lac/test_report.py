"""The report to governors: what is counted, what is told of it, and that no two reports open a hidden number."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.accounts.facts import Exported, Granted
from core.counting import CountingDesk
from core.errors import NotAllowed
from core.roll.facts import PupilDetailsChanged, PupilLeft
from events import Fact, New
from plugins.lac import facts
from plugins.lac.views import Sums
from plugins.lac.web.report.counting import NO_GRADE, Numbers, YearsDesk
from plugins.lac.web.report.telling import NOT_SHOWN, Report, cells, flows, report
from plugins.lac.web.report.years import Year, closed_years
from tests.core.house import House, HouseMaker, email_of
from tests.plugins.lac.care import LAC, A, B, desk_of, episode, in_care, named, school, started, tell
from tests.plugins.lac.claims import agreed, claim, tell_as_head, whole

YEAR = Year(2025)
BEGAN, CLOSED, LATER = date(2025, 11, 3), date(2026, 9, 10), date(2026, 11, 16)
HERE = date(2024, 9, 1)
"""Since when most are on roll."""
ALL = ("lac.status", "lac.pep", "lac.alerts", "lac.money")


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    """It is September 2026: what is told now of the year before is in its report, which is closed at the end of it."""

    def begun(**more: Any) -> House:
        house = make_house(**more)
        house.clock.move_to(CLOSED)
        return house

    return school(begun)


def text_of(answer: str) -> str:
    """What a page says in its main part, without its marks."""
    main = answer.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())


class KnownNow(Year, frozen=True):
    """A year of which everything counts that is known by now."""

    @property
    def known_at(self) -> datetime:
        return datetime(2026, 12, 31, tzinfo=UTC)


def numbers(house: House, year: Year = YEAR) -> Numbers:
    return YearsDesk(house.building, house.academy_id(), year).numbers()


def told(some: Numbers, before: Numbers | None = None, counts: tuple[str, ...] = ALL, *, was_on: bool = True) -> Report:
    return report(YEAR, some, before or Numbers(), (), "primary", was_on, counts)


def rows(one: Report) -> dict[str, str]:
    return {row.label: row.says for section in one.sections for row in section.rows}


# Which year


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2026, 8, 31), 2024),
        (date(2026, 9, 30), 2024),  # what is typed today is still in it
        (date(2026, 10, 1), 2025),
        (date(2026, 12, 31), 2025),
        (date(2027, 9, 30), 2025),
    ],
)
def test_a_year_is_reported_on_once_its_report_is_closed(today: date, newest: int) -> None:
    years = closed_years(today)
    assert [year.begins for year in years] == [newest, newest - 1, newest - 2]
    assert years[0].closed_on < today


def test_a_year_runs_from_september_to_august() -> None:
    assert (YEAR.name, YEAR.first, YEAR.last) == ("2025-26", date(2025, 9, 1), date(2026, 8, 31))
    assert YEAR.before == Year(2024)
    assert [YEAR.holds(day) for day in (YEAR.first, YEAR.last, date(2025, 8, 31), date(2026, 9, 1))] == [
        *(True, True),
        *(False, False),
    ]


# What is counted


def ended(house: House, child: UUID, day: date) -> None:
    (begun,) = (one.fact for one in house.facts(facts.EpisodeBegan) if one.subject == child)
    assert isinstance(begun, facts.EpisodeBegan)
    tell(house, child, facts.EpisodeEnded(begun.episode, day, ""))


def test_children_are_counted_on_the_last_day_by_year_authority_and_time(house: House) -> None:
    in_care(house, BEGAN, year="4", entered_on=HERE)
    in_care(house, date(2025, 8, 31), code=B, year="5", entered_on=HERE)  # a year to the day
    in_care(house, date(2024, 9, 1), code="", year="5", entered_on=HERE)
    in_care(house, date(2026, 9, 1), year="6", entered_on=HERE)  # after it
    for day in (date(2026, 8, 31), date(2026, 9, 1)):  # the day it ends on belongs to what follows
        ended(house, in_care(house, BEGAN, entered_on=HERE), day)
    kin = house.pupil()
    tell(house, kin, episode(BEGAN, care="kinship_informal"))
    found = numbers(house)
    assert found.here == {"4": 2, "5": 2}
    assert found.by_authority == {"Eastshire": 2, "Westshire": 1, "Authority not known": 1}
    assert (found.total, found.over_a_year) == (4, 2)
    assert (found.joined, found.left) == (3, 1)


def test_who_came_and_who_left_in_the_year_are_counted_with_the_school(house: House) -> None:
    in_care(house, date(2020, 1, 1), entered_on=date(2025, 9, 1))  # came here in care
    in_care(house, date(2020, 1, 1), entered_on=date(2025, 8, 31))  # was here before
    gone = in_care(house, date(2020, 1, 1), entered_on=date(2024, 9, 1))
    house.tell(gone, PupilLeft(date(2026, 7, 21)))
    later = in_care(house, date(2020, 1, 1), entered_on=date(2024, 9, 1))
    house.tell(later, PupilLeft(date(2026, 8, 31)))  # still on roll that day
    found = numbers(house)
    assert (found.joined, found.left, found.total) == (1, 1, 3)


def test_a_change_of_authority_is_no_coming_and_going(house: House) -> None:
    child = in_care(house, date(2024, 9, 2), entered_on=HERE)
    ended(house, child, BEGAN)
    tell(house, child, episode(BEGAN), named(B, on=BEGAN))
    found = numbers(house)
    assert (found.joined, found.left, found.total) == (0, 0, 1)
    assert found.by_authority == {"Westshire": 1}
    assert found.over_a_year == 0  # with that authority


def test_what_was_there_with_who_joined_and_without_who_left_is_what_is_there(house: House) -> None:
    for began, until in (
        (date(2024, 9, 2), None),
        (date(2024, 9, 2), BEGAN),
        (BEGAN, None),
        (BEGAN, date(2026, 3, 2)),
        (BEGAN, date(2026, 9, 2)),
    ):
        child = in_care(house, began, entered_on=date(2024, 9, 1))
        if until:
            ended(house, child, until)
    now, before = numbers(house), numbers(house, KnownNow(2024))
    assert before.total == 2
    assert before.total + now.joined - now.left == now.total == 3


def test_previously_looked_after_pupils_are_those_declared_and_not_in_care(house: House) -> None:
    for code in ("A", "G", "N"):
        tell(house, house.pupil(year="4"), facts.PreviousCareDeclared(code, None, BEGAN))
    again = in_care(house, BEGAN)
    tell(house, again, facts.PreviousCareDeclared("A", None, date(2025, 1, 1)))
    gone = house.pupil()
    tell(house, gone, facts.PreviousCareDeclared("A", None, BEGAN))
    house.tell(gone, PupilLeft(date(2026, 7, 21)))
    assert numbers(house).previously == {"4": 2}


def a_year_s_plan(house: House, child: UUID, *, agreed_on: date, grade: str = "gold") -> tuple[UUID, UUID]:
    """A first plan, met about on 12 November 2025; it, and its target."""
    target = uuid4()
    pep = started(house, child, date(2025, 11, 4))
    every = whole(pep, date(2025, 11, 12), date(2026, 7, 1), target)
    tell(house, child, *every, *agreed(pep, date(2025, 11, 13), agreed_on, grade))
    return pep, target


def test_plans_due_in_the_year_are_in_time_or_late(house: House) -> None:
    a_year_s_plan(house, in_care(house, BEGAN), agreed_on=date(2025, 12, 1))  # the twentieth working day
    a_year_s_plan(house, in_care(house, BEGAN), agreed_on=date(2025, 12, 2))
    in_care(house, BEGAN)
    found = numbers(house)  # each owes a first plan and, of the terms that were entered, the meeting of the summer
    assert (found.owed, found.on_time) == (6, 1)


def test_grades_are_those_told_or_counted_by_the_plan_s_own_scheme(house: House) -> None:
    for code, grade in ((A, "gold"), (A, "gold"), (A, "red"), (B, "splendid"), ("", "")):
        child = in_care(house, BEGAN, code=code or A)
        pep, _ = a_year_s_plan(house, child, agreed_on=date(2025, 12, 1), grade=grade)
        if not grade:
            (last,) = (one for one in house.facts(facts.PepAgreed) if getattr(one.fact, "pep", None) == pep)
            desk_of(house).withdraw(last, "The areas were told", uuid4())
            tell(house, child, facts.PepAgreed(pep, date(2025, 12, 1), ("gold",) * 6 + ("amber",) * 2, ""))
    a_year_s_plan(house, in_care(house, BEGAN), agreed_on=date(2026, 9, 1))  # next year's
    assert numbers(house).grades == {"Eastshire": {"gold": 2, "red": 1, "amber": 1}, "Westshire": {NO_GRADE: 1}}


def test_attendance_suspensions_and_money_are_those_of_the_year(house: House) -> None:
    child = in_care(house, BEGAN)
    pep, target = a_year_s_plan(house, child, agreed_on=date(2025, 12, 1))
    spring = facts.AttendanceCounted(pep, date(2026, 1, 5), date(2026, 3, 27), 100, 10, date(2026, 3, 30))
    autumn = facts.AttendanceCounted(pep, date(2025, 9, 2), date(2025, 12, 19), 128, 13, date(2026, 4, 1))
    tell(house, child, spring)
    assert (numbers(house).missed, numbers(house).possible, numbers(house).attended) == (10, 100, 1)
    tell(house, child, autumn)  # the plan keeps the count that was made last
    assert (numbers(house).missed, numbers(house).possible) == (13, 128)
    for day, sessions in ((BEGAN, 3), (date(2026, 3, 2), 4), (date(2025, 7, 1), 9), (date(2026, 9, 2), 9)):
        tell(house, child, facts.SuspensionDecided(uuid4(), False, day, 850, day, sessions, ""))
    for day in (date(2026, 4, 1), date(2026, 9, 1)):
        tell(house, child, *claim(uuid4(), pep, target, day, agreed=15_000, paid=10_000, spent=5_000))
    found = numbers(house)
    assert (found.suspensions, found.suspended, found.sessions) == (2, 1, 7)
    assert (found.claimed, found.money) == (1, Sums(18_000, 15_000, 10_000, 5_000))


def test_whoever_was_designated_teacher_in_the_year_is_told_by_days_and_training(house: House) -> None:
    here, first, second, third = house.academy_id(), uuid4(), uuid4(), uuid4()
    for post, from_on in ((first, date(2024, 9, 1)), (second, date(2025, 10, 1)), (third, date(2026, 9, 1))):
        tell_as_head(house, facts.DesignatedTeacherNamed(post, uuid4(), True, False, from_on))
    tell_as_head(house, facts.DesignatedTeacherEnded(first, date(2025, 8, 31)))
    for day in (date(2026, 2, 3), date(2026, 9, 5)):
        tell_as_head(house, facts.DesignatedTeacherTrained(second, day, "One day", CLOSED))
    teachers = YearsDesk(house.building, here, YEAR).teachers()
    assert [(one.post, [it.trained_on for it in one.trained]) for one in teachers] == [(second, [date(2026, 2, 3)])]


def test_nothing_is_read_but_what_the_manifest_counts_and_nothing_recorded(house: House) -> None:
    desk = YearsDesk(house.building, house.academy_id(), YEAR)
    assert isinstance(desk, CountingDesk)
    for record in ("lac.wellbeing", "lac.care", "lac.premium", "register.support", "core.trail"):
        assert not desk.may("read", record)
    assert not desk.may("write", "lac.status")
    with pytest.raises(NotAllowed):
        desk.record([], command_id=uuid4())


# Whenever it is drawn it is the same


def many(house: House, count: int, **about: Any) -> list[UUID]:
    """Children in care: two in Year 5, the others in Year 4."""
    return [in_care(house, BEGAN, year="5" if at < 2 else "4", **about) for at in range(count)]


def drawn(house: House) -> tuple[str, str]:
    """The page and the file, as the governor has them."""
    governor = house.as_role("governor")
    page = governor.get(f"{LAC}/report")
    assert page.status_code == 200
    heading, *rows = governor.get(f"{LAC}/report/list.csv").text.splitlines()
    unmarked, mark, _ = heading.removeprefix("\ufeff").partition(',"Taken from')
    assert mark
    return text_of(page.text), "\n".join([unmarked, *rows])


def test_a_report_once_closed_never_changes(house: House) -> None:
    children = many(house, 9)
    house.clock.move_to(date(2026, 10, 1))
    before = drawn(house)
    assert "Looked-after children on 31 August 9" in before[0]
    in_care(house, BEGAN)  # typed too late
    ended(house, children[0], date(2026, 3, 2))
    (withdrawn,) = (event for event in house.facts(facts.EpisodeBegan) if event.subject == children[1])
    desk_of(house).withdraw(withdrawn, "Another child", uuid4())
    house.tell(children[2], PupilDetailsChanged(date(2026, 3, 2), year="1"), PupilLeft(date(2026, 3, 2)))
    tell(house, children[3], named(B, on=date(2026, 3, 2)))
    assert drawn(house) == before
    house.clock.move_to(date(2027, 9, 30))
    assert drawn(house) == before
    house.clock.move_to(date(2027, 10, 1))
    assert drawn(house) != before
    governor = house.as_role("governor")
    assert (
        text_of(governor.get(f"{LAC}/report?year=2025").text).partition("Numbers")[2]
        == before[0].partition("Numbers")[2]
    )


def test_until_it_is_closed_it_is_not_told(house: House) -> None:
    many(house, 7)
    assert "2024-25" in drawn(house)[0].partition("It stands")[0]
    assert "Looked-after children on 31 August 7" not in drawn(house)[0]
    assert house.as_role("governor").get(f"{LAC}/report?year=2025").text.count("2025-26") == 0


def test_the_page_and_the_file_tell_the_same_words(house: House) -> None:
    for child in many(house, 7):
        pep, target = a_year_s_plan(house, child, agreed_on=date(2025, 12, 1))
        tell(house, child, *claim(uuid4(), pep, target, date(2025, 12, 3), agreed=15_000, paid=10_000, spent=5_000))
    house.clock.move_to(LATER)
    page, content = drawn(house)
    found = list(csv.DictReader(io.StringIO(content)))
    assert len(found) > 10
    for row in found:
        assert f"{row['What']} {row['Told']}" in page
    assert "Asked for £1,260.00" in page
    assert "Eastshire, gold 7" in page
    assert "By year group: every other fewer than 5 each" in page
    (exported,) = house.facts(Exported, "139204-reads")
    assert exported.record == "lac.status"


def test_no_name_comes_into_it(house: House) -> None:
    for child in many(house, 7, surname="Adeyemi", forename="Ifeoluwa"):
        a_year_s_plan(house, child, agreed_on=date(2025, 12, 1))
    house.clock.move_to(LATER)
    page = house.as_role("governor").get(f"{LAC}/report").text
    assert "Adeyemi" not in page
    assert "Ifeoluwa" not in page
    assert "part two" in page


def granted(house: House, *counts: str) -> None:
    """Nelly may count these classes at North, and no more."""
    allows: dict[str, tuple[str, ...]] = dict.fromkeys(counts, ("count",))
    person, desk = house.person("nelly@keystone.example"), house.desk()
    grant = Granted(uuid4(), "governor", (house.academy_id(),), "all", (), allows, CLOSED, None, "Governor")
    desk.record([New(person, grant)], command_id=uuid4())


@pytest.mark.parametrize(
    ("counts", "sections"),
    [
        (("lac.status",), {"Numbers", "Attendance and suspensions", "Special educational needs", "Training", "Policy"}),
        (ALL, {"Personal education plans", "Progress", "Pupil premium plus"}),
    ],
)
def test_each_is_told_the_sections_whose_counts_they_may_see(
    house: House, counts: tuple[str, ...], sections: set[str]
) -> None:
    many(house, 7)
    granted(house, *counts)
    house.clock.move_to(LATER)
    page = house.browser("nelly@keystone.example").get(f"{LAC}/report").text
    found = set(re.findall(r'<h2 id="r-\d+">([^<]*)</h2>', page))
    assert sections <= found
    assert ("Pupil premium plus" in found) is ("lac.money" in counts)
    assert ("Suspensions of looked-after children" in page) is ("lac.alerts" in counts)


@pytest.mark.parametrize("role", ["senco", "business_manager", "dsl"])
def test_whoever_may_not_count_is_turned_away(house: House, role: str) -> None:
    for address in ("", "/list.csv"):
        assert house.as_role(role).get(f"{LAC}/report{address}").status_code == 403


# Nobody, and nothing known


def test_where_nobody_was_in_care_it_is_a_nil_return(house: House) -> None:
    house.pupil()
    house.clock.move_to(LATER)
    assert "Nil return: in 2025-26 no child looked after by an authority was on roll." in drawn(house)[0]


def test_where_it_was_not_in_use_yet_it_is_no_nil_return(make_house: HouseMaker) -> None:
    house = school(make_house)  # in November
    assert "Nothing of 2025-26 was recorded here by 30 September 2026. This is not a nil return." in drawn(house)[0]


# What may be told

FEW = st.integers(0, 9)
YEARS = st.dictionaries(st.sampled_from(["R", "1", "2", "3", "14"]), FEW)


@st.composite
def some_numbers(draw: st.DrawFn) -> Numbers:
    here = draw(YEARS)
    total = sum(here.values())
    first = draw(st.integers(0, total))
    return Numbers(
        here=here,
        by_authority={"Eastshire": first, "Westshire": total - first},
        over_a_year=draw(st.integers(0, total)),
        joined=draw(FEW),
        left=draw(FEW),
        previously=draw(YEARS),
        owed=total,
        on_time=draw(st.integers(0, total)),
        grades={"Eastshire": {"gold": draw(FEW), "red": draw(FEW)}, "Westshire": {"gold": draw(FEW)}},
        attended=draw(FEW),
        missed=draw(FEW),
        possible=draw(st.integers(0, 200)),
        suspensions=draw(FEW),
        suspended=draw(FEW),
        sessions=draw(FEW),
        claimed=draw(FEW),
        money=Sums(draw(FEW), draw(FEW), draw(FEW), draw(FEW)),
    )


@given(some_numbers(), some_numbers())
def test_no_number_under_five_is_ever_told_of_children(now: Numbers, before: Numbers) -> None:
    found = rows(told(now, before))
    for label, says in found.items():
        if label not in {"Half days lost to them", "Sessions missed"} and not says.startswith("£"):
            assert not says.isdecimal() or int(says) >= 5, (label, says)
    if now.suspended < 5:
        assert found.get("Half days lost to them", NOT_SHOWN) == NOT_SHOWN
    if now.attended < 5:
        assert found.get("Sessions missed", NOT_SHOWN) == NOT_SHOWN
    if now.claimed < 5 or not cells(now, "primary").total.isdecimal():
        assert "Spent" not in found
    if now.total < 5:
        of_care = {label for label in found if not label.endswith("previously looked after")}
        assert not any(label.startswith(("PEPs", "Year", "Suspensions", "Eastshire")) for label in of_care), found


@given(some_numbers(), some_numbers())
def test_everything_told_is_a_word(now: Numbers, before: Numbers) -> None:
    one = told(now, before)
    for section in one.sections:
        assert all(type(row.says) is str and type(row.label) is str for row in section.rows)
        assert type(section.note) is str


@pytest.mark.parametrize(
    ("joined", "left", "total", "before", "shown"),
    [
        (6, 5, "12", "11", ("6", "5")),
        (6, 5, "none", "11", ("6", "5")),
        (6, 4, "12", "10", (NOT_SHOWN, NOT_SHOWN)),  # who left would be 10 + 6 - 12
        (0, 0, "12", "12", (NOT_SHOWN, NOT_SHOWN)),
        (6, 5, NOT_SHOWN, "11", (NOT_SHOWN, NOT_SHOWN)),  # the total would be 11 + 6 - 5
        (6, 5, "12", NOT_SHOWN, (NOT_SHOWN, NOT_SHOWN)),  # and so would that of the year before
        (6, 5, "5", "fewer than 5", (NOT_SHOWN, NOT_SHOWN)),
        (6, 8, "fewer than 5", "6", (NOT_SHOWN, NOT_SHOWN)),
    ],
)
def test_who_joined_and_who_left_are_told_both_or_neither(
    joined: int, left: int, total: str, before: str, shown: tuple[str, str]
) -> None:
    assert flows(joined, left, total, before) == shown


def test_reports_of_two_years_open_no_hidden_number_between_them() -> None:
    """Schools of up to ten children: what two reports say together fits more than one of each number they hide."""
    worlds: defaultdict[tuple[Any, ...], set[tuple[int, ...]]] = defaultdict(set)
    for before, gone, came, soon_gone in product(range(11), range(11), range(13), range(13)):
        if gone <= before and soon_gone <= came:
            stayed, new = before - gone, came - soon_gone
            start = Numbers({"3": before}, {"Eastshire": before}, before)
            end = Numbers({"4": stayed, "5": new}, {"Eastshire": stayed + new}, stayed, came, gone + soon_gone)
            worlds[_said(start, Numbers()) + _said(end, start)].add((before, came, gone + soon_gone, stayed + new))
    for seen, fitting in worlds.items():
        total_before, _, _, _, total, came_told, left_told, nil = seen
        if total.isdecimal() and int(total) > 8:
            continue  # too near the most there are here
        labels = (total_before, came_told, left_told, total)
        for at, label in enumerate(labels):
            values = {one[at] for one in fitting}
            if len(values) == 1 and not nil:
                assert label == (str(*values) if values != {0} else "none"), (seen, values)


def _said(now: Numbers, before: Numbers) -> tuple[str, str, str, str]:
    """The total, who came, who left, and whether it is a nil return."""
    one = told(now, before)
    found = rows(one)
    flow = (found["Came into care here, or came here in care"], found["Left care, or left the school"])
    return (found["Looked-after children on 31 August"], *flow, one.says)


def test_an_authority_of_few_children_is_not_named() -> None:
    authorities = {"Eastshire": 16, "Westshire": 3, "Southmoor": 2, "Northvale": 5}
    found = rows(told(Numbers({"3": 12, "4": 12, "5": 2}, authorities, 12)))
    assert (found["Eastshire"], found["Northvale"], found["Other authorities"]) == ("16", "5", "5")
    assert not any("Westshire" in label or "Southmoor" in label for label in found)


SEVEN = Numbers({"3": 7}, {"Eastshire": 7})


def test_each_year_group_of_the_phase_is_a_cell_whoever_is_in_it() -> None:
    found = cells(SEVEN, "primary").splits[0]
    assert [cell.name for cell in found.cells] == [
        *("Nursery 1", "Nursery 2", "Reception"),
        *(f"Year {number}" for number in range(1, 7)),
        "Any other year",
    ]
    assert len(cells(SEVEN, "special").splits[0].cells) == 19
    assert {cell.says for cell in found.cells} == {"7", "fewer than 5"}


def test_a_wrong_kind_of_fact_is_never_counted(house: House) -> None:
    child = in_care(house, BEGAN)
    extra: list[Fact] = [facts.SdqScored(12, "", BEGAN), facts.KinshipDeclared("KF", CLOSED)]
    before = numbers(house)
    tell(house, child, *extra)
    assert numbers(house) == before


def test_the_designated_teacher_draws_the_same_report(house: House) -> None:
    many(house, 7)
    house.clock.move_to(LATER)
    teacher = house.browser(email_of("designated_teacher", "139204"))
    assert "Looked-after children on 31 August 7" in text_of(teacher.get(f"{LAC}/report").text)
