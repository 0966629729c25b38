"""What is kept and how long, told to programs and on the command line as the pages tell it."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

from core.accounts.facts import Opened
from core.cli.asking import Line
from core.cli.disposing import disposal_command
from core.cli.processing import processing_command
from core.disposal.commands import ProposeDisposal
from core.errors import NotAllowed
from tests.core.disposal.deciding import SUPPORT
from tests.core.disposal.test_retention import grown
from tests.core.house import NORTH, House, email_of

DPO = email_of("dpo")


def api(path: str) -> str:
    return f"/api/v1/{NORTH}/{path}"


def line(house: House, who: str, *typed: str, command: click.Command = disposal_command) -> str:
    one = Line({"TALLYSTICK_HOME": str(house.home)}, who)
    one._building = house.building
    answer = CliRunner().invoke(command, [*typed, "--academy", NORTH], obj=one, catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.output


def test_the_record_of_processing_is_that_of_the_page(house: House) -> None:
    dpo = house.as_role("dpo")
    told = dpo.get(api("processing")).json()
    page = dpo.get(f"/{NORTH}/processing").text
    assert all(one["title"] in page for one in told["purposes"])
    assert "SEN register" in {one["title"] for one in told["purposes"]}
    assert json.loads(line(house, DPO, "--json", command=processing_command)) == told
    assert "SEN register" in line(house, DPO, command=processing_command)
    assert house.as_role("identity_admin").get(api("processing")).status_code == 403
    with pytest.raises(NotAllowed):
        line(house, email_of("identity_admin"), command=processing_command)


def test_what_is_past_its_time_is_told_and_that_it_was_looked_at_recorded(house: House) -> None:
    child = grown(house)
    told = house.as_role("dpo").get(api("due")).json()
    (one,) = [one for one in told["due"] if one["record"] == SUPPORT]
    assert (one["subject"], one["stands"]) == (str(child), "")
    assert told["in_all"] == len(told["due"])
    looks = [(one.subject, one.record) for one in house.facts(Opened, f"{NORTH}-reads")]
    assert (child, "core.disposal") in looks
    assert json.loads(line(house, DPO, "due", "--json")) == told["due"]
    assert str(child) in line(house, DPO, "due")
    assert house.as_role("dpo").get(api("due?limit=0")).status_code == 400
    assert house.as_role("senco").get(api("due")).status_code == 403
    house.desk(DPO, NORTH).do(ProposeDisposal(SUPPORT, "retention_ended", "Its time is over"), child)
    (one,) = [one for one in house.as_role("dpo").get(api("due")).json()["due"] if one["record"] == SUPPORT]
    assert one["stands"] == "proposed"


def test_as_many_are_told_as_are_asked_for(house: House) -> None:
    grown(house)
    grown(house)
    told = house.as_role("dpo").get(api("due?limit=1")).json()
    assert (len(told["due"]), told["in_all"]) == (1, 2)


def test_nothing_past_its_time_is_told_in_words(house: House) -> None:
    assert house.as_role("dpo").get(api("due")).json() == {"due": [], "in_all": 0}
    assert line(house, DPO, "due") == "Nothing is.\n"


def test_the_description_is_counted_as_any_other_call(house: House) -> None:
    house.as_role("senco")
    answer = house.as_role("senco").get("/api/v1/openapi.json")
    assert answer.headers["ratelimit-policy"].startswith('"calls";q=')
