"""Which edition stands on a day, of tables that leave out no day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from core.law import Edition

T = TypeVar("T")


def standing(editions: Iterable[Edition[T]], on_day: date) -> Edition[T]:
    """The edition of a day, of a table that leaves out no day; of any other, ask `core.law.in_force`."""
    return next(edition for edition in editions if edition.covers(on_day))
