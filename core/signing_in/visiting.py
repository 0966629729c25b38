"""How long someone from outside is here, and the link that lets them in meanwhile."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from core.accounts.roles import ROLES
from core.ids import uuid7
from core.periods import LONDON, london_today
from core.signing_in.facts import LinkSent
from core.wording import day, moment
from events import Actor, New

if TYPE_CHECKING:
    from core.accounts.views import Grant
    from core.building import Building

_SUBJECT = "Your visit to Tallystick"
_LETTER = """\
You have been given a look at some of our records, until {until}.

Open this link, and type the code that you were told in person or by telephone:

    {address}

The link works until then, and opens nothing without the code. What you look at is recorded.
"""


def visits_until(building: Building, person: UUID) -> datetime | None:
    """The moment at which the last grant of somebody from outside ends; None for whoever is not only a visitor."""
    held = building.in_force(person)
    if not held or any(one.role not in ROLES or not ROLES[one.role].is_outside for one in held):
        return None
    return max(_ends(one) for one in held)


def in_words(until: datetime) -> str:
    """When a visit ends: its minute, or the end of its last day."""
    if until.astimezone(LONDON).time() == time.min:
        return f"the end of {day(london_today(until - timedelta(hours=1)))}"
    return moment(until)


def open_visit(building: Building, person: UUID, actor: Actor, until: datetime) -> tuple[str, str]:
    """The link and the code of a new visit; the ones before open nothing more. A letter with the link goes out where
    there is a mail server; the code never does."""
    building.desk_store.let_go(person)  # nothing they set up before opens anything besides
    building.desk_store.forget_password(person)
    token, code = building.desk_store.visits.open(person, int(until.timestamp()))
    fact = LinkSent(building.today, "visit")
    building.trust.append([New(person, fact)], command_id=uuid7(building.clock()), actor=actor)
    address = f"{building.settings.origin}/sign-in/visit/{token}"
    known = building.person(person)
    if known:
        building.mail([known.email], _SUBJECT, _LETTER.format(until=in_words(until), address=address))
    return address, code


def _ends(grant: Grant) -> datetime:
    """The moment a grant of a visitor ends: that it names, or the midnight after its last day."""
    last = grant.until_by or grant.from_on
    midnight = datetime.combine(last + timedelta(days=1), time.min, LONDON)
    return min(grant.until_at, midnight) if grant.until_at else midnight
