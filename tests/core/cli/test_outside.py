"""Checkpoints, halves, witnesses and signing keys by the command line."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from core.settings import from_environment
from events.halves import Half
from events.notes import COSIGNATURE, ED25519, ML_DSA_44, NoteKey, NoteSigner, parse_note
from tests.core.cli.test_cli import URN, run
from tests.core.cli.test_cli import template as template  # noqa: PLC0414 - a fixture

WITNESS = NoteSigner("witness.example", COSIGNATURE, bytes(32))


@pytest.fixture
def home(tmp_path: Path, template: Path) -> Path:
    shutil.copytree(template, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


def half_of(home: Path, share: Path) -> Path:
    """The newest half in the second place, after one was sent."""
    assert run(home, "outside", "send", TALLYSTICK_SECOND_PLACE=str(share)).code == 0
    return max(share.iterdir())


def record(home: Path) -> None:
    done = run(
        home, "academy", "term", "--academy", URN, "--name", "Autumn", "--from", "2026-09-01", "--to", "2026-10-23"
    )
    assert done.code == 0


def test_what_was_kept_is_proved_against_today(home: Path, share: Path) -> None:
    old = half_of(home, share)
    record(home)
    done = run(home, "checkpoint", "--since", str(old))
    assert (done.code, done.err) == (0, "")
    assert done.out.count("Holds") == len(Half.parse(old.read_text()).notes)
    proved = run(home, "checkpoint", "--since", str(old), "--json").json
    academy = next(one for one in proved if f"/{URN}/" in one["origin"])
    assert academy["holds"]
    assert all(len(bytes.fromhex(one)) == 32 for one in academy["proof"])
    assert parse_note(academy["checkpoint"])[0].size == academy["held"] + 1


def test_notes_as_they_were_printed_or_mailed_can_be_kept_too(home: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(run(home, "checkpoint").out)
    record(home)
    assert run(home, "checkpoint", "--since", str(kept)).code == 0
    kept.write_bytes(kept.read_bytes().replace(b"\n", b"\r\n"))  # a mail program may do so
    assert run(home, "checkpoint", "--since", str(kept)).code == 0
    note = run(home, "checkpoint", "--json").json[URN]
    kept.write_text(note)
    assert run(home, "verify", "--half", str(kept)).code == 0


@pytest.mark.parametrize("text", ["", "nothing", "tallystick half 1\n", "a\n1\nb\n\n— c d\n"])
def test_a_file_without_a_checkpoint_is_refused(home: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "kept.txt").write_text(text)
    for command in (("checkpoint", "--since"), ("verify", "--half")):
        done = run(home, *command, str(tmp_path / "kept.txt"))
        assert (done.code, done.out) == (1, "")
        assert done.err == "kept.txt holds no checkpoint that can be read whole.\n"


def test_a_log_put_back_from_a_backup_does_not_hold_and_is_not_signed(home: Path, share: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    shutil.copytree(home, backup)
    record(home)
    old = half_of(home, share)
    for command in (("checkpoint", "--since"), ("verify", "--half")):
        done = run(backup, *command, str(old))
        assert done.code == 1
        assert "what follows is cut off" in done.out
    assert run(backup, "outside", "send", TALLYSTICK_SECOND_PLACE=str(share)).code == 1
    served = run(backup, "serve", "--port", "0", TALLYSTICK_SECOND_PLACE=str(share))
    assert served.code == 1
    assert "by the half kept outside" in served.err
    assert "tallystick restore" in served.err
    rows = [
        sqlite3.connect(at / "tallystick.db").execute("SELECT max(size) FROM checkpoints GROUP BY log").fetchall()
        for at in (backup, home)
    ]
    assert sum(size for (size,) in rows[0]) < sum(size for (size,) in rows[1])
    assert len(list(share.iterdir())) == 1


def test_lines_of_a_witness_are_taken_back(home: Path, tmp_path: Path) -> None:
    note = run(home, "checkpoint", "--json").json["trust"]
    came_back = tmp_path / "note.txt"
    came_back.write_text(note + WITNESS.line(parse_note(note)[0], 1))
    unknown = run(home, "checkpoint", "--cosigned", str(came_back))
    assert (unknown.code, "TALLYSTICK_WITNESSES" in unknown.err) == (1, True)
    environ = {"TALLYSTICK_WITNESSES": str(WITNESS.key)}
    done = run(home, "checkpoint", "--cosigned", str(came_back), **environ)
    assert (done.code, done.out) == (0, "witness.example: holds; kept.\n")
    again = run(home, "checkpoint", "--cosigned", str(came_back), **environ)
    assert (again.code, again.out) == (1, "witness.example: was kept before.\n")
    assert run(home, "checkpoint", "--json").json["trust"] == came_back.read_text()
    came_back.write_text(came_back.read_text().replace("127.0.0.1", "127.0.0.9"))
    other = run(home, "checkpoint", "--cosigned", str(came_back), **environ)
    assert (other.code, other.err) == (1, "Nothing was kept: no log here goes by this checkpoint's name.\n")


def test_nothing_is_sent_where_no_place_is_set(home: Path) -> None:
    done = run(home, "outside", "send")
    assert (done.code, "No place is set" in done.err) == (1, True)
    assert run(home, "--as", "sam@keystone.example", "outside", "send").code == 1


def test_signing_keys_are_added_and_retired(home: Path, share: Path) -> None:
    old = half_of(home, share)
    first = run(home, "keys", "add-signer", "--json").json
    assert {NoteKey.parse(key).kind for key in first.values()} == {ED25519}
    quantum = run(home, "keys", "add-signer", "--ml-dsa", "--log", "trust", "--json").json
    assert [(name, NoteKey.parse(key).kind) for name, key in quantum.items()] == [("trust", ML_DSA_44)]
    both = run(home, "checkpoint", "--json").json
    assert len(parse_note(both["trust"])[1]) == 3
    assert len(parse_note(both[URN])[1]) == 2
    retired = run(home, "keys", "retire-signers", "--json").json
    assert all(len(keys) == 1 for keys in retired.values())
    assert set(first.values()).isdisjoint(key for keys in retired.values() for key in keys)
    assert "Nothing to retire" in run(home, "keys", "retire-signers").out
    assert run(home, "checkpoint", "--since", str(old)).code == 0
    assert run(home, "verify").code == 0
    assert run(home, "keys", "add-signer", "--log", "none").code == 1


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"TALLYSTICK_WITNESSES": "a+b+c"}, "verifier keys"),
        ({"TALLYSTICK_WITNESSES": "/nowhere/witnesses"}, "verifier keys"),
        ({"TALLYSTICK_WITNESSES": str(WITNESS._replace(kind=ED25519).key)}, "a key that signs logs"),
        ({"TALLYSTICK_SMTP": "mail.example", "TALLYSTICK_HALVES_TO": "a@b.example"}, "TALLYSTICK_SMTP"),
        ({"TALLYSTICK_SMTP": "smtp://m:99999", "TALLYSTICK_HALVES_TO": "a@b.example"}, "TALLYSTICK_SMTP"),
        ({"TALLYSTICK_HALVES_TO": "a@b.example"}, "needs a mail server"),
        ({"TALLYSTICK_SECOND_FACTOR": "never"}, "required or offered"),
        ({"TALLYSTICK_PROVIDERS": "/nowhere/providers.toml"}, "TALLYSTICK_PROVIDERS"),
        ({"TALLYSTICK_SMTP": "smtps://mail.example", "TALLYSTICK_HALVES_TO": "clerk"}, "mail addresses"),
        ({"TALLYSTICK_SECOND_PLACE": "share"}, "TALLYSTICK_SECOND_PLACE"),
        ({"TALLYSTICK_SECOND_PLACE": "/nowhere/home"}, "outside TALLYSTICK_HOME"),
        ({"TALLYSTICK_SECOND_PLACE": "/nowhere/other/../home/share"}, "outside TALLYSTICK_HOME"),
    ],
)
def test_a_setting_that_is_not_right_is_said_and_no_secret_with_it(
    tmp_path: Path, environ: dict[str, str], says: str
) -> None:
    done = run(Path("/nowhere/home"), "verify", **environ)
    assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert says in done.err


def test_witnesses_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "witnesses"
    file.write_text(f"# whom we ask\n{WITNESS.key}\n\n")
    found = from_environment({"TALLYSTICK_WITNESSES": str(file), "TALLYSTICK_HALVES_TO": ""})
    assert found.witnesses == (WITNESS.key,)
