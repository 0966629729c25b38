"""A trust again from the files of its backup, the identity in the safe and the half that was sent outside."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pyrage

from core.backups.making import TABLES
from core.backups.places import Backup
from core.building import prepare
from core.periods import london_today
from core.settings import Settings
from core.wording import counted, moment
from events import Catalog, Database, Store, Unusable
from events.halves import LARGEST, Half
from events.holders import KeyHolder, age_identity
from events.restoring import Restored, Steps, restore
from events.store import now_us


class Trust(NamedTuple):
    """Where a trust is, and what its log is read with."""

    settings: Settings
    holder: KeyHolder
    catalog: Catalog
    clock: Callable[[], int] = now_us


class Held(NamedTuple):
    """What is held elsewhere, and no restore goes without: the age identity in the safe, the half sent outside."""

    identity: Path
    half: Path


def bring_back(trust: Trust, backup: Backup, held: Held, steps: Steps) -> Restored:
    """Restores into the two databases the trust's settings name, which must hold nothing.

    Raises:
        Unusable, NotReady: One of the files cannot be used, or they do not fit together; nothing was restored.
    """
    settings, today = trust.settings, london_today(datetime.fromtimestamp(trust.clock() / 1e6, UTC))
    half, keys = _half(held.half), _opened(backup.keys, held.identity, steps)
    prepare(settings)
    with (
        backup.rows.open("rb") as rows,
        closing(Database(settings.database)) as database,
        closing(Database(settings.keys)) as key_database,
    ):
        store = Store(database, key_database, trust.holder, trust.catalog, host=settings.host, clock=trust.clock)
        until = today + timedelta(days=settings.key_backup_days)
        try:
            return restore(store, rows, keys, half, tables=TABLES, backups_until=until, steps=steps)
        finally:
            store.close()


def told(found: Restored) -> Iterator[str]:
    """What a restore came to, in words."""
    yield f"The backup was made on {moment(found.backed_up_at)}, the half on {moment(found.known_at)}."
    for one in found.logs:
        newest = f"the newest recorded on {moment(one.newest_at)}"
        yield f"{one.log}: {counted(one.entries, 'entry is', 'entries are')} back, {newest}."
        if one.missing:
            missing = counted(one.missing, "entry that was signed after it is", "entries that were signed after it are")
            yield f"  MISSING  {missing} lost."
    for name in found.gone:
        yield f"  MISSING  {name}: the whole log; it was begun after this backup was made."
    if found.destroyed:
        yield f"{counted(found.destroyed, 'key', 'keys')} destroyed since the backup: destroyed here too."
    yield "What was recorded after the half was made, and is not in this backup, nobody knows of."
    for fault in found.report.faults:
        yield f"WRONG  {fault.log}{'' if fault.position is None else f', position {fault.position}'}: {fault.what}"
    yield "All that is back verifies." if found.report.ok else "What is back does not verify. Keep the backup as it is."


def _half(path: Path) -> Half:
    try:
        with path.open("rb") as file:
            return Half.parse(file.read(LARGEST).decode("utf-8", "replace"))
    except ValueError as error:
        raise Unusable(f"{path.name} is no half that can be used: {error}.") from None


def _opened(path: Path, identity: Path, steps: Steps) -> io.BytesIO:
    """The dump of the keys, in memory: whatever is destroyed in it must never have lain on this disk."""
    told, opened = steps("Opening the keys"), io.BytesIO()
    try:
        with path.open("rb") as file:
            pyrage.decrypt_io(file, opened, [age_identity(identity)])
    except (pyrage.DecryptError, OSError):
        raise Unusable(f"{identity.name} does not open {path.name}, or the file is cut short or changed.") from None
    told(1, 1)
    opened.seek(0)
    return opened
