"""Staff and applicants ask what is kept of them, as pupils do: found by name, gathered from every plugin, given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from uuid import UUID, uuid4
from zipfile import ZipFile

import httpx
import msgspec
import pytest

from core.accounts.commands import Give
from core.accounts.facts import Opened
from core.accounts.views import Grant
from core.answers import Known
from core.errors import NotAllowed, Refused
from core.requests.commands import NamePeople
from core.requests.facts import PeopleNamed
from core.requests.gathering import items, kept
from core.requests.views import request
from core.roll.facts import StaffJoined, StaffLeft
from core.roll.people import called
from events import Fact, New
from plugins.exams.facts import AssessorAppointed
from plugins.recruitment.facts import ApplicationEntered, Mark, PersonNamed, SheetScored
from tests.core.house import NORTH, Browser, House, email_of, errors
from tests.core.requests.test_web import came, day, does, upn_of

DPO, HEAD, ADMIN = email_of("dpo"), email_of("head", NORTH), email_of("identity_admin")
TODAY = date(2026, 11, 16)
NOTE = "Answered like Xanthe Quillfeather's sister would"


def applied(vacancy: UUID, forename: str = "Ana", surname: str = "Reyes") -> ApplicationEntered:
    return ApplicationEntered(
        vacancy, 1, surname, forename, "", "ana@mail.example", "", "", "", "", None, True, "npq", (), (), (), "", True,
        None, TODAY, "I have led provision",
    )  # fmt: skip


def put(house: House, subject: UUID, *facts: Fact) -> None:
    """Into the log, whoever may write it."""
    desk = house.desk(urn=NORTH)
    desk.log.append([New(subject, fact) for fact in facts], command_id=uuid4(), actor=desk.actor)


class Asking:
    """Ana Reyes was an applicant and is on the roll as staff; she asks what is kept of her."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.switch_all_on()
        self.applicant, self.staff, self.scorer = uuid4(), uuid4(), house.person(HEAD)
        vacancy = uuid4()
        judged = SheetScored(vacancy, self.scorer, "sift", (Mark("K1", 2),), TODAY, NOTE)
        put(house, self.applicant, applied(vacancy), judged)
        put(house, self.staff, StaffJoined("Ana Reyes", "Teaching assistant", "", TODAY))
        put(house, uuid4(), applied(vacancy, "Bo", "Larsson"))
        house.pupil(surname="Quillfeather", forename="Xanthe")
        self.dpo, self.head = house.browser(DPO), house.browser(HEAD)
        self.path = came(self.dpo, whom="Ana Reyes, by e-mail", asks="Everything about me")

    def names(self, *people: UUID) -> list[str]:
        answer = self.dpo.post(f"{self.path}/whom", people=[str(one) for one in people])
        return errors(answer.text)

    def let_in(self, *emails: str, named: Sequence[UUID] = ()) -> None:
        whom = named or [self.applicant, self.staff]
        for email in emails:
            self.house.let_in("staff_records_officer", self.house.person(email), named=whom)


@pytest.fixture
def asking(house: House) -> Asking:
    return Asking(house)


def finds(browser: Browser, path: str, name: str, **more: str) -> httpx.Response:
    """By the other button of the form."""
    return browser.raw_post(f"{path}/whom/find", data=browser.form(f"{path}/whom") | {"name": name} | more)


