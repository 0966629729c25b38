"""The centre: academies side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency

from core.academies.telling import Summary, Told, told
from core.academies.web.cells import (
    ROLL,
    Measures,
    by_size,
    caption,
    drawn,
    head,
    heading,
    sources,
    visible,
    where,
    written,
)
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
_OF_EACH, _MOST = 2, 6
"""How many measures of each plugin, and of all of them, stand on the first page; the others on the plugin's own."""


class TrustPages(Controller):
    """Every academy's measures beside England's."""

    @get("/", guards=[may("read", "core.running")])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """The academies side by side, told by whatever plugins are on there."""
        trust = told(desk.building)
        summaries, plugins = trust.academies, _plugins(desk, trust)
        measures = {name: one for of_plugin in plugins.values() for name, one in of_plugin.items()}
        listing = Listing(desk, "/", request.query_params, [])
        keys: dict[str, Callable[[UUID], Any]] = {
            "name": lambda key: desk.academies[key].name,
            "roll": lambda key: -summaries[key].roll,
            **{name: by_size(lambda key: summaries[key].cells, name) for name in measures},
        }
        columns = [("Academy", "name"), ("On roll", "roll"), *((heading(one), name) for name, one in measures.items())]
        count = len(desk.academies)
        number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
        exports = [{"text": "CSV", "href": "/academies.csv"}, {"text": "XLSX", "href": "/academies.xlsx"}]
        first = next(iter(plugins.values()), {})
        return page(
            "academies/trust.html",
            title=f"{number} {'academy' if count == 1 else 'academies, side by side'}",
            lede="As the logs stand now. Numbers under 5 are hidden, with whatever would give them back.",
            actions=exports if desk.may("export", "core.running") else [],
            figures=_figures(summaries, first),
            caption=caption(measures),
            sources=sources(measures),
            columns=[*listing.columns(columns, "name"), {"text": "Plugins on", "href": None, "sorted": None}],
            rows=[_row(desk, key, summaries[key], measures) for key in listing.sorted(list(summaries), keys, "name")],
            more=[{"text": desk.building.plugins.manifests[name].title, "href": f"/trust/{name}"} for name in plugins],
            charts=_charts(desk, summaries, first),
        )

    @get("/academies.csv", guards=[may("export", "core.running")])
    def as_csv(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk), taken=desk.taken), "academies")

    @get("/academies.xlsx", guards=[may("export", "core.running")])
    def as_xlsx(self, desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("Academies", *_table(desk), taken=desk.taken), "academies")


def _plugins(desk: Desk, trust: Told) -> dict[str, Measures]:
    """The measures of whole academies that stand on the first page, by plugin: of each that has any this person may
    see its first, and its second as long as there is room."""
    whole = {name for one in trust.academies.values() for name in one.cells}
    found = {
        plugin: {name: one for name, one in visible(desk, measures).items() if name in whole}
        for plugin, measures in trust.measures.items()
    }
    found = {plugin: measures for plugin, measures in found.items() if measures}
    ranked = [(at, plugin) for at in range(_OF_EACH) for plugin, measures in found.items() if len(measures) > at]
    room = Counter(plugin for at, plugin in ranked[: max(_MOST, len(found))])
    return {plugin: dict(list(measures.items())[: room[plugin]]) for plugin, measures in found.items()}


def _row(desk: Desk, key: UUID, one: Summary, measures: Measures) -> dict[str, Any]:
    academy = desk.academies[key]
    titles = [desk.building.plugins.manifests[name].title for name in one.on]
    return {
        "id": key.hex[:8],
        "name": academy.name,
        "href": f"/{academy.urn}",
        "roll": f"{one.roll:,}",
        "about": f"{academy.phase.capitalize()} · {academy.authority}",
        "cells": [
            drawn(academy.name, each, one.cells.get(name), where(desk, key, each)) for name, each in measures.items()
        ],
        "plugins": titles,
        "plugins_href": "/plugins" if desk.may("write", "core.running") else None,
    }


def _figures(summaries: dict[UUID, Summary], measures: Measures) -> list[dict[str, Any]]:
    """The trust as a whole, told from the cells that are shown, so that nothing hidden can be had by subtraction."""
    roll = sum(one.roll for one in summaries.values())
    found = [{"label": "On roll", "value": f"{roll:,}", "note": counted(len(summaries), "academy", "academies")}]
    for name, measure in measures.items():
        cells = [one.cells[name] for one in summaries.values() if name in one.cells]
        shown = [cell for cell in cells if cell.part is not None]
        part, whole = sum(cell.part or 0 for cell in shown), sum(cell.whole or 0 for cell in shown)
        is_share = measure.shown_as == "share"
        notes = [
            (measure.called[1] or "academies")
            if not is_share
            else f"{100 * part / whole:.1f}% of {whole:,}"
            if whole
            else "none"
        ]
        if measure.national is not None:
            notes.append(f"England {measure.national}%")
        if len(shown) < len(cells):
            notes.append(f"without {len(cells) - len(shown)} hidden")
        found.append({"label": measure.title, "value": f"{part:,}", "note": " · ".join(notes)})
    return found


def _charts(desk: Desk, summaries: dict[UUID, Summary], measures: Measures) -> list[dict[str, Any]]:
    """Shares of the roll, stacked, where there are any."""
    series = {name: one for name, one in measures.items() if one.shown_as == "share" and one.among == ROLL}
    if not series:
        return []
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
    return [
        {
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
    ]


def _table(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """The same cells as the page, so that two cannot be subtracted."""
    trust = told(desk.building)
    measures = {name: one for of_plugin in _plugins(desk, trust).values() for name, one in of_plugin.items()}
    rows: list[list[Cell]] = []
    for key, academy in desk.academies.items():
        one = trust.academies[key]
        about: list[Cell] = [academy.urn, academy.name, academy.phase, academy.authority, one.roll]
        rows.append([*about, *written(measures, one.cells)])
    desk.exported("academies side by side", "core.running", len(rows))
    return ["URN", "Academy", "Phase", "Authority", "On roll", *head(measures)], rows
