"""`processing`: the record of processing of an academy."""

from __future__ import annotations

import click

from core.cli.asking import Line, answer, json_option
from core.processing.telling import SAFEGUARDS, processing


@click.command()
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@json_option
@click.pass_obj
def processing_command(line: Line, urn: str, as_json: bool) -> None:
    """What is kept of people, why, how long, and who sees it, by the plugins that are on."""
    desk = line.desk(urn)
    if not desk.may("read", "core.running"):
        raise desk.turned_away("read", "core.running")
    told = processing(desk)
    lines = [f"{one.title} · {kept.title}: {kept.kept} {kept.basis}" for one in told for kept in one.kept]
    answer({"purposes": told, "safeguards": SAFEGUARDS}, as_json, lines)
