"""What is need to know: for whoever may not, no entry, no count, no kind, and no refusal in words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

import httpx
import pytest
from click.testing import CliRunner

from core.accounts.commands import Give
from core.accounts.facts import Exported, Opened
from core.audit.lengths import lengths_known
from core.audit.web.entry import entry_page
from core.cli.asking import Line
from core.cli.proving import verify_command
from core.desk import Desk
from core.errors import NotAllowed, NotFound, Refused, Stale
from core.roll.facts import StaffJoined
from events import Event, New
from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.house import NORTH, SOUTH, Browser, House, email_of, on
from tests.core.strangers.counsel import HoldSession, SessionHeld, SetRoom, sessions

SEPTEMBER, MONDAY = date(2026, 9, 1), date(2026, 11, 16)
TRAIL = f"/{NORTH}/audit"
NELLY = "nelly@keystone.example"
KNOWERS = ("designated_teacher", "dsl")
_TOKEN = re.compile(r'name="token" value="[^"]*"')


def held(day: date = SEPTEMBER) -> SessionHeld:
    return SessionHeld(day, 30, "alone", ("worry",), True, "Came by herself")


def tell_secret(house: House, pupil: UUID, day: date = SEPTEMBER) -> int:
    """Records a session; returns its place in the log."""
    teacher = house.desk(email_of("designated_teacher", NORTH), NORTH)
    (position,) = teacher.record([New(pupil, held(day))], command_id=uuid4())
    return position


def a_pupil(house: House, **about: str) -> UUID:
    placed = PlacedOnRegister("E", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen in class")
    return house.pupil(placed, PlanIssued(SEPTEMBER), **about)


def tutor(house: House) -> None:
    """The class teacher is the tutor of form 4B, and so has its pupils in their caseload."""
    house.tell(house.person(email_of("class_teacher", NORTH)), StaffJoined("Ms Cole", "Teacher", "4B", SEPTEMBER))


def bare(answer: httpx.Response) -> tuple[int, str]:
    """An answer without what is drawn anew each time."""
    return answer.status_code, _TOKEN.sub("", answer.text)


def found(someone: Browser, address: str = TRAIL, **fields: str) -> list[int]:
    """Places in the log that a filtered trail lists."""
    where = someone.post(address, **fields).headers["location"] if fields else address
    page = someone.get(where).text.replace(",", "")
    return [int(one) for one in re.findall(r"Entry </span>(\d+)</a>", page)]


def knower_with_trail(house: House) -> Browser:
    for role in ("senco", "designated_teacher"):
        house.grant(role, NELLY)
    return house.browser(NELLY)


# Two pupils, alike but for the secret


def pages_about(house: House, someone: Browser, pupil: UUID, surname: str) -> dict[str, tuple[int, str]]:
    """Every page about a pupil, and every list filtered for the pupil, as this person sees them."""
    gets = [
        f"/{NORTH}/pupils/{pupil}",
        f"/{NORTH}/register/pupils/{pupil}/change",
        f"/{NORTH}/register/plans/{pupil}",
        f"/{NORTH}/register/plans/{pupil}/new",
        f"/{NORTH}/counsel/{pupil}",
    ]
    gets += [
        f"/{NORTH}/pupils/{pupil}/entries/{event.position}/withdraw"
        for event in house.events()
        if event.subject == pupil and event.record != "counsel.session"
    ]
    answers = {address: bare(someone.get(address)) for address in gets}
    for address, field in ((f"/{NORTH}/pupils", "q"), (f"/{NORTH}/register", "q"), (TRAIL, "pupil")):
        if someone.get(address).status_code == 200:
            answers[address] = bare(someone.get(someone.post(address, **{field: surname}).headers["location"]))
    return answers


def alike(answers: dict[str, tuple[int, str]], pupil: UUID, surname: str, upn: str) -> list[tuple[str, int, str]]:
    """The answers with what is the pupil's own replaced: id, names, UPN, and places in the log."""
    told = []
    for address, (status, text) in answers.items():
        for own, instead in ((str(pupil), "PUPIL"), (surname, "NAME"), (upn, "UPN")):
            text, address = text.replace(own, instead), address.replace(own, instead)  # noqa: PLW2901
        text = re.sub(r"(audit|entries)/\d+|(?<=Entry </span>)[\d,]+|\?[\w&;=%.-]+", "", text)  # noqa: PLW2901
        told.append((re.sub(r"entries/\d+", "", address), status, text))
    return told


