"""Cosignatures: lines by which witnesses say that they saw a checkpoint. Checked before they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, and_, select

from events.notes import LONGEST, Checkpoint, NoteKey, parse_line, parse_note
from events.tables import checkpoints, cosignatures

if TYPE_CHECKING:
    from events.log import Log
    from events.store import Store
    from events.tail import Epoch


class Heard(NamedTuple):
    """A line of a note that came back, and what became of it."""

    name: str
    kept: bool
    says: str


def keep_cosignatures(store: Store, note: str, witnesses: Iterable[NoteKey]) -> list[Heard]:
    """Keeps those lines under a checkpoint of ours that known witnesses signed; says of each other line why not.

    Raises:
        ValueError: It is no checkpoint, or none that was signed here.
    """
    checkpoint, lines = parse_note(note)
    log, epoch, own = _ours(store, checkpoint)
    known = {(key.name, key.hash): key for key in witnesses}
    heard = []
    for line in lines:
        key = known.get((line.name, line.key_hash))
        if line in own:
            continue
        if key is None:
            heard.append(Heard(line.name, False, "no witness known here; ignored"))
        elif not key.holds(checkpoint, line.signature):
            heard.append(Heard(line.name, False, "the signature does not hold; not kept"))
        else:
            row = {"log": log.id, "epoch": epoch.number, "size": checkpoint.size, "witness": _witness(key)}
            with store.database.writing() as connection:
                insert = store.database.insert_new(cosignatures)
                fresh = connection.execute(insert, row | {"key": str(key), "line": str(line)}).rowcount
            heard.append(Heard(line.name, bool(fresh), "holds; kept" if fresh else "was kept before"))
    return heard


def cosigned(store: Store, log: Log, epoch: Epoch, note: str) -> str:
    """A checkpoint of ours with the lines of its witnesses under it, as many as a note can hold."""
    at = (cosignatures.c.log == log.id, cosignatures.c.epoch == epoch.number)
    size = parse_note(note)[0].size
    lines = select(cosignatures.c.line).where(*at, cosignatures.c.size == size).order_by(cosignatures.c.witness)
    with store.database.reading() as connection:
        for line in connection.execute(lines).scalars():
            note += line if len(note) + len(line) <= LONGEST else ""
    return note


def cosignature_faults(connection: Connection, log_id: bytes) -> Iterator[str]:
    """What is not as it was written among the cosignatures of one log; the checkpoints themselves are not checked."""
    same = [cosignatures.c[name] == checkpoints.c[name] for name in ("log", "epoch", "size")]
    rows = select(cosignatures, checkpoints.c.note).outerjoin(checkpoints, and_(*same))
    for row in connection.execute(rows.where(cosignatures.c.log == log_id)):
        try:
            key, line = NoteKey.parse(row.key), parse_line(row.line)
            told = (_witness(key), str(key), str(line), key.hash) == (row.witness, row.key, row.line, line.key_hash)
            checkpoint = parse_note(row.note or "")[0]
            holds = told and line.name == key.name and key.holds(checkpoint, line.signature)
        except ValueError:
            holds = False
        if not holds:
            yield f"a cosignature of the checkpoint of {row.size} entries is not as it was written"


def _ours(store: Store, checkpoint: Checkpoint) -> tuple[Log, Epoch, list[Any]]:
    """Log and epoch of a checkpoint, and the lines it was signed with here; raises ValueError."""
    try:
        log, epoch = store.of_origin(checkpoint.origin)
    except KeyError:
        raise ValueError("no log here goes by this checkpoint's name") from None
    at = (checkpoints.c.log == log.id, checkpoints.c.epoch == epoch.number, checkpoints.c.size == checkpoint.size)
    with store.database.reading() as connection:
        note = connection.execute(select(checkpoints.c.note).where(*at)).scalar_one_or_none()
    if note is None or parse_note(note)[0] != checkpoint:
        raise ValueError("this checkpoint was never signed here")
    return log, epoch, parse_note(note)[1]


def _witness(key: NoteKey) -> str:
    return f"{key.name}+{key.hash.hex()}"
