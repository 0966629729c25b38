"""An academy that moves to another trust: its logs go along whole, proved at both ends.

The sender closes them, and writes a file sealed for the receiver alone; the receiver goes on under an origin and a
signing key of its own, and gives a receipt; only then does the sender destroy its keys. Layout: README.md, "The bytes".
"""

from __future__ import annotations

import struct
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, TypeVar
from uuid import uuid4

import msgspec
import pyrage
from sqlalchemy import Connection, select

from events.dumps import Pieces, Progress, dump, load
from events.errors import NotReady, Tampered, Unusable
from events.holders import age_identity
from events.keys.entry_keys import Carried
from events.log import Log
from events.notes import NoteKey, parse_note, read_note
from events.open_facts import KeyDestroyed, LogClosed, LogReceived, OpenFact, note_keys
from events.opening import open_row
from events.proofs import is_consistent
from events.seal import ZERO_ID
from events.store import Store
from events.tables import entries, epochs
from events.tail import Epoch, Tail

T = TypeVar("T")
_MAGIC = b"tallystick move 1\n"
_U32 = struct.Struct(">I")
_LONGEST = 256 * 1024 * 1024  # bytes of the keys of one academy: over a million streams
_CHANGED = "The file is not as it was written: it is cut short, or changed. Take another copy of it."


class Moved(msgspec.Struct, frozen=True):
    """One log on the move."""

    log: bytes
    name: str
    note: str
    """The sender's last checkpoint."""
    closed: bool
    """Whether it covers a `LogClosed`; the sender goes on recording who looks at what it must keep."""


class _Head(msgspec.Struct, frozen=True):
    about: msgspec.Raw
    logs: list[Moved]


class Receipt(msgspec.Struct, frozen=True):
    """What the receiver of one log gives back: that it holds all of it, and goes on."""

    name: str
    known: str
    """The sender's last checkpoint."""
    note: str
    """The receiver's checkpoint over the log as it went on."""
    key: str
    """By which that note is signed."""
    consistency: list[str]
    """Hashes in base64: that nothing under the sender's checkpoint was changed on the way to the receiver's."""


def export(
    store: Store,
    close: str,
    beside: Collection[str],
    file: BinaryIO,
    *,
    host: str,
    recipient: str,
    about: msgspec.Struct,
    progress: Progress | None = None,
) -> None:
    """Closes a log and writes it, and those beside it, to a file only the receiver can open.

    Once closed, a log takes nothing more that is sealed, from anyone; the same call again writes another file.

    Args:
        host: Of the receiver's origin.
        recipient: The receiver's age recipient, `age1…`.
        about: What the receiver needs to know besides; nothing personal.

    Raises:
        NotReady: The recipient is none, or a log was closed for another receiver.
    """
    try:
        reader = pyrage.x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError:
        raise NotReady("This is no age recipient; it begins with age1. The receiver makes one.") from None
    _close(store.log(close), host)
    moved = [_moved(store, store.log(name), closed=name == close) for name in (close, *beside)]
    carried = {one.name: store.log(one.name).keys.carried() for one in moved}
    keys = bytes(pyrage.encrypt(msgspec.msgpack.encode(carried), [reader]))

    def pieces() -> Iterator[bytes]:
        head = msgspec.json.encode(_Head(msgspec.Raw(msgspec.json.encode(about)), moved))
        yield b"".join((_MAGIC, _U32.pack(len(head)), head, _U32.pack(len(keys)), keys))
        with store.database.frozen() as connection:
            yield from dump(connection, store.clock(), of=[one.log for one in moved], progress=progress)

    pyrage.encrypt_io(Pieces(pieces()), file, [reader])


def receive(
    store: Store, file: BinaryIO, identity: Path, about: type[T], progress: Progress | None = None
) -> tuple[T, list[Moved]]:
    """Takes up the logs in a file that was sealed for us: all or none, and only when all holds.

    Args:
        about: What the sender must have said of them; another shape is refused.

    Returns:
        What the sender said about them, and the logs.

    Raises:
        Unusable: It is not for us, not whole, not what the sender signed, or here already.
    """
    with TemporaryFile() as opened:  # sealed rows, and the keys under another seal: nothing of it is in clear
        try:
            pyrage.decrypt_io(file, opened, [age_identity(identity)])
        except (pyrage.DecryptError, OSError):
            raise Unusable("The file was not sealed for this age identity, or is cut short.") from None
        opened.seek(0)
        said, moved, carried = _read(opened, identity, about)
        pending = [one for one in moved if not _is_here(store, one)]
        if not pending:
            raise Unusable("This academy is here already; nothing was taken up.")
        if not set(store.names()).issuperset(one.name for one in moved):
            for one in moved:
                store.keys.adopt(one.log, carried[one.name])
            with store.database.writing() as connection:
                load(connection, opened, progress=progress)
                for one in moved:
                    _insist_on_whole(connection, store, one)
    for one in pending:
        store.begin_epoch(one.name, _received(one.note))
    return said, moved


