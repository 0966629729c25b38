"""A trust that is lost, its backup and the half outside."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import select

from events import New, Store, verify
from events.dumps import LOG_ROWS, Progress
from events.halves import Half
from events.restoring import KEY_ROWS, Kept, Restored, restore
from tests.events.home import ANN, MONDAY, SENCO, Home, note, notes
from tests.events.test_documents import ANNS, Filed, file
from tests.events.test_dumps import KNOWN, dumped

NAMES = ["139204", "139204-reads", "trust"]
UNTIL = MONDAY + timedelta(days=35)


class Backup(NamedTuple):
    rows: bytes
    keys: bytes


def half_of(store: Store) -> Half:
    store.sign_all()
    logs = [store.log(name) for name in store.names()]
    destroyed = {log.id.hex(): [key.hex() for key in log.keys.destroyed()] for log in logs if log.keys.destroyed()}
    return Half(datetime.now(UTC), {log.origin: store.checkpoint(log) or "" for log in logs}, destroyed)


def backed_up(store: Store, meanwhile: Callable[[], object] = lambda: None, key_rows_at: int = 2) -> Backup:
    """The log first, then the keys."""
    rows = dumped(store.database, made_at=1)
    meanwhile()
    return Backup(rows, dumped(store.keys.database, KEY_ROWS, made_at=key_rows_at))


def no_steps(_: str) -> Progress:
    return lambda done, total: None


def restored(
    elsewhere: Home,
    home: Home,
    backup: Backup,
    half: Half,
    steps: Callable[[str], Progress] = no_steps,
    **options: Any,
) -> tuple[Store, Restored]:
    store = elsewhere.store(**{"master": home.master, "facts": KNOWN} | options)
    rows, keys = map(io.BytesIO, backup)
    return store, restore(store, rows, keys, half, backups_until=UNTIL, steps=steps)


def filled(home: Home) -> Store:
    """Three logs, a document, a checkpoint below the end of each."""
    store = home.store(facts=KNOWN)
    for name in NAMES:
        store.create(name).append(notes(10), command_id=uuid4(), actor=SENCO)
    store.sign_all()
    log = store.log("139204")
    log.append([New(ANN, Filed(MONDAY, log.keep(ANNS, file(70_000))))], command_id=uuid4(), actor=SENCO)
    return store


def kept(found: Restored, name: str) -> Kept:
    return next(one for one in found.logs if one.log == name)


def goes_on(elsewhere: Home, home: Home, store: Store) -> bool:
    """Appends, signs, and does both again as another process would after a restart; and all of it verifies."""
    for one in (store, elsewhere.store(master=home.master, facts=KNOWN)):
        for name in one.names():
            note(one.log(name))
        assert one.sign_all() == len(one.names())
        note(one.log("trust"))
        assert verify(one).ok
    return True


# What is refused


def is_left_empty(elsewhere: Home) -> bool:
    """Whether there is nothing: no row, no key, no sign of a restore."""
    store = elsewhere.store()
    for database, tables in ((store.database, LOG_ROWS), (store.keys.database, KEY_ROWS)):
        with database.reading() as connection:
            if any(connection.execute(select(table)).first() for table in tables):
                return False
    return store.names() == []


def note_of(store: Store, name: str = "139204") -> tuple[str, str]:
    log = store.log(name)
    return log.origin, store.checkpoint(log) or ""
