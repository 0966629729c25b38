"""The rival: `eventsourcing` with its AES cipher, handed ready events; the logic of its aggregates is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.cryptography import AESCipher
from eventsourcing.domain import Aggregate, event
from sqlalchemy import make_url

from tests.bench.log.grounds import Ground
from tests.bench.log.made_up import AT_ONCE, BEFORE, SUBJECTS, Made, firsts, subjects
from tests.bench.log.rounds import each

_NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
PAGE = 2_000  # its own default of ten a page takes half as long again


class Pupil(Aggregate):
    """A pupil as the rival keeps one."""

    @event("Met")
    def __init__(self) -> None:
        self.count = 0
        self.score = 0
        self.last = ""

    @event("Observed")
    def observe(
        self,
        pupil: str,
        actor: str,
        occurred_at: str,
        sort: str,
        score: int,
        weight: float,
        tags: list[str],
        marks: list[dict[str, Any]],
        words: str,
    ) -> None:
        self.count += 1
        self.score += score
        self.last = occurred_at


class Pupils(Application[UUID]):
    """The rival's application."""


class PupilsWithSnapshots(Pupils):
    """The same, keeping snapshots of its aggregates."""

    is_snapshotting_enabled = True


class Rival:
    """Its application on a database of its own; every pupil has been met before."""

    name = "rival"

    def __init__(self, ground: Ground, *, callers: int = 1, pupils: int = SUBJECTS, snapshots: bool = False) -> None:
        self._ground = ground
        self.urls = (ground.fresh(),)
        cipher = {"CIPHER_TOPIC": "eventsourcing.cryptography:AESCipher", "CIPHER_KEY": AESCipher.create_key(32)}
        self._app = (PupilsWithSnapshots if snapshots else Pupils)(env=cipher | _environment(self.urls[0], callers))
        self._versions = dict.fromkeys(subjects(pupils), 1)
        topic = f"{Pupil.__module__}:{Pupil.__qualname__}"
        met = [
            Pupil.Met(originator_id=one, originator_version=1, timestamp=_NOW, originator_topic=topic)
            for one in self._versions
        ]
        each(self.put, [met[at : at + AT_ONCE] for at in range(0, len(met), AT_ONCE)])()
        each(self.put, self.batches(firsts(pupils, BEFORE), AT_ONCE))()
        self.began = (1 + BEFORE) * len(met)

    def batches(self, made: Sequence[Made], size: int) -> list[list[Any]]:
        events = [self._event(one) for one in made]
        return [events[at : at + size] for at in range(0, len(events), size)]

    def _event(self, made: Made) -> Any:
        version = self._versions[made.subject] = self._versions[made.subject] + 1
        told = {"pupil": str(made.subject), **made.told}
        return Pupil.Observed(originator_id=made.subject, originator_version=version, timestamp=_NOW, **told)

    def put(self, batch: Sequence[Any]) -> None:
        self._app.events.put(batch)

    def pages(self) -> Iterator[list[Any]]:
        """Every event it holds, decrypted and decoded."""
        start = 1
        while found := self._app.recorder.select_notifications(start, PAGE):
            yield [self._app.mapper.to_domain_event(one) for one in found]
            start = found[-1].id + 1

    def keep_snapshots(self) -> None:
        for pupil in self._versions:
            self._app.take_snapshot(pupil)

    def start(self) -> None:
        """Every aggregate, from its snapshot and what came after."""
        for pupil in self._versions:
            self._app.repository.get(pupil)

    def asked(self, sql: str) -> str:
        with self._app.factory.datastore.transaction(commit=False) as cursor:
            cursor.execute(sql)
            return str(next(iter(dict(cursor.fetchone()).values())))

    def check(self, count: int) -> None:
        """Count, and that the last of them reads back."""
        last = self._app.recorder.max_notification_id()
        found = self._app.recorder.select_notifications(self.began + 1, count)
        if last != self.began + count or len(found) != count:
            raise RuntimeError("the rival lacks events")
        self._app.mapper.to_domain_event(found[-1])

    def close(self) -> None:
        self._app.close()
        self._ground.drop(*self.urls)


def _environment(url: str, callers: int) -> dict[str, str]:
    at = make_url(url)
    if at.get_backend_name() == "sqlite":
        waits = {"SQLITE_LOCK_TIMEOUT": "60", "SQLITE_POOL_TIMEOUT": "60", "SQLITE_MAX_OVERFLOW": str(callers)}
        return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(at.database), **waits}
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(at.database),
        "POSTGRES_HOST": str(at.host),
        "POSTGRES_PORT": str(at.port),
        "POSTGRES_USER": str(at.username),
        "POSTGRES_PASSWORD": str(at.password),
        "POSTGRES_POOL_SIZE": str(max(callers, 5)),
        "POSTGRES_CONNECT_TIMEOUT": "60",
    }
