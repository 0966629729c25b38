"""Snapshots of other code, of another history, or not as they were written are never believed."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from events import Catalog, Fact, Log, folds, verify
from events.catalog import _source
from events.snapshots import TRAIL
from tests.events.home import (
    ANN,
    BEN,
    FACTS,
    Home,
    Noted,
    balance,
    note,
)
from tests.events.snapshots.asking import ANNS, BENS, FAULT, replayed, says
from tests.events.test_folds import DAYS

# Left unread


def test_snapshots_of_other_code_are_left_unread_and_replaced(home: Home, kept: Log) -> None:
    @folds("tests.notes")
    def told(known: tuple[str, ...] | None, fact: Fact) -> tuple[str, ...] | None:
        """As before, but in capitals."""
        return (*(known or ()), str(fact).upper())

    store = home.store(views=[told])
    other = store.log(kept.name)
    assert other.refresh() == other.grown
    assert other.see(told, BEN) == (str(Noted(DAYS[1], "Ben was not.")).upper(),)
    assert verify(store).ok  # not as this code would write it, and not a fault
    assert other.keep_snapshots() == 3
    again = home.store(views=[told]).log(kept.name)
    again.refresh()
    assert (again.grown, again.see(told, BEN)) == (0, other.see(told, BEN))
    assert home.store().log(kept.name).keep_snapshots() == 3


def test_the_version_is_told_from_every_source_that_folds_could_rest_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "a_diary_of_ours"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "words.py").write_text("WORD = 'one'\n")
    (package / "views.py").write_text(
        "from events import folds\nfrom a_diary_of_ours.words import WORD\n"
        "@folds('tests.notes')\ndef word(known: str | None, fact: object) -> str | None:\n    return WORD\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    from a_diary_of_ours.views import word  # type: ignore[import-not-found]

    def version() -> int:
        _source.cache_clear()  # as another process would find it
        return Catalog(FACTS, [word]).version

    before = version()
    assert version() == before < 2**32
    assert Catalog(FACTS, []).version != before
    (package / "words.py").write_text("WORD = 'two'\n")
    changed = version()
    assert changed != before
    shutil.rmtree(package)
    monkeypatch.delitem(sys.modules, "a_diary_of_ours")
    assert version() != version()  # what cannot be read is never taken for the same


def test_snapshots_beyond_the_log_or_of_another_history_are_left_unread(home: Home, kept: Log) -> None:
    home.attack("DELETE FROM entries WHERE position >= 5")  # as a restore of an older backup leaves it
    store = home.store()
    shorter = store.log(kept.name)
    assert shorter.refresh() == shorter.grown == 5
    assert shorter.see(balance, ANN) == 500
    for number in range(4):
        note(shorter, str(number), subject=BEN)
    other = home.store().log(kept.name)
    assert other.refresh() == other.grown == 9
    assert says(other, (ANN, BEN)) == says(replayed(home.store()), (ANN, BEN))
    other.keep_snapshots()
    assert verify(home.store()).ok


def swapped(home: Home, mine: bytes, other: bytes) -> None:
    for old, new in ((mine, b"-"), (other, mine), (b"-", other)):
        home.attack("UPDATE snapshots SET key_id = :new WHERE key_id = :old", old=old, new=new)


DAMAGES: dict[str, Callable[[Home, bytes, bytes], Any]] = {
    "a byte of the seal": lambda home, mine, _: flipped(home, mine, 20),
    "the last byte": lambda home, mine, _: flipped(home, mine, -1),
    "the algorithm": lambda home, mine, _: flipped(home, mine, 0),
    "the key version": lambda home, mine, _: flipped(home, mine, 2),
    "nothing left of it": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET sealed = :none WHERE key_id = :mine", none=b"", mine=mine
    ),
    "cut short": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET sealed = substr(sealed, 1, 40) WHERE key_id = :mine", mine=mine
    ),
    "up to an earlier entry": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET upto = upto - 1 WHERE key_id = :mine", mine=mine
    ),
    "up to an entry there is not": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET upto = 9999999999 WHERE key_id = :mine", mine=mine
    ),
    "of another view": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET view = substr(view, 1, 15) WHERE key_id = :mine", mine=mine
    ),
    "of another stream": swapped,
    "of no key": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET key_id = :none WHERE key_id = :mine", none=b"x" * 16, mine=mine
    ),
    "under the zero key": lambda home, mine, _: home.attack(
        "UPDATE snapshots SET key_id = :zero WHERE key_id = :mine", zero=bytes(16), mine=mine
    ),
}


ELSEWHERE = {"of another view", "of no key", "under the zero key"}
"""What leaves a row behind that only making all again takes away."""


def flipped(home: Home, key_id: bytes, at: int) -> None:
    for view, sealed in home.attack("SELECT view, sealed FROM snapshots WHERE key_id = :key", key=key_id):
        other = bytearray(sealed)
        other[at] ^= 1
        put = "UPDATE snapshots SET sealed = :sealed WHERE key_id = :key AND view = :view"
        home.attack(put, sealed=bytes(other), key=key_id, view=view)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_snapshot_that_is_not_as_it_was_written_is_never_believed_and_verify_names_it(
    home: Home, kept: Log, damage: str
) -> None:
    mine, other = (key.key_id for stream in (ANNS, BENS) if (key := kept.keys.find(stream)))
    expected = says(kept, (ANN, BEN))
    DAMAGES[damage](home, mine, other)
    faults = verify(home.store()).faults
    assert {fault.log for fault in faults} == {kept.name}
    assert {fault.what for fault in faults} == {FAULT}
    started = home.store().log(kept.name)
    assert says(started, (ANN, BEN)) == expected
    assert started.grown == 0
    started.keep_snapshots()  # and makes it again
    if damage not in ELSEWHERE:
        assert verify(home.store()).ok
    again = home.store().log(kept.name)
    assert says(again, (ANN, BEN)) == expected
    assert again.keep_snapshots() == 0
    again.rebuild_snapshots()
    assert verify(home.store()).ok


@pytest.mark.parametrize("damage", ["sealed", "upto", "gone", "zeros"])
def test_a_list_that_is_not_as_it_was_written_costs_a_replay(home: Home, kept: Log, damage: str) -> None:
    expected, zero = says(kept, (ANN, BEN)), bytes(16)
    match damage:
        case "sealed":
            flipped(home, zero, 30)
        case "upto":
            home.attack("UPDATE snapshots SET upto = upto - 1 WHERE key_id = :zero", zero=zero)
        case "zeros":
            home.attack("UPDATE snapshots SET sealed = :none WHERE key_id = :zero", none=bytes(10), zero=zero)
        case "gone":
            home.attack("DELETE FROM snapshots WHERE key_id = :zero", zero=zero)
    faults = [] if damage == "gone" else ["the list of snapshots is not as it was written"]
    assert [fault.what for fault in verify(home.store()).faults] == faults
    started = home.store().log(kept.name)
    assert started.refresh() == started.grown
    assert says(started, (ANN, BEN)) == expected
    assert started.keep_snapshots() == 3
    assert verify(home.store()).ok


def test_of_a_broken_trail_the_entries_are_read_again(home: Home, kept: Log) -> None:
    expected = says(kept, (ANN, BEN))
    trail = kept.keys.blind("view", TRAIL.encode())
    home.attack("UPDATE snapshots SET sealed = :none WHERE view = :trail", none=bytes(1100), trail=trail)
    started = home.store().log(kept.name)
    started.refresh()
    assert started.keep_snapshots() == 0  # nobody asked for the trail, so nobody knows
    assert says(started, (ANN, BEN)) == expected
    assert started.keep_snapshots() == 3
    assert verify(home.store()).ok


def test_a_trail_another_process_kept_meanwhile_is_filled_in_once(home: Home, kept: Log) -> None:
    started = home.store().log(kept.name)
    note(kept, "later")
    started.refresh()
    kept.keep_snapshots()  # the trail that it finds goes further than it began
    assert says(started, (ANN, BEN)) == says(replayed(home.store()), (ANN, BEN))


def test_a_snapshot_taken_away_is_missed_and_the_stream_told_anew(home: Home, kept: Log) -> None:
    key = kept.keys.find(ANNS)
    assert key
    expected = says(kept, (ANN, BEN))
    home.attack("DELETE FROM snapshots WHERE key_id = :key", key=key.key_id)
    assert verify(home.store()).ok  # a lost one is no fault
    assert says(home.store().log(kept.name), (ANN, BEN)) == expected


def test_an_older_snapshot_put_back_is_not_believed(home: Home, kept: Log) -> None:
    old = home.attack("SELECT key_id, view, upto, sealed FROM snapshots WHERE key_id <> :zero", zero=bytes(16))
    note(kept, "later")
    note(kept, "later", subject=BEN)
    kept.keep_snapshots()
    expected = says(kept, (ANN, BEN))
    for key_id, view, upto, sealed in old:
        put = "UPDATE snapshots SET upto = :upto, sealed = :sealed WHERE key_id = :key AND view = :view"
        home.attack(put, upto=upto, sealed=sealed, key=key_id, view=view)
    assert says(home.store().log(kept.name), (ANN, BEN)) == expected


def test_a_snapshot_under_the_id_of_no_log_is_found(home: Home, kept: Log) -> None:
    home.attack("UPDATE snapshots SET log = :none", none=b"x" * 16)
    assert [fault.what for fault in verify(home.store()).faults] == ["a row of snapshots stands under the id of no log"]
