"""Money in whole pence: read as people type it, said as people read it. No float ever holds any."""

from __future__ import annotations

import re

_TYPED = re.compile(r"£?\s*(?P<pounds>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<pence>\d{1,2}))?")


def pence_in(text: str) -> int | None:
    """The pence that a typed amount means, such as 180, £1,234.50 or 0.5; None when it is no amount."""
    typed = _TYPED.fullmatch(text.strip())
    if typed is None:
        return None
    return int(typed["pounds"].replace(",", "")) * 100 + int((typed["pence"] or "0").ljust(2, "0"))


def pounds(pence: int) -> str:
    """An amount as people read it: £1,234.50; with a minus ahead of what is owed."""
    sign, whole = ("-", -pence) if pence < 0 else ("", pence)
    return f"{sign}£{whole // 100:,}.{whole % 100:02}"
