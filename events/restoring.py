"""A trust again from its backup: its keys without those destroyed since, its rows, and a new epoch of every log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import BinaryIO
from uuid import uuid4

import msgspec
from sqlalchemy import Connection, Table, delete, func, select

from events.dumps import LOG_ROWS, MADE_AGAIN, Progress, load
from events.errors import Unusable
from events.halves import Half
from events.keys import NO_LOG
from events.notes import Checkpoint, parse_note, read_note
from events.open_facts import EpochStarted, KeyDestroyed, OpenFact, note_keys
from events.opening import open_row
from events.report import Report
from events.seal import ZERO_ID
from events.store import Store, name_of
from events.tables import checkpoints, entries, epochs, held, key_tables, unfinished
from events.tail import Epoch, Tail
from events.verify import verify

KEY_ROWS: tuple[Table, ...] = tuple(key_tables.sorted_tables)
"""Every table of the key store."""

Steps = Callable[[str], Progress]
"""Told what begins, in words; what it returns is told how far that is."""

OLD_HALF = (
    "The half is older than the backup: something was signed or destroyed since it was made. "
    "Take the newest one that was sent outside."
)


class Kept(msgspec.Struct, frozen=True):
    """What is left of a log.

    Attributes:
        entries: How many the backup held.
        missing: How many more the outside knows of.
        newest_at: When the last entry that is left was recorded.
    """

    log: str
    entries: int
    missing: int
    newest_at: datetime


class Restored(msgspec.Struct, frozen=True):
    """What a restore came to.

    Attributes:
        backed_up_at: When the backup's rows were read.
        known_at: When the half was made: what was recorded after it is known to nobody.
        gone: Names of logs the outside knows and the backup does not hold.
        destroyed: How many keys were destroyed after the backup of the keys was made, and are destroyed here too.
    """

    backed_up_at: datetime
    known_at: datetime
    logs: list[Kept]
    gone: list[str]
    destroyed: int
    report: Report


def restore(
    store: Store,
    rows: BinaryIO,
    keys: BinaryIO,
    half: Half,
    *,
    tables: Sequence[Table] = LOG_ROWS,
    backups_until: date,
    steps: Steps,
) -> Restored:
    """Fills an empty store from a backup. Until it is done, nobody else can open the place.

    Args:
        store: Over two databases with their tables and nothing in them, and under the backup's master key.
        rows: A dump of the log's database.
        keys: A dump of the key store, read no earlier.
        half: The newest there is: its list of destroyed keys is what keeps them destroyed.
        tables: What the dump of the rows may hold; more than the log's, where other tables lie beside them.
        backups_until: The last day, inclusive, on which a backup may hold a key whose destruction is to be said again.

    Raises:
        Unusable, NotReady: One of them cannot be used, or is of another trust, or the half is older than the backup.
            The place is left empty.
    """
    _insist_on_nothing(store, tables)
    with store.database.writing() as connection:
        unfinished.create(connection)
    try:
        read_at = _take_keys(store, keys, steps)
        destroyed = _destroy(store, half, steps)
        made_at = _take_rows(store, rows, half, tables, read_at, steps)
    except BaseException:
        with store.keys.database.writing() as connection:
            for table in KEY_ROWS:
                connection.execute(delete(table))
        store.keys.database.scrub(*KEY_ROWS)
        with store.database.writing() as connection:
            unfinished.drop(connection)
        raise
    told, names = steps("Beginning a new epoch of each log"), store.names()
    logs = []
    for at, name in enumerate(names, 1):
        logs.append(_go_on(store, name, half, backups_until))
        told(at, len(names))
    store.sign_all()
    report = verify(store, steps("Reading every entry again"))
    with store.database.writing() as connection:
        unfinished.drop(connection)
    gone = sorted({name_of(origin) for origin in half.notes} - {*names})
    return Restored(_instant(made_at), half.made_at, logs, gone, destroyed, report)


def _insist_on_nothing(store: Store, tables: Sequence[Table]) -> None:
    for database, some in ((store.database, (*tables, *MADE_AGAIN)), (store.keys.database, KEY_ROWS)):
        with database.reading() as connection:
            if any(connection.execute(select(*table.primary_key).limit(1)).first() for table in some):
                raise Unusable(
                    "There is something here already. Restore into two empty databases; nothing was changed."
                )


def _take_keys(store: Store, keys: BinaryIO, steps: Steps) -> int:
    """Returns when they were read."""
    with store.keys.database.writing() as connection:
        start = load(connection, keys, KEY_ROWS, progress=steps("Reading the keys"))
        store.keys.master_id(connection)  # NotReady when ours is another
    return start.made_at


def _destroy(store: Store, half: Half, steps: Steps) -> int:
    """Destroys, before anything could be read with them, the keys that were destroyed since; returns how many."""
    told, count = steps("Destroying the keys that were destroyed since"), 0
    with store.keys.database.reading() as connection:
        here = set(connection.execute(select(held.c.log)).scalars())
    for at, (log, key_ids) in enumerate(half.destroyed.items(), 1):
        if (log_id := bytes.fromhex(log)) in here:
            keys = store.keys.of(log_id)
            if since := {bytes.fromhex(one) for one in key_ids}.difference(keys.destroyed()):
                keys.destroy(sorted(since))
                count += len(since)
        told(at, len(half.destroyed))
    return count


def _take_rows(store: Store, rows: BinaryIO, half: Half, tables: Sequence[Table], read_at: int, steps: Steps) -> int:
    """Returns when they were read; nothing of them stays when they do not fit keys and half."""
    with store.database.writing() as connection:
        start = load(connection, rows, tables, progress=steps("Reading the log"))
        if read_at < start.made_at:
            raise Unusable(
                "The keys were backed up before the log was. Take the keys of the same backup, or later ones."
            )
        found = connection.execute(select(epochs).order_by(epochs.c.log, epochs.c.epoch)).all()
        told, ids = steps("Comparing with the half"), {row.log for row in found}
        with store.keys.database.reading() as others:
            if not ids or ids - set(others.execute(select(held.c.log)).scalars()):
                raise Unusable("The log and the keys are not of the same trust, or the keys are of one academy alone.")
        for at, (log_id, some) in enumerate(groupby(found, key=lambda row: row.log), 1):
            known = [Epoch(row.epoch, row.first_position, row.origin) for row in some]
            name, keys = name_of(known[-1].origin), store.keys.of(log_id)
            _insist_on_half(connection, store, Tail(log_id, name, known, keys.mac), half)
            told(at, len(ids))
    with store.keys.database.writing() as connection:  # those of a log that began while the backup was made
        for table in KEY_ROWS:
            connection.execute(delete(table).where(table.c.log.not_in([*ids, NO_LOG])))
    return start.made_at


def _insist_on_half(connection: Connection, store: Store, tail: Tail, half: Half) -> None:
    """Raises Unusable unless the half is of this log, and no older than what the backup holds of it."""
    epoch, mine = tail.epoch, entries.c.log == tail.log_id
    if epoch.origin not in half.notes:
        later = [origin for origin in half.notes if name_of(origin) == tail.name and _number(origin) > epoch.number]
        if later:
            raise Unusable(f"{tail.name} was restored or moved since this backup was made. Take one made after that.")
        raise Unusable(OLD_HALF)
    size = connection.execute(select(func.count()).where(mine)).scalar_one()
    said = _said(connection, store, tail)
    known = _read(half.notes[epoch.origin], tail, said, size)
    at = (checkpoints.c.log == tail.log_id, checkpoints.c.epoch == epoch.number)
    stored = connection.execute(select(func.max(checkpoints.c.size)).where(*at)).scalar_one() or 0
    last_signed, _ = store.keys.signed(tail.log_id, epoch.number) or (0, b"")
    destroyed = {fact.key_id for _, fact in said if isinstance(fact, KeyDestroyed)}
    if known.size < max(stored, last_signed) or destroyed.difference(half.destroyed.get(tail.log_id.hex(), ())):
        raise Unusable(OLD_HALF)
    if known.size <= size and tail.root_at(connection, known.size) != known.root:
        raise Unusable(
            f"The first {known.size:,} entries of {tail.name} in this backup are not those that the half was made of. "
            "Keep both as they are: one of them was changed."
        )


def _read(note: str, tail: Tail, said: list[tuple[int, OpenFact]], size: int) -> Checkpoint:
    """The checkpoint in a note of the half, when this log's own keys signed it."""
    known, _ = parse_note(note)
    try:
        read_note(note, tail.epoch.origin, note_keys(said, tail.epoch.number, tail.epoch.origin, min(size, known.size)))
    except ValueError:
        raise Unusable(
            f"The half's checkpoint of {tail.name} is signed by no key that this backup knows: the half is of another "
            "trust, or the signing key was changed after the backup was made."
        ) from None
    return known


