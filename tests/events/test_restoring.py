"""A trust made again from its backup: what was forgotten stays so, and what is missing is said."""

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from events import Catalog, Database, Erased, Log, MasterKey, New, NotReady, Store, Unusable, verify
from events.comparing import doubts
from events.dumps import LOG_ROWS, Progress
from events.halves import Half
from events.notes import Checkpoint, NoteSigner, parse_note, signed_note
from events.open_facts import EpochStarted, KeyDestroyed, SigningKeyAdded
from events.restoring import KEY_ROWS, Kept, Restored, restore
from tests.events.appending import FACTS, appending
from tests.events.home import ANN, BEN, MONDAY, SENCO, Home, erase, note, notes, told
from tests.events.test_documents import ANNS, Filed, file
from tests.events.test_dumps import KNOWN, dumped

NAMES = ["139204", "139204-reads", "trust"]
UNTIL = MONDAY + timedelta(days=35)


class Backup(NamedTuple):
    rows: bytes
    keys: bytes


def half_of(store: Store) -> Half:
    store.sign_all()
    logs = [store.log(name) for name in store.names()]
    destroyed = {log.id.hex(): [key.hex() for key in log.keys.destroyed()] for log in logs if log.keys.destroyed()}
    return Half(datetime.now(UTC), {log.origin: store.checkpoint(log) or "" for log in logs}, destroyed)


def backed_up(store: Store, meanwhile: Callable[[], object] = lambda: None, key_rows_at: int = 2) -> Backup:
    """The log first, then the keys."""
    rows = dumped(store.database, made_at=1)
    meanwhile()
    return Backup(rows, dumped(store.keys.database, KEY_ROWS, made_at=key_rows_at))


def no_steps(_: str) -> Progress:
    return lambda done, total: None


def restored(
    elsewhere: Home,
    home: Home,
    backup: Backup,
    half: Half,
    steps: Callable[[str], Progress] = no_steps,
    **options: Any,
) -> tuple[Store, Restored]:
    store = elsewhere.store(**{"master": home.master, "facts": KNOWN} | options)
    rows, keys = map(io.BytesIO, backup)
    return store, restore(store, rows, keys, half, backups_until=UNTIL, steps=steps)


@pytest.fixture
def trust(home: Home) -> Store:
    return filled(home)


@pytest.fixture
def mine(sqlite_urls: Callable[[Path], list[str]], tmp_path: Path) -> Iterator[Home]:
    """Where a trust is whose database does not matter."""
    mine = Home(*sqlite_urls(tmp_path / "mine"))
    yield mine
    mine.close()


@pytest.fixture
def empty(sqlite_urls: Callable[[Path], list[str]], tmp_path: Path) -> Iterator[Home]:
    """Where it is restored."""
    empty = Home(*sqlite_urls(tmp_path / "empty"))
    yield empty
    empty.close()


