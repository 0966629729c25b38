"""Commands and views for programs: the same desk, the same facts, and nothing more for anyone."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from click.testing import CliRunner

from core.accounts.facts import Opened, TurnedAway
from core.api.web import MOST_BYTES
from core.by_name import commands_of, views_of
from core.cli.asking import Line
from core.cli.calling import do_command
from core.roll.facts import StaffJoined
from core.roll.views import pupil as pupil_view
from plugins.register.facts import PlanIssued
from tests.core.house import AT_ACADEMIES, EVERYWHERE, NORTH, OPERATOR, OUTSIDE, SOUTH, Browser, House, email_of, on
from tests.core.strangers.counsel import RoomSet, SessionHeld

SEPTEMBER = date(2026, 9, 1)
HELD: dict[str, Any] = {"held_on": "2026-09-01", "minutes": 30}
COUNSEL = f"/api/v1/{NORTH}/counsel"
PLAN = f"/api/v1/{NORTH}/register/commands/issue-plan"


def post(someone: Browser, address: str, body: Any, **headers: str) -> httpx.Response:
    return someone.raw_post(
        address, json=body, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )


def hold(someone: Browser, pupil: UUID, **fields: Any) -> httpx.Response:
    return post(someone, f"{COUNSEL}/commands/hold-session", {"subject": str(pupil)} | HELD | fields)


def problem(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"].startswith("application/problem+json"), answer.text
    told: dict[str, Any] = answer.json()
    assert told["status"] == answer.status_code
    return told


def test_the_same_command_by_page_program_and_command_line_is_the_same_fact(house: House) -> None:
    by_page, by_program, by_line = house.pupil(), house.pupil(), house.pupil()
    operator = house.browser(OPERATOR)
    operator.post(f"/{NORTH}/register/plans/{by_page}/new", **on("made_on", SEPTEMBER))
    assert post(operator, PLAN, {"subject": str(by_program), "made_on": "2026-09-01"}).status_code == 200
    upn = house.desk(urn=NORTH).see_all(pupil_view)[by_line].upn
    line = Line({"TALLYSTICK_HOME": str(house.home)}, None)
    line._building = house.building
    typed = ["register", "issue-plan", "--academy", NORTH, "--pupil", upn, "made_on=2026-09-01"]
    assert CliRunner().invoke(do_command, typed, obj=line).exit_code == 0
    events = house.facts(PlanIssued)
    assert [event.subject for event in events] == [by_page, by_program, by_line]
    assert {(event.fact.made_on, event.record) for event in events if isinstance(event.fact, PlanIssued)} == {
        (SEPTEMBER, "register.plan")
    }
    assert {event.actor.by for event in events if event.actor} == {house.person(OPERATOR)}
    assert len({event.actor.role for event in events if event.actor}) == 1


def test_a_command_is_recorded_and_its_view_told(counselled: House) -> None:
    pupil, teacher = counselled.pupil(), counselled.as_role("designated_teacher")
    answer = hold(teacher, pupil, topics=["worry", "home"], agreed=True, kind_of="group")
    assert answer.headers["cache-control"] == "no-store"
    (event,) = counselled.facts(SessionHeld)
    assert answer.json() == {"entries": [str(event.event_id)]}
    assert event.fact == SessionHeld(SEPTEMBER, 30, "group", ("worry", "home"), True, "")
    told = teacher.get(f"{COUNSEL}/views/sessions/{pupil}")
    assert told.json() == {"subject": str(pupil), "value": {"count": 1, "last_on": "2026-09-01"}}
    assert told.headers["cache-control"] == "no-store"


def test_that_a_view_was_read_is_recorded_also_where_it_says_nothing(counselled: House) -> None:
    pupil, teacher = counselled.pupil(), counselled.as_role("designated_teacher")
    assert teacher.get(f"{COUNSEL}/views/sessions/{pupil}").json()["value"] is None
    (opened,) = counselled.facts(Opened, f"{NORTH}-reads")
    assert (opened.subject, opened.record) == (pupil, "counsel.session")
    assert teacher.get(f"{COUNSEL}/views/sessions/{uuid4()}").json()["value"] is None
    assert len(counselled.facts(Opened, f"{NORTH}-reads")) == 1


def test_a_command_of_the_academy_takes_no_subject(counselled: House) -> None:
    head, address = counselled.as_role("head"), f"{COUNSEL}/commands/set-room"
    assert problem(post(head, address, {"subject": str(counselled.pupil()), "room": "12"}))["field"] == "subject"
    assert post(head, address, {"room": "12"}).status_code == 200
    assert post(head, address, {"subject": str(counselled.academy_id()), "room": "13"}).status_code == 200
    assert [event.fact for event in counselled.facts(RoomSet)] == [
        RoomSet("12", date(2026, 11, 16)), RoomSet("13", date(2026, 11, 16)),
    ]  # fmt: skip
    assert head.get(f"{COUNSEL}/views/room/{counselled.academy_id()}").json()["value"] == "13"
    refused = problem(post(head, address, {"room": "nowhere"}))
    assert (refused["status"], refused["code"], refused["field"]) == (422, "no_room", "room")


def test_what_begins_with_a_command_has_an_id_of_its_own(counselled: House) -> None:
    head, address, key = counselled.as_role("head"), f"{COUNSEL}/commands/start-club", str(uuid4())
    for _ in (1, 2):
        assert post(head, address, {"name": "Chess"}, Idempotency_Key=key).status_code == 200
    (started,) = (event for event in counselled.events() if event.kind == "counsel.club_started/1")
    known = head.get(f"{COUNSEL}/views/club/{started.subject}")
    assert known.json()["value"] == "Chess"
    assert post(head, address, {"subject": str(started.subject), "name": "Go"}).status_code == 200
    for other in (counselled.pupil(), uuid4()):
        assert post(head, address, {"subject": str(other), "name": "Go"}).status_code == 404
    assert head.get(f"{COUNSEL}/views/club/{started.subject}").json()["value"] == "Go"


def test_sent_again_under_the_same_key_it_is_recorded_once(counselled: House) -> None:
    pupil, teacher, key = counselled.pupil(), counselled.as_role("designated_teacher"), str(uuid4())
    body = {"subject": str(pupil)} | HELD
    answers = [post(teacher, f"{COUNSEL}/commands/hold-session", body, Idempotency_Key=key) for _ in (1, 2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    (event,) = counselled.facts(SessionHeld)
    assert event.event_id == UUID(key)
    other = post(teacher, f"{COUNSEL}/commands/hold-session", body | {"minutes": 31}, Idempotency_Key=key)
    assert problem(other)["status"] == 409
    assert len(counselled.facts(SessionHeld)) == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, [("held_on", "missing"), ("minutes", "missing")]),
        ({"held_on": "1 September", "minutes": 30}, [("held_on", "Give a day")]),
        ({"held_on": "2026-09-01", "minutes": "30"}, [("minutes", "Give a whole number")]),
        ({"held_on": "2026-09-01", "minutes": 0}, [("minutes", ">= 1")]),
        (HELD | {"kind_of": "crowd"}, [("kind_of", "one of alone, group")]),
        (HELD | {"topics": "worry"}, [("topics", "Give JSON")]),
        (HELD | {"letter": "x", "agreed": None}, [("letter", "does not ask"), ("agreed", "true or false")]),
    ],
)
def test_each_wrong_field_is_named(counselled: House, fields: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    teacher = counselled.as_role("designated_teacher")
    body = {"subject": str(counselled.pupil())} | fields
    told = problem(post(teacher, f"{COUNSEL}/commands/hold-session", body))
    assert (told["status"], told["code"], told["field"]) == (422, "unfit", wrong[0][0])
    assert [one["field"] for one in told["errors"]] == [field for field, _ in wrong]
    assert all(says in one["detail"] for one, (_, says) in zip(told["errors"], wrong, strict=True))
    assert counselled.facts(SessionHeld) == []


def test_a_refusal_gives_its_code_and_field(counselled: House) -> None:
    told = problem(hold(counselled.as_role("designated_teacher"), counselled.pupil(), held_on="2027-01-01"))
    assert (told["status"], told["code"], told["field"]) == (422, "in_future", "held_on")
    assert told["detail"] == "The day must be today or in the past."


def test_a_subject_must_be_a_pupil_here(counselled: House) -> None:
    teacher, address = counselled.as_role("designated_teacher"), f"{COUNSEL}/commands/hold-session"
    elsewhere = counselled.pupil(urn=SOUTH)
    for nobody in (uuid4(), elsewhere, counselled.academy_id()):
        assert problem(hold(teacher, nobody))["status"] == 404
    assert problem(post(teacher, address, HELD))["field"] == "subject"
    assert problem(post(teacher, address, HELD | {"subject": "Robin"}))["status"] == 400
    assert counselled.facts(SessionHeld) == []


@pytest.mark.parametrize("name", ["commands/no-such", "commands/HoldSession", "views/no-such/{}", "views/pupil/{}"])
def test_a_name_there_is_not_is_not_found(counselled: House, name: str) -> None:
    teacher = counselled.as_role("designated_teacher")
    address = f"{COUNSEL}/{name.format(uuid4())}"
    answer = post(teacher, address, HELD) if "commands" in name else teacher.get(address)
    assert problem(answer)["status"] == 404


@pytest.mark.parametrize("room", ["accounts", "signing_in", "backups", "transport"])
def test_rooms_whose_pages_ask_for_more_are_not_called_by_name(counselled: House, room: str) -> None:
    operator = counselled.browser(OPERATOR)
    for view in ("person", "request"):
        assert operator.get(f"/api/v1/{NORTH}/{room}/views/{view}/{uuid4()}").status_code == 404
    assert post(operator, f"/api/v1/{NORTH}/{room}/commands/give", {}).status_code == 404


@pytest.mark.parametrize(
    "command", ["roll/import-roll", "academies/switch-plugin-on", "disposal/approve-disposal", "disposal/set-retention"]
)
def test_what_takes_a_page_is_not_called_by_name(counselled: House, command: str) -> None:
    room, name = command.split("/")
    assert post(counselled.browser(OPERATOR), f"/api/v1/{NORTH}/{room}/commands/{name}", {}).status_code == 404


def test_roll_calendar_and_disposal_are_called_by_name_too(house: House) -> None:
    base, pupil, admin = f"/api/v1/{NORTH}", house.pupil(surname="Quill"), house.as_role("send_admin")
    assert admin.get(f"{base}/roll/views/pupil/{pupil}").json()["value"]["surname"] == "Quill"
    joined = post(admin, f"{base}/roll/commands/add-staff", {"name": "Hal Berry", "job": "Teacher"})
    assert joined.status_code == 200, joined.text
    (event,) = [one for one in house.facts(StaffJoined) if str(one.event_id) in joined.json()["entries"]]
    left = {"subject": str(event.subject), "left_on": "2026-11-16"}
    assert post(admin, f"{base}/roll/commands/remove-staff", left).status_code == 200
    term = {"name": "Spring 2027", "starts_on": "2027-01-04", "ends_on": "2027-03-26"}
    assert post(house.browser(OPERATOR), f"{base}/academies/commands/set-term", term).status_code == 200
    dpo = house.as_role("dpo")
    asked = {"subject": str(pupil), "record": "core.identity", "ground": "ordered", "reason": "A court said so"}
    refused = problem(post(dpo, f"{base}/disposal/commands/propose-disposal", asked))
    assert (refused["status"], refused["code"]) == (422, "still_here")


# Bodies


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/json-patch+json", ""])
def test_a_body_that_another_site_s_form_could_send_is_not_read(counselled: House, kind: str) -> None:
    teacher = counselled.as_role("designated_teacher")
    body = f'{{"subject": "{counselled.pupil()}", "held_on": "2026-09-01", "minutes": 30}}'
    headers = {"content-type": kind} if kind else {}
    answer = teacher.raw_post(f"{COUNSEL}/commands/hold-session", content=body, headers=headers)
    assert problem(answer)["status"] == 415
    answer = teacher.raw_post(
        f"{COUNSEL}/commands/hold-session", content=body, headers={"content-type": "application/json; charset=utf-8"}
    )
    assert answer.status_code == 200


def test_another_site_is_turned_away(counselled: House) -> None:
    teacher, pupil = counselled.as_role("designated_teacher"), counselled.pupil()
    for headers in ({"Origin": "https://evil.example"}, {"Sec_Fetch_Site": "cross-site"}):
        body = {"subject": str(pupil)} | HELD
        assert problem(post(teacher, f"{COUNSEL}/commands/hold-session", body, **headers))["status"] == 403
    assert counselled.facts(SessionHeld) == []


@pytest.mark.parametrize("body", [b"", b"[]", b"1", b'"x"', b"{", b'{"note": "\\u0000"}', b"\xff", b"null"])
def test_a_body_that_is_no_object_is_refused(counselled: House, body: bytes) -> None:
    teacher = counselled.as_role("designated_teacher")
    headers = {"content-type": "application/json"}
    answer = teacher.raw_post(f"{COUNSEL}/commands/hold-session", content=body, headers=headers)
    assert problem(answer)["status"] == 400


def test_a_key_that_is_no_uuid_is_refused(counselled: House) -> None:
    teacher = counselled.as_role("designated_teacher")
    answer = post(teacher, f"{COUNSEL}/commands/hold-session", HELD, Idempotency_Key="twice")
    assert problem(answer)["status"] == 400


def test_a_body_has_a_bound(counselled: House) -> None:
    teacher = counselled.as_role("designated_teacher")
    answer = hold(teacher, counselled.pupil(), note="x" * MOST_BYTES)
    assert problem(answer)["status"] == 413
    assert "200 kB at most" in problem(answer)["detail"]


# Grants


@pytest.mark.parametrize("role", sorted({*EVERYWHERE, *AT_ACADEMIES, *OUTSIDE}))
def test_every_command_and_view_asks_for_the_grant_on_its_class(counselled: House, role: str) -> None:
    pupil = counselled.pupil()
    central = role in EVERYWHERE
    if role in OUTSIDE:
        counselled.grant(role)
    someone = counselled.as_role(role)
    desk = counselled.desk(email_of(role, "" if central else NORTH), NORTH)
    reads = counselled.building.store.log(f"{NORTH}-reads")
    for plugin, manifest in counselled.building.plugins.by_name.items():
        base = f"/api/v1/{NORTH}/{plugin}"
        for name, view in views_of(manifest).items():
            _held(someone.get(f"{base}/views/{name}/{pupil}"), desk.may("read", view.record), desk.permissions.grants)
        for name, decider in commands_of(manifest).items():
            given = {one.record for one in decider.given.values()}
            holds = all(desk.may("read", record) or desk.may("write", record) for record in given)
            if not given:
                holds = any(desk.may("write", one.name) for one in manifest.records)
            size = reads.size
            answer = post(someone, f"{base}/commands/{name}", {"subject": str(pupil)})
            _held(answer, holds, desk.permissions.grants)
            if answer.status_code == 403:
                assert isinstance(reads.event(size).fact, TurnedAway)


def _held(answer: httpx.Response, holds: bool, grants: object) -> None:
    """404 to whoever holds nothing here, 403 to whoever does not hold this; something else to whoever does."""
    if not grants:
        assert answer.status_code == 404, answer.url
    elif not holds:
        assert answer.status_code in (403, 404), answer.url
    else:
        assert answer.status_code not in (401, 403, 500), answer.url


def test_whoever_may_not_know_gets_the_same_for_a_pupil_with_and_one_without(counselled: House) -> None:
    one, other = counselled.pupil(), counselled.pupil()
    assert hold(counselled.as_role("designated_teacher"), one).status_code == 200
    senco, dsl = counselled.as_role("senco"), counselled.as_role("dsl")
    for someone in (senco, counselled.as_role("head")):
        for fields in ({}, {"minutes": 0}, {"held_on": "2027-01-01"}):
            first, second = (hold(someone, pupil, **fields) for pupil in (one, other))
            assert (first.status_code, first.content) == (second.status_code, second.content)
            assert first.status_code == 403
        views = [someone.get(f"{COUNSEL}/views/sessions/{pupil}") for pupil in (one, other)]
        assert [(answer.status_code, answer.content) for answer in views] == [(403, views[0].content)] * 2
    assert problem(hold(dsl, one))["code"] == "no_change"  # who may read it may know
    assert problem(hold(dsl, other))["status"] == 403


def test_a_caseload_bounds_a_program_too(counselled: House) -> None:
    mine, other = counselled.pupil(), counselled.pupil(form="4C")
    from core.roll.facts import StaffJoined

    teacher = email_of("designated_teacher", NORTH)
    counselled.tell(counselled.person(teacher), StaffJoined("Ms Cole", "Teacher", "4B", SEPTEMBER))
    someone = counselled.browser(teacher)
    base = f"/api/v1/{NORTH}/register/views/plan"
    assert someone.get(f"{base}/{mine}").status_code == 200
    assert problem(someone.get(f"{base}/{other}"))["status"] == 404


def test_what_is_refused_beyond_the_door_is_recorded_too(house: House) -> None:
    """Whoever reads plans and writes none; a tag of a class that is not theirs."""
    pupil, reads = house.pupil(), house.building.store.log(f"{NORTH}-reads")
    dsl = house.as_role("dsl")
    assert post(dsl, PLAN, {"subject": str(pupil), "made_on": "2026-09-01"}).status_code == 403
    (turned,) = house.recorded(TurnedAway, reads.name)
    assert (turned.action, turned.record_class) == ("write", "register.plan")
    senco, body = house.as_role("senco"), {"subject": str(pupil), "made_on": "2026-09-01"}
    assert post(senco, PLAN, body, If_Match='"lac.status:1"').status_code == 403
    last = house.recorded(TurnedAway, reads.name)[-1]
    assert (last.action, last.record_class) == ("read", "lac.status")
    assert post(senco, PLAN, body, If_Match='"quill.quillfeather:1"').status_code == 403
    assert house.recorded(TurnedAway, reads.name)[-1].record_class == "", "a word of the asker's own stands in no log"
    assert house.facts(PlanIssued) == []


def test_a_key_that_somebody_else_used_is_not_answered_with_theirs(house: House) -> None:
    pupil, other, key = house.pupil(), house.pupil(), str(uuid4())
    body = {"subject": str(pupil), "made_on": "2026-09-01"}
    assert post(house.as_role("senco"), PLAN, body, Idempotency_Key=key).status_code == 200
    again = problem(post(house.as_role("send_admin"), PLAN, body, Idempotency_Key=key))
    assert (again["status"], again["recorded"]) == (409, ["This id was used before, by somebody else. Take another."])
    changed = problem(post(house.as_role("senco"), PLAN, body | {"subject": str(other)}, Idempotency_Key=key))
    assert (changed["status"], changed["recorded"]) == (
        409,
        ["This form was sent before with other answers, and those were recorded."],
    )
    assert len(house.facts(PlanIssued)) == 1


@pytest.mark.parametrize(("note", "kept"), [("a \\\\u0000 in words", True), ("a \\u0000 itself", False)])
def test_a_zero_byte_is_one_only_where_it_is_one(counselled: House, note: str, kept: bool) -> None:
    teacher = counselled.as_role("designated_teacher")
    fields = f'{{"subject": "{counselled.pupil()}", "held_on": "2026-09-01", "minutes": 30, "note": "{note}"}}'
    sent = {"content": fields.encode(), "headers": {"Content-Type": "application/json"}}
    assert teacher.raw_post(f"{COUNSEL}/commands/hold-session", **sent).status_code == (200 if kept else 400)


def test_words_are_trimmed_as_on_a_page_and_no_day_is_a_slip_of_the_hand(counselled: House) -> None:
    pupil, teacher = counselled.pupil(), counselled.as_role("designated_teacher")
    assert hold(teacher, pupil, note="  said little  ").status_code == 200
    assert [one.note for one in counselled.recorded(SessionHeld)] == ["said little"]
    for day in ("0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"):
        told = problem(hold(teacher, pupil, held_on=day))
        assert (told["field"], told["errors"][0]["detail"]) == ("held_on", "Give a day from 1900 to 2199.")