def _said(connection: Connection, store: Store, tail: Tail) -> list[tuple[int, OpenFact]]:
    """What the log says of itself, before anybody else can see its rows."""
    openly = select(entries).where(entries.c.log == tail.log_id, entries.c.key_id == ZERO_ID).order_by(entries.c.n)
    keys = store.keys.of(tail.log_id)
    events = [open_row(row, tail, keys, store.catalog) for row in connection.execute(openly)]
    return [(event.position, event.fact) for event in events if isinstance(event.fact, OpenFact)]


def _go_on(store: Store, name: str, half: Half, backups_until: date) -> Kept:
    """Begins a log's next epoch, which says what is missing and which keys were destroyed since."""
    log = store.reopen(name)
    size, note = log.size, half.notes[log.origin]
    missing = max(0, parse_note(note)[0].size - size)
    last = select(entries.c.recorded_at).where(entries.c.log == log.id, entries.c.position == size - 1)
    with store.database.reading() as connection:
        newest_us = connection.execute(last).scalar_one_or_none() or 0
    log = store.begin_epoch(name, lambda number: EpochStarted(number, note, missing))
    said = {fact.key_id for _, fact in log.said_openly() if isinstance(fact, KeyDestroyed)}
    if unsaid := [key_id.hex() for key_id in log.keys.destroyed() if key_id.hex() not in said]:
        log.append_open([KeyDestroyed(key_id, backups_until) for key_id in unsaid], uuid4())
    return Kept(name, size, missing, _instant(newest_us))


def _number(origin: str) -> int:
    number = origin.rpartition("/")[2]
    return int(number) if number.isdecimal() else 0


def _instant(us: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
