"""`tallystick keys`: rotated beside a server that goes on, and held by three people of whom two are enough."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from core.building import Building
from core.settings import from_environment
from events import Actor, New, verify
from events.holders import KeyFile
from tests.core.cli.test_cli import URN, run
from tests.core.cli.test_cli import template as template  # noqa: PLC0414 - a fixture
from tests.events.home import SENCO


@pytest.fixture
def home(tmp_path: Path, template: Path) -> Path:
    shutil.copytree(template, tmp_path / "home")
    return tmp_path / "home"


def test_the_master_key_rotates_beside_a_server_that_goes_on(home: Path) -> None:
    server = Building(from_environment({"TALLYSTICK_HOME": str(home)}))
    before = (home / "master.key").read_bytes()
    told = run(home, "keys", "rotate-master", "--json")
    assert told.json["keys"] > 8
    after = (home / "master.key").read_bytes()
    assert len(after) == 32
    assert after != before
    server.store.sign_all()
    server.store.create("199999")
    server.close()
    assert run(home, "verify").code == 0


def test_the_keys_of_every_log_rotate_beside_a_server_that_goes_on(home: Path) -> None:
    server = Building(from_environment({"TALLYSTICK_HOME": str(home)}))
    log = server.store.log(URN)
    log.refresh()
    assert run(home, "keys", "rotate").code == 0
    from core.academies.facts import TrustNamed

    fact = TrustNamed("Keystone", server.today)
    log.append([New(server.trust_id, fact)], command_id=SENCO.by, actor=Actor(SENCO.by, "senco"))
    server.close()
    with sqlite3.connect(home / "keys.db") as keys:
        assert keys.execute("SELECT count(*) FROM held WHERE purpose = 'academy' AND state = 'destroyed'").fetchone()[0]
        assert keys.execute("SELECT DISTINCT kek_id FROM keys").fetchall() == [(2,)]
    assert run(home, "verify").code == 0


def test_a_key_from_the_environment_is_rotated_to_a_file_that_is_named(home: Path, tmp_path: Path) -> None:
    environ = {"TALLYSTICK_MASTER_KEY": (home / "master.key").read_bytes().hex()}
    (home / "master.key").unlink()
    refused = run(home, "keys", "rotate-master", **environ)
    assert (refused.code, "--to" in refused.err) == (1, True)
    assert run(home, "verify", **environ).code == 0
    assert run(home, "keys", "rotate-master", "--to", str(tmp_path / "new.key"), **environ).code == 0
    assert run(home, "verify", **environ).code == 1
    assert run(home, "verify", TALLYSTICK_MASTER_KEY=(tmp_path / "new.key").read_bytes().hex()).code == 0


def test_any_two_of_three_shares_pass_the_drill_and_give_the_key_back(home: Path, tmp_path: Path) -> None:
    shares = [str(tmp_path / f"share-{number}.txt") for number in (1, 2, 3)]
    assert run(home, "keys", "split", *shares).code == 0
    assert all(oct(Path(share).stat().st_mode & 0o777) == "0o600" for share in shares)
    for one, other in ((0, 1), (1, 2), (2, 0)):
        assert run(home, "keys", "drill", shares[one], shares[other]).code == 0
    again = tmp_path / "again.key"
    assert run(home, "keys", "join", shares[2], shares[0], str(again)).code == 0
    assert KeyFile(again).read() == (home / "master.key").read_bytes()
    assert run(home, "keys", "join", shares[2], shares[0], str(home / "master.key")).code == 1  # never written over
    copies = run(home, "keys", "drill", shares[0], shares[0])
    assert (copies.code, "two copies" in copies.err) == (1, True)


def test_shares_of_a_key_that_was_rotated_fail_the_drill(home: Path, tmp_path: Path) -> None:
    shares = [str(tmp_path / f"share-{number}.txt") for number in (1, 2, 3)]
    assert run(home, "keys", "split", *shares).code == 0
    assert run(home, "keys", "rotate-master").code == 0
    drilled = run(home, "keys", "drill", *shares[:2])
    assert (drilled.code, "not the one" in drilled.err) == (1, True)


def test_two_shares_in_one_file_are_refused_and_nothing_is_written(home: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "share.txt")
    assert run(home, "keys", "split", place, place, str(tmp_path / "other.txt")).code == 1
    assert list(tmp_path.glob("*.txt")) == []


def test_a_person_may_not_touch_the_keys_however_much_they_were_granted(home: Path) -> None:
    assert run(home, "--as", "olive@keystone.example", "keys", "rotate").code == 1


def test_verify_holds_after_all_of_it(home: Path) -> None:
    for _ in range(2):
        assert run(home, "keys", "rotate-master").code == 0
        assert run(home, "keys", "rotate").code == 0
    building = Building(from_environment({"TALLYSTICK_HOME": str(home)}))
    assert verify(building.store).ok
    building.close()