def filled(home: Home) -> Store:
    """Three logs, a document, a checkpoint below the end of each."""
    store = home.store(facts=KNOWN)
    for name in NAMES:
        store.create(name).append(notes(10), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    log = store.log("139204")
    log.append([New(ANN, Filed(MONDAY, log.keep(ANNS, file(70_000))))], command_id=uuid4(), actor=SENCO)
    return store


def kept(found: Restored, name: str) -> Kept:
    return next(one for one in found.logs if one.log == name)


def goes_on(elsewhere: Home, home: Home, store: Store) -> bool:
    """Appends, signs, and does both again as another process would after a restart; and all of it verifies."""
    for one in (store, elsewhere.store(master=home.master, facts=KNOWN)):
        for name in one.names():
            note(one.log(name))
        assert one.sign_all() == len(one.names())
        note(one.log("trust"))
        assert verify(one).ok
    return True


# What comes back


def test_everything_is_there_again_whichever_database_it_comes_from_or_goes_to(
    home: Home, trust: Store, elsewhere: Home
) -> None:
    backup, half = backed_up(trust), half_of(trust)
    store, found = restored(elsewhere, home, backup, half)
    assert [(one.log, one.entries, one.missing) for one in found.logs] == [
        (name, trust.log(name).size, 0) for name in trust.names()
    ]
    assert (found.report.ok, found.gone, found.destroyed) == (True, [], 0)
    for name in NAMES:
        old, log = trust.log(name), store.log(name)
        assert [event.leaf for event in log.events(0, old.size)] == [event.leaf for event in old.events()]
        log.refresh()
        old.refresh()
        assert log.see_all(told) == old.see_all(told)
        assert kept(found, name).newest_at == old.event(old.size - 1).recorded_at
    log = store.log("139204")
    filed = log.stream(*ANNS)[-1].fact
    assert isinstance(filed, Filed)
    assert log.document(ANNS, filed.letter) == file(70_000)
    assert goes_on(elsewhere, home, store)


def test_the_log_goes_on_in_a_new_epoch_that_begins_with_what_was_known_outside(
    home: Home, trust: Store, empty: Home
) -> None:
    backup, half, old = backed_up(trust), half_of(trust), trust.log("trust")
    store, _ = restored(empty, home, backup, half)
    log = store.log("trust")
    started, added = log.event(old.size).fact, log.event(old.size + 1).fact
    assert started == EpochStarted(2, half.notes[old.origin], 0)
    assert isinstance(added, SigningKeyAdded)
    assert added.epoch == 2
    assert log.origin == old.origin.removesuffix("1") + "2"
    assert added.public_key != old.keys.signing.signers(old.origin)[0].key.public.hex()
    signed = parse_note(store.checkpoint(log) or "")[0]
    assert (signed.origin, signed.size) == (log.origin, log.size)


def test_entries_recorded_after_the_backup_are_missing_and_it_says_how_many(
    home: Home, trust: Store, elsewhere: Home
) -> None:
    backup, before = backed_up(trust), trust.log("139204").size
    for number in range(7):
        note(trust.log("139204"), f"lost {number}")
        if number == 3:
            trust.sign_all()
    half = half_of(trust)
    note(trust.log("139204"), "lost, and known to nobody")
    store, found = restored(elsewhere, home, backup, half)
    assert {one.log: one.missing for one in found.logs} == {"139204": 7, "139204-reads": 0, "trust": 0}
    assert store.log("139204").event(before).fact == EpochStarted(2, half.notes[trust.log("139204").origin], 7)
    assert found.report.ok
    assert doubts(store, half.notes.values()) == []  # what was sent outside is explained by the log itself
    assert goes_on(elsewhere, home, store)


@pytest.mark.parametrize("recorded", [0, 3])
def test_what_was_signed_between_the_log_and_the_keys_is_no_fault(
    home: Home, trust: Store, empty: Home, recorded: int
) -> None:
    def meanwhile() -> None:
        for _ in range(recorded):
            note(trust.log("139204"))
        trust.sign_all()  # the keys' backup knows of it, and the log's does not hold it
        trust.create("139207")  # nor this one
        trust.sign_all()

    backup, half = backed_up(trust, meanwhile), half_of(trust)
    store, found = restored(empty, home, backup, half)
    assert found.report.ok
    assert [kept(found, name).missing for name in NAMES] == [recorded, 0, 0]
    assert found.gone == ["139207"]
    assert goes_on(empty, home, store)


def test_what_another_process_appends_meanwhile_is_there_as_far_as_it_was_acknowledged(
    home: Home, trust: Store, empty: Home
) -> None:
    with appending(home, "139204") as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(20)]
        backup = backed_up(trust, lambda: said.extend(process.stdout.readline() for _ in range(20)))  # type: ignore[union-attr]
        half = half_of(trust)
        process.kill()
    store, found = restored(empty, home, backup, half)
    log = store.log("139204")
    commands = [UUID(line.strip()) for line in said]
    there = [command for command in commands if log.find_command(command, FACTS)]
    assert there == commands[: len(there)]  # no hole
    assert len(there) >= 20
    assert found.report.ok
    assert kept(found, "139204").missing > 0
    assert goes_on(empty, home, store)


def test_a_trust_is_lost_and_restored_more_than_once(mine: Home, empty: Home, elsewhere: Home) -> None:
    trust = filled(mine)
    store, _ = restored(empty, mine, backed_up(trust), half_of(trust))
    note(store.log("trust"))
    backup = backed_up(store)
    note(store.log("trust"))
    again, found = restored(elsewhere, mine, backup, half_of(store))
    assert [kept(found, name).missing for name in NAMES] == [0, 0, 1]
    assert [epoch.number for epoch in again.log("trust").tail.epochs] == [1, 2, 3]
    assert found.report.ok
    assert goes_on(elsewhere, mine, again)


