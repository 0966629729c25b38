"""The trust's books from its academies': what one academy charges another is no money of the trust."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial

from msgspec import Struct

from core.law import Finding, cites
from core.money import pounds

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")


class Trade(Struct, frozen=True):
    """What one academy charged another, such as hours of a shared teacher."""

    ref: str
    seller: str
    buyer: str
    pence: int


class Books(Struct, frozen=True):
    """What came in and what was spent, in pence."""

    income_pence: int
    spent_pence: int


class TrustBooks(Struct, frozen=True):
    """The trust's income and spending, in pence."""

    income_pence: int
    spent_pence: int
    eliminated_pence: int  # what its academies charged each other: in neither of the two


_cites_roll_up = cites(
    "Tallystick: trades inside the trust are eliminated", "", as_at=_READ_ON, verified=False, rule="finance 41"
)


@_cites_roll_up
def trust_books(
    academies: tuple[Books, ...], central: Books, sold: tuple[Trade, ...] = (), bought: tuple[Trade, ...] = ()
) -> TrustBooks:
    """The trust's books: its academies' and its central services', less what its academies charged each other.

    A charge stands once in the seller's income, once in the buyer's spending, and not at all in the trust's. One that
    only one of the two has is not taken out: see what trade_findings says of it.

    Args:
        sold: Charges as the sellers have them.
        bought: Charges as the buyers have them.
    """
    eliminated = sum(trade.pence for trade in (Counter(sold) & Counter(bought)).elements())
    everyone = (*academies, central)
    return TrustBooks(
        sum(books.income_pence for books in everyone) - eliminated,
        sum(books.spent_pence for books in everyone) - eliminated,
        eliminated,
    )


@_cites_roll_up
def trade_findings(sold: tuple[Trade, ...], bought: tuple[Trade, ...]) -> tuple[Finding, ...]:
    """The charges that are not alike in both academies' books, and those of an academy to itself."""
    found = []
    for trade in (Counter(sold) - Counter(bought)).elements():
        says = (
            f"{trade.buyer} does not have {trade.seller}'s charge {trade.ref} of {pounds(trade.pence)}. "
            "Ask it to record the charge, or correct it."
        )
        found.append(_error("not_bought", says, "ref"))
    for trade in (Counter(bought) - Counter(sold)).elements():
        says = (
            f"{trade.seller} does not have the charge {trade.ref} of {pounds(trade.pence)} that {trade.buyer} has. "
            "Ask it to record the charge, or correct it."
        )
        found.append(_error("not_sold", says, "ref"))
    for trade in dict.fromkeys((*sold, *bought)):
        if trade.seller == trade.buyer:
            says = f"{trade.seller} cannot charge itself: {trade.ref}. Choose the academy it was for."
            found.append(_error("same_academy", says, "buyer"))
    return tuple(found)
