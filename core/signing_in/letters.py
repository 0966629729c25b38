"""Links by which someone sets a password: for an invitation, and for a password that was forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.ids import uuid7
from core.signing_in.facts import LinkSent
from core.signing_in.visiting import visits_until
from core.wording import counted
from events import Actor, New

if TYPE_CHECKING:
    from core.building import Building

INVITED, FORGOTTEN = 72, 1
"""Hours for which a link is good: over a weekend, or for who sits and waits."""

_SUBJECT = "Your way into Tallystick"
_LETTER = """\
{why}

Set a password here. The link works once, and for {hours}:

    {address}

If you did not expect this letter, leave it: nothing changes until the link is used. Nobody from Tallystick or your
trust will ever ask you for a password or a code.
"""
_WHY = {
    "invited": "You have been added as someone who may sign in to Tallystick at your trust.",
    "forgotten": "Somebody, we think you, asked for another password for Tallystick at your trust.",
}


def link(building: Building, person: UUID, hours: int) -> str:
    """The address of a new link of this person's; the ones before open nothing more."""
    token = building.desk_store.links.make(person, hours * 3600)
    return f"{building.settings.origin}/sign-in/link/{token}"


def write(building: Building, person: UUID, actor: Actor, *, invited: bool) -> None:
    """Records that a link goes out, and sends it; whoever asked does not wait for the mail server."""
    known = building.person(person)
    if known is None or not known.signs_in or visits_until(building, person):
        return  # whoever is here from outside comes by link and code alone
    why, hours = ("invited", INVITED) if invited else ("forgotten", FORGOTTEN)
    fact = LinkSent(building.today, "invited" if invited else "forgotten")
    building.trust.append([New(person, fact)], command_id=uuid7(building.clock()), actor=actor)
    address = link(building, person, hours)
    text = _LETTER.format(why=_WHY[why], hours=counted(hours, "hour", "hours"), address=address)
    building.mail([known.email], _SUBJECT, text)
