"""The numbers of a candidate: UCI, candidate number."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from msgspec import Struct

from core.law import cites

from ..codes import CHECK_LETTERS, standing
from .outcome import READ_ON, Outcome

_UCI = re.compile(r"[0-9]{12}[A-Z]")
_INTERNATIONAL = re.compile(r"[0-9]{5}B[0-9]{6}[A-Z]")
_CENTRE = re.compile(r"[0-9]{5}")
_NUMBER = re.compile(r"[0-9]{4}")


@cites(
    "WJEC, unique candidate identifiers; two public calculators, one citing JCQ, January 2020",
    "wjec.co.uk/index.php?nav=43",
    as_at=READ_ON,
    verified=False,
    edition="2020",
    rule="exams R23",
)
def uci_state(uci: str) -> Outcome:
    """Whether a unique candidate identifier can be right: 12 digits and the check letter that belongs to them.

    Spaces and small letters are taken as they are meant. One with a B in sixth place comes from abroad; how its letter
    is made is not known.
    """
    written = "".join(uci.split()).upper()
    if _INTERNATIONAL.fullmatch(written):
        says = (
            "This identifier comes from a centre abroad, so its letter cannot be checked. Compare it with the source."
        )
        return Outcome("WARN", "uci_international", says, rule="R23")
    if not _UCI.fullmatch(written):
        return Outcome("BLOCK", "uci_shape", "A UCI has 12 digits and a letter. Look it up again.", rule="R23")
    if written[-1] != _letter(written[:12]):
        says = "The letter does not belong to these digits, so one of them is wrong. Look the identifier up again."
        return Outcome("BLOCK", "uci_letter", says, rule="R23")
    return Outcome("OK", "uci", "The letter belongs to the digits.", rule="R23")


def _letter(digits: str) -> str:
    """The check letter: the digits weighed by 16 down to 5, the sum divided by 17, the remainder looked up."""
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, range(16, 4, -1), strict=True))
    return standing(CHECK_LETTERS, date.max).value[weighed % 17]


class Candidacy(Struct, frozen=True):
    """One candidate of one centre in one series."""

    centre: str  # five digits
    series: str  # year and month, such as 2027-06
    number: str  # four digits


_cites_numbers = cites(
    "WJEC, unique candidate identifiers; Pearson, UCI numbers",
    "wjec.co.uk/index.php?nav=43",
    as_at=READ_ON,
    rule="exams R24",
)


@_cites_numbers
def centre_number_state(centre: str) -> Outcome:
    """Whether a centre number has five digits."""
    if not _CENTRE.fullmatch(centre):
        return Outcome("BLOCK", "centre_number", "A centre number has five digits. Correct it.", rule="R24")
    return Outcome("OK", "centre_number", "The number has its five digits.", rule="R24")


@_cites_numbers
def candidate_number_state(number: str) -> Outcome:
    """Whether a candidate number has four digits, from 0001 to 9999."""
    if not _NUMBER.fullmatch(number) or number == "0000":
        says = "A candidate number has four digits, from 0001 to 9999. Correct it."
        return Outcome("BLOCK", "candidate_number", says, rule="R24")
    return Outcome("OK", "candidate_number", "The number has its four digits.", rule="R24")


@_cites_numbers
def number_duplicates(candidates: tuple[Candidacy, ...]) -> tuple[Outcome, ...]:
    """Each candidate number that two candidates of one centre share in a series; one OK where there is none."""
    found = [
        Outcome("BLOCK", "number_twice", f"Centre {one.centre}, {one.series}: {says}", rule="R24")
        for one, times in Counter(candidates).items()
        if times > 1 and (says := f"number {one.number} is given {times} times. Change all but one.")
    ]
    return tuple(found) or (Outcome("OK", "numbers_differ", "No candidate number is given twice.", rule="R24"),)
