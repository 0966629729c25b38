"""A plugin's numbers across the trust: for whom, on which page, and none that must be hidden."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from core.academies.telling import told
from core.accounts.facts import Exported
from plugins.register.facts import PlacedOnRegister
from tests.core.academies.test_web import fill
from tests.core.house import NORTH, SOUTH, Browser, House, email_of
from tests.core.strangers.counsel import SessionHeld

SEPTEMBER, MONDAY = date(2026, 9, 1), date(2026, 11, 16)
PAGE = "/trust/counsel"


def seen(house: House, urn: str, form: str, many: int, lately: int = 0) -> None:
    """So many pupils of a form saw the counsellor, some of them this month."""
    for at in range(many):
        day = MONDAY if at < lately else SEPTEMBER
        house.pupil(SessionHeld(day, 30, "alone", (), True, ""), form=form, urn=urn)


@pytest.fixture
def both(counselled: House) -> House:
    """The counsellor comes to both academies, and the operator may type in what happens there."""
    counselled.switch(SOUTH, on=True, plugin="counsel")
    counselled.grant("designated_teacher", "olive@keystone.example")
    counselled.grant("designated_teacher", "olive@keystone.example", SOUTH)
    return counselled


def columns(page: str) -> list[str]:
    """The heads of a page's first table."""
    head = page.partition("<thead>")[2].partition("</thead>")[0]
    return [html.unescape(re.sub("<[^>]*>", "", one)) for one in re.findall(r"<th\b.*?</th>", head, re.DOTALL)]


