"""A made-up trust to look at: eight academies, their staff, two years of their register; no real person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random

import msgspec

from core.accounts.dormant import reopen
from core.building import Building, prepare
from core.cli.setting_up import make_key
from core.demo.asking import ask
from core.demo.clock import Clock, at_hour
from core.demo.people import PASSWORD, leave_open, open_trust
from core.demo.places import SITES, sign_ins
from core.demo.story import Story
from core.demo.typing_in import Typist
from core.desk import Desk
from core.periods import london_today
from core.settings import Settings

__all__ = ["PASSWORD", "SIGN_INS", "make", "open_doors"]

SIGN_INS = sign_ins()
"""An address for each role, and whose it is in plain words."""
_QUICK = (1, 8192, 1)  # Argon2 for people who do not exist: a real password costs a hundred times as much


def open_doors(building: Building) -> None:
    """Lets everybody in whose account is shut since nobody looked at the made-up trust for long."""
    operator = next((key, one) for key, one in building.people().items() if one.operator)
    known = [building.person_by_email(email) for email, _ in SIGN_INS]
    for person, _ in filter(None, known):
        reopen(Desk(building, *operator), person)


def make(
    settings: Settings,
    *,
    pupils: int,
    progress: Callable[[int, int], None],
    seed: str = "Keystone",
    today: date | None = None,
) -> None:
    """Makes the trust in an empty home; the same seed, number and day tell the same story.

    Args:
        pupils: About how many are on roll at one time.
        today: The story is typed up to the eve of this day; None for the machine's own.
    """
    today = today or london_today(datetime.now(UTC))
    story = Story(seed, pupils, today)
    rng = Random(f"{seed}, staff")  # noqa: S311 - names of people who do not exist
    make_key(settings)
    prepare(settings)
    clock = Clock(at_hour(today, 0))
    building = Building(msgspec.structs.replace(settings, argon2=_QUICK), clock=clock)
    try:
        staff = open_trust(building, clock, story, rng)
        done, total = 0, sum(len(story.entries(site)) for site in SITES)

        def typed() -> None:
            nonlocal done
            done += 1
            if done % 50 == 0 or done == total:
                progress(done, total)

        for site in SITES:
            typist = Typist(building, clock, staff, story, site)
            typist.begin(rng)
            typist.type_in(typed)
        leave_open(building, clock, staff, story)
        ask(building, clock, staff, today)
        clock.set(at_hour(today, 0))
    finally:
        building.close()
