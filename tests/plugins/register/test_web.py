"""The register's pages: a change of status from form to record, and the register of another day."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.accounts.facts import Exported, Opened
from events import Withdrawn
from plugins.register.facts import MovedOnRegister, PlacedOnRegister, PlanIssued, ReviewEnded, TakenOffRegister
from tests.core.house import NORTH, SOUTH, Browser, House, errors, hidden, on

SEPTEMBER = date(2026, 9, 1)


def placing(**more: Any) -> dict[str, str]:
    """A form that places a pupil on the register."""
    usual = {"provision": "K", "need_1": "SLCN", "reason": "Seen in class", **on("on", date(2026, 11, 12))}
    return usual | on("told", date(2026, 11, 13)) | more


def change_of(pupil: UUID, urn: str = NORTH) -> str:
    return f"/{urn}/register/pupils/{pupil}/change"


def check(senco: Browser, pupil: UUID, fields: dict[str, str]) -> dict[str, str]:
    """Fills in the form; the hidden fields of the check page."""
    path = change_of(pupil)
    answer = senco.raw_post(path, data=senco.form(path) | fields)
    assert answer.status_code == 200, errors(answer.text)
    return hidden(answer.text, path) | {"go": "record"}


def placed(on_day: date = SEPTEMBER, provision: str = "K", *needs: str) -> PlacedOnRegister:
    return PlacedOnRegister(provision, needs or ("SLCN",), on_day, on_day, "Seen in class")


def test_a_change_is_checked_then_recorded_then_shown_with_both_days_and_who(house: House) -> None:
    pupil, senco = house.pupil(), house.as_role("senco")
    before = house.log_size()
    sent = check(senco, pupil, placing())
    assert house.log_size() == before
    answer = senco.raw_post(change_of(pupil), data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{NORTH}/pupils/{pupil}")
    assert house.log_size() == before + 1
    shown = senco.get(f"/{NORTH}/pupils/{pupil}").text
    assert "Recorded on the register." in shown
    assert "happened Thu 12 Nov 2026" in shown
    assert "typed 16 Nov 2026, 12:00 by Senco 139204, SENCO" in shown
    assert "4 days later" in shown
    assert "SEN support" in shown
    assert "Recorded on the register." not in senco.get(f"/{NORTH}/pupils/{pupil}").text


def test_the_check_page_says_what_it_was_and_that_it_is_late(house: House) -> None:
    pupil, senco = house.pupil(placed()), house.as_role("senco")
    path = change_of(pupil)
    sent = senco.form(path) | placing(provision="E", need_1="ASD")
    shown = senco.raw_post(path, data=sent).text
    assert "was SEN support" in shown
    assert "was Speech, language and communication needs" in shown
    assert "typed 4 days after the day it holds from" in shown
    assert "Record the day on the plan next" in shown


def test_a_change_button_on_the_check_page_leads_back_with_all_answers(house: House) -> None:
    pupil, senco = house.pupil(), house.as_role("senco")
    sent = check(senco, pupil, placing()) | {"go": "need_1"}
    answer = senco.raw_post(change_of(pupil), data=sent)
    assert answer.status_code == 200
    assert 'value="SLCN" selected' in answer.text
    assert ">Seen in class</textarea>" in answer.text
    assert 'name="told-day" type="text" inputmode="numeric" autocomplete="off" value="13"' in answer.text
    again = senco.raw_post(change_of(pupil), data=hidden(answer.text, change_of(pupil)) | placing(need_1="ASD"))
    assert (
        senco.raw_post(change_of(pupil), data=hidden(again.text, change_of(pupil)) | {"go": "record"}).status_code
        == 303
    )
    assert [event.fact.needs for event in house.facts(PlacedOnRegister)] == [("ASD",)]  # type: ignore[union-attr]


def test_someone_was_first(house: House) -> None:
    pupil, senco, admin = house.pupil(), house.as_role("senco"), house.as_role("send_admin")
    mine, theirs = check(senco, pupil, placing()), check(admin, pupil, placing(need_1="ASD", reason="Autism seen"))
    assert admin.raw_post(change_of(pupil), data=theirs).status_code == 303
    answer = senco.raw_post(change_of(pupil), data=mine)
    assert answer.status_code == 409
    assert "Placed on the register: " in answer.text
    assert "Autism seen" in answer.text
    assert "Send Administrator 139204" in answer.text
    assert "Seen in class" in answer.text  # what was typed is kept
    assert len(house.facts(PlacedOnRegister)) == 1


def test_a_form_left_open_is_stale_at_the_check_page_already_or_when_recorded(house: House) -> None:
    pupil, senco = house.pupil(), house.as_role("senco")
    form = senco.form(change_of(pupil))
    house.tell(pupil, placed())
    shown = senco.raw_post(change_of(pupil), data=form | placing(provision="E"))
    if shown.status_code == 200:
        shown = senco.raw_post(change_of(pupil), data=hidden(shown.text, change_of(pupil)) | {"go": "record"})
    assert shown.status_code == 409
    assert house.facts(MovedOnRegister) == []


def test_a_double_click_is_recorded_once(house: House) -> None:
    pupil, senco = house.pupil(), house.as_role("senco")
    sent = check(senco, pupil, placing())
    before = house.log_size()
    for _ in range(3):
        answer = senco.raw_post(change_of(pupil), data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{NORTH}/pupils/{pupil}")
    assert house.log_size() == before + 1


def test_going_back_and_sending_other_answers_is_told(house: House) -> None:
    pupil, senco = house.pupil(), house.as_role("senco")
    sent = check(senco, pupil, placing())
    assert senco.raw_post(change_of(pupil), data=sent).status_code == 303
    answer = senco.raw_post(change_of(pupil), data=sent | {"need_1": "ASD"})
    assert answer.status_code == 409
    assert len(house.facts(PlacedOnRegister)) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (placing(**{"told-day": "", "told-month": "", "told-year": ""}), "told-day"),
        (placing(**{"on-day": "17"}), "on-day"),
        (placing(need_1=""), "need_1"),
        (placing(need_1="", need_2="ASD"), "need_1"),
        (placing(need_2="SLCN"), "need_2"),
        (placing(need_1="DYSLEXIA"), "need_1"),
        (placing(need_2="BESD"), "need_2"),
        (placing(reason=" "), "reason"),
        (placing(provision="N", need_1=""), "provision"),
        (placing(provision="S"), "provision"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(house: House, fields: dict[str, str], field: str) -> None:
    pupil, senco = house.pupil(), house.as_role("senco")
    path = change_of(pupil)
    for go in ({}, {"go": "record"}):
        before = house.log_size()
        answer = senco.raw_post(path, data=senco.form(path) | fields | go)
        assert answer.status_code == 422
        assert len(errors(answer.text)) == 1
        assert f'<a href="#{field}">' in answer.text
        assert house.log_size() == before


def test_taking_off_the_register_ends_every_need_and_wants_the_parents_told(house: House) -> None:
    pupil, senco = house.pupil(placed()), house.as_role("senco")
    path = change_of(pupil)
    with_needs = senco.raw_post(path, data=senco.form(path) | placing(provision="N"))
    assert "A pupil without SEN has open needs" in errors(with_needs.text)[0]
    sent = check(senco, pupil, placing(provision="N", need_1=""))
    assert senco.raw_post(path, data=sent).status_code == 303
    assert len(house.facts(TakenOffRegister)) == 1
    assert "Not on the register since 12 November 2026" in senco.get(f"/{NORTH}/pupils/{pupil}").text


def test_the_same_again_is_no_change(house: House) -> None:
    pupil, senco = house.pupil(placed()), house.as_role("senco")
    answer = senco.raw_post(change_of(pupil), data=senco.form(change_of(pupil)) | placing())
    assert answer.status_code == 422
    assert "was so already" in errors(answer.text)[0]


@pytest.mark.parametrize("go", ["", "record", "need_1"])
def test_a_pupil_who_is_not_here_is_not_found_however_the_address_came(house: House, go: str) -> None:
    ours, theirs, senco = house.pupil(), house.pupil(urn=SOUTH, surname="Southerner"), house.as_role("senco")
    token = senco.form(change_of(ours))["token"]
    before = house.log_size()
    for stranger in (theirs, uuid4(), house.academy_id()):
        assert senco.get(change_of(stranger)).status_code == 404
        answer = senco.raw_post(change_of(stranger), data=placing(token=token, go=go))
        assert answer.status_code == 404, stranger
        for path in (f"/{NORTH}/register/plans/{stranger}", f"/{NORTH}/register/plans/{stranger}/new"):
            assert senco.get(path).status_code == 404
            fields = {"token": token, **on("made_on", SEPTEMBER), **on("ended_on", SEPTEMBER)}
            assert senco.raw_post(path, data=fields).status_code == 404
        assert senco.get(f"/{NORTH}/pupils/{stranger}").status_code == 404
    assert house.log_size() == before


def test_opening_a_pupil_is_recorded_once_in_a_session_and_hour(house: House) -> None:
    pupil, senco = house.pupil(placed()), house.as_role("senco")
    for _ in range(3):
        senco.get(f"/{NORTH}/pupils/{pupil}")
    opened = house.facts(Opened, f"{NORTH}-reads")
    assert {(event.subject, event.record) for event in opened} == {
        (pupil, "core.identity"),
        (pupil, "register.support"),
    }
    assert len(opened) == 2
    house.clock.forward(3600)
    senco.sign_in("senco@139204.keystone.example")
    senco.get(f"/{NORTH}/pupils/{pupil}")
    assert len(house.facts(Opened, f"{NORTH}-reads")) == 4


def test_a_plan_then_its_review_move_the_day_that_is_due(house: House) -> None:
    pupil, senco = house.pupil(placed(SEPTEMBER, "E")), house.as_role("senco")
    path = f"/{NORTH}/register/plans/{pupil}"
    assert senco.post(f"{path}/new", **on("made_on", date(2025, 11, 20))).status_code == 303
    shown = senco.get(path).text
    assert "Thu 19 Nov 2026" in shown
    assert "22 October 2026" in shown
    due = senco.get(f"/{NORTH}").text
    assert "nnual review" in due
    assert "Robin Sample1" in due or "Sample1, Robin" in due
    assert senco.post(path, **on("ended_on", date(2026, 11, 10))).status_code == 303
    assert [type(event.fact) for event in house.events()[-2:]] == [PlanIssued, ReviewEnded]
    assert "Tue 9 Nov 2027" in senco.get(path).text


def test_a_wrong_entry_is_withdrawn_and_history_shows_both(house: House) -> None:
    pupil, senco = house.pupil(), house.as_role("senco")
    (entry,) = house.tell(pupil, placed())
    path = f"/{NORTH}/pupils/{pupil}/entries/{entry}/withdraw"
    fields = senco.form(path) | {"reason": "It was his brother"}
    assert senco.raw_post(path, data=fields).status_code == 303
    assert senco.raw_post(path, data=fields).status_code == 303
    assert len(house.facts(Withdrawn)) == 1
    shown = senco.get(f"/{NORTH}/pupils/{pupil}").text
    assert "It was his brother" in shown
    assert "<del>" in shown
    assert "Never on the register here" in shown
    assert "Sample1" not in senco.get(f"/{NORTH}/register").text
    again = senco.post(path, reason="Once more")
    assert (again.status_code, errors(again.text)) == (422, ["This entry is withdrawn already."])


def test_an_entry_of_another_pupil_or_another_class_is_not_withdrawn_by_its_address(house: House) -> None:
    one, other, senco = house.pupil(), house.pupil(), house.as_role("senco")
    (entry,) = house.tell(one, placed())
    assert senco.get(f"/{NORTH}/pupils/{other}/entries/{entry}/withdraw").status_code == 404
    assert senco.get(f"/{NORTH}/pupils/{one}/entries/99999/withdraw").status_code == 404
    assert senco.get(f"/{NORTH}/pupils/{house.academy_id()}/entries/2/withdraw").status_code == 404


# The register of another day


def names(senco: Browser, query: str = "") -> list[str]:
    """Surname and provision of each line, as the CSV has them."""
    content = senco.get(f"/{NORTH}/register/list.csv{query}").content.decode("utf-8-sig")
    return [f"{row['Surname']} {row['Provision']}" for row in csv.DictReader(io.StringIO(content))]


def test_a_late_entry_changes_the_days_after_it_and_not_what_was_known(house: House) -> None:
    house.clock.move_to(date(2026, 10, 5))
    early, late = house.pupil(placed(), surname="Early"), house.pupil(surname="Late")
    house.clock.move_to(date(2026, 11, 16))
    house.tell(late, placed(date(2026, 9, 15)))
    house.tell(early, MovedOnRegister("E", ("ASD",), date(2026, 10, 20), None, "The plan came"))
    senco = house.as_role("senco")
    assert names(senco) == ["Early E", "Late K"]
    assert names(senco, "?as_at=2026-09-14") == ["Early K"]
    assert names(senco, "?as_at=2026-09-15") == ["Early K", "Late K"]
    assert names(senco, "?as_at=2026-10-20") == ["Early E", "Late K"]
    assert names(senco, "?known_at=2026-11-15") == ["Early K"]
    assert names(senco, "?as_at=2026-10-31&known_at=2026-11-15") == ["Early K"]
    assert names(senco, "?as_at=2026-10-31&known_at=2026-11-16") == ["Early E", "Late K"]
    assert names(senco, "?as_at=2026-08-31") == []
    shown = senco.get(f"/{NORTH}/register?as_at=2026-10-31&known_at=2026-11-15").text
    assert "The register as at 31 October 2026, as it was known at the end of 15 November 2026" in shown
    assert "Early, Robin" in shown
    assert "Late, Robin" not in shown
    assert re.search(r"\d+ (days|weeks|months) later", senco.get(f"/{NORTH}/pupils/{late}").text)


def test_a_withdrawn_entry_was_known_until_it_was_withdrawn(house: House) -> None:
    house.clock.move_to(date(2026, 10, 5))
    pupil = house.pupil(surname="Mistaken")
    (entry,) = house.tell(pupil, placed())
    house.clock.move_to(date(2026, 11, 16))
    senco = house.as_role("senco")
    senco.post(f"/{NORTH}/pupils/{pupil}/entries/{entry}/withdraw", reason="Another child")
    assert names(senco) == []
    assert names(senco, "?known_at=2026-10-05") == ["Mistaken K"]
    assert names(senco, "?known_at=2026-10-04") == []


def test_the_list_is_filtered_sorted_and_counted(house: House) -> None:
    house.pupil(placed(SEPTEMBER, "K", "SLCN"), surname="Adams", year="3")
    house.pupil(placed(SEPTEMBER, "E", "ASD", "SLCN"), surname="Brown", year="4")
    house.pupil(surname="Clarke")
    senco = house.as_role("senco")
    assert names(senco) == ["Adams K", "Brown E"]
    assert names(senco, "?provision=E") == ["Brown E"]
    assert names(senco, "?need=SLCN") == ["Adams K", "Brown E"]
    assert names(senco, "?need=ASD") == ["Brown E"]
    assert names(senco, "?year=3") == ["Adams K"]
    assert names(senco, "?gaps=some") == ["Brown E"]
    shown = senco.get(f"/{NORTH}/register?sort=-name").text
    assert shown.index("Brown, Robin") < shown.index("Adams, Robin")
    assert "2 pupils: 1 SEN support, 1 EHC plans." in shown
    found = senco.post(f"/{NORTH}/register", q="brown", provision="", sort="since")
    assert "brown" not in found.headers["location"].lower()
    shown = senco.get(found.headers["location"]).text
    assert "Brown, Robin" in shown
    assert "Adams, Robin" not in shown
    assert senco.get(f"/{NORTH}/register?sort=nonsense&page=999&q=garbage&as_at=x").status_code == 200


def test_taking_the_list_away_is_recorded(house: House) -> None:
    house.pupil(placed())
    senco = house.as_role("senco")
    senco.get(f"/{NORTH}/register/list.csv")
    senco.get(f"/{NORTH}/register/list.xlsx")
    told = house.facts(Exported, f"{NORTH}-reads")
    assert [(event.record, event.fact.rows) for event in told] == [("register.support", 1)] * 2  # type: ignore[union-attr]


def test_a_pupil_who_left_is_not_on_the_register_of_today(house: House) -> None:
    from core.roll.facts import PupilLeft

    pupil = house.pupil(placed(), surname="Leaver")
    house.clock.move_to(date(2026, 11, 17))
    house.tell(pupil, PupilLeft(date(2026, 11, 16)))
    senco = house.as_role("senco")
    assert names(senco) == []
    assert names(senco, "?as_at=2026-11-16") == ["Leaver K"]


def test_a_teacher_reads_the_headline_of_those_in_their_care_only(house: House) -> None:
    pupil = house.pupil(placed())
    teacher = house.as_role("class_teacher")
    assert teacher.get(f"/{NORTH}/pupils/{pupil}").status_code == 404
    assert teacher.get(f"/{NORTH}/register").status_code == 403
    shown = house.as_role("dsl").get(f"/{NORTH}/pupils/{pupil}").text
    assert "Headline of need" in shown
    assert "Seen in class" not in shown


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (on("on", date(1990, 1, 1)) | on("told", date(1990, 1, 1)), "on"),
        (on("told", date(2090, 1, 1)), "told"),
    ],
)
def test_days_that_cannot_have_been_are_refused(house: House, fields: dict[str, str], field: str) -> None:
    pupil, senco = house.pupil(), house.as_role("senco")
    answer = senco.raw_post(change_of(pupil), data=senco.form(change_of(pupil)) | placing() | fields)
    assert answer.status_code == 422
    assert f'href="#{field}-day"' in answer.text


def test_a_plan_made_before_the_pupil_was_born_is_refused(house: House) -> None:
    pupil, senco = house.pupil(), house.as_role("senco")
    answer = senco.post(f"/{NORTH}/register/plans/{pupil}/new", **on("made_on", date(1980, 1, 1)))
    assert answer.status_code == 422
    assert house.facts(PlanIssued) == []


def test_a_form_that_shows_a_record_opens_it(house: House) -> None:
    pupil, senco = house.pupil(placed()), house.as_role("senco")
    before = len(house.facts(Opened, f"{NORTH}-reads"))
    senco.get(change_of(pupil))
    opened = house.facts(Opened, f"{NORTH}-reads")[before:]
    assert {(event.subject, event.record) for event in opened} == {
        (pupil, "core.identity"),
        (pupil, "register.support"),
    }
