"""Rates, thresholds, scores and days of the census, each with the day from which it held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from core.law import Edition

from .care import Code, by_code


class Band(Struct, frozen=True):
    """Scores that are read alike; both ends belong to it."""

    name: str
    lowest: int
    highest: int


class CensusDays(Struct, frozen=True):
    """The Thursdays on which those are counted for whom the grant is paid: the month, and which of its Thursdays."""

    month: int
    thursday: int
    alternative_month: int  # for alternative provision and pupil referral units
    alternative_thursday: int


_NOT_READ = "gov.uk, published 2026-03-27, the figure not read"
_Rates = tuple[Edition[int | None], ...]
LOOKED_AFTER_RATES: _Rates = (
    Edition("2024-25", date(2024, 4, 1), date(2025, 3, 31), "westberks.gov.uk, 2024-25", True, 257_000),
    Edition("2025-26", date(2025, 4, 1), date(2026, 3, 31), "lancashire.gov.uk, PPG+ policy 2025-26", True, 263_000),
    Edition("2026-27", date(2026, 4, 1), date(2027, 3, 31), _NOT_READ, False, None),
)
"""Pupil premium plus for a financial year, in pence; None when the figure is not known."""

PREVIOUSLY_RATES: _Rates = (
    Edition("2024-25", date(2024, 4, 1), date(2025, 3, 31), "taken to be the same as looked after", False, 257_000),
    Edition("2025-26", date(2025, 4, 1), date(2026, 3, 31), "a school's table of 2025-26 rates", True, 263_000),
    Edition("2026-27", date(2026, 4, 1), date(2027, 3, 31), _NOT_READ, False, None),
)
"""The same for a previously looked-after pupil, paid to the school."""

_GRANT = "gov.uk, pupil premium technical note, 2025-03-27; days: devon.gov.uk, 2025-01-09"
GRANT_COUNTS = (
    Edition("2025-26", date(2025, 4, 1), date(2026, 3, 31), _GRANT, True, CensusDays(10, 1, 1, 3)),
    Edition("if the October rule goes on", date(2026, 4, 1), None, _GRANT, False, CensusDays(10, 1, 1, 3)),
)
"""By the day from which the grant is paid."""

CARRY_OVER = Edition("2026", date.min, None, "Domain notes, lac rule 10: proposed", False, 10)
"""School days at the end of a term in which a first PEP may count for the next."""

PERSISTENT_ABSENCE = Edition("2015", date(2015, 9, 1), None, "general knowledge", False, 10)
"""Per cent of the sessions a child could attend."""

SMALL_NUMBER = Edition("2026", date.min, None, "Domain notes, lac rule 33: a trust may set its own", False, 5)
"""Fewer children than this are not told to governors."""

SDQ_REASONS = Edition(
    "2026",
    date.min,
    None,
    "SDQ1 to SDQ5 from github.com/data-to-insight/csc-validator-be-903; their names are general knowledge",
    False,
    by_code(
        Code("SDQ1", "Child too young or too old"),
        Code("SDQ2", "Carer refused"),
        Code("SDQ3", "Not possible because of the child's disability"),
        Code("SDQ4", "Another reason"),
        Code("SDQ5", "Child refused"),
    ),
)

SDQ_BANDS = Edition(
    "2026",
    date.min,
    None,
    "Domain notes, lac section 15; their names are general knowledge",
    False,
    (Band("normal", 0, 13), Band("borderline", 14, 16), Band("cause for concern", 17, 40)),
)

WHO_IS_TOLD: Mapping[str, str] = {
    "social_worker": "Social worker",
    "virtual_school": "Virtual school head",
    "carer": "Parent or carer",
}
"""Of a suspension or permanent exclusion."""
