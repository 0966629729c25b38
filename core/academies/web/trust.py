"""The centre: academies side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.academies import telling
from core.answers import Measure
from core.desk import Desk
from core.web.exports import Cell, csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.guards import may
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
_WIDEST = 90.0
"""How far, of 100, the longest bar of the chart reaches; its number stands behind it."""


class TrustPages(Controller):
    """Every academy's measures beside England's."""

    @get("/", guards=[may("read", "core.running")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """The academies side by side, told by whatever plugins are on there."""
        summaries = telling.summaries(desk.building)
        measures = _measures(summaries)
        listing = Listing(desk, "/", request.query_params, [])
        keys: dict[str, Callable[[UUID], Any]] = {
            "name": lambda key: desk.academies[key].name,
            "roll": lambda key: -summaries[key].roll,
            **{name: _by_share(summaries, name) for name in measures},
        }
        columns = [("Academy", "name"), ("On roll", "roll"), *((one.title, name) for name, one in measures.items())]
        count = len(desk.academies)
        number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
        exports = [{"text": "CSV", "href": "/academies.csv"}, {"text": "XLSX", "href": "/academies.xlsx"}]
        return page(
            "academies/trust.html",
            title=f"{number} {'academy' if count == 1 else 'academies, side by side'}",
            lede="As the logs stand now. Numbers under 5 are hidden, with whatever would give them back.",
            actions=exports if desk.may("export", "core.running") else [],
            figures=_figures(summaries, measures),
            caption="Shares of the roll; the hazel line is England.",
            sources=list(dict.fromkeys(one.source for one in measures.values() if one.source)),
            columns=[*listing.columns(columns, "name"), {"text": "Plugins on", "href": None, "sorted": None}],
            rows=[_row(desk, key, summaries[key], measures) for key in listing.sorted(list(summaries), keys, "name")],
            charts=[_chart(desk, summaries, measures)] if summaries and measures else [],
        )

    @get("/academies.csv", guards=[may("export", "core.running")])
    def as_csv(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk)), "academies")

    @get("/academies.xlsx", guards=[may("export", "core.running")])
    def as_xlsx(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("Academies", *_table(desk)), "academies")


def _measures(summaries: dict[UUID, telling.Summary]) -> dict[str, Measure]:
    """Every measure some academy has, without its numbers."""
    return {name: cell.measure for one in summaries.values() for name, cell in one.cells.items()}


def _by_share(summaries: dict[UUID, telling.Summary], name: str) -> Callable[[UUID], float]:
    """The highest share first; hidden and missing ones last."""

    def key(academy: UUID) -> float:
        cell = summaries[academy].cells.get(name)
        return 1.0 if cell is None or cell.share is None else -cell.share

    return key


def _row(desk: Desk, key: UUID, one: telling.Summary, measures: dict[str, Measure]) -> dict[str, Any]:
    academy = desk.academies[key]
    titles = [desk.building.plugins.manifests[name].title for name in one.on]
    return {
        "id": key.hex[:8],
        "name": academy.name,
        "href": f"/{academy.urn}",
        "roll": f"{one.roll:,}",
        "about": f"{academy.phase.capitalize()} · {academy.authority}",
        "cells": [
            _gaps(academy.urn, measure, one.cells.get(name))
            if measure.shown_as == "gaps"
            else _share(academy.name, measure, one.cells.get(name))
            for name, measure in measures.items()
        ],
        "plugins": titles,
        "plugins_href": "/plugins" if desk.may("write", "core.running") else None,
    }


def _share(academy: str, measure: Measure, cell: telling.Cell | None) -> dict[str, Any]:
    """For `ui.share_bar`: a bar on the measure's own scale, broken where it goes beyond."""
    told: dict[str, Any] = {"label": measure.title, "tag": None, "says": "not on", "share": None, "line": None}
    if cell is None:
        return told
    beside = f"; England {measure.national}%" if measure.national is not None else ""
    return told | {
        "says": cell.says,
        "share": None if cell.share is None else min(100.0, round(100 * cell.share / measure.full, 1)),
        "line": None if measure.national is None else round(100 * measure.national / measure.full, 1),
        "over": cell.share is not None and cell.share > measure.full,
        "title": f"{measure.title} at {academy}",
        "desc": f"{cell.says} of the roll{beside}",
    }