@pytest.mark.parametrize("role", ["class_teacher", "senco", "head"])
def test_two_pupils_alike_but_for_the_secret_look_alike(counselled: House, role: str) -> None:
    tutor(counselled)
    one, other = a_pupil(counselled, surname="Adeyemi"), a_pupil(counselled, surname="Blaskett")
    tell_secret(counselled, one)
    tell_secret(counselled, one, MONDAY)
    someone = counselled.as_role(role)
    upns = {event.subject: event.fact.upn for event in counselled.events() if hasattr(event.fact, "upn")}
    first = pages_about(counselled, someone, one, "Adeyemi")
    second = pages_about(counselled, someone, other, "Blaskett")
    assert 200 in {status for status, _ in first.values()}
    assert alike(first, one, "Adeyemi", upns[one]) == alike(second, other, "Blaskett", upns[other])


def test_whoever_may_know_sees_the_difference(counselled: House) -> None:
    one, other = a_pupil(counselled, surname="Adeyemi"), a_pupil(counselled, surname="Blaskett")
    tell_secret(counselled, one)
    teacher = counselled.as_role("designated_teacher")
    assert "Counselling" in teacher.get(f"/{NORTH}/pupils/{one}").text.partition("<main")[2]
    assert "Counselling" not in teacher.get(f"/{NORTH}/pupils/{other}").text.partition("<main")[2]
    assert teacher.get(f"/{NORTH}/counsel/{one}").text == "1 sessions"


# Before and after it is recorded


def everything(house: House, someone: Browser, pupil: UUID) -> dict[str, tuple[int, str]]:
    """Every page this person has, as it is drawn."""
    addresses = [f"/{NORTH}", f"/{NORTH}/pupils", f"/{NORTH}/register", f"/{NORTH}/pupils/{pupil}", f"/{NORTH}/staff"]
    addresses += [TRAIL, f"{TRAIL}?plugin=counsel", f"{TRAIL}?page=2", f"{TRAIL}?log=reads", "/rules", "/nowhere"]
    addresses += [f"{TRAIL}?person={house.person(email_of('designated_teacher', NORTH))}"]
    addresses += [f"{TRAIL}/{at}{of}" for at in range(house.log_size() + 3) for of in ("", "?log=reads")]
    return {address: bare(someone.get(address)) for address in addresses}


@pytest.mark.parametrize("role", ["class_teacher", "senco", "head"])
def test_nothing_anywhere_changes_when_the_secret_is_recorded(counselled: House, role: str) -> None:
    tutor(counselled)
    pupil = a_pupil(counselled)
    someone = counselled.as_role(role)
    everything(counselled, someone, pupil)  # that they opened it is recorded once
    before = everything(counselled, someone, pupil)
    position = tell_secret(counselled, pupil)
    teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
    teacher.opened(pupil, ["counsel.session"])
    teacher.exported("who sees the counsellor", "counsel.session", 1)
    teacher.withdraw(teacher.entry(pupil, position), "Another child", uuid4())
    after = everything(counselled, someone, pupil)
    assert {address: after[address] for address in before} == before
    for reads in ("", "?log=reads"):
        missing = bare(someone.get(f"{TRAIL}/99999{reads}"))
        size = counselled.log_size(f"{NORTH}-reads" if reads else NORTH)
        assert all(bare(someone.get(f"{TRAIL}/{at}{reads}")) == missing for at in range(size - 2, size))


def test_who_may_know_finds_the_entries_and_who_looked(counselled: House) -> None:
    pupil = a_pupil(counselled)
    position = tell_secret(counselled, pupil)
    teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
    teacher.opened(pupil, ["counsel.session"])
    teacher.exported("who sees the counsellor", "counsel.session", 1)
    (opened,) = (event for event in counselled.facts(Opened, f"{NORTH}-reads") if event.record == "counsel.session")
    (exported,) = counselled.facts(Exported, f"{NORTH}-reads")
    senco, knower = counselled.as_role("senco"), knower_with_trail(counselled)
    for someone, knows in ((senco, False), (knower, True)):
        assert (position in found(someone)) is knows
        assert (position in found(someone, plugin="counsel")) is knows
        assert {opened.position, exported.position} <= set(found(someone, f"{TRAIL}?log=reads")) or not knows
        assert (opened.position in found(someone, f"{TRAIL}?log=reads")) is knows
        assert (exported.position in found(someone, f"{TRAIL}?log=reads")) is knows
        assert (someone.get(f"{TRAIL}/{position}").status_code == 200) is knows
        assert (someone.get(f"{TRAIL}/{exported.position}?log=reads").status_code == 200) is knows
    assert "Saw the counsellor for 30 minutes" in knower.get(f"{TRAIL}/{position}").text


