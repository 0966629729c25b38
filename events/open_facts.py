"""Facts anyone may read, without a key: about a log itself, never about a person. They stand under algorithm 0."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from datetime import date

import msgspec

from events.notes import NoteKey
from events.seal import unpack_open


class OpenFact(msgspec.Struct, frozen=True, tag_field="kind"):
    """What a log says of itself, in the open."""


class _Said(msgspec.Struct):
    fact: msgspec.Raw


class LogOpened(OpenFact, frozen=True, tag="events.log_opened/1"):
    """The log began."""

    name: str


class EpochStarted(OpenFact, frozen=True, tag="events.epoch_started/1"):
    """The log goes on after a restore, under another origin and another signing key; its leaves stay."""

    epoch: int
    known: str
    """The last checkpoint known outside, a signed note of the epoch before; "" when there was none."""
    missing: int
    """How many entries that checkpoint counts and the restored log has not."""


class SigningKeyAdded(OpenFact, frozen=True, tag="events.signing_key_added/1"):
    """From here on this key signs the log's checkpoints, beside those added before it and not retired."""

    epoch: int
    public_key: str
    """In hex: 32 bytes of Ed25519, 1,312 of ML-DSA-44."""
    algorithm: int = 1
    """C2SP's signature type: 1 Ed25519, 6 ML-DSA-44."""


class SigningKeyRetired(OpenFact, frozen=True, tag="events.signing_key_retired/1"):
    """No checkpoint that covers this entry is signed by this key."""

    epoch: int
    public_key: str
    algorithm: int = 1


class CheckpointSeen(OpenFact, frozen=True, tag="events.checkpoint_seen/1"):
    """Another log's checkpoint as the trust's log saw it: so one outside copy of the trust's covers them all."""

    note: str


class KeyDestroyed(OpenFact, frozen=True, tag="events.key_destroyed/1"):
    """The data key of a stream is destroyed: nothing of that stream can be read again."""

    key_id: str
    """16 bytes in hex."""
    backups_until: date
    """The last day on which a backup of the key store may still hold it, inclusive."""


class LogClosed(OpenFact, frozen=True, tag="events.log_closed/1"):
    """Nothing is recorded here after this: the log goes on at another trust."""

    receiver: str
    """Host of the trust it goes to."""


class LogReceived(OpenFact, frozen=True, tag="events.log_received/1"):
    """The log came from another trust, whole; its leaves stay, its origin and signing key are ours."""

    epoch: int
    known: str
    """The sender's last checkpoint, a signed note that covers its `LogClosed`."""


AnyOpenFact = (
    LogOpened
    | EpochStarted
    | SigningKeyAdded
    | SigningKeyRetired
    | CheckpointSeen
    | KeyDestroyed
    | LogClosed
    | LogReceived
)
"""Every open kind there is; any other under algorithm 0 fails `verify`."""


_any: msgspec.json.Decoder[OpenFact] = msgspec.json.Decoder(AnyOpenFact)


def heard(sealed: bytes) -> OpenFact | None:
    """What an open entry's sealed bytes say, unchecked; None for a checkpoint seen, and for what cannot be read."""
    if b'"events.checkpoint_seen/1"' in sealed:  # by far the most there are, and nobody waits for one
        return None
    try:
        return _any.decode(msgspec.json.decode(unpack_open(sealed)[0], type=_Said).fact)
    except (ValueError, IndexError, struct.error, msgspec.MsgspecError):
        return None


def note_keys(said: Iterable[tuple[int, OpenFact]], epoch: int, origin: str, size: int) -> list[NoteKey]:
    """The keys that may sign a checkpoint of this size in this epoch.

    Args:
        said: What the log says of itself, with positions, in their order.
    """
    found: dict[NoteKey, None] = {}
    for position, fact in said:
        if position < size and isinstance(fact, SigningKeyAdded | SigningKeyRetired) and fact.epoch == epoch:
            key = NoteKey(origin, fact.algorithm, bytes.fromhex(fact.public_key))
            if isinstance(fact, SigningKeyAdded):
                found[key] = None
            else:
                found.pop(key, None)
    return list(found)
