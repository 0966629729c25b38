"""Sends the half outside once a day, and soon after something was forgotten; holds the logs against what is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import structlog

from core.errors import WillNotStart
from core.ids import uuid7
from core.mailing import NotSent
from core.outside.facts import HalfSent, Place
from core.outside.places import newest, places
from core.outside.views import halves_sent
from events import Actor, New
from events.comparing import doubts
from events.halves import half
from events.notes import parse_note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.building import Building

_AGAIN = 50 * 60
"""Seconds before a place is tried again; with a look every minute, that is within the hour."""

_SOON = 60
"""The same, where a key was destroyed since."""

_log = structlog.get_logger()


def keep_sending(building: Building) -> None:
    """Looks every minute whether a half is due somewhere, until the building is closed."""
    if places(building.settings):
        building.every("outside", 60, lambda: send_due(building))


def send_due(building: Building) -> None:
    """Sends the half to each place that has had none today, or none since a key was destroyed.

    Not where another server is at it, or tried just now.

    Raises:
        Tampered: By the half in the second place, or by its own checkpoints, a log is not what it was.
    """
    last = last_sent(building)
    gone = building.store.keys.destroyed()
    mine = [
        place
        for place in places(building.settings)
        if (_is_due(building, last.get(place)) and building.desk_store.take_turn(f"half by {place}", _AGAIN))
        or (_lacks(last.get(place), gone) and building.desk_store.take_turn(f"forgotten by {place}", _SOON))
    ]
    operator = next((key for key, one in building.people().items() if one.operator), building.trust_id)
    if mine:
        for says in outside_doubts(building):
            _log.error("log_doubtful", says=says)
        send(building, mine, Actor(operator, "the server", "daily"))


def _is_due(building: Building, last: HalfSent | None) -> bool:
    return last is None or last.sent_on < building.today


def _lacks(last: HalfSent | None, gone: int) -> bool:
    """Whether keys were destroyed since: a restore brings back what the half it is given does not name."""
    return last is not None and last.destroyed < gone


def send(building: Building, wanted: Iterable[Place], actor: Actor) -> dict[Place, str]:
    """Makes the half and sends it to these places; says of each that did not take it why not, "" of each that did.

    Raises:
        Tampered: A log is not what it was; nothing is sent.
    """
    gone = building.store.keys.destroyed()
    made = half(building.store)
    entries = parse_note([*made.notes.values()][-1])[0].size
    answers: dict[Place, str] = {}
    for place in wanted:
        try:
            places(building.settings)[place](made)
        except NotSent as error:
            _log.warning("half_not_sent", place=place, error=type(error.__cause__ or error).__name__)
            answers[place] = str(error)
            continue
        fact = New(building.trust_id, HalfSent(place, entries, building.today, gone))
        building.trust.append([fact], command_id=uuid7(building.clock()), actor=actor)
        answers[place] = ""
    return answers


def last_sent(building: Building) -> Mapping[Place, HalfSent]:
    """The last half that each place got."""
    return building.trust.see(halves_sent, building.trust_id) or {}


def outside_doubts(building: Building) -> list[str]:
    """What is wrong with the logs by the newest half in the second place, a sentence each; then nothing is signed."""
    if building.settings.second_place is None:
        return []
    try:
        held = newest(building.settings.second_place)
    except OSError as error:
        _log.warning("second_place_unreadable", error=type(error).__name__)
        return []
    return doubts(building.store, held.notes.values()) if held else []


def insist_on_outside(building: Building) -> None:
    """Refuses to serve a log that is older, or other, than what the outside holds.

    Raises:
        WillNotStart: It is; the message names each log and says what is wrong.
    """
    if found := outside_doubts(building):
        raise WillNotStart(
            f"{' '.join(found)} Nothing was changed. If a backup was put back, run: tallystick restore; "
            "otherwise keep the disk as it is, and find out who changed it."
        )
