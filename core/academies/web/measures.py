"""One plugin across the trust: its measures academy by academy, and group by group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.academies.telling import Summary, Told, told
from core.academies.web.cells import Measures, by_size, caption, drawn, head, heading, sources, visible, where, written
from core.desk import Desk
from core.errors import NotFound
from core.web.exports import Cell, csv_bytes, xlsx_bytes
from core.web.files import as_csv, as_xlsx
from core.web.guards import may
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.routes import get


class MeasurePages(Controller):
    """A plugin's numbers, all of them, for the academies where it is on."""

    path = "/trust/{name:str}"

    @get("/", guards=[may("read", "core.running")])
    def show(self, request: Request[Any, Any, Any], name: FromPath[str], desk: NamedDependency[Desk]) -> Page:
        """Academy by academy; beneath, where the plugin tells groups, group by group across the academies."""
        trust, academies, groups = _found(desk, name)
        summaries = {key: one for key, one in trust.academies.items() if name in one.on}
        listing = Listing(desk, f"/trust/{name}", request.query_params, [])
        keys: dict[str, Callable[[UUID], Any]] = {
            "name": lambda key: desk.academies[key].name,
            **{one: by_size(lambda key: summaries[key].cells, one) for one in academies},
        }
        columns = [("Academy", "name"), *((heading(one), key) for key, one in academies.items())]
        exports = [{"text": text, "href": f"/trust/{name}/list.{text.lower()}"} for text in ("CSV", "XLSX")]
        return page(
            "academies/measures.html",
            title=desk.building.plugins.manifests[name].title,
            crumbs=[{"text": "Academies", "href": "/"}, {"text": "One plugin", "href": None}],
            lede="Academy by academy, where it is on. Numbers under 5 are hidden, with whatever would give them back.",
            actions=_pages(desk, name) + (exports if desk.may("export", "core.running") else []),
            caption=caption({**academies, **groups}),
            sources=sources({**academies, **groups}),
            columns=listing.columns(columns, "name"),
            rows=[_row(desk, summaries[key], academies) for key in listing.sorted(list(summaries), keys, "name")]
            if academies
            else [],
            group_columns=[{"text": "Group"}, *({"text": heading(one)} for one in groups.values())],
            groups=[
                {
                    "id": str(at),
                    "name": of,
                    "cells": [drawn(of, one, cells.get(each), missing="", whole=True) for each, one in groups.items()],
                }
                for at, (of, cells) in enumerate(trust.groups[name].items())
            ]
            if groups
            else [],
        )

    @get("/list.csv", guards=[may("export", "core.running")])
    def as_csv(self, name: FromPath[str], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_csv(csv_bytes(*_table(desk, name), taken=desk.taken), f"{name}-academies")

    @get("/list.xlsx", guards=[may("export", "core.running")])
    def as_xlsx(self, name: FromPath[str], desk: NamedDependency[Desk]) -> Response[bytes]:
        return as_xlsx(xlsx_bytes("Academies", *_table(desk, name), taken=desk.taken), f"{name}-academies")


def _row(desk: Desk, one: Summary, measures: Measures) -> dict[str, Any]:
    academy = desk.academies[one.academy]
    return {
        "id": one.academy.hex[:8],
        "name": academy.name,
        "href": f"/{academy.urn}",
        "cells": [
            drawn(academy.name, each, one.cells.get(name), where(desk, one.academy, each), whole=True)
            for name, each in measures.items()
        ],
    }


def _pages(desk: Desk, name: str) -> list[dict[str, str]]:
    """The plugin's own pages across the academies, those this person may open."""
    pages = desk.building.plugins.manifests[name].centre_pages
    return [{"text": one.text, "href": one.href} for one in pages if desk.may(*one.permission)]


def _found(desk: Desk, name: str) -> tuple[Told, Measures, Measures]:
    """What is told, and the measures of academies and of groups this person may see.

    Raises:
        NotFound: There is no such plugin, it is on nowhere, or it counts nothing this person may know the count of.
    """
    trust = told(desk.building)
    measures = visible(desk, trust.measures.get(name, {}))
    if not measures:
        raise NotFound
    by_academy = {each for one in trust.academies.values() for each in one.cells}
    by_group = {each for row in trust.groups[name].values() for each in row}
    return (
        trust,
        {each: one for each, one in measures.items() if each in by_academy},
        {each: one for each, one in measures.items() if each in by_group},
    )


def _table(desk: Desk, name: str) -> tuple[list[str], list[list[Cell]]]:
    """Both tables in one file, with the cells of the page."""
    trust, academies, groups = _found(desk, name)
    every = {**academies, **groups}
    rows: list[list[Cell]] = [
        ["Academy", academy.urn, academy.name, *written(every, trust.academies[key].cells, missing="", whole=True)]
        for key, academy in desk.academies.items()
        if academies and name in trust.academies[key].on
    ]
    if groups:
        rows += [
            ["Group", "", of, *written(every, cells, missing="", whole=True)]
            for of, cells in trust.groups[name].items()
        ]
    title = desk.building.plugins.manifests[name].title
    desk.exported(f"{title}, academy by academy", "core.running", len(rows))
    return ["Told by", "URN", "Name", *head(every, whole=True)], rows
