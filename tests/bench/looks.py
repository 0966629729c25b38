"""Who saw one child's record, asked of an academy's log of who looked after five years."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from core.accounts.dormant import reopen
from core.accounts.facts import Opened
from core.building import Building
from core.desk import Desk
from core.ids import uuid7
from core.roll.views import pupil
from events import Actor, New
from tests.bench.made_up import EMAIL, add_academy, new_id, open_trust
from tests.bench.measuring import Row, row, telling, timed
from tests.bench.serving import serving

DAYS, READERS, EACH = 950, 7, 30  # school days of five years; staff who look on each, and at how many records
_CLASSES = ("core.identity", "register.support", "register.plan")


class Clock:
    """Stands where it is set, and goes on by a thousandth of a second with each look at it."""

    def __init__(self, at: datetime) -> None:
        self.us = int(at.timestamp() * 1e6)

    def __call__(self) -> int:
        self.us += 1000
        return self.us

    def set(self, at: datetime) -> None:
        self.us = int(at.timestamp() * 1e6)


def run(home: Path) -> Iterator[Row]:
    """The page, as the first and as any other that is asked for."""
    began = datetime.now(UTC) - timedelta(days=DAYS * 2)
    clock = Clock(began)
    with telling(f"{DAYS * READERS * EACH:,} looks"):
        building = open_trust(home, clock=clock)
        urn = add_academy(building, 0)
        child = _looked(building, urn, clock, began)
        clock.set(datetime.now(UTC))
        if found := building.person_by_email(EMAIL):  # shut meanwhile: nobody has signed in for five years
            reopen(Desk(building, *found), found[0])
        building.close()
    with serving(home) as (client, _):
        client.sign_in()
        page, pages = f"/{urn}/looks/{child}", list[str]()
        first = timed(lambda: pages.append(client.get(page)))
        people, days = re.findall(r"([\d,]+) (?:people|days)", pages[0])[:2]
        what = f"who saw a child's record: {people} people on {days} days, of {DAYS * READERS * EACH:,} looks"
        yield row(f"{what}; the first page after a start", first, "s", most=1)
        yield row(f"{what}; after it", timed(lambda: client.get(page), 20), "s", most=1)
    shutil.rmtree(home)


def _looked(building: Building, urn: str, clock: Clock, began: datetime) -> UUID:
    """Five years of looks at the records of an academy; the child who was looked at most."""
    chance = random.Random(urn)  # noqa: S311 - made-up looks, the same each time
    (one,) = building.academies().values()
    pupils = sorted(building.academy_log(one).see_all(pupil))
    weights = [1 / (place + 10) for place in range(len(pupils))]  # some are looked at often, and most seldom
    staff, log = [new_id(chance) for _ in range(40)], building.reads_log(one)
    for day in range(DAYS):
        clock.set(began + timedelta(days=2 * day))
        for reader in chance.sample(staff, READERS):
            seen = chance.choices(pupils, weights, k=EACH)
            facts = [New(subject, Opened(building.today), chance.choice(_CLASSES)) for subject in seen]
            log.append(facts, command_id=uuid7(clock()), actor=Actor(reader, "Class teacher", f"bench{day}"))
    return pupils[0]
