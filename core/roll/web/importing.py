"""The import of the roll: upload, say what each column is, look at what would be recorded, confirm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import Refused
from core.roll.columns import match, missing
from core.roll.commands import ImportRoll
from core.roll.importing import Outcome, columns, read_roll, readers
from core.roll.reading import Headings, Table
from core.roll.sheets import read_sheet
from core.roll.web.previewing import preview_page
from core.roll.web.taking import Kept, ListImport, file_in, held, hold
from core.web.forms import Form
from core.web.guards import may
from core.web.jobs import Progress
from core.web.pages import Page, page
from core.web.routes import get, post


class RollKept(Kept):
    """An upload on its way, with what each column is, and whether it holds the whole roll."""

    mapping: Headings
    whole: bool = True


class Importing(ListImport[RollKept, Outcome]):
    """Taking over the school's own list; besides the ways of every list, a person says what each column is."""

    path = "/import"
    guards = [may("write", "core.identity")]
    record, kept, exported = "core.identity", RollKept, "refused rows of an import"
    comparing, recording = "Comparing with the roll", "Recording the import"

    def begins(self, desk: Desk) -> str:
        return f"{_base(desk)}/import"

    def form_page(self, desk: Desk, form: Form) -> Page:
        return page(
            "roll/upload.html",
            form=form,
            token=form.token(),
            keep=[],
            action=self.begins(desk),
            limit=f"{desk.building.settings.upload_megabytes} MB",
            kinds=[],
            last=[],
        )

    def taken(self, desk: Desk, form: Form) -> RollKept:
        return RollKept(*file_in(form, desk.building.settings.upload_megabytes * 1_000_000), ())

    def table(self, desk: Desk, kept: RollKept) -> Table:
        return read_sheet(kept.content, kept.filename, columns(readers(desk))), kept.mapping

    def compare(self, desk: Desk, kept: RollKept, table: Table, progress: Progress) -> Outcome:
        return read_roll(desk, *table, whole=kept.whole, progress=progress)

    def notes(self, found: Outcome) -> Outcome:
        return found

    def preview_page(self, desk: Desk, address: str, kept: RollKept, table: Table, found: Outcome, form: Form) -> Page:
        return preview_page(address, kept.filename, *table, found, form)

    def take_over(self, desk: Desk, kept: RollKept, table: Table, form: Form) -> list[int]:
        command = ImportRoll(kept.filename, kept.content, kept.mapping, kept.whole, form.text("previewed"))
        return desk.do(command, command_id=form.command_id)

    def goes_on(self, desk: Desk) -> list[dict[str, str]]:
        return [{"text": "Look at the pupils", "href": f"{_base(desk)}/pupils"}]

    @post("/")
    def take(
        self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Takes a file, sealed, and goes on to its columns."""

        def act() -> str:
            kept = self.taken(desk, form)
            sheet, _ = self.read(desk, kept)
            kept.mapping = match(sheet.header, columns(readers(desk)))
            hold(desk, form.command_id, kept)
            return f"{self.begins(desk)}/{form.command_id}"

        return form.attempt(act, lambda: self.form_page(desk, form))

    @get("/{upload_id:uuid}")
    def map(self, upload_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """What each column is."""
        return self._mapping_page(desk, upload_id, held(desk, upload_id, RollKept), form)

    @post("/{upload_id:uuid}")
    def mapped(
        self,
        request: Request[Any, Any, Any],
        upload_id: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Takes the columns and begins the preview."""
        kept = held(desk, upload_id, RollKept)
        known = {column.name for column in columns(readers(desk))}
        told = [form.text(f"column_{at}") for at in range(len(kept.mapping))]
        kept.mapping = tuple(name if name in known else None for name in told)
        kept.whole = form.text("whole") != "part"

        def act() -> str:
            if lacking := missing(kept.mapping, columns(readers(desk))):
                raise Refused(f"No column is marked as {lacking[0].label}.", code="no_column", field="column_0")
            return self.begin(request, desk, upload_id, kept, self.read(desk, kept))

        return form.attempt(act, lambda: self._mapping_page(desk, upload_id, kept, form))

    def _mapping_page(self, desk: Desk, upload_id: UUID, kept: RollKept, form: Form) -> Page:
        every = columns(readers(desk))
        sheet, _ = self.read(desk, kept)
        guessed = match(sheet.header, every)
        samples = [
            [row.cells[at] for row in sheet.rows[:400] if at < len(row.cells) and row.cells[at]]
            for at in range(len(sheet.header))
        ]
        return page(
            "roll/mapping.html",
            file=kept.filename,
            says=f"{len(sheet.rows):,} rows, {sheet.read_as}; headings on line {sheet.header_line}",
            columns=[
                {
                    "name": f"column_{at}",
                    "head": head or f"Column {at + 1}",
                    "samples": list(dict.fromkeys(samples[at]))[:3],
                    "chosen": kept.mapping[at] or "",
                    "sure": kept.mapping[at] is not None and kept.mapping[at] == guessed[at],
                }
                for at, head in enumerate(sheet.header)
            ],
            fields=[
                {"value": "", "text": "not imported"},
                *({"value": column.name, "text": column.label} for column in every),
            ],
            missing=[column.label for column in missing(kept.mapping, every)],
            whole={
                "chosen": "whole" if kept.whole else "part",
                "options": [
                    {"value": "whole", "text": "The whole roll: whoever is not in it has left"},
                    {"value": "part", "text": "A part of it: the others stay as they are"},
                ],
            },
            action=f"{self.begins(desk)}/{upload_id}",
            token=form.token(),
            keep=[],
            form=form,
            back_href=self.begins(desk),
        )


def _base(desk: Desk) -> str:
    return f"/{desk.academy.urn}" if desk.academy else ""
