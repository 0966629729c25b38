"""A log held against a checkpoint of it that someone kept: what an outsider's half is for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from events.errors import NotReady, Tampered
from events.notes import Checkpoint, parse_note, read_note
from events.open_facts import EpochStarted, LogReceived
from events.proofs import is_consistent

if TYPE_CHECKING:
    from events.log import Log
    from events.store import Store
    from events.tail import Epoch


class Compared(msgspec.Struct, frozen=True):
    """How a log stands to a checkpoint that was held; `says` is one plain sentence.

    Attributes:
        holds: The log still begins with what that checkpoint counts.
        said: It does not, and the log itself says so: a restore cut it, and began another epoch.
        proof: Hashes that prove `holds` to whoever has both checkpoints (RFC 6962, 2.1.2); "" and none otherwise.
    """

    origin: str
    held: int
    holds: bool
    says: str
    said: bool = False
    checkpoint: str = ""
    proof: tuple[str, ...] = ()


def compare(store: Store, note: str) -> Compared:
    """Whether what a held checkpoint counts still stands. Signs nothing, since over a log cut off that would be a fork.

    Raises:
        ValueError: It is no checkpoint.
        Tampered: An entry or an open fact is not as it was written.
    """
    held, _ = parse_note(note)
    try:
        log, epoch = store.of_origin(held.origin)
    except KeyError:
        return Compared(held.origin, held.size, False, "No log here goes by this name.")
    try:
        read_note(note, epoch.origin, log.note_keys(epoch, held.size))
    except ValueError:
        return Compared(held.origin, held.size, False, "No signing key that this log declares signed this checkpoint.")
    if cut := _cut(log, epoch, held):
        return cut
    if held.size > (size := log.size):
        says = f"The log has {size:,} entries, and {held.size:,} were signed: what follows is cut off."
        return Compared(held.origin, held.size, False, says)
    with store.database.reading() as connection:
        if store.fresh_tail(log).root_at(connection, held.size) != held.root:
            says = f"The first {held.size:,} entries are not those that were signed."
            return Compared(held.origin, held.size, False, says)
    return Compared(held.origin, held.size, True, f"The first {held.size:,} entries are those that were signed.")


def doubts(store: Store, notes: Iterable[str]) -> list[str]:
    """What is wrong by checkpoints that were kept outside, a sentence for each; what a log says of itself is not.

    Where there is any, the store records and signs nothing more.
    """
    found = []
    for note in notes:
        try:
            one = compare(store, note)
            if not one.holds and not one.said:
                found.append(f"{one.origin}, by the half kept outside: {one.says}")
        except (Tampered, NotReady) as error:
            found.append(str(error))
    if found:
        store.distrust(" ".join(found))
    return found


def prove(store: Store, note: str) -> Compared:
    """As `compare`; where it holds, with today's checkpoint, signed if need be, and the proof between the two.

    Where it does not, and the log does not say why, the store records and signs nothing more; nor is anything proved.
    """
    found = compare(store, note)
    if not found.holds:
        if not found.said:
            store.distrust(found.says)
        return found
    if store.distrusted:
        return found
    held = parse_note(note)[0]
    log, _ = store.of_origin(held.origin)
    store.sign(log)
    today = store.checkpoint(log) or ""
    now = parse_note(today)[0]
    path = log.tiles.consistency(held.size, now.size)
    if not is_consistent(held.size, held.root, now.size, now.root, path):
        says = "No proof leads from that checkpoint to today's: a stored hash is not as it was written."
        return msgspec.structs.replace(found, holds=False, says=says)
    return msgspec.structs.replace(found, checkpoint=today, proof=tuple(one.hex() for one in path))


def last_known(log: Log, epoch: Epoch) -> str:
    """The last checkpoint of an older epoch as the next one says it was known; "" when it says of none."""
    for _, fact in log.said_openly():
        if isinstance(fact, EpochStarted | LogReceived) and fact.known.startswith(f"{epoch.origin}\n"):
            return fact.known
    return ""


def _cut(log: Log, epoch: Epoch, held: Checkpoint) -> Compared | None:
    """What there is to say when a later epoch began below what was signed."""
    after = next((one for one in log.tail.epochs if one.number == epoch.number + 1), None)
    if after is None or held.size <= after.first_position:
        return None
    known = last_known(log, epoch)
    said = bool(known) and held.size <= parse_note(known)[0].size
    gone = f"{held.size - after.first_position:,} of the {held.size:,} entries that were signed are missing"
    says = f"The log was restored: {gone}. It says so itself, where epoch {after.number} begins."
    if not said:
        says = f"The log was restored: {gone}, and it does not say that they ever were."
    return Compared(held.origin, held.size, False, says, said=said)
