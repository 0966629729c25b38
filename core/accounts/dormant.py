"""Accounts that nobody has used for long: shut, until somebody who looks after people opens them again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from core.accounts.commands import ReopenAccount
from core.accounts.rules import is_dormant
from core.accounts.views import last_signed_in
from core.signing_in.visiting import visits_until

if TYPE_CHECKING:
    from core.building import Building
    from core.desk import Desk


def is_shut(building: Building, person: UUID) -> bool:
    """Whether somebody who could sign in has not for so long that they cannot; never who is here for a while from
    outside, by a link of their own."""
    one = building.person(person)
    if one is None or not one.signs_in or visits_until(building, person):
        return False
    reads = building.reads_log(None)
    reads.refresh()
    used = reads.see(last_signed_in, person) or date.min
    return is_dormant(max(one.added_on, one.reopened_on or date.min, used), building.today)


def reopen(desk: Desk, person: UUID) -> None:
    """Opens it again, where it is shut: whoever sends somebody a link or a password means them to come in."""
    if is_shut(desk.building, person):
        desk.do(ReopenAccount(), person)
