"""One person, one id: whoever has a name and a date of birth on the record of any academy is the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.roll.columns import plain

from .people import Person, person

if TYPE_CHECKING:
    from core.desk import Desk

_Born = tuple[str, str, date]
_Name = tuple[str, str]


class KnownPeople(msgspec.Struct, frozen=True):
    """Who is on record: by name and date of birth at any academy; by name alone here."""

    born: Mapping[_Born, UUID]
    here: Mapping[_Name, tuple[UUID, ...]]
    people: Mapping[UUID, Person]
    """Those of this academy."""

    def born_as(self, surname: str, forename: str, born_on: date | None) -> UUID | None:
        """Who has this name and date of birth, at any academy; None for nobody, or without a date."""
        return self.born.get((*_name(surname, forename), born_on)) if born_on is not None else None

    def called(self, surname: str, forename: str, *, with_birth: bool) -> tuple[UUID, ...]:
        """Who has this name here, and has a date of birth on record, or has none."""
        named = self.here.get(_name(surname, forename), ())
        return tuple(one for one in named if (self.people[one].told.born_on is not None) == with_birth)


def known_people(desk: Desk) -> KnownPeople:
    """Everybody on record, to find one again by; nothing of it is shown, whoever asks."""
    people = desk.log.see_all(person)
    born: dict[_Born, UUID] = {}
    logs = [desk.log, *(there.log for there in desk.where("recruitment") if there.academy_id != desk.academy_id)]
    for log in logs:
        for subject, one in log.see_all(person).items():
            if one.told.born_on is not None:
                born.setdefault((*_name(one.told.surname, one.told.forename), one.told.born_on), subject)
    here: dict[_Name, tuple[UUID, ...]] = {}
    for subject, one in people.items():
        name = _name(one.told.surname, one.told.forename)
        here[name] = (*here.get(name, ()), subject)
    return KnownPeople(born, here, people)


def person_id(desk: Desk, known: KnownPeople, surname: str, forename: str, born_on: date | None) -> UUID:
    """The id of somebody by name and date of birth: theirs where they are known, else a new one.

    Without a date of birth somebody is found again only here, and only where nobody of the name has one.
    """
    name = _name(surname, forename)
    if born_on is None:
        found = known.called(surname, forename, with_birth=False)
        return found[0] if found else desk.building.desk_store.new_id("recruitment.person", desk.here, *name)
    found_as = known.born_as(surname, forename, born_on)
    if found_as is not None:
        return found_as
    undated = known.called(surname, forename, with_birth=False)
    if len(undated) == 1:
        return undated[0]
    return desk.building.desk_store.new_id("recruitment.person", *name, born_on)


def _name(surname: str, forename: str) -> _Name:
    return plain(surname), plain(forename)
