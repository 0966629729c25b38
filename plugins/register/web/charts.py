"""Counts of the register as charts: by primary need and by year."""

from __future__ import annotations

from collections import Counter
from typing import Any

from core.roll.views import year_order

from ..views import NEED_NAMES, Entry


def charts(entries: list[Entry]) -> list[dict[str, Any]]:
    by_need: Counter[tuple[str, str]] = Counter()
    by_year: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        by_year[entry.who.year, entry.support.provision] += 1
        if entry.support.needs:
            by_need[entry.support.needs[0], entry.support.provision] += 1
    needs = sorted({code for code, _ in by_need}, key=lambda code: -(by_need[code, "K"] + by_need[code, "E"]))
    years = sorted({year for year, _ in by_year}, key=year_order)
    return [
        _chart(
            "needs",
            "Primary need",
            "Need",
            [(code, NEED_NAMES.get(code, code), by_need[code, "K"], by_need[code, "E"]) for code in needs],
        ),
        _chart(
            "years", "Year", "Year", [(year, f"Year {year}", by_year[year, "K"], by_year[year, "E"]) for year in years]
        ),
    ]


def _chart(key: str, title: str, unit: str, counts: list[tuple[str, str, int, int]]) -> dict[str, Any]:
    most = max((one + two for *_, one, two in counts), default=1)
    rows = [
        {
            "label": label,
            "name": name,
            "text": str(one + two),
            "parts": [round(88 * one / most, 1), round(88 * two / most, 1)],
            "cells": [str(one), str(two)],
        }
        for label, name, one, two in counts
    ]
    return {
        "id": key,
        "title": title,
        "desc": f"Pupils on the register by {title.lower()}: SEN support, then EHC plans.",
        "caption": "",
        "unit": unit,
        "wide": False,
        "series": ["SEN support", "EHC plans"],
        "rows": rows,
        "line": None,
    }
