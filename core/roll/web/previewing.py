"""What an import would record, drawn: new, changed with old and new value, left, refused, doubtful."""

from __future__ import annotations

from typing import Any

from core.roll.importing import Outcome, PupilChange, RowNote
from core.roll.sheets import Row, Sheet
from core.web.exports import Cell
from core.web.forms import Form
from core.web.pages import Page, page

_LISTED = 200
Mapping = tuple[str | None, ...]


def preview_page(address: str, filename: str, sheet: Sheet, mapping: Mapping, outcome: Outcome, form: Form) -> Page:
    """The preview of an upload at this address; the form confirms just this outcome, known by its digest."""
    rows = {row.record: row for row in sheet.rows}
    by_kind = {kind: [line for line in outcome.listed if line.kind == kind] for kind in ("new", "changed", "left")}
    facts = len(outcome.facts)
    told = {
        "New": (outcome.new, "#new"),
        "Changed": (outcome.changed, "#changed"),
        "Unchanged": (outcome.unchanged, None),
        "Left": (outcome.left, "#left"),
        "Refused": (len(outcome.rejected), "#rejected"),
        "With a doubt": (len(outcome.warned), "#warned"),
    }
    return page(
        "roll/preview.html",
        file=filename,
        says=f"{len(sheet.rows):,} rows, {sheet.read_as}",
        counts=[
            {"label": label, "value": f"{count:,}", "note": None, "href": href if count else None}
            for label, (count, href) in told.items()
        ],
        confirm=f"Record {facts:,} {'entry' if facts == 1 else 'entries'}" if facts else None,
        rejected=[_note(one, rows, mapping) for one in outcome.rejected[:_LISTED]],
        warned=[_note(one, rows, mapping) for one in outcome.warned[:_LISTED]],
        changed=[_changed(address, line) for line in by_kind["changed"][:_LISTED]],
        new=[{"name": line.name, "upn": line.upn, "about": line.about} for line in by_kind["new"][:_LISTED]],
        left=[{"name": line.name, "upn": line.upn, "about": line.about} for line in by_kind["left"][:_LISTED]],
        more={
            **{kind: _more(len(lines)) for kind, lines in by_kind.items()},
            "rejected": _more(len(outcome.rejected)),
            "warned": _more(len(outcome.warned)),
        },
        action=f"{address}/confirm",
        token=form.token(),
        keep=[{"name": "previewed", "value": outcome.digest}],
        form=None,
        mapping_href=address,
        csv_href=None,
    )


def note_rows(sheet: Sheet, mapping: Mapping, outcome: Outcome) -> list[list[Cell]]:
    """Refused and doubtful rows for a file: line, record, who the row names, what became of it, why."""
    rows = {row.record: row for row in sheet.rows}
    told = [("refused", one) for one in outcome.rejected] + [("taken, with a doubt", one) for one in outcome.warned]
    notes = [(became, _note(one, rows, mapping)) for became, one in told]
    return [[note["line"], note["record"], note["what"], became, note["why"]] for became, note in notes]


def _more(count: int) -> str | None:
    return f"and {count - _LISTED:,} more; refused and doubtful ones are all in the CSV" if count > _LISTED else None


def _note(one: RowNote, rows: dict[int, Row], mapping: Mapping) -> dict[str, Any]:
    cells = rows[one.record].cells if one.record in rows else ()
    named = [
        cells[at]
        for at, name in enumerate(mapping)
        if name in ("surname", "forename") and at < len(cells) and cells[at]
    ]
    return {"line": one.line, "record": one.record, "what": ", ".join(named), "why": one.why}


def _changed(address: str, line: PupilChange) -> dict[str, Any]:
    academy = address.partition("/import/")[0]
    cells = [{"field": change.label, "old": change.old, "new": change.new} for change in line.changes]
    return {"name": line.name, "upn": line.upn, "href": f"{academy}/pupils/{line.pupil}", "cells": cells}
