"""What happens to the trust and its academies: their authority, the days they are open, which plugins are on."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from events import Fact, FreeText

Phase = Literal["nursery", "primary", "secondary", "all-through", "special", "alternative provision", "post-16"]


class TrustNamed(Fact, frozen=True, tag="academies.trust_named/1", record="core.running", on="named_on"):
    """The trust took this name."""

    name: str
    named_on: date


class AcademyAdded(Fact, frozen=True, tag="academies.academy_added/1", record="core.running", on="added_on"):
    """An academy joined the trust. Recorded in the trust's log; the subject is the academy's log."""

    urn: str
    name: str
    laestab: str
    phase: Phase
    authority: str
    reads: UUID
    """The log of who looked."""
    added_on: date


class AcademyMovedOut(Fact, frozen=True, tag="academies.academy_moved_out/1", record="core.running", on="moved_on"):
    """An academy went to another trust, its logs with it. Recorded in the trust's log."""

    receiver: str
    """Host of the trust that has it now."""
    moved_on: date
    destroyed: int
    """Streams whose keys were destroyed here once the receiver had proved that it holds them."""
    kept: tuple[str, ...]
    """Record classes that must be kept here, by law."""


class TermSet(Fact, frozen=True, tag="academies.term_set/1", record="core.running", on="starts_on"):
    """A term, half-terms already cut out: both days inclusive. The same name set again replaces it."""

    name: str
    starts_on: date
    ends_on: date


class ClosedDaySet(Fact, frozen=True, tag="academies.closed_day_set/1", record="core.running", on="closed_on"):
    """A day inside a term on which the academy has no session: INSET, or a closure."""

    closed_on: date
    reason: FreeText = ""


class PluginSwitchedOn(
    Fact, frozen=True, tag="academies.plugin_switched_on/1", record="core.running", on="switched_on"
):
    """A plugin came into use; with what it said of itself then, so that its facts can be read without its code."""

    plugin: str
    switched_on: date
    approved: tuple[str, ...]
    """Names of the views the trust approved its asking for, each by its reason."""
    stood: dict[str, Any]
    """Record classes with their retention, offers, asks and wordings as they stood."""
    reason: FreeText


class PluginSwitchedOff(
    Fact, frozen=True, tag="academies.plugin_switched_off/1", record="core.running", on="switched_off"
):
    """A plugin went out of use; its facts are kept, and nobody reads them through it."""

    plugin: str
    switched_off: date
    reason: FreeText
