"""Making a pack: what goes into it, what is withheld, who may, and that it left is recorded."""

from __future__ import annotations

import html
import re
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from core.accounts.facts import Opened, PackMade
from core.audit.reasons import REASONS
from events.packs import verify
from plugins.register.facts import PlacedOnRegister, PlanIssued
from tests.core.house import NORTH, SOUTH, Browser, House, email_of, errors, hidden, on

SEPTEMBER = date(2026, 9, 1)
PACK = f"/{NORTH}/audit/pack"
FOR = "Her father, who asked for it"
DPO = email_of("dpo")


def placed(reason: str = "Seen in class") -> PlacedOnRegister:
    return PlacedOnRegister("K", ("SLCN",), SEPTEMBER, SEPTEMBER, reason)


def officer(house: House, role: str = "senco") -> Browser:
    """The data protection officer, who was granted what someone with that role may read, at the north academy."""
    house.grant(role, DPO)
    return house.browser(DPO)


def chosen(someone: Browser, *, path: str = PACK, **fields: str) -> str:
    """Fills in the first page; the address of the pack on its way."""
    answer = someone.post(path, purpose=FOR, **fields)
    assert answer.status_code == 303, errors(answer.text)
    return answer.headers["location"]


def selects(page: str) -> dict[str, str]:
    """What can be withheld one by one: label and name of the field."""
    found = re.findall(r'<label class="ts-each" for="([^"]+)">([^<]+)<span[^>]*> of ([^<]+)</span>', page)
    return {f"{html.unescape(label)} of {html.unescape(of)}": name for name, label, of in found}


def withheld(someone: Browser, address: str, fields: dict[str, str] | None = None) -> str:
    """Says what is withheld; the page that shows how it will read."""
    answer = someone.raw_post(address, data=someone.form(address) | (fields or {}))
    assert answer.status_code == 303, errors(answer.text)
    return someone.get(answer.headers["location"]).text


def made(someone: Browser, address: str) -> str:
    """Makes the pack; the address of its file."""
    answer = someone.post(f"{address}/make", page=f"{address}/check")
    assert answer.status_code == 303, errors(answer.text)
    page = someone.get(answer.headers["location"]).text
    return html.unescape(re.findall(rf'href="({re.escape(address)}/pack\.zip[^"]*)"', page)[0])


def packed(someone: Browser, fields: Any = None, **asked: str) -> bytes:
    """A pack, from the first page to the file."""
    address = chosen(someone, **asked)
    withheld(someone, address, fields)
    return someone.get(made(someone, address)).content


def proved(house: House, raw: bytes, name: str = NORTH) -> list[dict[str, Any]]:
    """The entries of a pack, which its own verifier says are proved; the log's own left out."""
    log = house.building.store.log(name)
    report = verify.check(raw, [verify.read_key(str(one.key)) for one in log.keys.signing.signers(log.origin)], [])
    assert (report["answer"], report["wrong"]) == ("proved", [])
    return [one for one in report["entries"] if not str(one["kind"]).startswith("events.signing")]


def words_of(raw: bytes) -> str:
    """Everything a person could read in a pack: its page, its PDF, its JSON and what its proofs show."""
    files = verify.unzipped(raw)
    pages = "\n".join(page.extract_text() for page in PdfReader(BytesIO(files["record.pdf"])).pages)
    proofs = str([one["parts"] for one in verify.check(raw, [], [])["entries"]])
    return html.unescape(files["record.html"].decode()) + pages + files["record.json"].decode() + proofs


def test_a_pack_of_one_pupil_holds_all_that_is_recorded_and_proves(house: House) -> None:
    pupil = house.pupil(placed("Speech, not hearing"), PlanIssued(date(2026, 9, 8)), surname="Adams", forename="Ife")
    house.pupil(placed("Another child's words"), surname="Brown")
    raw = packed(officer(house), pupil="Ife Adams")
    kinds = [one["kind"] for one in proved(house, raw)]
    assert kinds == ["roll.pupil_enrolled/1", "register.placed/1", "register.plan_issued/1"]
    words = words_of(raw)
    for told in ("Record of Ife Adams", "Placed on the register", "Speech, not hearing", "EHC plan made on", FOR):
        assert told in words
    assert "Another child's words" not in words
    assert "Register line: provision and needs: entry 0 of this record" in words
    assert pupil.hex in words


