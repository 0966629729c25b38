"""Limits, tolerances and days that a trust works with; its own take the place of those marked as not verified."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from core.law import Edition


class Margin(Struct, frozen=True):
    """A sum and a share of an amount, read together by the rule that uses them."""

    pence: int
    basis_points: int  # hundredths of a per cent: 200 is 2 %


class SpendingLimit(Struct, frozen=True):
    """The most that a role may approve at once, in pence."""

    order_pence: int
    virement_pence: int


_PROPOSED = "Tallystick: proposed; each trust's scheme of delegation has its own"

SPENDING_LIMITS: Edition[Mapping[str, SpendingLimit]] = Edition(
    "2026",
    date.min,
    None,
    _PROPOSED,
    False,
    {
        "senco": SpendingLimit(50_000, 0),
        "business_manager": SpendingLimit(200_000, 100_000),
        "head": SpendingLimit(1_000_000, 500_000),
        "finance_director": SpendingLimit(5_000_000, 2_500_000),
        "chief_executive": SpendingLimit(10_000_000, 5_000_000),
    },
)
"""By role. A role that is not listed approves nothing; over the largest, the trustees decide."""

TOLERANCE = Edition("2026", date.min, None, "Tallystick: proposed; finance rule 27", False, Margin(1_000, 200))
"""How far an invoice may go over its order: the greater of the two."""

REASON = Edition("2026", date.min, None, "Tallystick: proposed; finance section 7", False, Margin(50_000, 500))
"""From where on a variance needs a reason: over both, the share being that of the budget."""

RELATED_PARTY = Edition("2026", date.min, None, "Academy Trust Handbook: general knowledge, not read", False, 4_000_000)
"""Spending with one related party in an academic year, in pence, over which the department must approve."""

SEPARATE_DISCLOSURE = Edition(
    "2021-22", date(2021, 9, 1), None, "Academy Trust Handbook, part 5, as it stood then", False, 500_000
)
"""Special payments, write-offs and gifts over this, in pence, are disclosed one by one."""

STRATEGY_DUE = Edition(
    "2026-27",
    date(2026, 4, 1),
    date(2027, 3, 31),
    "gov.uk, developing an inclusion strategy using the inclusive mainstream fund, 2026-06-25",
    True,
    date(2026, 12, 31),
)
"""The last day by which an inclusion strategy stands on the school's site."""

JOURNAL_LINES = Edition("2026", date.min, None, "help.xero.com, import of manual journals", True, 300)
"""The most lines one file of journals holds."""
