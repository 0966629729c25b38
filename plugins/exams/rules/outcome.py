"""What a rule answers, which of several answers counts, and how an answer ships that rests on a doubtful point."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from core.law import in_force, plain

from ..codes import CONFIRMED, EDITIONS, HELD, POINTS, Arrangement, standing

READ_ON = date(2026, 11, 22)
"""The day on which the sources of these rules were read."""

Level = Literal["OK", "WARN", "BLOCK", "REFER", "UNKNOWN"]
_GRAVITY: dict[Level, int] = {"OK": 0, "WARN": 1, "UNKNOWN": 2, "REFER": 3, "BLOCK": 4}
_WOULD: dict[Level, str] = {"BLOCK": "this stands in the way", "REFER": "the awarding body decides"}


class Outcome(Struct, frozen=True):
    """What a rule has to say. The SENCO decides; no outcome is a decision."""

    level: Level  # REFER: the awarding body decides; UNKNOWN: a person must look
    code: str  # what programs and tests go by
    says: str  # what a person reads: one or two sentences that say what to do
    missing: tuple[str, ...] = ()  # what is not there yet, each in words
    rule: str = ""  # its number in the domain notes, such as "R6"
    edition: str = ""  # of the regulations or the table it went by; empty where there is none
    intended: Level | None = None  # the level once its doubtful point is confirmed; None where there is none
    day: date | None = None  # the day it turns on: the first exam out of time, the day to act by


def gravity(outcome: Outcome) -> tuple[int, int]:
    """How much an outcome counts: BLOCK, REFER, UNKNOWN, WARN, OK; among warnings, what they may become."""
    return _GRAVITY[outcome.level], _GRAVITY[outcome.intended or outcome.level]


def gravest_first(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Outcomes in the order in which they count."""
    return tuple(sorted(outcomes, key=gravity, reverse=True))


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome that counts; of equals the first.

    Raises:
        ValueError: There is none.
    """
    return max(outcomes, key=gravity)


def speaking(rule: str, decided_on: date) -> partial[Outcome]:
    """What makes the outcomes of a rule, with its number and the edition of the regulations of that day."""
    edition = in_force(EDITIONS, decided_on)
    return partial(Outcome, rule=rule, edition=edition.name if edition else "")


def no_edition(rule: str, decided_on: date) -> Outcome:
    """That nothing can be said of a day before the first edition that is held."""
    says = f"No edition of the regulations is held for {plain(decided_on)}. Ask the exams officer which one counts."
    return Outcome("UNKNOWN", "no_edition", says, rule=rule)


def not_listed(rule: str, decided_on: date, key: str) -> Outcome:
    """That the regulations of that day list no such arrangement, or none are held for it."""
    if in_force(EDITIONS, decided_on) is None:
        return no_edition(rule, decided_on)
    says = f"'{key}' is not an arrangement of the regulations. Choose one from the list."
    return speaking(rule, decided_on)("UNKNOWN", "unknown_arrangement", says)


def starred(outcome: Outcome, points: tuple[str, ...], decided_on: date, confirmed: tuple[str, ...] = ()) -> Outcome:
    """The outcome where all its doubtful points are confirmed; else a warning that says what it would be.

    Args:
        points: Keys of `POINTS`; none means that nothing is in doubt.
        confirmed: The points the centre has confirmed, besides those confirmed for everybody.
    """
    doubtful = [point for point in points if point not in {*confirmed, *standing(CONFIRMED, decided_on).value}]
    if not doubtful:
        return outcome
    doubts = "; ".join(POINTS[point] for point in doubtful)
    would = f"Not confirmed at its source: {doubts}. Once it is, {_WOULD[outcome.level]} ({outcome.level})."
    code = f"would_{outcome.level.lower()}_{outcome.code}"
    return replace(outcome, level="WARN", code=code, says=f"{outcome.says} {would}", intended=outcome.level)


def lacking(arrangement: Arrangement, held: tuple[str, ...]) -> tuple[str, ...]:
    """The evidence for an arrangement that the file does not hold, each in words."""
    missing = [HELD[kind] for kind in arrangement.holds if kind not in held]
    if arrangement.one_of and not set(arrangement.one_of) & set(held):
        missing.append(" or ".join(HELD[kind] for kind in arrangement.one_of))
    return tuple(missing)
