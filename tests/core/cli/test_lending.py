"""Lending and breaking glass from the command line, through the same desk as the pages."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from core.accounts.facts import GlassBroken
from core.cli.asking import Line
from core.cli.people import grant_command
from core.errors import NotAllowed, NotFound, Refused
from core.roll.views import pupil as pupil_view
from tests.core.house import NORTH, House, email_of

SENCO, TEACHER, DSL = email_of("senco", NORTH), email_of("class_teacher", NORTH), email_of("dsl", NORTH)
LEND = ("lend", TEACHER, "--academy", NORTH, "--record", "register.plan", "--purpose", "I am away")


def run(house: House, who: str, *typed: str) -> str:
    line = Line({"TALLYSTICK_HOME": str(house.home)}, who)
    line._building = house.building
    answer = CliRunner().invoke(grant_command, [*typed], obj=line, catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def upn_of(house: House, pupil: object) -> str:
    return next(one.upn for key, one in house.desk(urn=NORTH).log.see_all(pupil_view).items() if key == pupil)


def test_what_is_lent_is_listed_and_taken_back(house: House) -> None:
    mine, other = house.pupil(), house.pupil()
    upn = upn_of(house, mine)
    told = run(house, SENCO, *LEND, "--writes", "--pupil", upn, "--until", "2026-12-11")
    assert told == f"{TEACHER} stands in for you until 2026-12-11.\n"
    assert house.desk(TEACHER, NORTH).may("write", "register.plan", mine)
    assert not house.desk(TEACHER, NORTH).may("read", "register.plan", other)
    (one,) = json.loads(run(house, SENCO, "lent", "--academy", NORTH, "--json"))
    assert (one["to"], one["until"]) == ("Class Teacher 139204", "2026-12-11")
    assert "register.plan" in run(house, SENCO, "lent", "--academy", NORTH)
    run(house, SENCO, "take-back", one["grant"], "--academy", NORTH)
    assert not house.desk(TEACHER, NORTH).may("read", "register.plan", mine)
    assert run(house, SENCO, "lent", "--academy", NORTH) == "Nothing is.\n"


def test_without_writes_it_is_read_alone_and_nobody_else_s_is_lent(house: House) -> None:
    pupil = house.pupil()
    run(house, SENCO, *LEND, "--until", "2026-12-11")
    assert house.desk(TEACHER, NORTH).may("read", "register.plan", pupil)
    assert not house.desk(TEACHER, NORTH).may("write", "register.plan", pupil)
    with pytest.raises(Refused, match="UPNs"):
        run(house, SENCO, *LEND, "--pupil", "A123456789012", "--until", "2026-12-11")
    with pytest.raises(Refused, match="Choose from what you hold"):
        run(house, SENCO, *LEND, "--record", "core.people", "--until", "2026-12-11")
    with pytest.raises(Refused, match="92 days at most"):
        run(house, SENCO, *LEND, "--until", "2027-12-11")
    with pytest.raises(NotAllowed):
        run(house, TEACHER, *LEND, "--until", "2026-12-11")


def test_glass_is_broken_for_one_child_with_a_reason(house: House) -> None:
    house.switch_all_on()
    pupil = house.pupil()
    upn = upn_of(house, pupil)
    glass = ("break-glass", "exams.evidence", "--academy", NORTH, "--reason", "She is missing")
    assert not house.desk(DSL, NORTH).may("read", "exams.evidence", pupil)
    with pytest.raises(NotFound):
        run(house, DSL, *glass, "--pupil", "A123456789012")
    with pytest.raises((NotAllowed, NotFound)):
        run(house, TEACHER, *glass, "--pupil", upn)
    assert run(house, DSL, *glass, "--pupil", upn) == "It is open to you for 2 hours.\n"
    assert house.desk(DSL, NORTH).may("read", "exams.evidence", pupil)
    (fact,) = house.recorded(GlassBroken, "trust")
    assert (fact.pupil, fact.reason, fact.broken_on) == (pupil, "She is missing", date(2026, 11, 16))
