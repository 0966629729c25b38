"""The plugin's own commands: `tallystick exams list` and `tallystick exams import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.cli.asking import Line, answer, json_option
from core.errors import NotAllowed, NotFound, Refused
from core.ids import uuid7
from core.roll.limits import Unreadable

from .commands import TakeEntries
from .reading import Comparison, compare, entry_sheet, read_entries
from .rules import centre_number_state
from .telling import arrangements_table

if TYPE_CHECKING:
    from core.desk import Desk


def command_line() -> click.Group:
    """`tallystick exams`."""
    return command


@click.group("exams")
def command() -> None:
    """Exam access arrangements of an academy."""


@command.command("list")
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@json_option
@click.pass_obj
def list_arrangements(line: Line, urn: str, as_json: bool) -> None:
    """Every arrangement that stands, by year and name of the pupil."""
    desk = _desk(line, urn, "read", "exams.arrangements")
    header, rows = arrangements_table(desk)
    desk.exported("Access arrangements on the command line", "exams.arrangements", len(rows))
    told = [dict(zip(map(str.lower, header), row, strict=True)) for row in rows]
    lines = [f"{one['surname']}, {one['forename']} ({one['upn']}): {one['code']}, {one['state']}" for one in told]
    answer(told, as_json, [*lines, f"{len(rows)} arrangements."])


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@click.option("--centre", required=True, help="Centre number, five digits.")
@click.option("--confirm", is_flag=True, help="Record it; without this nothing is recorded.")
@json_option
@click.pass_obj
def import_timetable(line: Line, file: Path, urn: str, centre: str, confirm: bool, as_json: bool) -> None:
    """Compare a timetable and its entries with what is recorded, and record it with --confirm."""
    desk = _desk(line, urn, "write", "exams.entries")
    said = centre_number_state(centre)
    if said.level == "BLOCK":
        raise Refused(said.says, code=said.code)
    content, command_id = file.read_bytes(), uuid7(desk.building.clock())
    if len(content) > line.settings.upload_megabytes * 1_000_000:
        raise Refused(f"A file may have {line.settings.upload_megabytes} MB at most.", code="too_large")
    try:
        sheet, mapping = entry_sheet(content, file.name)
    except Unreadable as error:
        raise Refused(error.says, code="unreadable") from None
    found = compare(desk, read_entries(desk, sheet, mapping, centre))
    desk.exported("comparison of a timetable, on the command line", "exams.entries", found.read.rows)
    recorded = confirm and bool(found.facts) and not found.read.rejected
    if recorded:
        desk.do(TakeEntries(centre, found.read.entries, found.digest), command_id=command_id)
    answer(_told(found), as_json, [*_lines(found), _ending(found, recorded)])
    if confirm and found.read.rejected:
        raise Refused("Nothing was recorded: rows of this file are refused.", code="refused_rows")


def _desk(line: Line, urn: str, action: str, record: str) -> Desk:
    """The desk of whoever is acting; raises NotFound while the plugin is off, NotAllowed without the grant."""
    desk = line.desk(urn)
    if "exams" not in desk.on:
        raise NotFound
    if not desk.may(action, record):
        raise NotAllowed
    return desk


def _told(found: Comparison) -> dict[str, Any]:
    return {
        "rows": found.read.rows,
        "new_papers": len(found.new),
        "changed_papers": len(found.changed),
        "new_candidates": len(found.numbered),
        "numbers_that_change": len(found.renumbered),
        "new_entries": sum(map(len, found.entered.values())),
        "findings": found.read.findings,
    }


def _lines(found: Comparison) -> list[str]:
    told = _told(found)
    counts = (f"{told[name]} {name.replace('_', ' ')}" for name in told if name not in {"rows", "findings"})
    lines = [f"{found.read.rows} rows: {', '.join(counts)}."]
    for words, notes in (("refused", found.read.rejected), ("doubt", found.read.warned)):
        lines += [f"  {words}, line {one.line} (record {one.record}): {one.why}" for one in notes]
    return lines


def _ending(found: Comparison, recorded: bool) -> str:
    if recorded:
        return f"Recorded: {len(found.facts)} entries of the log, all together."
    if found.read.rejected:
        return "Nothing is recorded of a file with refused rows. Mend them, then try again."
    return "Nothing was recorded. Add --confirm to record it." if found.facts else "Everything is recorded already."
