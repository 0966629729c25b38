"""Who the trust is, which academies it has, when each is open, what is on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.academies.facts import (
    AcademyAdded,
    AcademyMovedOut,
    ClosedDaySet,
    PluginSwitchedOff,
    PluginSwitchedOn,
    TermSet,
    TrustNamed,
)
from core.periods import Calendar, Term
from events import Fact, folds


class Academy(msgspec.Struct, frozen=True):
    """An academy as the trust knows it. Its log is named by its first URN, and kept through any later one."""

    urn: str
    name: str
    laestab: str
    phase: str
    authority: str
    reads: UUID
    log_name: str
    moved_on: date | None = None
    """The day it went to another trust."""


class PluginOn(msgspec.Struct, frozen=True):
    """A plugin in use: since when, and what it may ask of others."""

    since: date
    approved: tuple[str, ...]
    stood: dict[str, Any]


@folds("core.running")
def trust_name(known: str | None, fact: Fact) -> str | None:
    """The trust's name."""
    match fact:
        case TrustNamed(name):
            return name
    return known


@folds("core.running")
def academy(known: Academy | None, fact: Fact) -> Academy | None:
    """The academy; None for a subject that is none."""
    match fact:
        case AcademyAdded(urn, name, laestab, phase, authority, reads):
            return Academy(urn, name, laestab, phase, authority, reads, known.log_name if known else urn)
        case AcademyMovedOut(moved_on=moved_on) if known:
            return msgspec.structs.replace(known, moved_on=moved_on)
    return known


@folds("core.running")
def terms(known: Mapping[str, Term] | None, fact: Fact) -> Mapping[str, Term] | None:
    """The academy's terms by name."""
    match fact:
        case TermSet(name, starts_on, ends_on):
            return {**(known or {}), name: Term(name, starts_on, ends_on)}
    return known


@folds("core.running")
def closed_days(known: frozenset[date] | None, fact: Fact) -> frozenset[date] | None:
    """INSET days and closures."""
    match fact:
        case ClosedDaySet(closed_on):
            return (known or frozenset()) | {closed_on}
    return known


@folds("core.running")
def plugins_on(known: Mapping[str, PluginOn] | None, fact: Fact) -> Mapping[str, PluginOn] | None:
    """The plugins in use, by name."""
    match fact:
        case PluginSwitchedOn(plugin, switched_on, approved, stood):
            return {**(known or {}), plugin: PluginOn(switched_on, approved, stood)}
        case PluginSwitchedOff(plugin):
            return {name: on for name, on in (known or {}).items() if name != plugin}
    return known


@folds("core.running")
def marked(known: Mapping[str, frozenset[str]] | None, fact: Fact) -> Mapping[str, frozenset[str]] | None:
    """For every plugin that ever was in use, the classes of record it has marked as need to know; also while it is off,
    and when its code is gone."""
    match fact:
        case PluginSwitchedOn(plugin, stood=stood):
            named = {one["name"] for one in stood.get("records", ()) if one.get("need_to_know")}
            before = (known or {}).get(plugin, frozenset())
            return {**(known or {}), plugin: before | named}
    return known


def calendar(terms_by_name: Mapping[str, Term] | None, closed: frozenset[date] | None) -> Calendar:
    """Term dates and closures as one calendar."""
    in_order = sorted((terms_by_name or {}).values(), key=lambda term: term.starts_on)
    return Calendar(tuple(in_order), closed or frozenset())
