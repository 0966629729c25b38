"""Files that hold a master key: read anew when it was rotated, sealed with age, and never half replaced."""

import os
from contextlib import suppress
from pathlib import Path

import pyrage
import pytest

from events import Log, MasterKey, NotReady, Store, verify
from events.holders import KeyFile, age_identity, write_private
from tests.events.home import Home, note


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    made = pyrage.x25519.Identity.generate()
    path = tmp_path / "identity.txt"
    write_private(path, f"# created by age-keygen\n# public key: {made.to_public()}\n{made}\n".encode())
    return path


def key_file(home: Home, tmp_path: Path, identity: Path | None = None) -> KeyFile:
    """The home's master key in a file; sealed with age where there is an identity."""
    if identity is None:
        write_private(tmp_path / "master.key", home.master)
        return KeyFile(tmp_path / "master.key")
    write_private(tmp_path / "master.key.age", pyrage.encrypt(home.master, [age_identity(identity).to_public()]))
    return KeyFile(tmp_path / "master.key.age", identity)


@pytest.mark.parametrize("sealed", [False, True])
def test_a_server_goes_on_while_another_process_rotates(
    home: Home, store: Store, log: Log, tmp_path: Path, identity: Path, sealed: bool
) -> None:
    mine, theirs = key_file(home, tmp_path, identity if sealed else None), None
    server = home.store(holder=mine)
    theirs = KeyFile(mine.path, identity if sealed else None)
    with theirs.replaced() as new:
        store.keys.rotate_master(new)
        note(server.log(log.name), "while the new key waits beside the old")
        assert server.sign(server.log(log.name))
    assert not mine.next_path.exists()
    note(server.log(log.name), "after")
    assert server.sign(server.log(log.name))
    server.create("139205")  # wrapped with the new key
    again = home.store(holder=KeyFile(mine.path, identity if sealed else None))
    assert again.log("139205").size == 2
    assert verify(again).ok
    assert oct(mine.path.stat().st_mode & 0o777) == "0o600"


def test_a_rotation_that_died_half_way_is_finished_with_the_same_key(home: Home, log: Log, tmp_path: Path) -> None:
    holder = key_file(home, tmp_path)
    store = home.store(holder=holder)
    with suppress(RuntimeError), holder.replaced() as new:
        store.keys.rotate_master(new)
        raise RuntimeError("the process died here")
    again = home.store(holder=KeyFile(holder.path))  # the old file, and the next one beside it
    note(again.log(log.name))
    with KeyFile(holder.path).replaced() as same:
        assert again.keys.opened_by(same) == 2
    assert verify(home.store(holder=KeyFile(holder.path))).ok


def test_a_file_sealed_with_age_holds_no_byte_of_the_key(home: Home, tmp_path: Path, identity: Path) -> None:
    holder = key_file(home, tmp_path, identity)
    assert holder.read() == home.master
    assert home.master not in holder.path.read_bytes()


def test_a_sealed_file_without_its_identity_says_what_is_missing(home: Home, tmp_path: Path, identity: Path) -> None:
    path = key_file(home, tmp_path, identity).path
    other = tmp_path / "other.txt"
    write_private(other, str(pyrage.x25519.Identity.generate()).encode())
    empty = tmp_path / "empty.txt"
    write_private(empty, b"# nothing\n")
    for given, says in ((None, "TALLYSTICK_AGE_IDENTITY"), (other, "does not open"), (empty, "no age identity")):
        with pytest.raises(NotReady, match=says):
            KeyFile(path, given)
    with pytest.raises(NotReady, match="no age identity"):
        KeyFile(path, tmp_path / "gone.txt")


def test_a_secret_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    write_private(path, os.urandom(32))
    with pytest.raises(NotReady, match="already"):
        write_private(path, os.urandom(32))


def test_a_key_that_opens_nothing_here_is_told_apart(home: Home, store: Store, log: Log) -> None:
    assert log.size
    assert store.keys.opened_by(MasterKey(home.master)) == 2
    with pytest.raises(NotReady, match="not the one"):
        store.keys.opened_by(MasterKey(os.urandom(32)))
