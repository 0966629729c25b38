"""Words in what is kept that may name somebody else: offered to whoever decides what is given, never decided."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "nurse", "pc"})
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


def _small(name: str) -> list[str]:
    return [one.group().casefold() for one in _WORD.finditer(name)]
