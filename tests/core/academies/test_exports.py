"""Take away: for whom, as what, and that it is recorded."""

from __future__ import annotations

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from core.accounts.facts import Exported, TurnedAway
from events import New
from plugins.register.facts import PlacedOnRegister
from tests.core.house import AT_ACADEMIES, EVERYWHERE, NORTH, OPERATOR, SOUTH, House, email_of
from tests.core.strangers.counsel import SessionHeld

SEPTEMBER = date(2026, 9, 1)
TAKE = f"/{NORTH}/exports"
LINK = f'<a href="{TAKE}"'


def exported(house: House) -> list[Exported]:
    return house.recorded(Exported, f"{NORTH}-reads")


def test_each_finds_the_lists_they_may_take_away(counselled: House) -> None:
    senco, teacher = counselled.as_role("senco").get(TAKE), counselled.as_role("designated_teacher").get(TAKE)
    assert f'href="{TAKE}/register/register.csv"' in senco.text
    assert "counsel" not in senco.text.partition("<main")[2]
    assert f'href="{TAKE}/counsel/seen.xlsx"' in teacher.text
    assert "register/register" not in teacher.text
    assert LINK in counselled.as_role("senco").get(f"/{NORTH}").text


def test_who_may_take_nothing_away_is_told_so_and_has_no_link(counselled: House) -> None:
    someone = counselled.as_role("hr_admin")
    assert "There is nothing here that you may take away." in someone.get(TAKE).text
    assert LINK not in someone.get(f"/{NORTH}").text


def test_a_list_is_the_same_as_csv_and_workbook_and_its_taking_is_recorded(counselled: House) -> None:
    pupil = counselled.pupil()
    teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
    teacher.record([New(pupil, SessionHeld(SEPTEMBER, 30, "alone", (), True, ""))], command_id=uuid4())
    someone = counselled.as_role("designated_teacher")
    answer = someone.get(f"{TAKE}/counsel/seen.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="counsel-seen.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    mark = counselled.desk(email_of("designated_teacher", NORTH), NORTH).taken
    assert "by Designated Teacher 139204, Designated teacher on 16 November 2026, for: Their work." in mark
    assert rows == [["Pupil", "Sessions", mark], [str(pupil), "1", ""]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(someone.get(f"{TAKE}/counsel/seen.xlsx").content))
    assert book.get_sheet_by_index(0).to_python() == [["Pupil", "Sessions"], [str(pupil), 1.0]]
    assert book.get_sheet_by_index(1).to_python() == [[mark]]
    assert [(one.what, one.rows) for one in exported(counselled)] == [("Who sees the counsellor", 1)] * 2
    assert {event.record for event in counselled.facts(Exported, f"{NORTH}-reads")} == {"counsel.session"}


def test_every_list_of_every_plugin_is_taken_away_and_bears_the_mark(house: House) -> None:
    house.switch_all_on()
    for role in (*EVERYWHERE, *AT_ACADEMIES):
        house.grant(role, OPERATOR)
    someone, desk = house.browser(OPERATOR), house.desk(OPERATOR, NORTH)
    lists = [f"{plugin}/{one.name}" for plugin, one in desk.exports()]
    assert {one.partition("/")[0] for one in lists} == set(desk.on)
    for name in lists:
        heading = someone.get(f"{TAKE}/{name}.csv").content.decode("utf-8-sig").splitlines()[0]
        assert "Taken from North Primary by Olive Operator" in heading, name
        book = CalamineWorkbook.from_filelike(io.BytesIO(someone.get(f"{TAKE}/{name}.xlsx").content))
        assert "Taken" in book.sheet_names[1], name
    assert len(exported(house)) == 2 * len(lists)


def test_the_register_s_list_is_the_one_its_page_gives(house: House) -> None:
    house.pupil(PlacedOnRegister("K", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen"))
    senco = house.as_role("senco")
    taken = senco.get(f"{TAKE}/register/register.csv").content
    assert taken == senco.get(f"/{NORTH}/register/list.csv").content
    assert taken.count(b"SLCN") == 1
    assert len(exported(house)) == 2


def test_whoever_may_not_is_turned_away_and_that_is_recorded(counselled: House) -> None:
    size = counselled.log_size(f"{NORTH}-reads")
    assert counselled.as_role("senco").get(f"{TAKE}/counsel/seen.csv").status_code == 403
    turned = counselled.building.store.log(f"{NORTH}-reads").event(size).fact
    assert isinstance(turned, TurnedAway)
    assert (turned.action, turned.record_class) == ("export", "counsel.session")
    assert exported(counselled) == []


@pytest.mark.parametrize(
    "file", ["counsel/nothing.csv", "counsel/seen.pdf", "counsel/seen", "roll/pupils.csv", "x/y.csv"]
)
def test_a_list_there_is_not_is_not_found(counselled: House, file: str) -> None:
    assert counselled.as_role("designated_teacher").get(f"{TAKE}/{file}").status_code == 404
    assert exported(counselled) == []


def test_a_plugin_that_is_off_offers_no_list(counselled: House) -> None:
    counselled.switch(on=False, plugin="counsel")
    someone = counselled.as_role("designated_teacher")
    assert someone.get(f"{TAKE}/counsel/seen.csv").status_code == 404
    assert LINK not in someone.get(f"/{NORTH}").text
    assert counselled.as_role("designated_teacher", SOUTH).get(f"/{SOUTH}/exports/counsel/seen.csv").status_code == 404
