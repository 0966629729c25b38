"""Our log through its own door: parts, padding, seed, mac, both indexes, keys of their own for every pupil."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from core.ids import uuid7
from events import Catalog, Database, Log, MasterKey, New, Store, verify
from events.migrations import KEY_STEPS, LOG_STEPS, upgrade
from events.store import now_us
from events.tables import entries
from tests.bench.log.grounds import Ground
from tests.bench.log.made_up import ACTOR, AT_ONCE, BEFORE, SUBJECTS, Made, Observed, firsts, tally


class Command(NamedTuple):
    """What one append is handed, ready made."""

    command_id: UUID
    facts: list[New]


class Ours:
    """Logs of so many academies, in each of which every pupil has been met before; the keys are made."""

    name = "ours"

    def __init__(self, ground: Ground, *, academies: int = 1, pupils: int = SUBJECTS, before: int = BEFORE) -> None:
        self._ground = ground
        self.urls = (ground.fresh(), ground.fresh())
        database, keys = map(Database, self.urls)
        upgrade(database, LOG_STEPS)
        upgrade(keys, KEY_STEPS)
        catalog = Catalog([Observed], [tally])
        self._master = MasterKey(os.urandom(32))
        self.store = Store(database, keys, self._master, catalog, host="bench.example")
        self.logs = [self.store.create(str(140000 + at)) for at in range(academies)]
        self.log = self.logs[0]
        for log in self.logs:
            for command in self.batches(firsts(pupils, before), AT_ONCE):
                self.put(command, log)
        self.began = self.log.size

    def batches(self, made: Sequence[Made], size: int) -> list[Command]:
        news = [New(one.subject, one.fact) for one in made]
        return [Command(uuid7(now_us()), news[at : at + size]) for at in range(0, len(news), size)]

    def put(self, command: Command, log: Log | None = None) -> None:
        (log or self.log).append(command.facts, command_id=command.command_id, actor=ACTOR)

    def beside(self, catalog: Catalog) -> Store:
        """The same logs as other code reads them."""
        log, keys = map(Database, self.urls)
        return Store(log, keys, self._master, catalog, host="bench.example")

    @property
    def observed(self) -> int:
        """How many observations the log holds, those in which every pupil was met included."""
        return self.log.size - 2

    def asked(self, sql: str) -> str:
        with self.store.database.reading() as connection:
            return str(connection.exec_driver_sql(sql).scalar_one())

    def check(self, count: int) -> None:
        """Count, dense positions, the writer's root equal to one told anew from every byte, and nothing at fault."""
        before = self.began * len(self.logs)
        with self.store.database.reading() as connection:
            told = select(func.count(), func.max(entries.c.position)).group_by(entries.c.log)
            found = connection.execute(told).all()
        if sum(number for number, _ in found) != before + count or any(last != number - 1 for number, last in found):
            raise RuntimeError("entries are missing")
        report = verify(self.store)
        roots = {log.name: log.tail.tree.root().hex() for log in self.logs}
        if not report.ok or {one.log: one.root for one in report.logs} != roots:
            raise RuntimeError("the log does not verify")

    def close(self) -> None:
        self.store.close()
        self._ground.drop(*self.urls)
