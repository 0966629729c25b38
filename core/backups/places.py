"""Where backups lie: the log's in one folder, the keys' in another, each file named by its instant."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple

from core.errors import Refused
from core.periods import london_today
from events.holders import sync_folder

ROWS, KEYS, HALF = ".rows", ".keys.age", ".half.txt"
_STAMP = "%Y%m%dT%H%M%SZ"
_NAMED = re.compile(r"\.?tallystick-(\d{8}T\d{6}Z)\.(rows|keys\.age|half\.txt)(\.part)?")


class Backup(NamedTuple):
    """The two files of a backup."""

    rows: Path
    keys: Path

    @property
    def name(self) -> str:
        return self.rows.name.removesuffix(ROWS)


class Places(NamedTuple):
    """The two folders, apart from each other."""

    log: Path
    keys: Path

    @classmethod
    def apart(cls, log: Path, keys: Path) -> Places:
        """The folders as they are; raises Refused when one is missing, or lies in the other."""
        for folder in (log, keys):
            if not folder.is_dir():  # made here, it would hide that a disk is not mounted
                raise Refused(f"There is no folder {folder}. Make it, or mount the disk it is on.", code="no_folder")
        one, other = log.resolve(), keys.resolve()
        if one.is_relative_to(other) or other.is_relative_to(one) or one.samefile(other):
            raise Refused(
                "The log and the keys must go to two folders, neither of them inside the other: "
                "whoever finds both in one place needs only the identity from the safe.",
                code="one_place",
            )
        return cls(one, other)

    def newest(self) -> Backup:
        """The newest backup of the log, with the keys that were backed up with it or next; raises Refused."""
        logs, keys = (
            sorted(path for path in folder.glob(f"tallystick-*{ending}") if _made_at(path))
            for folder, ending in ((self.log, ROWS), (self.keys, KEYS))
        )
        if not logs:
            raise Refused("There is no backup in this folder yet. Run: tallystick backup", code="no_backup")
        rows = logs[-1]
        fitting = [path for path in keys if path.name >= rows.name.replace(ROWS, KEYS)]
        if not fitting:
            raise Refused(f"There are no keys for the backup {rows.name}.", code="no_keys")
        return Backup(rows, fitting[0])

    def expire(self, today: date, days: int) -> int:
        """Deletes the backups of keys that are so many days old, and what was never finished; returns how many keys."""
        gone = 0
        for folder in self:
            for path in list(folder.iterdir()):
                made_at = _made_at(path)
                age = (today - london_today(made_at)).days if made_at else 0
                if path.name.endswith(KEYS) and age >= days:
                    path.unlink()
                    gone += 1
                elif path.suffix == ".part" and age > 1:
                    path.unlink()
            sync_folder(folder)
        return gone


def named(at_us: int) -> str:
    """What the files of a backup of this instant are called, but for their endings."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)
    return f"tallystick-{at:{_STAMP}}"


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A new file, which has its name only once it is whole and durable; raises Refused where there is one."""
    if path.exists():
        raise Refused(f"There is a file {path.name} already; it was left as it is.", code="exists")
    part = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _made_at(path: Path) -> datetime | None:
    """The instant in the name of a file of ours; None for any other."""
    found = _NAMED.fullmatch(path.name)
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None
