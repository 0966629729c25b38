"""Words that may name somebody: marked for whoever decides what is given, or taken out for whoever sees no names."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

import msgspec

from core.roll.people import people_at
from core.roll.views import pupil

if TYPE_CHECKING:
    from core.desk.seeing import Seeing

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "nurse", "pc"})
_NAME = "[name]"
_ENDS = (".", "!", "?", ":", "\n")
_NOT_NAMES = {name.casefold() for name in (*calendar.month_name, *calendar.day_name)}


class Names(msgspec.Struct, frozen=True):
    """Names borne by pupils and staff of an academy, in small letters."""

    surnames: frozenset[str]
    forenames: frozenset[str]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Names:
        """From (forename, surname) of everyone; of a name of several words, each counts."""
        forenames, surnames = set(), set()
        for forename, surname in pairs:
            forenames.update(_small(forename))
            surnames.update(_small(surname))
        return cls(frozenset(surnames), frozenset(forenames))

    def found_in(self, words: str, forename: str, surname: str) -> tuple[str, ...]:
        """Each phrase that may name somebody but the one whose record it is, once, as it stands.

        A capital letter is asked for, and one of: a title ahead ("Mrs Ode"); a surname of somebody here; a forename of
        a pupil here; the own surname after a forename that is not the own ("Noah Quill" in a record of Maya Quill).
        """
        own, family = set(_small(forename)), set(_small(surname))
        return tuple(dict.fromkeys(self._found(words, own, family)))

    def _found(self, words: str, own: set[str], family: set[str]) -> Iterator[str]:
        before: str = ""
        tokens = [one.group() for one in _WORD.finditer(words)]
        for token, after in pairwise([*tokens, ""]):
            small = token.casefold()
            last, before = before, token
            if not token[0].isupper() or small in _TITLES:
                continue
            ahead = last.casefold()
            named = f"{last} {token}" if last[:1].isupper() else token
            if ahead in _TITLES:
                yield named
            elif small in family:
                if ahead in self.forenames and ahead not in own:
                    yield named
            elif small in self.surnames and ahead in self.forenames:
                yield named
            elif small in own or small in _NOT_NAMES:
                continue
            elif small in self.surnames or (small in self.forenames and after.casefold() not in self.surnames | family):
                yield token

    def redacted(self, words: str, forename: str, surname: str) -> str:
        """The words without a name in them: each that may be one, of the pupil's own too, stands as [name].

        Rather too many than too few: a capital letter within a sentence is enough, and at its beginning a forename or
        surname of anybody here.
        """
        known = self.surnames | self.forenames | {*_small(forename), *_small(surname)}
        tokens = [*_WORD.finditer(words)]
        told, at, before = [], 0, ""
        for one, after in zip_longest(tokens, tokens[1:]):
            token, last, before = one.group(), before, one.group().casefold()
            small = token.casefold()
            if not token[0].isupper() or small in _TITLES:
                continue
            is_month = small in _NOT_NAMES and not (after and after.group().casefold() in self.surnames)
            within = not token.isupper() and words[: one.start()].rstrip()[-1:] not in ("", *_ENDS)
            is_known = bool({small, *_small(small.replace("-", " "))} & known)
            if last in _TITLES or (not is_month and (within or is_known)):
                told += [words[at : one.start()], _NAME]
                at = one.end()
        return re.sub(rf"{re.escape(_NAME)}(?:\s+{re.escape(_NAME)})+", _NAME, "".join([*told, words[at:]]))


def names_here(desk: Seeing) -> Names:
    """Names of every pupil, member of staff and applicant there was here."""
    return desk.building.kept(("names", desk.here), (desk.log.size,), lambda: _names(desk))


def _names(desk: Seeing) -> Names:
    children = [(one.forename, one.surname) for one in desk.log.see_all(pupil).values()]
    grown = people_at(desk.building, desk.academy).values() if desk.academy else ()
    return Names.of([*children, *(("", one.surname) for one in grown)])


def _small(name: str) -> list[str]:
    return [one.group().casefold() for one in _WORD.finditer(name)]
