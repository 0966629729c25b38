"""Go's own checksum-database code, made by others, checks our checkpoints, inclusion and consistency over HTTP."""

from __future__ import annotations

import base64
import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from events import Log, verify
from events.notes import COSIGNATURE, ML_DSA_44, NoteSigner, parse_note
from events.open_facts import LogOpened
from events.tail import rows_between
from events.witnesses import keep_cosignatures
from tests.core.house import NORTH, House
from tests.core.outside.conftest import Serving

pytestmark = pytest.mark.xdist_group("stranger")  # built once, by one worker

WITNESS = NoteSigner("witness.example", COSIGNATURE, bytes(32))
SIZES = (256, 300, 700)  # a full tile; one beside it; two tiles, so that there is one of them
SHOWN = (0, 1, 255, 256, 299, 511, 512, 699)


class Published(NamedTuple):
    """A house that is served, and what a stranger was handed to check about one of its logs."""

    house: House
    task: dict[str, Any]


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def leaf_data(log: Log, house: House, position: int) -> bytes:
    """What a pack would show of an entry."""
    with house.building.store.database.reading() as connection:
        (row,) = rows_between(connection, log.id, position, position + 1)
    return log.tail.checked(row, position)


@pytest.fixture
def published(serving: Serving) -> Published:
    """A log of 700 entries with two lines under its checkpoint that a stranger does not know."""
    house = serving()
    store = house.building.store
    log = store.log(NORTH)
    key = str(log.note_keys(log.tail.epoch, log.size)[0])
    store.add_signer(log, ML_DSA_44)
    kept = []
    for size in SIZES:
        log.append_open([LogOpened(str(number)) for number in range(log.size, size)], uuid4())
        kept.append(store.sign(log) or "")
    keep_cosignatures(store, kept[-1] + WITNESS.line(parse_note(kept[-1])[0], 1), [WITNESS.key])
    shown = [
        {
            "Position": position,
            "Data": encoded(leaf_data(log, house, position)),
            "Proof": [encoded(one) for one in log.tiles.inclusion(position, SIZES[-1])],
        }
        for position in SHOWN
    ]
    older = [
        {"Note": note, "Proof": [encoded(one) for one in log.tiles.consistency(size, SIZES[-1])]}
        for size, note in zip(SIZES, kept, strict=True)
    ]
    address = f"{house.settings.origin}/{log.origin.partition('/')[2]}"
    return Published(house, {"Address": address, "Key": key, "Records": shown, "Older": older})


def checked(stranger: Path, task: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(stranger)], input=json.dumps(task), capture_output=True, text=True, check=False)


def test_a_checkpoint_every_tile_and_every_proof_hold(stranger: Path, published: Published) -> None:
    done = checked(stranger, published.task)
    assert (done.stderr, done.returncode) == ("", 0)
    found = json.loads(done.stdout)
    assert found.pop("TilesRead") >= 4
    assert found == {
        "Size": 700,
        "Signed": 1,
        "Unknown": 2,  # ML-DSA-44 and a witness
        "Records": len(SHOWN),
        "Consistent": len(SIZES),
    }
    assert verify(published.house.building.store).ok


def flipped(text: str, at: int = 0) -> str:
    """The same in base64, with one bit other."""
    raw = bytearray(base64.b64decode(text))
    raw[at] ^= 1
    return encoded(bytes(raw))


def spoil_entry(task: dict[str, Any]) -> None:
    task["Records"][3]["Data"] = flipped(task["Records"][3]["Data"], 149)


def spoil_inclusion(task: dict[str, Any]) -> None:
    task["Records"][5]["Proof"][2] = flipped(task["Records"][5]["Proof"][2])


def spoil_place(task: dict[str, Any]) -> None:
    task["Records"][0]["Position"] = 1


def spoil_consistency(task: dict[str, Any]) -> None:
    task["Older"][1]["Proof"][-1] = flipped(task["Older"][1]["Proof"][-1], 31)


def spoil_older(task: dict[str, Any]) -> None:
    task["Older"][0]["Note"] = task["Older"][0]["Note"].replace("\n256\n", "\n255\n")


def spoil_key(task: dict[str, Any]) -> None:
    task["Key"] = str(NoteSigner(task["Key"].partition("+")[0], 1, bytes(32)).key)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (spoil_entry, "invalid transparency proof"),
        (spoil_inclusion, "invalid transparency proof"),
        (spoil_place, "invalid transparency proof"),
        (spoil_consistency, "invalid transparency proof"),
        (spoil_older, "invalid signature"),
        (spoil_key, "no verifiable signatures"),
    ],
)
def test_one_bit_of_what_was_handed_over_is_noticed(
    stranger: Path, published: Published, spoil: Callable[[dict[str, Any]], None], says: str
) -> None:
    spoil(published.task)
    done = checked(stranger, published.task)
    assert done.returncode == 1
    assert says in done.stderr


@pytest.mark.parametrize("number", [0, 1])
def test_one_bit_of_a_published_hash_is_noticed(stranger: Path, published: Published, number: int) -> None:
    log = published.house.building.store.log(NORTH)
    hashes = bytearray(log.tiles.tile(0, number, 256))
    hashes[4000] ^= 1
    attack(published.house, 'UPDATE tiles SET hashes = ? WHERE log = ? AND "index" = ?', bytes(hashes), log.id, number)
    log.tiles._pyramids.clear()  # as after a restart
    done = checked(stranger, published.task)
    assert (done.returncode, "inconsistent tile" in done.stderr) == (1, True)


def test_one_bit_of_the_published_checkpoint_is_noticed(stranger: Path, published: Published) -> None:
    attack(published.house, "DROP TRIGGER checkpoints_no_update")
    attack(published.house, "UPDATE checkpoints SET note = replace(note, ?, ?)", "\n700\n", "\n701\n")
    done = checked(stranger, published.task)
    assert (done.returncode, "invalid signature" in done.stderr) == (1, True)


def attack(house: House, sql: str, *values: object) -> None:
    attacker = sqlite3.connect(house.home / "tallystick.db")
    with attacker:
        attacker.execute(sql, values)
    attacker.close()
