"""The command line: the same desk as the pages, one sentence when it cannot be, 0, 1 or 2 when it ends."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from core.cli import asking, main
from core.settings import PLUGINS, from_environment
from tests.core.strangers import OURS, point

DATA = Path(__file__).parents[2] / "data"
URN, OTHER = "139204", "139205"
PASSWORD = "three plain words"
EXPECTED: dict[str, dict[str, Any]] = json.loads((DATA / "expected.json").read_text("utf-8"))


class Answer(NamedTuple):
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code in (0, 1), self
        return json.loads(self.out)


Run = Callable[..., Answer]


def run(home: Path, *args: str, **environ: str) -> Answer:
    """One run of `tallystick`, in this process."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    kept, kept_argv = dict(os.environ), sys.argv
    os.environ.update({"TALLYSTICK_HOME": str(home)} | environ)
    sys.argv = ["tallystick", *args]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    finally:
        sys.argv = kept_argv
        os.environ.clear()
        os.environ.update(kept)
    return Answer(code, out.getvalue(), err.getvalue())


def init(home: Path) -> Answer:
    return run(
        home,
        "init",
        "--name",
        "Keystone",
        "--operator",
        "Olive",
        "--email",
        "olive@keystone.example",
        "--password",
        PASSWORD,
    )


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trust set up by its command line: two academies, the register on at one, a SENCO."""
    home = tmp_path_factory.mktemp("cli") / "home"
    done = [init(home)]
    for urn, name in ((URN, "North Primary"), (OTHER, "South Primary")):
        done.append(
            run(home, "academy", "add", "--urn", urn, "--name", name, "--laestab", "885/2041", "--phase", "primary")
        )
    done.append(run(home, "plugin", "on", "register", "--academy", URN, "--reason", "It is wanted"))
    done.append(run(home, "user", "add", "--name", "Sam", "--email", "sam@keystone.example", "--password", PASSWORD))
    done.append(
        run(
            home,
            "grant",
            "give",
            "sam@keystone.example",
            "--role",
            "senco",
            "--academy",
            URN,
            "--purpose",
            "Their work",
        )
    )
    assert [answer for answer in done if answer.code] == []
    return home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "home")
    return tmp_path / "home"


def imported(home: Path, name: str = "roll-census-style.csv", *more: str) -> Answer:
    return run(home, "import", "roll", str(DATA / name), "--academy", URN, "--json", *more)


def test_a_trust_is_set_up_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = init(home)
    assert (first.code, first.err) == (0, "")
    assert (home / "master.key").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    key = (home / "master.key").read_bytes()
    again = init(home)
    assert (again.code, again.err) == (1, "There is a trust here already; nothing was changed.\n")
    assert (home / "master.key").read_bytes() == key


def test_a_short_password_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    answer = run(
        tmp_path / "home", "init", "--name", "K", "--operator", "O", "--email", "o@k.example", "--password", "short"
    )
    assert answer.code == 1
    assert "12 characters" in answer.err
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "args", [("academy", "list"), ("verify",), ("serve",), ("user", "list"), ("register", "list", "--academy", URN)]
)
def test_before_a_trust_is_set_up_one_sentence_says_how(tmp_path: Path, args: tuple[str, ...]) -> None:
    answer = run(tmp_path / "home", *args)
    assert answer.code == 1
    assert "tallystick init" in answer.err
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize("spoil", ["missing", "open", "short", "other"])
def test_without_the_right_master_key_nothing_starts(home: Path, spoil: str) -> None:
    key = home / "master.key"
    match spoil:
        case "missing":
            key.unlink()
        case "open":
            key.chmod(0o644)
        case "short":
            key.write_bytes(b"short")
        case "other":
            key.write_bytes(os.urandom(32))
    for args in (("academy", "list"), ("serve",), ("verify",)):
        answer = run(home, *args)
        assert answer.code == 1, args
        assert answer.out == ""
        assert len(answer.err.splitlines()) == 1, answer.err
        assert "key" in answer.err.lower()


def test_the_master_key_may_come_by_the_environment(home: Path) -> None:
    key = (home / "master.key").read_bytes()
    (home / "master.key").unlink()
    assert run(home, "academy", "list", TALLYSTICK_MASTER_KEY=key.hex()).code == 0
    assert run(home, "academy", "list", TALLYSTICK_MASTER_KEY="not a key").code == 1


def test_misuse_ends_with_2(home: Path) -> None:
    for args in (("nothing",), ("academy", "add"), ("import", "roll", "/nowhere.csv", "--academy", URN), ("rules", "try"),  # noqa: E501
                 ("grant", "give", "sam@keystone.example", "--role", "king", "--purpose", "x"),
                 ("plugin", "on", "register", "--academy", OTHER, "--reason", "r" * 5000),
                 ("plugin", "off", "register", "--academy", URN, "--reason", ""),
                 ("academy", "add", "--urn", "12", "--name", "N", "--laestab", "885/2041", "--phase", "primary"),
                 ("academy", "add", "--urn", "139206", "--name", "N", "--laestab", "885/2041", "--phase", "college"),
                 ("user", "add", "--name", "S", "--email", "nothing", "--password", PASSWORD),
                 ("user", "remove", "sam@keystone.example", "--reason", "r" * 5000),
                 ("register", "list", "--academy", URN, "--as-at", "yesterday"), ("rules", "try", "register.review_due_by", "x")):  # fmt: skip  # noqa: E501
        answer = run(home, *args)
        assert answer.code == 2, args
        assert answer.err.startswith("Usage: tallystick"), args


def test_what_cannot_be_ends_with_1_and_one_sentence(home: Path) -> None:
    for args in (("register", "list", "--academy", "999999"), ("register", "list", "--academy", OTHER),
                 ("plugin", "on", "register", "--academy", URN, "--reason", "Again"),
                 ("plugin", "on", "transport", "--academy", URN, "--reason", "Not here"),
                 ("plugin", "on", "register", "--academy", OTHER, "--reason", "x", "--approve", "lac.care"),
                 ("academy", "add", "--urn", URN, "--name", "N", "--laestab", "885/2041", "--phase", "primary"),
                 ("user", "add", "--name", "S", "--email", "sam@keystone.example", "--password", PASSWORD),
                 ("user", "password", "no@keystone.example", "--password", PASSWORD),
                 ("grant", "give", "sam@keystone.example", "--role", "senco", "--purpose", "No academy"),
                 ("grant", "give", "sam@keystone.example", "--role", "senco", "--academy", "999999", "--purpose", "x"),
                 ("grant", "end", "sam@keystone.example", "7d3c0a52-1f62-4a5c-9a0e-1f6f2f3a4b01"),
                 ("--as", "nobody@keystone.example", "academy", "list"),
                 ("--as", "sam@keystone.example", "user", "list"),
                 ("--as", "sam@keystone.example", "plugin", "off", "register", "--academy", URN, "--reason", "x"),
                 ("rules", "show", "register.nothing"), ("rules", "try", "register.review_due_by", "made_on=x"),
                 ("academy", "term", "--academy", URN, "--name", "A", "--from", "2026-12-01", "--to", "2026-09-01")):  # fmt: skip  # noqa: E501
        answer = run(home, *args)
        assert answer.code == 1, (args, answer)
        assert len(answer.err.splitlines()) == 1, answer.err
        assert "Traceback" not in answer.err


def test_everything_stands_after_setting_up(home: Path) -> None:
    answer = run(home, "verify", "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    assert answer.json["faults"] == []
    assert {one["log"] for one in answer.json["logs"]} == {
        "trust",
        "trust-reads",
        URN,
        f"{URN}-reads",
        OTHER,
        f"{OTHER}-reads",
    }
    assert all(set(one) == {"log", "size", "root"} for one in answer.json["logs"])


def test_what_was_changed_is_named_with_log_and_position(home: Path) -> None:
    imported(home, "roll-census-style.csv", "--confirm")
    attacker = sqlite3.connect(home / "tallystick.db")
    with attacker:
        for (name,) in attacker.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            attacker.execute(f"DROP TRIGGER {name}")
        attacker.execute("UPDATE entries SET recorded_at = recorded_at + 1 WHERE position = 77")
    attacker.close()
    answer = run(home, "verify", "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    assert {key: answer.json["faults"][0][key] for key in ("log", "position")} == {"log": URN, "position": 77}
    assert answer.json["faults"][0]["what"]


def test_whoever_has_the_log_database_alone_checks_it_without_a_key(home: Path, tmp_path: Path) -> None:
    assert run(home, "checkpoint").code == 0
    alone = tmp_path / "given"
    alone.mkdir()
    shutil.copy(home / "tallystick.db", alone)
    answer = run(alone, "verify", "--without-keys", "--json")
    assert (answer.code, answer.json) == (0, run(home, "verify", "--json").json)
    assert {one.name for one in alone.iterdir()} <= {f"tallystick.db{ending}" for ending in ("", "-wal", "-shm")}
    attacker = sqlite3.connect(alone / "tallystick.db")
    with attacker:
        attacker.execute("DROP TRIGGER entries_no_update")
        attacker.execute("UPDATE entries SET recorded_at = recorded_at + 1 WHERE position = 1")
    attacker.close()
    assert run(alone, "verify", "--without-keys").code == 1
    (alone / "tallystick.db").unlink()
    assert run(alone, "verify", "--without-keys").err == "There is no log database here.\n"
    assert run(home, "--as", "olive@keystone.example", "verify", "--without-keys").code == 1
    assert run(home, "verify", "--without-keys", "--half", str(home / "tallystick.db")).code == 2


def decided(home: Path) -> list[dict[str, object]]:
    """Every log of decisions, its size and root; not those of who looked."""
    return [one for one in run(home, "verify", "--json").json["logs"] if not one["log"].endswith("-reads")]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_an_import_says_what_it_would_do_and_does_it_when_confirmed(home: Path, name: str) -> None:
    expected = EXPECTED[name]
    before = decided(home)
    told = imported(home, name).json
    assert set(told) == {"new", "changed", "unchanged", "left", "rejected", "warned"}
    assert (told["new"], told["changed"], told["unchanged"], told["left"]) == (expected["pupils"], 0, 0, 0)
    for notes in (told["rejected"], told["warned"]):
        assert all(set(note) == {"line", "record", "why"} for note in notes)
    for key, field in (("rejected_rows", "line"), ("rejected_records", "record")):
        if key in expected:
            assert [note[field] for note in told["rejected"]] == [entry[field] for entry in expected[key]]
    for key, field in (("warned_rows", "line"), ("warned_records", "record")):
        wanted = {entry[field] for entry in expected.get(key, [])}
        assert wanted <= {note[field] for note in told["warned"]}
    assert decided(home) == before
    assert imported(home, name, "--confirm").json == told
    again = imported(home, name, "--confirm").json
    assert (again["new"], again["changed"], again["unchanged"], again["left"]) == (0, 0, expected["pupils"], 0)
    register = run(home, "register", "list", "--academy", URN, "--json").json
    assert len(register) == expected["on_register"]
    assert [one["provision"] for one in register].count("E") == expected["ehc"]


def test_an_import_without_json_is_told_in_lines(home: Path) -> None:
    answer = run(home, "import", "roll", str(DATA / "roll-sims-style.csv"), "--academy", URN)
    assert answer.code == 0
    assert "595 new" in answer.out
    assert "refused, line 24" in answer.out
    assert "Nothing was recorded. Add --confirm to record it." in answer.out


def test_a_file_that_is_no_list_is_refused(home: Path, tmp_path: Path) -> None:
    for name, content in (
        ("a.pdf", b"%PDF-1.7"),
        ("b.csv", b"words"),
        ("c.csv", b"UPN,DoB,Year\n1,2,3"),
        ("d.csv", b"x" * 21_000_000),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        answer = run(home, "import", "roll", str(file), "--academy", URN)
        assert (answer.code, len(answer.err.splitlines())) == (1, 1), name


def test_the_register_is_listed_as_at_a_day(home: Path) -> None:
    imported(home, "roll-census-style.csv", "--confirm")
    now = run(home, "register", "list", "--academy", URN, "--json").json
    past = run(home, "register", "list", "--academy", URN, "--as-at", "2015-01-01", "--json").json
    assert len(now) > len(past)
    assert set(now[0]) >= {"pupil", "upn", "surname", "forename", "year", "provision", "needs", "since"}
    assert all(one["since"] <= "2015-01-01" for one in past)
    assert f"{len(now)} pupils." in run(home, "register", "list", "--academy", URN).out
    acting = run(home, "--as", "sam@keystone.example", "register", "list", "--academy", URN, "--json")
    assert acting.json == now
    assert run(home, "--as", "sam@keystone.example", "register", "list", "--academy", OTHER).code == 1


def test_a_plugin_is_switched_and_the_academies_say_so(home: Path) -> None:
    assert run(home, "plugin", "off", "register", "--academy", URN, "--reason", "Paper").out.startswith(
        "register is off"
    )
    assert [one["on"] for one in run(home, "academy", "list", "--json").json] == [[], []]
    assert run(home, "register", "list", "--academy", URN).code == 1
    assert run(home, "plugin", "on", "register", "--academy", URN, "--reason", "No paper").code == 0
    assert [one["name"] for one in run(home, "plugin", "list", "--json").json] == list(PLUGINS)


def test_people_and_grants_come_and_go(home: Path) -> None:
    (grant,) = run(home, "grant", "list", "sam@keystone.example", "--json").json
    assert (grant["role"], grant["academies"], grant["ended"]) == ("senco", [URN], None)
    assert run(home, "grant", "end", "sam@keystone.example", grant["grant"], "--reason", "Moved").code == 0
    assert run(home, "grant", "list", "sam@keystone.example", "--json").json[0]["ended"]
    assert run(home, "--as", "sam@keystone.example", "register", "list", "--academy", URN).code == 1
    assert run(home, "user", "remove", "sam@keystone.example", "--reason", "Left").code == 0
    people = {one["email"]: one["left"] for one in run(home, "user", "list", "--json").json}
    assert people["sam@keystone.example"]
    assert people["olive@keystone.example"] is None
    assert run(home, "--as", "sam@keystone.example", "academy", "list").code == 1


def test_a_checkpoint_can_be_kept_elsewhere(home: Path) -> None:
    notes = run(home, "checkpoint", "--json").json
    assert set(notes) == {"trust", "trust-reads", URN, f"{URN}-reads", OTHER, f"{OTHER}-reads"}
    assert notes["trust"].splitlines()[0].endswith("/.well-known/tallystick/trust/1")


def test_snapshots_are_dropped_and_made_again_by_one_command(home: Path) -> None:
    first = run(home, "snapshots", "--json")
    assert first.json["streams"] > 5
    again = run(home, "snapshots")
    assert again.out == f"{first.json['streams']:,} streams, in 6 logs.\n"
    assert "Reading every log anew" in again.err
    assert run(home, "--as", "sam@keystone.example", "snapshots").code == 1
    assert run(home, "verify").code == 0


def test_rules_are_listed_shown_and_tried_before_any_trust(tmp_path: Path) -> None:
    listed = run(tmp_path, "rules", "list", "--json").json
    assert {"name", "summary", "source", "verified", "as_at", "edition", "address"} <= set(listed[0])
    assert "register.review_due_by" in {one["name"] for one in listed}
    shown = run(tmp_path, "rules", "show", "register.review_due_by", "--json").json
    assert set(shown["arguments"]) == {"made_on", "reviewed_on"}
    tried = run(tmp_path, "rules", "try", "register.review_due_by", "made_on=2025-09-01", "--json").json
    assert (tried["value"], tried["says"]) == ("2026-08-31", "31 August 2026")
    assert "s.44(1)" in tried["source"]
    assert tried["wording"].startswith("The last day on which")
    assert list(tmp_path.iterdir()) == []


def test_the_command_itself_runs(home: Path) -> None:
    environ = os.environ | {"TALLYSTICK_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", "from core.cli import main; main()", "academy", "list", "--json"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert [one["urn"] for one in json.loads(done.stdout)] == [URN, OTHER]


@pytest.mark.parametrize(
    ("name", "value"),
    [("TALLYSTICK_ORIGIN", "keystone.example"), ("TALLYSTICK_IDLE_MINUTES", "0"), ("TALLYSTICK_IDLE_MINUTES", "x"),
     ("TALLYSTICK_UPLOAD_MB", "1000"), ("TALLYSTICK_PLUGINS", "nothing"), ("TALLYSTICK_PLUGINS", "register@stranger")],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_told(home: Path, name: str, value: str) -> None:
    answer = run(home, "academy", "list", **{name: value})
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 1
    assert name in answer.err


def test_settings_are_read_from_the_environment() -> None:
    told = from_environment(
        {"TALLYSTICK_HOME": "/srv/t", "TALLYSTICK_PLUGINS": "register, lac", "TALLYSTICK_UPLOAD_MB": "5"}
    )
    assert told.database == "sqlite:////srv/t/tallystick.db"
    assert (told.plugins, told.upload_megabytes, told.secure) == (("register", "lac"), 5, False)


def test_a_plugin_without_a_command_of_its_own_is_not_listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(asking, "entry_points", lambda group: [OURS, point("counsel", "counsel")])
    allowed = {"TALLYSTICK_PLUGINS": "register counsel@acme-transport"}
    listed = run(tmp_path, "--help", **allowed)
    assert listed.code == 0
    assert "  register " in listed.out
    assert "counsel" not in listed.out
    assert run(tmp_path, "counsel", **allowed).code == 2
