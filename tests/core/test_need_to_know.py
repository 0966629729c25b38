"""What is need to know: for whoever may not, no entry, no count, no kind and no number that is missing."""

from __future__ import annotations

import json
import re
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner

from core.accounts.commands import Give
from core.accounts.facts import Exported, Opened
from core.audit.lengths import lengths_known
from core.audit.web.entry import entry_page
from core.cli.asking import Line
from core.cli.proving import verify_command
from core.desk import Desk
from core.errors import NotFound
from core.roll.facts import StaffJoined
from events import New
from tests.core.counselling import (
    MONDAY,
    NELLY,
    SEPTEMBER,
    TRAIL,
    a_pupil,
    bare,
    found,
    held,
    knower_with_trail,
    tell_secret,
    tutor,
)
from tests.core.house import NORTH, SOUTH, Browser, House, email_of, verified
from tests.core.roll.web.test_importing import confirm, preview, row, small

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
        f"/{NORTH}/pupils/{pupil}/entries/{event.event_id}/withdraw"
        for event in house.events()
        if event.subject == pupil and event.record != "counsel.session"
    ]
    answers = {address: bare(someone.get(address)) for address in gets}
    for address, field in ((f"/{NORTH}/pupils", "q"), (f"/{NORTH}/register", "q"), (TRAIL, "pupil")):
        if someone.get(address).status_code == 200:
            answers[address] = bare(someone.get(someone.post(address, **{field: surname}).headers["location"]))
    return answers


def alike(answers: dict[str, tuple[int, str]], pupil: UUID, surname: str, upn: str) -> list[tuple[str, int, str]]:
    """The answers with what is the pupil's own replaced: id, names, UPN, and the ids of entries."""
    told = []
    for address, (status, text) in answers.items():
        for own, instead in ((str(pupil), "PUPIL"), (surname, "NAME"), (upn, "UPN")):
            text, address = text.replace(own, instead), address.replace(own, instead)  # noqa: PLW2901
        text = re.sub(r"(audit|entries)/[0-9a-f-]{36}|\?[\w&;=%.-]+", "", text)  # noqa: PLW2901
        told.append((re.sub(r"entries/[0-9a-f-]{36}", "", address), status, text))
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
    for log, of in ((NORTH, ""), (f"{NORTH}-reads", "?log=reads")):
        addresses += [f"{TRAIL}/{event.event_id}{of}" for event in house.events(log)]
    return {address: bare(someone.get(address)) for address in addresses}


@pytest.mark.parametrize("role", ["class_teacher", "senco", "head"])
def test_nothing_anywhere_changes_when_the_secret_is_recorded(counselled: House, role: str) -> None:
    tutor(counselled)
    pupil = a_pupil(counselled)
    someone = counselled.as_role(role)
    everything(counselled, someone, pupil)  # that they opened it is recorded once
    before = everything(counselled, someone, pupil)
    event = tell_secret(counselled, pupil)
    teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
    teacher.opened(pupil, ["counsel.session"])
    teacher.exported("who sees the counsellor", "counsel.session", 1)
    teacher.withdraw(teacher.entry(pupil, event.event_id), "Another child", uuid4())
    after = everything(counselled, someone, pupil)
    assert {address: after[address] for address in before} == before
    for log, of in ((NORTH, ""), (f"{NORTH}-reads", "?log=reads")):
        missing = bare(someone.get(f"{TRAIL}/{uuid4()}{of}"))
        for event in counselled.events(log)[-2:]:
            assert bare(someone.get(f"{TRAIL}/{event.event_id}{of}")) == missing


def trail_of(house: House, urn: str) -> list[str]:
    """The trail of an academy and each entry on it, as its SENCO reads them; what is random, and names, left out."""
    senco, pages = house.as_role("senco", urn), list[str]()
    for of in ("", "?log=reads"):
        trail = f"/{urn}/audit"
        entries = [f"{trail}/{entry}{of}" for entry in found(senco, f"{trail}{of}")]
        pages += [bare(senco.get(address))[1] for address in (f"{trail}{of}", *entries)]
    own = rf"{NORTH}|{SOUTH}|North|South|[0-9a-f]{{64}}|[0-9a-f-]{{36}}|[0-9a-f]{{16}}|[A-Z]\d{{12}}|Sample\d+"
    return [re.sub(own, "", text) for text in pages]


