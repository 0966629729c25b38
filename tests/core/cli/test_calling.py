"""`do` and `see`: a plugin's commands and views on the command line, as its manifest says them."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from core.accounts.commands import RemovePerson
from core.accounts.facts import Exported, Opened, TurnedAway
from core.cli.asking import Line
from core.cli.calling import do_command, see_command
from core.cli.looking import changes_command
from core.errors import NotAllowed, NotFound, Refused
from core.roll.views import pupil as pupil_view
from events import Withdrawn
from plugins.register.facts import PlanIssued
from tests.core.house import NORTH, OPERATOR, House, email_of
from tests.core.strangers.counsel import ClubStarted, RoomSet, SessionHeld

SEPTEMBER = date(2026, 9, 1)
TEACHER, HEAD = email_of("designated_teacher", NORTH), email_of("head", NORTH)
SENCO = email_of("senco", NORTH)


def run(house: House, who: str, *typed: str) -> Result:
    """One run of `tallystick --as WHO do …` or `see …`."""
    line = Line({"TALLYSTICK_HOME": str(house.home)}, who)
    line._building = house.building
    command = {"do": do_command, "see": see_command, "changes": changes_command}[typed[0]]
    return CliRunner().invoke(command, list(typed[1:]), obj=line)


def upn_of(house: House, pupil: UUID) -> str:
    return house.desk(urn=NORTH).see_all(pupil_view)[pupil].upn


def test_what_can_be_done_is_listed_with_each_field(counselled: House) -> None:
    assert (
        "counsel    Counselling: hold-session, set-room, start-club." in run(counselled, TEACHER, "do", "--help").output
    )
    listed = run(counselled, TEACHER, "do", "counsel", "--help").output
    assert "hold-session" in listed
    told = run(counselled, TEACHER, "do", "counsel", "hold-session", "--help").output
    for line in (
        "held_on: a day, such as 2027-05-04",
        "kind_of: one of alone, group (may be left out)",
        'topics: JSON, such as ["words"] (may be left out)',
        "agreed: true or false (may be left out)",
    ):
        assert line in told
    assert "sessions" in run(counselled, TEACHER, "see", "counsel", "--help").output


def test_a_command_is_recorded_as_who_acts(counselled: House) -> None:
    pupil = counselled.pupil()
    typed = ("held_on=2026-09-01", "minutes=30", 'topics=["worry", "home"]', "agreed=true", "note=a = b")
    where = ("--academy", NORTH, "--pupil", upn_of(counselled, pupil).lower())
    answer = run(counselled, TEACHER, "do", "counsel", "hold-session", *where, *typed, "--json")
    assert answer.exit_code == 0, answer.output
    (event,) = counselled.facts(SessionHeld)
    assert json.loads(answer.stdout) == {"entries": [str(event.event_id)]}
    assert event.fact == SessionHeld(SEPTEMBER, 30, "alone", ("worry", "home"), True, "a = b")
    assert event.subject == pupil
    assert event.actor is not None
    assert event.actor.by == counselled.person(TEACHER)


def test_of_the_academy_and_of_what_has_an_id_of_its_own(counselled: House) -> None:
    where = ("--academy", NORTH)
    said = run(counselled, HEAD, "do", "counsel", "set-room", *where, "room=12").stdout
    (room,) = counselled.facts(RoomSet)
    assert said == f"Recorded: entry {room.event_id}.\n"
    assert room.subject == counselled.academy_id()
    assert run(counselled, HEAD, "see", "counsel", "room", *where).stdout == "12\n"
    assert run(counselled, HEAD, "do", "counsel", "start-club", *where, "name=Chess").exit_code == 0
    (club,) = counselled.facts(ClubStarted)
    of_it = (*where, "--subject", str(club.subject))
    assert run(counselled, HEAD, "do", "counsel", "start-club", *of_it, "name=Go").exit_code == 0
    told = json.loads(run(counselled, HEAD, "see", "counsel", "club", *of_it, "--json").stdout)
    assert told == {"subject": str(club.subject), "value": "Go"}


def test_what_a_view_says_and_that_it_was_read(counselled: House) -> None:
    pupil = counselled.pupil()
    where = ("--academy", NORTH, "--pupil", upn_of(counselled, pupil))
    assert run(counselled, TEACHER, "see", "counsel", "sessions", *where).stdout == "none\n"
    run(counselled, TEACHER, "do", "counsel", "hold-session", *where, "held_on=2026-09-01", "minutes=30")
    assert (
        run(counselled, TEACHER, "see", "counsel", "sessions", *where).stdout == "count 1, last on 1 September 2026\n"
    )
    (opened,) = counselled.facts(Opened, f"{NORTH}-reads")
    assert (opened.subject, opened.record) == (pupil, "counsel.session")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ([], "held_on: This is missing. Give a day, such as 2027-05-04."),
        (["held_on=1 September", "minutes=long"], "minutes: Give a whole number."),
        (["held_on"], "Give each field as FIELD=VALUE."),
        (["held_on=2026-09-01", "minutes=30", "topics=worry"], 'topics: Give JSON, such as ["words"].'),
        (["held_on=2026-09-01", "minutes=30", "letter=x"], "letter: This command does not ask for that."),
    ],
)
def test_what_is_typed_wrong_is_named(counselled: House, typed: list[str], says: str) -> None:
    where = ("--academy", NORTH, "--pupil", upn_of(counselled, counselled.pupil()))
    answer = run(counselled, TEACHER, "do", "counsel", "hold-session", *where, *typed)
    assert answer.exit_code == 2
    assert says in answer.output
    assert counselled.facts(SessionHeld) == []


def test_a_refusal_names_the_field(counselled: House) -> None:
    where = ("--academy", NORTH, "--pupil", upn_of(counselled, counselled.pupil()))
    answer = run(counselled, TEACHER, "do", "counsel", "hold-session", *where, "held_on=2027-01-01", "minutes=30")
    assert isinstance(answer.exception, Refused)
    assert str(answer.exception) == "held_on: The day must be today or in the past."
    missing = run(
        counselled, TEACHER, "do", "counsel", "hold-session", "--academy", NORTH, "held_on=2026-09-01", "minutes=3"
    )
    assert "subject: This is about a pupil. Say which." in missing.output


def test_whoever_may_not_gets_nothing(counselled: House) -> None:
    pupil = counselled.pupil()
    where = ("--academy", NORTH, "--pupil", upn_of(counselled, pupil))
    fields = ("held_on=2026-09-01", "minutes=30")
    senco = email_of("senco", NORTH)
    assert isinstance(run(counselled, senco, "do", "counsel", "hold-session", *where, *fields).exception, NotAllowed)
    assert isinstance(run(counselled, senco, "see", "counsel", "sessions", *where).exception, NotFound)
    unknown = ("--academy", NORTH, "--pupil", "H801200001001")
    assert isinstance(run(counselled, TEACHER, "see", "counsel", "sessions", *unknown).exception, NotFound)
    counselled.switch(on=False, plugin="counsel")
    for typed in (("do", "counsel", "hold-session", *where, *fields), ("see", "counsel", "sessions", *where)):
        assert isinstance(run(counselled, TEACHER, *typed).exception, NotFound)


def test_a_plugin_there_is_not_is_no_command(counselled: House) -> None:
    assert run(counselled, TEACHER, "do", "transport").exit_code == 2
    assert run(counselled, TEACHER, "do", "counsel", "no-such").exit_code == 2


def test_a_wrong_entry_is_answered_by_the_right_one(house: House) -> None:
    pupil = house.pupil(PlanIssued(date(2026, 9, 21)))
    (wrong,) = house.facts(PlanIssued)
    who, where = email_of("senco", NORTH), ("--academy", NORTH, "--subject", str(pupil))
    typed = ("made_on=2026-09-12", "--answers", str(wrong.event_id), "--why", "Digits turned round.")
    answer = run(house, who, "do", "register", "issue-plan", *where, *typed)
    assert answer.exit_code == 0, answer.output
    withdrawn, right = house.events()[-2:]
    assert isinstance(withdrawn.fact, Withdrawn)
    assert (withdrawn.fact.event, right.fact) == (wrong.event_id, PlanIssued(date(2026, 9, 12)))
    missing = run(
        house, who, "do", "register", "issue-plan", *where, "made_on=2026-09-13", "--answers", str(right.event_id)
    )
    assert missing.exit_code == 2


def test_at_the_centre_it_is_about_who_signs_in(house: House) -> None:
    admin, senco = email_of("identity_admin"), email_of("senco", NORTH)
    told = run(house, admin, "see", "accounts", "grants", "--person", senco, "--json")
    (grant,) = json.loads(told.output)["value"]
    ended = run(house, admin, "do", "accounts", "end-grant", "--person", senco, f"grant={grant}", "reason=Moved")
    assert ended.exit_code == 0, ended.output
    assert [one.ended_on for one in house.building.grants(house.person(senco))] == [date(2026, 11, 16)]
    assert "give" not in run(house, admin, "do", "accounts", "--help").output.split()
    assert isinstance(run(house, senco, "see", "accounts", "person", "--person", admin).exception, NotFound)
    assert isinstance(run(house, admin, "see", "accounts", "person", "--person", "no@one.example").exception, NotFound)


def test_an_operator_who_left_is_nobody_s_default(house: House) -> None:
    house.desk(email_of("identity_admin")).do(RemovePerson("Left"), house.person(OPERATOR))
    line = Line({"TALLYSTICK_HOME": str(house.home)}, None)
    line._building = house.building
    answer = CliRunner().invoke(see_command, ["accounts", "person", "--person", OPERATOR], obj=line)
    assert isinstance(answer.exception, Refused)
    assert "--as" in str(answer.exception)


def test_everyone_a_view_tells_of_is_taken_away_by_whoever_may(house: House) -> None:
    pupils = {str(house.pupil()) for _ in range(3)}
    told = json.loads(run(house, HEAD, "see", "roll", "pupil", "--academy", NORTH, "--everyone", "--json").output)
    assert {one["subject"] for one in told} == pupils
    assert [(one.what, one.rows) for one in house.recorded(Exported, f"{NORTH}-reads")] == [("pupil, for a program", 3)]
    refused = run(house, email_of("class_teacher", NORTH), "see", "roll", "pupil", "--academy", NORTH, "--everyone")
    assert isinstance(refused.exception, NotAllowed)
    assert [one.action for one in house.recorded(TurnedAway, f"{NORTH}-reads")] == ["export"]


def test_what_was_recorded_since_comes_as_for_a_program(house: House) -> None:
    pupil = house.pupil()
    first = json.loads(run(house, SENCO, "changes", "--academy", NORTH, "--json").output)
    assert str(pupil) in {one["subject"] for one in first["changes"]}
    house.tell(pupil, PlanIssued(SEPTEMBER))
    later = run(house, SENCO, "changes", "--academy", NORTH, "--after", first["next"])
    assert later.output.splitlines()[0] == f"2026-09-01  register.plan_issued/1  {pupil}"
    wrong = run(house, SENCO, "changes", "--academy", NORTH, "--after", "yesterday")
    assert (wrong.exit_code, "Begin with no" in wrong.output) == (2, True)