def test_from_a_name_to_the_pack_that_is_given(asking: Asking) -> None:
    dpo, path = asking.dpo, asking.path
    assert "Find what is kept of them" in dpo.get(path).text
    found = finds(dpo, path, "rey ana").text
    assert found.count('type="checkbox"') == 2
    assert "Applied for a post, last on 16 November 2026" in found
    assert "Staff · Teaching assistant" in found
    assert "Larsson" not in found
    assert asking.names(asking.applicant, asking.staff) == []
    assert "Ana Reyes, Staff · Teaching assistant" in dpo.get(path).text
    page = dpo.get(f"{path}/gather").text
    assert "How applicants were judged" in page
    assert f"staff records officer for this request, for as long as it takes (records {asking.applicant}" in page
    assert "You may not read" in dpo.get(f"{path}/whole").text
    asking.let_in(DPO, HEAD)
    parts = dpo.get(f"{path}/gather/recruitment.scoring").text
    assert "Xanthe Quillfeather" in parts
    (note,) = re.findall(r'<label class="ts-each" for="([^"]+)">Note<', parts)
    assert errors(dpo.post(f"{path}/gather/recruitment.scoring", **{note: "other_person"}).text) == []
    assert does(asking.head, path, "whole", remarks="Read") == []
    answer = dpo.post(f"{path}/pack", page=f"{path}/whole")
    assert answer.status_code == 303, errors(answer.text)
    href = re.search(r'href="([^"]*pack\.zip[^"]*)"', dpo.get(answer.headers["location"]).text)
    assert href
    pack = ZipFile(BytesIO(dpo.get(href[1]).content))
    told = msgspec.json.decode(pack.read("record.json"))
    assert told["title"] == "Record of Ana Reyes"
    assert "Teaching assistant" in str(told)
    assert "I have led provision" in str(told)
    assert NOTE not in str(told)
    assert "How applicants were judged" in str(told["looks"])
    given = {**day("answered_on", TODAY), "outcome": "part", "words": "All but a remark on somebody else"}
    assert does(dpo, path, "answer", **given) == []


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


def test_the_head_who_may_sit_on_a_panel_is_told_of_no_applicant(asking: Asking) -> None:
    head, path = asking.head, asking.path
    assert asking.names(asking.applicant) == []
    page = head.get(path).text
    assert "Ana Reyes, Applied" not in page
    assert f"Record {asking.applicant.hex[:8]}" in page
    assert "Gather what is kept" not in page
    for place in ("gather", "gather/recruitment.application", "whole"):
        assert head.get(f"{path}/{place}").status_code == 403
    asking.let_in(HEAD)
    assert "Ana Reyes, Applied" in head.get(path).text
    assert head.get(f"{path}/gather").status_code == 200


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


def test_a_request_of_nobody_who_is_kept_here_is_read_and_answered_without_a_pack(asking: Asking) -> None:
    assert does(asking.head, asking.path, "read", remarks="Nothing is kept") == []
    given = {**day("answered_on", TODAY), "outcome": "given", "words": "Nothing is kept of you"}
    assert does(asking.dpo, asking.path, "answer", **given) == []


def test_entries_of_others_that_name_them_are_counted(asking: Asking) -> None:
    vacancy, other = uuid4(), uuid4()
    put(asking.house, other, applied(vacancy, "Cal", "Dietz"))
    put(asking.house, other, SheetScored(vacancy, asking.scorer, "sift", (), TODAY, "Less than Ana Reyes"))
    assert asking.names(asking.applicant, asking.staff) == []
    page = asking.dpo.get(f"{asking.path}/gather").text
    assert re.search(r"How applicants were judged: 1 entry", page)


def test_a_staff_records_officer_is_named_by_the_number_of_a_record(asking: Asking) -> None:
    """Whoever looks after accounts need not see who it is."""
    admin, person = asking.house.browser(ADMIN), asking.house.person(DPO)
    page = f"/people/{person}"
    fields = {
        "role": "staff_records_officer",
        "academy": str(asking.house.academy_id()),
        "purpose": "Answers a request",
        **day("until_by", date(2026, 12, 16)),
    }
    wrong = admin.post(page, page=page, upns=str(uuid4()), **fields)
    assert errors(wrong.text) == ["Nobody there has one of these UPNs, or record numbers."]
    right = admin.post(page, page=page, upns=str(asking.applicant), **fields)
    assert errors(right.text) == []
    grants: list[Grant] = [one for one in asking.house.building.grants(person) if one.role == fields["role"]]
    assert [one.named for one in grants] == [{asking.applicant}]
    assert "recruitment.scoring" in grants[0].allows
    assert "recruitment.senco" not in grants[0].allows
    assert "core.people" not in grants[0].allows