def test_who_may_know_of_their_own_caseload_finds_no_more(counselled: House) -> None:
    own, other = a_pupil(counselled), counselled.pupil(form="4C")
    counselled.grant("senco", NELLY)
    person = counselled.person(NELLY)
    counselled.tell(person, StaffJoined("Ms New", "Teacher", "4B", SEPTEMBER))
    give = Give("governor", (counselled.academy_id(),), {}, "Their form", own={"counsel.session": ("read",)})
    counselled.desk().do(give, person)
    mine, theirs = tell_secret(counselled, own), tell_secret(counselled, other)
    counselled.desk(email_of("designated_teacher", NORTH), NORTH).exported("everyone", "counsel.session", 2)
    (exported,) = counselled.facts(Exported, f"{NORTH}-reads")
    someone = counselled.browser(NELLY)
    assert set(found(someone, plugin="counsel")) == {mine}
    assert theirs not in found(someone)
    assert exported.position in found(someone, f"{TRAIL}?log=reads")  # of the academy: for whoever holds it for anyone
    assert "Signed checkpoint" not in someone.get(TRAIL).text


def test_lists_count_what_may_be_found_and_links_pass_over_the_rest(counselled: House) -> None:
    pupil = a_pupil(counselled)
    first, second = tell_secret(counselled, pupil), tell_secret(counselled, pupil, MONDAY)
    last = counselled.pupil()
    counselled.building.store.sign_all()
    size = counselled.log_size()
    senco, knower = counselled.as_role("senco"), knower_with_trail(counselled)
    told = senco.get(TRAIL).text
    assert f"of {size - 2}</caption>" in told
    assert f"{size - 2} entries in this log" in told
    assert f"<dd>{size - 2}<small>in this log" in told
    assert "Signed checkpoint" not in told
    assert f">{size}<" not in told
    assert f"of {size}</caption>" in knower.get(TRAIL).text
    assert "covers every entry" in knower.get(TRAIL).text
    (after,) = (event.position for event in counselled.events() if event.subject == last)
    page = senco.get(f"{TRAIL}/{after}").text
    assert (first, second) == (after - 2, after - 1)
    assert f'href="{TRAIL}/{after - 3}" rel="prev"' in page
    assert f"checkpoint of {size}" not in page
    assert f'href="{TRAIL}/{after}" rel="next"' in senco.get(f"{TRAIL}/{after - 3}").text
    assert f'href="{TRAIL}/{first}" rel="next"' in knower.get(f"{TRAIL}/{after - 3}").text


def test_what_another_process_records_meanwhile_is_not_there_either(counselled: House) -> None:
    pupil = a_pupil(counselled)
    senco = counselled.desk(email_of("senco", NORTH), NORTH)
    teacher = counselled.building.person_by_email(email_of("designated_teacher", NORTH))
    assert teacher is not None
    beside = Desk(counselled.open(), *teacher, counselled.academy_id())
    (position,) = beside.record([New(pupil, held())], command_id=uuid4())
    with pytest.raises(NotFound):
        entry_page(senco, senco.log, position)


def test_whoever_reads_no_trail_is_told_no_length(counselled: House) -> None:
    pupil = counselled.pupil()
    tutor(counselled)
    page = counselled.as_role("class_teacher").get(f"/{NORTH}/pupils/{pupil}").text
    assert "entries in this log" not in page
    assert "entries in this log" in counselled.as_role("senco").get(f"/{NORTH}/pupils/{pupil}").text


def test_where_nothing_is_need_to_know_the_length_is_told(counselled: House) -> None:
    counselled.building.store.sign_all()
    assert "Signed checkpoint" in counselled.as_role("senco", SOUTH).get(f"/{SOUTH}/audit").text
    assert "Signed checkpoint" not in counselled.as_role("senco").get(TRAIL).text


@pytest.mark.parametrize("gone", ["off", "removed"])
def test_a_plugin_that_is_off_or_gone_still_leaves_no_trace(counselled: House, gone: str) -> None:
    position = tell_secret(counselled, a_pupil(counselled))
    counselled.switch(on=False, plugin="counsel")
    building = counselled.building if gone == "off" else counselled.open(plugins=("register",))
    for email, knows in ((email_of("senco", NORTH), False), (email_of("designated_teacher", NORTH), True)):
        person = building.person_by_email(email)
        assert person is not None
        desk = Desk(building, *person, counselled.academy_id())
        assert (position in desk.unfound(desk.log)) is not knows
        assert desk.finds_all is knows


