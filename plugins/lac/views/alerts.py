"""A child's suspensions, and who was told of each."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import msgspec

from core.periods import academic_year
from events import Fact, folds

from ..facts import SessionsLostElsewhere, SuspensionDecided, SuspensionTold
from ..rules import Telling, suspension_tasks
from .status import Status


class Suspension(msgspec.Struct, frozen=True):
    """A suspension or permanent exclusion, with who was told, by part."""

    told: SuspensionDecided
    who: Mapping[str, SuspensionTold] = {}


class Alerts(msgspec.Struct, frozen=True):
    """Every suspension here, by id, and sessions lost at other schools, by academic year."""

    suspensions: Mapping[UUID, Suspension] = {}
    elsewhere: Mapping[int, int] = {}


@folds("lac.alerts")
def alerts(known: Alerts | None, fact: Fact) -> Alerts | None:
    """The child's suspensions; None when there never was one."""
    now = known or Alerts()
    match fact:
        case SuspensionDecided(suspension):
            return msgspec.structs.replace(now, suspensions={**now.suspensions, suspension: Suspension(fact)})
        case SuspensionTold(suspension, whom) if suspension in now.suspensions:
            one = now.suspensions[suspension]
            told = msgspec.structs.replace(one, who={**one.who, whom: fact})
            return msgspec.structs.replace(now, suspensions={**now.suspensions, suspension: told})
        case SessionsLostElsewhere(year, sessions):
            return msgspec.structs.replace(now, elsewhere={**now.elsewhere, year: sessions})
    return known


def sessions_lost(known: Alerts | None, year: int) -> int:
    """Half days suspended in an academic year, here and elsewhere; a permanent exclusion has none."""
    if known is None:
        return 0
    here = [one.told for one in known.suspensions.values() if not one.told.permanent]
    return sum(one.sessions for one in here if academic_year(one.from_on) == year) + known.elsewhere.get(year, 0)


def to_tell(one: Suspension, now: Status | None) -> list[Telling]:
    """Who must still be told of a suspension, and by when.

    Args:
        now: The child's status, by which there is a virtual school and a social worker to tell; where it may not be
            read, both are told.
    """
    day = one.told.decided_on
    has_worker = now is None or now.has_social_worker_on(day)
    looked_after = now is None or now.looked_after_on(day) is not None
    return [task for task in suspension_tasks(day, has_worker, looked_after) if task.whom not in one.who]