def test_a_staff_records_officer_for_one_reads_nobody_else(asking: Asking) -> None:
    house, nelly = asking.house, "nelly@keystone.example"
    allows = house.building.role_allows("staff_records_officer")
    give = Give(
        "staff_records_officer", (house.academy_id(),), allows, "A request", "named", (asking.staff,),
        until_by=date(2026, 12, 1),
    )  # fmt: skip
    house.desk(ADMIN).do(give, house.person(nelly))
    desk = house.desk(nelly, NORTH)
    own, other = (desk.log.stream(key, "core.identity") for key in (asking.staff, house.pupil()))
    assert desk.discloses(own[0])
    assert not desk.discloses(own[0], alone=True)
    assert not desk.discloses(other[0])
    assert not desk.discloses(desk.log.stream(asking.applicant, "recruitment.application")[0])


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


def test_another_applicant_is_marked(asking: Asking) -> None:
    told = SheetScored(uuid4(), asking.scorer, "sift", (), TODAY, "Weaker than Bo Larsson at interview")
    put(asking.house, asking.applicant, told)
    assert asking.names(asking.applicant) == []
    asking.let_in(DPO)
    parts = asking.dpo.get(f"{asking.path}/gather/recruitment.scoring").text
    assert re.search(r"may name</\w+> [^<]*Larsson", parts)


def test_nobody_reads_gives_out_or_answers_their_own_file(asking: Asking) -> None:
    house, own = asking.house, asking.house.person(HEAD)
    put(house, own, StaffJoined("Head Teacher", "Head", "", TODAY))
    assert asking.names(own) == []
    house.let_in("staff_records_officer", own, named=[own])
    says = "This is about you. Somebody else does it."
    assert says in asking.head.post(f"{asking.path}/whole", remarks="").text
    given = {**day("answered_on", TODAY), "outcome": "refused", "words": "No"}
    assert does(asking.head, asking.path, "answer", **given) == [says]


def test_where_everything_is_left_out_it_is_read_and_answered_without_a_pack(asking: Asking) -> None:
    assert asking.names(asking.staff) == []
    asking.let_in(DPO, HEAD)
    path = f"{asking.path}/gather/core.identity"
    assert errors(asking.dpo.post(f"{path}/all", page=path, code="harm").text) == []
    assert does(asking.head, asking.path, "whole", remarks="Nothing is given") == []
    assert "Make the pack" not in asking.dpo.get(asking.path).text
    assert "Make the pack" not in asking.dpo.get(f"{asking.path}/whole").text
    given = {**day("answered_on", TODAY), "outcome": "refused", "words": "It would harm"}
    assert does(asking.dpo, asking.path, "answer", **given) == []


def test_one_of_two_records_that_is_not_to_be_read_holds_up_the_class(asking: Asking) -> None:
    other = uuid4()
    put(asking.house, other, StaffJoined("Ana Reyes", "Cook", "", TODAY))
    put(asking.house, asking.staff, StaffLeft(TODAY))
    put(asking.house, other, StaffLeft(TODAY))
    assert asking.names(asking.staff, other) == []
    desk, case = asking.house.desk(DPO, NORTH), UUID(asking.path.rpartition("/")[2])
    one = desk.see(request, case)
    assert one is not None
    assert [item.event.position for item in items(desk, one, "core.identity")] == sorted(
        event.position for key in (asking.staff, other) for event in desk.log.stream(key, "core.identity")
    )
    nelly = "nelly@keystone.example"
    asking.house.let_in("staff_records_officer", asking.house.person(nelly), named=[asking.staff])
    (kind,) = kept(asking.house.desk(nelly, NORTH), one)
    assert (kind.entries, kind.readable) == (4, False)


def test_a_tick_taken_away_stays_away_and_twenty_records_are_enough(asking: Asking) -> None:
    assert asking.names(asking.applicant) == []
    page = finds(asking.dpo, asking.path, "Larsson").text
    assert re.findall(r'value="([^"]+)" checked', page) == []
    assert str(asking.applicant) in page
    many = [uuid4() for _ in range(21)]
    assert asking.names(*many) == ["Choose 20 records at most."]
    assert asking.names() == []
    assert [one.people for one in asking.house.recorded(PeopleNamed)] == [(asking.applicant,), ()]
