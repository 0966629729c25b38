"""Pages of pupils' costs, the evidence for a request, and costs without names."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from importlib.metadata import EntryPoint
from pathlib import Path
from uuid import uuid4

import pytest

from core.accounts.facts import Exported, Opened
from core.roll.facts import PupilLeft
from events import New
from plugins.finance.commands import AgreeTopUp, ReceiveTopUp, WriteRequest
from plugins.finance.facts import TopUpReceived
from plugins.finance.web.costs import pseudonym
from plugins.lac.facts import ClaimAgreed, ClaimMade, ClaimPaid
from tests.core.house import NORTH, House, HouseMaker, error_links, errors, hidden, on
from tests.plugins.finance.budgeted import FINANCE, FOUND, TODAY, desk_of, school, text_of
from tests.plugins.finance.helped import BEGAN, BOUGHT, Helped, helping, on_register, priced, share

READS = f"{NORTH}-reads"
PUPILS, PROVISION, PAY, COSTS = (f"{FINANCE}/{path}" for path in ("pupils", "provision", "pay", "costs"))


@pytest.fixture(scope="module")
def north(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, Helped]:
    """Two pupils with help; nothing but who looked is added to it."""
    house = school(lambda **more: House(tmp_path_factory.mktemp("north"), house_template, **more), "register.support")
    return house, helping(house)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


# Pupils


def test_wrong_money_of_a_top_up_is_answered_by_the_right_sum(house: House) -> None:
    senco, pupil = house.as_role("senco"), house.pupil(surname="Byron")
    here, pupils = f"{PUPILS}/{pupil}", f"/{NORTH}/pupils/{pupil}"
    days = on("from_on", BEGAN) | on("agreed_on", date(2026, 9, 14))
    assert senco.post(f"{here}/top-up", authority="Eastshire", yearly_pence="4,200", **days).status_code == 303
    (key,) = set(re.findall(rf"{here}/receive/([0-9a-f-]+)", senco.get(here).text))
    assert senco.post(f"{here}/receive/{key}", pence="3541.70", **on("received_on", TODAY)).status_code == 303
    (wrong,) = [event for event in house.facts(TopUpReceived) if event.subject == pupil]
    answer = f"{pupils}/entries/{wrong.event_id}/answer"
    form = senco.post(answer, reason="A figure too many").headers["location"]
    assert form.startswith(f"{here}/receive/{key}?answers=")
    path = form.partition("?")[0]
    right = hidden(senco.get(form).text, path) | {"pence": "354.17"} | on("received_on", TODAY)
    assert senco.raw_post(path, data=right).status_code == 303
    page = text_of(senco.get(here).text)
    assert "£354.17" in page
    assert "£3,541.70" not in page


def test_who_may_not_read_pupils_costs_sees_a_line_and_nobody_in_it(north: tuple[House, Helped]) -> None:
    house, told = north
    manager, line = house.as_role("business_manager"), f"{PROVISION}/{told.talk}"
    page = manager.get(line).text
    assert "£489.20" in page
    for word in ("Byron", "Lovell", "Who is in it", str(told.first), "2 pupils"):
        assert word not in page
        assert word not in manager.get(PROVISION).text
    assert manager.get(f"{line}/share").status_code == 403
    assert manager.get(f"{PROVISION}/{uuid4()}").status_code == 404


def test_the_list_goes_by_name_and_tells_threshold_basis_and_top_up(north: tuple[House, Helped]) -> None:
    house, told = north
    answer = house.as_role("head").get(PUPILS)
    page = text_of(answer.text)
    assert page.index("Byron, Ada") < page.index("Lovell, Bea")
    assert "SEN support since 1 September 2026 £6,364.60" in page
    assert "£6,000.00 of £6,000.00: 12 of 12 months £364.60 £4,250.00 £354.17 received of £1,062.51 due by now" in page
    assert "sort=cost" not in answer.text
    assert "Due by now £1,062.51" in page
    assert '/request"' not in house.as_role("head").get(f"{PUPILS}/{told.first}").text


def test_one_pupil_s_page_tells_lines_what_came_of_them_and_the_request(north: tuple[House, Helped]) -> None:
    house, told = north
    answer = house.as_role("senco").get(f"{PUPILS}/{told.first}")
    page = text_of(answer.text)
    assert "30 of 33 sessions, target met" in page
    assert "Eastshire, Band 2" in page
    assert "1 October 2026 9 November 2026" in page
    title = answer.text.partition("<title>")[2].partition("</title>")[0]
    assert "Byron" not in title
    seen = {event.subject for event in house.facts(Opened, READS) if event.record == "finance.pupil"}
    assert told.first in seen
    other = text_of(house.as_role("senco").get(f"{PUPILS}/{told.second}").text)
    assert "No top-up is agreed in this year." in other
    assert house.as_role("senco").get(f"{PUPILS}/{uuid4()}").status_code == 404


def test_a_top_up_is_agreed_changed_and_received_on_its_pages(house: House) -> None:
    senco, pupil = house.as_role("senco"), house.pupil(surname="Byron")
    here = f"{PUPILS}/{pupil}"
    days = on("from_on", BEGAN) | on("agreed_on", date(2026, 9, 14))
    wrong = senco.post(f"{here}/top-up", authority="Eastshire", yearly_pence="lots", **days)
    assert (wrong.status_code, list(error_links(wrong.text))) == (422, ["yearly_pence"])
    assert 'value="lots"' in wrong.text
    assert senco.post(f"{here}/top-up", authority="Eastshire", yearly_pence="4,200", **days).status_code == 303
    (key,) = set(re.findall(rf"{here}/receive/([0-9a-f-]+)", senco.get(here).text))
    answer = senco.post(f"{here}/top-up/{key}", authority="Eastshire", yearly_pence="4,250", **days)
    assert answer.status_code == 303
    assert senco.post(f"{here}/receive/{key}", pence="354.17", **on("received_on", TODAY)).status_code == 303
    page = text_of(senco.get(here).text)
    assert "£4,250.00 £1,062.51 £354.17" in page
    assert "The register did not say" in page  # nobody approved the ask
    for path in (f"receive/{uuid4()}", f"impact/{uuid4()}", "nothing"):
        assert senco.get(f"{here}/{path}").status_code == 404
    assert house.as_role("head").get(f"{here}/top-up").status_code == 403


def test_what_goes_back_for_a_leaver_is_told(house: House) -> None:
    house.clock.move_to(date(2027, 2, 1))
    pupil, senco, top_up = house.pupil(PupilLeft(date(2027, 1, 14))), desk_of(house, "senco"), uuid4()
    senco.do(AgreeTopUp("Eastshire", 4_200_00, BEGAN, BEGAN), pupil, command_id=top_up)
    senco.do(ReceiveTopUp(top_up, 1_750_00, date(2027, 1, 5)), pupil)
    page = text_of(house.as_role("senco").get(f"{PUPILS}/{pupil}").text)
    assert "£1,564.93 earned in 136 days: £185.07 goes back" in page
    assert "Left on 14 January 2027." in page


def test_impact_and_a_request_are_written_and_a_wrong_day_is_told_at_its_field(house: House) -> None:
    senco, pupil = house.as_role("senco"), on_register(house)
    line, here = priced(house, BOUGHT), f"{PUPILS}/{pupil}"
    share(house, line, pupil)
    wrong = senco.post(f"{here}/impact/{line}", planned="3", attended="4", met="true", measure="A list")
    assert list(error_links(wrong.text)) == ["attended"]
    answer = senco.post(f"{here}/impact/{line}", planned="4", attended="3", met="false", measure="A list")
    assert answer.status_code == 303
    assert "3 of 4 sessions, target not met" in text_of(senco.get(here).text)
    words = {"authority": "Eastshire", "needs": "Speech", "outcomes": "Two steps", "more": "A therapist"}
    ahead = on("reviewed-1", date(2026, 10, 1)) | on("reviewed-2", date(2026, 12, 1))
    assert list(error_links(senco.post(f"{here}/request", **words, **ahead).text)) == ["reviewed-2-day"]
    never = on("reviewed-1", date(2026, 10, 1)) | {"reviewed-2-day": "31", "reviewed-2-month": "2"}
    assert "must be a real date" in errors(senco.post(f"{here}/request", **words, **never).text)[0]
    for year in ("9999", "9" * 30, "x"):
        wrong = senco.post(f"{here}/request", **words, **(on("reviewed-1", TODAY) | {"reviewed-1-year": year}))
        assert list(error_links(wrong.text)) == ["reviewed-1-day"]
    assert senco.post(f"{here}/request", **words, **on("reviewed-1", date(2026, 10, 1))).status_code == 303
    assert "Change the request" in senco.get(here).text
    assert "1 October 2026" in text_of(senco.get(here).text)


# Evidence


def test_the_evidence_tells_all_the_authority_asks_for_and_goes_as_a_tagged_pdf(north: tuple[House, Helped]) -> None:
    house, told = north
    senco, here = house.as_role("senco"), f"{PUPILS}/{told.first}/evidence"
    page = text_of(senco.get(here).text)
    for says in (
        "Evidence for a request to Eastshire",
        "Pupil Ada Byron",
        "does not follow spoken instructions",
        "Talk group (Communication and interaction) 1 September 2026 to 18 December 2026",
        "3 sessions a week of 30 minutes, 10 more to prepare, for 12 weeks 4 together Teaching assistant £244.60",
        "£6,000.00: on roll 12 of 12 months, by months, a month begun counting whole",
        "30 of 33 met Uses 40 words",
        "1 October 2026 9 November 2026",
        "A speech therapist once a week",
    ):
        assert says in page, says
    before = len(house.facts(Exported, READS))
    answer = senco.get(f"{here}.pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content
    assert len(house.facts(Exported, READS)) == before + 1
    assert house.as_role("head").get(here).status_code == 200
    assert house.as_role("head").get(f"{here}.pdf").status_code == 403
    assert senco.get(f"{PUPILS}/{told.second}/evidence").status_code == 404  # no request is written


def test_below_the_threshold_it_says_so_and_goes_all_the_same(house: House) -> None:
    pupil, senco = on_register(house), house.as_role("senco")
    desk_of(house, "senco").do(WriteRequest("Eastshire", "a", "b", "c"), pupil)
    page = text_of(senco.get(f"{PUPILS}/{pupil}/evidence").text)
    assert "The cost is £6,000.00 below the £6,000.00 a school meets itself." in page
    assert senco.get(f"{PUPILS}/{pupil}/evidence.pdf").status_code == 200


def test_another_authority_is_told_no_name(house: House) -> None:
    pupil, senco = house.pupil(surname="Byron", forename="Ada"), desk_of(house, "senco")
    senco.do(AgreeTopUp("Eastshire", 4_200_00, BEGAN, BEGAN), pupil)
    senco.do(WriteRequest("Westshire", "a", "b", "c"), pupil)
    page = text_of(house.as_role("senco").get(f"{PUPILS}/{pupil}/evidence").text)
    told = page.partition("Evidence for a request to Westshire")[2]
    assert "Byron" not in told
    assert f"Pupil {pseudonym(desk_of(house, 'senco'), pupil)}" in told
    assert "4 March 2017" not in told


# Without names


def test_finance_sees_the_same_sums_under_names_that_tell_nothing(north: tuple[House, Helped]) -> None:
    house, told = north
    director = house.as_role("finance_director")
    answer = director.get(COSTS)
    page = text_of(answer.text)
    names = re.findall(r"Pupil [0-9A-F]{3}-[0-9A-F]{3}", page)
    assert names == sorted(names)
    assert set(names) == {pseudonym(desk_of(house, "senco"), one) for one in (told.first, told.second)}
    assert "Together £6,609.20 £6,244.60 £364.60 £4,250.00 £1,062.51 £354.17" in page
    told_beside = re.sub(r"Pupil [0-9A-F]{3}-[0-9A-F]{3}", "", page)  # a name by chance may read "Pupil 4B0-134"
    for word in ("Byron", "Lovell", "Year 4", "4B", "Talk group", "SEN support since"):
        assert word not in told_beside
    for secret in ("Byron", "Lovell", str(told.first)):
        assert secret not in answer.text
    assert "Agreed not told Received not told Spent not told" in page
    assert {event.subject for event in house.facts(Opened, READS) if event.record == "finance.costs"} == {
        told.first,
        told.second,
    }
    before = len(house.facts(Exported, READS))
    table = list(csv.reader(io.StringIO(director.get(f"{COSTS}/list.csv").content.decode("utf-8-sig"))))
    assert [row[0] for row in table[1:]] == names
    assert director.get(f"{COSTS}/list.xlsx").content.startswith(b"PK")
    assert len(house.facts(Exported, READS)) == before + 2
    assert house.as_role("send_director").get(COSTS).status_code == 200
    assert house.as_role("send_director").get(f"{COSTS}/list.csv").status_code == 403
    assert director.get(PUPILS).status_code == 403
    assert director.get(f"{PUPILS}/{told.first}").status_code == 403


def test_the_premium_of_looked_after_children_is_told_as_one_sum_beside_nobody(make_house: HouseMaker) -> None:
    found = [*FOUND, EntryPoint("lac", "plugins.lac", "tallystick.plugins")]
    house, claim = school(make_house, "lac.funding", found=found), uuid4()
    house.switch(on=True, plugin="lac")
    for role in ("business_manager", "designated_teacher"):
        house.grant(role)
    child = house.pupil()
    made = ClaimMade(claim, uuid4(), uuid4(), 300_00, TODAY, TODAY, "", TODAY, "Tutor")
    facts = [New(child, fact) for fact in (made, ClaimAgreed(claim, 180_50, TODAY), ClaimPaid(claim, 100_00, TODAY))]
    desk_of(house, "designated_teacher").record(facts, command_id=uuid4())
    line = priced(house, BOUGHT)
    share(house, line, house.pupil())
    page = text_of(house.as_role("business_manager").get(COSTS).text)
    assert "Agreed £180.50 Received £100.00 Spent £0.00" in page
    assert page.count("£180.50") == 1
    assert len(re.findall("Pupil [0-9A-F]{3}-", page)) == 1  # the child in care has no costs, and so no row


@pytest.mark.parametrize("role", ["governor", "class_teacher", "chief_executive"])
def test_a_stranger_is_shown_nothing(north: tuple[House, Helped], role: str) -> None:
    house, told = north
    stranger = house.as_role(role)
    for path in (PAY, PROVISION, f"{PROVISION}/{told.talk}", PUPILS, f"{PUPILS}/{told.first}", COSTS):
        answer = stranger.get(path)
        assert answer.status_code in (403, 404), path
        assert "Byron" not in answer.text
