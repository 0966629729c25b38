"""`import`: what the core reads itself, and what plugins bring; no trust is needed to be told."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from core.cli.asking import Line
from core.cli.importing import import_command
from core.plugins import Plugins
from tests.core.strangers import OURS, point


class Prepared(Line):
    """A run of the command line of an installation that allows a stranger's plugin, and has no trust yet."""

    @property
    def plugins(self) -> Plugins:
        return Plugins(("register", "lists@acme-transport"), [], [OURS, point("lists", "lists")])


def run(home: Path, *typed: str) -> Result:
    return CliRunner().invoke(import_command, typed, obj=Prepared({"TALLYSTICK_HOME": str(home)}, None))


def test_a_plugin_s_command_stands_below_import_and_needs_no_trust(tmp_path: Path) -> None:
    told = run(tmp_path, "--help").output
    assert "shopping  Read a shopping list." in told
    assert run(tmp_path, "shopping", "pear").output == "1 pear\n"
    assert list(tmp_path.iterdir()) == []


def test_no_plugin_takes_the_place_of_what_the_core_reads(tmp_path: Path) -> None:
    assert [line.split()[0] for line in run(tmp_path, "--help").output.splitlines()[-2:]] == ["roll", "shopping"]
    assert "bread" not in run(tmp_path, "roll").output


def test_what_nobody_reads_is_not_there(tmp_path: Path) -> None:
    answer = run(tmp_path, "poems")
    assert (answer.exit_code, "No such command 'poems'" in answer.output) == (2, True)
