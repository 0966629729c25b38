"""A hundred thousand entries, read again: replayed into views, verified without keys; and what they take on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from sqlalchemy import create_engine, make_url, text

from events import verify_without_keys
from tests.bench.log import bare
from tests.bench.log.grounds import Ground
from tests.bench.log.made_up import SUBJECTS, Tally, observations, tally
from tests.bench.log.ours import Ours
from tests.bench.log.rival import Pupil, Rival
from tests.bench.log.rounds import Cell, clocked, each, rate, ratio, rounds

ENTRIES = 100_000
_BYTES = {"SQLite": (1.15, 1.05), "PostgreSQL": (1.10, 1.00)}
_OPENING = 2  # entries that begin a log, of no pupil


def run(ground: Ground) -> Iterator[Cell]:
    made = observations(ENTRIES)
    ours, rival = Ours(ground), Rival(ground)
    each(ours.put, ours.batches(made, 500))()
    each(rival.put, rival.batches(made, 500))()
    ours.store.sign_all()
    ours.check(ENTRIES)
    rival.check(ENTRIES)
    found = rounds(
        {
            "replay": lambda: ENTRIES / _replay(ours),
            "verify": lambda: ENTRIES / _verify(ours),
            "rival": lambda: ENTRIES / _rival_replay(rival),
            "bare": lambda: ENTRIES / bare.replay(ours),
        }
    )
    theirs = f"rival {rate(found['rival'])}"
    what = f"{ground.name}: replay and fold, every mac, seal and commitment checked"
    yield Cell(what, rate(found["replay"]), theirs, ratio(found["replay"], found["rival"]), 2.0, 2.5)
    what = f"{ground.name}: replay and fold, the bare format"
    yield Cell(what, rate(found["bare"]), theirs, ratio(found["bare"], found["rival"]))
    what = f"{ground.name}: verify without keys, beside the rival's replay"
    yield Cell(what, rate(found["verify"]), theirs, ratio(found["verify"], found["rival"]), 3.0, 4.0)
    mine, his = (sum(map(_bytes, one.urls)) / (one.began + ENTRIES) for one in (ours, rival))
    of = (f"{mine:,.0f}", f"rival {his:,.0f}", ratio([mine], [his]))
    yield Cell(f"{ground.name}: bytes an event", *of, *_BYTES[ground.name], more=False)
    ours.close()
    rival.close()


def _replay(ours: Ours) -> float:
    log = ours.store.reopen(ours.log.name)
    seconds = clocked(log.refresh)
    if sum(one.count for one in log.see_all(tally).values()) != ours.began - _OPENING + ENTRIES:
        raise RuntimeError("the replay lacks observations")
    return seconds


def _verify(ours: Ours) -> float:
    reports = []
    seconds = clocked(lambda: reports.append(verify_without_keys(ours.store.database)))
    if not reports[0].ok or reports[0].logs[0].root != ours.log.tail.tree.root().hex():
        raise RuntimeError("the log does not verify")
    return seconds


def _rival_replay(rival: Rival) -> float:
    told: dict[UUID, Tally] = {}

    def replay() -> None:
        for page in rival.pages():
            for event in page:
                if type(event) is Pupil.Observed:
                    known, whom = told.get(event.originator_id), event.originator_id
                    counted, score = (known.count, known.score) if known else (0, 0)
                    told[whom] = Tally(counted + 1, score + event.score, event.occurred_at)

    seconds = clocked(replay)
    if sum(one.count for one in told.values()) != rival.began - SUBJECTS + ENTRIES:
        raise RuntimeError("the rival's replay lacks observations")
    return seconds


def _bytes(url: str) -> int:
    """What a database takes on disk, with its indexes, nothing left waiting in a log of its own."""
    at = make_url(url)
    if at.get_backend_name() == "sqlite":
        connection = sqlite3.connect(str(at.database))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return Path(str(at.database)).stat().st_size
    engine = create_engine(at)
    with engine.connect() as connected:
        public = "relkind = 'r' AND relnamespace = 'public'::regnamespace"
        sizes = f"SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE {public}"
        taken = int(connected.execute(text(sizes)).scalar_one())
    engine.dispose()
    return taken
