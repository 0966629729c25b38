"""What an authority or the department pays, what an employer pays on top of pay, and VAT: each rate with its days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

PremiumKind = Literal["primary", "secondary", "looked_after", "previously", "service"]


class Insurance(Struct, frozen=True):
    """What an employer pays of National Insurance for one person."""

    basis_points: int  # hundredths of a per cent
    floor_pence: int  # of a year's pay; nothing is paid on what lies below it


class Levy(Struct, frozen=True):
    """The apprenticeship levy of one employer."""

    basis_points: int
    floor_pence: int  # of a year's pay bill


class Places(Struct, frozen=True):
    """What a place in a unit or in resourced provision brings in a year, in pence."""

    filled_pence: int  # filled at the census by a pupil on the school's roll
    empty_pence: int  # any other


class VatRate(Struct, frozen=True):
    """A rate of VAT as an invoice line bears it."""

    title: str
    basis_points: int  # hundredths of a per cent


_NOTIONAL = "gov.uk, notional SEN budget, operational guidance"
THRESHOLDS = (
    Edition("2025-26", date(2025, 4, 1), date(2026, 3, 31), f"{_NOTIONAL} 2025 to 2026", True, 600_000),
    Edition("2026-27", date(2026, 4, 1), None, f"{_NOTIONAL} 2026 to 2027, not read", False, 600_000),
)
"""The first cost of a pupil's extra support, for a whole year, which the school meets itself, in pence."""

UNIT_PLACES = Edition("2026", date.min, None, "general knowledge", False, Places(600_000, 1_000_000))

_TABLE = "flyfordflavellprimaryschool.com, pupil premium 2025-26"
_NOT_READ = "gov.uk, published 2026-03-27, the figure not read"
_WESTBURY = "westburyceschool.co.uk, pupil premium"
_THIS_YEAR: Edition[int | None] = Edition("2026-27", date(2026, 4, 1), date(2027, 3, 31), _NOT_READ, False, None)


def _in_2025_26(pence: int, source: str = _TABLE, verified: bool = True) -> Edition[int | None]:
    return Edition("2025-26", date(2025, 4, 1), date(2026, 3, 31), source, verified, pence)


PREMIUM_RATES: Mapping[PremiumKind, tuple[Edition[int | None], ...]] = {
    "primary": (_in_2025_26(151_500), _THIS_YEAR),
    "secondary": (_in_2025_26(107_500), _THIS_YEAR),
    "looked_after": (_in_2025_26(263_000, "lancashire.gov.uk, PPG+ policy 2025-26"), _THIS_YEAR),
    "previously": (_in_2025_26(263_000), _THIS_YEAR),
    "service": (
        Edition("2022-23", date(2022, 4, 1), date(2023, 3, 31), _WESTBURY, True, 32_000),
        Edition("2023-24", date(2023, 4, 1), date(2024, 3, 31), _WESTBURY, True, 33_500),
        _in_2025_26(35_000, "general knowledge", verified=False),
        _THIS_YEAR,
    ),
}
"""For one pupil and financial year, in pence; None when the figure is not known."""

_BUDGET_2024 = "barnett-waddingham.co.uk, posts on the Budget of 2024"
INSURANCE = (
    Edition("2025-26", date(2025, 4, 6), date(2026, 4, 5), _BUDGET_2024, True, Insurance(1_500, 500_000)),
    Edition("if 2025-26 goes on", date(2026, 4, 6), None, _BUDGET_2024, False, Insurance(1_500, 500_000)),
)

_TEACHERS = "teacherspensions.co.uk, calculating contributions; gov.uk, grant of 2025-26"
TEACHERS_PENSION = (
    Edition("2024-26", date(2024, 4, 1), date(2026, 3, 31), _TEACHERS, True, 2_868),
    Edition("if 2025-26 goes on", date(2026, 4, 1), None, _TEACHERS, False, 2_868),
)
"""What the employer pays, the levy with it, in hundredths of a per cent of pay."""

LOCAL_PENSION = Edition(
    "example", date.min, None, "Domain notes, finance rule 17: an example; each pension fund sets its own", False, 2_200
)
"""What the employer pays for support staff, in hundredths of a per cent of pay: to be replaced by the fund's own."""

LEVY = Edition("2026", date.min, None, "general knowledge", False, Levy(50, 300_000_000))

VAT_RATES = Edition(
    "2026",
    date.min,
    None,
    "general knowledge; an invoice's own rate stands",
    False,
    {
        "standard": VatRate("Standard rate, 20%", 2_000),
        "reduced": VatRate("Reduced rate, 5%", 500),
        "zero": VatRate("Zero rate", 0),
        "exempt": VatRate("Exempt", 0),
        "outside": VatRate("Outside the scope of VAT", 0),
    },
)
"""Education and therapy are often exempt, so no rate is taken for granted."""
