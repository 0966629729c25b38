"""What the writer knows of a log's end: from tiles where there are some, from rows where there are none."""

from uuid import uuid4

import pytest

from events import Log, Store, Tampered
from events.chain import TILE, leaf_hash, root_of
from events.open_facts import LogOpened
from tests.events.home import SENCO, Home, note, notes
from tests.events.test_chain import rfc_6962

SIZE = 2 * TILE + 90


@pytest.fixture
def leaves(store: Store, log: Log) -> list[bytes]:
    """The leaves of a log with two full tiles, read back."""
    log.append(notes(SIZE - 2), command_id=uuid4(), actor=SENCO)
    note(log)
    return [event.leaf for event in log.events()][:SIZE]


SIZES = (0, 1, 2, 255, 256, 257, 300, 511, 512, 513, SIZE)


def test_the_root_at_any_earlier_size_is_told_from_tiles_and_rows(store: Store, log: Log, leaves: list[bytes]) -> None:
    with store.database.reading() as connection:
        for size in SIZES:
            assert store.fresh_tail(log).root_at(connection, size) == rfc_6962(leaves[:size])


@pytest.mark.parametrize("lost", ['"index" = 0', '"index" = 1', "true"])
def test_lost_tiles_are_made_again_from_the_rows(
    home: Home, store: Store, log: Log, leaves: list[bytes], lost: str
) -> None:
    home.attack(f"DELETE FROM tiles WHERE {lost}")
    with store.database.reading() as connection:
        tail = store.fresh_tail(log)
        tail.catch_up(connection)
        assert tail.tree.root() == rfc_6962([event.leaf for event in log.events()])
        for size in SIZES:
            assert tail.root_at(connection, size) == rfc_6962(leaves[:size])
    other = home.store()
    note(other.log(log.name))  # whoever appends next stores them
    other.close()
    assert home.attack('SELECT "index" FROM tiles ORDER BY "index"') == [(0,), (1,)]


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
def test_a_log_of_over_65_536_entries_goes_on_from_tiles_of_both_levels(home: Home, store: Store, log: Log) -> None:
    log.append_open([LogOpened(str(number)) for number in range(65_600)], uuid4())  # the cheapest there are
    note(log)
    leaves = [event.leaf for event in log.events()]
    assert home.attack("SELECT level, count(*) FROM tiles GROUP BY level ORDER BY level") == [(0, 256), (1, 1)]
    with store.database.reading() as connection:
        tail = store.fresh_tail(log)
        tail.catch_up(connection)
        assert tail.tree.root() == root_of(leaves)
        for lost in ("level = 7", "level = 1"):  # the second one is made again from those below
            home.attack(f"DELETE FROM tiles WHERE {lost}")
            for size in (65_535, 65_536, 65_537, 65_600):
                assert tail.root_at(connection, size) == root_of(leaves[:size])


def test_a_tile_above_lost_ones_is_not_trusted_to_stand_alone(home: Home, store: Store, log: Log) -> None:
    # Tiles of level 0 may be dropped; the writer must then not go on from the one above as if they were there.
    log.append(notes(TILE), command_id=uuid4(), actor=SENCO)
    store.close()
    put = 'INSERT INTO tiles (log, level, "index", hashes) VALUES (:log, 1, 0, :hashes)'
    home.attack(put, log=log.id, hashes=bytes(32 * TILE))
    for lost in ("level = 7", "level = 0"):
        home.attack(f"DELETE FROM tiles WHERE {lost}")
        with store.database.reading() as connection:
            tail = store.fresh_tail(log)
            tail.catch_up(connection)
        assert tail.tree.root() == rfc_6962([event.leaf for event in log.events()])


def test_tiles_that_cannot_be_stored_now_are_stored_later(home: Home, log: Log) -> None:
    note(log)
    home.attack("ALTER TABLE tiles RENAME TO elsewhere")
    log.append(notes(TILE), command_id=uuid4(), actor=SENCO)
    note(log)  # answered once the writer has given up on the tile
    home.attack("ALTER TABLE elsewhere RENAME TO tiles")
    note(log)
    home.close()
    assert home.attack('SELECT level, "index" FROM tiles') == [(0, 0)]


def test_the_tail_refuses_a_row_that_is_missing_or_other(
    home: Home, store: Store, log: Log, leaves: list[bytes]
) -> None:
    tail = store.fresh_tail(log)
    home.attack("UPDATE entries SET n = n + 10000 WHERE position = 520")
    with store.database.reading() as connection, pytest.raises(Tampered, match="position 520: the entry is not as"):
        tail.catch_up(connection)
    home.attack("DELETE FROM entries WHERE position = 515")
    with store.database.reading() as connection:
        with pytest.raises(Tampered, match="position 515: the entry is missing"):
            store.fresh_tail(log).catch_up(connection)
        with pytest.raises(Tampered, match="position 600: the entry is missing"):
            store.fresh_tail(log).root_at(connection, 601)


def test_a_leaf_is_the_hash_of_the_row(store: Store, log: Log) -> None:
    position = note(log)
    event = log.event(position)
    assert event.leaf != leaf_hash(b"")
    assert event.leaf == [one.leaf for one in log.events()][position]
