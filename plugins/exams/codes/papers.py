"""Qualifications and subjects, days and minutes: what rules on papers, series and sittings go by."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from core.law import Edition

LONGEST = 600
"""Minutes of a paper, inclusive."""


class Qualification(Struct, frozen=True):
    """A level of qualification, as an entry carries it."""

    code: str
    title: str
    level: int  # of the national framework


QUALIFICATIONS = (
    Qualification("GCSE", "GCSE", 2),
    Qualification("AS", "AS level", 3),
    Qualification("A-LEVEL", "A level", 3),
    Qualification("LEVEL-2", "Other qualification of level 2", 2),
    Qualification("LEVEL-3", "Other qualification of level 3", 3),
)


class Subject(Struct, frozen=True):
    """A subject on which a restriction hangs."""

    code: str
    title: str


SUBJECTS = (
    Subject("ENG-LANG", "English Language"),
    Subject("ENG-LIT", "English Literature"),
    Subject("GEOG", "Geography"),
    Subject("HIST", "History"),
    Subject("RS", "Religious Studies"),
    Subject("MFL-SAME", "Modern foreign language, in or close to the language of the dictionary"),
)

BARRED_SUBJECTS: tuple[Edition[frozenset[str]], ...] = (
    Edition(
        "2023-24",
        date.min,
        None,
        "Salford, access and exam arrangements, 2023-24; Hampshire EMTAS, 2021-22",
        True,
        frozenset(subject.code for subject in SUBJECTS),
    ),
)
"""GCSE subjects in which no bilingual dictionary may be used."""

DICTIONARY_PERCENT: tuple[Edition[int], ...] = (
    Edition("2021-22", date.min, date(2022, 8, 31), "Hampshire EMTAS, 2021-22", True, 10),
    Edition("2022-23", date(2022, 9, 1), date(2023, 8, 31), "No page read tells of this year", False, 25),
    Edition("2023-24", date(2023, 9, 1), None, "Salford, access and exam arrangements, 2023-24", True, 25),
)
"""Extra time with a bilingual dictionary, in per cent."""


class Validity(Struct, frozen=True):
    """How long an approval lasts, and when to see to the next."""

    months: int
    renew_days: int  # before the day of expiry


VALIDITY: tuple[Edition[Validity], ...] = (
    Edition("26 months", date.min, None, "Pingle Academy, old; the 60 days are ours", False, Validity(26, 60)),
)


class Sitting(Struct, frozen=True):
    """How long a candidate may be examined; extra time and rest breaks count."""

    session_minutes: int  # papers of one session up to this are sat in that session
    break_minutes: int  # the longest break between two of them
    day_papers: int  # from this many papers the limits of a day count
    gcse_minutes: int
    gce_minutes: int


SITTINGS: tuple[Edition[Sitting], ...] = (
    Edition(
        "clashes",
        date.min,
        None,
        "Bloomfield Collegiate; Park High; SecEd, a guide to examination clashes",
        True,
        Sitting(180, 20, 3, 330, 360),
    ),
)

Kind = Literal["modified_papers", "other"]


class Series(Struct, frozen=True):
    """A series of exams, and the last days to order modified papers and to apply for anything else."""

    key: str
    title: str
    modified_papers_by: date
    other_by: date


SERIES: tuple[Edition[Series], ...] = (
    Edition(
        "2025-26",
        date(2025, 9, 1),
        date(2026, 8, 31),
        "AQA, exams officers support, 2025-26",
        True,
        Series("2026-06", "June 2026", date(2026, 1, 31), date(2026, 3, 21)),
    ),
    Edition(
        "2026-27",
        date(2026, 9, 1),
        date(2027, 8, 31),
        "Pattern of Pearson's dates for 2022-23",
        False,
        Series("2026-11", "November 2026", date(2026, 9, 20), date(2026, 11, 1)),
    ),
    Edition(
        "2026-27",
        date(2026, 9, 1),
        date(2027, 8, 31),
        "Pattern of Pearson's dates for 2022-23",
        False,
        Series("2027-01", "January 2027", date(2026, 10, 4), date(2026, 10, 21)),
    ),
    Edition(
        "2026-27",
        date(2026, 9, 1),
        date(2027, 8, 31),
        "A study plan of autumn 2026, citing JCQ; AQA's dates for 2025-26",
        False,
        Series("2027-06", "June 2027", date(2027, 1, 31), date(2027, 3, 21)),
    ),
)
"""AQA and Pearson agree on the days of June. Those of other boards were not read."""

CHECK_LETTERS: tuple[Edition[str], ...] = (
    Edition("2020", date.min, None, "WJEC's example; two public calculators", False, "ABCDEFGHKLMRTVWXY"),
)
"""The letter of each remainder by 17. G was read in WJEC's example; the others rest on two public programs."""


def qualification_named(code: str) -> Qualification | None:
    """The qualification of a code; None for a code that is none of ours."""
    return next((one for one in QUALIFICATIONS if one.code == code.strip().upper()), None)


def subject_named(text: str) -> Subject | None:
    """The subject a restriction hangs on, by its code or its name; None for any other subject."""
    written = text.strip().casefold()
    return next((one for one in SUBJECTS if written in {one.code.casefold(), one.title.casefold()}), None)
