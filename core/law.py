"""The law behind a rule: where it stands, since when, what it finds; and its answers in plain English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Generic, Literal, ParamSpec, TypeVar

from msgspec import Struct

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Citation(Struct, frozen=True):
    """Where a rule stands, and how sure we are of its words."""

    source: str
    address: str  # without https://; empty when the source has none
    as_at: date  # the day it was read
    verified: bool = True  # False: general professional knowledge, or a single weak source
    edition: str = ""
    rule: str = ""  # its number in the domain notes, such as "register 26"


def cites(
    source: str, address: str, *, as_at: date, verified: bool = True, edition: str = "", rule: str = ""
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Ties a rule to its source; the function stays what it was."""
    citation = Citation(source, address, as_at, verified, edition, rule)

    def tie(function: Callable[P, R]) -> Callable[P, R]:
        vars(function)["__citation__"] = citation
        return function

    return tie


class Finding(Struct, frozen=True):
    """One thing a rule has to say about what it was shown."""

    level: Literal["error", "warning", "note"]
    code: str  # what programs and tests go by
    says: str  # what a person reads: one or two sentences that say what to do
    field: str | None = None


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those findings that stand in the way of recording."""
    return tuple(finding for finding in findings if finding.level == "error")


class Edition(Struct, Generic[T], frozen=True):
    """Dated data: a code set, a rate or a threshold as it stood from one day to another."""

    name: str
    from_on: date
    until_by: date | None  # the last day, inclusive; None while it runs
    source: str
    verified: bool
    value: T

    def covers(self, day: date) -> bool:
        """Whether this edition was the one in force on that day."""
        return self.from_on <= day and (self.until_by is None or day <= self.until_by)


def in_force(editions: Iterable[Edition[T]], on_day: date) -> Edition[T] | None:
    """The edition of that day; None when none is known, which is never a reason to take its neighbour."""
    return next((edition for edition in editions if edition.covers(on_day)), None)


YEARS = range(1900, 2200)
"""Any other is a slip of the hand: a rule that counts on from it would end where no calendar goes."""


def no_such_day(value: object) -> str:
    """What is wrong with a day, or one within something, that lies outside YEARS; "" where nothing is."""
    if isinstance(value, date) and value.year not in YEARS:
        return f"Give a day from {YEARS[0]} to {YEARS[-1]}."
    return next((says for one in inside(value) if (says := no_such_day(one))), "")


def inside(value: object) -> Iterable[object]:
    """What a struct, a table or a list holds; nothing of anything else."""
    match value:
        case Struct():
            return [getattr(value, name) for name in value.__struct_fields__]
        case Mapping():
            return [*value.keys(), *value.values()]
        case tuple() | list() | set() | frozenset():
            return value
    return ()


def plain(value: object) -> str:
    """A value in plain English: 4 May 2027, yes, none, a finding by its words."""
    match value:
        case None:
            return "none"
        case bool():
            return "yes" if value else "no"
        case date():
            return f"{value.day} {value:%B} {value.year}"
        case Struct() if isinstance(says := getattr(value, "says", None), str):  # a finding, an outcome
            return says
        case Struct():
            names = value.__struct_fields__
            return ", ".join(f"{name.replace('_', ' ')} {plain(getattr(value, name))}" for name in names)
        case Mapping():
            return "; ".join(f"{plain(key)} {plain(one)}" for key, one in value.items()) or "none"
        case tuple() | list():
            said = [plain(item) for item in value]
            findings = all(isinstance(item, Finding) for item in value)
            return (" " if findings else "; ").join(said) or "none"
    return str(value)
