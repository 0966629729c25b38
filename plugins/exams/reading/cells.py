"""What the cells of a timetable mean: a series, a time of day, a length, a qualification, what a paper tests."""

from __future__ import annotations

import re

from core.roll.columns import plain

from ..codes import LONGEST, qualification_named, subject_named

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SEASONS = {"summer": 6, "autumn": 11, "winter": 1}
_YEAR_FIRST = re.compile(r"(20\d\d)[-/. ]([01]?\d)")
_MONTH_FIRST = re.compile(r"([01]?\d)[-/. ](20\d\d)")
_WORDS = re.compile(r"([a-z]{3,9})[-/.' ]*(20)?(\d\d)|(20\d\d)[-/. ]*([a-z]{3,9})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d\d))?(?::00)?(?: ?([ap])\.?m\.?)?")
_EARLIEST = 6 * 60  # minutes after midnight: a paper at 1:30 is one at 13:30, and the file must say so
_MINUTES = re.compile(r"(\d{1,3})(?:\.0)? ?(?:m|mins?|minutes?)?\.?")
_HOURS = re.compile(r"(\d{1,2}) ?(?:h|hrs?|hours?|:) ?(?:(\d{1,2}) ?(?:m|mins?|minutes?)?)?(?::00)?")

_BOARDS = ("AQA", "CCEA", "Cambridge", "City & Guilds", "Eduqas", "NCFE", "OCR", "Pearson", "WJEC")
_SPELT = {plain(board): board for board in _BOARDS}
_SPELT |= dict.fromkeys(("edexcel", "pearsonedexcel", "edexcelpearson", "pearsonbtec", "btec"), "Pearson")

_LEVELS = {
    "GCSE": ("gcse91", "gcsefullcourse", "gcsefc", "gcseshortcourse", "gcsesc", "gcsefull", "gcseshort", "gcse9to1"),
    "AS": ("aslevel", "gceas", "gceaslevel", "advancedsubsidiary", "gceadvancedsubsidiary"),
    "A-LEVEL": ("alevel", "gcea", "gcealevel", "gcea2", "a2", "a2level", "advancedlevel", "gceadvanced"),
    "LEVEL-2": ("level2", "l2", "btecfirst", "btecl2", "bteclevel2", "btectechaward", "techaward", "cambridgenational"),
    "LEVEL-3": ("level3", "l3", "btecnational", "btecl3", "bteclevel3", "tlevel", "tlevels"),
}
_MEANT = {word: level for level, words in _LEVELS.items() for word in words}

_TESTS = {
    "reading": "tests_reading",
    "testsreading": "tests_reading",
    "practical": "tests_practical_skill",
    "practicalskill": "tests_practical_skill",
    "practicalskills": "tests_practical_skill",
    "testspracticalskill": "tests_practical_skill",
}


def series_in(text: str) -> str | None:
    """The year and month of a series, such as 2027-06; None where none can be read.

    Takes 2027-06, 06/2027, June 2027, Jun27, 2027 June, and Summer, Autumn or Winter for June, November or January.
    """
    written = " ".join(text.casefold().split())
    if found := _YEAR_FIRST.fullmatch(written):
        return _series(int(found[1]), int(found[2]))
    if found := _MONTH_FIRST.fullmatch(written):
        return _series(int(found[2]), int(found[1]))
    if found := _WORDS.fullmatch(written):
        word = found[1] or found[5]
        month = _SEASONS.get(word) or (_MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0)
        return _series(int(found[4] or f"20{found[3]}"), month)
    return None


def _series(year: int, month: int) -> str | None:
    return f"{year}-{month:02}" if 1 <= month <= 12 else None


def start_in(text: str) -> int | None:
    """Minutes after midnight of a time such as 9:00, 09:00, 9.00, 0900, 1330 or 1.30 pm; None for anything else.

    None for the small hours too: whether 1:30 is meant as 13:30 is not guessed.
    """
    found = _CLOCK.fullmatch(text.strip().casefold())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if not found[2] and not half:  # a bare 9 may be anything
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 24
    at = hour * 60 + minute
    return at if hour < 24 and minute < 60 and at >= _EARLIEST else None


def minutes_in(text: str) -> int | None:
    """The length of a paper, from 1 to 600 minutes: 105, 105 mins, 1h 45m or 1:45; None for anything else."""
    written = text.strip().casefold()
    if found := _MINUTES.fullmatch(written):
        minutes = int(found[1])
    elif found := _HOURS.fullmatch(written):
        minutes = int(found[1]) * 60 + int(found[2] or 0)
    else:
        return None
    return minutes if 1 <= minutes <= LONGEST else None


def board_in(text: str) -> str:
    """A board in one spelling, so that one paper is one; one we do not know as it is written."""
    written = " ".join(text.split())
    return _SPELT.get(plain(written), written)


def level_in(text: str) -> str | None:
    """The code of a qualification; None for one we do not know."""
    found = qualification_named(text)
    return found.code if found else _MEANT.get(plain(text))


def subject_in(text: str) -> str:
    """The code of a subject on which a restriction hangs; the name as it is written for any other."""
    written = " ".join(text.split())
    found = subject_named(written)
    return found.code if found else written


def tags_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a paper tests, as the rules know it; and the words that mean nothing to them."""
    words = [word for word in re.split(r"[;,/|+&]| and ", text) if plain(word)]
    known = {_TESTS[plain(word)] for word in words if plain(word) in _TESTS}
    return tuple(sorted(known)), tuple(word.strip() for word in words if plain(word) not in _TESTS)


def number_in(text: str) -> str:
    """A candidate number with the zeros a spreadsheet takes off: 417 is 0417. What is wrong with it stays wrong."""
    written = "".join(text.split())
    return written.zfill(4) if written.isdigit() else written


def uci_in(text: str) -> str:
    """A UCI as typed, in the form it is kept: capitals, no spaces."""
    return "".join(text.split()).upper()
