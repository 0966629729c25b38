"""What anyone may fetch of a log: checkpoints, and hashes up to them."""

from uuid import uuid4

import pytest

from events import Log, Store
from events.chain import TILE
from events.notes import parse_note
from events.open_facts import EpochStarted
from events.publishing import published, tile_path, tile_place
from tests.events.home import SENCO, note, notes, signed_elsewhere
from tests.events.test_chain import rfc_6962


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ((0, 0, TILE), "0/000"),
        ((0, 999, 1), "0/999.p/1"),
        ((0, 1000, 255), "0/x001/000.p/255"),
        ((1, 1_234_067, TILE), "1/x001/x234/067"),  # the example of C2SP's page
        ((63, 0, 7), "63/000.p/7"),
    ],
)
def test_a_tile_s_address_is_c2sp_s(place: tuple[int, int, int], path: str) -> None:
    assert tile_path(*place) == path
    assert tile_place(path) == place


@pytest.mark.parametrize(
    "path",
    [
        "", "0", "0/", "0/1", "0/0001", "0/x001", "0/x001/5", "0/x000/001", "00/001", "0/001.p/256", "0/001.p/0",
        "0/001.p/01", "0/001.p/", "0/001.p/-1", "0/001.p/1\n", "0/001/", "/0/001", "-1/000", "100/000",
        "0/\u0660\u0660\u0660",
        "entries/000", "0/x001/x001/x001/x001/x001/x001/x001/000", "0/../000", "0/00000000000000000000000000000000",
    ],
)  # fmt: skip
def test_what_is_no_tile_s_address_is_none(path: str) -> None:
    assert tile_place(path) is None


def filled(log: Log, size: int) -> list[bytes]:
    """A log of so many entries; its leaves."""
    log.append(notes(size - log.size), command_id=uuid4(), actor=SENCO)
    return [event.leaf for event in log.events()]


def test_nothing_is_published_before_it_is_signed(store: Store, log: Log) -> None:
    assert published(store, log.name, 1) is None
    store.sign(log)
    note(log)
    found = published(store, log.name, 1)
    assert found is not None
    assert found.checkpoint == store.checkpoint(log)
    assert found.tile("0/000.p/2") is not None
    assert found.tile("0/000.p/3") is None  # recorded, and not signed yet
    for name, number in (("139205", 1), (log.name, 2), (log.name, 0), ("%", 1)):
        assert published(store, name, number) is None


def test_each_tile_up_to_the_checkpoint_and_no_other_is_there(store: Store, log: Log) -> None:
    leaves = filled(log, 2 * TILE + 90)
    store.sign(log)
    note(log)
    found = published(store, log.name, 1)
    assert found is not None
    assert found.tile("0/000") == b"".join(leaves[:TILE])
    assert found.tile("0/001") == b"".join(leaves[TILE : 2 * TILE])
    assert found.tile("0/001.p/7") == b"".join(leaves[TILE : TILE + 7])
    assert found.tile("0/002.p/90") == b"".join(leaves[2 * TILE :])
    assert found.tile("1/000.p/2") == rfc_6962(leaves[:TILE]) + rfc_6962(leaves[TILE : 2 * TILE])
    for beyond in ("0/002.p/91", "0/002", "0/003", "1/000.p/3", "1/000", "2/000.p/1", "63/000", "0/x999/x999/999"):
        assert found.tile(beyond) is None


def test_an_older_epoch_stays_as_it_was_last_signed(store: Store, log: Log) -> None:
    leaves = filled(log, 10)
    signed = store.sign(log)
    note(log)  # never signed under the first epoch
    begun = store.begin_epoch(log.name, lambda number: EpochStarted(number, "", 0))
    store.sign(begun)
    old, new = published(store, log.name, 1), published(store, log.name, 2)
    assert old is not None
    assert new is not None
    assert old.checkpoint == signed
    assert old.tile("0/000.p/10") == b"".join(leaves)
    assert old.tile("0/000.p/11") is None
    assert parse_note(new.checkpoint)[0].origin.endswith(f"/{log.name}/2")
    assert new.tile("0/000.p/11") is not None


def test_what_a_restore_cut_is_not_published_and_its_checkpoint_is(store: Store, log: Log) -> None:
    """The last checkpoint known outside is the last of its epoch, and counts entries that are gone."""
    filled(log, 8)
    store.sign(log)
    known = signed_elsewhere(log, 12)
    begun = store.begin_epoch(log.name, lambda number: EpochStarted(number, known, 4))
    filled(begun, 14)
    store.sign(begun)
    old = published(store, log.name, 1)
    assert old is not None
    assert old.checkpoint == known
    assert old.tile("0/000.p/8") is not None
    assert old.tile("0/000.p/9") is None  # another entry stands there now
