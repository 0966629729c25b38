"""How authorities work and who is designated teacher: pages, deadlines, and the count for the trust."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner

from core.academies.telling import told
from core.accounts.facts import Exported
from core.cli.asking import Line
from core.roll.facts import StaffJoined
from plugins.lac.facts import (
    AuthoritySet,
    DesignatedTeacherEnded,
    DesignatedTeacherNamed,
    DesignatedTeacherTrained,
)
from plugins.lac.lines import command_line
from plugins.lac.telling import deadlines, measures
from tests.core.house import NORTH, OPERATOR, Browser, House, HouseMaker, email_of, error_links, errors, on
from tests.plugins.lac.care import LAC, A, desk_of, in_care, school, started
from tests.plugins.lac.claims import tell_as_head

TODAY = date(2026, 11, 16)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def text_of(answer: str) -> str:
    """What a page says in its main part, without its marks."""
    main = answer.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())


# Authorities

SET = f"{LAC}/authorities/{A}/set"
AUTHORITY = {
    "name": "Northvale",
    "scheme": "Devon",
    "start_days": "",
    "complete_days": "15",
    "provision_days": "20",
    "begins": "school",
    "window": "half_term",
    "carries_over": "true",
    "ends": "birthday",
    "ceiling_pence": "£1,234.50",
    "portal": "ePEP",
    "contact": "Virtual school",
}


def settings(house: House, code: str) -> list[AuthoritySet]:
    return [
        event.fact
        for event in house.facts(AuthoritySet)
        if isinstance(event.fact, AuthoritySet) and event.fact.code == code
    ]


def test_an_authority_is_set_up_with_its_own_clocks_and_premium_in_pence(house: House) -> None:
    teacher = house.as_role("designated_teacher")
    answer = teacher.post(f"{LAC}/authorities/new", code="342", **AUTHORITY, **on("from_on", TODAY))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LAC}/authorities/342")
    (one,) = settings(house, "342")
    assert (one.start_days, one.complete_days, one.provision_days) == (None, 15, 20)
    assert (one.ceiling_pence, one.carries_over, one.ends, one.window) == (123_450, True, "birthday", "half_term")
    shown = text_of(teacher.get(f"{LAC}/authorities").text)
    assert "Northvale 342 complete in 15 in 20 first half of term £1,234.50 ePEP 16 November 2026" in shown
    assert "First PEP started no clock" in text_of(teacher.get(f"{LAC}/authorities/342").text)


def test_the_form_for_a_new_authority_begins_with_the_usual_clocks(house: House) -> None:
    page = house.as_role("designated_teacher").get(f"{LAC}/authorities/new").text
    for name, days in (("start_days", 10), ("complete_days", 20), ("provision_days", 20)):
        assert re.search(rf'name="{name}"[^>]* value="{days}"', page)
    assert re.search(r'name="ceiling_pence"[^>]* value=""', page)


def test_the_form_for_another_day_begins_with_the_newest_version(house: House) -> None:
    page = house.as_role("designated_teacher").get(SET).text
    for name, value in (("name", "Eastshire"), ("start_days", "10"), ("ceiling_pence", "£550.00"), ("portal", "ePEP")):
        assert re.search(rf'name="{name}"[^>]* value="{value}"', page), name
    assert re.search(r'name="scheme" type="radio" value="St Helens v1" checked', page)
    assert re.search(r'name="from_on-day"[^>]* value=""', page)


def test_another_version_holds_from_its_day_and_moves_no_plan(house: House) -> None:
    child = in_care(house)
    pep = started(house, child, date(2026, 10, 20))
    teacher = house.as_role("designated_teacher")
    before = settings(house, A)
    answer = teacher.post(SET, **AUTHORITY | {"name": "Eastshire"}, **on("from_on", date(2026, 11, 1)))
    assert answer.status_code == 303
    old, new = settings(house, A)
    assert old == before[0]
    assert (new.from_on, new.complete_days) == (date(2026, 11, 1), 15)
    page = text_of(teacher.get(f"{LAC}/authorities/{A}").text)
    assert "stays under the version it was started under" in page
    first, second = page.split("From 1 September 2025")
    assert "From 1 November 2026 today's" in first
    assert "First PEP complete within 15 working days was: within 20 working days" in first
    assert "Premium for a term £1,234.50 was: £550.00" in first
    assert "Plans under it none" in first
    assert "Plans under it 1 plan" in second
    from plugins.lac.views import child as put_together

    desk = desk_of(house)
    one = put_together(desk, child)
    assert one is not None
    assert one.setting_for(one.plans.plans[pep], TODAY) == old
    assert one.setting_for(None, TODAY) == new


def test_a_version_to_come_is_marked_and_not_today_s(house: House) -> None:
    teacher = house.as_role("designated_teacher")
    teacher.post(SET, **AUTHORITY | {"name": "Eastshire"}, **on("from_on", date(2027, 9, 1)))
    page = text_of(teacher.get(f"{LAC}/authorities/{A}").text)
    assert "From 1 September 2027 still to come" in page
    assert "From 1 September 2025 today's" in page
    assert "complete in 20" in text_of(teacher.get(f"{LAC}/authorities").text)


def test_how_many_plans_there_are_is_told_to_whoever_may_read_plans(house: House) -> None:
    started(house, in_care(house), date(2026, 10, 20))
    house.grant("operator", OPERATOR)
    for someone, knows in (
        (house.as_role("dsl"), True),
        (house.browser(OPERATOR), False),
    ):
        page = someone.get(f"{LAC}/authorities/{A}")
        assert page.status_code == 200
        assert ("Plans under it" in page.text) is knows


def test_a_second_press_records_nothing_more(house: House) -> None:
    teacher = house.as_role("designated_teacher")
    data = teacher.form(SET) | AUTHORITY | on("from_on", TODAY)
    for _ in range(2):
        assert teacher.raw_post(SET, data=data).status_code == 303
    assert len(settings(house, A)) == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ceiling_pence": "lots"}, "ceiling_pence"),
        ({"ceiling_pence": "1.234"}, "ceiling_pence"),
        ({"complete_days": "0"}, "complete_days"),
        ({"complete_days": "61"}, "complete_days"),
        ({"complete_days": "ten"}, "complete_days"),
        ({"scheme": "Stars"}, "scheme"),
        ({"ends": "never"}, "ends"),
        ({"name": ""}, "name"),
        ({"from_on-day": "32"}, "from_on-day"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_is_kept(
    house: House, fields: dict[str, str], field: str
) -> None:
    teacher = house.as_role("designated_teacher")
    answer = teacher.raw_post(SET, data=teacher.form(SET) | AUTHORITY | on("from_on", TODAY) | fields)
    assert answer.status_code == 422
    assert list(error_links(answer.text)) == [field]
    assert 'value="ePEP"' in answer.text
    assert len(settings(house, A)) == 1


def test_a_code_has_three_digits(house: House) -> None:
    teacher = house.as_role("designated_teacher")
    answer = teacher.post(f"{LAC}/authorities/new", code="34", **AUTHORITY, **on("from_on", TODAY))
    assert answer.status_code == 422
    assert list(error_links(answer.text)) == ["code"]


@pytest.mark.parametrize("role", ["head", "dsl"])
def test_whoever_only_reads_is_shown_no_form(house: House, role: str) -> None:
    someone = house.as_role(role)
    for address in (f"{LAC}/authorities", f"{LAC}/authorities/{A}"):
        page = someone.get(address)
        assert page.status_code == 200
        assert "/set" not in page.text
        assert "/new" not in page.text
    for address in (SET, f"{LAC}/authorities/new"):
        assert someone.get(address).status_code == 403


def test_an_authority_nobody_set_up_is_not_found(house: House) -> None:
    teacher = house.as_role("designated_teacher")
    for address in (f"{LAC}/authorities/999", f"{LAC}/authorities/999/set", f"{LAC}/authorities/%00"):
        assert teacher.get(address).status_code == 404


# Designated teachers

HERE = f"{LAC}/designated"


def staff(house: House, name: str = "Maria Okafor") -> UUID:
    person = uuid4()
    house.tell(person, StaffJoined(name, "Teacher", "", date(2020, 9, 1)))
    return person


def named(house: House, from_on: date, until_by: date | None = None, *, qualified: bool = True) -> UUID:
    post = uuid4()
    tell_as_head(house, DesignatedTeacherNamed(post, staff(house), qualified, False, from_on))
    if until_by:
        tell_as_head(house, DesignatedTeacherEnded(post, until_by))
    return post


def test_the_head_names_trains_and_ends_and_the_page_says_it_all(house: House) -> None:
    person, head = staff(house), house.as_role("head")
    assert "Nobody has been named yet." in text_of(head.get(HERE).text)
    fields = {"staff": str(person), "qualified": "true", "head": "false"}
    assert head.post(f"{HERE}/new", **fields, **on("from_on", date(2026, 11, 1))).status_code == 303
    (event,) = house.facts(DesignatedTeacherNamed)
    assert isinstance(event.fact, DesignatedTeacherNamed)
    assert (event.fact.staff, event.fact.qualified, event.fact.head) == (person, True, False)
    post = event.fact.post
    answer = head.post(f"{HERE}/{post}/train", course="One day", **on("trained_on", date(2026, 3, 2)))
    assert answer.status_code == 303
    assert "Maria Okafor now 1 November 2026 goes on qualified teacher 2 March 2026: One day" in text_of(
        head.get(HERE).text
    )
    assert len(house.facts(DesignatedTeacherTrained)) == 1
    assert head.post(f"{HERE}/{post}/end", **on("ended_on", date(2026, 12, 31))).status_code == 303
    page = text_of(head.get(HERE).text)
    assert "Nobody is named after 31 December 2026. Name who follows." in page
    second = staff(house, "Paul Lindqvist")
    fields["staff"] = str(second)
    assert head.post(f"{HERE}/new", **fields, **on("from_on", date(2027, 1, 4))).status_code == 303
    page = text_of(head.get(HERE).text)
    assert "Days without one 1 January 2027 to 3 January 2027, 3 days" in page
    assert "Nobody is named from 1 January 2027 to 3 January 2027." in page
    assert "Record the last day" in page.partition("Maria")[0]  # of the second only
    assert head.post(f"{HERE}/new", **fields, **on("from_on", date(2027, 5, 1))).status_code == 422


def test_two_at_once_are_refused_at_the_day(house: House) -> None:
    named(house, date(2026, 9, 1))
    head = house.as_role("head")
    answer = head.post(f"{HERE}/new", staff=str(staff(house)), qualified="true", **on("from_on", TODAY))
    assert answer.status_code == 422
    assert errors(answer.text) == ["Somebody else is designated teacher on that day. Give their last day first."]
    assert list(error_links(answer.text)) == ["from_on-day"]


def test_whoever_only_reads_is_shown_no_act(house: House) -> None:
    post = named(house, date(2026, 9, 1))
    teacher = house.as_role("designated_teacher")
    assert "Record" not in text_of(teacher.get(HERE).text)
    for address in (f"{HERE}/new", f"{HERE}/{post}/train", f"{HERE}/{post}/end"):
        assert teacher.get(address).status_code == 403
    head = house.as_role("head")
    for address in (f"{HERE}/{uuid4()}/train", f"{HERE}/{post}/praise"):
        assert head.get(address).status_code == 404


def due(house: House, role: str) -> list[tuple[date, str]]:
    found = deadlines(desk_of(house, role), date(2027, 11, 16))
    return [(one.due_by, one.says) for one in found if one.rule == "lac.designated_findings"]


def test_that_somebody_must_be_named_is_due_for_whoever_names_them(house: House) -> None:
    ((day, says),) = due(house, "head")
    assert (day, says) == (TODAY, "Name a designated teacher, and tell the authority.")
    assert due(house, "designated_teacher") == due(house, "dsl") == []
    shown = text_of(house.as_role("head").get(f"/{NORTH}").text)
    assert "Name a designated teacher" in shown
    named(house, date(2026, 9, 1), date(2026, 12, 31))
    assert [day for day, _ in due(house, "head")] == [date(2026, 12, 31)]
    named(house, date(2027, 1, 1))
    assert due(house, "head") == []


@pytest.mark.parametrize(
    ("from_on", "until_by", "qualified", "gap"),
    [
        (None, None, True, 1),
        (date(2026, 9, 1), None, True, 0),
        (date(2026, 9, 1), date(2026, 11, 15), True, 1),
        (date(2026, 9, 1), TODAY, True, 0),  # a warning is no gap of today
        (date(2026, 11, 17), None, True, 1),
        (date(2026, 9, 1), None, False, 1),
    ],
)
def test_the_trust_is_told_of_a_gap_today(
    house: House, from_on: date | None, until_by: date | None, qualified: bool, gap: int
) -> None:
    if from_on:
        named(house, from_on, until_by, qualified=qualified)
    house.pupil()
    (one,) = (it for it in measures(desk_of(house, "head")) if it.name == "lac.designated")
    assert (one.part, one.record, one.shown_as) == (gap, "lac.designated", "gaps")


@pytest.mark.parametrize("children", [0, 1, 2])
def test_the_gap_says_nothing_of_how_many_children_there_are(house: House, children: int) -> None:
    for _ in range(12):
        house.pupil()
    for _ in range(children):
        in_care(house)
    named(house, date(2026, 9, 1))
    cell = told(house.building).academies[house.academy_id()].cells["lac.designated"]
    assert (cell.part, cell.says) == (0, "0.0%")


# The command line


def said(house: House, acting: str, *more: str) -> tuple[int, str]:
    line = Line({"TALLYSTICK_HOME": str(house.home)}, acting)
    line._building = house.building
    answer = CliRunner().invoke(command_line(), ["due", "--academy", NORTH, *more], obj=line)
    return (answer.exit_code if answer.exception is None else 1), answer.output


def test_what_is_due_is_told_on_the_command_line_and_that_is_recorded(house: House) -> None:
    child = in_care(house, surname="Adeyemi")
    in_care(house, date(2026, 11, 9), surname="Blaskett")
    teacher = email_of("designated_teacher", NORTH)
    code, text = said(house, teacher)
    assert code == 0
    assert text.splitlines()[0].startswith("2 November 2026  Adeyemi, Robin (")
    assert "Start the first PEP." in text.splitlines()[0]
    assert text.splitlines()[-1] == f"{len(text.splitlines()) - 1} due."
    code, text = said(house, teacher, "--json")
    first = json.loads(text)[0]
    assert (first["pupil"], first["due_by"], first["rule"]) == (str(child), "2026-11-02", "lac.started_by")
    told_of = house.facts(Exported, f"{NORTH}-reads")
    assert [event.record for event in told_of] == ["lac.pep"] * 2


@pytest.mark.parametrize("role", ["senco", "business_manager", "governor"])
def test_whoever_may_not_know_hears_nothing_on_the_command_line(house: House, role: str) -> None:
    in_care(house, surname="Adeyemi")
    code, text = said(house, email_of(role, NORTH))
    assert (code, text) == (1, "")
    assert house.facts(Exported, f"{NORTH}-reads") == []


def test_navigation_leads_to_what_each_may_open(house: House) -> None:
    def links(browser: Browser) -> list[str]:
        return re.findall(rf'<li><a href="{LAC}([^"]*)"', browser.get(f"/{NORTH}").text)

    assert links(house.as_role("designated_teacher")) == ["", "/report", "/premium", "/authorities"]
    assert links(house.as_role("business_manager")) == ["/premium"]
    assert links(house.as_role("governor")) == ["/report"]
    assert links(house.as_role("senco")) == []
