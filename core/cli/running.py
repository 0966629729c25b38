"""`academy` and `plugin`: the trust's academies, their terms, and what is on."""

from __future__ import annotations

from datetime import datetime

import click

from core.academies.commands import AddAcademy, SetTerm, SwitchPluginOff, SwitchPluginOn
from core.academies.web.switching import as_it_stands
from core.cli.asking import Line, answer, done, json_option
from core.cli.checking import checked
from core.desk import Desk
from core.errors import NotAllowed, Refused
from core.ids import uuid7

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
            }
        )
    answer(told, as_json, [f"{one['urn']}  {one['name']}: {', '.join(one['on']) or 'nothing on'}" for one in told])


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
