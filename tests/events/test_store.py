"""Where the logs are, how one begins, and what the signer puts its name to."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest

from events import Catalog, Database, Log, MasterKey, NotReady, Store, Tampered, verify
from events.chain import TILE
from events.migrations import LOG_STEPS, upgrade
from events.notes import read_note
from events.open_facts import LogOpened, SigningKeyAdded
from tests.events.home import SENCO, Home, note, notes
from tests.events.test_chain import rfc_6962

ORIGIN = "keystone.example/.well-known/tallystick/139204/1"


def read(log: Log, note_text: str | None) -> tuple[int, bytes]:
    """Size and root of a checkpoint whose signature holds."""
    assert note_text
    checkpoint, _ = read_note(note_text, ORIGIN, [log.keys.signing.signers(ORIGIN)[0].key])
    return checkpoint.size, checkpoint.root


def root(log: Log, size: int) -> bytes:
    return rfc_6962([event.leaf for event in log.events(0, size)])


# Beginning


def test_a_log_begins_with_its_name_and_the_key_that_signs_it(store: Store) -> None:
    log = store.create("139204")
    assert [event.fact for event in log.events()] == [
        LogOpened("139204"),
        SigningKeyAdded(1, log.keys.signing.signers(ORIGIN)[0].key.public.hex()),
    ]
    assert {event.key_id for event in log.events()} == {bytes(16)}
    assert log.origin == ORIGIN
    assert len(log.id) == 16


def test_a_log_made_again_is_the_one_there_is(home: Home, store: Store) -> None:
    log = store.create("139204")
    assert store.create("139204") is store.log("139204") is log
    other = home.store().create("139204")
    assert (other.id, other.size) == (log.id, 2)


def test_two_processes_that_make_a_log_at_once_make_one(home: Home, store: Store) -> None:
    stores = [home.store() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        logs = list(pool.map(lambda one: one.create("139204"), stores))
    assert len({log.id for log in logs}) == 1
    assert {log.size for log in logs} == {2}
    assert store.names() == ["139204"]
    assert verify(store).ok


def test_a_log_whose_making_was_cut_short_is_finished(home: Home, store: Store, log: Log) -> None:
    home.attack("DELETE FROM entries")  # it ended after the epoch, and before the opening entries
    again = home.store().create("139204")
    assert (again.id, again.size) == (log.id, 2)
    assert verify(store).ok
    home.attack("DELETE FROM entries")
    home.attack("DELETE FROM epochs")  # it ended after the keys; they are of no use now, and do no harm
    another = home.store().create("139204")
    assert another.id != log.id
    assert another.size == 2
    assert verify(home.store()).ok


def test_an_empty_log_is_not_signed(home: Home, store: Store, log: Log) -> None:
    home.attack("DELETE FROM entries")
    assert store.sign(log) is None


def test_logs_are_known_by_their_names_and_only_by_these(store: Store) -> None:
    for name in ("trust", "trust-reads", "139204", "139204-reads"):
        store.create(name)
    assert store.names() == ["139204-reads", "139204", "trust-reads", "trust"]
    for name in ("139205", "TRUST", "%", "139_04", "", "1", "tallystick"):
        with pytest.raises(KeyError):
            store.log(name)


def test_a_database_without_tables_says_so(tmp_path: Path) -> None:
    log, keys = (Database(f"sqlite:///{tmp_path / name}.sqlite") for name in ("log", "keys"))
    catalog = Catalog([], [])
    for _ in range(2):
        with pytest.raises(NotReady, match="tallystick init"):
            Store(log, keys, MasterKey(bytes(32)), catalog, host="keystone.example")
        upgrade(log, LOG_STEPS)
    log.close()
    keys.close()


# Signing


def test_a_checkpoint_is_signed_once_for_each_size_the_log_has_grown_to(store: Store, log: Log) -> None:
    assert store.checkpoint(log) is None
    signed = store.sign(log)
    assert read(log, signed) == (2, root(log, 2))
    assert store.sign(log) is None
    note(log)
    note(log)
    again = store.sign(log)
    assert read(log, again) == (4, root(log, 4))
    assert store.checkpoint(log) == again
    assert store.sign_all() == 0


def test_a_key_nobody_was_told_of_never_signs(store: Store, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    def died(*_: object) -> None:
        raise RuntimeError("the process died here")

    before = log.keys.signing.signers(log.origin)
    with monkeypatch.context() as broken:
        broken.setattr(Log, "append_open", died)
        with pytest.raises(RuntimeError):
            store.add_signer(log)
    assert log.keys.signing.signers(log.origin) == before
    store.add_signer(log)
    with monkeypatch.context() as broken:
        broken.setattr(Log, "append_open", died)
        with pytest.raises(RuntimeError):
            store.retire_signers(log)
    assert len(log.keys.signing.signers(log.origin)) == 2
    assert len(store.retire_signers(log)) == 1
    store.sign(log)
    assert verify(store).ok


def test_a_signing_key_that_does_not_open_is_found(home: Home, store: Store, log: Log) -> None:
    store.sign(log)
    ((wrapped,),) = home.attack(
        "SELECT wrapped FROM held WHERE purpose = 'signing' AND log = :log", keys=True, log=log.id
    )
    other = bytes([*wrapped[:-1], wrapped[-1] ^ 1])
    home.attack(
        "UPDATE held SET wrapped = :other WHERE purpose = 'signing' AND log = :log", keys=True, log=log.id, other=other
    )
    assert [fault.what for fault in verify(home.store()).faults] == [
        "a key that signs does not open; restore the newest backup of the key store"
    ]


def test_every_log_that_has_grown_is_signed(store: Store) -> None:
    logs = [store.create(name) for name in ("139204", "139205", "139206")]
    assert store.sign_all() == 3
    note(logs[1])
    assert store.sign_all() == 1


def test_what_another_process_recorded_is_signed_too(home: Home, store: Store, log: Log) -> None:
    store.sign(log)
    other = home.store()
    note(other.log(log.name))
    assert read(log, store.sign(log)) == (3, root(log, 3))
    assert other.sign(other.log(log.name)) is None
    assert other.checkpoint(other.log(log.name)) == store.checkpoint(log)


def test_many_who_sign_while_others_append_never_sign_lower_or_another_tree(home: Home, log: Log) -> None:
    stores = [home.store() for _ in range(3)]

    def sign(store: Store) -> None:
        for _ in range(15):
            store.sign(store.log("139204"))

    def append(_: int) -> None:
        for _ in range(20):
            note(log)

    with ThreadPoolExecutor(5) as pool:
        done = [*pool.map(append, range(2)), *pool.map(sign, stores)]
    assert done == [None] * 5
    stores[0].sign_all()
    rows = home.attack("SELECT size, note FROM checkpoints ORDER BY size")
    assert all(read(log, text) == (size, root(log, size)) for size, text in rows)
    assert all(one[0] < other[0] for one, other in pairwise(rows))
    ((size,),) = home.attack("SELECT size FROM signed", keys=True)
    assert size == log.size == rows[-1][0]


def test_the_signer_never_goes_back(store: Store, log: Log) -> None:
    keys, root = store.keys, bytes(32)
    assert keys.signed(log.id, 1) is None
    for size, kept in ((5, True), (5, True), (4, False), (9, True), (8, False)):
        assert keys.remember_signed(log.id, 1, size, root) is kept
    assert keys.signed(log.id, 1) == (9, root)
    assert keys.all_signed() == [(log.id, 1, 9, root)]


def test_who_signs_more_meanwhile_is_not_undercut(home: Home, store: Store, log: Log) -> None:
    other, remember = home.store(), store.keys.remember_signed

    def overtaken(log_id: bytes, epoch: int, size: int, root: bytes) -> bool:
        note(log)
        assert read(log, other.sign(other.log(log.name)))[0] == size + 1
        return remember(log_id, epoch, size, root)

    store.keys.remember_signed = overtaken  # type: ignore[method-assign]
    assert store.sign(log) is None
    assert home.attack("SELECT size FROM checkpoints") == [(3,)]


def shortened(home: Home) -> None:
    home.attack("DELETE FROM entries WHERE position > 3")


def rewritten(home: Home) -> None:
    home.attack("UPDATE signed SET root = :root", keys=True, root=bytes(32))


def changed_since(home: Home) -> None:
    home.attack("UPDATE entries SET recorded_at = recorded_at + 1 WHERE position = 5")


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (shortened, "position 4: the log was signed with 5 entries"),
        (rewritten, "the first 5 entries are not those that were signed"),
        (changed_since, "position 5: the entry is not as it was written"),
    ],
)
def test_a_log_shorter_or_other_than_what_was_signed_is_not_signed_again(
    home: Home, store: Store, log: Log, happens: Callable[[Home], None], why: str
) -> None:
    for _ in range(3):
        note(log)
    before = store.sign(log)
    note(log)
    happens(home)
    again = home.store()
    with pytest.raises(Tampered, match=why):
        again.sign(again.log(log.name))
    assert again.checkpoint(again.log(log.name)) == before
    ((size,),) = home.attack("SELECT size FROM signed", keys=True)
    assert size == 5


def test_a_tile_changed_before_it_was_ever_signed_is_not_signed(home: Home, store: Store, log: Log) -> None:
    store.sign(log)
    log.append(notes(TILE), command_id=uuid4(), actor=SENCO)
    store.close()
    home.attack("UPDATE tiles SET hashes = :hashes", hashes=bytes(32 * TILE))
    again = home.store()
    assert read(log, again.sign(again.log(log.name))) == (TILE + 2, root(again.log(log.name), TILE + 2))


def test_a_checkpoint_lost_between_signing_and_keeping_is_kept_at_the_next(home: Home, store: Store, log: Log) -> None:
    store.sign(log)
    note(log)
    signed = store.sign(log)
    home.attack("DELETE FROM checkpoints WHERE size = 3")  # as if the process had ended in between
    again = home.store()
    assert again.sign(again.log(log.name)) == signed == again.checkpoint(log)
    assert again.sign(again.log(log.name)) is None
