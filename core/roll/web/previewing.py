"""What an import would record, drawn: new, changed with old and new value, left, refused, doubtful; and what it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from core.desk import Desk
from core.roll.importing import Outcome, PupilChange
from core.roll.reading import Headings, RowNote
from core.roll.sheets import Row, Sheet
from core.web.exports import Cell
from core.web.forms import Form
from core.web.pages import Page, page
from core.wording import counted

LISTED = 200
NOTED = ["Line", "Record", "In the file", "What became of it", "Why"]
"""What `note_rows` tells, column by column."""


class Notes(Protocol):
    """What a reading has to say of single rows."""

    @property
    def rejected(self) -> list[RowNote]: ...

    @property
    def warned(self) -> list[RowNote]: ...


def preview_page(address: str, filename: str, sheet: Sheet, mapping: Headings, outcome: Outcome, form: Form) -> Page:
    """The preview of an upload at this address; the form confirms just this outcome, known by its digest."""
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
        counts=counts_told(told),
        confirm=f"Record {facts:,} {'entry' if facts == 1 else 'entries'}" if facts else None,
        notes=notes_of(sheet, mapping, outcome),
        changed=[_changed(address, line) for line in by_kind["changed"][:LISTED]],
        new=[{"name": line.name, "upn": line.upn, "about": line.about} for line in by_kind["new"][:LISTED]],
        left=[{"name": line.name, "upn": line.upn, "about": line.about} for line in by_kind["left"][:LISTED]],
        more={kind: more(len(lines)) for kind, lines in by_kind.items()},
        action=f"{address}/confirm",
        token=form.token(),
        keep=[{"name": "previewed", "value": outcome.digest}],
        form=None,
        mapping_href=address,
        csv_href=None,
    )


def counts_told(counts: Mapping[str, tuple[int, str | None]]) -> list[dict[str, str | None]]:
    """Counts of a preview as `ui.figures` takes them: by label how many, and where on the page they are listed."""
    return [
        {"label": label, "value": f"{count:,}", "note": None, "href": href if count else None}
        for label, (count, href) in counts.items()
    ]


def notes_of(
    sheet: Sheet, mapping: Headings, said: Notes, naming: Sequence[str] = ("surname", "forename")
) -> dict[str, Any]:
    """Refused and doubtful rows for the macros of `roll/notes.html`: the first of each, and how many more.

    Args:
        naming: Columns whose cells say what a row is about.
    """
    rows = {row.record: row for row in sheet.rows}
    return {
        "rejected": [_note(one, rows, mapping, naming) for one in said.rejected[:LISTED]],
        "warned": [_note(one, rows, mapping, naming) for one in said.warned[:LISTED]],
        "more": {"rejected": more(len(said.rejected)), "warned": more(len(said.warned))},
    }


def note_rows(
    sheet: Sheet, mapping: Headings, said: Notes, naming: Sequence[str] = ("surname", "forename")
) -> list[list[Cell]]:
    """Refused and doubtful rows for a file, as `NOTED` has them: every one of them; see `notes_of`."""
    rows = {row.record: row for row in sheet.rows}
    told = [("refused", one) for one in said.rejected] + [("taken, with a doubt", one) for one in said.warned]
    notes = [(became, _note(one, rows, mapping, naming)) for became, one in told]
    return [[note["line"], note["record"], note["what"], became, note["why"]] for became, note in notes]


def more(count: int) -> str | None:
    """What is said beneath a list that was cut short; None where it was not."""
    return f"and {count - LISTED:,} more; refused and doubtful ones are all in the CSV" if count > LISTED else None


def imported_page(desk: Desk, filename: str, places: list[int], then: Sequence[dict[str, str]]) -> Page:
    """It is recorded: in how many entries; and in which of the log, for whoever may know how many it has.

    Args:
        then: [{text, href}], where to go on to.
    """
    first, last = min(places), max(places)
    told = f"entries {first:,} to {last:,}" if desk.finds_all else counted(len(places), "entry", "entries")
    return page(
        "roll/imported.html",
        file=filename,
        counts=[{"label": "Entries", "value": f"{len(places):,}", "note": "in one command"}],
        at=desk.log.event(first).recorded_at,
        by=desk.person.name,
        entries=told,
        entries_href=f"/{desk.academy.urn if desk.academy else ''}/audit",
        rejected=0,
        rejected_href=None,
        next=then,
    )


def _note(one: RowNote, rows: dict[int, Row], mapping: Headings, naming: Sequence[str]) -> dict[str, Any]:
    cells = rows[one.record].cells if one.record in rows else ()
    named = [cells[at] for at, name in enumerate(mapping) if name in naming and at < len(cells) and cells[at]]
    return {"line": one.line, "record": one.record, "what": ", ".join(named), "why": one.why}


def _changed(address: str, line: PupilChange) -> dict[str, Any]:
    academy = address.partition("/import/")[0]
    cells = [{"field": change.label, "old": change.old, "new": change.new} for change in line.changes]
    return {"name": line.name, "upn": line.upn, "href": f"{academy}/pupils/{line.pupil}", "cells": cells}
