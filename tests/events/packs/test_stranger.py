"""A pack on a stranger's machine: its own verify.py, run by a Python that has `cryptography` and nothing else."""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

import pytest

from events.packs import Disclosed, verify
from tests.events.home import Home, note
from tests.events.packs.packing import SECRET, WHY, events_of, packed, told

NEEDED = ("cryptography", "cffi")  # the second is what the first is made with


class Desk(NamedTuple):
    """What the stranger was sent, and was told or given by another way."""

    python: Path
    folder: Path
    key: str

    def checks(self, *arguments: str, pack: str = "pack.zip") -> tuple[int, str]:
        """Runs the pack's own verifier; how it ended, and what it said."""
        done = subprocess.run(
            [self.python, "-I", "verify.py", pack, *arguments],
            cwd=self.folder,
            env={"HOME": str(self.folder), "LANG": "C", "PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        return done.returncode, done.stdout


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment whose only packages are links to those of ours that `cryptography` is made of."""
    folder = tmp_path_factory.mktemp("bare") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    asked = [str(python), "-I", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip())
    ours = Path(sysconfig.get_path("purelib"))
    for top in {file.parts[0] for name in NEEDED for file in distribution(name).files or []} - {"..", "__pycache__"}:
        (packages / top).symlink_to(ours / top)
    return python


@pytest.fixture(scope="module")
def desk(bare_python: Path, sqlite_urls: Callable[[Path], list[str]], tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("stranger")
    home = Home(*sqlite_urls(tmp_path_factory.mktemp("packs") / "home"))
    store = home.store()
    log = store.create("139204")
    told(store, log)
    (folder / "half.txt").write_text(store.checkpoint(log) or "", newline="\n")
    mail = f"Dear Sir,\n\nhere is our half of the stick.\n\n{store.checkpoint(log)}\nYours\n"
    (folder / "mail.txt").write_text(mail, newline="\r\n")
    note(log, "\x1b[2JZoë's words \u202e")
    chosen = events_of(log)
    chosen[2] = Disclosed(chosen[2].event_id, {3: WHY})
    raw, key = packed(store, log, chosen)
    (folder / "pack.zip").write_bytes(raw)
    (folder / "verify.py").write_bytes(verify.unzipped(raw)["verify.py"])
    (folder / "short.zip").write_bytes(raw[:-1])
    note(log)
    (folder / "younger.txt").write_text(store.sign(log) or "")
    home.close()
    return Desk(bare_python, folder, key)


def test_there_is_nothing_else_in_that_environment(bare_python: Path) -> None:
    for name in ("events", "msgspec", "sqlalchemy", "pip"):
        asked = subprocess.run([bare_python, "-I", "-c", f"import {name}"], capture_output=True, check=False)
        assert b"ModuleNotFoundError" in asked.stderr
    subprocess.run([bare_python, "-I", "-c", "import cryptography"], check=True)


def test_a_pack_is_proved_by_the_key_or_by_a_half(desk: Desk) -> None:
    for given in (["--key", desk.key], ["--checkpoint", "half.txt"], ["--checkpoint", "mail.txt"]):
        code, said = desk.checks(*given)
        assert code == 0, said
        assert "proved: proofs/00004.tlog-proof, entry 4, typed 20" in said
        assert f"    withheld, part 3: {WHY}" in said
        assert "entries 0 to 5 of this record, none left out between" in said
        assert "PROVED. Each entry stands in the log" in said
        assert SECRET not in said
        assert "note 1" not in said


def test_words_are_printed_when_asked_for_and_cannot_command_the_terminal(desk: Desk) -> None:
    code, said = desk.checks("--key", desk.key, "--words")
    assert code == 0
    assert '{"fact": {"words": "note 1"}}' in said
    assert "Zo" in said
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_without_a_key_or_a_half_it_is_consistent_with_itself_only(desk: Desk) -> None:
    code, said = desk.checks()
    assert code == 3
    assert "CONSISTENT WITH ITSELF ONLY. Anyone could have made such a pack." in said
    assert "\nproved" not in said


@pytest.mark.parametrize(
    ("pack", "given", "says"),
    [
        ("short.zip", ["--key", "KEY"], "the zip is not as it was made"),
        ("verify.py", [], "this is not a pack"),
        ("nowhere.zip", [], "nowhere.zip cannot be read: No such file or directory"),
        (".", [], ". cannot be read: Is a directory"),
        ("pack.zip", ["--key", "a+b+c"], "the key you gave is malformed"),
        ("pack.zip", ["--key", "KEYS"], "the key you gave is malformed"),
        ("pack.zip", ["--checkpoint", "verify.py"], "verify.py holds no checkpoint"),
        ("pack.zip", ["--checkpoint", "younger.txt"], "the pack is older than the checkpoint you hold"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(desk: Desk, pack: str, given: list[str], says: str) -> None:
    code, said = desk.checks(*(one.replace("KEY", desk.key) for one in given), pack=pack)
    assert code == 1
    assert f"WRONG: {says}" in said
    assert said.endswith("NOT PROVED. Do not rely on this pack.\n")


def test_it_answers_in_json_too(desk: Desk) -> None:
    code, said = desk.checks("--key", desk.key, "--json")
    report = json.loads(said)
    assert (code, report["answer"], report["wrong"]) == (0, "proved", [])
    assert report["entries"][-1]["parts"][-1] == {"fact": {"words": "\x1b[2JZoë's words \u202e"}}
    code, said = desk.checks("--json", pack="short.zip")
    assert (code, json.loads(said)["answer"]) == (1, "wrong")
