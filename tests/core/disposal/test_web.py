"""The pages: what is kept, what waits, the warning before the end, the certificate on a page and on paper."""

from __future__ import annotations

import io
from datetime import date
from uuid import uuid4

import msgspec
from pypdf import PdfReader

from core.accounts.facts import Exported, Opened
from core.disposal.carrying_out import opens
from core.roll.facts import StaffJoined
from events import Stream
from plugins.register.facts import PlacedOnRegister
from tests.core.disposal.deciding import CANARY, IDENTITY, LIST, PLAN, SUPPORT, Child, text_of
from tests.core.house import NORTH, House, on


def test_each_class_of_a_person_says_since_when_how_much_and_how_long(house: House, child: Child) -> None:
    page = text_of(house.as_role("dpo").get(child.records).text)
    for words in ("Robin Quillfeather", "born 4 March 2017", "left 17 July 2026", "16 November 2026", "1 entry"):
        assert words in page
    register = house.building.plugins.manifests["register"]
    for record in register.records:
        if record.name in (SUPPORT, PLAN):
            assert record.kept in page
            assert record.title in page
    assert CANARY not in page  # never a word of what it says
    looked = {event.record for event in house.facts(Opened, f"{NORTH}-reads") if event.actor and event.actor.role}
    assert "core.disposal" in looked


def test_it_is_reached_from_the_pupil_and_from_the_trail_by_whoever_may(house: House, child: Child) -> None:
    (entry,) = (event.event_id for event in house.facts(PlacedOnRegister))
    for role, may in (("head", True), ("senco", False)):
        someone = house.as_role(role)
        for path in (f"/{NORTH}/pupils/{child.subject}", f"/{NORTH}/audit/{entry}"):
            assert (child.records in someone.get(path).text) is may, (role, path)
    assert child.records in house.as_role("dpo").get(f"/{NORTH}/audit/{entry}").text
    assert ">Disposal</a>" in house.as_role("dpo").get(f"/{NORTH}/audit").text


def test_somebody_is_found_by_name_or_upn_and_the_name_stands_in_no_address(house: House, child: Child) -> None:
    dpo = house.as_role("dpo")
    answer = dpo.post(LIST, q="quillf")
    assert "quillf" not in answer.headers["location"]
    page = dpo.get(answer.headers["location"]).text
    assert child.records in page
    assert "Quillfeather" in page
    assert "Nobody of this name" in dpo.get(dpo.post(LIST, q="nobody at all").headers["location"]).text
    assert "Quillfeather" not in dpo.get(LIST).text


def test_what_waits_is_listed_until_it_is_decided(house: House, child: Child) -> None:
    child.propose(house.as_role("dpo"))
    page = text_of(house.as_role("head").get(LIST).text)
    for words in ("Robin Quillfeather", "Its retention period has ended", "Data Protection Officer Trust", "1 of 2"):
        assert words in page
    child.approve(house.as_role("head"))
    page = text_of(house.as_role("head").get(LIST).text)
    assert "Nothing waits." in page
    assert "Quillfeather" not in page.partition("Waiting to be decided")[2]
    assert "1 to 1 of 1" in page


def test_before_the_second_approval_it_is_said_what_can_never_be_undone(house: House, child: Child) -> None:
    child.propose(house.as_role("dpo"))
    path = f"{child.records}/{child.waiting.disposal}/approve"
    page = text_of(house.as_role("head").get(path).text)
    for words in (
        "This cannot be undone. Nobody will ever be able to read 1 entry again",
        "A backup of the keys may hold it until 21 December 2026",
        "Lists or packs that may hold it left 1 time, last on 16 November 2026",
        "They left long ago.",
    ):
        assert words in page
    assert "Nothing else is kept" not in page
    child.approve(house.as_role("head"))
    child.destroy(PLAN)
    child.propose(house.as_role("dpo"), IDENTITY)
    page = text_of(house.as_role("head").get(f"{child.records}/{child.waiting.disposal}/approve").text)
    assert "What was decided about their records goes too, and so does their name." in page


def test_the_certificate_says_what_when_why_and_by_whom_and_not_whose(house: House, child: Child) -> None:
    child.destroy()
    (told,) = child.disposed
    head = house.as_role("head")
    path = f"{LIST}/certificates/{told.disposal}"
    page = text_of(head.get(path).text)
    for words in (
        "Destroyed on 16 November 2026",
        "Its retention period has ended (UK GDPR Art 5(1)(e))",
        "Data Protection Officer Trust, 16 November 2026",
        "Head 139204, 16 November 2026",
        "Last day in backups 21 December 2026",
        "1 entry",
        "1 time: 16 November 2026",
        "We tried to open it just now: it cannot be read.",
        "the next checkpoint, within a minute, covers it",
    ):
        assert words in page, words
    house.building.store.sign_all()
    log = house.building.store.log(NORTH)
    page = text_of(head.get(path).text)
    assert f"covered by the checkpoint of {log.size} entries" in page
    assert f"at position {log.size - 1};" in page
    for secret in ("Quillfeather", str(child.subject), CANARY, told.key_id, "long ago"):
        assert secret not in head.get(path).text
    assert head.get(f"{LIST}/certificates/{uuid4()}").status_code == 404
    assert house.as_role("senco").get(path).status_code == 403


def test_the_certificate_on_paper_is_tagged_and_its_leaving_recorded(house: House, child: Child) -> None:
    child.destroy()
    answer = house.as_role("dpo").get(f"{LIST}/certificates/{child.disposed[0].disposal}/certificate.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(answer.content))
    assert b"/MarkInfo" in answer.content
    said = " ".join(page.extract_text() for page in paper.pages)
    assert "it cannot be read." in " ".join(said.split())
    assert "Quillfeather" not in said
    assert house.facts(Exported, f"{NORTH}-reads")[-1].record == "core.disposal"
    assert house.recorded(Exported, f"{NORTH}-reads")[-1].what == "Certificate of destruction"


def test_what_could_still_be_read_would_be_said(house: House, child: Child) -> None:
    child.destroy()
    (told,) = child.disposed
    log = house.building.store.log(NORTH)
    assert opens(log, told) == []
    stands = log.keys.find(Stream(child.subject, PLAN))  # as though this had been to be destroyed, and was not
    assert stands
    assert opens(log, msgspec.structs.replace(told, key_id=stands.key_id.hex())) == log.positions(stands.key_id)


def test_everybody_s_hold_has_a_page_of_its_own(house: House, child: Child) -> None:
    dpo = house.as_role("dpo")
    here = f"{LIST}/{house.academy_id()}"
    assert f"{here}/hold" in dpo.get(LIST).text
    dpo.post(f"{here}/hold", reason="An inquiry was announced.", **on("review_by", date(2027, 3, 1)))
    assert "An inquiry was announced." in dpo.get(here).text
    assert "Held for everybody here" in dpo.get(child.records).text
    assert "Everybody at North Primary" in dpo.get(LIST).text


def test_staff_and_what_has_no_name_are_called_by_what_is_known(house: House) -> None:
    teacher, strange = uuid4(), uuid4()
    house.tell(teacher, StaffJoined("Tess Teacher", "Teacher", "", date(2025, 9, 1)))
    house.tell(strange, PlacedOnRegister("K", ("SLCN",), date(2025, 9, 8), None, "x"))
    dpo = house.as_role("dpo")
    assert "Tess Teacher" in dpo.get(f"{LIST}/{teacher}").text
    assert f"Record {strange.hex[:8]}" in dpo.get(f"{LIST}/{strange}").text
    assert dpo.get(f"{LIST}/{uuid4()}").status_code == 404
