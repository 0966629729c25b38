"""`backup`, `restore`, `drill` and `backup-recipient`: for whoever can read the master key."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pyrage

from core.backups.drilling import drill
from core.backups.facts import BackupMade, DrillHeld
from core.backups.making import back_up, parsed, recipient, recipient_file, set_recipient
from core.backups.places import Backup, Places
from core.backups.restoring import Held, Trust, bring_back, told
from core.cli.asking import Line, answer, done, json_option, steps
from core.errors import NotAllowed, Refused
from core.ids import uuid7
from core.wording import counted
from events import Fact, New
from events.holders import write_private

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_identity = click.option("--identity", required=True, type=_FILE, help="The age identity from the safe.")
_half = click.option("--half", required=True, type=_FILE, help="The newest half of the stick that was sent outside.")


@click.command()
@click.argument("identity", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--is", "given", metavar="AGE1…", help="A recipient whose identity was made elsewhere.")
@click.option("--replace", is_flag=True, help="Instead of the one there is; its backups still need its own identity.")
@json_option
@click.pass_obj
def backup_recipient_command(
    line: Line, identity: Path | None, given: str | None, replace: bool, as_json: bool
) -> None:
    """Name whom backups of the keys are encrypted to: writes a new age identity to IDENTITY, for the safe."""
    _operators_only(line)
    settings = line.settings
    if (identity is None) == (given is None):
        raise click.UsageError("Say where to write the identity, or give a recipient with --is.")
    if not settings.home.is_dir():
        raise Refused("There is no trust here yet. Run: tallystick init", code="no_trust")
    if recipient_file(settings).exists() and not replace:
        raise Refused("There is a recipient already; nothing was changed. See --replace.", code="already")
    if identity is None:
        set_recipient(settings, parsed(given or ""))
        done("Backups of the keys are encrypted to this recipient from now on.", as_json)
        return
    if identity.resolve().is_relative_to(settings.home.resolve()):
        raise Refused("The identity must not lie beside what it opens. Write it to a stick.", code="beside")
    made = pyrage.x25519.Identity.generate()
    public = made.to_public()
    write_private(identity, f"# Opens the backups of the keys. Recipient: {public}\n{made}\n".encode())
    set_recipient(settings, public)
    says = [
        f"Backups of the keys are encrypted to {public} from now on.",
        f"Put {identity.name} into the safe, and leave no copy on this machine: without it no backup opens.",
    ]
    answer({"recipient": str(public), "identity": str(identity)}, as_json, says)


@click.command()
@click.argument("log_place", type=_FOLDER)
@click.argument("keys_place", type=_FOLDER)
@json_option
@click.pass_obj
def backup_command(line: Line, log_place: Path, keys_place: Path, as_json: bool) -> None:
    """Back up the log to LOG_PLACE and the keys, encrypted, to KEYS_PLACE, while the server goes on.

    Backups of the keys older than TALLYSTICK_KEY_BACKUP_DAYS are deleted; those of the log are not.
    """
    _operators_only(line)
    places, reader = Places.apart(log_place, keys_place), recipient(line.settings)
    building = line.building
    line.desk()  # an operator must be named before anything is written
    with steps(quiet=as_json) as begun:
        made = back_up(building.store, places, reader, begun)
    days = building.settings.key_backup_days
    expired = places.expire(building.today, days)
    _record(line, BackupMade(building.today, made.name, made.rows, expired))
    says = [
        f"{made.name}: {made.rows:,} rows, {made.bytes / 1e6:,.1f} MB in both places.",
        f"{counted(expired, 'backup', 'backups')} of the keys older than {days} days deleted.",
    ]
    answer({"name": made.name, "rows": made.rows, "bytes": made.bytes, "expired": expired}, as_json, says)


@click.command()
@click.argument("log_file", type=_FILE)
@click.argument("keys_file", type=_FILE)
@_identity
@_half
@json_option
@click.pass_obj
def restore_command(line: Line, log_file: Path, keys_file: Path, identity: Path, half: Path, as_json: bool) -> None:
    """Make the trust again from a backup, in an empty place; the master key must be there already."""
    _operators_only(line)
    trust = Trust(line.settings, line.settings.holder(), line.plugins.catalog())
    with steps(quiet=as_json) as begun:
        found = bring_back(trust, Backup(log_file, keys_file), Held(identity, half), begun)
    then = "Now name the recipient of backups again, make a backup, and send a new half outside."
    answer(found, as_json, [*told(found), then])
    if not found.report.ok:
        sys.exit(1)


@click.command()
@click.argument("log_place", type=_FOLDER)
@click.argument("keys_place", type=_FOLDER)
@_identity
@_half
@click.option("--within", type=_FOLDER, help="A folder on a disk with room for the trust; the system's own otherwise.")
@json_option
@click.pass_obj
def drill_command(
    line: Line, log_place: Path, keys_place: Path, identity: Path, half: Path, within: Path | None, as_json: bool
) -> None:
    """Restore the newest backup to a temporary place, verify it, time each step, remove it. Exit code 1 when wrong."""
    _operators_only(line)
    places, building = Places.apart(log_place, keys_place), line.building
    trust = Trust(building.settings, building.store.keys.holder, building.store.catalog, building.clock)
    with steps(quiet=as_json) as begun:
        held = drill(trust, places, Held(identity, half), begun, within=within)
    wrong = " ".join(held.wrong)[:2000]
    _record(line, DrillHeld(building.today, held.name, held.ok, held.entries, round(held.seconds), wrong))
    width = max((len(says) for says, _ in held.took), default=0)
    table = [f"{says:<{width}}  {seconds:8.2f} s" for says, seconds in [*held.took, ("In all", held.seconds)]]
    since = (
        f"; {counted(held.recorded_since, 'entry was', 'entries were')} recorded since" if held.recorded_since else ""
    )
    end = f"{held.name} holds: {counted(held.entries, 'entry', 'entries')} back and verified{since}."
    lines = [*table, *(f"WRONG  {says}" for says in held.wrong), *([end] if held.ok else [])]
    answer({"ok": held.ok, "drill": held}, as_json, lines)
    if not held.ok:
        sys.exit(1)


def _operators_only(line: Line) -> None:
    if line.acting:
        raise NotAllowed  # whoever can read the master key, and nobody else


def _record(line: Line, fact: Fact) -> None:
    desk = line.desk()
    desk.record([New(desk.here, fact)], command_id=uuid7(desk.building.clock()))
