"""Charts of money: each length is a share of its bar, so that a picture fits every width."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from core.money import pounds

from ..rules import StatementRow
from ..views import months_of
from .budget_words import over_or_under, planned_of

SERIES = ("Spent", "Received, not invoiced", "On order", "Still planned")
_ROOM = 125
"""How far a bar reaches, in per cent of its budget; further where more is forecast."""
_HIGH = 150
"""Of the tallest column, in pixels."""


def bars(chart_id: str, title: str, says: str, head: str, rows: Iterable[tuple[str, StatementRow]]) -> dict[str, Any]:
    """For `charts.bars`: a bar for each row, drawn to its own budget, and the same in a table.

    Args:
        says: What to look for, for whoever does not see it.
        head: Of the table's first column.
    """
    return {
        "id": chart_id,
        "title": title,
        "desc": says,
        "head": head,
        "series": SERIES,
        "rows": [_bar(label, row) for label, row in rows],
    }


def _bar(label: str, row: StatementRow) -> dict[str, Any]:
    terms = (row.actual_pence, row.accruals_pence, row.commitments_pence, planned_of(row))
    full = max(row.current_pence * _ROOM // 100, row.outturn_pence, 1)
    at, parts = 0, []
    for number, pence in enumerate(terms, start=1):
        wide = max(pence, 0) * 1_000 // full
        if wide:
            parts.append({"kind": number, "at": _share(at), "wide": _share(wide)})
        at += wide
    forecast = f"{pounds(row.outturn_pence)} forecast of {pounds(row.current_pence)}"
    return {
        "label": label,
        "parts": parts,
        "line": _share(max(row.current_pence, 0) * 1_000 // full),
        "text": f"{forecast}, {over_or_under(row.variance_pence)}",
        "cells": [pounds(pence) for pence in (row.current_pence, *terms, row.outturn_pence)],
    }


def _share(thousandths: int) -> str:
    """A length as a share of 100, to a tenth: 375 is 37.5."""
    return f"{thousandths // 10}.{thousandths % 10}"


def months(chart_id: str, says: str, year: int, expected: Sequence[int], spent: Mapping[date, int]) -> dict[str, Any]:
    """For `charts.months`: what was spent by the end of each month beside what was expected by then.

    Args:
        expected: By the end of each month from September, in pence.
        spent: By the first day of each month that has begun, in pence.
    """
    top = max(*expected, *spent.values(), 1)
    rows = [
        {
            "letter": f"{month:%b}"[0],
            "name": f"{month:%B %Y}",
            "x": _share(1_000 * number // 12),
            "height": max(spent[month], 0) * _HIGH // top if month in spent else 0,
            "line": max(due, 0) * _HIGH // top,
            "spent": pounds(spent[month]) if month in spent else "",
            "expected": pounds(due),
        }
        for number, (month, due) in enumerate(zip(months_of(year), expected, strict=True))
    ]
    return {"id": chart_id, "desc": says, "high": _HIGH, "top": pounds(top), "rows": rows}
