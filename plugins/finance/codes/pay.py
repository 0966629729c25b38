"""Pay points, awards and allowances, each for as long as it held; those of the time after are not known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

Allowance = Literal["SEN", "TLR1", "TLR2", "TLR3"]


class PayRange(Struct, frozen=True):
    """The least and the most of a year's pay or allowance, in pence; both belong to it."""

    least_pence: int
    most_pence: int


class Award(Struct, frozen=True):
    """A rise in pay."""

    basis_points: int  # hundredths of a per cent
    least_pence: int = 0  # a year's pay rises by this at least


_SCALES = "teacherpaycalculator.com, pay scales 2025-26, England outside London"
TEACHER_POINTS: tuple[Edition[Mapping[str, int]], ...] = (
    Edition(
        "2025-26",
        date(2025, 9, 1),
        date(2026, 8, 31),
        _SCALES,
        True,
        {
            "M1": 3_291_600,
            "M2": 3_482_300,
            "M3": 3_710_100,
            "M4": 3_955_600,
            "M5": 4_205_700,
            "M6": 4_535_200,
            "U1": 4_747_200,
            "U2": 4_923_200,
            "U3": 5_104_800,
        },
    ),
    Edition(
        "2026-27 if 3.5% applies",
        date(2026, 9, 1),
        date(2027, 8, 31),
        f"{_SCALES}, raised by the government's plan",
        False,
        {"M1": 3_406_800, "M6": 4_693_900},
    ),
)
"""A full-time year, in pence."""

UNQUALIFIED = (Edition("2025-26", date(2025, 9, 1), date(2026, 8, 31), _SCALES, True, PayRange(2_260_100, 3_525_900)),)

SUPPORT_POINTS: tuple[Edition[Mapping[str, int]], ...] = (
    Edition(
        "2025-26",
        date(2025, 4, 1),
        date(2026, 3, 31),
        "worked out from the points of 2024 and the award of 3.2%",
        False,
        {
            "3": 2_479_600,
            "4": 2_518_500,
            "5": 2_558_300,
            "6": 2_598_900,
            "7": 2_640_300,
            "8": 2_682_400,
            "9": 2_725_400,
            "10": 2_769_400,
            "11": 2_814_200,
            "12": 2_859_800,
        },
    ),
)
"""A full-time year, in pence. Those of April 2026 are not known: point 2 is gone, and the award was not read."""

TEACHER_AWARDS: tuple[Edition[Award], ...] = (
    Edition("2025", date(2025, 9, 1), date(2026, 8, 31), "Schools Week, 2025", True, Award(400)),
    Edition("2026, planned", date(2026, 9, 1), date(2027, 8, 31), "newsumm.com, 2026", False, Award(350)),
    Edition("2027, planned", date(2027, 9, 1), date(2028, 8, 31), "newsumm.com, 2026", False, Award(300)),
)

SUPPORT_AWARDS: tuple[Edition[Award], ...] = (
    Edition("2025", date(2025, 4, 1), date(2026, 3, 31), "derbyshirealc.gov.uk, NJC 2025-26", True, Award(320)),
)

SUPPORT_SCENARIOS: Mapping[str, Edition[Award]] = {
    "as_last_year": Edition(
        "2026 as in 2025", date(2026, 4, 1), date(2027, 3, 31), "Tallystick: proposed", False, Award(320)
    ),
    "as_claimed": Edition(
        "2026 as claimed", date(2026, 4, 1), date(2027, 3, 31), "naht.org.uk, 2025-11", False, Award(1_000, 300_000)
    ),
}
"""What to plan with until the award of April 2026 is entered."""

ALLOWANCES: tuple[Edition[Mapping[Allowance, PayRange]], ...] = (
    Edition(
        "2025-26",
        date(2025, 9, 1),
        date(2026, 8, 31),
        "general knowledge",
        False,
        {
            "SEN": PayRange(278_700, 549_700),
            "TLR1": PayRange(1_017_400, 1_721_600),
            "TLR2": PayRange(352_700, 861_100),
            "TLR3": PayRange(70_200, 347_800),
        },
    ),
)
"""For a full-time year. There is one SEN allowance, not two, since 1 September 2010."""
