"""An educational record and freedom of information have clocks and steps of their own."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from core.academies.facts import TermSet
from core.requests.facts import RecordsPromised, RequestReceived
from core.requests.telling import deadlines
from tests.core.house import NORTH, House, email_of, errors
from tests.core.requests.test_web import LIST, USUAL, came, day, does, upn_of

DPO = email_of("dpo")
MONDAY = date(2026, 11, 16)


def in_term(house: House) -> None:
    desk = house.desk(urn=NORTH)
    house.tell(desk.here, TermSet("Autumn", date(2026, 9, 1), date(2026, 12, 18)))
    house.tell(desk.here, TermSet("Spring", date(2027, 1, 4), date(2027, 3, 26)))


def test_an_educational_record_is_due_in_a_month_until_the_academy_promises_it_sooner(house: House) -> None:
    in_term(house)
    dpo = house.browser(DPO)
    case = came(dpo, MONDAY, sort="record", upn=upn_of(house, house.pupil()))
    (due,) = deadlines(house.desk(DPO, NORTH), date(2027, 1, 1))
    assert (due.due_by, due.rule) == (date(2026, 12, 16), "requests.answer_by")
    assert "16 December 2026" in dpo.get(case).text
    assert "given as what is kept of them, in a month" in dpo.get(LIST).text
    assert does(dpo, LIST, "promise", promised="true") == []
    assert "in 15 school days" in dpo.get(LIST).text
    page = dpo.get(case).text
    assert "7 December 2026" in page
    assert "Gather what is kept" in page
    assert does(dpo, LIST, "promise", promised="true") == ["Nothing was changed."]
    assert [one.promised for one in house.recorded(RecordsPromised)] == [True]
    (due,) = deadlines(house.desk(DPO, NORTH), date(2027, 1, 1))
    assert (due.text, due.due_by, due.rule) == ("Give an educational record", date(2026, 12, 7), "requests.record_by")
    assert does(dpo, LIST, "promise", promised="false") == []
    assert "16 December 2026" in dpo.get(case).text


def test_freedom_of_information_is_answered_by_one_person_in_twenty_school_days(house: House) -> None:
    in_term(house)
    dpo = house.browser(DPO)
    case = came(dpo, MONDAY, sort="information", whom="The Herald", asks="What SEN provision cost")
    page = dpo.get(case).text
    assert "Freedom of information request" in page
    assert "14 December 2026" in page
    assert "Record the answer" in page
    assert "Ask what they mean" not in page
    assert dpo.get(f"{case}/whom").status_code == 404
    assert does(dpo, case, "clarify", **day("asked_on", MONDAY), what="?") == [
        "This is for requests for what is kept of somebody."
    ]
    (due,) = deadlines(house.desk(DPO, NORTH), date(2027, 1, 1))
    assert (due.due_by, due.rule) == (date(2026, 12, 14), "requests.information_by")
    given = {**day("answered_on", MONDAY), "outcome": "given", "words": "The figures"}
    assert does(dpo, case, "answer", **given) == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"sort": "record"}, "Say which pupil's record it is."),
        ({"sort": "information", "proof_needed": "true"}, "Whoever asks for information need not show who they are."),
    ],
)
def test_what_does_not_fit_its_kind_is_refused(house: House, typed: dict[str, str], says: str) -> None:
    dpo = house.browser(DPO)
    answer = dpo.post(f"{LIST}/new", **(USUAL | day("received_on", MONDAY) | typed))
    assert errors(answer.text) == [says]
    assert house.recorded(RequestReceived) == []


def test_information_is_of_no_pupil(house: House) -> None:
    dpo, upn = house.browser(DPO), upn_of(house, house.pupil())
    answer = dpo.post(f"{LIST}/new", **(USUAL | day("received_on", MONDAY) | {"sort": "information", "upn": upn}))
    assert errors(answer.text) == [
        "Freedom of information gives nothing of one pupil. Whoever asks for that asks for what is kept of them."
    ]
    assert f'value="{upn}"' in answer.text


def test_no_promise_stands_as_a_request(house: House) -> None:
    dpo = house.browser(DPO)
    assert does(dpo, LIST, "promise", promised="true") == []
    assert "Nobody has asked." in dpo.get(LIST).text
    assert dpo.get(f"{LIST}/{house.desk(urn=NORTH).here}").status_code == 404
    assert dpo.get(f"{LIST}/{uuid4()}").status_code == 404
