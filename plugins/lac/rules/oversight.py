"""What governors may be told, who is designated teacher, and a child who is open twice."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from msgspec import Struct

from core.law import Finding, cites, plain

from ..codes import SMALL_NUMBER

_READ_ON = date(2026, 11, 22)
_DAY = timedelta(days=1)
_LEAST_THRESHOLD = 3  # under it, what is hidden can be guessed
_error = partial(Finding, "error")


class Cell(Struct, frozen=True):
    """How many of the children are of one kind, such as Year 7."""

    name: str
    pupils: int


class Split(Struct, frozen=True):
    """The children by one thing, such as their year; each child is in one cell."""

    name: str
    cells: tuple[Cell, ...]


class ShownCell(Struct, frozen=True):
    """A cell as governors see it: a number, or "fewer than 5"."""

    name: str
    says: str


class ShownSplit(Struct, frozen=True):
    """A split as governors see it."""

    name: str
    cells: tuple[ShownCell, ...]


class GovernorCells(Struct, frozen=True):
    """What governors are told: numbers by which no child can be known."""

    total: str  # a number, "none", "fewer than 5" or "not shown"
    rates_shown: bool  # such as attendance; as a share alone, never with the numbers it comes from
    splits: tuple[ShownSplit, ...]  # those that may be shown


class DesignatedTeacher(Struct, frozen=True):
    """A designated teacher's time at an academy."""

    from_on: date
    until_by: date | None = None  # None while it goes on
    qualified: bool = False
    head: bool = False  # or acting head


class Gap(Struct, frozen=True):
    """Days without a designated teacher, both ends included."""

    from_on: date
    until_by: date


class OpenAt(Struct, frozen=True):
    """A child whose record is open at an academy."""

    upn: str
    academy: str
    dual_from: date | None = None  # registered here and elsewhere since then
    dual_until: date | None = None  # the last day of that; None while it goes on


@cites("Hertfordshire virtual school, governor report", "docslib.org/doc/13942285", as_at=_READ_ON, rule="lac 33")
def governor_cells(total: int, splits: tuple[Split, ...] = (), fewer_than: int = SMALL_NUMBER.value) -> GovernorCells:
    """What governors may be told of how many children there are, and of their splits.

    With fewer than five children: only that, no split and no rate. Otherwise each cell under five is hidden, an empty
    one too. Where the total would give a hidden cell of the first split back, the total is hidden, and so is every
    other split; any other split that the total would open is left out.

    Args:
        splits: The one that matters most first.
        fewer_than: The trust's own threshold, 3 or more.

    Raises:
        ValueError: The cells of a split do not add up to the total, or the threshold is too low.
    """
    if fewer_than < _LEAST_THRESHOLD:
        raise ValueError(f"the threshold must be {_LEAST_THRESHOLD} or more")
    for split in splits:
        if sum(cell.pupils for cell in split.cells) != total:
            raise ValueError(f"{split.name} does not add up to {total}")
    few = f"fewer than {fewer_than}"
    if total < fewer_than:
        return GovernorCells(few if total else "none", rates_shown=False, splits=())
    total_hidden = bool(splits) and _opens(splits[0], fewer_than)
    told = splits[:1] if total_hidden else tuple(split for split in splits if not _opens(split, fewer_than))
    shown = tuple(
        ShownSplit(
            split.name,
            tuple(ShownCell(cell.name, few if cell.pupils < fewer_than else str(cell.pupils)) for cell in split.cells),
        )
        for split in told
    )
    return GovernorCells("not shown" if total_hidden else str(total), rates_shown=True, splits=shown)


def _opens(split: Split, fewer_than: int) -> bool:
    """Whether the total beside a split would tell a hidden cell.

    One hidden cell is what is left of the total. Several are told when nothing is left for them, or as much as they can
    hold; one less than that counts as well, or hiding the total would itself tell that they are full.
    """
    hidden = [cell.pupils for cell in split.cells if cell.pupils < fewer_than]
    full = (fewer_than - 1) * len(hidden)
    return len(hidden) == 1 or (len(hidden) > 1 and (sum(hidden) == 0 or sum(hidden) >= full - 1))


@cites("Tallystick: one named designated teacher on every day", "", as_at=_READ_ON, verified=False, rule="lac 34")
def designated_gaps(teachers: tuple[DesignatedTeacher, ...]) -> tuple[Gap, ...]:
    """The stretches between two designated teachers in which an academy has none; weekends and holidays count."""
    found: list[Gap] = []
    covered_by: date | None = None
    for one in sorted(teachers, key=lambda one: one.from_on):
        if covered_by is not None and covered_by < one.from_on - _DAY:
            found.append(Gap(covered_by + _DAY, one.from_on - _DAY))
        covered_by = max(covered_by or date.min, one.until_by or date.max)
    return tuple(found)


@cites(
    "Role of the designated teacher; one for each academy is our reading",
    "ssslearning.co.uk",
    as_at=_READ_ON,
    edition="2023-02-05",
    rule="lac 34",
)
def designated_findings(teachers: tuple[DesignatedTeacher, ...], on_day: date) -> tuple[Finding, ...]:
    """What is wrong with an academy's designated teachers on a day: none, two, not qualified; and days to come without.

    A designated teacher has qualified teacher status, or is the head or acting head.
    """
    found = []
    now = [one for one in teachers if one.from_on <= on_day <= (one.until_by or date.max)]
    if not now:
        found.append(_error("nobody_designated", "Name a designated teacher, and tell the authority.", "from_on"))
    if len(now) > 1:
        found.append(_error("two_designated", "Two are named. Say who is accountable, and end the other.", "until_by"))
    if any(not one.qualified and not one.head for one in now):
        says = "A designated teacher is a qualified teacher, or the head or acting head. Name another."
        found.append(_error("not_qualified", says, "qualified"))
    for gap in designated_gaps(teachers):
        if gap.until_by >= on_day:
            says = f"Nobody is named from {plain(gap.from_on)} to {plain(gap.until_by)}. Name somebody for these days."
            found.append(Finding("warning", "designated_gap", says, "from_on"))
    last_by = max((one.until_by or date.max for one in now), default=date.max)
    if last_by < date.max and not any(one.from_on > on_day for one in teachers):
        says = f"Nobody is named after {plain(last_by)}. Name who follows."
        found.append(Finding("warning", "no_successor", says, "until_by"))
    return tuple(found)


@cites("Tallystick: a child is open at one academy", "", as_at=_READ_ON, verified=False, rule="lac 35")
def duplicate_findings(open_at: tuple[OpenAt, ...], on_day: date) -> tuple[Finding, ...]:
    """Children open at two academies of the trust at once, unless each has days of dual registration that run.

    Records without a UPN are not compared.
    """
    places: dict[str, list[OpenAt]] = {}
    for one in open_at:
        if upn := one.upn.strip().upper():
            places.setdefault(upn, []).append(one)
    found = []
    for upn, there in places.items():
        academies = sorted({one.academy for one in there})
        if len(academies) > 1 and not all(_is_dual(one, on_day) for one in there):
            says = f"{upn} is open at {' and '.join(academies)}. End one, or give both the days of dual registration."
            found.append(_error("open_twice", says, "upn"))
    return tuple(found)


def _is_dual(one: OpenAt, on_day: date) -> bool:
    return one.dual_from is not None and one.dual_from <= on_day <= (one.dual_until or date.max)
