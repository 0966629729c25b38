"""Pay ranges and allowances of teachers in England outside London, for each pay year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from core.law import Edition


class PayRange(Struct, frozen=True):
    """A range of a year's full-time pay, or of an allowance, in pence; both ends belong to it."""

    key: str
    title: str
    least_pence: int | None  # None where the figure is not known
    most_pence: int | None
    points: tuple[int, ...] = ()  # of its steps, where they are known
    verified: bool = True


def _by_key(*ranges: PayRange) -> Mapping[str, PayRange]:
    return {one.key: one for one in ranges}


PAY_RANGES: tuple[Edition[Mapping[str, PayRange]], ...] = (
    Edition(
        "2025-26",
        date(2025, 9, 1),
        date(2026, 8, 31),
        "schoolbusinessservices.co.uk on STPCD 2025, September 2025; allowances not verified",
        False,
        _by_key(
            PayRange("main", "Main range", 3_291_600, 4_535_200),
            PayRange("upper", "Upper range", 4_747_200, 5_104_800),
            PayRange("leadership", "Leadership range", 5_177_300, 14_379_600),
            PayRange("sen", "SEN allowance", 278_700, 549_700, verified=False),
            PayRange("tlr1", "TLR1", 1_017_400, 1_721_600, verified=False),
            PayRange("tlr2", "TLR2", 352_700, 861_100, verified=False),
            PayRange("tlr3", "TLR3, fixed term", None, None, verified=False),
        ),
    ),
    Edition(
        "2026-27",
        date(2026, 9, 1),
        date(2027, 8, 31),
        "Two public pay calculators on STRB 36th report, Appendix F; not checked against STPCD 2026",
        False,
        _by_key(
            PayRange(
                "main",
                "Main range",
                3_406_900,
                4_694_000,
                (3_406_900, 3_604_200, 3_840_000, 4_094_100, 4_352_900, 4_694_000),
                verified=False,
            ),
            PayRange("upper", "Upper range", 4_913_400, 5_283_500, (4_913_400, 5_095_600, 5_283_500), verified=False),
            PayRange("leadership", "Leadership range", 5_358_500, 14_882_900, verified=False),
            PayRange("sen", "SEN allowance", 288_500, 568_900, verified=False),
            PayRange("tlr1", "TLR1", 1_053_000, 1_781_900, verified=False),
            PayRange("tlr2", "TLR2", 365_000, 891_200, verified=False),
            PayRange("tlr3", "TLR3, fixed term", 72_700, 360_000, verified=False),
        ),
    ),
)
"""An edition counts as verified when all its figures are. Of 2026-27 the two calculators differ by a pound where one
rounds up: the lower figure is taken."""