def test_what_is_withheld_is_told_with_its_reason_and_stands_nowhere_in_the_pack(house: House) -> None:
    house.pupil(placed("Ann's mother shouts at home"), PlanIssued(date(2026, 9, 8)), surname="Adams")
    someone = officer(house)
    address = chosen(someone, pupil="Adams")
    fields = selects(someone.get(address).text)
    check = withheld(
        someone,
        address,
        {
            fields["Reason of Placed on the register: SEN support, SLCN, 1 September 2026"]: "other_person",
            fields["What happened of EHC plan made on 8 September 2026, 8 September 2026"]: "not_asked",
            "by": "confidence",
        },
    )
    raw = someone.get(made(someone, address)).content
    for told in (html.unescape(check), words_of(raw)):
        assert "Placed on the register" in told
        assert REASONS["other_person"] in told
        assert "What happened is withheld" in told
        assert REASONS["not_asked"] in told
        assert "shouts" not in told
        assert "EHC plan made on" not in told
        assert "someone whose name is withheld" in told.replace("\n", " ")
        assert "Olive Operator" not in told
    assert [one["withheld"] for one in proved(house, raw)] == [
        [{"part": 2, "why": REASONS["confidence"]}],
        [{"part": 2, "why": REASONS["confidence"]}, {"part": 3, "why": REASONS["other_person"]}],
        [{"part": 0, "why": REASONS["not_asked"]}, {"part": 2, "why": REASONS["confidence"]}],
    ]


def test_all_that_was_typed_is_withheld_at_once(house: House) -> None:
    house.pupil(placed("Words of one"), surname="Adams")
    house.pupil(placed("Words of another"), surname="Brown")
    raw = packed(officer(house), {"texts": "confidence"}, plugin="register")
    assert [one["withheld"] for one in proved(house, raw)] == [[{"part": 3, "why": REASONS["confidence"]}]] * 2
    assert "Words of" not in words_of(raw)


