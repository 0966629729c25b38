"""What a fault did: what stands in the log is counted against what the callers were told."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from core.building import Building
from events import Event, verify
from plugins.register.facts import PlanIssued
from tests.faults.callers import Told
from tests.faults.trust import Sent, Trust


class Row(NamedTuple):
    """A line of the table. The last three must be zero."""

    fault: str
    database: str
    times: int
    acknowledged: int
    lost: int
    twice: int
    unnoticed: int


def standing(trust: Trust) -> list[Sent]:
    """What the callers recorded, in the order in which it stands.

    Raises:
        AssertionError: `verify` finds a fault.
    """
    building = Building(trust.settings, serving=False)
    try:
        building.store.sign_all()  # as the next start does: what a kill between signing and keeping left undone
        report = verify(building.store)
        assert report.ok, report.faults[:5]
        return [_recorded(event) for event in building.store.log(trust.urn).events(trust.began)]
    finally:
        building.close()


def counted(fault: str, times: int, told: Told) -> Row:
    """Counts what stands against what was told.

    Raises:
        AssertionError: `verify` finds a fault, or what was refused stands all the same.
    """
    stand, acknowledged = set(standing(told.trust)), set(told.acknowledged)
    refused = stand.intersection(told.refused)
    assert not refused, f"{len(refused)} stand in the log though they were refused"
    decided = Counter((sent.pupil, sent.made_on) for sent in stand)
    twice = sum(count - 1 for count in decided.values())
    unnoticed = len(stand - acknowledged) - twice  # `verify` finds nothing wrong with them, and nobody was told of them
    return Row(fault, told.trust.database, times, len(acknowledged), len(acknowledged - stand), twice, unnoticed)


def _recorded(event: Event) -> Sent:
    assert event.subject, event
    assert isinstance(event.fact, PlanIssued), event
    return Sent(event.event_id, event.subject, event.fact.made_on)
