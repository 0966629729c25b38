"""A backup, made while the server goes on: the log first, then the keys, so that every entry's key is among them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pyrage
from sqlalchemy import Table

from core.backups.places import HALF, KEYS, ROWS, Places, named, written
from core.deskstore.tables import desk_tables, handovers, links, sessions, throttle, tokens, turns, uploads, visits
from core.errors import Refused, WillNotStart
from core.settings import Settings
from events import Store
from events.dumps import LOG_ROWS, Pieces, dump
from events.halves import half
from events.holders import sync_folder, write_private
from events.restoring import KEY_ROWS, Steps

_PASSING = (sessions, links, visits, handovers, tokens, throttle, uploads, turns)

TABLES: tuple[Table, ...] = (*LOG_ROWS, *(table for table in desk_tables.sorted_tables if table not in _PASSING))
"""Every table of the log's database but those that are made again, those nobody misses after a day, and what opens the
door until it is ended: a token that was, must not come back."""


class Made(msgspec.Struct, frozen=True):
    """A backup that lies whole in both places."""

    name: str
    rows: int
    bytes: int
    """Of both files."""


def back_up(store: Store, places: Places, recipient: pyrage.x25519.Recipient, steps: Steps) -> Made:
    """Backs up log and keys, and beside the log the half of the stick as it is then.

    Raises:
        Refused: A backup of this second is there already.
    """
    name, count = named(store.clock()), 0
    rows, keys = places.log / f"{name}{ROWS}", places.keys / f"{name}{KEYS}"
    told = steps("Writing the log")

    def counting(done: int, total: int) -> None:
        nonlocal count
        count = total
        told(done, total)

    with written(rows) as file, store.database.frozen() as connection:
        for piece in dump(connection, store.clock(), TABLES, progress=counting):
            file.write(piece)
    with written(keys) as file, store.keys.database.frozen() as connection:
        pieces = dump(connection, store.clock(), KEY_ROWS, progress=steps("Writing the keys"))
        pyrage.encrypt_io(Pieces(pieces), file, [recipient])
    with written(places.log / f"{name}{HALF}") as file:
        file.write(str(half(store)).encode())
    return Made(name, count, rows.stat().st_size + keys.stat().st_size)


# Whom the keys are encrypted to


def recipient_file(settings: Settings) -> Path:
    return settings.home / "backup-recipient"


def recipient(settings: Settings) -> pyrage.x25519.Recipient:
    """Whom backups of the keys are encrypted to; raises WillNotStart when nobody was named."""
    try:
        return parsed(recipient_file(settings).read_text("utf-8", "replace")[:1000])
    except FileNotFoundError:
        raise WillNotStart(
            "Backups of the keys are encrypted to an identity in your safe, and there is none yet. "
            "Run: tallystick backup-recipient"
        ) from None


def parsed(text: str) -> pyrage.x25519.Recipient:
    """The age recipient in a text; raises Refused."""
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise Refused("This is no age recipient; it begins with age1.", code="no_recipient") from None


def set_recipient(settings: Settings, given: pyrage.x25519.Recipient) -> None:
    """Names whom backups are encrypted to from now on; durable when it returns."""
    file = recipient_file(settings)
    fresh = file.with_name(f"{file.name}.next")
    fresh.unlink(missing_ok=True)
    write_private(fresh, f"{given}\n".encode())
    fresh.replace(file)
    sync_folder(file.parent)
