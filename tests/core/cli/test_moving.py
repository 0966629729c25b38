"""An academy goes from one trust to another by the command line of each."""

import json
import shutil
from pathlib import Path

import pyrage
import pytest

from events.holders import write_private
from tests.core.cli.test_cli import URN, Answer, init, run
from tests.core.cli.test_cli import template as template  # noqa: PLC0414 - a fixture

HOST = "riverside.example"


@pytest.fixture
def sender(tmp_path: Path, template: Path) -> Path:
    shutil.copytree(template, tmp_path / "sender")
    return tmp_path / "sender"


@pytest.fixture
def receiver(tmp_path: Path) -> Path:
    home = tmp_path / "receiver"
    assert init(home).code == 0
    return home


@pytest.fixture
def identity(tmp_path: Path) -> pyrage.x25519.Identity:
    made = pyrage.x25519.Identity.generate()
    write_private(tmp_path / "identity.txt", str(made).encode())
    return made


def there(home: Path, *args: str) -> Answer:
    return run(home, *args, TALLYSTICK_ORIGIN=f"https://{HOST}")


def test_an_academy_is_handed_over_received_and_let_go(
    sender: Path, receiver: Path, identity: pyrage.x25519.Identity, tmp_path: Path
) -> None:
    file, receipt = str(tmp_path / "north.moved"), str(tmp_path / "receipt.json")
    given = ["--to", str(identity.to_public()), "--host", HOST]
    assert run(sender, "academy", "export", URN, file, *given).code == 0
    assert run(sender, "academy", "export", URN, file, *given).code == 1  # never written over

    told = there(
        receiver, "academy", "import", file, "--identity", str(tmp_path / "identity.txt"), "--receipt", receipt
    )
    assert told.code == 0, told
    keys = [word for one in json.loads(Path(receipt).read_text()) for word in ("--key", one["key"])]
    assert all(key in told.out for key in keys[1::2])
    assert [one["urn"] for one in there(receiver, "academy", "list", "--json").json] == [URN]
    assert there(receiver, "verify").code == 0

    release = ["academy", "release", URN, "--backups-until", "2026-12-31", "--yes", "--json", *keys]
    changed = tmp_path / "changed.json"
    changed.write_text(Path(receipt).read_text().replace(URN, "139205"))
    for wrong in (str(changed), str(tmp_path / "identity.txt")):
        assert run(sender, *release, "--receipt", wrong).code == 1
    gone = run(sender, *release, "--receipt", receipt, "--keep", "core.running").json
    assert gone[URN]["kept"] > 0
    assert set(gone) == {URN, f"{URN}-reads"}
    assert run(sender, "verify").code == 0
    assert "Someone" not in run(sender, "verify").out

    words = json.loads(run(sender, "academy", "list", "--json").out)
    assert next(one for one in words if one["urn"] == URN)["moved_on"]


def test_only_whoever_can_read_the_master_key_hands_an_academy_over(sender: Path, tmp_path: Path) -> None:
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    file = tmp_path / "north.moved"
    asked = ["academy", "export", URN, str(file), "--to", recipient, "--host", HOST]
    assert run(sender, "--as", "olive@keystone.example", *asked).code == 1
    assert not file.exists()


def test_a_wrong_recipient_leaves_no_file_and_an_open_log(sender: Path, tmp_path: Path) -> None:
    file = tmp_path / "north.moved"
    told = run(sender, "academy", "export", URN, str(file), "--to", "age1nobody", "--host", HOST)
    assert (told.code, "recipient" in told.err, file.exists()) == (1, True, False)