def _gaps(urn: str, measure: Measure, cell: telling.Cell | None) -> dict[str, Any]:
    """For `ui.tag`: how many are missing something, and where to see which."""
    if cell is None:
        tag = {"text": "not on", "kind": "plain"}
    elif cell.part == 0:
        tag = {"text": "none", "kind": "well"}
    else:
        said = cell.says if cell.part is None else counted(cell.part, "pupil", "pupils")
        tag = {"text": said, "kind": "soon"}
    linked = cell is not None and cell.part != 0 and bool(measure.href)
    return {"label": measure.title, "tag": tag, "href": f"/{urn}/{measure.href}" if linked else None}


def _figures(summaries: dict[UUID, telling.Summary], measures: dict[str, Measure]) -> list[dict[str, Any]]:
    """The trust as a whole, told from the cells that are shown, so that nothing hidden can be had by subtraction."""
    roll = sum(one.roll for one in summaries.values())
    told = [{"label": "On roll", "value": f"{roll:,}", "note": counted(len(summaries), "academy", "academies")}]
    for name, measure in measures.items():
        cells = [one.cells[name] for one in summaries.values() if name in one.cells]
        shown = [cell for cell in cells if cell.part is not None]
        part, whole = sum(cell.part or 0 for cell in shown), sum(cell.whole or 0 for cell in shown)
        is_share = measure.shown_as == "share"
        notes = ["pupils" if not is_share else f"{100 * part / whole:.1f}% of {whole:,}" if whole else "none"]
        if measure.national is not None:
            notes.append(f"England {measure.national}%")
        if len(shown) < len(cells):
            notes.append(f"without {len(cells) - len(shown)} hidden")
        told.append({"label": measure.title, "value": f"{part:,}", "note": " · ".join(notes)})
    return told


def _chart(desk: Desk, summaries: dict[UUID, telling.Summary], measures: dict[str, Measure]) -> dict[str, Any]:
    """Shares of the roll, stacked: those of the first plugin that has two."""
    shares = {name: one for name, one in measures.items() if one.shown_as == "share"}
    series = dict(list(shares.items())[:2])
    cells = {key: [one.cells.get(name) for name in series] for key, one in summaries.items()}
    known = {
        key: [cell.share for cell in row if cell is not None and cell.share is not None] for key, row in cells.items()
    }
    most = max((sum(row) for row in known.values()), default=1.0) or 1.0
    rows = []
    for key, row in cells.items():
        whole = len(known[key]) == len(series)
        rows.append(
            {
                "label": desk.academies[key].name,
                "parts": [round(_WIDEST * share / most, 1) for share in known[key]] if whole else [],
                "text": f"{sum(known[key]):.1f}%" if whole else "hidden or not on",
                "cells": [cell.says if cell else "not on" for cell in row],
            }
        )
    national = [one.national for one in series.values() if one.national is not None]
    titles = [one.title for one in series.values()]
    england = round(sum(national), 1)
    line = {"at": round(_WIDEST * england / most, 1), "text": f"England {england}%"}
    return {
        "id": "shares",
        "title": f"{' and '.join(titles)}, per cent of roll",
        "unit": "Academy",
        "wide": True,
        "desc": f"A bar for each academy: {', then '.join(titles)}.",
        "caption": "",
        "series": titles,
        "rows": rows,
        "line": line if len(national) == len(series) and england <= most else None,
    }


def _table(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """The same cells as the page, so that two cannot be subtracted."""
    summaries = telling.summaries(desk.building)
    measures = _measures(summaries)
    rows: list[list[Cell]] = []
    for key, academy in desk.academies.items():
        one = summaries[key]
        found = [one.cells.get(name) for name in measures]
        told: list[Cell] = [
            "not on" if cell is None else cell.says if cell.part is None else cell.part for cell in found
        ]
        rows.append([academy.urn, academy.name, academy.phase, academy.authority, one.roll, *told])
    desk.exported("academies side by side", "core.running", len(rows))
    header = ["URN", "Academy", "Phase", "Authority", "On roll", *(one.title for one in measures.values())]
    return header, rows
