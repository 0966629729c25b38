"""Money in whole pence: read as people type it, said as people read it. No float ever holds any."""

from __future__ import annotations

import re
from fractions import Fraction

_TYPED = re.compile(
    r"(?P<sign>[-+\u2212])?\s*£?\s*(?P<pounds>\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.(?P<pence>\d{1,2}))?"
)


def pence_in(text: str) -> int | None:
    """The pence that a typed amount means, such as 180, £1,234.50, -0.5 or (12.00); None when it is no amount.

    In brackets, as ledgers print it, or with a minus ahead, it is below zero. A third place after the point makes it
    no amount: nothing is rounded unseen.
    """
    text = text.strip()
    bracketed = text.startswith("(") and text.endswith(")")
    typed = _TYPED.fullmatch(text[1:-1].strip() if bracketed else text)
    if typed is None or (bracketed and typed["sign"]):
        return None
    pence = int(typed["pounds"].replace(",", "")) * 100 + int((typed["pence"] or "0").ljust(2, "0"))
    return -pence if bracketed or typed["sign"] in {"-", "\N{MINUS SIGN}"} else pence


def pounds(pence: int) -> str:
    """An amount as people read it: £1,234.50; with a minus ahead of what is owed."""
    sign, whole = ("-", -pence) if pence < 0 else ("", pence)
    return f"{sign}£{whole // 100:,}.{whole % 100:02}"


def half_up(pence: int | Fraction, over: int = 1) -> int:
    """An amount, or its quotient, to the nearest penny; half a penny counts as one, and below zero as its mirror.

    Raises:
        ValueError: It is to be divided by nothing.
    """
    if over == 0:
        raise ValueError("there must be something to divide by")
    exact = Fraction(pence, over)
    nearest = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return -nearest if exact < 0 else nearest


def at_rate(pence: int, basis_points: int) -> int:
    """A rate of an amount, to the nearest penny.

    Args:
        basis_points: Hundredths of a per cent: 2868 is 28.68 %.
    """
    return half_up(pence * basis_points, 10_000)
