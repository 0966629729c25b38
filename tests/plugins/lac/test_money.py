"""Premium plus of one child, the school's own premium, and what finance sees of either."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.accounts.facts import Granted, Opened, TurnedAway
from core.law import Edition
from events import New
from plugins.lac.facts import (
    ClaimAgreed,
    ClaimMade,
    ClaimPaid,
    ClaimRefused,
    ClaimSpent,
)
from plugins.lac.web.money import showing
from tests.core.house import NORTH, House, error_links, errors, on
from tests.plugins.lac.care import LAC, clocks, desk_of, in_care, opened, set_up, tell
from tests.plugins.lac.claims import claim, planned, text_of

TODAY, BEGAN = date(2026, 11, 16), date(2026, 10, 19)


def asking(target: UUID, **more: str) -> dict[str, str]:
    days = on("from_on", TODAY) | on("until_by", date(2027, 1, 29)) | on("made_on", TODAY)
    return {"target": str(target), "item": "Tutor", "cost_pence": "180", **days, **more}


# One child


def test_a_claim_goes_from_asking_to_spending_in_pounds_and_pence(house: House) -> None:
    child, pep, target = planned(house)
    teacher, here = house.as_role("designated_teacher"), f"{LAC}/money/{child}"
    assert "Nothing was asked for yet." in text_of(teacher.get(here).text)
    answer = teacher.post(f"{here}/claim", **asking(target, cost_pence="£180.50"))
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    (event,) = house.facts(ClaimMade)
    assert isinstance(event.fact, ClaimMade)
    assert (event.fact.cost_pence, event.fact.pep, event.fact.target) == (18_050, pep, target)
    one = f"{here}/{event.fact.claim}"
    page = text_of(teacher.get(here).text)
    assert "First PEP, started 19 October 2026 £180.50 asked for, of £550.00 for a term." in page
    assert "Tutor Target: Reads 90 words in a minute" in page
    assert teacher.post(f"{one}/agree", agreed_pence="150", **on("agreed_on", TODAY)).status_code == 303
    assert teacher.post(f"{one}/receive", paid_pence="100.00", **on("paid_on", TODAY)).status_code == 303
    assert (
        teacher.post(f"{one}/spend", spent_pence="60", on_what="Six hours", **on("spent_on", TODAY)).status_code == 303
    )
    page = text_of(teacher.get(here).text)
    figures = "Asked £180.50 Agreed £150.00 Received £100.00 Spent £60.00 Left to spend £90.00"
    assert figures in page
    kinds = [type(event.fact) for event in house.events() if event.record == "lac.money"]
    assert kinds == [ClaimMade, ClaimAgreed, ClaimPaid, ClaimSpent]


def test_a_refusal_keeps_its_reason_and_counts_no_more(house: House) -> None:
    child, pep, target = planned(house)
    given = uuid4()
    tell(house, child, *claim(given, pep, target, TODAY))
    teacher, here = house.as_role("designated_teacher"), f"{LAC}/money/{child}"
    answer = teacher.post(f"{here}/{given}/refuse", reason="Not from this fund", **on("refused_on", TODAY))
    assert answer.status_code == 303
    assert len(house.facts(ClaimRefused)) == 1
    page = text_of(teacher.get(here).text)
    assert "£0.00 asked for, of £550.00" in page
    assert "refused" in page


def test_only_what_can_come_next_is_offered(house: House) -> None:
    child, pep, target = planned(house)
    teacher, here = house.as_role("designated_teacher"), f"{LAC}/money/{child}"
    every: tuple[tuple[dict[str, Any], list[str]], ...] = (
        ({}, ["agree", "refuse"]),
        ({"agreed": 18_000}, ["receive", "spend"]),
        ({"agreed": 18_000, "paid": 18_000}, ["spend"]),
        ({"agreed": 18_000, "paid": 18_000, "spent": 18_000}, []),
        ({"agreed": 0}, []),
    )
    for sums, acts in every:
        given = uuid4()
        tell(house, child, *claim(given, pep, target, TODAY, **sums))
        assert re.findall(rf'href="{here}/{given}/(\w+)"', teacher.get(here).text) == acts
    assert f"{here}/claim" in teacher.get(here).text
    reader = house.as_role("head").get(here).text
    assert "/agree" not in reader
    assert "/claim" not in reader


def test_over_the_ceiling_it_wants_the_approval_and_the_page_says_how_far_over(house: House) -> None:
    child, pep, target = planned(house)
    tell(house, child, *claim(uuid4(), pep, target, TODAY, asked=40_000))
    teacher, here = house.as_role("designated_teacher"), f"{LAC}/money/{child}"
    assert "£400.00 asked for, of £550.00 for a term." in text_of(teacher.get(f"{here}/claim").text)
    answer = teacher.post(f"{here}/claim", **asking(target, cost_pence="160"))
    assert answer.status_code == 422
    assert list(error_links(answer.text)) == ["approval"]
    assert "£560.00, £10.00 over the £550.00 of a term." in errors(answer.text)[0]
    assert teacher.post(f"{here}/claim", **asking(target, cost_pence="160", approval="VS/7")).status_code == 303
    assert "£560.00 asked for, of £550.00 for a term. £10.00 over" in text_of(teacher.get(here).text)
    assert "approval VS/7" in text_of(teacher.get(here).text)


def test_what_is_wrong_with_a_claim_is_told_at_its_field(house: House) -> None:
    child, _, target = planned(house)
    teacher, here = house.as_role("designated_teacher"), f"{LAC}/money/{child}/claim"
    for fields, field in (
        ({"cost_pence": "a lot"}, "cost_pence"),
        ({"cost_pence": "0"}, "cost_pence"),
        ({"item": ""}, "item"),
        ({"target": ""}, "target"),
        ({"target": str(uuid4())}, "target"),
        (on("until_by", date(2027, 7, 1)), "until_by-day"),
    ):
        answer = teacher.raw_post(here, data=teacher.form(here) | asking(target) | fields)
        assert answer.status_code == 422, fields
        assert list(error_links(answer.text)) == [field]
    assert house.facts(ClaimMade) == []


def test_an_address_may_name_the_target(house: House) -> None:
    child, _, target = planned(house)
    page = house.as_role("designated_teacher").get(f"{LAC}/money/{child}/claim?target={target}").text
    assert re.search(rf'value="{target}" checked', page)


def test_what_was_agreed_three_terms_running_prompts_for_the_sen_route(house: House) -> None:
    child, pep, target = planned(house)
    teacher, here = house.as_role("designated_teacher"), f"{LAC}/money/{child}"
    for day in (date(2026, 7, 1), date(2026, 11, 16), date(2027, 1, 4)):
        page = text_of(teacher.get(here).text)
        assert "Consider the SEN route." not in page
        tell(house, child, *claim(uuid4(), pep, target, BEGAN, agreed=18_000, item="Tutor "))
        made = [event for event in house.facts(ClaimMade) if event.subject == child][-1]
        desk_of(house).withdraw(made, "Wrong day", uuid4())
        again = uuid4()
        made_anew = ClaimMade(again, pep, target, 18_000, day, day, "", BEGAN, "Tutor")
        tell(house, child, made_anew, ClaimAgreed(again, 18_000, BEGAN))
    assert "Tutor: agreed three terms running. Consider the SEN route." in text_of(teacher.get(here).text)


def test_what_is_left_when_the_days_are_over_is_asked_about(house: House) -> None:
    child, pep, target = planned(house)
    teacher, here = house.as_role("designated_teacher"), f"{LAC}/money/{child}"
    tell(house, child, *claim(uuid4(), pep, target, BEGAN, agreed=18_000, spent=10_000, until_by=TODAY))
    assert "is not spent" not in text_of(teacher.get(here).text)
    house.clock.move_to(date(2026, 11, 17))
    teacher = house.as_role("designated_teacher")
    assert "£80.00 is not spent. Ask the virtual school" in text_of(teacher.get(here).text)


def rate(pence: int | None) -> tuple[Edition[int | None], ...]:
    return (Edition("2026-27", date(2026, 4, 1), date(2027, 3, 31), "a circular", True, pence),)


@pytest.mark.parametrize(
    ("known", "ceiling", "told"),
    [
        ((), 55_000, "The premium of this year The rate for this year is not known here."),
        (rate(None), 55_000, "The premium of 2026-27 The rate for 2026-27 is not known here (a circular)."),
        (rate(263_000), None, "For the year £2,630.00 The authority has not said what it pays for a term"),
        (rate(263_000), 55_000, "£550.00 for each of three terms Held by the virtual school £980.00 Source"),
    ],
)
def test_the_year_s_premium_is_shared_where_its_rate_is_known(
    house: House, monkeypatch: pytest.MonkeyPatch, known: tuple[Any, ...], ceiling: int | None, told: str
) -> None:
    set_up(house, clocks("342", "Northvale", ceiling_pence=ceiling))
    monkeypatch.setattr(showing, "LOOKED_AFTER_RATES", known)
    child = in_care(house, BEGAN, code="342")
    page = text_of(house.as_role("designated_teacher").get(f"{LAC}/money/{child}").text)
    assert told in page


def test_of_the_rate_of_2026_27_no_figure_is_told(house: House) -> None:
    child = in_care(house, BEGAN)
    page = text_of(house.as_role("designated_teacher").get(f"{LAC}/money/{child}").text)
    assert "The rate for 2026-27 is not known here (gov.uk, published 2026-03-27, the figure not read)." in page
    assert re.findall("£[1-9]", page) == []


def test_opening_a_child_s_money_is_recorded_by_its_classes(house: House) -> None:
    child, _, _ = planned(house)
    before = len(house.facts(Opened, f"{NORTH}-reads"))
    house.as_role("head").get(f"{LAC}/money/{child}")
    assert opened(house, child, before) == {"core.identity", "lac.money", "lac.pep", "lac.status"}


@pytest.mark.parametrize("role", ["dsl", "senco", "business_manager", "governor"])
def test_whoever_was_not_granted_money_is_turned_away(house: House, role: str) -> None:
    child, pep, target = planned(house)
    given = uuid4()
    tell(house, child, *claim(given, pep, target, TODAY))
    someone = house.as_role(role)
    for address in ("", "/claim", f"/{given}/agree"):
        assert someone.get(f"{LAC}/money/{child}{address}").status_code == 403
    turned = house.facts(TurnedAway, f"{NORTH}-reads")
    assert [getattr(event.fact, "record_class", "") for event in turned] == ["lac.money"] * 3


def delegate(house: House, child: UUID, **allows: tuple[str, ...]) -> None:
    """Nelly helps the designated teacher with one child."""
    records: dict[str, tuple[str, ...]] = {"core.identity": ("read",), "core.running": ("read",)}
    records |= {f"lac.{name}": actions for name, actions in allows.items()}
    person, desk = house.person("nelly@keystone.example"), house.desk()
    grant = Granted(
        uuid4(), "designated_teacher", (house.academy_id(),), "named", (child,), records, TODAY, None, "Helps with one"
    )
    desk.record([New(person, grant)], command_id=uuid4())


def test_a_helper_with_one_named_child_is_turned_away_from_any_other_id_alike(house: House) -> None:
    mine, _, _ = planned(house)
    other, _, _ = planned(house)
    delegate(house, mine, money=("read", "write"), pep=("read",), status=("read",), alerts=("read", "write"))
    nelly = house.browser("nelly@keystone.example")
    for page in ("money", "suspensions"):
        assert nelly.get(f"{LAC}/{page}/{mine}").status_code == 200
        answers = [nelly.get(f"{LAC}/{page}/{subject}") for subject in (other, uuid4())]
        assert {answer.status_code for answer in answers} == {403}
        assert len({re.sub('name="token" value="[^"]*"', "", answer.text) for answer in answers}) == 1
    assert len(house.facts(TurnedAway, f"{NORTH}-reads")) == 4
    token = nelly.form(f"{LAC}/money/{mine}/claim")["token"]
    for subject in (other, uuid4()):
        for address in (f"money/{subject}/claim", f"suspensions/{subject}/decide"):
            assert nelly.raw_post(f"{LAC}/{address}", data={"token": token}).status_code == 403


def test_without_the_plans_a_claim_is_told_without_its_target(house: House) -> None:
    child, pep, target = planned(house)
    tell(house, child, *claim(uuid4(), pep, target, TODAY))
    delegate(house, child, money=("read",))
    page = text_of(house.browser("nelly@keystone.example").get(f"{LAC}/money/{child}").text)
    assert "A plan" in page
    assert "Tutor" in page
    assert "Reads 90 words" not in page
    assert "First PEP" not in page


def test_the_tab_tells_nothing(house: House) -> None:
    child, pep, target = planned(house, surname="Adeyemi")
    given = uuid4()
    tell(house, child, *claim(given, pep, target, TODAY))
    teacher = house.as_role("designated_teacher")
    for address in ("", "/claim", f"/{given}/agree", f"/{given}/refuse"):
        page = teacher.get(f"{LAC}/money/{child}{address}").text
        assert "<title>Child ·" in page


@pytest.mark.parametrize("what", ["praise", "agree"])
def test_a_claim_that_is_none_of_this_child_s_is_not_found(house: House, what: str) -> None:
    child, pep, target = planned(house)
    other, given = in_care(house), uuid4()
    tell(house, child, *claim(given, pep, target, TODAY))
    teacher = house.as_role("designated_teacher")
    assert teacher.get(f"{LAC}/money/{other}/{given}/agree").status_code == 404
    assert teacher.get(f"{LAC}/money/{child}/{uuid4()}/{what}").status_code == 404
    assert teacher.get(f"{LAC}/money/{child}/{given}/{what}").status_code == (200 if what == "agree" else 404)