def test_what_comes_after_a_secret_bears_no_number_that_tells_of_it(counselled: House) -> None:
    counselled.switch(SOUTH, on=True, plugin="counsel")
    for urn in (NORTH, SOUTH):
        first = counselled.pupil(urn=urn)
        if urn == NORTH:
            tell_secret(counselled, first)
            teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
            teacher.opened(first, ["counsel.session"])
        counselled.pupil(urn=urn)
        counselled.as_role("senco", urn).get(f"/{urn}/pupils/{first}")
    assert counselled.log_size(NORTH) == counselled.log_size(SOUTH) + 1
    north, south = trail_of(counselled, NORTH), trail_of(counselled, SOUTH)
    assert len(north) > 10
    assert north == south


def test_an_import_says_how_much_and_not_where(counselled: House) -> None:
    tell_secret(counselled, a_pupil(counselled))
    senco = counselled.as_role("senco")
    path, shown = preview(senco, small(row(101), row(102)))
    done = senco.get(confirm(senco, path, shown.text).headers["location"]).text
    assert re.search(r">\d+ entries</a>", done)
    assert not re.search(r"entries \d", done)


def test_who_may_know_finds_the_entries_and_who_looked(counselled: House) -> None:
    pupil = a_pupil(counselled)
    event = tell_secret(counselled, pupil)
    teacher = counselled.desk(email_of("designated_teacher", NORTH), NORTH)
    teacher.opened(pupil, ["counsel.session", "counsel.flag"])
    teacher.exported("who sees the counsellor", "counsel.session", 1)
    looks = counselled.facts(Opened, f"{NORTH}-reads") + counselled.facts(Exported, f"{NORTH}-reads")
    reads = {one.event_id for one in looks if one.record.startswith("counsel.")}
    assert len(reads) == 3
    senco, knower = counselled.as_role("senco"), knower_with_trail(counselled)
    for someone, knows in ((senco, False), (knower, True)):
        assert (event.event_id in found(someone)) is knows
        assert (event.event_id in found(someone, plugin="counsel")) is knows
        assert reads & set(found(someone, f"{TRAIL}?log=reads")) == (reads if knows else set())
        assert (someone.get(f"{TRAIL}/{event.event_id}").status_code == 200) is knows
        for one in reads:
            assert (someone.get(f"{TRAIL}/{one}?log=reads").status_code == 200) is knows
    page = knower.get(f"{TRAIL}/{event.event_id}").text
    assert "Saw the counsellor for 30 minutes" in page
    assert f"Entry {event.position:,}" in page
    assert f"Entry </span>{event.position:,}</a>" in knower.get(TRAIL).text


