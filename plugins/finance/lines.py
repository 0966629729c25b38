"""The plugin's own commands: `tallystick finance statement`, `tallystick finance import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.cli.asking import Line, answer, json_option
from core.errors import NotAllowed, NotFound, Refused
from core.ids import uuid7, uuid_for
from core.money import pence_in, pounds
from core.roll.limits import Unreadable
from core.wording import counted

from .commands import TakePostings
from .reading import Read, digest_of, posting_sheet, read_postings
from .telling import statement_table
from .views import books, this_year

if TYPE_CHECKING:
    from core.desk import Desk


def command_line() -> click.Group:
    """`tallystick finance`."""
    return command


@click.group("finance")
def command() -> None:
    """The SEN budget of an academy."""


@command.command("statement")
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@json_option
@click.pass_obj
def statement(line: Line, urn: str, as_json: bool) -> None:
    """The monthly statement: each line of this year's budget, and where it will end."""
    desk = _desk(line, urn, "read", "finance.budget")
    header, rows = statement_table(desk, this_year(desk))
    desk.exported("Monthly statement on the command line", "finance.budget", len(rows))
    told = [dict(zip((name.lower() for name in header), row, strict=True)) for row in rows]
    lines = [f"{one['line']}: {one['current']}, ends at {one['outturn']} ({one['colour']})" for one in told]
    answer(told, as_json, [*lines, f"{counted(len(rows), 'line', 'lines')}."])


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@click.option("--control", default="", help="What the ledger says they come to, net, in pounds.")
@click.option("--confirm", is_flag=True, help="Record it; without this nothing is recorded.")
@json_option
@click.pass_obj
def import_postings(line: Line, file: Path, urn: str, control: str, confirm: bool, as_json: bool) -> None:
    """Read postings of the ledger, and take them over with --confirm."""
    desk = _desk(line, urn, "write", "finance.ledger")
    content, command_id = file.read_bytes(), uuid7(desk.building.clock())
    if len(content) > line.settings.upload_megabytes * 1_000_000:
        raise Refused(f"A file may have {line.settings.upload_megabytes} MB at most.", code="too_large")
    if control and pence_in(control) is None:
        raise Refused("Give the control total in pounds, such as 12340.50.", code="no_amount")
    try:
        sheet, mapping = posting_sheet(content, file.name)
    except Unreadable as error:
        raise Refused(error.says, code="unreadable") from None
    called = frozenset({desk.academy.name, desk.academy.urn, desk.academy.laestab} if desk.academy else ())
    found = read_postings(books(desk), sheet, mapping, called)
    total = pence_in(control)
    recorded = confirm and bool(found.taken) and not found.rejected and total in (None, found.net_pence)
    if recorded:
        postings = tuple(one.posting for one in found.taken)
        taking = TakePostings(postings, digest_of(found), total)
        desk.do(taking, uuid_for(command_id, "begins"), command_id=command_id)
    answer(_told(found, total, recorded), as_json, _lines(found, total, recorded))
    if confirm and found.rejected:
        raise Refused("Nothing was recorded: rows of this file are refused.", code="refused_rows")
    if confirm and found.taken and not recorded:
        raise Refused("Nothing was recorded: the list does not come to what the ledger says.", code="unreconciled")


def _told(found: Read, control: int | None, recorded: bool) -> dict[str, Any]:
    return {
        "rows": found.rows,
        "postings": len(found.taken),
        "net_pence": found.net_pence,
        "control_pence": control,
        "on_no_line": found.on_no_line,
        "elsewhere": found.elsewhere,
        "refused": [{"line": one.line, "why": one.why} for one in found.rejected],
        "doubtful": [{"line": one.line, "why": one.why} for one in found.warned],
        "recorded": recorded,
    }


def _lines(found: Read, control: int | None, recorded: bool) -> list[str]:
    """The refused rows and those to look at, what they come to, and whether it was recorded."""
    said = [f"refused, line {one.line}: {one.why}" for one in found.rejected]
    said += [f"look at, line {one.line}: {one.why}" for one in found.warned]
    if control not in (None, found.net_pence):
        said.append(f"The ledger says {pounds(control or 0)}; these rows come to {pounds(found.net_pence)}.")
    if found.elsewhere:
        said.append(f"{counted(found.elsewhere, 'row', 'rows')} of other academies passed over.")
    ending = "Recorded." if recorded else "Nothing was recorded."
    return [*said, f"{counted(len(found.taken), 'posting', 'postings')}, {pounds(found.net_pence)} net. {ending}"]


def _desk(line: Line, urn: str, action: str, record: str) -> Desk:
    """The desk of whoever is acting; raises NotFound while the plugin is off, NotAllowed without the grant."""
    desk = line.desk(urn)
    if "finance" not in desk.on:
        raise NotFound
    if not desk.may(action, record):
        raise NotAllowed
    return desk