# Forgotten, and then restored


def test_a_key_destroyed_after_the_backup_stays_destroyed(
    home: Home, trust: Store, elsewhere: Home, tmp_path: Path
) -> None:
    log = trust.log("139204")
    key = log.keys.find(ANNS)
    assert key
    backup = backed_up(trust)
    ((wrap,),) = home.attack("SELECT wrapped FROM keys WHERE key_id = :id", keys=True, id=key.key_id)
    erase(log, ANNS)
    store, found = restored(elsewhere, home, backup, half_of(trust))
    again = store.log("139204")
    again.refresh()
    assert found.destroyed == 1
    assert again.keys.destroyed() == [key.key_id]
    assert again.see(told, ANN) is None
    assert again.see(told, BEN)
    assert again.stream(*ANNS) == []
    with pytest.raises(Erased):
        again.event(2)
    said = [fact for _, fact in again.said_openly() if isinstance(fact, KeyDestroyed)]
    assert said == [KeyDestroyed(key.key_id.hex(), UNTIL)]
    assert verify(store).ok
    note(again, "Ann is back.")
    assert goes_on(elsewhere, home, store)
    elsewhere.close()
    if elsewhere.is_sqlite:
        kept = [path.read_bytes() for path in (tmp_path / "elsewhere").rglob("*") if path.is_file()]
        assert kept
        assert not any(wrap in raw or key.data_key in raw for raw in kept)


def test_a_key_destroyed_before_the_backup_is_said_once(home: Home, trust: Store, empty: Home) -> None:
    erase(trust.log("139204"), ANNS)
    store, found = restored(empty, home, backed_up(trust), half_of(trust))
    said = [fact for _, fact in store.log("139204").said_openly() if isinstance(fact, KeyDestroyed)]
    assert (len(said), found.destroyed, found.report.ok) == (1, 0, True)


# What is refused


def is_left_empty(elsewhere: Home) -> bool:
    """Whether there is nothing: no row, no key, no sign of a restore."""
    store = elsewhere.store()
    for database, tables in ((store.database, LOG_ROWS), (store.keys.database, KEY_ROWS)):
        with database.reading() as connection:
            if any(connection.execute(select(table)).first() for table in tables):
                return False
    return store.names() == []


def note_of(store: Store, name: str = "139204") -> tuple[str, str]:
    log = store.log(name)
    return log.origin, store.checkpoint(log) or ""


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


# Interrupted

STEPS = [
    "Reading the keys",
    "Destroying the keys that were destroyed since",
    "Reading the log",
    "Comparing with the half",
    "Beginning a new epoch of each log",
    "Reading every entry again",
]


class Interrupted(Exception):
    """Someone pressed a key."""


def test_a_restore_has_these_steps(mine: Home, empty: Home) -> None:
    trust = filled(mine)
    begun: list[str] = []
    ends: dict[str, tuple[int, int]] = {}

    def steps(says: str) -> Progress:
        begun.append(says)
        return lambda done, total: ends.update({says: (done, total)})

    erase(trust.log("139204"), ANNS)
    restored(empty, mine, backed_up(trust), half_of(trust), steps)
    assert begun == STEPS == list(ends)
    assert all(done == total > 0 for done, total in ends.values())


@pytest.mark.parametrize("last", STEPS)
def test_what_was_interrupted_is_empty_or_is_no_trust(mine: Home, elsewhere: Home, last: str) -> None:
    def steps(says: str) -> Progress:
        if says == last:
            raise Interrupted
        return lambda done, total: None

    trust = filled(mine)
    backup, half = backed_up(trust), half_of(trust)
    with pytest.raises(Interrupted):
        restored(elsewhere, mine, backup, half, steps)
    if STEPS.index(last) < STEPS.index("Beginning a new epoch of each log"):
        assert is_left_empty(elsewhere)
        _, found = restored(elsewhere, mine, backup, half)
        assert found.report.ok
        return
    with (
        closing(Database(elsewhere.url)) as rows,
        closing(Database(elsewhere.keys_url)) as keys,
        pytest.raises(NotReady, match="did not finish"),
    ):
        Store(rows, keys, MasterKey(mine.master), Catalog([], []), host="keystone.example")


