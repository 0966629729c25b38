"""Breaking glass: what a role hides of one pupil is opened for a while, with a reason, and told at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from core.accounts.facts import GlassBroken
from core.accounts.rules import terms
from core.accounts.views import GLASS, Grant, Permissions
from core.errors import NotFound, Refused
from core.manifest import RecordClass
from core.roll.views import pupil as roll
from events import New

if TYPE_CHECKING:
    from core.desk import Desk

LONGEST_REASON = 400
_SUBJECT = "Glass was broken in Tallystick"
_LETTER = """\
Somebody opened a record that their role hides, and gave a reason. Please look at it today:

    {address}

You are told because you look after data protection, or after records of this kind.
"""


def hidden(desk: Desk, pupil: UUID) -> list[RecordClass]:
    """The classes of record that glass can be broken for, of this pupil: whether anything stands there is not told.

    What keeps somebody from a child close to them cannot be broken (domain notes, trust C-07).
    """
    if not desk.may("break", "core.identity", pupil):
        return []
    plugins = desk.building.plugins.manifests
    return [
        one
        for name in desk.on
        for one in plugins[name].records
        if one.of == "pupils" and not desk.may("read", one.name, pupil)
    ]


def break_glass(desk: Desk, pupil: UUID, record: str, reason: str, command_id: UUID) -> None:
    """Opens one class of a pupil's record to whoever asks, and tells who must know.

    Raises:
        NotFound: There is no such pupil here, or they may not know of one.
        NotAllowed: They may not, or may read it anyway.
        Refused: No reason was given.
    """
    building = desk.building
    if building.trust.find_command(command_id, 1):
        return  # sent again
    if desk.see(roll, pupil) is None:
        raise NotFound
    if record not in {one.name for one in hidden(desk, pupil)}:
        raise desk.turned_away("break", record)
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(f"Say why it cannot wait, in {LONGEST_REASON} characters at most.", code="reason", field="reason")
    until = building.now.replace(microsecond=0) + timedelta(hours=terms(desk.today).glass)
    fact = GlassBroken(command_id, desk.here, pupil, record, desk.today, until, reason)
    building.trust.append([New(desk.person_id, fact)], command_id=command_id, actor=desk.actor)
    address = f"{building.settings.origin}/{desk.academy.urn if desk.academy else ''}/glass"
    building.mail(_told(desk, record), _SUBJECT, _LETTER.format(address=address))


def broken(desk: Desk) -> list[tuple[UUID, Grant]]:
    """Every time glass was broken here that this person may know of, with who did it, the newest first: all of them
    for whoever oversees it, their own kind for whoever keeps such records."""
    found = [
        (key, one)
        for key, held in desk.building.every_grant().items()
        for one in held
        if one.role == GLASS and desk.here in one.academies and _concerns(desk, key, one)
    ]
    return sorted(found, key=lambda pair: (pair[1].from_on, pair[1].grant), reverse=True)


def oversees(desk: Desk) -> bool:
    """Whether this person is told of every time it was broken: who takes the trail away, the data protection officer
    as a trust begins."""
    return desk.may("export", "core.trail")


def _concerns(desk: Desk, who: UUID, one: Grant) -> bool:
    if who == desk.person_id or oversees(desk):
        return True
    return any(desk.may("write", record, pupil) for record in one.allows for pupil in one.named)


def _told(desk: Desk, record: str) -> list[str]:
    """The addresses of whoever oversees it and of whoever writes such records here."""
    building, told = desk.building, []
    people = building.people()
    for key, held in building.every_grant().items():
        if people[key].left_on is None and key != desk.person_id:
            here = Permissions(building.counting(held), desk.here, building.now)
            if here.anywhere("export", "core.trail") or here.anywhere("write", record):
                told.append(people[key].email)
    return told
