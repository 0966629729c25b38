"""`grant lend`, `lent`, `take-back` and `break-glass`: what somebody does about rights of their own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import click

from core.accounts.glass import break_glass
from core.accounts.lending import lend, lent, take_back
from core.accounts.rules import terms
from core.cli.asking import Line, answer, done, json_option
from core.cli.running import DAY
from core.errors import NotFound
from core.ids import uuid7
from core.roll.people import records_of
from core.roll.views import pupil, with_upn

_academy = click.option("--academy", "urn", required=True, help="URN of the academy.")


@click.command("lend")
@click.argument("email")
@_academy
@click.option("--record", "records", multiple=True, required=True, help="A class of record; repeat for several.")
@click.option("--writes", is_flag=True, help="They write it too, where you may.")
@click.option("--pupil", "upns", multiple=True, help="UPN: of whom; repeat for several. Of everyone otherwise.")
@click.option("--until", type=DAY, required=True, help="Last day.")
@click.option("--purpose", required=True)
@json_option
@click.pass_obj
def lend_command(
    line: Line,
    email: str,
    urn: str,
    records: tuple[str, ...],
    writes: bool,
    upns: tuple[str, ...],
    until: datetime,
    purpose: str,
    as_json: bool,
) -> None:
    """Let a colleague stand in for what you hold yourself; you stay answerable."""
    desk = line.desk(urn)
    pupils = records_of(desk.building, [desk.academies[desk.here]], upns)
    lend(desk, email, records, pupils, until.date(), purpose, uuid7(desk.building.clock()), writes=writes)
    done(f"{email} stands in for you until {until.date()}.", as_json)


@click.command("lent")
@_academy
@json_option
@click.pass_obj
def lent_command(line: Line, urn: str, as_json: bool) -> None:
    """What you have lent here that still counts."""
    desk = line.desk(urn)
    found = [(desk.name_of(key), one) for key, one in lent(desk)]
    told = [{"grant": one.grant, "to": who, "records": [*one.allows], "until": one.until_by} for who, one in found]
    lines = [f"{one.grant}  {who}, until {one.until_by}: {', '.join(one.allows)}" for who, one in found]
    answer(told, as_json, lines or ["Nothing is."])


@click.command("take-back")
@click.argument("grant", type=click.UUID)
@_academy
@json_option
@click.pass_obj
def take_back_command(line: Line, grant: UUID, urn: str, as_json: bool) -> None:
    """Take back what you lent, from today."""
    desk = line.desk(urn)
    take_back(desk, grant, uuid7(desk.building.clock()))
    done("Taken back.", as_json)


@click.command("break-glass")
@click.argument("record")
@_academy
@click.option("--pupil", "upn", required=True, help="UPN of the pupil.")
@click.option("--reason", required=True, help="Why it cannot wait.")
@json_option
@click.pass_obj
def break_glass_command(line: Line, record: str, urn: str, upn: str, reason: str, as_json: bool) -> None:
    """Open one class of one pupil's record that your role hides, for a while; whoever must know is told."""
    desk = line.desk(urn)
    subject = with_upn(desk.see_all(pupil), upn)
    if subject is None:
        raise NotFound
    break_glass(desk, subject, record, reason, uuid7(desk.building.clock()))
    done(f"It is open to you for {terms(desk.today).glass} hours.", as_json)
