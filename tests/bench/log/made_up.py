"""What is recorded: observations of pupils, a kibibyte each, the same for everyone who is measured."""

from __future__ import annotations

import random
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from events import Actor, Fact, FreeText, folds

SUBJECTS = 1_500
AT_ONCE = 500
"""So many go in at once where it is not measured."""
BEFORE = 4
"""How often each pupil is met before anything is measured: by then keys are made, and SQLite's write-ahead log has the
length it keeps. While it still grows, every commit pays for that."""
WORDS = 73
_KINDS = 20_000  # so many different observations; longer runs say them again
_WORDS = [
    *("absent", "agreed", "asks", "attends", "calm", "confident", "counts", "draws", "English", "explains", "follows"),
    *("group", "helps", "improved", "joins", "late", "lesson", "listens", "maths", "meeting", "needs", "note"),
    *("observed", "parent", "phonics", "plan", "present", "progress", "quiet", "reads", "recalls", "review", "science"),
    *("settles", "shares", "spells", "standard", "starts", "talks", "target", "teacher", "term", "towards", "tries"),
]
WHEN = date(2026, 11, 16)
ACTOR = Actor(UUID("7d3c0a52-1f62-4a5c-9a0e-1f6f2f3a4bff"), "senco", "5f0e2d")


class Mark(msgspec.Struct, frozen=True):
    """One mark of an observation."""

    code: str
    value: int
    most: int


class Observed(Fact, frozen=True, tag="bench.observed/1", record="bench.observed", on="observed_on"):
    """Someone watched a pupil at work."""

    observed_on: date
    hour: str
    sort: str
    score: int
    weight: float
    tags: tuple[str, ...]
    marks: tuple[Mark, ...]
    words: FreeText


class Tally(msgspec.Struct, frozen=True):
    """What is folded from a pupil's observations: how many, the sum of the scores, when the last began."""

    count: int
    score: int
    last: str


@folds("bench.observed")
def tally(known: Tally | None, fact: Fact) -> Tally | None:
    """A pupil's observations, told together."""
    if not isinstance(fact, Observed):
        return known
    return Tally(known.count + 1, known.score + fact.score, fact.hour) if known else Tally(1, fact.score, fact.hour)


class Made(NamedTuple):
    """One observation before anyone makes an event of it: as the rival is told, in 975 bytes of JSON; as we are."""

    subject: UUID
    told: dict[str, Any]
    fact: Observed


@cache
def subjects(count: int = SUBJECTS) -> list[UUID]:
    chance = random.Random(1)  # noqa: S311 - made-up people, the same each time
    return [UUID(int=chance.getrandbits(128), version=4) for _ in range(count)]


@cache
def _told() -> list[tuple[dict[str, Any], Observed]]:
    chance = random.Random(2)  # noqa: S311 - made-up words, the same each time
    return [_one(chance) for _ in range(_KINDS)]


def _one(chance: random.Random) -> tuple[dict[str, Any], Observed]:
    hour = f"{chance.randrange(8, 16):02}:{chance.randrange(60):02}"
    same = {
        "sort": chance.choice(("attendance", "note", "assessment", "contact")),
        "score": chance.randrange(121),
        "weight": round(chance.random(), 4),
        "tags": [chance.choice(_WORDS) for _ in range(6)],
        "marks": [{"code": chance.choice("ABCDEFGH"), "value": chance.randrange(10), "most": 9} for _ in range(6)],
        "words": " ".join(chance.choice(_WORDS) for _ in range(WORDS)),
    }
    told = {"actor": str(ACTOR.by), "occurred_at": f"{WHEN}T{hour}:00+00:00", **same}
    return told, msgspec.convert({"kind": "bench.observed/1", "observed_on": WHEN, "hour": hour, **same}, Observed)


def firsts(pupils: int, times: int) -> list[Made]:
    """What is there before anything is measured: every pupil, so many times."""
    made = observations(pupils)
    return [
        one._replace(subject=pupil) for _ in range(times) for one, pupil in zip(made, subjects(pupils), strict=True)
    ]


def observations(count: int, of: int = SUBJECTS, start: int = 0) -> list[Made]:
    """So many, the same each time; a few pupils are observed often, most seldom."""
    chance, whom = random.Random(start), subjects(of)  # noqa: S311 - made-up people, the same each time
    told = _told()
    return [Made(whom[int(of * chance.random() ** 2)], *told[(start + at) % _KINDS]) for at in range(count)]
