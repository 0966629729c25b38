"""Measures as tables draw them: which of them a person may see, and how each cell stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from core.academies.telling import Cell
from core.answers import Measure
from core.desk import Desk
from core.web.exports import Cell as Written
from core.wording import counted

Measures = dict[str, Measure]
ROLL = "the roll"


def visible(desk: Desk, measures: Mapping[str, Measure]) -> Measures:
    """Those counted from a class this person may count or read."""
    return {
        name: one for name, one in measures.items() if desk.may("count", one.record) or desk.may("read", one.record)
    }


def heading(measure: Measure) -> str:
    """The head of its column: with what the share is of, where that is not the roll."""
    return (
        measure.title
        if measure.shown_as != "share" or measure.among == ROLL
        else f"{measure.title}, of {measure.among}"
    )


def caption(measures: Measures) -> str:
    """What the bars are shares of, and what the line in them is."""
    of = {one.among == ROLL for one in measures.values() if one.shown_as == "share"}
    of_roll = "Shares of the roll" + (", or of what the heading says" if False in of else "")
    told = [of_roll if True in of else "Shares of what the heading says" if of else "Numbers, each of what it counts"]
    if any(one.national is not None for one in measures.values()):
        told.append("the hazel line is England")
    return f"{'; '.join(told)}."


def sources(measures: Measures) -> list[str]:
    """Where the national figures are from, each once."""
    return list(dict.fromkeys(one.source for one in measures.values() if one.source))


def by_size(cells: Callable[[Any], Mapping[str, Cell]], name: str) -> Callable[[Any], float]:
    """The highest first; hidden and missing ones last."""

    def key(row: Any) -> float:
        cell = cells(row).get(name)
        size = None if cell is None else cell.part if cell.measure.shown_as == "count" else cell.share
        return 1.0 if size is None else -float(size)

    return key


def where(desk: Desk, academy: UUID, measure: Measure) -> str:
    """Where a count of an academy leads whoever may read what it is of; "" for who may only count, and for no page."""
    reads = desk.permissions_at(academy).anywhere("read", measure.page or measure.record) if measure.href else False
    return f"/{desk.academies[academy].urn}/{measure.href}" if reads else ""


def drawn(
    of: str, measure: Measure, cell: Cell | None, href: str = "", *, missing: str = "not on", whole: bool = False
) -> dict[str, Any]:
    """For the template's `cell`.

    Args:
        of: The academy or group, for a screen reader.
        href: Where a count leads on to; see `where`.
        missing: What stands where there is no cell.
        whole: Whether a share also says how many of how many.
    """
    if measure.shown_as == "share":
        return _share(of, measure, cell, missing, whole)
    if cell is None:
        tag = {"text": missing, "kind": "plain"}
    elif measure.shown_as == "count":
        tag = {"text": cell.says, "kind": "plain"}
    elif cell.part == 0:
        tag = {"text": "none", "kind": "well"}
    else:
        tag = {"text": cell.says if cell.part is None else _gaps(cell.part, measure), "kind": "soon"}
    return {"label": measure.title, "tag": tag, "href": (href or None) if cell and cell.part != 0 else None}


def _gaps(part: int, measure: Measure) -> str:
    one, many = measure.called
    return counted(part, one, many) if many else "yes"


def _share(of: str, measure: Measure, cell: Cell | None, missing: str, whole: bool) -> dict[str, Any]:
    """For `ui.share_bar`: a bar on the measure's own scale, broken where it goes beyond."""
    told: dict[str, Any] = {"label": measure.title, "tag": None, "says": missing, "share": None, "line": None}
    if cell is None:
        return told
    beside = f"; England {measure.national}%" if measure.national is not None else ""
    says = f"{cell.says}, {cell.part:,} of {cell.whole:,}" if whole and cell.share is not None else cell.says
    return told | {
        "says": says,
        "share": None if cell.share is None else min(100.0, round(100 * cell.share / measure.full, 1)),
        "line": None if measure.national is None else round(100 * measure.national / measure.full, 1),
        "over": cell.share is not None and cell.share > measure.full,
        "title": f"{measure.title}: {of}",
        "desc": f"{says} of {measure.among}{beside}",
    }


def head(measures: Measures, *, whole: bool = False) -> list[str]:
    """The columns of a file."""
    return [text for one in measures.values() for text in (heading(one), *([_of(one)] if whole and _of(one) else []))]


def written(
    measures: Measures, cells: Mapping[str, Cell], *, missing: str = "not on", whole: bool = False
) -> list[Written]:
    """The same cells as the page's, for a file; two numbers for a share of anything but the roll."""
    row: list[Written] = []
    for name, measure in measures.items():
        cell = cells.get(name)
        row.append(missing if cell is None else cell.says if cell.part is None else cell.part)
        if whole and _of(measure):
            row.append(None if cell is None else cell.whole)
    return row


def _of(measure: Measure) -> str:
    return f"{measure.title}: of how many" if measure.shown_as == "share" and measure.among != ROLL else ""
