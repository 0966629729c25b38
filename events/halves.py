"""The half of the stick that is kept outside: every log's newest checkpoint and every destroyed key, in one text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import msgspec

from events.notes import parse_note
from events.open_facts import CheckpointSeen
from events.witnesses import cosigned

if TYPE_CHECKING:
    from events.store import Store

TRUST = "trust"
"""Name of the log that sees the checkpoints of all others."""

LARGEST = 32 * 1024 * 1024
"""Characters of a half, inclusive: some 400,000 destroyed keys."""

_MADE = "%Y-%m-%dT%H:%M:%SZ"
_HEAD = re.compile(r"tallystick half 1\nmade (\S+)((?:\ndestroyed [0-9a-f]{32} [0-9a-f]{32})*)")
_DESTROYED = re.compile(r"destroyed (\w+) (\w+)")
_NOTE = re.compile(r"(?:[^\n]+\n){3}\n(?:— [^\n]+\n)+")


class Half(msgspec.Struct, frozen=True):
    """What the outside holds of an installation."""

    made_at: datetime
    """In UTC, to the second."""
    notes: dict[str, str]
    """The newest signed note of each log, by its origin; that of the trust's log is the last."""
    destroyed: dict[str, list[str]]
    """The key_ids of destroyed keys by log id, all in hex; a log that has none is not named."""

    def __str__(self) -> str:
        """The text that goes outside; README.md, "The half"."""
        gone = [f"destroyed {log} {key}\n" for log, keys in self.destroyed.items() for key in keys]
        head = f"tallystick half 1\nmade {self.made_at:{_MADE}}\n{''.join(gone)}"
        return "\n".join([head, *self.notes.values()])

    @classmethod
    def parse(cls, text: str) -> Half:
        """The half in a text; no signature is checked.

        Raises:
            ValueError: It is none, or not whole.
        """
        head, _, rest = text.partition("\n\n")
        told = _HEAD.fullmatch(head)
        if told is None or len(text) > LARGEST:
            raise ValueError("this is no half")
        destroyed: dict[str, list[str]] = {}
        for log, key in _DESTROYED.findall(told[2]):
            destroyed.setdefault(log, []).append(key)
        notes = {parse_note(note)[0].origin: note for note in _NOTE.findall(rest)}
        found = cls(datetime.strptime(told[1], _MADE).replace(tzinfo=UTC), notes, destroyed)
        if str(found) != text or not notes or f"/{TRUST}/" not in [*notes][-1]:
            raise ValueError("this half is not whole, or was changed")
        return found


def notes_in(text: str) -> list[str]:
    """The notes in a half, or in a text that is one or more notes; raises ValueError for any other text."""
    if text.startswith("tallystick half"):
        return list(Half.parse(text).notes.values())
    found = _NOTE.findall(text) if len(text) <= LARGEST else []
    if not found or "\n".join(found).rstrip("\n") != text.rstrip("\n"):
        raise ValueError("this is no checkpoint")
    for note in found:
        parse_note(note)
    return found


def half(store: Store) -> Half:
    """The half as it stands now: all logs signed, the trust's last, which has seen every other's checkpoint.

    Raises:
        KeyError: There is no trust's log yet.
        Tampered: A log is not as it was signed; nothing is sent of a doubtful log.
    """
    trust = store.log(TRUST)
    notes: dict[str, str] = {}
    destroyed: dict[str, list[str]] = {}
    for name in [*(name for name in store.names() if name != TRUST), TRUST]:
        log = store.log(name)
        store.sign(log)
        if note := store.checkpoint(log):
            notes[log.origin] = cosigned(store, log, log.tail.epoch, note)
            if log is not trust:  # the same checkpoint again is the same command, which records nothing
                trust.append_open([CheckpointSeen(note)], uuid5(UUID(bytes=trust.id), parse_note(note)[0].text))
        if keys := log.keys.destroyed():
            destroyed[log.id.hex()] = [key_id.hex() for key_id in keys]
    made_at = datetime.fromtimestamp(store.clock() // 1_000_000, UTC)
    return Half(made_at, notes, destroyed)