def test_the_page_opens_offline_and_runs_nothing(house: House) -> None:
    house.pupil(placed("<script>alert(1)</script> https://a.example"), surname="Adams")
    page = verify.unzipped(packed(officer(house), pupil="Adams"))["record.html"].decode()
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?!data:)', page)
    assert not re.findall(r"url\((?![\"']?data:)", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "default-src 'none'" in page


def test_days_plugins_and_single_entries_narrow_it(house: House) -> None:
    pupil = house.pupil(surname="Adams")
    early, late = house.tell(pupil, placed()), house.tell(pupil, PlanIssued(date(2026, 10, 5)))
    someone = officer(house)

    def found(**asked: str) -> list[str]:
        return [one["event"] for one in proved(house, packed(someone, **asked))]

    assert found(pupil="Adams", plugin="register") == [early[0].hex, late[0].hex]
    assert found(pupil="Adams", plugin="register", **on("from_on", date(2026, 9, 2))) == [late[0].hex]
    assert found(plugin="register", **on("until_by", SEPTEMBER)) == [early[0].hex]
    raw = packed(someone, entries=f"Please show {late[0]}.")
    assert [one["event"] for one in proved(house, raw)] == [late[0].hex]
    assert verify.check(raw, [], [])["none_left_out"] == []
    assert "Adams" not in words_of(raw)
    assert f"Record {str(pupil)[:8]}" in words_of(raw)


def test_what_was_taken_back_is_never_shown_as_if_it_stood(house: House) -> None:
    pupil = house.pupil(surname="Adams")
    (entry,) = house.tell(pupil, placed())
    desk = house.desk(urn=NORTH)
    desk.withdraw(desk.entry(pupil, entry), "Another child was meant", uuid4())
    raw = packed(officer(house), plugin="register", **on("until_by", SEPTEMBER))
    assert [one["kind"] for one in proved(house, raw)] == ["register.placed/1", "events.withdrawn/1"]
    assert "<del>Placed on the register: SEN support, SLCN</del>" in words_of(raw)


# Who may


def test_without_a_class_there_is_nothing_to_show(house: House) -> None:
    pupil = house.pupil(placed(), surname="Adams")
    (entry,) = house.tell(pupil, PlanIssued(date(2026, 9, 8)))
    dpo = house.browser(DPO)
    for asked, says in (
        ({"plugin": "register"}, "Nothing was recorded that fits, and that you may show."),
        ({"pupil": "Nobody"}, "No pupil fits whose record you may read."),
        ({"entries": str(entry)}, f"There is no entry {entry} here that you may show."),
        ({"entries": str(UUID(int=7))}, f"There is no entry {UUID(int=7)} here that you may show."),
        ({"entries": "12"}, "An entry's id is 32 letters and figures, as its page shows it."),
        ({}, "Choose a pupil, a plugin, days, or entries."),
    ):
        answer = dpo.post(PACK, purpose=FOR, **asked)
        assert (answer.status_code, errors(answer.text)) == (422, [says])
    assert errors(dpo.post(PACK, plugin="register").text) == ["Enter who the pack is for, and why."]


def test_only_classes_that_were_granted_go_into_it(house: House) -> None:
    house.pupil(placed("Not for them"), surname="Adams")
    someone = officer(house, "exams_officer")
    raw = packed(someone, pupil="Adams")
    assert [one["kind"] for one in proved(house, raw)] == ["roll.pupil_enrolled/1"]
    assert "Not for them" not in words_of(raw)


def test_two_pupils_of_one_name_are_told_apart_by_upn(house: House) -> None:
    house.pupil(surname="Adams", upn="A801200001001")
    house.pupil(surname="Adams", upn="B801200001002")
    someone = officer(house)
    assert errors(someone.post(PACK, purpose=FOR, pupil="Adams").text) == ["2 pupils fit. Give the UPN."]
    assert len(proved(house, packed(someone, pupil="A801200001001"))) == 1


def test_a_plugin_that_is_off_is_unread_and_can_still_be_shown(house: House) -> None:
    house.pupil(placed("Kept, though it is off"), surname="Adams")
    someone = officer(house)
    house.switch(on=False)
    raw = packed(someone, pupil="Adams")
    assert "Kept, though it is off" in words_of(raw)


@pytest.mark.parametrize("role", ["senco", "head", "operator"])
def test_the_door_is_for_whoever_may_take_the_trail_away(house: House, role: str) -> None:
    someone = house.browser("olive@keystone.example") if role == "operator" else house.as_role(role)
    assert someone.get(PACK).status_code == 403
    assert "Make a pack" not in someone.get(f"/{NORTH}/audit").text
    assert f'href="{PACK}"' in officer(house).get(f"/{NORTH}/audit").text


def test_a_pack_on_its_way_is_one_person_s_and_one_log_s(house: House) -> None:
    house.pupil(placed(), surname="Adams")
    someone = officer(house)
    house.grant("dpo", email_of("send_director"))
    other = house.browser(email_of("send_director"))
    address = chosen(someone, pupil="Adams")
    for each in (address, f"{address}/check"):
        assert someone.get(each).status_code == 200
        assert other.get(each).status_code == 404
        assert someone.get(each.replace(NORTH, SOUTH)).status_code == 404
    file = made(someone, address)
    assert other.get(file).status_code == 404


# That it left, and that what is made was looked at


def test_that_it_left_is_recorded_for_each_record_in_it_once(house: House) -> None:
    pupil = house.pupil(placed(), PlanIssued(date(2026, 9, 8)), surname="Adams")
    someone = officer(house)
    address = chosen(someone, pupil="Adams")
    withheld(someone, address)
    file = made(someone, address)
    assert house.facts(PackMade, f"{NORTH}-reads") == []
    raw = someone.get(file).content
    assert someone.get(file).content == raw
    events = house.facts(PackMade, f"{NORTH}-reads")
    assert {event.record: event.fact.entries for event in events if isinstance(event.fact, PackMade)} == {
        "core.identity": 1,
        "register.support": 1,
        "register.plan": 1,
    }
    digest = sha256(raw).hexdigest()
    for event in events:
        assert isinstance(event.fact, PackMade)
        assert (event.subject, event.fact.purpose, event.fact.pack) == (pupil, FOR, digest)
        assert event.actor is not None
        assert event.actor.by == house.person(DPO)
    opened = {event.record for event in house.facts(Opened, f"{NORTH}-reads") if event.subject == pupil}
    assert {"core.identity", "register.support", "register.plan"} <= opened
    assert f"Made a pack for someone outside, with entries of this record: 1. {FOR}" in html.unescape(
        someone.get(f"/{NORTH}/audit?log=reads").text
    )


def test_what_was_recorded_after_the_look_is_looked_at_before_it_leaves(house: House) -> None:
    pupil = house.pupil(placed(), surname="Adams")
    someone = officer(house)
    address = chosen(someone, pupil="Adams")
    withheld(someone, address)
    looked = someone.form(f"{address}/check", f"{address}/make")
    house.tell(pupil, PlanIssued(date(2026, 10, 5)))
    answer = someone.raw_post(f"{address}/make", data=looked)
    assert answer.status_code == 422
    assert errors(answer.text) == ["Something was recorded since you looked. Look again, then make it."]
    assert "EHC plan made on 5 October 2026" in answer.text
    again = someone.raw_post(f"{address}/make", data=hidden(answer.text, f"{address}/make"))
    assert again.status_code == 303


def test_nothing_personal_stands_in_an_address_or_a_file_s_name(house: House) -> None:
    house.pupil(placed(), surname="Quillfeather")
    someone = officer(house)
    address = chosen(someone, pupil="Quillfeather")
    file = made(someone, address)
    answer = someone.get(file)
    assert answer.headers["content-disposition"] == f'attachment; filename="pack-{NORTH}-2026-11-16.zip"'
    assert answer.headers["cache-control"] == "no-store"
    assert all("uill" not in one for one in (address, file, answer.headers["content-disposition"]))


def test_a_reason_is_one_of_the_list(house: House) -> None:
    house.pupil(placed(), surname="Adams")
    someone = officer(house)
    address = chosen(someone, pupil="Adams")
    answer = someone.raw_post(address, data=someone.form(address) | {"by": "because"})
    assert (answer.status_code, errors(answer.text)) == (422, ["Choose a reason from the list."])


def test_of_many_entries_only_what_is_alike_can_be_withheld(house: House) -> None:
    for number in range(61):
        house.pupil(placed(f"Words of child {number}"), surname=f"Adams{number}")
    someone = officer(house)
    address = chosen(someone, plugin="register")
    page = someone.get(address).text
    assert selects(page) == {}
    assert "Single parts can be withheld where there are 60 entries or fewer." in page
    raw = someone.get(made(someone, address)).content
    assert len(proved(house, raw)) == 61


# The reader's half, and the centre


def test_a_half_the_reader_holds_is_gone_on_from(house: House) -> None:
    house.pupil(placed(), surname="Adams")
    store = house.building.store
    log = store.log(NORTH)
    store.sign_all()
    half = house.as_role("dpo").get("/audit/checkpoint").text
    house.pupil(placed(), surname="Brown")
    store.sign(log)
    house.pupil(placed(), surname="Clark")
    someone = officer(house)
    raw = packed(someone, pupil="Adams", since=half)
    (found,) = [one for one in verify.CHECKPOINT.finditer(half) if one["origin"] == log.origin]
    root = verify.decoded(found["root"], "the root", 32)
    held = verify.Checkpoint(found["origin"], int(found["size"]), root, verify.Note("", []))
    assert verify.check(raw, [], [held])["answer"] == "proved"
    answer = someone.post(PACK, purpose=FOR, pupil="Adams", since="Dear Sir, here it is.")
    assert errors(answer.text) == ["This holds no checkpoint of this log."]


def test_the_centre_makes_packs_of_the_trust_s_own_log(house: House) -> None:
    house.grant("identity_admin", DPO)
    someone = house.browser(DPO)
    page = someone.get("/audit/pack").text
    assert f'href="{PACK}"' in page
    assert "Which pupil?" not in page
    address = chosen(someone, path="/audit/pack", plugin="accounts", **on("from_on", date(2026, 11, 1)))
    raw = someone.get(made(someone, address)).content
    assert {one["kind"] for one in proved(house, raw, "trust")} == {
        "accounts.grant_proposed/1",
        "accounts.granted/1",
    }


def test_a_file_that_nobody_made_is_not_there(house: House) -> None:
    someone = officer(house)
    assert someone.get(f"{PACK}/{uuid4()}/pack.zip?job={uuid4()}").status_code == 404
