"""The record of processing and the annex for an impact assessment, told from the plugins that are on here.

UK GDPR Article 30(1) says what a record of processing holds; Article 35(7) what an assessment describes (domain notes,
trust section 5 and C-38).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from core.accounts.roles import ROLES
from core.disposal.schedule import kept_as
from core.manifest import Manifest, RecordClass

if TYPE_CHECKING:
    from core.desk import Desk

Held = dict[str, tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]]
"""What each role may do, for everybody and for the own caseload only."""
_OF = {"pupils": "Pupils", "staff": "Staff", "applicants": "Applicants", "people outside": "People outside"}
SAFEGUARDS = (
    "Every entry is sealed under a key of its own person and class; whoever has the database alone reads nothing.",
    "A grant names role, academies, pupils, classes of record, purpose and days; without one there is nothing to see.",
    "Rights over accounts, and the destroying of a record, take two people.",
    "Nothing is changed unnoticed: entries are chained, and a checkpoint outside the trust proves it.",
    "A record is destroyed by its key, in the backups too, once these are as old as the trust keeps them.",
)


class Kept(msgspec.Struct, frozen=True):
    """One class of record, in words."""

    title: str
    of: str
    basis: str
    kept: str
    seen_by: str
    taken_by: str
    outside: str
    guard: str
    """What stands around it besides what stands around every record."""


class Purpose(msgspec.Struct, frozen=True):
    """A room or plugin: what it is for, and what it keeps of people."""

    title: str
    purpose: str
    kept: tuple[Kept, ...]


def processing(desk: Desk) -> list[Purpose]:
    """Every room, and every plugin that is on here, that keeps records of people."""
    building = desk.building
    rooms = [one for one in building.plugins.everything if _is_here(desk, one)]
    held = building.every_role()
    told = [
        Purpose(
            one.title,
            " ".join(one.purpose.split()),
            tuple(_kept(desk, held, record) for record in one.records if record.of != "nobody"),
        )
        for one in rooms
    ]
    return [one for one in told if one.kept]


def _is_here(desk: Desk, one: Manifest) -> bool:
    return one.name not in desk.building.plugins.manifests or one.name in desk.on


def _kept(desk: Desk, held: Held, one: RecordClass) -> Kept:
    guards = [
        *(["each reading is recorded"] if one.restricted else []),
        *(["to whoever was not granted it, it leaves no trace"] if one.need_to_know else []),
    ]
    return Kept(
        one.title,
        _OF[one.of],
        one.basis or "not said by the plugin",
        kept_as(desk.building, one),
        _roles(held, one, {"read", "summary", "write"}, outside=False),
        _roles(held, one, {"export"}, outside=False),
        _roles(held, one, {"read", "summary", "write"}, outside=True),
        "; ".join(guards) or "none besides",
    )


def _roles(held: Held, one: RecordClass, actions: set[str], *, outside: bool) -> str:
    """The roles that may do any of this with a class, as this trust has them."""
    named = []
    for name, role in ROLES.items():
        if role.is_outside == outside:
            for own in (False, True):
                if actions & set(held[name][own].get(one.name, ())):
                    some = own or role.subjects != "all"
                    few = ("those named" if outside else "own caseload") if some else ""
                    named.append(f"{role.title} ({few})" if few else role.title)
    return ", ".join(named) or "nobody"
