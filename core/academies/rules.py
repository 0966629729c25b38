"""Small numbers, and the figures of England that academies are shown beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.law import Edition, cites, in_force

SMALL = (
    Edition(
        name="Trust's own threshold",
        from_on=date(2014, 9, 1),
        until_by=None,
        source="Domain notes, trust section 2: counts under a threshold set by the trust are suppressed, 5 by default",
        verified=False,
        value=5,
    ),
)


@cites(
    "Domain notes, register rule 35 and trust section 2: a count of 1 to 4 pupils is suppressed with its complement",
    "",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="register 35",
)
def shown(part: int, whole: int, on_day: date) -> bool:
    """Whether a count may be shown beside its whole.

    Hidden when the part is 1 to 4, and when what is left of the whole is 1 to 4, since either tells the other.
    """
    edition = in_force(SMALL, on_day)
    small = edition.value if edition else 5
    return not (0 < part < small or 0 < whole - part < small)


@cites(
    "Domain notes, register rule 35: complementary cells are hidden, so that no total gives a hidden cell back",
    "",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="register 35",
)
def hidden_cells(cells: Sequence[int], on_day: date) -> tuple[bool, ...]:
    """For counts that add up to a total shown elsewhere: which must be hidden.

    Every count of 1 to 4; and when exactly one is hidden, the smallest other that is not zero as well, since the total
    would give the one back.
    """
    edition = in_force(SMALL, on_day)
    small = edition.value if edition else 5
    hidden = [0 < cell < small for cell in cells]
    if sum(hidden) == 1:
        others = [at for at, cell in enumerate(cells) if not hidden[at] and cell > 0]
        if others:
            hidden[min(others, key=lambda at: cells[at])] = True
    return tuple(hidden)
