"""Each academy's measures, with small numbers and what would give them back hidden before anything else sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.academies.rules import hidden_cells, shown
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


def summaries(building: Building) -> dict[UUID, Summary]:
    """Every academy's summary. Where a total would give a hidden cell back, another cell is hidden too."""
    counted = {academy_id: _counted(building, academy_id, one) for academy_id, one in building.academies().items()}
    names = dict.fromkeys(measure.name for _, measures, _ in counted.values() for measure in measures)
    hidden: set[tuple[UUID, str]] = set()
    for name in names:
        cells = [(key, one) for key, (_, measures, _) in counted.items() for one in measures if one.name == name]
        small = hidden_cells([one.part for _, one in cells], building.today)
        hidden |= {(key, name) for (key, _), hide in zip(cells, small, strict=True) if hide}
    return {
        key: Summary(key, roll, {one.name: _cell(building, one, (key, one.name) in hidden) for one in measures}, on)
        for key, (roll, measures, on) in counted.items()
    }


def _counted(building: Building, academy_id: UUID, academy: Academy) -> tuple[int, list[Measure], tuple[str, ...]]:
    """Kept for each academy, log position and day; counted anew when one of them moves."""
    log = building.store.log(academy.log_name)
    key = ("measures", academy_id, log.refresh(), building.today)

    def count() -> tuple[int, list[Measure], tuple[str, ...]]:
        desk = CountingDesk(building, academy_id)
        roll = sum(one.is_on_roll(building.today) for one in log.see_all(pupil).values())
        measures = [one for answers in desk.measures().values() for one in answers]
        return roll, measures, tuple(desk.on)

    found: tuple[int, list[Measure], tuple[str, ...]] = building.kept(key, count)  # type: ignore[assignment]
    return found


def _cell(building: Building, measure: Measure, hide: bool) -> Cell:
    bare = msgspec.structs.replace(measure, part=0, whole=0)
    if hide or not shown(measure.part, measure.whole, building.today):
        says = "fewer than 5" if 0 < measure.part < 5 else "hidden"
        return Cell(bare, None, None, None, says)
    share = round(100 * measure.part / measure.whole, 1) if measure.whole else 0.0
    return Cell(bare, measure.part, measure.whole, share, f"{share}%")