# A log that does not say what it lost


def cut(home: Home, log: Log, size: int) -> None:
    home.attack("DELETE FROM entries WHERE log = :log AND position >= :size", log=log.id, size=size)
    home.attack("DELETE FROM checkpoints WHERE log = :log AND size > :size", log=log.id, size=size)
    home.attack("DELETE FROM tiles WHERE log = :log", log=log.id)


SIZE, LEFT = 13, 9


def says_nothing(store: Store, log: Log) -> tuple[str, int]:
    return "", 0


def says_less(store: Store, log: Log) -> tuple[str, int]:
    """A checkpoint of fewer entries than were signed."""
    with store.database.reading() as connection:
        known = Checkpoint(log.origin, LEFT, store.fresh_tail(log).root_at(connection, LEFT))
    return signed_note(known, log.keys.signing.signers(log.origin)), 0


def says_fewer_are_missing(store: Store, log: Log) -> tuple[str, int]:
    return store.checkpoint(log) or "", SIZE - LEFT - 1


def says_it_unsigned(store: Store, log: Log) -> tuple[str, int]:
    known = parse_note(store.checkpoint(log) or "")[0]
    return signed_note(known, [NoteSigner(log.origin, 1, bytes(32))]), SIZE - LEFT


def says_of_another_log(store: Store, log: Log) -> tuple[str, int]:
    return store.checkpoint(store.create("139205")) or "", SIZE - LEFT


def says_what_is_no_note(store: Store, log: Log) -> tuple[str, int]:
    return "a note", SIZE - LEFT


def says_it(store: Store, log: Log) -> tuple[str, int]:
    return store.checkpoint(log) or "", SIZE - LEFT


@pytest.mark.parametrize(
    ("says", "ok"),
    [
        (says_it, True),
        (says_nothing, False),
        (says_less, False),
        (says_fewer_are_missing, False),
        (says_it_unsigned, False),
        (says_of_another_log, False),
        (says_what_is_no_note, False),
    ],
)
@pytest.mark.parametrize("more", [0, 20])
def test_a_loss_is_no_fault_only_where_the_log_says_all_of_it(
    home: Home, store: Store, log: Log, says: Callable[[Store, Log], tuple[str, int]], ok: bool, more: int
) -> None:
    log.append(notes(SIZE - 2), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    known, missing = says(store, log)
    cut(home, log, LEFT)
    again = home.store()
    after = again.begin_epoch(log.name, lambda number: EpochStarted(number, known, missing))
    for _ in range(more):  # grown beyond what was signed
        note(after)
    again.sign_all()
    assert verify(home.store()).ok is ok


def test_an_epoch_no_entry_begins_and_an_entry_that_begins_none_are_found(home: Home, store: Store, log: Log) -> None:
    log.append_open([EpochStarted(2, "", 0)], uuid4())
    faults = verify(store).faults
    assert [(one.position, one.what) for one in faults] == [
        (2, "the entry says that an epoch begins here, and none does")
    ]
    row = "INSERT INTO epochs VALUES (:log, 2, :size, 'keystone.example/.well-known/tallystick/139204/2')"
    home.attack(row, log=log.id, size=log.size)
    note(home.store().log("139204"))
    faults = verify(home.store()).faults
    assert (3, "an epoch begins here, and no entry says so") in [(one.position, one.what) for one in faults]


def test_what_was_known_of_the_entries_that_are_left_must_fit_them(home: Home, store: Store, log: Log) -> None:
    log.append(notes(SIZE - 2), command_id=uuid4(), actor=SENCO)
    other = signed_note(Checkpoint(log.origin, LEFT, bytes(32)), log.keys.signing.signers(log.origin))
    store.begin_epoch(log.name, lambda number: EpochStarted(number, other, 0))
    faults = verify(home.store()).faults
    assert [(one.position, one.what) for one in faults] == [
        (SIZE, f"the first {LEFT} entries are not those that were known outside")
    ]


def test_a_checkpoint_by_a_key_that_was_retired_since_is_known_all_the_same(home: Home, store: Store, log: Log) -> None:
    known = store.sign(log)
    assert known
    store.add_signer(log)
    store.retire_signers(log)
    store.sign_all()
    store.begin_epoch(log.name, lambda number: EpochStarted(number, known, 0))
    assert verify(home.store()).ok
