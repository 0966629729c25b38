"""`academy` and `plugin`: the trust's academies, their terms, and what is on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import msgspec

from core.academies.commands import AddAcademy, SetTerm, SwitchPluginOff, SwitchPluginOn
from core.academies.facts import AcademyAdded, AcademyMovedOut
from core.academies.web.switching import as_it_stands
from core.backups.places import written
from core.cli.asking import Line, answer, done, json_option, progress
from core.cli.checking import checked
from core.desk import Desk
from core.errors import NotAllowed, Refused
from core.ids import uuid7
from events import New, Unusable, moving, taking_up
from events.notes import NoteKey

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def academy_command() -> None:
    """Academies of the trust."""


@academy_command.command("add")
@click.option("--urn", required=True)
@click.option("--name", required=True)
@click.option("--laestab", required=True, help="Authority and establishment, such as 885/2041.")
@click.option("--phase", required=True, help="primary, secondary, special, …")
@click.option("--authority", default="", help="Name of the local authority.")
@json_option
@click.pass_obj
def add(line: Line, urn: str, name: str, laestab: str, phase: str, authority: str, as_json: bool) -> None:
    """Take an academy into the trust."""
    desk = line.desk()
    command = checked(AddAcademy, urn=urn, name=name, laestab=laestab, phase=phase, authority=authority or laestab[:3])
    add_academy(desk, command)
    answer(
        {"urn": urn, "name": name}, as_json, [f"{name} ({urn}) is an academy of the trust. Nothing is on there yet."]
    )


def add_academy(desk: Desk, command: AddAcademy) -> None:
    """Adds an academy: its logs first, then the fact that it joined."""
    if not desk.may("write", "core.running"):
        raise NotAllowed
    if desk.building.academy(command.urn):
        raise Refused(f"The URN {command.urn} is an academy of this trust already.", code="already", field="urn")
    laestab = command.laestab.replace("/", "")
    new = desk.building.new_academy(command.urn, command.name, laestab, command.phase, command.authority)
    desk.record([new], command_id=uuid7(desk.building.clock()))


@academy_command.command("export")
@click.argument("urn")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", "recipient", required=True, help="The receiving trust's age recipient: age1…")
@click.option("--host", required=True, help="Host name of the receiving trust's Tallystick.")
@json_option
@click.pass_obj
def export_academy(line: Line, urn: str, file: Path, recipient: str, host: str, as_json: bool) -> None:
    """Close an academy's log and write it, with its keys, to a file only the receiving trust can open."""
    desk = line.desk(urn)
    if not desk.may("write", "core.running") or line.acting:
        raise NotAllowed  # only whoever can read the master key
    academy, store = desk.academies[desk.here], desk.building.store
    fields = ("urn", "name", "laestab", "phase", "authority")
    about = msgspec.convert({name: getattr(academy, name) for name in fields}, AddAcademy)
    with written(file) as out, progress("Writing", quiet=as_json) as told:
        moving.export(
            store,
            academy.log_name,
            [f"{academy.log_name}-reads"],
            out,
            host=host,
            recipient=recipient,
            about=about,
            progress=told,
        )
    done(f"{academy.name} is in {file}. Nothing more is recorded here. Wait for the receipt, then: release.", as_json)


