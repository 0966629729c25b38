"""`disposal`: the same decisions as on the pages, by whoever acts."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from core.cli.asking import Line
from core.cli.disposing import disposal_command
from core.disposal.facts import DisposalProposed, HoldPlaced
from core.errors import NotAllowed, NotFound, Refused
from core.roll.views import pupil
from tests.core.disposal.conftest import child
from tests.core.disposal.deciding import CANARY, SUPPORT, Child
from tests.core.house import NORTH, House, email_of

__all__ = ["child"]
DPO, HEAD = email_of("dpo"), email_of("head", NORTH)
AT = ("--academy", NORTH)


def run(house: House, who: str, *typed: str, answers: str | None = None) -> Result:
    """One run of `tallystick --as WHO disposal …`."""
    line = Line({"TALLYSTICK_HOME": str(house.home)}, who)
    line._building = house.building
    return CliRunner().invoke(disposal_command, list(typed), obj=line, input=answers)


def test_two_people_destroy_a_record_and_read_its_certificate(house: House, child: Child) -> None:
    upn = house.desk(urn=NORTH).see_all(pupil)[child.subject].upn
    kept = json.loads(run(house, DPO, "kept", *AT, "--pupil", upn, "--json").stdout)
    assert {one["record"]: one["entries"] for one in kept}[SUPPORT] == 1
    ground = ("--ground", "retention_ended", "--reason", "Long ago.")
    told = json.loads(run(house, DPO, "propose", SUPPORT, *ground, *AT, "--pupil", upn, "--json").stdout)
    (proposed,) = house.recorded(DisposalProposed)
    assert told == {"disposal": str(proposed.disposal), "wants": 1}
    assert f"waits      {proposed.disposal}" in run(house, HEAD, "list", *AT).output
    stopped = run(house, HEAD, "agree", str(proposed.disposal), *AT, answers="n\n")
    assert "Nobody will ever read them again" in stopped.output
    assert child.disposed == []
    assert "destroyed" in run(house, HEAD, "agree", str(proposed.disposal), *AT, "--yes").output
    certificate = run(house, HEAD, "certificate", str(proposed.disposal), *AT)
    assert "it cannot be read." in certificate.output
    for name in ("Quillfeather", CANARY, str(child.subject)):
        assert name not in certificate.output
    with pytest.raises(NotFound):
        raise run(house, HEAD, "agree", str(proposed.disposal), *AT, "--yes").exception or AssertionError


def test_a_hold_is_placed_and_lifted(house: House, child: Child) -> None:
    until = ("--reason", "A claim.", "--review", "2027-03-01")
    assert run(house, DPO, "hold", *until, *AT, "--subject", str(child.subject)).exit_code == 0
    (hold,) = house.recorded(HoldPlaced)
    assert f"held       {hold.hold}  everything" in run(house, DPO, "list", *AT).output
    refused = run(
        house, DPO, "propose", SUPPORT, "--ground", "ordered", "--reason", "x", *AT, "--subject", str(child.subject)
    )
    assert isinstance(refused.exception, Refused)
    run(house, HEAD, "lift", str(hold.hold), "--reason", "Settled.", *AT)
    assert child.kept.holds == {}
    run(house, DPO, "hold", *until, *AT)
    assert [event.subject for event in house.facts(HoldPlaced)] == [child.subject, house.academy_id()]


def test_a_proposal_is_refused(house: House, child: Child) -> None:
    child.propose(house.as_role("dpo"))
    run(house, HEAD, "keep", str(child.waiting.disposal), "--reason", "A sibling may claim.", *AT)
    assert child.kept.proposals == {}


def test_nobody_else_is_told_anything(house: House, child: Child) -> None:
    for who in (email_of("senco", NORTH), "olive@keystone.example"):
        assert isinstance(run(house, who, "list", *AT).exception, NotAllowed)
