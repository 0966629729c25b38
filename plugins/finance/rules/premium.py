"""Premium and other grants of the financial year, and what of them belongs to which academic year."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from core.law import cites, in_force
from core.money import half_up

from ..codes import PREMIUM_RATES, PremiumKind

_READ_ON = date(2026, 11, 22)


class FinancialYearParts(Struct, frozen=True):
    """A financial year's sum in its two academic years, in pence."""

    april_to_august_pence: int  # of the academic year already running
    september_to_march_pence: int  # of the one that begins within it


_cites_split = cites(
    "Tallystick: a financial year has five months in one academic year, seven in the next",
    "",
    as_at=_READ_ON,
    verified=False,
    rule="finance 13",
)


@cites(
    "Pupil premium technical note",
    "gov.uk",
    as_at=_READ_ON,
    edition="2025 to 2026",
    rule="finance section 2",
)
def premium_for(kind: PremiumKind, pupils: int, on_day: date) -> int | None:
    """What a premium brings for so many pupils in the financial year of a day, in pence.

    None when its rate is not known: the rate of another year is never taken for it.
    """
    edition = in_force(PREMIUM_RATES[kind], on_day)
    return None if edition is None or edition.value is None else edition.value * pupils


@_cites_split
def financial_into_academic(pence: int) -> FinancialYearParts:
    """A financial year's sum, split between the academic years it lies in; together they are the sum."""
    september_to_march = half_up(7 * pence, 12)
    return FinancialYearParts(pence - september_to_march, september_to_march)


@_cites_split
def academic_income(pence: int, next_pence: int) -> int:
    """What an academic year gets of grants for financial years: seven months of one and five of the next, in pence.

    Args:
        pence: Of the financial year in which the academic year begins.
        next_pence: Of the financial year after it.
    """
    first, second = financial_into_academic(pence), financial_into_academic(next_pence)
    return first.september_to_march_pence + second.april_to_august_pence
