"""The register's own command: `tallystick register list`."""

from __future__ import annotations

from datetime import datetime

import click

from core.cli.asking import Line, answer, json_option
from core.errors import NotAllowed, NotFound
from core.wording import day

from .telling import entries_of
from .views import PROVISION_NAMES, gaps, review


def command_line() -> click.Group:
    """`tallystick register`."""
    return command


@click.group("register")
def command() -> None:
    """The SEN register of an academy."""


@command.command("list")
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@click.option("--as-at", type=click.DateTime(["%Y-%m-%d"]), help="The register of a past day.")
@click.option("--known-at", type=click.DateTime(["%Y-%m-%d"]), help="As it was known at the end of a day.")
@json_option
@click.pass_obj
def list_register(line: Line, urn: str, as_at: datetime | None, known_at: datetime | None, as_json: bool) -> None:
    """Everyone on the register, by name."""
    desk = line.desk(urn)
    if "register" not in desk.on:
        raise NotFound
    if not desk.may("read", "register.support"):
        raise NotAllowed
    past, then = (one.date() if one else None for one in (as_at, known_at))
    on = past or then or desk.today
    entries = entries_of(desk, past, then)
    desk.exported("SEN register on the command line", "register.support", len(entries))
    told = [
        {
            "pupil": one.pupil,
            "upn": one.who.upn,
            "surname": one.who.surname,
            "forename": one.who.forename,
            "year": one.who.year,
            "provision": one.support.provision,
            "needs": one.support.needs,
            "since": one.support.since,
            "review_due_by": review(one.plan, on).due_by if one.plan else None,
            "gaps": gaps(one.support, one.plan, on),
        }
        for one in entries
    ]
    lines = [
        f"{one.who.name} ({one.who.upn}): {PROVISION_NAMES[one.support.provision]}, "
        f"{' '.join(one.support.needs)}, since {day(one.support.since)}"
        for one in entries
    ]
    answer(told, as_json, [*lines, f"{len(entries)} pupils."])
