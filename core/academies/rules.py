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


_cites_small = cites(
    "Domain notes, register rule 35 and trust section 2: a count of 1 to 4 pupils is suppressed with its complement",
    "",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="register 35",
)


@_cites_small
def suppressed_below(on_day: date) -> int:
    """The count from which a number may be shown; one that is smaller, and not 0, is suppressed.

    A day before the first threshold goes by the first: hiding more than is needed harms nobody.
    """
    return (in_force(SMALL, on_day) or SMALL[0]).value


@_cites_small
def shown(part: int, whole: int, on_day: date) -> bool:
    """Whether a count may be shown beside its whole.

    Hidden when the part is 1 to 4, and when what is left of the whole is 1 to 4, since either tells the other.
    """
    small = suppressed_below(on_day)
    return not (0 < part < small or 0 < whole - part < small)


@cites(
    "Domain notes, register rule 35: complementary cells are hidden, so that no total gives a hidden cell back",
    "",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="register 35",
)
def hidden_cells(cells: Sequence[int], on_day: date, also: Sequence[bool] = ()) -> tuple[bool, ...]:
    """For counts that add up to a total known elsewhere: which must be hidden.

    Every count of 1 to 4; and when exactly one is hidden, the smallest other that is not zero as well, since the total
    would give the one back.

    Args:
        also: For each, whether it must be hidden for another reason.
    """
    small = suppressed_below(on_day)
    hidden = [0 < cell < small or (at < len(also) and also[at]) for at, cell in enumerate(cells)]
    if sum(hidden) == 1:
        others = [at for at, cell in enumerate(cells) if not hidden[at] and cell > 0]
        if others:
            hidden[min(others, key=lambda at: cells[at])] = True
    return tuple(hidden)


@cites(
    "Domain notes, register rule 35: complementary cells are hidden, so that no total gives a hidden cell back",
    "",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="register 35",
)
def hidden_in_both(rows: Sequence[bool], groups: Sequence[bool]) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    """For counts told twice, row by row and group by group, both adding up to one total: which must be hidden in each.

    The total of one table may be had from the other. So cells go in pairs, the last three together where their number
    is odd, and a pair is shown when neither is small: which of a hidden pair is the small one, and how small, stays
    open to whoever knows the total and this rule. A table of one cell is the total: hidden, it hides the other table.

    Args:
        rows: For each cell of one table, in an order that does not hang on the counts, whether it is small.
        groups: The same for the other.
    """
    first, second = _in_pairs(rows), _in_pairs(groups)
    alone = (len(first) == 1 and any(first)) or (len(second) == 1 and any(second))
    return (tuple(alone or one for one in first), tuple(alone or one for one in second))


def _in_pairs(small: Sequence[bool]) -> list[bool]:
    pairs = max(len(small) // 2, 1)
    found = [any(small[2 * at : len(small) if at == pairs - 1 else 2 * at + 2]) for at in range(pairs)]
    return [found[min(at // 2, pairs - 1)] for at in range(len(small))]
