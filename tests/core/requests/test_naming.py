"""Whose records are asked for is found by name, over every plugin, on or off; or by the number of a record."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID, uuid4

import pytest

from core.accounts.facts import Opened
from core.answers import Known
from core.errors import NotAllowed, Refused
from core.requests.commands import NamePeople
from core.requests.facts import PeopleNamed
from core.roll.people import called
from plugins.exams.facts import AssessorAppointed
from plugins.recruitment.facts import PersonNamed, SheetScored
from tests.core.house import NORTH, errors
from tests.core.requests.asking import ADMIN, DPO, HEAD, TODAY, Asking, applied, finds, put
from tests.core.requests.test_web import came, day, does, upn_of


def test_a_plugin_that_is_off_is_searched_all_the_same(asking: Asking) -> None:
    asking.house.switch(on=False, plugin="recruitment")
    assert "Applied for a post" in finds(asking.dpo, asking.path, "Reyes").text
    assert asking.names(asking.applicant) == []
    page = asking.dpo.get(f"{asking.path}/gather").text
    assert "switched off" in page
    asking.let_in(DPO)
    assert "I have led provision" in asking.dpo.get(f"{asking.path}/gather/recruitment.application").text


def test_a_name_finds_assessors_and_people_of_the_central_record(asking: Asking) -> None:
    house = asking.house
    put(house, uuid4(), AssessorAppointed("Noor Reyes", "specialist", TODAY, None, TODAY))
    put(house, uuid4(), PersonNamed("Reyes", "Ida", "", date(1990, 1, 2), TODAY))
    found = finds(asking.dpo, asking.path, "REYES").text
    assert "Assessor, appointed 16 November 2026" in found
    assert "born 2 January 1990" in found


def test_only_whoever_gives_records_out_looks_for_names(asking: Asking) -> None:
    assert asking.head.get(f"{asking.path}/whom").status_code == 403
    assert asking.head.raw_post(f"{asking.path}/whom/find", data={"name": "Reyes"}).status_code == 403
    assert "Find what is kept of them" not in asking.head.get(asking.path).text
    assert asking.names(asking.applicant) == []
    assert asking.head.raw_post(f"{asking.path}/whom", data={"people": str(asking.staff)}).status_code == 403
    case = UUID(asking.path.rpartition("/")[2])
    with pytest.raises(NotAllowed):
        asking.house.desk(HEAD, NORTH).do(NamePeople((asking.staff,)), case)
    assert [one.people for one in asking.house.recorded(PeopleNamed)] == [(asking.applicant,)]


def test_that_names_were_shown_is_recorded(asking: Asking) -> None:
    assert finds(asking.dpo, asking.path, "Reyes").status_code == 200
    looks = [one for one in asking.house.facts(Opened, f"{NORTH}-reads") if one.actor]
    seen = {(one.subject, one.record) for one in looks if one.actor and one.actor.by == asking.house.person(DPO)}
    assert (asking.applicant, "recruitment.application") in seen
    assert (asking.staff, "core.identity") in seen


def test_a_second_search_keeps_what_was_ticked(asking: Asking) -> None:
    found = finds(asking.dpo, asking.path, "Larsson", people=str(asking.applicant)).text
    ticked = re.findall(r'value="([^"]+)" checked', found)
    assert ticked == [str(asking.applicant)]
    assert "Bo Larsson" in found


@pytest.mark.parametrize("typed", ["", "  "])
def test_a_search_for_nothing_says_so(asking: Asking, typed: str) -> None:
    answer = finds(asking.dpo, asking.path, typed)
    assert answer.status_code == 422
    assert errors(answer.text) == ["Enter a name, or the beginning of one."]


def test_a_search_that_finds_nobody_says_so(asking: Asking) -> None:
    assert "Nobody of this name has a record of their own here." in finds(asking.dpo, asking.path, "Zyx").text


def test_naming_again_is_refused_and_naming_another_is_read_again(asking: Asking) -> None:
    assert asking.names(asking.staff) == []
    assert asking.names(asking.staff) == ["Nothing was changed."]
    asking.let_in(DPO, HEAD)
    assert does(asking.head, asking.path, "whole", remarks="Read") == []
    assert "Make the pack" in asking.dpo.get(f"{asking.path}/whole").text
    assert asking.names(asking.staff, asking.applicant) == []
    assert "Make the pack" not in asking.dpo.get(f"{asking.path}/whole").text
    assert asking.names(asking.staff) == []
    assert "Make the pack" not in asking.dpo.get(f"{asking.path}/whole").text
    desk, case = asking.house.desk(DPO, NORTH), UUID(asking.path.rpartition("/")[2])
    with pytest.raises(Refused) as nobody:
        desk.do(NamePeople((uuid4(),)), case)
    assert (nobody.value.code, nobody.value.field) == ("nobody", "people")
    child = came(asking.dpo, upn=upn_of(asking.house, asking.house.pupil()))
    with pytest.raises(Refused) as of_a_pupil:
        desk.do(NamePeople((asking.staff,)), UUID(child.rpartition("/")[2]))
    assert of_a_pupil.value.code == "of_a_pupil"
    assert asking.dpo.get(f"{child}/whom").status_code == 404


def test_entries_of_others_that_name_them_are_counted(asking: Asking) -> None:
    vacancy, other = uuid4(), uuid4()
    put(asking.house, other, applied(vacancy, "Cal", "Dietz"))
    put(asking.house, other, SheetScored(vacancy, asking.scorer, "sift", (), TODAY, "Less than Ana Reyes"))
    assert asking.names(asking.applicant, asking.staff) == []
    page = asking.dpo.get(f"{asking.path}/gather").text
    assert re.search(r"How applicants were judged: 1 entry", page)


@pytest.mark.parametrize(
    ("typed", "finds_them"),
    [
        ("Jones", True),
        ("nunez", True),
        ("O'Brien", True),
        ("o\u2019brien", True),
        ("Jose\u0301", True),
        ("Early", True),
        ("smith jones jose", True),
        ("ones", False),
        ("Smith Larsson", False),
    ],
)
def test_a_name_is_found_however_it_is_written(typed: str, *, finds_them: bool) -> None:
    who = uuid4()
    known = {who: Known("Smith-Jones N\u00fa\u00f1ez", "Jos\u00e9 O\u2019Brien", "", "core.identity", "Zoe Early")}
    assert called(known, typed) == ([who] if finds_them else [])


def test_a_record_whose_name_is_gone_is_named_by_its_number(asking: Asking) -> None:
    nameless, child = uuid4(), asking.house.pupil()
    put(asking.house, nameless, SheetScored(uuid4(), asking.scorer, "sift", (), TODAY, "Better than Bo Larsson"))
    found = finds(asking.dpo, asking.path, str(nameless)).text
    assert f"Record {nameless}" in found
    assert "No name is kept for it any more." in found
    assert asking.names(nameless) == []
    assert "How applicants were judged" in asking.dpo.get(f"{asking.path}/gather").text
    asking.let_in(DPO, named=[nameless])
    assert "may name" in asking.dpo.get(f"{asking.path}/gather/recruitment.scoring").text
    for other in (child, uuid4(), asking.house.academy_id(), UUID(asking.path.rpartition("/")[2])):
        assert "Nobody of this name" in finds(asking.dpo, asking.path, str(other)).text
        assert asking.names(other) == ["One of these is not kept here any more. Look again."]
    (pages,) = [one.people for one in asking.house.recorded(PeopleNamed)]
    assert pages == (nameless,)
    admin = asking.house.browser(ADMIN)
    fields = {"role": "staff_records_officer", "academy": str(asking.house.academy_id()), "purpose": "A request"}
    page = f"/people/{asking.house.person(DPO)}"
    until = day("until_by", date(2026, 12, 16))
    assert errors(admin.post(page, page=page, upns=str(nameless), **fields, **until).text) == []


def test_who_has_no_record_of_their_own_is_looked_for_in_those_of_others(asking: Asking) -> None:
    note = SheetScored(uuid4(), asking.scorer, "sift", (), TODAY, "As Olwen  Marchbanks told us")
    put(asking.house, uuid4(), note)
    found = finds(asking.dpo, asking.path, "Olwen Marchbanks").text
    assert "Nobody of this name has a record of their own here." in found
    assert "stands in records of others" not in found, "two blanks stand between"
    put(asking.house, uuid4(), SheetScored(uuid4(), asking.scorer, "sift", (), TODAY, "olwen marchbanks rang"))
    found = finds(asking.dpo, asking.path, "Olwen  Marchbanks").text
    assert "stands in records of others" in found
    assert "How applicants were judged: 1 entry" in found
    assert "stands in records of others" not in finds(asking.dpo, asking.path, "Marchbanks").text


def test_a_tick_taken_away_stays_away_and_twenty_records_are_enough(asking: Asking) -> None:
    assert asking.names(asking.applicant) == []
    page = finds(asking.dpo, asking.path, "Larsson").text
    assert re.findall(r'value="([^"]+)" checked', page) == []
    assert str(asking.applicant) in page
    many = [uuid4() for _ in range(21)]
    assert asking.names(*many) == ["Choose 20 records at most."]
    assert asking.names() == []
    assert [one.people for one in asking.house.recorded(PeopleNamed)] == [(asking.applicant,), ()]
