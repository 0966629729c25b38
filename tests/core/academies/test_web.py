"""The trust's page and the switching of plugins."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from python_calamine import CalamineWorkbook

from core.academies.facts import PluginSwitchedOff, PluginSwitchedOn
from core.academies.telling import told
from plugins.register.facts import PlacedOnRegister
from tests.core.house import NORTH, OPERATOR, SOUTH, Browser, House, HouseMaker, errors

SEPTEMBER = date(2026, 9, 1)


def fill(house: House, urn: str, support: int, plans: int, others: int) -> None:
    """So many pupils with SEN support, with plans, and without either."""
    for provision, count in (("K", support), ("E", plans), ("", others)):
        for _ in range(count):
            told = [PlacedOnRegister(provision, ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen")] if provision else []
            house.pupil(*told, urn=urn)


def table(someone: Browser) -> dict[str, dict[str, str]]:
    content = someone.get("/academies.csv").content.decode("utf-8-sig")
    return {row["URN"]: row for row in csv.DictReader(io.StringIO(content))}


def text(html: str) -> str:
    """What a person reads, the source of a chart included."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_small_numbers_stand_nowhere_and_cannot_be_worked_out(house: House) -> None:
    house.add_academy("139206", "West Primary")
    fill(house, NORTH, support=12, plans=3, others=25)
    fill(house, SOUTH, support=9, plans=7, others=24)
    fill(house, "139206", support=8, plans=11, others=21)
    director = house.as_role("send_director")
    told = table(director)
    assert told[NORTH]["EHC plans"] == "fewer than 5"
    assert told[NORTH]["SEN support"] == "12"
    assert told[SOUTH]["EHC plans"] == "hidden"
    assert told["139206"]["EHC plans"] == "11"
    page = director.get("/").text
    row = text(re.findall(r"<tr>.*?</tr>", page, re.DOTALL)[1])
    assert "North Primary" in row
    assert "fewer than 5" in row
    numbers = {int(one) for one in re.findall(r"\b\d+\b", row)}
    assert {3, 15, 25, 28}.isdisjoint(numbers), row  # the plans, the register's length, what is left
    assert not {3, 15, 18, 10, 14, 21} & {int(one) for one in re.findall(r"<dd>(\d+)<", page)}
    shares = set(re.findall(r"[\d.]+%", page))
    assert {"7.5%", "17.5%"}.isdisjoint(shares)  # 3 of 40; 7 of 40, hidden for the sake of the 3
    assert "hidden or not on" in page


def test_no_summary_holds_a_hidden_number(house: House) -> None:
    fill(house, NORTH, support=12, plans=3, others=5)
    fill(house, SOUTH, support=2, plans=6, others=5)
    for summary in told(house.building).academies.values():
        for cell in summary.cells.values():
            hidden = cell.part is None
            assert hidden == (cell.whole is None) == (cell.share is None)
            assert (cell.measure.part, cell.measure.whole) == (0, 0)
            assert cell.part is None or cell.part == 0 or cell.part >= 5
    north = told(house.building).academies[house.academy_id()]
    wholes = {cell.whole for cell in north.cells.values() if cell.whole is not None}
    assert wholes <= {20}  # a measure beside the register's length would give the plans back


