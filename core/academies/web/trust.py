"""The centre: academies side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response

from core.academies import telling
from core.desk import Desk
from core.web.exports import csv_bytes, xlsx_bytes
from core.web.guards import may, signed_in
from core.web.lists import Listing
from core.web.pages import Page, page, see_other
from core.web.routes import get

_WORDS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


class TrustPages(Controller):
    """The centre: academies side by side, and what each has on."""

    @get("/", guards=[may("read", "core.running")])
    def show(self, request: Request[Any, Any, Any], desk: Desk) -> Page:
        """Every academy's shares beside England's."""
        summaries = telling.summaries(desk.building)
        listing = Listing(desk, "/", request.query_params, [])
        rows = [_row(desk, key, summaries[key]) for key in desk.academies]
        keys = {
            "name": lambda row: row["name"],
            "roll": lambda row: -row["count"],
            "support": lambda row: -(row["support"]["number"] or 0),
            "plans": lambda row: -(row["plans"]["number"] or 0),
        }
        columns = [
            ("Academy", "name"),
            ("On roll", "roll"),
            ("SEN support", "support"),
            ("EHC plans", "plans"),
            ("Data gaps", ""),
            ("Plugins on", ""),
        ]
        count = len(rows)
        number = _WORDS[count].capitalize() if count < len(_WORDS) else str(count)
        cells = [cell for one in summaries.values() for cell in one.cells.values()]
        source = next((cell.source for cell in cells if cell.source), "")
        actions = [{"text": "CSV", "href": "/academies.csv"}, {"text": "XLSX", "href": "/academies.xlsx"}]
        return page(
            "academies/trust.html",
            title=f"{number} academ{'y' if count == 1 else 'ies'}, side by side",
            lede="As the logs stand now. Numbers under 5 are hidden, with whatever would give them back.",
            actions=actions,
            figures=_figures(summaries),
            caption="SEN support and EHC plans as shares of the roll; the hazel line is England, January 2026.",
            source={"text": source or "no national figures loaded", "href": "/rules/academies.shown"},
            columns=listing.columns(columns, "name"),
            rows=listing.sorted(rows, keys, "name"),
            charts=[_chart(rows)] if rows else [],
        )

    @get("/academies.csv", guards=[may("export", "core.running")])
    def as_csv(self, desk: Desk) -> Response[bytes]:
        return _file(csv_bytes(*_table(desk)), "text/csv; charset=utf-8", "academies.csv")

    @get("/academies.xlsx", guards=[may("export", "core.running")])
    def as_xlsx(self, desk: Desk) -> Response[bytes]:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return _file(xlsx_bytes("Academies", *_table(desk)), kind, "academies.xlsx")

    @get("/home", guards=[signed_in])
    def home(self, desk: Desk) -> Response[Any]:
        return see_other("/")


def _share(cell: telling.Cell | None, name: str, most: float) -> dict[str, Any]:
    if cell is None:
        return {"says": "not on", "share": None, "line": None, "title": "", "desc": "", "number": None}
    share = None if cell.share is None else min(100.0, round(100 * cell.share / most, 1))
    line = None if cell.national is None else round(100 * cell.national / most, 1)
    beside = f"; England {cell.national}%" if cell.national is not None else ""
    return {
        "says": cell.says,
        "share": share,
        "line": line,
        "over": bool(cell.share and cell.share > most),
        "number": cell.share,
        "title": f"{cell.title} at {name}",
        "desc": f"{cell.says} of the roll{beside}",
    }


def _row(desk: Desk, key: UUID, one: telling.Summary) -> dict[str, Any]:
    academy = desk.academies[key]
    gaps = one.cells.get("register.gaps")
    said = {"text": "not on", "kind": "plain"} if gaps is None else {"text": "none", "kind": "well"}
    if gaps is not None and gaps.part != 0:
        said = {"text": f"{gaps.part} of {gaps.whole}" if gaps.part is not None else gaps.says, "kind": "soon"}
    titles = [desk.building.plugins.manifests[name].title for name in one.on]
    return {
        "id": key.hex[:8],
        "name": academy.name,
        "href": f"/{academy.urn}",
        "count": one.roll,
        "roll": f"{one.roll:,}",
        "about": f"{academy.phase.capitalize()} · {academy.authority}",
        "support": _share(one.cells.get("register.support"), academy.name, 30),
        "plans": _share(one.cells.get("register.plans"), academy.name, 15),
        "gaps": {**said, "href": f"/{academy.urn}/register?gaps=some" if gaps is not None and gaps.part != 0 else None},
        "plugins": titles,
        "plugins_href": "/plugins" if desk.may("write", "core.running") else None,
    }


def _figures(summaries: dict[UUID, telling.Summary]) -> list[dict[str, Any]]:
    roll = sum(one.roll for one in summaries.values())
    told = [{"label": "On roll", "value": f"{roll:,}", "note": f"{len(summaries)} academies"}]
    for name, label in (("register.support", "SEN support"), ("register.plans", "EHC plans")):
        cells = [one.cells[name] for one in summaries.values() if name in one.cells]
        shown = [cell for cell in cells if cell.part is not None]
        part, whole = sum(cell.part or 0 for cell in shown), sum(cell.whole or 0 for cell in shown)
        national = next((cell.national for cell in cells if cell.national is not None), None)
        hidden = len(cells) - len(shown)
        note = f"{100 * part / whole:.1f}% of {whole:,}" if whole else "none shown"
        if national is not None:
            note += f" · England {national}%"
        if hidden:
            note += f" · without {hidden} hidden"
        told.append({"label": label, "value": f"{part:,}", "note": note})
    return told


def _chart(rows: list[dict[str, Any]]) -> dict[str, Any]:
    lines = []
    for row in rows:
        support, plans = row["support"]["number"], row["plans"]["number"]
        known = support is not None and plans is not None
        lines.append(
            {
                "label": row["name"],
                "parts": [round(0.9 * support, 1), round(0.9 * plans, 1)] if known else [],
                "text": f"{support + plans:.1f}%" if known else "hidden or not on",
                "cells": [row["support"]["says"], row["plans"]["says"]],
            }
        )
    return {
        "id": "shares",
        "title": "SEN support and EHC plans, per cent of roll",
        "unit": "Academy",
        "wide": True,
        "desc": "A bar for each academy: SEN support, then EHC plans.",
        "caption": "",
        "series": ["SEN support", "EHC plans"],
        "rows": lines,
        "line": {"at": 18.7, "text": "England 20.8%"},
    }


def _table(desk: Desk) -> tuple[list[str], list[list[str | int | None]]]:
    """The same cells as the page, so that two cannot be subtracted."""
    header = ["URN", "Academy", "Phase", "Authority", "On roll"]
    summaries = telling.summaries(desk.building)
    titles = dict.fromkeys(cell.title for one in summaries.values() for cell in one.cells.values())
    rows: list[list[str | int | None]] = []
    for key, academy in desk.academies.items():
        one = summaries[key]
        by_title = {cell.title: cell for cell in one.cells.values()}
        row: list[str | int | None] = [academy.urn, academy.name, academy.phase, academy.authority, one.roll]
        row += [
            (cell.part if cell.part is not None else cell.says) if (cell := by_title.get(title)) else ""
            for title in titles
        ]
        rows.append(row)
    desk.exported("academies side by side", "core.running", len(rows))
    return [*header, *titles], rows


def _file(content: bytes, kind: str, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)
