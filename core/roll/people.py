"""Grown people of whom an academy keeps a record, wherever: for whoever answers what they ask about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from core.answers import Known
from core.roll.views import pupil, staff, with_upn
from core.wording import day

if TYPE_CHECKING:
    from core.academies.views import Academy
    from core.building import Building


def people_at(building: Building, academy: Academy) -> Mapping[UUID, Known]:
    """Staff on the roll, and whomever plugins know, on or off, whether anybody may see them or not."""
    log = building.academy_log(academy)
    return building.kept(("people", log.name), (log.size,), lambda: _people(building, academy))


def _people(building: Building, academy: Academy) -> dict[UUID, Known]:
    plugins, log, found = building.plugins, building.academy_log(academy), {}
    for key, one in log.see_all(staff).items():
        left = f" · left {day(one.left_on)}" if one.left_on else ""
        found[key] = Known.named(one.name, f"Staff · {one.job}{left}", "core.identity")
    for _, told in plugins.ask_all("people", on=plugins.manifests, log=log):
        found |= told
    return found


def record_of(building: Building, academies: Iterable[Academy], told: str) -> UUID | None:
    """Whose record at these academies a UPN stands for, or the number of a grown person's own; None for neither.

    Whoever gives rights names people so: they need not see who they are.
    """
    for academy in academies:
        child = with_upn(building.academy_log(academy).see_all(pupil), told)
        found = child or next((key for key in people_at(building, academy) if str(key) == told.casefold()), None)
        if found:
            return found
    return None


def called(people: Mapping[UUID, Known], words: str) -> list[UUID]:
    """Those in whose name each of these words begins a word, by name; nobody for no words."""
    wanted = words.casefold().split()
    found = [key for key, one in people.items() if wanted and _fits(wanted, one.full_name.casefold().split())]
    return sorted(found, key=lambda key: (people[key].surname.casefold(), people[key].forename.casefold(), key))


def _fits(wanted: Iterable[str], borne: Iterable[str]) -> bool:
    return all(any(one.startswith(word) for one in borne) for word in wanted)