def test_at_the_centre_it_is_the_same(counselled: House) -> None:
    director = counselled.desk(email_of("send_director"))
    assert director.need_to_know == {"counsel.session"}
    director.exported("Counselling, academy by academy", "counsel.session", 2)
    (exported,) = counselled.facts(Exported, "trust-reads")
    dpo = counselled.as_role("dpo")
    assert exported.position not in found(dpo, "/audit?log=reads")
    assert dpo.get(f"/audit/{exported.position}?log=reads").status_code == 404
    assert lengths_known(counselled.desk(email_of("dpo"))) == {SOUTH, f"{SOUTH}-reads"}
    page = dpo.get(dpo.post("/audit/verify", page="/audit").headers["location"]).text
    assert "All entries in" in page
    assert re.findall(r'data-l="Entries">([\d,]*)<', page).count("") == 4


def test_a_class_that_only_readings_are_of_leaves_no_trace_either(
    counselled: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.desk import seeing

    pupil = a_pupil(counselled)
    monkeypatch.setattr(seeing.Seeing, "need_to_know", frozenset({"counsel.flag"}))
    counselled.desk(email_of("designated_teacher", NORTH), NORTH).opened(pupil, ["counsel.flag"])
    (opened,) = counselled.facts(Opened, f"{NORTH}-reads")
    assert counselled.as_role("senco").get(f"{TRAIL}/{opened.position}?log=reads").status_code == 404
    assert found(counselled.as_role("senco"), f"{TRAIL}?log=reads") == [1, 0]


def test_the_command_line_tells_a_person_no_length_they_may_not_know(counselled: House) -> None:
    def verified(acting: str | None, *more: str) -> str:
        line = Line({"TALLYSTICK_HOME": str(counselled.home)}, acting)
        line._building = counselled.building
        answer = CliRunner().invoke(verify_command, list(more), obj=line)
        assert answer.exit_code == 0, answer.output
        return answer.stdout

    tell_secret(counselled, a_pupil(counselled))
    size = f"{NORTH}: {counselled.log_size():,} entries, root"
    assert size in verified(None)
    assert size not in verified(email_of("dpo"))
    assert f"{SOUTH}: {counselled.log_size(SOUTH)} entries, root" in verified(email_of("dpo"))
    logs = {one["log"]: one for one in json.loads(verified(email_of("dpo"), "--json"))["logs"]}
    assert "size" not in logs[NORTH]
    assert logs[SOUTH]["size"] == counselled.log_size(SOUTH)


def test_the_plugin_is_not_offered_as_a_filter_where_all_of_it_is_secret(
    counselled: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = re.compile(r'<option value="counsel"')
    assert options.search(counselled.as_role("senco").get(TRAIL).text)  # its rooms anyone may find
    from core.desk import seeing

    both = frozenset({"counsel.session", "counsel.room"})
    monkeypatch.setattr(seeing.Seeing, "need_to_know", both)
    assert not options.search(counselled.as_role("senco").get(TRAIL).text)
    assert options.search(knower_with_trail(counselled).get(TRAIL).text)


def test_the_page_that_switches_a_plugin_off_does_not_tell_whether_it_holds_anything(counselled: House) -> None:
    director = counselled.as_role("send_director")
    address = f"/plugins/{NORTH}/counsel"
    before = bare(director.get(address))
    tell_secret(counselled, a_pupil(counselled))
    assert bare(director.get(address)) == before


# Nobody who may not know hears a decision refused in words


def deeds(desk: Desk, pupil: UUID) -> dict[str, Callable[[], object]]:
    again = HoldSession(SEPTEMBER, 30)
    return {
        "do": lambda: desk.do(again, pupil),
        "do, from an old form": lambda: desk.do(again, pupil, seen=0),
        "would": lambda: desk.would(again, pupil),
        "seen_for": lambda: desk.seen_for(HoldSession, pupil),
        "keep": lambda: desk.keep(pupil, "counsel.session", b"letter"),
    }


@pytest.mark.parametrize("role", ["class_teacher", "senco", "head"])
def test_whoever_may_not_know_is_turned_away_before_anything_is_decided(counselled: House, role: str) -> None:
    tutor(counselled)
    one, other = a_pupil(counselled), a_pupil(counselled)
    tell_secret(counselled, one)
    desk, size = counselled.desk(email_of(role, NORTH), NORTH), counselled.log_size()
    for pupil in (one, other):
        for deed in deeds(desk, pupil).values():
            with pytest.raises(NotAllowed):
                deed()
        with pytest.raises(NotFound):
            desk.see(sessions, pupil)
        assert [event.kind for event in desk.history(pupil)] == [
            kind
            for kind in ("register.plan_issued/1", "register.placed/1", "roll.pupil_enrolled/1")
            if role != "class_teacher" or kind.startswith("roll.")
        ]
    assert counselled.log_size() == size


def test_whoever_reads_and_may_not_write_hears_the_decision_but_records_nothing(counselled: House) -> None:
    pupil = a_pupil(counselled)
    tell_secret(counselled, pupil)
    desk = counselled.desk(email_of("dsl", NORTH), NORTH)
    with pytest.raises(Refused) as refused:
        desk.do(HoldSession(SEPTEMBER, 30), pupil)
    assert refused.value.code == "no_change"
    with pytest.raises(NotAllowed):
        desk.do(HoldSession(MONDAY, 30), pupil)
    with pytest.raises(Stale):
        desk.do(HoldSession(MONDAY, 30), pupil, seen=0)


def test_a_command_that_rests_on_nothing_is_decided_for_whoever_writes_something_of_its_plugin(
    counselled: House,
) -> None:
    with pytest.raises(NotAllowed):
        counselled.desk(email_of("senco", NORTH), NORTH).do(SetRoom("nowhere"))
    with pytest.raises(Refused):
        counselled.desk(email_of("head", NORTH), NORTH).do(SetRoom("nowhere"))


def test_an_entry_of_it_is_taken_back_only_by_whoever_may_write_it(counselled: House) -> None:
    pupil = a_pupil(counselled)
    position = tell_secret(counselled, pupil)
    for role in ("senco", "head"):
        desk = counselled.desk(email_of(role, NORTH), NORTH)
        with pytest.raises(NotFound):
            desk.entry(pupil, position)
        address = f"/{NORTH}/pupils/{pupil}/entries"
        someone = counselled.as_role(role)
        assert bare(someone.get(f"{address}/{position}/withdraw")) == bare(someone.get(f"{address}/999/withdraw"))
    event = _event(counselled, position)
    dsl = counselled.desk(email_of("dsl", NORTH), NORTH)
    with pytest.raises(NotAllowed):
        dsl.withdraw(event, "Another child", uuid4())
    teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
    teacher.withdraw(event, "Another child", uuid4())
    with pytest.raises(NotAllowed):
        dsl.withdraw(event, "Another child", uuid4())
    with pytest.raises(Refused):
        teacher.withdraw(event, "Another child", uuid4())


def test_a_file_is_kept_and_read_by_whoever_may(counselled: House) -> None:
    pupil, other = counselled.pupil(), counselled.pupil()
    teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
    kept = teacher.keep(pupil, "counsel.session", b"A letter")
    assert counselled.desk(email_of("dsl", NORTH), NORTH).document(pupil, "counsel.session", kept) == b"A letter"
    with pytest.raises(NotFound):
        counselled.desk(email_of("senco", NORTH), NORTH).document(pupil, "counsel.session", kept)
    with pytest.raises(NotAllowed):
        counselled.desk(email_of("dsl", NORTH), NORTH).keep(other, "counsel.session", b"A letter")


def test_what_others_recorded_meanwhile_is_told_without_the_secret(counselled: House) -> None:
    pupil = a_pupil(counselled)
    senco = counselled.as_role("senco")
    path = f"/{NORTH}/register/pupils/{pupil}/change"
    form = senco.form(path) | {"provision": "K", "need_1": "SLCN", "reason": "Moved", "go": "record"}
    tell_secret(counselled, pupil)
    counselled.tell(pupil, PlacedOnRegister("K", ("ASD",), SEPTEMBER, SEPTEMBER, "Again"))
    answer = senco.raw_post(path, data=form | on("on", MONDAY))
    assert answer.status_code == 409
    assert "Placed on the register" in html.unescape(answer.text)
    assert "counsellor" not in answer.text.partition("<main")[2]


def _event(house: House, position: int) -> Event:
    return house.building.store.log(NORTH).event(position)
