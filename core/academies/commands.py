"""What the trust decides about its academies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from core.academies.facts import ClosedDaySet, Phase, PluginSwitchedOff, PluginSwitchedOn, TermSet
from core.academies.views import PluginOn, plugins_on, terms
from core.command import Command, decides
from core.errors import Refused
from core.periods import Term

Words = Annotated[str, Meta(min_length=1, max_length=400)]


class AddAcademy(Command, frozen=True):
    """An academy joins. Carried out by the building: it needs a log of its own first."""

    urn: Annotated[str, Meta(pattern=r"^\d{6}$")]
    name: Words
    laestab: Annotated[str, Meta(pattern=r"^\d{3}/?\d{4}$")]
    phase: Phase
    authority: Words


class SetTerm(Command, frozen=True):
    name: Words
    starts_on: date
    ends_on: date


class SetClosedDay(Command, frozen=True):
    closed_on: date
    reason: str = ""


class SwitchPluginOn(Command, frozen=True):
    plugin: str
    reason: Annotated[Words, Meta(title="the reason")]
    approved: tuple[str, ...]
    stood: dict[str, Any]


class SwitchPluginOff(Command, frozen=True):
    plugin: str
    reason: Annotated[Words, Meta(title="the reason")]


@decides(SetTerm, given={"known": terms}, about="academy")
def set_term(command: SetTerm, known: Mapping[str, Term] | None) -> TermSet:
    if command.ends_on < command.starts_on:
        raise Refused("A term cannot end before it starts.", code="ends_first", field="ends_on")
    for other in (known or {}).values():
        if other.name != command.name and other.starts_on <= command.ends_on and command.starts_on <= other.ends_on:
            raise Refused(f"These days overlap with {other.name}.", code="overlap", field="starts_on")
    return TermSet(command.name, command.starts_on, command.ends_on)


@decides(SetClosedDay, about="academy")
def set_closed_day(command: SetClosedDay) -> ClosedDaySet:
    return ClosedDaySet(command.closed_on, command.reason)


@decides(SwitchPluginOn, given={"on": plugins_on}, by_name=False)
def switch_on(command: SwitchPluginOn, on: Mapping[str, PluginOn] | None, today: date) -> PluginSwitchedOn:
    if command.plugin in (on or {}):
        raise Refused("It is on already.", code="already_on")
    return PluginSwitchedOn(command.plugin, today, command.approved, command.stood, command.reason)


@decides(SwitchPluginOff, given={"on": plugins_on}, by_name=False)
def switch_off(command: SwitchPluginOff, on: Mapping[str, PluginOn] | None, today: date) -> PluginSwitchedOff:
    if command.plugin not in (on or {}):
        raise Refused("It is off already.", code="already_off")
    return PluginSwitchedOff(command.plugin, today, command.reason)
