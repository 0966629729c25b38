"""README's commands do what it says they do."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from core.cli import cli
from core.settings import from_environment
from events.notes import COSIGNATURE, NoteSigner

README = Path(__file__).parent.parent / "README.md"
WITNESS = str(NoteSigner("witness.example/w1", COSIGNATURE, bytes(32)).key)
PASSWORD = "three made-up words\n"
PROVIDER = """[[provider]]
key = "staff"
title = "Staff account"
preset = "google"
domains = ["keystone.example"]
client_id = "x"
client_secret_file = "x"
"""


def commands() -> list[list[str]]:
    """The lines under "A trust of your own", without `serve`, which does not end."""
    lines = re.findall(r"^    \.venv/bin/tallystick (.+)$", README.read_text(), re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines if not line.startswith("serve")]


def test_a_trust_of_your_own_is_set_up_as_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roll = Path(__file__).parent / "data" / "roll-sims-style.csv"
    (tmp_path / "roll.csv").write_bytes(roll.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALLYSTICK_HOME", str(tmp_path / "home"))
    for words in commands():
        asks = PASSWORD * 2 if words[0] in ("init", "user") else None
        result = CliRunner().invoke(cli, words, input=asks)
        assert result.exit_code == 0, (words, result.output, result.exception)
        if words[0] == "import":
            assert "595 new" in result.output
            assert "Nothing was recorded" in result.output


def test_every_variable_readme_names_is_read(tmp_path: Path) -> None:
    named = set(re.findall(r"`(TALLYSTICK_\w+)`", README.read_text()))
    values = {
        "TALLYSTICK_HOME": str(tmp_path), "TALLYSTICK_DATABASE": "sqlite:////x", "TALLYSTICK_KEYS": "sqlite:////y",
        "TALLYSTICK_MASTER_KEY": "00" * 32, "TALLYSTICK_ORIGIN": "https://a.example", "TALLYSTICK_PLUGINS": "a b",
        "TALLYSTICK_IDLE_MINUTES": "5", "TALLYSTICK_UPLOAD_MB": "3", "TALLYSTICK_CALLS_A_MINUTE": "9",
        "TALLYSTICK_AGE_IDENTITY": "/z",
        "TALLYSTICK_KEY_BACKUP_DAYS": "7", "TALLYSTICK_SECOND_PLACE": str(tmp_path), "TALLYSTICK_WITNESSES": WITNESS,
        "TALLYSTICK_SMTP": "smtps://mail.example", "TALLYSTICK_HALVES_TO": "a@b.example",
        "TALLYSTICK_SECOND_FACTOR": "offered", "TALLYSTICK_PROVIDERS": str(tmp_path / "providers.toml"),
    }  # fmt: skip
    assert named == values.keys()
    (tmp_path / "providers.toml").write_text(PROVIDER)
    together = {name: values[name] for name in ("TALLYSTICK_SMTP", "TALLYSTICK_HALVES_TO")}
    usual = from_environment({"TALLYSTICK_HOME": "/elsewhere"})
    for name, value in values.items():
        said = together if name in together else {name: value}
        assert from_environment({"TALLYSTICK_HOME": "/elsewhere"} | said) != usual, name