def receipts(store: Store, moved: Iterable[Moved]) -> list[Receipt]:
    """What the sender wants to see before it destroys its keys."""
    return [_receipt(store, one) for one in moved]


def release(
    store: Store, given: Sequence[Receipt], names: Collection[str], keep: Callable[[str], bool], backups_until: date
) -> dict[str, tuple[int, int]]:
    """Destroys the keys of logs that were received elsewhere.

    Args:
        keep: Whether a record class must be kept here, by law.

    Returns:
        For each log, how many streams were destroyed, and how many kept.

    Raises:
        Unusable: A receipt is missing, or does not prove that the whole log was received.
    """
    for name in names:
        told = next((one for one in given if one.name == name), None)
        if told is None or not _proves(store, store.log(name), told):
            raise Unusable(f"There is no receipt that proves that {name} was received whole; nothing was destroyed.")
    return {name: _released(store.log(name), keep, backups_until) for name in names}


def _close(log: Log, host: str) -> None:
    said = [fact for _, fact in log.said_openly() if isinstance(fact, LogClosed | LogReceived)]
    if not said or isinstance(said[-1], LogReceived):
        log.append_open([LogClosed(host)], uuid4())
    elif said[-1] != LogClosed(host):
        raise NotReady(f"{log.name} was closed for another receiver.")


def _moved(store: Store, log: Log, *, closed: bool) -> Moved:
    store.sign(log)
    return Moved(log.id, log.name, store.checkpoint(log) or "", closed)


def _read(opened: BinaryIO, identity: Path, about: type[T]) -> tuple[T, list[Moved], dict[str, Carried]]:
    try:
        if opened.read(len(_MAGIC)) != _MAGIC:
            raise Unusable("The file is not one that Tallystick wrote for an academy on the move.")
        head = msgspec.json.decode(_lengthed(opened), type=_Head)
        keys = pyrage.decrypt(_lengthed(opened), [age_identity(identity)])
        said = msgspec.json.decode(head.about, type=about)
        return said, head.logs, msgspec.msgpack.decode(keys, type=dict[str, Carried])
    except (struct.error, msgspec.MsgspecError, pyrage.DecryptError):
        raise Unusable(_CHANGED) from None


def _lengthed(opened: BinaryIO) -> bytes:
    (length,) = _U32.unpack(opened.read(4))
    if length > _LONGEST:
        raise Unusable(_CHANGED)
    return opened.read(length)


def _insist_on_whole(connection: Connection, store: Store, one: Moved) -> None:
    """Reads every row that was loaded, before it is committed: each mac, and the root the sender signed."""
    rows = connection.execute(select(epochs).where(epochs.c.log == one.log).order_by(epochs.c.epoch)).all()
    if not rows or rows[-1].origin.split("/")[-2] != one.name:
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


def _is_here(store: Store, one: Moved) -> bool:
    """Whether this log goes on here; not yet, where the rows are here and a process died before it said so."""
    if one.name not in store.names():
        return False
    log = store.reopen(one.name)
    return log.id != one.log or LogReceived(log.tail.epoch.number, one.note) in [fact for _, fact in log.said_openly()]


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


def _proves(store: Store, log: Log, told: Receipt) -> bool:
    """Whether a receipt shows a tree of ours inside a larger one, which its giver signed under another origin."""
    try:
        key, known = NoteKey.parse(told.key), parse_note(told.known)[0]
        theirs, _ = read_note(told.note, key.name, [key])
        path = [b64decode(one, validate=True) for one in told.consistency]
    except ValueError:
        return False
    if known.origin != log.origin or theirs.origin == log.origin or not known.size <= log.size:
        return False
    with store.database.reading() as connection:
        root = store.fresh_tail(log).root_at(connection, known.size)
    grown = theirs.size > known.size  # by what its receiver recorded first
    return grown and root == known.root and is_consistent(known.size, root, theirs.size, theirs.root, path)


def _released(log: Log, keep: Callable[[str], bool], backups_until: date) -> tuple[int, int]:
    live = log.keys.streams()
    gone = [key_id for key_id, stream in live.items() if not keep(stream.record)]
    if gone:
        log.append_open([KeyDestroyed(key_id.hex(), backups_until) for key_id in gone], uuid4())
        log.carry_out()
        log.refresh()
    return len(gone), len(live) - len(gone)
