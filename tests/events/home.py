"""What the log's tests record, and a place to record it."""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import create_engine, text

from events import GIVEN, Actor, Catalog, Database, Fact, FreeText, Log, MasterKey, New, Store, Stream, View, folds
from events.holders import KeyHolder
from events.notes import Checkpoint, signed_note
from events.store import now_us

ANN = UUID("7d3c0a52-1f62-4a5c-9a0e-1f6f2f3a4b01")
BEN = UUID("7d3c0a52-1f62-4a5c-9a0e-1f6f2f3a4b02")
SENCO = Actor(UUID("7d3c0a52-1f62-4a5c-9a0e-1f6f2f3a4bff"), "senco", "a1b2")
MONDAY = date(2026, 11, 16)
NOON = 1_794_830_400_000_000  # 16 November 2026, 12:00 UTC, in microseconds


class Noted(Fact, frozen=True, tag="tests.noted/1", record="tests.notes", on="noted_on"):
    """Someone wrote something down."""

    noted_on: date
    words: FreeText = ""


class Moved(Fact, frozen=True, tag="tests.moved/1", record="tests.notes", on="moved_on"):
    """They moved to another class."""

    moved_on: date
    to: str


class Paid(Fact, frozen=True, tag="tests.paid/1", record="tests.money", on="paid_on"):
    """Money came in."""

    paid_on: date
    pence: int


class Looked(Fact, frozen=True, tag="tests.looked/1", record=GIVEN, on="looked_on"):
    """Someone looked at a record."""

    looked_on: date


@folds("tests.notes")
def told(known: tuple[str, ...] | None, fact: Fact) -> tuple[str, ...] | None:
    """Everything that happened, in the order it is told: any change of order or of what stands shows."""
    return (*(known or ()), str(fact))


@folds("tests.notes")
def place(known: str | None, fact: Fact) -> str | None:
    """The class they are in."""
    return fact.to if isinstance(fact, Moved) else known


@folds("tests.money")
def balance(known: int | None, fact: Fact) -> int | None:
    """Pence so far."""
    return (known or 0) + fact.pence if isinstance(fact, Paid) else known


FACTS: Sequence[type[Fact]] = (Noted, Moved, Paid, Looked)
VIEWS: Sequence[View[Any]] = (told, place, balance)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, us: int = NOON) -> None:
        self.us = us

    def __call__(self) -> int:
        return self.us


class Home:
    """A log's two databases and the master key; closes what was opened on them."""

    def __init__(self, url: str, keys_url: str) -> None:
        self.url = url
        self.keys_url = keys_url
        self.is_sqlite = url.startswith("sqlite")
        self.master = os.urandom(32)
        self._stores: list[Store] = []
        self._engines = {keys: create_engine(keys_url if keys else url) for keys in (False, True)}

    def store(
        self,
        *,
        clock: Callable[[], int] = now_us,
        master: bytes | None = None,
        holder: KeyHolder | None = None,
        facts: Sequence[type[Fact]] = FACTS,
        views: Sequence[View[Any]] = VIEWS,
        host: str = "keystone.example",
    ) -> Store:
        """Another Store on the same databases, as a second process would have."""
        known = {fact.record for fact in facts}
        catalog = Catalog(facts, [view for view in views if view.record in known])
        holder = holder or MasterKey(master or self.master)
        store = Store(Database(self.url), Database(self.keys_url), holder, catalog, host=host, clock=clock)
        self._stores.append(store)
        return store

    def attack(self, sql: str, *, keys: bool = False, **values: Any) -> list[Any]:
        """Runs SQL as whoever holds the database: with another program, the triggers dropped first."""
        with self._engines[keys].begin() as connection:
            if self.is_sqlite:
                triggers = text("SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'")
            else:
                triggers = text(
                    "SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) "
                    "FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
                )
            for drop in connection.execute(triggers).scalars().all():
                connection.execute(text(drop))
            result = connection.execute(text(sql), values)
            return list(result) if result.returns_rows else []

    def close(self) -> None:
        for store in self._stores:
            store.close()
        for engine in self._engines.values():
            engine.dispose()


def note(log: Log, words: str = "", *, subject: UUID = ANN, on: date = MONDAY, **options: Any) -> int:
    """Records a note; returns its position."""
    options.setdefault("command_id", uuid4())
    return log.append([New(subject, Noted(on, words))], actor=SENCO, **options).places[0].position


def notes(count: int, *, subjects: Sequence[UUID] = (ANN, BEN)) -> list[New]:
    """So many notes, about each of the subjects in turn."""
    return [New(subjects[at % len(subjects)], Noted(MONDAY, f"note {at}")) for at in range(count)]


def erase(log: Log, *streams: Stream) -> None:
    """Destroys the keys of these streams, as two people would have decided."""
    log.destroy(streams, backups_until=MONDAY, companions=[], command_id=uuid4(), actor=SENCO)


def at(us: int) -> datetime:
    """An instant, from microseconds since 1970 UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)


def signed_elsewhere(log: Log, size: int) -> str:
    """A checkpoint of more entries than a log has, rightly signed: what the outside may hold after a restore."""
    signers = log.keys.signing.signers(log.origin)
    return signed_note(Checkpoint(log.origin, size, os.urandom(32)), signers)
