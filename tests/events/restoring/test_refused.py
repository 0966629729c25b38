"""A half or a backup that does not fit, a place that is not empty: refused, and nothing is left."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from msgspec.structs import replace

from events import NotReady, Store, Unusable, verify
from events.halves import Half
from events.notes import Checkpoint, NoteSigner, parse_note, signed_note
from events.restoring import KEY_ROWS
from tests.events.home import Home, erase, note
from tests.events.restoring.lost import NAMES, Backup, backed_up, filled, half_of, is_left_empty, note_of, restored
from tests.events.test_documents import ANNS
from tests.events.test_dumps import dumped


def too_old(trust: Store, half: Half) -> Half:
    """A log was signed since."""
    note(trust.log("139204"))
    trust.sign_all()
    return half


def without_a_destroyed_key(trust: Store, half: Half) -> Half:
    erase(trust.log("139204"), ANNS)
    return replace(half_of(trust), destroyed={})


def without_a_log(trust: Store, half: Half) -> Half:
    trust.create("139207")
    trust.sign_all()
    return half


def signed_by_another(trust: Store, half: Half) -> Half:
    origin, newest = note_of(trust)
    known = parse_note(newest)[0]
    return replace(half, notes=half.notes | {origin: signed_note(known, [NoteSigner(origin, 1, bytes(32))])})


def of_another_tree(trust: Store, half: Half) -> Half:
    origin, newest = note_of(trust)
    other = Checkpoint(origin, parse_note(newest)[0].size, bytes(32))
    return replace(
        half, notes=half.notes | {origin: signed_note(other, trust.log("139204").keys.signing.signers(origin))}
    )


def of_a_later_epoch(trust: Store, half: Half) -> Half:
    origin, newest = note_of(trust)
    later = f"{origin[:-1]}2"
    moved = {one: text for one, text in half.notes.items() if one != origin} | {later: newest}
    return replace(half, notes=moved)


def of_another_name(trust: Store, half: Half) -> Half:
    return replace(half, notes={one.replace("139204/", "139999/"): text for one, text in half.notes.items()})


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (too_old, "older than the backup"),
        (without_a_destroyed_key, "older than the backup"),
        (without_a_log, "older than the backup"),
        (of_another_name, "older than the backup"),
        (signed_by_another, "no key that this backup knows"),
        (of_another_tree, "not those that the half was made of"),
        (of_a_later_epoch, "restored or moved since"),
    ],
)
def test_a_half_that_does_not_fit_is_refused_and_nothing_is_left(
    mine: Home, empty: Home, other: Callable[[Store, Half], Half], why: str
) -> None:
    trust = filled(mine)
    half = other(trust, half_of(trust))
    backup = backed_up(trust)
    with pytest.raises(Unusable, match=why):
        restored(empty, mine, backup, half)
    assert is_left_empty(empty)
    _, found = restored(empty, mine, backup, half_of(trust))  # and may be tried again
    assert found.report.ok


@pytest.fixture
def stranger(sqlite_urls: Callable[[Path], list[str]], tmp_path: Path) -> Backup:
    """Another trust's backup, under the same names."""
    home = Home(*sqlite_urls(tmp_path / "stranger"))
    store = home.store()
    for name in NAMES:
        store.create(name)
    backup = backed_up(store)
    home.close()
    return backup


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        (lambda one, _: one._replace(rows=one.rows[:-1]), "cut short, or changed"),
        (lambda one, _: one._replace(keys=one.keys[:-1]), "cut short, or changed"),
        (lambda one, _: one._replace(rows=flipped(one.rows)), "cut short, or changed"),
        (lambda one, _: one._replace(keys=flipped(one.keys)), "cut short, or changed"),
        (lambda one, _: Backup(one.keys, one.rows), "later one first"),
        (lambda one, other: one._replace(keys=other.keys), "not the one this trust was set up with"),
        (lambda one, other: one._replace(rows=other.rows), "not of the same trust"),
    ],
    ids=["log cut", "keys cut", "log changed", "keys changed", "exchanged", "keys of another", "log of another"],
)
def test_a_backup_that_is_not_whole_or_not_of_one_trust_is_refused_and_nothing_is_left(
    mine: Home, empty: Home, stranger: Backup, spoilt: Callable[[Backup, Backup], Backup], why: str
) -> None:
    trust = filled(mine)
    backup, half = backed_up(trust), half_of(trust)
    with pytest.raises((Unusable, NotReady), match=why):
        restored(empty, mine, spoilt(backup, stranger), half)
    assert is_left_empty(empty)


def flipped(raw: bytes) -> bytes:
    """One bit other, in the middle of what the rows hold."""
    at = len(raw) // 2
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


def test_keys_older_than_the_log_are_refused(mine: Home, empty: Home) -> None:
    trust = filled(mine)
    with pytest.raises(Unusable, match="before the log"):
        restored(empty, mine, backed_up(trust, key_rows_at=0), half_of(trust))
    assert is_left_empty(empty)


def test_a_log_of_later_streams_than_the_keys_know_is_found_wrong(mine: Home, empty: Home) -> None:
    trust = filled(mine)
    keys = dumped(trust.keys.database, KEY_ROWS, made_at=9)  # whatever it says of when
    note(trust.log("139204"), subject=uuid4())
    _, found = restored(empty, mine, Backup(dumped(trust.database, made_at=1), keys), half_of(trust))
    assert not found.report.ok


def test_another_master_key_is_refused_and_nothing_is_left(mine: Home, empty: Home) -> None:
    trust = filled(mine)
    with pytest.raises(NotReady, match="master key"):
        restored(empty, mine, backed_up(trust), half_of(trust), master=bytes(32))
    assert is_left_empty(empty)


def test_a_place_that_is_not_empty_is_refused_and_stays_as_it_is(mine: Home, empty: Home) -> None:
    trust = filled(mine)
    backup, half = backed_up(trust), half_of(trust)
    store = empty.store()
    note(store.create("139204"))
    with pytest.raises(Unusable, match="something here already"):
        restored(empty, mine, backup, half)
    assert (store.names(), store.log("139204").size, verify(empty.store()).ok) == (["139204"], 3, True)


def test_keys_left_without_a_log_are_something_too(mine: Home, empty: Home) -> None:
    trust = filled(mine)
    empty.store().keys.desk_key()
    with pytest.raises(Unusable, match="something here already"):
        restored(empty, mine, backed_up(trust), half_of(trust))
