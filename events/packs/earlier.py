"""The earlier checkpoints that a pack goes on from: whoever holds one of them can check the pack against it."""

from __future__ import annotations

import re

from sqlalchemy import select

from events.log import Log
from events.open_facts import SigningKeyAdded
from events.store import Store
from events.tables import checkpoints, entries

_MOST = 200
_NOTE = re.compile(r"^[!-~]+\n[0-9]{1,19}\n[+/-9A-Za-z]{43}=\n\n(?:— [^\n]+\n)+", re.MULTILINE)
_DAY_US = 24 * 60 * 60 * 1_000_000


def earlier(store: Store, log: Log, size: int) -> list[str]:
    """Notes of checkpoints below a size, smallest first: the last of each day, thinned evenly to some 200.

    Always among them are the last of each epoch, and the first that covers each added signing key: there old and new
    sign together, and lead from a key learnt long ago to the one that signs now.
    """
    of_log = checkpoints.c.log == log.id
    ends_with = (entries.c.log == checkpoints.c.log) & (entries.c.position == checkpoints.c.size - 1)
    dated = (
        select(checkpoints.c.epoch, checkpoints.c.size, entries.c.recorded_at)
        .join(entries, ends_with)
        .where(of_log, checkpoints.c.size < size)
        .order_by(checkpoints.c.size)
    )
    with store.database.reading() as connection:
        rows = [row for row in connection.execute(dated) if _stands(log, row.epoch, row.size)]
        last_of_day = {row.recorded_at // _DAY_US: row.size for row in rows}
        last_of_epoch = {row.epoch: row.size for row in rows}
        added = [position for position, fact in log.said_openly() if isinstance(fact, SigningKeyAdded)]
        covering = [next((row.size for row in rows if row.size > position), None) for position in added]
        wanted = {*_thinned(list(last_of_day.values())), *last_of_epoch.values(), *covering} - {None}
        notes = select(checkpoints.c.epoch, checkpoints.c.size, checkpoints.c.note).where(
            of_log, checkpoints.c.size.in_(wanted)
        )
        return [
            row.note
            for row in connection.execute(notes.order_by(checkpoints.c.size))
            if _stands(log, row.epoch, row.size)
        ]


def held_notes(log: Log, text: str) -> list[str]:
    """The checkpoints of this log in a text such as a mail; those of other logs are left out."""
    origins = {epoch.origin for epoch in log.tail.epochs}
    found = [one[0].rstrip("\n") + "\n" for one in _NOTE.finditer(text.replace("\r\n", "\n") + "\n")]
    return [note for note in found if note.partition("\n")[0] in origins]


def _thinned(sizes: list[int]) -> list[int]:
    """At most so many, the newest always among them."""
    step = -(-len(sizes) // _MOST) or 1
    return sizes[::-1][::step]


def _stands(log: Log, epoch: int, size: int) -> bool:
    """Whether a checkpoint is of entries the log still has: not of what a restore has lost."""
    after = next((one for one in log.tail.epochs if one.number == epoch + 1), None)
    return after is None or size <= after.first_position
