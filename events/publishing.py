"""What anyone may fetch of a log: checkpoints and hashes, by the addresses of C2SP tlog-tiles. Never an entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from events.chain import TILE
from events.comparing import last_known
from events.notes import parse_note
from events.witnesses import cosigned

if TYPE_CHECKING:
    from events.log import Log
    from events.store import Store
    from events.tail import Epoch

_PATH = re.compile(r"(\d{1,2})/((?:x\d{3}/){0,5}\d{3})(?:\.p/(\d{1,3}))?", re.ASCII)


class Published:
    """One epoch of a log as it was last signed: its checkpoint, witnesses' lines included, and the hashes under it."""

    def __init__(self, store: Store, log: Log, epoch: Epoch, note: str) -> None:
        self.checkpoint = cosigned(store, log, epoch, note)
        self._log = log
        self._size = parse_note(note)[0].size
        for after in log.tail.epochs:
            if after.number == epoch.number + 1:  # what a restore cut is gone; other entries stand in its place
                self._size = min(self._size, after.first_position)

    def tile(self, path: str) -> bytes | None:
        """Hashes of a tile, 32 bytes each, by the last part of its address; None for all beyond the checkpoint."""
        place = tile_place(path)
        if place is None:
            return None
        level, number, width = place
        if number * TILE + width > self._size >> 8 * level:
            return None
        return self._log.tiles.tile(level, number, width)


def published(store: Store, name: str, number: int) -> Published | None:
    """An epoch of a log by the log's name; None when there is none, or nothing is signed in it yet."""
    try:
        log = store.log(name)
    except KeyError:
        return None
    epoch = next((one for one in log.tail.epochs if one.number == number), None)
    if epoch is None:
        return None
    notes = [note for note in (store.checkpoint(log, epoch), last_known(log, epoch)) if note]
    return Published(store, log, epoch, max(notes, key=lambda note: parse_note(note)[0].size)) if notes else None


def tile_path(level: int, number: int, width: int = TILE) -> str:
    """`L/N[.p/W]`: the number in groups of three digits, all but the last behind an x."""
    groups = f"{number % 1000:03}"
    while number := number // 1000:
        groups = f"x{number % 1000:03}/{groups}"
    return f"{level}/{groups}" if width == TILE else f"{level}/{groups}.p/{width}"


def tile_place(path: str) -> tuple[int, int, int] | None:
    """Level, number and width (1 to 256) of a tile; None for what is no tile's path, or another spelling of one."""
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level, number = int(found[1]), int(found[2].replace("/", "").replace("x", ""))
    width = int(found[3] or TILE)
    return (level, number, width) if width >= 1 and tile_path(level, number, width) == path else None
