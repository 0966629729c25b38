"""The operator backs up and holds a drill; whoever looks sees what was left undone, and then that it was done."""

from __future__ import annotations

from pathlib import Path

import click
from click.testing import CliRunner

from core.backups.facts import BackupMade
from core.cli.asking import Line
from core.cli.backing_up import backup_command, backup_recipient_command, drill_command
from events.halves import half as made_half
from tests.journeys.conftest import Visit
from tests.journeys.world import RECORDS, World


def run(world: World, command: click.Command, *typed: str | Path) -> str:
    """One run of a command beside the server."""
    line = Line({"TALLYSTICK_HOME": str(world.building.settings.home)}, None)
    line._building, line.settings = world.building, world.building.settings
    told = CliRunner().invoke(command, [str(one) for one in typed], obj=line)
    assert told.exit_code == 0, (told.output, told.exception)
    return told.output


def test_the_operator_backs_up_and_the_outside_keeps_a_half(visit: Visit, world: World, tmp_path: Path) -> None:
    identity, half, places = tmp_path / "identity.txt", tmp_path / "half.txt", (tmp_path / "log", tmp_path / "keys")
    for place in places:
        place.mkdir()

    # Before the first, the page says what to do.
    ruth = visit(RECORDS)
    ruth.goes_by_the_bar("Audit")
    ruth.follows("Backups")
    ruth.is_at("Backups and drills")
    ruth.reads("Left undone", "No backup was ever made: run tallystick backup")

    # It is done while the server goes on, and rehearsed.
    run(world, backup_recipient_command, identity)
    assert "in both places" in run(world, backup_command, *places)
    half.write_text(str(made_half(world.building.store)))
    run(world, drill_command, *places, "--identity", identity, "--half", half)
    ruth.goes_to("/audit/backups")
    ruth.does_not_read("Left undone")
    ruth.reads("Last backup", "Last drill", "24 November 2026", "back in")
    assert len([one for one in world.building.trust.events() if isinstance(one.fact, BackupMade)]) == 1

    # The half outside: each log's checkpoint, and the keys that a reader pins.
    ruth.goes_to("/audit")
    ruth.follows("The half outside")
    ruth.is_at("The half outside")
    ruth.reads("How to check, without trusting us", "Keys to pin", "The newest checkpoint")
