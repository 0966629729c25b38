"""Children who do not exist: names, birthdays that fit their year, UPNs that add up."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import msgspec

from core.demo.names import forename, surname
from core.demo.places import Site
from core.roll.rules import upn_check_letter

FORMS = "ABCDEFGHJKLM"


class Sen(msgspec.Struct):
    """Where a child stands on the register while the story is told."""

    provision: str = "N"
    needs: tuple[str, ...] = ()
    since: date = date.min
    told: date | None = None
    made_on: date | None = None
    reviewed_on: date | None = None
    review_on: date | None = None
    """The day the next annual review will end; nobody in the story knows it yet."""


class Child(msgspec.Struct, eq=False):
    """A child, their year group (reception is 0) and form, and where they stand."""

    first_upn: str
    """Stands for the child through a change of UPN."""
    upn: str
    surname: str
    forename: str
    born_on: date
    index: int
    letter: str
    sen: Sen = msgspec.field(default_factory=Sen)
    typed_until: date = date.min
    """The last day on which something about them was typed: nothing earlier in the story is typed after it."""

    @property
    def year(self) -> str:
        return "R" if self.index == 0 else str(self.index)

    @property
    def form(self) -> str:
        return f"{self.year}{self.letter}"


class Children:
    """Makes children, no UPN twice."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._serials: Counter[str] = Counter()

    def child(self, site: Site, index: int, year: int, letter: str, *, temporary: bool = False) -> Child:
        """A child in that year group in the academic year that begins in `year`.

        Their UPN was given where they started school: here, where this academy has a reception year, or at one of the
        authority's other schools.
        """
        rng = self._rng
        first = date(year - 5 - index, 9, 1)
        born_on = first + timedelta(days=rng.randrange((first.replace(year=first.year + 1) - first).days))
        number = site.number if site.years[0] == 0 else f"{rng.randrange(2100, 2180)}"
        began = f"{site.authority_code}{number}{(year - index) % 100:02d}"
        if temporary:
            began = f"{site.authority_code}{site.number}{year % 100:02d}"
        upn = self._upn(began, temporary=temporary)
        return Child(upn, upn, surname(rng), forename(rng), born_on, index, letter)

    def permanent(self, child: Child, site: Site, year: int) -> str:
        """The UPN that comes from a child's last school, in place of a temporary one."""
        return self._upn(f"{site.authority_code}2199{(year - child.index) % 100:02d}", temporary=False)

    def _upn(self, began: str, *, temporary: bool) -> str:
        self._serials[began + "T" * temporary] += 1
        number = self._serials[began + "T" * temporary]
        rest = f"{began}{number:02d}A" if temporary else f"{began}{number:03d}"
        letter = upn_check_letter(rest)
        if letter is None:
            raise ValueError(f"{rest} is no UPN: more children than numbers began school there in one year")
        return letter + rest
