"""Samples for governors: who can be drawn, whom chance draws, and what is told of them without a name."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from msgspec import Struct

from core.roll.names import names_here
from core.roll.views import pupil
from core.web.timeline import split
from events import standing

from .codes import NEEDS
from .views import PROVISION_NAMES, support

if TYPE_CHECKING:
    from core.desk import Desk

_TOLD = ("register.support", "register.plan")
_AREAS = {code.code: code.area or "another need" for code in NEEDS}
_DAYS = re.compile(rf"\b(?:on )?\d{{1,2}} (?=(?:{'|'.join(month_name[1:])}) \d{{4}})")
_CODES = re.compile(rf"\b(?:{'|'.join(code.code for code in NEEDS)})\b")
_NOT_NOW = "not on the register"


class Said(Struct, frozen=True):
    """One thing that happened."""

    month: str
    title: str
    says: str


class Told(Struct, frozen=True):
    """How one pupil is helped."""

    provision: str
    areas: tuple[str, ...]
    """Broad areas of need."""
    entries: tuple[Said, ...]


def on_register(desk: Desk) -> list[UUID]:
    """Pupils on roll and on the register whom this person may read of, in an order of their own."""
    pupils = desk.see_all(pupil)
    found = (key for key, now in desk.see_all(support).items() if now.provision != "N" and key in pupils)
    return sorted(key for key in found if pupils[key].is_on_roll(desk.today))


def by_chance(desk: Desk, here: Sequence[UUID], wanted: int, command_id: UUID) -> tuple[UUID, ...]:
    """As many of them as are wanted: the same again for the same command, and by nobody's choice, since only this
    installation can tell whom a command will draw."""
    seed = desk.building.desk_store.new_id(command_id, "sample").int
    return tuple(Random(seed).sample(here, wanted))  # noqa: S311 - seeded by a keyed hash, which nobody can foresee


def without_names(desk: Desk, key: UUID) -> Told:
    """What the log tells of one pupil, whoever looks: without a name, a day, a year group or a need's code."""
    now, who, others = desk.log.see(support, key), desk.log.see(pupil, key), names_here(desk)
    names = (who.forename, who.surname) if who else ("", "")
    events = [event for record in _TOLD for event in standing(desk.log.stream(key, record))]
    said = []
    for event in sorted(events, key=lambda one: (one.day, one.position)):
        title, says = (others.redacted(_blurred(words or ""), *names) for words in split(desk.sentence(event)))
        said.append(Said(f"{event.day:%B %Y}", title, says))
    return Told(
        PROVISION_NAMES.get(now.provision, _NOT_NOW) if now else _NOT_NOW,
        tuple(sorted({_AREAS.get(code, "another need") for code in now.needs})) if now else (),
        tuple(said),
    )


def _blurred(words: str) -> str:
    """The words with the month of each day alone and without a need's code: either can tell who somebody is."""
    return _CODES.sub("[need]", _DAYS.sub("in ", words))
