"""An academy that comes from another trust is taken up: whole or not at all, and a receipt is given for it."""

from __future__ import annotations

import struct
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, TypeVar

import msgspec
import pyrage
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from events.dumps import Progress, load
from events.errors import Tampered, Unusable
from events.holders import age_identity
from events.keys.entry_keys import Carried
from events.moving import MAGIC, U32, Head, Moved, Receipt, root_at
from events.notes import parse_note, read_note
from events.open_facts import LogReceived, OpenFact, note_keys
from events.opening import open_row
from events.seal import ZERO_ID
from events.store import Store, name_of
from events.tables import entries, epochs
from events.tail import Epoch, Tail

T = TypeVar("T")
_LONGEST = 256 * 1024 * 1024  # bytes of the keys of one academy: over a million streams
_CHANGED = "The file is not as it was written: it is cut short, or changed. Take another copy of it."


def receive(
    store: Store, file: BinaryIO, identity: Path, about: type[T], progress: Progress | None = None
) -> tuple[T, list[Moved]]:
    """Takes up the logs in a file that was sealed for us: all or none, and only when all holds.

    The same file again finishes what was broken off; where nothing was, it changes nothing.

    Args:
        about: What the sender must have said of them; another shape is refused.

    Returns:
        What the sender said about them, and the logs.

    Raises:
        Unusable: It is not for us, not whole, not what the sender signed, or something else stands in its place.
    """
    with TemporaryFile() as opened:  # sealed rows, and the keys under another seal: nothing of it is in clear
        try:
            pyrage.decrypt_io(file, opened, [age_identity(identity)])
        except (pyrage.DecryptError, OSError):
            raise Unusable("The file was not sealed for this age identity, or is cut short.") from None
        opened.seek(0)
        said, moved, carried = _read(opened, identity, about)
        pending, are_loaded = _pending(store, moved)
        if not are_loaded:
            _load(store, opened, moved, carried, progress)
    for one in pending:
        store.begin_epoch(one.name, _received(one.note), again=are_loaded)
    return said, moved


def receipts(store: Store, moved: Iterable[Moved]) -> list[Receipt]:
    """What the sender wants to see before it destroys its keys."""
    return [_receipt(store, one) for one in moved]


def _read(opened: BinaryIO, identity: Path, about: type[T]) -> tuple[T, list[Moved], dict[str, Carried]]:
    try:
        if opened.read(len(MAGIC)) != MAGIC:
            raise Unusable("The file is not one that Tallystick wrote for an academy on the move.")
        head = msgspec.json.decode(_lengthed(opened), type=Head)
        keys = pyrage.decrypt(_lengthed(opened), [age_identity(identity)])
        said = msgspec.json.decode(head.about, type=about)
        carried = msgspec.msgpack.decode(keys, type=dict[str, Carried])
        names, ids = {one.name for one in head.logs}, {one.log for one in head.logs}
        if not len(names) == len(ids) == len(head.logs) > 0 or names != carried.keys():
            raise Unusable(_CHANGED)
        if any(len(one.log) != 16 for one in head.logs) or not all(one.is_whole for one in carried.values()):
            raise Unusable(_CHANGED)
        for one in head.logs:
            parse_note(one.note)
        return said, head.logs, carried
    except (struct.error, ValueError, pyrage.DecryptError):
        raise Unusable(_CHANGED) from None


def _lengthed(opened: BinaryIO) -> bytes:
    (length,) = U32.unpack(opened.read(4))
    if length > _LONGEST:
        raise Unusable(_CHANGED)
    return opened.read(length)


def _pending(store: Store, moved: Sequence[Moved]) -> tuple[list[Moved], bool]:
    """Those that do not go on here yet, and whether their rows are here: a process may have died in between.

    Raises:
        Unusable: Another log stands under one's name or id, or this one as it was at another time.
    """
    with store.database.reading() as connection:
        here = {row.log: name_of(row.origin) for row in connection.execute(select(epochs.c.log, epochs.c.origin))}
    absent = [one for one in moved if one.log not in here and one.name not in here.values()]
    if len(absent) == len(moved):
        return absent, False
    for one in moved:
        if here.get(one.log) != one.name:
            raise Unusable(f"Another log stands here as {one.name}, or in its place; nothing was taken up.")
    return [one for one in moved if not _goes_on(store, one)], True


def _goes_on(store: Store, one: Moved) -> bool:
    """Whether it was said here that this log goes on; raises Unusable unless it stands as its sender signed it."""
    log = store.reopen(one.name)
    if one.note in [fact.known for _, fact in log.said_openly() if isinstance(fact, LogReceived)]:
        return True
    signed = parse_note(one.note)[0]
    if log.size != signed.size or root_at(store, log, signed.size) != signed.root:
        raise Unusable(f"{one.name} is here as it was at another time; nothing was taken up.")
    return False


def _load(
    store: Store, opened: BinaryIO, moved: Sequence[Moved], carried: dict[str, Carried], progress: Progress | None
) -> None:
    """Takes up keys and rows; neither stays when the rows do not hold."""
    try:
        for one in moved:
            store.keys.adopt(one.log, carried[one.name])
        with store.database.writing() as connection:
            load(connection, opened, progress=progress)
            for one in moved:
                _insist_on_whole(connection, store, one)
    except (Unusable, IntegrityError) as error:  # after any other the rows may be here, and want their keys
        for one in moved:
            store.keys.abandon(one.log)
        raise error if isinstance(error, Unusable) else Unusable(_CHANGED) from None


def _insist_on_whole(connection: Connection, store: Store, one: Moved) -> None:
    """Reads every row that was loaded, before it is committed: each mac, and the root the sender signed."""
    rows = connection.execute(select(epochs).where(epochs.c.log == one.log).order_by(epochs.c.epoch)).all()
    if not rows or name_of(rows[-1].origin) != one.name:
        raise Unusable(f"The file does not hold the log {one.name}; nothing was taken up.")
    keys = store.keys.of(one.log)
    tail = Tail(one.log, one.name, [Epoch(row.epoch, row.first_position, row.origin) for row in rows], keys.mac)
    openly = select(entries).where(entries.c.log == one.log, entries.c.key_id == ZERO_ID).order_by(entries.c.n)
    try:
        tail.catch_up(connection)
        opened = [open_row(row, tail, keys, store.catalog) for row in connection.execute(openly)]
        said = [(event.position, event.fact) for event in opened if isinstance(event.fact, OpenFact)]
        known = note_keys(said, tail.epoch.number, tail.epoch.origin, tail.tree.size)
        checkpoint, _ = read_note(one.note, tail.epoch.origin, known)
    except (Tampered, ValueError) as error:
        raise Unusable(f"The log {one.name} does not hold: {error}. Nothing was taken up.") from None
    if (checkpoint.size, checkpoint.root) != (tail.tree.size, tail.tree.root()) or tail.closed != one.closed:
        raise Unusable(f"The log {one.name} is not what its sender signed; nothing was taken up.")


def _received(note: str) -> Callable[[int], OpenFact]:
    return lambda number: LogReceived(number, note)


def _receipt(store: Store, one: Moved) -> Receipt:
    log = store.log(one.name)
    store.sign(log)
    note = store.checkpoint(log) or ""
    old, new = parse_note(one.note)[0].size, parse_note(note)[0].size
    key = log.note_keys(log.tail.epoch, new)[0]
    path = [b64encode(one).decode() for one in log.tiles.consistency(old, new)]
    return Receipt(one.name, one.note, note, str(key), path)
