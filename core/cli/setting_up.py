"""`init`: a new trust: its master key, its databases, its logs, its operator."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from core.accounts.commands import AddPerson, Give
from core.accounts.facts import Granted, OperatorNamed, PersonAdded
from core.accounts.roles import allowed
from core.building import Building, prepare
from core.cli.asking import Line, answer, json_option
from core.errors import Refused
from core.ids import uuid7, uuid_for
from core.periods import london_today
from core.settings import Settings
from core.signing_in.rules import password_findings
from events import Actor, New
from events.holders import LENGTH, write_private


@click.command()
@click.option("--name", required=True, help="The trust's name.")
@click.option("--operator", "operator_name", required=True, help="Name of whoever runs this installation.")
@click.option("--email", required=True, help="Their email address, for signing in.")
@click.option("--password", help="Their password; asked for when not given.")
@json_option
@click.pass_obj
def init_command(line: Line, name: str, operator_name: str, email: str, password: str | None, as_json: bool) -> None:
    """Set up a new trust: master key, databases, logs, operator."""
    settings = line.settings
    if not password:
        password = click.prompt("Password for signing in", hide_input=True, confirmation_prompt=True)
    insist_on_password(password, operator_name, email, name)
    make_key(settings)
    prepare(settings)
    building = line.building
    if building.store.names():
        raise Refused("There is a trust here already; nothing was changed.", code="already")
    found(building, name, operator_name, email, password)
    told = {"trust": name, "home": str(settings.home), "master_key": str(settings.key_file)}
    key = settings.key_file
    answer(
        told,
        as_json,
        [
            f"{name} is set up in {settings.home}.",
            f"Keep a copy of {key} in a safe place: without it nothing can be read.",
        ],
    )


def insist_on_password(password: str, *about: str) -> None:
    """Raises Refused for a password that is too short, or that is guessed first.

    Args:
        about: What anyone knows of its owner.
    """
    for finding in password_findings(password, about, london_today(datetime.now(UTC))):
        raise Refused(finding.says, code=finding.code, field="password")


def make_key(settings: Settings) -> None:
    """Makes a master key of 32 random bytes, readable by its owner only; leaves one that is there alone."""
    if settings.master_key or settings.key_file.exists():
        return
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(settings.key_file, os.urandom(LENGTH))


def found(building: Building, name: str, operator_name: str, email: str, password: str) -> None:
    """Founds the trust and names its operator, with the first grant."""
    operator = building.desk_store.new_id(uuid7(building.clock()), email)
    building.found_trust(name, uuid7(building.clock()), operator)
    command = AddPerson(operator_name, email, operator=True)
    allows = allowed("operator", building.plugins.everything)
    first = Give("operator", (), allows, "Runs this installation")
    today, log = building.today, building.trust
    grant = Granted(uuid_for("first grant", operator), first.role, (), "all", (), allows, today, None, first.purpose)
    facts = [PersonAdded(command.name, command.email, today), OperatorNamed(today), grant]
    actor = Actor(operator, "Operator", "init")
    log.append([New(operator, fact) for fact in facts], command_id=uuid7(building.clock()), actor=actor)
    building.desk_store.set_password(email, operator, password)
