"""What is kept of a pupil is gathered, decided part by part, read by a second person, and made the pack they get."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from uuid import UUID, uuid4
from zipfile import ZipFile

import httpx
import msgspec
import pytest

from core.accounts.commands import Give, NameConflict
from core.accounts.facts import PackMade
from core.audit.reasons import REASONS
from core.desk import Desk
from core.requests.facts import PackSealed, PartsDecided, RecordLeftOut, SecondRead
from core.requests.gathering import kept, whole
from core.requests.rules import Clock
from core.requests.views import Request
from events import Actor, New, Stream
from events.packs import verify
from plugins.exams.facts import EvidenceFiled
from plugins.register.facts import PlacedOnRegister
from tests.core.disposal.deciding import Child
from tests.core.house import NORTH, Browser, House, email_of, errors
from tests.core.requests.test_web import came, day, does, upn_of
from tests.core.strangers.counsel import SessionHeld

DPO, HEAD = email_of("dpo"), email_of("head", NORTH)
SEPTEMBER = date(2026, 9, 1)
SUPPORT = "register.support"


class Case:
    """A request about a pupil, and the two people who answer it."""

    def __init__(self, house: House, *, records_officer: bool = True) -> None:
        self.house = house
        house.switch_all_on()
        self.friend = house.pupil(surname="Shah", forename="Priya")
        placed = PlacedOnRegister("K", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen in class with Priya Shah")
        self.pupil = house.pupil(placed, surname="Quillfeather", forename="Maya")
        if records_officer:
            for email in (DPO, HEAD):
                house.let_in("records_officer", house.person(email), named=[self.pupil])
        self.dpo, self.head = house.browser(DPO), house.browser(HEAD)
        self.path = came(self.dpo, upn=upn_of(house, self.pupil))

    def pieces(self, record: str = SUPPORT) -> dict[str, str]:
        """What can be held back: label, and the name of its field."""
        page = self.dpo.get(f"{self.path}/gather/{record}").text
        return {label: name for name, label in re.findall(r'<label class="ts-each" for="([^"]+)">([^<]+)<', page)}

    def decides(self, someone: Browser, record: str = SUPPORT, **fields: str) -> list[str]:
        return errors(someone.post(f"{self.path}/gather/{record}", **fields).text)

    def reads(self, someone: Browser) -> list[str]:
        return does(someone, self.path, "whole", remarks="Nothing more")

    def tries_to_make(self, someone: Browser) -> httpx.Response:
        """Sends what the page does not offer."""
        return someone.raw_post(f"{self.path}/pack", data=someone.form(f"{self.path}/gather"))

    def made(self, someone: Browser) -> bytes:
        answer = someone.post(f"{self.path}/pack", page=f"{self.path}/whole")
        assert answer.status_code == 303, errors(answer.text)
        page = someone.get(answer.headers["location"]).text
        href = re.search(r'href="([^"]*pack\.zip[^"]*)"', page)
        assert href
        return someone.get(href[1]).content


@pytest.fixture
def case(house: House) -> Case:
    return Case(house)


def test_from_gathering_to_the_pack_that_is_given(case: Case) -> None:
    page = case.dpo.get(f"{case.path}/gather").text
    assert "Register line: provision and needs" in page
    parts = case.dpo.get(f"{case.path}/gather/{SUPPORT}").text
    assert "may name" in parts
    assert "Priya Shah" in parts
    reason = case.pieces()["Reason"]
    assert case.decides(case.dpo, **{reason: "other_person"}) == []
    assert case.reads(case.head) == []
    raw = case.made(case.dpo)
    told = ZipFile(BytesIO(raw)).read("record.html").decode()
    assert "Priya" not in told
    assert REASONS["other_person"] in told
    assert "Who looked" in told
    assert verify.check(raw, [], [])["answer"] == "consistent with itself only"
    (sealed,) = case.house.recorded(PackSealed)
    left = [one.fact for one in case.house.facts(PackMade, f"{NORTH}-reads")]
    assert {one.pack for one in left if isinstance(one, PackMade)} == {sealed.sha256}
    answered = {**day("answered_on", date(2026, 11, 16)), "outcome": "part", "words": "All but a friend's words"}
    assert does(case.dpo, case.path, "answer", **answered) == []
    assert case.dpo.get(f"{case.path}/gather").status_code == 404


def test_what_is_decided_after_it_was_read_is_read_again(case: Case) -> None:
    reason = case.pieces()["Reason"]
    assert case.reads(case.head) == []
    assert "Make the pack" in case.dpo.get(f"{case.path}/whole").text
    assert case.decides(case.dpo, **{reason: "confidence"}) == []
    assert "Make the pack" not in case.dpo.get(f"{case.path}/whole").text
    refused = case.tries_to_make(case.dpo)
    assert errors(refused.text) == ["A second person must have read what goes out; not you."]
    assert case.house.recorded(PackSealed) == []


def test_what_is_recorded_after_it_was_read_is_read_again(case: Case) -> None:
    assert case.reads(case.head) == []
    case.house.tell(case.pupil, PlacedOnRegister("K", ("SEMH",), SEPTEMBER, SEPTEMBER, "Again"))
    refused = case.tries_to_make(case.dpo)
    assert errors(refused.text) == ["Something was recorded or decided since it was read. It is read again first."]


def test_what_a_page_fills_in_by_itself_is_held_to_the_limits_of_the_command(case: Case) -> None:
    assert does(case.head, case.path, "whole", remarks="r" * 2001) == ["Remarks is too long."]
    assert does(case.head, case.path, "whole", remarks="r" * 2000) == []


def test_whoever_read_it_does_not_make_the_pack(case: Case) -> None:
    assert case.reads(case.dpo) == []
    assert "Make the pack" not in case.dpo.get(f"{case.path}/whole").text
    refused = case.tries_to_make(case.dpo)
    assert errors(refused.text) == ["A second person must have read what goes out; not you."]
    assert case.tries_to_make(case.head).status_code == 403


def test_a_record_left_out_whole_leaves_no_trace_in_the_pack(case: Case) -> None:
    path = f"{case.path}/gather/{SUPPORT}"
    assert errors(case.dpo.post(f"{path}/all", page=path, code="harm").text) == []
    assert "held back whole" in case.dpo.get(f"{case.path}/gather").text
    assert case.reads(case.head) == []
    record = msgspec.json.decode(ZipFile(BytesIO(case.made(case.dpo))).read("record.json"))
    assert "SLCN" not in str(record)
    assert "held back" not in str(record)
    case.house.as_role("senco").get(f"/{NORTH}/pupils/{case.pupil}")
    assert record["looks"]
    assert "Register line" not in str(record["looks"])
    assert errors(case.dpo.post(f"{path}/all", page=path, code="").text) == []
    assert "held back whole" not in case.dpo.get(f"{case.path}/gather").text


def test_documents_go_with_the_entries_that_name_them(case: Case) -> None:
    letter = b"%PDF-1.7 a letter %%EOF"
    log = case.house.desk(urn=NORTH).log
    kept = log.keep(Stream(case.pupil, "exams.evidence"), letter)
    filed = EvidenceFiled("specialist", "", SEPTEMBER, kept, "From the clinic")
    log.append([New(case.pupil, filed)], command_id=uuid4(), actor=Actor(uuid4(), "Exams officer", "test"))
    assert case.reads(case.head) == []
    pack = ZipFile(BytesIO(case.made(case.dpo)))
    (name,) = [one for one in pack.namelist() if one.startswith("documents/")]
    assert pack.read(name) == letter
    assert f'href="{name}"' in pack.read("record.html").decode()
    what = case.pieces("exams.evidence")["What happened"]
    assert case.decides(case.dpo, "exams.evidence", **{what: "reference"}) == []
    assert case.reads(case.head) == []
    without = ZipFile(BytesIO(case.made(case.dpo)))
    assert not [one for one in without.namelist() if one.startswith("documents/")]


def test_without_names_nobody_who_recorded_or_looked_is_named(case: Case) -> None:
    assert errors(case.dpo.post(f"{case.path}/gather", by="other_person").text) == []
    assert case.reads(case.head) == []
    raw = case.made(case.dpo)
    told = msgspec.json.decode(ZipFile(BytesIO(raw)).read("record.json"))
    assert told["looks"]
    assert {one["who"] for one in told["looks"]} <= {"Data protection officer", "Head"}


def test_what_a_grant_was_for_is_not_told(case: Case) -> None:
    case.house.desk().do(
        Give("dsl", (case.house.academy_id(),), case.house.building.role_allows("dsl"), "Father of Priya is alleged"),
        case.house.person(email_of("send_admin", NORTH)),
    )
    case.house.as_role("send_admin").get(f"/{NORTH}/pupils/{case.pupil}")
    assert case.reads(case.head) == []
    assert "alleged" not in str(ZipFile(BytesIO(case.made(case.dpo))).read("record.json"))


def test_the_second_person_sees_documents_looks_and_what_is_left_out(case: Case) -> None:
    letter = b"%PDF-1.7 a letter %%EOF"
    log = case.house.desk(urn=NORTH).log
    kept = log.keep(Stream(case.pupil, "exams.evidence"), letter)
    filed = EvidenceFiled("specialist", "", SEPTEMBER, kept, "From the clinic")
    log.append([New(case.pupil, filed)], command_id=uuid4(), actor=Actor(uuid4(), "Exams officer", "test"))
    path = f"{case.path}/gather/{SUPPORT}"
    assert errors(case.dpo.post(f"{path}/all", page=path, code="confidence").text) == []
    page = case.head.get(f"{case.path}/whole").text
    assert REASONS["confidence"] in page
    assert "Register line: provision and needs" in page
    assert "Who looked" in page
    href = re.search(r'href="(documents/[^"]+)"', page)
    assert href
    assert case.head.get(f"{case.path}/{href[1]}").content == letter
    assert href[1] in case.dpo.get(f"{case.path}/gather/exams.evidence").text
    assert case.head.get(f"{case.path}/documents/{uuid4()}/1").status_code == 404


def test_a_records_officer_gives_nothing_out_alone(case: Case) -> None:
    upn = upn_of(case.house, case.pupil)
    asked = case.dpo.post(f"/{NORTH}/audit/pack", purpose="A friend asked", pupil=upn, plugin="register")
    assert errors(asked.text) == ["Nothing was recorded that fits, and that you may show."]


def test_a_records_officer_for_one_child_finds_no_other(house: House) -> None:
    house.switch_all_on()
    mine, other = house.pupil(surname="Alpha"), house.pupil(surname="Quillfeather")
    house.let_in("records_officer", house.person("nelly@keystone.example"), named=[mine])
    nelly = house.browser("nelly@keystone.example")
    assert nelly.get(f"/{NORTH}/disposal").status_code == 403
    assert nelly.get(f"/{NORTH}/pupils/{other}").status_code == 404
    assert "Quillfeather" not in nelly.get(f"/{NORTH}/pupils").text


def test_a_pack_that_is_not_the_one_that_was_read_is_not_given(case: Case) -> None:
    assert case.reads(case.head) == []
    answer = case.dpo.post(f"{case.path}/pack", page=f"{case.path}/whole")
    page = case.dpo.get(answer.headers["location"]).text
    href = re.search(r'href="([^"]*pack\.zip[^"]*)"', page)
    assert href
    other = came(case.dpo, upn=upn_of(case.house, case.friend))
    assert case.dpo.get(href[1].replace(case.path, other)).status_code == 404
    assert case.decides(case.dpo, **{case.pieces()["Reason"]: "confidence"}) == []
    assert case.dpo.get(href[1]).status_code == 404


def test_an_answer_leaves_by_the_pages_of_its_request_alone(case: Case) -> None:
    assert case.reads(case.head) == []
    answer = case.dpo.post(f"{case.path}/pack", page=f"{case.path}/whole")
    query = answer.headers["location"].partition("?")[2]
    around = f"/{NORTH}/audit/pack/{uuid4()}"
    for page in ("made", "pack.zip"):
        assert case.dpo.get(f"{around}/{page}?{query}").status_code == 404


def test_nothing_is_answered_before_the_pack_is_made(case: Case) -> None:
    assert case.reads(case.head) == []
    given = {**day("answered_on", date(2026, 11, 16)), "outcome": "given", "words": "All of it"}
    assert does(case.dpo, case.path, "answer", **given) == [
        "Make the pack of what was read first: that is what they are given."
    ]


def test_whoever_is_close_to_the_child_is_told_nothing_anywhere(case: Case) -> None:
    identity = case.house.desk(email_of("identity_admin"))
    identity.do(NameConflict(case.pupil, "Their child"), case.house.person(HEAD))
    for path in ("", "/gather", f"/gather/{SUPPORT}", "/whole"):
        assert case.head.get(f"{case.path}{path}").status_code == 404
    assert case.path not in case.head.get(f"/{NORTH}/audit").text
    desk = case.house.desk(HEAD, NORTH)
    assert desk.history(UUID(case.path.rpartition("/")[2])) == []
    identity.do(NameConflict(case.friend, "A friend's child"), case.house.person(DPO))
    said = PlacedOnRegister("K", ("SEMH",), SEPTEMBER, SEPTEMBER, "Bullied by Maya Quillfeather")
    case.house.tell(case.friend, said)
    assert "In none that is kept here." in case.dpo.get(f"{case.path}/gather").text


def test_what_a_plugin_left_whose_code_is_gone_is_given_too(counselled: House) -> None:
    held = SessionHeld(SEPTEMBER, 30, "group", ("worry",), True, "Spoke of home")
    pupil, other = counselled.pupil(), counselled.pupil()
    told = [New(pupil, held), New(other, held)]
    counselled.desk(urn=NORTH).log.append(told, command_id=uuid4(), actor=Actor(uuid4(), "Counsellor", "test"))
    counselled.let_in("records_officer", counselled.person(DPO), named=[pupil])
    building = counselled.open(plugins=("register",))
    known, there = building.person_by_email(DPO), building.academy(NORTH)
    assert known
    assert there
    desk = Desk(building, *known, there[0], "test")
    one = Request("access", pupil, "", "", Clock(SEPTEMBER))
    found = {each.record: each for each in kept(desk, one)}
    assert found["counsel.session"].off
    assert found["counsel.session"].readable
    assert "Spoke of home" in str([entry.recorded for entry in whole(desk, one).told])
    another = Request("access", other, "", "", Clock(SEPTEMBER))
    assert not {each.record: each for each in kept(desk, another)}["counsel.session"].readable


def test_a_pack_of_what_was_destroyed_since_does_not_leave(case: Case) -> None:
    assert case.reads(case.head) == []
    answer = case.dpo.post(f"{case.path}/pack", page=f"{case.path}/whole")
    page = case.dpo.get(answer.headers["location"]).text
    href = re.search(r'href="([^"]*pack\.zip[^"]*)"', page)
    assert href
    assert Child(case.house, case.pupil).destroy(SUPPORT).status_code == 303
    assert case.dpo.get(href[1]).status_code == 404


def test_a_class_that_is_none_is_not_left_out(case: Case) -> None:
    form = case.dpo.form(f"{case.path}/gather") | {"code": "harm"}
    answer = case.dpo.raw_post(f"{case.path}/gather/no.such.thing/all", data=form)
    assert answer.status_code in (404, 422)
    assert case.house.recorded(RecordLeftOut) == []


def test_where_one_goes_on_to_is_a_page_of_a_list_and_nothing_else(case: Case) -> None:
    path, reason = f"{case.path}/gather/{SUPPORT}", case.pieces()["Reason"]
    typed = case.dpo.form(path) | {reason: "confidence", "page": "1\r\nX-A: b\u00e9"}
    answer = case.dpo.raw_post(path, data=typed)
    assert answer.headers["location"] == f"{path}?page=1"


def test_a_switched_off_plugin_is_searched_all_the_same(case: Case) -> None:
    case.house.switch(NORTH, on=False)
    page = case.dpo.get(f"{case.path}/gather").text
    assert "switched off" in page
    assert case.reads(case.head) == []
    assert b"SLCN" in ZipFile(BytesIO(case.made(case.dpo))).read("record.json")


def test_whoever_may_not_read_it_cannot_say_that_it_may_go_out(house: House) -> None:
    case = Case(house, records_officer=False)
    assert "you may not read it" in case.dpo.get(f"{case.path}/gather").text
    assert "You may not read" in case.dpo.get(f"{case.path}/whole").text
    assert case.dpo.get(f"{case.path}/gather/{SUPPORT}").text.count("SLCN") == 0
    told = case.dpo.raw_post(f"{case.path}/whole", data=case.dpo.form(f"{case.path}/gather") | {"digest": "0" * 64})
    assert errors(told.text)[0].startswith("You may not read")
    assert house.recorded(SecondRead) == []


def test_those_whose_records_name_the_pupil_are_counted(case: Case) -> None:
    said = PlacedOnRegister("K", ("SEMH",), SEPTEMBER, SEPTEMBER, "Bullied by Maya Quillfeather")
    case.house.tell(case.friend, said)
    page = case.dpo.get(f"{case.path}/gather").text
    assert re.search(r"Named in records of others.*1 entry", page, re.DOTALL)


@pytest.mark.parametrize(
    ("fields", "says"),
    [({"by": "because"}, "Choose a reason from the list."), ({"by": ""}, "Nothing was changed.")],
)
def test_a_reason_is_one_of_the_list(case: Case, fields: dict[str, str], says: str) -> None:
    assert errors(case.dpo.post(f"{case.path}/gather", **fields).text) == [says]
    assert case.house.recorded(PartsDecided) == []


@pytest.mark.parametrize("role", ["senco", "dsl", "class_teacher"])
def test_nobody_else_gathers_anything(case: Case, role: str) -> None:
    someone = case.house.as_role(role)
    for path in ("gather", f"gather/{SUPPORT}", "whole"):
        assert someone.get(f"{case.path}/{path}").status_code == 403


def test_a_request_of_nobody_here_has_nothing_to_gather(house: House) -> None:
    dpo = house.browser(DPO)
    case = came(dpo)
    assert dpo.get(f"{case}/gather").status_code == 404
    other = UUID(int=1)
    assert dpo.get(f"/{NORTH}/requests/{other}/whole").status_code == 404
