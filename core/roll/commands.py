"""What an academy decides about its roll."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from core.command import Command, decides
from core.errors import Refused, Stale
from core.roll.columns import missing
from core.roll.facts import StaffJoined, StaffLeft
from core.roll.importing import columns, read_roll, readers
from core.roll.limits import Unreadable
from core.roll.sheets import read_sheet
from core.roll.views import Staff, staff
from events import New

if TYPE_CHECKING:
    from core.desk import Desk

Words = Annotated[str, Meta(min_length=1, max_length=100)]


class ImportRoll(Command, frozen=True):
    """Take over what a file says of the roll, and of what the plugins that are on read from it.

    `previewed` is the digest of the outcome the person confirmed; empty to take it unseen.
    """

    filename: str
    content: bytes
    mapping: tuple[str | None, ...]
    whole: bool = True
    previewed: str = ""


class AddStaff(Command, frozen=True):
    name: Words
    job: Words
    form: str = ""
    joined_on: date | None = None


class RemoveStaff(Command, frozen=True):
    left_on: date


@decides(ImportRoll, checks_written=True, by_name=False)
def import_roll(command: ImportRoll, desk: Desk) -> list[New]:
    try:
        sheet = read_sheet(command.content, command.filename, columns(readers(desk)))
    except Unreadable as error:
        raise Refused(str(error), code="unreadable", field="file") from None
    if lacking := missing(command.mapping, columns(readers(desk))):
        raise Refused(f"No column is marked as {lacking[0].label}.", code="no_column", field="mapping")
    outcome = read_roll(desk, sheet, command.mapping, whole=command.whole)
    if command.previewed and outcome.digest != command.previewed:
        raise Stale(["The roll has changed since this preview was made. Look at the new preview, then confirm."])
    if not outcome.facts:
        raise Refused("Nothing in this file is different from the roll.", code="nothing", field="file")
    return outcome.facts


@decides(AddStaff, given={"known": staff}, about="itself")
def add_staff(command: AddStaff, known: Staff | None, today: date) -> StaffJoined:
    if known is not None and known.left_on is None:
        raise Refused("They are on the staff already.", code="already_here")
    return StaffJoined(command.name, command.job, command.form, command.joined_on or today)


@decides(RemoveStaff, given={"known": staff}, about="itself")
def remove_staff(command: RemoveStaff, known: Staff | None) -> StaffLeft:
    if known is None or known.left_on is not None:
        raise Refused("They are not on the staff.", code="not_here")
    return StaffLeft(command.left_on)
