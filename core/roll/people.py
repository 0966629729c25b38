"""Grown people of whom an academy keeps a record, wherever: for whoever answers what they ask about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from unicodedata import combining, normalize
from uuid import UUID

from core.answers import Known
from core.errors import Refused
from core.roll.views import pupil, staff, with_upn
from core.wording import day
from events import Stream

if TYPE_CHECKING:
    from core.academies.views import Academy
    from core.building import Building
    from core.desk.seeing import Seeing

_GROWN, _IDENTITY = ("staff", "applicants"), "core.identity"
_APOSTROPHES = str.maketrans("", "", "'\u2019")


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


def _record_of(building: Building, academies: Iterable[Academy], told: str) -> UUID | None:
    """Whose record at these academies a UPN stands for, or the number of a grown person's own; None for neither.

    Whoever gives rights names people so: they need not see who they are.
    """
    for academy in academies:
        child = with_upn(building.academy_log(academy).see_all(pupil), told)
        number = None if child else number_in(told)
        if child or (number and is_somebody(building, academy, number)):
            return child or number
    return None


def records_of(building: Building, academies: Sequence[Academy], told: Iterable[str]) -> tuple[UUID, ...]:
    """Each of those; raises Refused where one stands for nobody."""
    found = [_record_of(building, academies, one) for one in told]
    if None in found:
        raise Refused("Nobody there has one of these UPNs, or record numbers.", code="nobody", field="upns")
    return tuple(dict.fromkeys(one for one in found if one))


def number_in(told: str) -> UUID | None:
    """The number of a record as it was typed; None for other words."""
    try:
        return UUID(told)
    except ValueError:
        return None


def is_somebody(building: Building, academy: Academy, subject: UUID) -> bool:
    """Whether anything is kept under the number of somebody who is no pupil; their name may be gone."""
    log, records = building.academy_log(academy), [one for room in building.plugins.everything for one in room.records]
    grown = [_IDENTITY, *(one.name for one in records if one.of in _GROWN and one.of_each)]
    return log.see(pupil, subject) is None and any(log.keys.find(Stream(subject, record)) for record in grown)


def named(desk: Seeing, subject: UUID) -> Known | None:
    """Who somebody is, a pupil or not; None for nobody who is known here any more."""
    if child := desk.log.see(pupil, subject):
        return Known(child.surname, child.forename, f"UPN {child.upn}", _IDENTITY)
    return people_at(desk.building, desk.academy).get(subject) if desk.academy else None


def called(people: Mapping[UUID, Known], words: str) -> list[UUID]:
    """Those in whose name, former ones too, each of these words begins a word, by name; nobody for no words."""
    wanted = _plain(words)
    found = [key for key, one in people.items() if wanted and _fits(wanted, _plain(f"{one.full_name} {one.former}"))]
    return sorted(found, key=lambda key: (people[key].surname.casefold(), people[key].forename.casefold(), key))


def _plain(name: str) -> list[str]:
    """The words of a name in small letters, without marks on them, hyphens and apostrophes."""
    bare = "".join(one for one in normalize("NFKD", name) if not combining(one))
    return "".join(one if one.isalnum() else " " for one in bare.casefold().translate(_APOSTROPHES)).split()


def _fits(wanted: Iterable[str], borne: Iterable[str]) -> bool:
    return all(any(one.startswith(word) for one in borne) for word in wanted)