def rows(someone: Browser, address: str = f"{PAGE}/list.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(someone.get(address).content.decode("utf-8-sig"))))


def test_a_person_sees_the_measures_of_classes_they_may_count_or_read(both: House) -> None:
    first = {
        role: columns(both.as_role(role).get("/").text)
        for role in ("send_director", "chief_executive", "finance_director", "hr_director", "trust_dsl")
    }
    assert first["send_director"] == [
        "Academy", "On roll", "SEN support", "EHC plans", "Seen", "Lately, of those seen", "Plugins on",
    ]  # fmt: skip
    assert first["chief_executive"] == ["Academy", "On roll", "SEN support", "EHC plans", "Plugins on"]
    assert first["finance_director"] == ["Academy", "On roll", "SEN support", "Data gaps", "Plugins on"]
    assert first["hr_director"] == first["trust_dsl"] == ["Academy", "On roll", "Plugins on"]
    assert both.as_role("send_director").get(PAGE).status_code == 200
    for role in ("chief_executive", "hr_director", "dpo"):
        for address in (PAGE, f"{PAGE}/list.csv"):
            assert both.as_role(role).get(address).status_code in (403, 404)
        assert PAGE not in both.as_role(role).get("/").text
    assert "Seen" not in next(iter(rows(both.as_role("dpo"), "/academies.csv")))


def test_at_the_centre_a_plugin_s_class_answers_while_it_is_on_anywhere(both: House) -> None:
    def may(action: str) -> bool:
        return both.desk(email_of("send_director")).may(action, "counsel.session")

    assert (may("count"), may("read"), may("write")) == (True, False, False)
    both.switch(NORTH, on=False, plugin="counsel")
    assert may("count")
    both.switch(SOUTH, on=False, plugin="counsel")
    assert not may("count")
    assert both.as_role("send_director").get(PAGE).status_code == 404
    assert "Seen" not in columns(both.as_role("send_director").get("/").text)
    assert PAGE not in both.as_role("send_director").get("/").text


def test_the_first_page_shows_two_of_each_and_leads_on_to_the_rest(both: House) -> None:
    director = both.as_role("send_director")
    first = director.get("/").text
    assert "Data gaps" not in columns(first)
    assert f'<a href="{PAGE}">Counselling</a>' in first
    assert '<a href="/trust/register">SEN register</a>' in first
    assert columns(director.get("/trust/register").text) == ["Academy", "SEN support", "EHC plans", "Data gaps"]
    assert columns(director.get(PAGE).text) == ["Academy", "Seen", "Lately, of those seen", "Came once"]
    assert director.get("/trust/transport").status_code == 404
    assert director.get("/trust/roll").status_code == 404


def test_a_count_leads_on_to_the_academy_s_page_for_whoever_may_read_it(both: House) -> None:
    both.pupil(PlacedOnRegister("E", ("SLCN",), date(2026, 9, 7), date(2026, 9, 7), "A plan, and no date of it"))
    there = f'href="/{NORTH}/register?gaps=some"'
    assert there in both.as_role("send_director").get("/trust/register").text
    counts = both.as_role("finance_director").get("/trust/register").text
    assert "Data gaps" in columns(counts)
    assert there not in counts


def test_a_plugin_s_page_shows_only_academies_where_it_is_on(both: House) -> None:
    both.switch(SOUTH, on=False, plugin="counsel")
    page = both.as_role("send_director").get(PAGE).text
    assert "North Primary" in page
    assert "South Primary" not in page
    assert [one["Name"] for one in rows(both.as_role("send_director"))] == [
        "North Primary", "Form 4A", "Form 4B", "Form 4C",
    ]  # fmt: skip


def test_groups_stand_on_the_plugin_s_page_and_nowhere_else(both: House) -> None:
    seen(both, NORTH, "4A", 12, lately=6)
    seen(both, SOUTH, "4B", 7, lately=7)
    seen(both, SOUTH, "4A", 8)
    director = both.as_role("send_director")
    assert "Form 4A" not in director.get("/").text
    page = director.get(PAGE).text
    assert "Group by group, across the academies" in page
    told_rows = {one["Name"]: one for one in rows(director)}
    assert told_rows["North Primary"]["Seen"] == "12"
    assert told_rows["Form 4A"]["Seen"] == "20"
    assert (told_rows["Form 4A"]["Lately, of those seen"], told_rows["Form 4A"]["Lately: of how many"]) == ("6", "20")
    assert "30.0%, 6 of 20" in page
    assert told_rows["Form 4C"]["Seen"] == "0"
    assert told_rows["Form 4C"]["Came once"] == ""
    assert [one["Told by"] for one in told_rows.values()] == ["Academy", "Academy", "Group", "Group", "Group"]


def test_a_bare_number_has_no_whole_and_is_hidden_alike(both: House) -> None:
    seen(both, NORTH, "4A", 3)
    seen(both, SOUTH, "4B", 9)
    for urn in (NORTH, SOUTH):
        fill(both, urn, support=0, plans=0, others=30)
    director = both.as_role("send_director")
    summary = told(both.building).academies[both.academy_id(SOUTH)]
    assert summary.cells["counsel.seen"].whole is None
    for address in ("/", PAGE):
        main = director.get(address).text.partition("<main")[2].partition("</main>")[0]
        assert {"3", "9"}.isdisjoint(re.findall(r">\s*(\d+)\s*<", main))
        assert "fewer than 5" not in main.partition("Seen")[2].partition('data-l="Came once"')[0]
    assert {one["Seen"] for one in rows(director)} == {"hidden"}


def test_page_csv_and_workbook_show_the_same_cells_and_the_taking_is_recorded(both: House) -> None:
    seen(both, NORTH, "4A", 12, lately=6)
    seen(both, SOUTH, "4B", 7)
    director = both.as_role("send_director")
    as_csv = [list(one.values())[:-1] for one in rows(director)]  # but the mark
    book = CalamineWorkbook.from_filelike(io.BytesIO(director.get(f"{PAGE}/list.xlsx").content))
    as_xlsx = [
        [str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row]
        for row in book.get_sheet_by_index(0).to_python()[1:]
    ]
    assert as_csv == as_xlsx
    taken = both.recorded(Exported, "trust-reads")
    assert [(one.what, one.rows) for one in taken] == [("Counselling, academy by academy", 5)] * 2


def test_a_chart_is_drawn_of_shares_of_the_roll_only(both: House) -> None:
    fill(both, NORTH, support=6, plans=0, others=6)
    director = both.as_role("send_director")
    assert "SEN support and EHC plans, per cent of roll" in director.get("/").text
    both.switch(NORTH, on=False)
    both.switch(SOUTH, on=False)
    page = director.get("/").text
    assert columns(page) == ["Academy", "On roll", "Seen", "Lately, of those seen", "Plugins on"]
    assert "per cent of roll" not in page
