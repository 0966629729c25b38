"""Each academy's measures, with small numbers and what would give them back hidden before anything else sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.academies.hiding import hidden
from core.academies.rules import suppressed_below
from core.academies.views import Academy
from core.answers import Measure
from core.counting import CountingDesk
from core.roll.views import pupil

if TYPE_CHECKING:
    from core.building import Building


class Cell(msgspec.Struct, frozen=True):
    """A measure as it may be shown. `part` and `share` are None when hidden."""

    measure: Measure
    """Its title, scale and source; not its numbers, which may be hidden."""
    part: int | None
    whole: int | None
    """None where it is not told."""
    share: float | None
    """Per cent of the whole."""
    says: str

    @property
    def title(self) -> str:
        return self.measure.title


class Summary(msgspec.Struct, frozen=True):
    """One academy on one day: its roll, its cells, and the plugins it has on."""

    academy: UUID
    roll: int
    cells: dict[str, Cell]
    on: tuple[str, ...]


class Told(msgspec.Struct, frozen=True):
    """What the plugins say of the whole trust."""

    academies: dict[UUID, Summary]
    groups: dict[str, dict[str, dict[str, Cell]]]
    """For each plugin and group, in the order of the alphabet, the cells over all academies."""
    measures: dict[str, dict[str, Measure]]
    """For each plugin, its measures in its own order, without their numbers."""


class _Counted(msgspec.Struct, frozen=True):
    """One academy's numbers, none of them hidden yet."""

    roll: int
    measures: dict[str, list[Measure]]
    on: tuple[str, ...]


def told(building: Building) -> Told:
    """Every academy's summary, and every group's."""
    academies = building.academies()
    counted = {key: _counted(building, key, one) for key, one in academies.items()}
    by_name = {academies[key].log_name: key for key in sorted(academies, key=lambda key: academies[key].log_name)}
    cells: dict[UUID, dict[str, Cell]] = {key: {} for key in academies}
    groups: dict[str, dict[str, dict[str, Cell]]] = {}
    measures: dict[str, dict[str, Measure]] = {}
    for plugin in building.plugins.manifests:
        found = {log_name: counted[key].measures.get(plugin, []) for log_name, key in by_name.items()}
        here = {log_name: _whole_academy(many) for log_name, many in found.items()}
        there = _by_group([one for many in found.values() for one in many])
        hide, below = hidden(here, there, building.today), suppressed_below(building.today)
        twice = {name for row in there.values() for name in row}
        for log_name, key in by_name.items():
            row = here[log_name]
            cells[key] |= {
                name: _cell(one, (0, log_name, name) in hide, name in twice, below) for name, one in row.items()
            }
        groups[plugin] = {
            of: {name: _cell(one, (1, of, name) in hide, twice=True, below=below) for name, one in row.items()}
            for of, row in there.items()
        }
        measures[plugin] = {one.name: _bare(one) for many in found.values() for one in many}
    summaries = {key: Summary(key, one.roll, cells[key], one.on) for key, one in counted.items()}
    return Told(summaries, groups, measures)


def _counted(building: Building, academy_id: UUID, academy: Academy) -> _Counted:
    """Kept for each academy, log position and day; counted anew when one of them moves."""
    log = building.store.log(academy.log_name)
    told_at = (log.refresh(), building.today)

    def count() -> _Counted:
        desk = CountingDesk(building, academy_id)
        roll = sum(one.is_on_roll(building.today) for one in log.see_all(pupil).values())
        return _Counted(roll, desk.measures(), tuple(desk.on))

    return building.kept(("measures", academy_id), told_at, count)


def _whole_academy(measures: list[Measure]) -> dict[str, Measure]:
    return {one.name: one for one in measures if not one.of}


def _by_group(measures: list[Measure]) -> dict[str, dict[str, Measure]]:
    """Each group's numbers, added up over the academies."""
    found: dict[str, dict[str, Measure]] = {of: {} for of in sorted({one.of for one in measures if one.of})}
    for one in measures:
        if one.of:
            so_far = found[one.of].get(one.name)
            part, whole = (so_far.part, so_far.whole) if so_far else (0, 0)
            found[one.of][one.name] = msgspec.structs.replace(one, part=part + one.part, whole=whole + one.whole)
    return found


def _bare(measure: Measure) -> Measure:
    return msgspec.structs.replace(measure, part=0, whole=0, of="")


def _cell(measure: Measure, hide: bool, twice: bool, below: int) -> Cell:
    """
    Args:
        twice: Whether the measure is told by groups too: then nothing says which of the hidden are small.
        below: Counts under this are small.
    """
    bare, part, whole = _bare(measure), measure.part, measure.whole
    if hide:
        return Cell(bare, None, None, None, f"fewer than {below}" if 0 < part < below and not twice else "hidden")
    if measure.shown_as == "count":
        return Cell(bare, part, None, None, f"{part:,}")
    if not whole:
        return Cell(bare, 0, 0, None, "none")
    share = round(100 * part / whole, 1)
    return Cell(bare, part, whole, share, f"{share}%")
