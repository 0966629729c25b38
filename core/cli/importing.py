"""`import`: what the import pages do, with the same answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from core.cli.asking import Line, answer, json_option, progress
from core.errors import Refused
from core.ids import uuid7
from core.roll.columns import match, missing
from core.roll.commands import ImportRoll
from core.roll.importing import Outcome, columns, read_roll, readers
from core.roll.limits import Unreadable
from core.roll.sheets import read_sheet


class Importers(click.Group):
    """What the core reads itself, and what the plugins that are allowed here bring."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(dict.fromkeys([*super().list_commands(context), *self._brought(context)]))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return super().get_command(context, name) or self._brought(context).get(name)

    def _brought(self, context: click.Context) -> dict[str, click.Command]:
        plugins = context.obj.plugins
        answers = plugins.ask_all("importers", plugins.modules)
        return {str(command.name): command for _, commands in reversed(answers) for command in commands}


@click.group(cls=Importers)
def import_command() -> None:
    """Read a file from the school's own systems."""


@import_command.command("roll")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@click.option("--confirm", is_flag=True, help="Record it; without this nothing is recorded.")
@click.option("--part", is_flag=True, help="The file holds a part of the roll: nobody has left for not being in it.")
@json_option
@click.pass_obj
def roll(line: Line, file: Path, urn: str, confirm: bool, part: bool, as_json: bool) -> None:
    """Compare a roll export with the roll, and record it with --confirm."""
    desk = line.desk(urn)
    content = file.read_bytes()
    if len(content) > line.settings.upload_megabytes * 1_000_000:
        raise Refused(f"A file may have {line.settings.upload_megabytes} MB at most.", code="too_large")
    every = columns(readers(desk))
    try:
        sheet = read_sheet(content, file.name, every)
    except Unreadable as error:
        raise Refused(str(error), code="unreadable") from None
    mapping = match(sheet.header, every)
    if lacking := missing(mapping, every):
        raise Refused(
            f"No column could be recognised as {lacking[0].label}. Rename it in the file, or import in the browser.",
            code="no_column",
        )
    command_id = uuid7(desk.building.clock())
    with progress("Comparing with the roll", quiet=as_json) as told:
        outcome = read_roll(desk, sheet, mapping, whole=not part, progress=told)
    desk.exported("comparison of a roll export, on the command line", "core.identity", len(sheet.rows))
    if confirm and outcome.facts:
        desk.do(ImportRoll(file.name, content, mapping, not part, outcome.digest), command_id=command_id)
    answer(_told(outcome), as_json, _lines(outcome, confirm))


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "new": outcome.new,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "left": outcome.left,
        "rejected": outcome.rejected,
        "warned": outcome.warned,
    }


def _lines(outcome: Outcome, confirm: bool) -> list[str]:
    counts = f"{outcome.new} new, {outcome.changed} changed, {outcome.unchanged} unchanged, {outcome.left} left"
    lines = [f"{counts}; {len(outcome.rejected)} rows refused, {len(outcome.warned)} with a doubt."]
    lines += [f"  refused, line {one.line} (record {one.record}): {one.why}" for one in outcome.rejected]
    lines += [f"  doubt, line {one.line} (record {one.record}): {one.why}" for one in outcome.warned]
    recorded = f"Recorded: {len(outcome.facts)} entries, all together." if outcome.facts else "Nothing to record."
    return [*lines, recorded if confirm else "Nothing was recorded. Add --confirm to record it."]