def test_page_csv_and_workbook_show_the_same_cells(house: House) -> None:
    fill(house, NORTH, support=12, plans=3, others=5)
    fill(house, SOUTH, support=9, plans=6, others=5)
    director = house.as_role("send_director")
    book = CalamineWorkbook.from_filelike(io.BytesIO(director.get("/academies.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    as_text = [[str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row] for row in rows[1:]]
    assert as_text == [list(row.values())[:-1] for row in table(director).values()], "but for the mark"


def test_the_page_is_counted_anew_when_a_log_moves(house: House) -> None:
    fill(house, NORTH, support=6, plans=0, others=6)
    fill(house, SOUTH, support=6, plans=0, others=6)
    director = house.as_role("send_director")
    assert table(director)[NORTH]["SEN support"] == "6"
    fill(house, NORTH, support=1, plans=0, others=0)
    assert (table(director)[NORTH]["SEN support"], table(director)[NORTH]["On roll"]) == ("7", "13")


def test_an_academy_without_the_plugin_is_told_so(house: House) -> None:
    fill(house, NORTH, support=6, plans=0, others=6)
    house.switch(on=False)
    director = house.as_role("send_director")
    assert table(director)[NORTH]["SEN support"] == "not on"
    assert director.get("/").status_code == 200
    house.switch(SOUTH, on=False)
    assert director.get("/").status_code == 200


def test_whoever_works_at_one_academy_is_led_there(house: House) -> None:
    answer = house.as_role("senco").get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{NORTH}")
    assert house.as_role("senco").get("/academies.csv").status_code == 404


def test_a_plugin_is_switched_off_with_a_reason_and_on_again(house: House) -> None:
    fill(house, NORTH, support=1, plans=0, others=0)
    operator, senco = house.browser(OPERATOR), house.as_role("senco")
    path = f"/plugins/{NORTH}/register"
    assert "Annual reviews of EHC plans" in operator.get(path).text
    assert len(errors(operator.post(path, reason=" ").text)) == 1
    assert operator.post(path, reason="Kept on paper this year").headers["location"] == "/plugins"
    (event,), (off,) = house.facts(PluginSwitchedOff), house.recorded(PluginSwitchedOff)
    assert off.reason == "Kept on paper this year"
    assert event.actor is not None
    assert event.actor.by == house.person(OPERATOR)
    assert "Kept on paper this year" in operator.get("/plugins").text
    assert senco.get(f"/{NORTH}/register").status_code == 404
    assert f'href="/{NORTH}/register"' not in senco.get(f"/{NORTH}/pupils").text
    assert operator.post(path, reason="Paper got lost").status_code == 303
    assert "1 pupils" in senco.get(f"/{NORTH}/register").text or "1 pupil" in senco.get(f"/{NORTH}/register").text
    switched = house.recorded(PluginSwitchedOn)[-1]
    assert {one["name"] for one in switched.stood["records"]} == {
        "register.support", "register.headline", "register.plan", "register.sample",
    }  # fmt: skip
    assert "register.placed/1" in switched.stood["wordings"]


def test_two_who_switch_at_once_are_told(house: House) -> None:
    one, other = house.browser(OPERATOR), house.browser(OPERATOR)
    path = f"/plugins/{NORTH}/register"
    first, second = (someone.form(path) | {"reason": "Why not"} for someone in (one, other))
    assert one.raw_post(path, data=first).status_code == 303
    assert other.raw_post(path, data=second).status_code == 409
    assert len(house.facts(PluginSwitchedOff)) == 1


def test_an_unknown_plugin_or_academy_cannot_be_switched(house: House) -> None:
    operator = house.browser(OPERATOR)
    assert operator.get(f"/plugins/{NORTH}/transport").status_code == 404
    assert operator.get("/plugins/999999/register").status_code == 404


def test_what_needs_doing_is_filtered(house: House) -> None:
    from plugins.register.facts import PlanIssued

    house.pupil(PlanIssued(date(2025, 10, 1)), surname="Overdue")
    house.pupil(PlanIssued(date(2026, 10, 1)), surname="Faraway")
    senco = house.as_role("senco")
    shown = senco.get(f"/{NORTH}").text
    assert "Overdue" in shown
    assert "Faraway" not in shown
    further = senco.post(f"/{NORTH}", until="365", plugin="register").headers["location"]
    assert "Faraway" in senco.get(further).text
    assert "Overdue" not in house.as_role("hr_admin").get(f"/{NORTH}").text


def test_the_bar_marks_the_plugin_s_page_that_another_address_belongs_to(make_house: HouseMaker) -> None:
    house = make_house(plugins=("recruitment",))
    house.switch(NORTH, on=True, plugin="recruitment")
    house.grant("hr_admin")
    bar = house.as_role("hr_admin").get(f"/{NORTH}/recruitment/descriptions").text.partition("<main")[0]
    assert re.findall(r"aria-current=\"page\"[^>]*>\s*([^<]+)", bar)[0] == "Vacancies"
