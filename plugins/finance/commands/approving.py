"""Who may approve, up to how much, and what is closed: what every decision about money rests on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from core.errors import NotAllowed, Refused

from ..codes import SPENDING_LIMITS, SpendingLimit
from ..views import Budgets, month_of

if TYPE_CHECKING:
    from core.desk import Desk


def may_sign(desk: Desk, record: str) -> None:
    """Turns away whoever may not approve here."""
    if not desk.may("sign", record):
        raise NotAllowed


def two_people(asked_by: UUID, desk: Desk) -> None:
    """Refuses whoever would approve what they asked for themselves."""
    if asked_by == desk.person_id:
        raise Refused(
            "Somebody else must approve what you asked for.",
            code="same_person",
        )


def limit_of(known: Budgets, desk: Desk) -> SpendingLimit:
    """The most this person may approve at once: the largest of their roles', as set here or as a trust starts."""
    usual = SPENDING_LIMITS.value
    held = [
        SpendingLimit(own.order_pence, own.virement_pence) if (own := known.limits.get(role)) else usual.get(role)
        for role in desk.permissions.roles
    ]
    found = [one for one in held if one is not None]
    return SpendingLimit(
        max((one.order_pence for one in found), default=0), max((one.virement_pence for one in found), default=0)
    )


def not_closed(known: Budgets, day: date, field: str) -> None:
    """Refuses what would be posted into a closed month."""
    if month_of(day) in known.closed:
        raise Refused(
            f"{day:%B %Y} is closed. Put it into a month that is open, and say there what it corrects.",
            code="month_closed",
            field=field,
        )
