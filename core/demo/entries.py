"""What is to be typed, in a story not yet told to any log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from core.demo.children import Child
from core.demo.clock import days_until_typed, office_hour, on_or_after
from core.demo.places import SchoolDays, Site


class Said(NamedTuple):
    """A fact by its kind, of a child; left out where no plugin that is on knows the kind."""

    child: Child
    kind: str
    fields: Mapping[str, Any]


class Batch(NamedTuple):
    """Facts recorded together, as an import does."""

    at: datetime
    by: str
    """The role of whoever types."""
    facts: list[Said]


class Thing(NamedTuple):
    """Something at an academy with a history of its own, such as a vacancy or an order, by a name for it."""

    name: str


class Deed(NamedTuple):
    """A command by its plugin and name, about a child or a thing; None: about the academy itself.

    Among its fields may stand what only the log knows: `Of`, `Part`, `Pupil`, `Thing`, `Worker`.
    """

    at: datetime
    by: str
    child: Child | Thing | None
    command: str
    fields: Mapping[str, Any]


class Of(NamedTuple):
    """The id that what a deed began goes by."""

    deed: Deed


class Part(NamedTuple):
    """The id of one of several things a deed began, by what they are and its number from 1."""

    deed: Deed
    what: str
    number: int


class Pupil(NamedTuple):
    """The id of a child's records."""

    child: Child


class Worker(NamedTuple):
    """The id of whoever holds a role at the academy."""

    role: str


class Undoing(NamedTuple):
    """A deed taken back, with the reason."""

    at: datetime
    by: str
    deed: Deed
    reason: str


Entry = Batch | Deed | Undoing
THAT_DAY = "that day"
"""Stands in a deed's fields for the day it is typed on."""


class Typing:
    """What is typed at one academy; each entry on a day someone is there, and never after the last such day."""

    def __init__(self, rng: Random, site: Site, days: SchoolDays, last_on: date) -> None:
        self.site = site
        self.days = days
        self.last_on = last_on
        self.entries: list[Entry] = []
        self._rng = rng

    def together(self, at: datetime, by: str, facts: list[Said]) -> None:
        if facts and at.date() <= self.last_on:
            self.entries.append(Batch(at, by, facts))
        for said in facts:
            said.child.typed_until = max(said.child.typed_until, at.date())

    def do(self, child: Child, day: date, command: str, **fields: Any) -> Deed | None:
        """Types a command about something of that day, soon or late; None when nobody has come to it yet."""
        late = days_until_typed(self._rng)
        typed_on = on_or_after(self.days.desk, max(day + timedelta(days=late), child.typed_until))
        if typed_on is None or typed_on > self.last_on:
            child.typed_until = date.max  # nor to anything that came after
            return None
        at = office_hour(self._rng, typed_on)
        child.typed_until = typed_on + timedelta(days=1)
        by = "send_admin" if self._rng.random() < (0.6 if late > 4 else 0.2) else "senco"
        deed = Deed(at, by, child, command, fields)
        self.entries.append(deed)
        return deed

    def at_once(
        self,
        child: Child | Thing | None,
        day: date,
        by: str,
        command: str,
        fields: Mapping[str, Any],
        after: Deed | None = None,
    ) -> Deed | None:
        """Types a command on its day or the next at a desk, not before another; None when that is still to come.

        Args:
            fields: `THAT_DAY` among them becomes the day it is typed on.
        """
        typed_on = on_or_after(self.days.desk, max(day, after.at.date()) if after else day)
        if typed_on is None or typed_on > self.last_on:
            return None
        at = office_hour(self._rng, typed_on)
        if after and at <= after.at:
            at = after.at + timedelta(minutes=3)
        told = {name: typed_on if value == THAT_DAY else value for name, value in fields.items()}
        deed = Deed(at, by, child, command, told)
        self.entries.append(deed)
        return deed

    def also(self, deed: Deed | None, command: str, **fields: Any) -> None:
        """Types another command right after one, about the same child."""
        if deed:
            at = deed.at + timedelta(minutes=2)
            self.entries.append(Deed(at, deed.by, deed.child, command, fields))

    def undo(self, deed: Deed | None, reason: str) -> datetime | None:
        """Takes a deed back some days later; when, or None when nobody has noticed yet."""
        if deed is None:
            return None
        noticed_on = on_or_after(self.days.desk, deed.at.date() + timedelta(days=self._rng.randint(1, 9)))
        if noticed_on is None or noticed_on > self.last_on:
            return None
        at = office_hour(self._rng, noticed_on)
        if isinstance(deed.child, Child):
            deed.child.typed_until = noticed_on + timedelta(days=1)
        self.entries.append(Undoing(at, "senco", deed, reason))
        return at

    def again(self, deed: Deed | None, at: datetime | None, **fields: Any) -> None:
        """Types a deed once more, right after it was taken back, with other fields."""
        if deed and at:
            mended = {**deed.fields, **fields}
            self.entries.append(Deed(at + timedelta(minutes=3), "senco", deed.child, deed.command, mended))
