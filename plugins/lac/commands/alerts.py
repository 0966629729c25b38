"""What is decided about suspensions: who must be told, and how much there may be of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_first
from core.errors import Refused
from core.periods import academic_year

from ..facts import SessionsLostElsewhere, SuspensionDecided, SuspensionTold
from ..rules import suspension_cap_findings, telling_findings
from ..views import Alerts, alerts, sessions_lost

Clock = Annotated[str, Meta(title="the time", pattern=r"^([01]?[0-9]|2[0-3]):[0-5][0-9]$", examples=["14:30"])]
Sessions = Annotated[int, Meta(title="the number of half days", ge=0, le=390)]


class DecideSuspension(Command, frozen=True):
    """The head suspended or permanently excluded the child."""

    decided_on: Annotated[date, Meta(title="the day of the decision")]
    decided_at: Clock
    from_on: Annotated[date, Meta(title="the first day")]
    sessions: Sessions
    cause: Annotated[str, Meta(max_length=60)] = ""
    permanent: bool = False


class TellOfSuspension(Command, frozen=True):
    """Someone who must know was told."""

    suspension: UUID
    whom: Annotated[Literal["social_worker", "virtual_school", "carer"], Meta(title="who was told")]
    told_on: Annotated[date, Meta(title="the day they were told")]
    told_at: Clock
    channel: Annotated[str, Meta(title="how they were told", max_length=60)] = ""


class CountElsewhere(Command, frozen=True):
    """Half days suspended at other schools in this academic year, in all."""

    sessions: Sessions


@decides(DecideSuspension, given={"now": alerts})
def decide_suspension(
    command: DecideSuspension, now: Alerts | None, today: date, command_id: UUID
) -> SuspensionDecided:
    not_ahead(command.decided_on, today, "decided_on")
    if command.from_on < command.decided_on:
        raise Refused("It cannot begin before it was decided.", code="before_decision", field="from_on")
    if not command.permanent:
        if command.sessions == 0:
            raise Refused("Give the number of half days.", code="no_sessions", field="sessions")
        used = sessions_lost(now, academic_year(command.from_on))
        refuse_first(suspension_cap_findings(used, command.sessions), field="sessions")
    return SuspensionDecided(
        command_id,
        command.permanent,
        command.decided_on,
        minutes(command.decided_at),
        command.from_on,
        command.sessions,
        command.cause,
    )


@decides(TellOfSuspension, given={"now": alerts})
def tell_of_suspension(command: TellOfSuspension, now: Alerts | None, today: date) -> SuspensionTold:
    """Not without the time and the channel: those are the proof."""
    one = (now.suspensions if now else {}).get(command.suspension)
    if one is None:
        raise Refused("There is no such suspension.", code="no_suspension")
    if command.whom in one.who:
        raise Refused("That is recorded already.", code="no_change", field="whom")
    not_ahead(command.told_on, today, "told_on")
    told, at = one.told, minutes(command.told_at)
    refuse_first(telling_findings(told.decided_on, told.decided_minutes, command.told_on, at, command.channel))
    return SuspensionTold(command.suspension, command.whom, command.told_on, at, command.channel)


@decides(CountElsewhere, given={"now": alerts})
def count_elsewhere(command: CountElsewhere, now: Alerts | None, today: date) -> SessionsLostElsewhere:
    year = academic_year(today)
    if now is not None and now.elsewhere.get(year) == command.sessions:
        raise Refused("That is the number recorded already.", code="no_change", field="sessions")
    return SessionsLostElsewhere(year, command.sessions, today)


def minutes(clock: str) -> int:
    """Minutes after midnight of a time such as 14:10."""
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)
