"""What the cells of a workbook say, written as a person would type it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

_DAY_FORMATS = {*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)}  # built in; ECMA-376 part 1, 18.8.30
_NOT_OF_DAYS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^hms\]][^\]]*\]', re.IGNORECASE)  # words, spaces, colours
_ESCAPED = re.compile(r"_x(?!D[89A-F])([0-9A-F]{4})_", re.IGNORECASE)
_AFTER_THE_LAST_DAY = 2_958_466  # 31 December 9999 and one


def plain_text(text: str) -> str:
    """A text, where a workbook writes what XML forbids as _x001F_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def is_of_days(number: int, code: str | None) -> bool:
    """A format shows days or times of day; one of elapsed hours, such as [h]:mm, shows a number.

    Args:
        code: As the workbook writes it; None for a format built in.
    """
    if code is None:
        return number in _DAY_FORMATS
    first = _NOT_OF_DAYS.sub("", code.partition(";")[0]).lower()
    return "[" not in first and "general" not in first and not set(first).isdisjoint("dmyhs")


def number_text(written: str) -> str:
    """7 and not 7.0, and no more figures than a spreadsheet shows."""
    number = float(written)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else format(number, ".15g")


def day_text(written: str, from_1904: bool) -> str:
    """A day as 2026-11-22, with its time after it when it has one; a time alone as 09:05:00.

    Args:
        written: Days since the eve of 1900 (which by that calendar had a 29 February), or of 1904.
    """
    number = float(written)
    if not 0 <= number < _AFTER_THE_LAST_DAY:
        return number_text(written)
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if number < 60 else 30)  # noqa: DTZ001
    moment = first + timedelta(seconds=round(number * 86_400))
    return moment.time().isoformat() if number < 1 else moment.isoformat(" ").removesuffix(" 00:00:00")


@lru_cache(maxsize=1_000)
def column_number(letters: str) -> int:
    """The place of a column: A is 1, Z is 26, AA is 27.

    Raises:
        ValueError: Not the letters of a column.
    """
    if not re.fullmatch("[A-Z]{1,3}", letters):
        raise ValueError(letters)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
