"""The report to governors as it may be told: no number tells of a child, alone or beside another year's."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from core.money import pounds
from core.roll.views import YEARS
from core.wording import day

from ...codes import SMALL_NUMBER
from ...rules import Cell, GovernorCells, Split, absence_rate, governor_cells
from ...views import Designated
from .counting import Numbers
from .years import Year

NOT_SHOWN = "not shown"
_OTHERS = "Other authorities"
_ELSE = "Any other year"
_PHASES: Mapping[str, tuple[str, ...]] = {
    "nursery": YEARS[:3],
    "primary": YEARS[: YEARS.index("7")],
    "secondary": YEARS[YEARS.index("7") : YEARS.index("14")],
    "post-16": YEARS[YEARS.index("12") : YEARS.index("X")],
}
"""Year groups of an academy, whoever is in them: that a row is there says nothing. All of them for any other phase."""


class Row(msgspec.Struct, frozen=True):
    """What is told, in words that hold no hidden number."""

    label: str
    says: str


class Section(msgspec.Struct, frozen=True):
    """A part of the report: what is told, and what a person adds."""

    title: str
    rows: tuple[Row, ...] = ()
    note: str = ""
    write: tuple[str, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """The whole report. There is nothing in it that governors may not see."""

    year: Year
    says: str
    """The first sentence; of nobody, that this is a nil return."""
    sections: tuple[Section, ...]


def report(
    year: Year,
    numbers: Numbers,
    before: Numbers,
    teachers: tuple[Designated, ...],
    phase: str,
    was_on: bool,
    counts: Collection[str],
) -> Report:
    """The report of a year.

    Args:
        before: The numbers of the year before, as its own report told them.
        was_on: Whether the plugin was in use when the report was closed.
        counts: The classes of record whose counts this person may see.
    """
    children = cells(numbers, phase)
    sections = [_numbers(numbers, children, cells(before, phase), phase)]
    if "lac.pep" in counts:
        sections += [_plans(numbers, children), _progress()]
    sections.append(_attendance(numbers, children, counts))
    sections.append(Section("Special educational needs", write=_SEN))
    if "lac.money" in counts:
        sections.append(_money(numbers, children))
    sections += [_training(teachers), Section("Policy", write=_POLICY)]
    return Report(year, _says(year, numbers, was_on), tuple(sections))


def cells(numbers: Numbers, phase: str) -> GovernorCells:
    """How many children were in care: by year group first, then by authority, and by how long."""
    total = numbers.total
    splits = [
        Split("By year group", _by_year(numbers.here, phase)),
        Split("By authority", _by_authority(numbers.by_authority)),
        Split(
            "By time in care",
            (Cell("A year or more", numbers.over_a_year), Cell("Less than a year", total - numbers.over_a_year)),
        ),
    ]
    return governor_cells(total, tuple(splits))


_FEW = "Not shown: so few children are behind it that it could tell who they are."
_SEN = (
    "How many have SEN support or an EHC plan, if five or more; whether needs are met.",
    "Whether reviews of EHC plans and PEP meetings are held together, and can move with the child.",
)
_POLICY = (
    "When the policy was last reviewed, and where the school development plan takes it up.",
    "What governors are asked to do.",
)


def _says(year: Year, numbers: Numbers, was_on: bool) -> str:
    if not numbers.nobody:
        return ""
    if not was_on:
        return f"Nothing of {year.name} was recorded here by {day(year.closed_on)}. This is not a nil return."
    return f"Nil return: in {year.name} no child looked after by an authority was on roll."


def _by_year(count: Mapping[str, int], phase: str) -> tuple[Cell, ...]:
    years = _PHASES.get(phase, YEARS)
    others = sum(number for year, number in count.items() if year not in years)
    return *(Cell(_year(year), count.get(year, 0)) for year in years), Cell(_ELSE, others)


def _year(year: str) -> str:
    return {"N1": "Nursery 1", "N2": "Nursery 2", "R": "Reception", "X": "No year group"}.get(year, f"Year {year}")


def _by_authority(count: Mapping[str, int]) -> tuple[Cell, ...]:
    """Authorities of five children or more by name; the others together, since a name tells where a child is from."""
    large = {name: number for name, number in sorted(count.items()) if number >= SMALL_NUMBER.value}
    others = sum(count.values()) - sum(large.values())
    return *(Cell(name, number) for name, number in large.items()), *([Cell(_OTHERS, others)] if others else [])


def _numbers(numbers: Numbers, children: GovernorCells, before: GovernorCells, phase: str) -> Section:
    previously = governor_cells(
        sum(numbers.previously.values()), (Split("By year group", _by_year(numbers.previously, phase)),)
    )
    joined, left = flows(numbers.joined, numbers.left, children.total, before.total)
    rows = [
        Row("Looked-after children on 31 August", children.total),
        *_split_rows(children),
        Row("Came into care here, or came here in care", joined),
        Row("Left care, or left the school", left),
        Row("Previously looked-after pupils on 31 August", previously.total),
        *_split_rows(previously, ", previously looked after"),
    ]
    return Section("Numbers", tuple(rows), write=("What this means for the designated teacher's time.",))


def flows(joined: int, left: int, total: str, total_before: str) -> tuple[str, str]:
    """How many joined and left in the year, as it may be told.

    What was there, with who joined and without who left, is what is there: of these four each can be had from the other
    three. So joined and left are told both or neither, and only between two totals that are told as numbers.

    Args:
        total: As the report of this year tells it.
        total_before: As that of the year before does.
    """
    told = all(one.isdecimal() or one == "none" for one in (total, total_before))
    large = min(joined, left) >= SMALL_NUMBER.value
    return (str(joined), str(left)) if told and large else (NOT_SHOWN, NOT_SHOWN)


def _split_rows(told: GovernorCells, of: str = "") -> list[Row]:
    """Cells with a number, each on its line; those without together, since they all say the same.

    Args:
        of: Whom the cells are of, where that is not plain.
    """
    rows = []
    for split in told.splits:
        rows += [Row(f"{cell.name}{of}", cell.says) for cell in split.cells if cell.says.isdecimal()]
        hidden = [cell for cell in split.cells if not cell.says.isdecimal()]
        if hidden:
            rows.append(Row(f"{split.name}{of}: every other", f"{hidden[0].says} each"))
    return rows


def _plans(numbers: Numbers, children: GovernorCells) -> Section:
    write = ("Plans that are late with the authority, and what was done.", "Actions still open.")
    if not children.rates_shown:
        return Section("Personal education plans", note=_FEW, write=write)
    outcome = (Cell("On time", numbers.on_time), Cell("Late", numbers.owed - numbers.on_time))
    owed = governor_cells(numbers.owed, (Split("By time", outcome),))
    rows = [Row("PEPs due in the year", owed.total), *_split_rows(owed)]
    agreed = sum(sum(grades.values()) for grades in numbers.grades.values())
    graded = governor_cells(agreed, (Split("By authority and grade", _by_grade(numbers.grades)),))
    rows += [Row("PEPs agreed in the year", graded.total), *_split_rows(graded)]
    return Section("Personal education plans", tuple(rows), write=write)


def _by_grade(grades: Mapping[str, Mapping[str, int]]) -> tuple[Cell, ...]:
    """Grades of each authority with five plans or more; the plans of all others together."""
    large = {name: many for name, many in sorted(grades.items()) if sum(many.values()) >= SMALL_NUMBER.value}
    others = sum(sum(many.values()) for name, many in grades.items() if name not in large)
    cells_of = [Cell(f"{name}, {grade}", number) for name, many in large.items() for grade, number in many.items()]
    return *cells_of, *([Cell(_OTHERS, others)] if others else [])


def _progress() -> Section:
    return Section("Progress", write=("Progress beside others of the same age, and towards targets; closing the gap.",))


def _attendance(numbers: Numbers, children: GovernorCells, counts: Collection[str]) -> Section:
    write = (
        "Attendance of all pupils, to compare with.",
        "What was done where attendance fell or a child was suspended.",
    )
    if not children.rates_shown:
        return Section("Attendance and suspensions", note=_FEW, write=write)
    rows = []
    if "lac.pep" in counts:
        rate = absence_rate(numbers.missed, numbers.possible) if _enough(numbers.attended) else None
        rows.append(Row("Sessions missed", NOT_SHOWN if rate is None else f"{(rate + 50) // 100}%"))
    if "lac.alerts" in counts:
        lost = str(numbers.sessions) if _enough(numbers.suspended) else NOT_SHOWN
        rows.append(Row("Suspensions of looked-after children", governor_cells(numbers.suspensions).total))
        rows.append(Row("Half days lost to them", lost))
    return Section("Attendance and suspensions", tuple(rows), write=write)


def _money(numbers: Numbers, children: GovernorCells) -> Section:
    """Sums, where the number of children is told and five or more share them."""
    write = ("What the premium changed for children, target by target.", "Use of the school's own premium.")
    if not children.total.isdecimal() or not _enough(numbers.claimed):
        return Section("Pupil premium plus", note=_FEW, write=write)
    told = numbers.money
    sums = [("Asked for", told.asked_pence), ("Agreed", told.agreed_pence)]
    sums += [("Received", told.paid_pence), ("Spent", told.spent_pence)]
    rows = tuple(Row(label, pounds(pence)) for label, pence in sums)
    return Section("Pupil premium plus", rows, note="Of claims made in the year.", write=write)


def _training(teachers: tuple[Designated, ...]) -> Section:
    rows = []
    for one in teachers:
        until = f" until {day(one.until_by)}" if one.until_by else ""
        trained = [f"{day(it.trained_on)}, {it.course}" for it in one.trained]
        label = f"Designated teacher from {day(one.from_on)}{until}"
        rows.append(Row(label, "; ".join(trained) or "no training recorded"))
    note = "" if rows else "No designated teacher was recorded in the year."
    return Section("Training", tuple(rows), note=note, write=("Training of other staff, and the plan for next year.",))


def _enough(children: int) -> bool:
    return children >= SMALL_NUMBER.value