@academy_command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--identity", required=True, type=click.Path(exists=True, path_type=Path), help="Our age identity.")
@click.option("--receipt", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
@json_option
@click.pass_obj
def import_academy(line: Line, file: Path, identity: Path, receipt: Path, as_json: bool) -> None:
    """Take up an academy from another trust, prove that it is whole, and write the receipt for its sender.

    The same file again finishes what was broken off, and writes the receipt anew.
    """
    desk = line.desk()
    if not desk.may("write", "core.running") or line.acting:
        raise NotAllowed
    if receipt.exists():
        raise Refused(f"There is a file {receipt} already; nothing was taken up.", code="already")
    store = desk.building.store
    with file.open("rb") as sealed, progress("Reading", quiet=as_json) as told:
        about, moved = taking_up.receive(store, sealed, identity, AddAcademy, told)
    records, reads = (store.log(one.name) for one in moved)
    if not desk.building.academy(about.urn):
        who, whose = (about.urn, about.name, about.laestab, about.phase), about.authority
        added = AcademyAdded(*who, whose, UUID(bytes=reads.id), desk.today)
        desk.record([New(UUID(bytes=records.id), added)], command_id=uuid7(desk.building.clock()))
    given = taking_up.receipts(store, moved)
    with written(receipt) as out:
        out.write(msgspec.json.format(msgspec.json.encode(given), indent=2))
    says = [
        f"{about.name} is an academy of this trust. Send {receipt} to the trust it came from.",
        "Tell its sender by another way, such as the telephone, what we sign by:",
        *[f"  {one.key}" for one in given],
    ]
    answer({"receipt": str(receipt), "keys": [one.key for one in given]}, as_json, says)


@academy_command.command("release")
@click.argument("urn")
@click.option("--receipt", required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--key", "keys", multiple=True, required=True, help="What the receiver signs by, as they told you.")
@click.option("--keep", multiple=True, metavar="CLASS", help="A record class to keep by law, or all of a plugin.")
@click.option("--backups-until", required=True, type=DAY, help="Last day on which a backup may hold the keys.")
@click.confirmation_option(prompt="Every other record of this academy will be unreadable here, for ever. Go on?")
@json_option
@click.pass_obj
def release_academy(
    line: Line,
    urn: str,
    receipt: Path,
    keys: tuple[str, ...],
    keep: tuple[str, ...],
    backups_until: datetime,
    as_json: bool,
) -> None:
    """Destroy an academy's keys here, once its receipt proves that the other trust holds all of it."""
    desk = line.desk()
    found = desk.building.academy(urn)
    if not desk.may("write", "core.running") or line.acting or found is None:
        raise NotAllowed
    key, academy = found
    try:
        given = msgspec.json.decode(receipt.read_bytes(), type=list[moving.Receipt])
    except msgspec.MsgspecError:
        raise Unusable("This is no receipt; nothing was destroyed.") from None
    names = [academy.log_name, f"{academy.log_name}-reads"]
    gone = moving.release(
        desk.building.store,
        given,
        names,
        lambda record: any(record == one or record.startswith(f"{one}.") for one in keep),
        backups_until.date(),
        keys=keys,
    )
    host = NoteKey.parse(given[0].key).name.partition("/")[0]
    fact = AcademyMovedOut(host, desk.today, sum(count for count, _ in gone.values()), keep)
    desk.record([New(key, fact)], command_id=uuid7(desk.building.clock()))
    told = {name: {"destroyed": one, "kept": other} for name, (one, other) in gone.items()}
    answer(told, as_json, [f"{name}: {one:,} keys destroyed, {other:,} kept" for name, (one, other) in gone.items()])


@academy_command.command("list")
@json_option
@click.pass_obj
def list_academies(line: Line, as_json: bool) -> None:
    """Every academy, and what is on there."""
    desk = line.desk()
    told = []
    for key, academy in desk.academies.items():
        on = desk.building.plugins_on(key, desk.building.academy_log(academy))
        told.append(
            {
                "urn": academy.urn,
                "name": academy.name,
                "phase": academy.phase,
                "authority": academy.authority,
                "on": list(on),
                "moved_on": academy.moved_on,
            }
        )
    answer(told, as_json, [f"{one['urn']}  {one['name']}: {_stands(one)}" for one in told])


def _stands(one: dict[str, Any]) -> str:
    if one["moved_on"]:
        return f"moved to another trust on {one['moved_on']}"
    return ", ".join(one["on"]) or "nothing on"


@academy_command.command("term")
@click.option("--academy", "urn", required=True)
@click.option("--name", required=True, help="Such as Autumn 2026, first half.")
@click.option("--from", "starts", required=True, type=DAY)
@click.option("--to", "ends", required=True, type=DAY)
@json_option
@click.pass_obj
def term(line: Line, urn: str, name: str, starts: datetime, ends: datetime, as_json: bool) -> None:
    """Set a term's first and last day, half-terms cut out."""
    line.desk(urn).do(SetTerm(name, starts.date(), ends.date()))
    done(f"{name} is set.", as_json)


@click.group()
def plugin_command() -> None:
    """Plugins, on and off at each academy."""


@plugin_command.command("on")
@click.argument("name")
@click.option("--academy", "urn", required=True)
@click.option("--reason", required=True)
@click.option("--approve", multiple=True, help="Name of a view it may ask of another plugin; repeat for several.")
@json_option
@click.pass_obj
def switch_on(line: Line, name: str, urn: str, reason: str, approve: tuple[str, ...], as_json: bool) -> None:
    """Switch a plugin on at an academy, with the reason."""
    desk = line.desk(urn)
    manifest = desk.building.plugins.manifests.get(name)
    if manifest is None:
        raise Refused(f"No plugin {name!r} is allowed here.", code="no_plugin")
    if strange := set(approve) - {ask.name for ask in manifest.asks}:
        raise Refused(f"{name} does not ask for {min(strange)}.", code="no_ask")
    desk.do(checked(SwitchPluginOn, plugin=name, reason=reason, approved=approve, stood=as_it_stands(manifest)))
    done(f"{name} is on at {urn}.", as_json)


@plugin_command.command("off")
@click.argument("name")
@click.option("--academy", "urn", required=True)
@click.option("--reason", required=True)
@json_option
@click.pass_obj
def switch_off(line: Line, name: str, urn: str, reason: str, as_json: bool) -> None:
    """Switch a plugin off at an academy, with the reason. Its records stay, sealed and kept."""
    desk = line.desk(urn)
    desk.do(checked(SwitchPluginOff, plugin=name, reason=reason))
    manifest = desk.building.plugins.manifests.get(name)
    duties = "; ".join(manifest.duties if manifest else ()) or "nothing"
    done(f"{name} is off at {urn}. No longer watched there: {duties}.", as_json)


@plugin_command.command("list")
@json_option
@click.pass_obj
def list_plugins(line: Line, as_json: bool) -> None:
    """Every plugin that is allowed here."""
    manifests = line.building.plugins.manifests.values()
    answer(
        [{"name": one.name, "title": one.title, "purpose": one.purpose} for one in manifests],
        as_json,
        [f"{one.name}: {one.purpose}" for one in manifests],
    )
