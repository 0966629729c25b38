"""A request about data from the day it comes to its answer, by pages."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from core.accounts.commands import NameConflict
from core.accounts.facts import Opened
from core.requests.facts import RequestAnswered, RequestReceived, SecondRead
from core.roll.views import pupil as pupil_view
from tests.core.house import NORTH, SOUTH, Browser, House, email_of, errors

LIST = f"/{NORTH}/requests"
DPO, HEAD = email_of("dpo"), email_of("head", NORTH)
USUAL = {"sort": "access", "whom": "A parent, by letter", "asks": "Everything about my child", "proof_needed": "false"}


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def came(browser: Browser, on: date = date(2026, 11, 16), **fields: Any) -> str:
    """The page of a request that came."""
    answer = browser.post(f"{LIST}/new", **(USUAL | day("received_on", on) | fields))
    assert answer.status_code == 303, errors(answer.text)
    return str(answer.headers["location"])


def does(browser: Browser, case: str, step: str, **fields: Any) -> list[str]:
    """What is wrong with a step; [] when it was recorded."""
    return errors(browser.post(f"{case}/{step}", **fields).text)


def upn_of(house: House, pupil: UUID) -> str:
    return house.desk(urn=NORTH).log.see_all(pupil_view)[pupil].upn


def test_from_the_day_it_comes_to_its_answer(house: House) -> None:
    pupil = house.pupil(surname="Quillfeather")
    dpo, head = house.browser(DPO), house.browser(HEAD)
    case = came(dpo, upn=upn_of(house, pupil), proof_needed="true")
    page = dpo.get(case).text
    assert "The clock stands still." in page
    assert "Quillfeather" in page
    assert does(dpo, case, "extend", **day("told_on", date(2026, 11, 16)), reason="Much") == [
        "The clock does not run, so there is nothing to extend."
    ]
    house.clock.move_to(date(2026, 11, 18))
    dpo.sign_in(DPO)
    head.sign_in(HEAD)
    assert does(dpo, case, "proved", **day("proved_on", date(2026, 11, 18)), how="Came to the office") == []
    assert "18 December 2026" in dpo.get(case).text
    assert does(dpo, case, "clarify", **day("asked_on", date(2026, 11, 18)), what="Which years?") == []
    assert "The clock stands still." in dpo.get(case).text
    house.clock.move_to(date(2026, 11, 25))
    dpo.sign_in(DPO)
    head.sign_in(HEAD)
    assert does(dpo, case, "clarified", **day("given_on", date(2026, 11, 25))) == []
    assert "25 December 2026" in dpo.get(case).text
    assert does(dpo, case, "extend", **day("told_on", date(2026, 11, 25)), reason="Seven years") == []
    assert "25 February 2027" in dpo.get(case).text
    given = {**day("answered_on", date(2026, 11, 25)), "outcome": "part", "words": "All but a friend's words"}
    assert does(dpo, case, "answer", **given) == ["A second person must have read what goes out; not you."]
    assert does(head, case, "whole", remarks="A friend is named") == []
    assert does(head, case, "answer", **given) == ["A second person must have read what goes out; not you."]
    assert dpo.post(f"{case}/pack", page=f"{case}/whole").status_code == 303
    assert does(dpo, case, "answer", **given) == []
    assert "part of it was given" in dpo.get(case).text
    assert dpo.get(f"{case}/answer").status_code == 404
    assert [one.by for one in house.recorded(SecondRead)] == [house.person(HEAD)]
    assert [one.by for one in house.recorded(RequestAnswered)] == [house.person(DPO)]
    assert any(one.record == "core.requests" for one in house.facts(Opened, f"{NORTH}-reads"))


def test_who_asks_is_shown_once_and_only_where_it_was_in_doubt(house: House) -> None:
    dpo = house.browser(DPO)
    shown = {**day("proved_on", date(2026, 11, 16)), "how": "A passport"}
    says = ["It is shown already, or was never in doubt."]
    assert does(dpo, came(dpo), "proved", **shown) == says
    case = came(dpo, proof_needed="true")
    assert does(dpo, case, "proved", **shown) == []
    assert does(dpo, case, "proved", **shown) == says


def test_a_complaint_is_acknowledged(house: House) -> None:
    dpo = house.browser(DPO)
    case = came(dpo, sort="complaint")
    assert "16 December 2026" in dpo.get(case).text
    assert does(dpo, case, "clarify", **day("asked_on", date(2026, 11, 16)), what="?") == [
        "This is for requests for what is kept of somebody."
    ]
    assert does(dpo, case, "acknowledge", **day("acknowledged_on", date(2026, 11, 16))) == []
    given = {**day("answered_on", date(2026, 11, 16)), "outcome": "given", "words": "We were wrong, and put it right"}
    assert does(dpo, case, "answer", **given) == []


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (day("received_on", date(2026, 11, 17)), "The day must be today or in the past."),
        ({"upn": "A123456789012"}, "There is no pupil with this UPN here."),
        ({"sort": ""}, "Enter what it is."),
        ({"whom": ""}, "Enter who asks."),
        ({"proof_needed": ""}, "Enter whether it is still to be shown who asks."),
    ],
)
def test_what_was_typed_wrong_is_told_and_kept(house: House, fields: dict[str, str], says: str) -> None:
    dpo = house.browser(DPO)
    answer = dpo.post(f"{LIST}/new", **(USUAL | day("received_on", date(2026, 11, 16)) | fields))
    assert answer.status_code == 422
    assert errors(answer.text)[0].startswith(says)
    assert "Everything about my child" in answer.text
    assert house.recorded(RequestReceived) == []


def test_what_must_be_answered_stands_among_what_needs_doing(house: House) -> None:
    dpo, head = house.browser(DPO), house.browser(HEAD)
    case = came(dpo)
    shown = head.get(f"/{NORTH}?until=90").text
    assert "Answer what was asked about data" in shown
    assert f'href="{case}"' in shown
    assert "A parent, by letter" not in shown
    house.clock.move_to(date(2026, 12, 17))
    head.sign_in(HEAD)
    assert ">late<" in head.get(LIST).text


@pytest.mark.parametrize("role", ["senco", "dsl", "class_teacher", "hr_admin", "inspector"])
def test_nobody_else_learns_of_it(house: House, role: str) -> None:
    case = came(house.browser(DPO))
    if role == "inspector":
        house.grant(role)
    someone = house.as_role(role)
    for path in (LIST, case, f"{case}/answer"):
        assert someone.get(path).status_code == 403
    assert "Answer what was asked" not in someone.get(f"/{NORTH}?until=90").text
    assert house.as_role("head", SOUTH).get(case).status_code == 404


def test_a_head_of_another_academy_finds_none(house: House) -> None:
    case = came(house.browser(DPO))
    assert house.as_role("head", SOUTH).get(case.replace(NORTH, SOUTH)).status_code == 404


def test_whoever_is_close_to_the_child_learns_nothing_of_the_request(house: House) -> None:
    pupil = house.pupil()
    house.desk(email_of("identity_admin")).do(NameConflict(pupil, "Their child"), house.person(HEAD))
    case = came(house.browser(DPO), upn=upn_of(house, pupil))
    head = house.browser(HEAD)
    assert case not in head.get(LIST).text
    for path in (case, f"{case}/read"):
        assert head.get(path).status_code == 404
    assert head.raw_post(f"{case}/read", data=head.form(f"{LIST}/new")).status_code == 404
    assert "Answer what was asked" not in head.get(f"/{NORTH}?until=90").text


def test_no_answer_goes_out_before_it_was_read(house: House) -> None:
    dpo, head = house.browser(DPO), house.browser(HEAD)
    case = came(dpo, date(2026, 11, 2))
    assert does(head, case, "read") == []
    early = {**day("answered_on", date(2026, 11, 10)), "outcome": "given", "words": "All of it"}
    assert does(dpo, case, "answer", **early) == ["That was before 16 November 2026."]
