"""Who saw a pupil's record, for programs and on the command line: as the page says it, a day told whole."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

import pytest
from click.testing import CliRunner

from core.accounts.facts import Opened
from core.cli.asking import Line
from core.cli.looking import looks_command
from core.errors import NotAllowed, NotFound
from core.roll.views import pupil as pupil_view
from tests.core.house import NORTH, House, email_of

DPO = email_of("dpo")


def address(pupil: UUID, query: str = "") -> str:
    return f"/api/v1/{NORTH}/looks/{pupil}{query}"


def test_each_person_and_day_with_what_and_why(house: House) -> None:
    pupil = house.pupil()
    house.as_role("senco").get(f"/{NORTH}/pupils/{pupil}")
    (look, own) = house.as_role("dpo").get(address(pupil)).json()["looks"][::-1]
    assert (look["name"], look["role"], look["purposes"]) == ("Senco 139204", "SENCO", ["Their work"])
    assert (look["person"], look["packs"]) == (str(house.person(email_of("senco", NORTH))), 0)
    assert look["records"] == ["core.identity", "register.support"]
    assert look["first"] == "2026-11-16T12:00:00Z"
    assert own["name"].startswith("Data Protection Officer")
    assert len(house.facts(Opened, f"{NORTH}-reads")) > 1


def test_it_goes_on_day_by_day(house: House) -> None:
    pupil = house.pupil()
    for _ in range(3):
        for role in ("senco", "head"):
            house.as_role(role).get(f"/{NORTH}/pupils/{pupil}")
        house.clock.forward(24 * 3600)
    dpo, days, path = house.as_role("dpo"), [], address(pupil, "?limit=2")
    while path:
        told = dpo.get(path)
        days.append([(one["first"][:10], one["role"]) for one in told.json()["looks"]])
        path = address(pupil, f"?limit=2&before={told.json()['next']}") if told.json()["next"] else ""
        assert bool(path) == ("link" in told.headers)
    assert [len(one) for one in days] == [3, 2, 2], "the day on which the limit falls is told whole"
    assert [one[0][0] for one in days] == ["2026-11-19", "2026-11-17", "2026-11-16"]


def test_it_is_kept_from_whoever_may_not_read_the_trail_or_know_of_the_pupil(house: House) -> None:
    pupil = house.pupil()
    assert house.as_role("class_teacher").get(address(pupil)).status_code == 403
    assert house.as_role("dpo").get(address(UUID(int=7))).status_code == 404


@pytest.mark.parametrize("query", ["?before=yesterday", "?before=2026-13-01", "?limit=0", "?limit=501"])
def test_what_cannot_be_read_is_said(house: House, query: str) -> None:
    assert house.as_role("dpo").get(address(house.pupil(), query)).status_code == 400


def test_the_command_line_says_the_same(house: House) -> None:
    pupil = house.pupil()
    upn = house.desk(urn=NORTH).see_all(pupil_view)[pupil].upn
    house.as_role("senco").get(f"/{NORTH}/pupils/{pupil}")

    def run(who: str, *typed: str) -> str:
        line = Line({"TALLYSTICK_HOME": str(house.home)}, who)
        line._building = house.building
        answer = CliRunner().invoke(looks_command, ["--academy", NORTH, *typed], obj=line, catch_exceptions=False)
        assert answer.exit_code == 0
        return answer.output

    by_line = json.loads(run(DPO, "--pupil", upn, "--json"))
    assert by_line == house.as_role("dpo").get(address(pupil)).json()["looks"]
    assert "16 Nov 2026, 12:00" in run(DPO, "--pupil", upn)
    assert "Senco 139204, SENCO: Who they are" in run(DPO, "--pupil", upn)
    with pytest.raises(NotAllowed):
        run(email_of("class_teacher", NORTH), "--pupil", upn)
    with pytest.raises(NotFound):
        run(DPO, "--pupil", "A123456789012")


def test_what_is_worth_a_second_look_is_told_as_on_its_page(house: House) -> None:
    pupil = house.pupil()
    house.clock.move_to(date(2026, 11, 17), 22)
    house.as_role("senco").get(f"/{NORTH}/pupils/{pupil}")
    told = house.as_role("dpo").get(f"/api/v1/{NORTH}/looks").json()
    assert told["since"] == "2026-10-18"
    (one,) = told["unusual"]
    assert (one["on"], one["name"], one["says"]) == ("2026-11-17", "Senco 139204", "Opened 2 between 21:00 and 6:00.")
    assert one["says"] in house.as_role("dpo").get(f"/{NORTH}/looks/unusual").text
    assert house.as_role("class_teacher").get(f"/api/v1/{NORTH}/looks").status_code == 403
