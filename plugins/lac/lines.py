"""The plugin's own command: `tallystick lac due`."""

from __future__ import annotations

import click

from core.cli.asking import Line, answer, json_option
from core.errors import NotAllowed, NotFound
from core.roll.views import pupil
from core.wording import day

from .telling import children, says
from .views import dues


def command_line() -> click.Group:
    """`tallystick lac`."""
    return command


@click.group("lac")
def command() -> None:
    """Looked-after children of an academy."""


@command.command("due")
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@json_option
@click.pass_obj
def list_due(line: Line, urn: str, as_json: bool) -> None:
    """What is due for each child, the earliest first."""
    desk = line.desk(urn)
    if "lac" not in desk.on:
        raise NotFound
    if not (desk.may("read", "lac.status") and desk.may("read", "lac.pep")):
        raise NotAllowed
    pupils, calendar = desk.see_all(pupil), desk.calendar
    found = [
        (pupils[subject], subject, due)
        for subject, one in children(desk).items()
        if desk.may("read", "lac.pep", subject)
        for due in dues(one, calendar, desk.today)
        if due.done_on is None and due.what != "review"
    ]
    found.sort(key=lambda row: (row[2].due_by, row[0].name.casefold()))
    desk.exported("What is due for looked-after children, on the command line", "lac.pep", len(found))
    told = [
        {
            "pupil": subject,
            "upn": who.upn,
            "surname": who.surname,
            "forename": who.forename,
            "due": due.text,
            "due_by": due.due_by,
            "act_by": due.act_by,
            "late": due.lateness.whose,
            "rule": due.rule,
        }
        for who, subject, due in found
    ]
    lines = [f"{day(due.due_by)}  {who.name} ({who.upn}): {due.text}. {says(due)}".rstrip() for who, _, due in found]
    answer(told, as_json, [*lines, f"{len(found)} due."])