def test_who_may_know_of_their_own_caseload_finds_no_more(counselled: House) -> None:
    own, other = a_pupil(counselled), counselled.pupil(form="4C")
    counselled.grant("senco", NELLY)
    person = counselled.person(NELLY)
    counselled.tell(person, StaffJoined("Ms New", "Teacher", "4B", SEPTEMBER))
    give = Give("governor", (counselled.academy_id(),), {}, "Their form", own={"counsel.session": ("read",)})
    counselled.desk().do(give, person)
    mine, theirs = (tell_secret(counselled, one).event_id for one in (own, other))
    counselled.desk(email_of("designated_teacher", NORTH), NORTH).exported("everyone", "counsel.session", 2)
    (exported,) = counselled.facts(Exported, f"{NORTH}-reads")
    someone = counselled.browser(NELLY)
    assert set(found(someone, plugin="counsel")) == {mine}
    assert theirs not in found(someone)
    assert exported.event_id in found(someone, f"{TRAIL}?log=reads")  # of the academy: for whoever holds it for anyone
    assert "Signed checkpoint" not in someone.get(TRAIL).text
    assert "Entry </span>" not in someone.get(TRAIL).text  # nor are they told a number


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
    (after,) = (event for event in counselled.events() if event.subject == last)
    assert (first.position, second.position) == (after.position - 2, after.position - 1)
    before = counselled.events()[first.position - 1]
    page = senco.get(f"{TRAIL}/{after.event_id}").text
    assert f'href="{TRAIL}/{before.event_id}" rel="prev"' in page
    assert f"checkpoint of {size}" not in page
    assert "<dt>Position</dt>" not in page
    assert "&#34;position&#34;" not in page
    assert f'href="{TRAIL}/{after.event_id}" rel="next"' in senco.get(f"{TRAIL}/{before.event_id}").text
    assert f'href="{TRAIL}/{first.event_id}" rel="next"' in knower.get(f"{TRAIL}/{before.event_id}").text


def test_what_another_process_records_meanwhile_is_not_there_either(counselled: House) -> None:
    pupil = a_pupil(counselled)
    senco = counselled.desk(email_of("senco", NORTH), NORTH)
    teacher = counselled.building.person_by_email(email_of("designated_teacher", NORTH))
    assert teacher is not None
    beside = Desk(counselled.open(), *teacher, counselled.academy_id())
    (position,) = beside.record([New(pupil, held())], command_id=uuid4())
    with pytest.raises(NotFound):
        entry_page(senco, senco.log, beside.log.event(position).event_id)


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
    event = tell_secret(counselled, pupil := a_pupil(counselled))
    counselled.desk(email_of("designated_teacher", NORTH), NORTH).opened(pupil, ["counsel.flag"])
    (opened,) = counselled.facts(Opened, f"{NORTH}-reads")
    assert opened.record == "counsel.flag"  # no fact is of it
    counselled.switch(on=False, plugin="counsel")
    building = counselled.building if gone == "off" else counselled.open(plugins=("register",))
    for email, knows in ((email_of("senco", NORTH), False), (email_of("designated_teacher", NORTH), True)):
        person = building.person_by_email(email)
        assert person is not None
        desk = Desk(building, *person, counselled.academy_id())
        assert (event.position in desk.unfound(desk.log)) is not knows
        reads = building.reads_log(desk.academy)
        reads.refresh()
        assert (opened.position in desk.unfound(reads)) is not knows
        assert desk.finds_all is knows


def test_at_the_centre_it_is_the_same(counselled: House) -> None:
    director = counselled.desk(email_of("send_director"))
    assert director.need_to_know == {"counsel.session", "counsel.flag"}
    director.exported("Counselling, academy by academy", "counsel.session", 2)
    (exported,) = counselled.facts(Exported, "trust-reads")
    dpo = counselled.as_role("dpo")
    assert exported.event_id not in found(dpo, "/audit?log=reads")
    assert dpo.get(f"/audit/{exported.event_id}?log=reads").status_code == 404
    assert lengths_known(counselled.desk(email_of("dpo"))) == {SOUTH, f"{SOUTH}-reads"}
    page = verified(dpo)
    assert "All entries in" in page
    assert re.findall(r'data-l="Entries">([\d,]*)<', page).count("") == 4


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

    every = frozenset({"counsel.session", "counsel.flag", "counsel.room"})
    monkeypatch.setattr(seeing.Seeing, "need_to_know", every)
    assert not options.search(counselled.as_role("senco").get(TRAIL).text)
    assert options.search(knower_with_trail(counselled).get(TRAIL).text)


def test_the_page_that_switches_a_plugin_off_does_not_tell_whether_it_holds_anything(counselled: House) -> None:
    director = counselled.as_role("send_director")
    address = f"/plugins/{NORTH}/counsel"
    before = bare(director.get(address))
    tell_secret(counselled, a_pupil(counselled))
    assert bare(director.get(address)) == before
