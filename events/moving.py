"""An academy that moves to another trust: its logs go along whole, proved at both ends.

The sender closes them, and writes a file sealed for the receiver alone; the receiver goes on under an origin and a
signing key of its own, and gives a receipt; only then does the sender destroy its keys. Layout: README.md, "The bytes".
"""

from __future__ import annotations

import struct
from base64 import b64decode
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import BinaryIO
from uuid import uuid4

import msgspec
import pyrage

from events.dumps import Pieces, Progress, dump
from events.errors import NotReady, Unusable
from events.log import Log
from events.notes import NoteKey, parse_note, read_note
from events.open_facts import KeyDestroyed, LogClosed, LogReceived
from events.proofs import is_consistent
from events.store import Store

MAGIC = b"tallystick move 1\n"
U32 = struct.Struct(">I")


class Moved(msgspec.Struct, frozen=True):
    """One log on the move."""

    log: bytes
    name: str
    note: str
    """The sender's last checkpoint."""
    closed: bool
    """Whether it covers a `LogClosed`; the sender goes on recording who looks at what it must keep."""


class Head(msgspec.Struct, frozen=True):
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
        head = msgspec.json.encode(Head(msgspec.Raw(msgspec.json.encode(about)), moved))
        yield b"".join((MAGIC, U32.pack(len(head)), head, U32.pack(len(keys)), keys))
        with store.database.frozen() as connection:
            yield from dump(connection, store.clock(), of=[one.log for one in moved], progress=progress)

    pyrage.encrypt_io(Pieces(pieces()), file, [reader])


def release(
    store: Store,
    given: Sequence[Receipt],
    names: Collection[str],
    keep: Callable[[str], bool],
    backups_until: date,
    *,
    keys: Collection[str],
) -> dict[str, tuple[int, int]]:
    """Destroys the keys of logs that were received elsewhere.

    Args:
        keep: Whether a record class must be kept here, by law.
        keys: What the receiver signs by, learnt from the receiver by another way than the receipts came: hashes of a
            log are public, and whoever has them could sign a receipt by a key of their own.

    Returns:
        For each log, how many streams were destroyed, and how many kept.

    Raises:
        Unusable: A receipt is missing, or does not prove that the whole log was received.
    """
    hosts = {
        fact.receiver for name in names for _, fact in store.log(name).said_openly() if isinstance(fact, LogClosed)
    }
    for name in names:
        told = next((one for one in given if one.name == name and one.key in keys), None)
        if told is None or not _proves(store, store.log(name), told, hosts):
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


def root_at(store: Store, log: Log, size: int) -> bytes:
    """The root over the first `size` entries, as they are now; raises Tampered."""
    with store.database.reading() as connection:
        return store.fresh_tail(log).root_at(connection, size)


def _proves(store: Store, log: Log, told: Receipt, hosts: Collection[str]) -> bool:
    """Whether a receipt shows a tree of ours inside a larger one, which its giver signed under another origin."""
    try:
        key, known = NoteKey.parse(told.key), parse_note(told.known)[0]
        theirs, _ = read_note(told.note, key.name, [key])
        path = [b64decode(one, validate=True) for one in told.consistency]
    except ValueError:
        return False
    if known.origin != log.origin or theirs.origin == log.origin or not known.size <= log.size:
        return False
    if theirs.origin.partition("/")[0] not in hosts:
        return False
    root = root_at(store, log, known.size)
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
