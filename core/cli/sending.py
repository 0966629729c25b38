"""`outside`: the half of the stick that is kept where the trust cannot change it."""

from __future__ import annotations

import sys

import click

from core.cli.asking import Line, answer, json_option
from core.errors import NotAllowed, Refused


@click.group()
def outside_command() -> None:
    """The half that is kept outside."""


@outside_command.command("send")
@json_option
@click.pass_obj
def send_now(line: Line, as_json: bool) -> None:
    """Send the half to every place that is set, now; the server does so once a day. Exit code 1 when one got none."""
    from core.outside.places import places  # noqa: PLC0415
    from core.outside.sending import outside_doubts, send  # noqa: PLC0415

    desk = line.desk()
    if not desk.may("write", "core.running"):
        raise NotAllowed
    wanted = list(places(line.settings))
    if not wanted:
        raise Refused(
            "No place is set. Set TALLYSTICK_SMTP and TALLYSTICK_HALVES_TO, or TALLYSTICK_SECOND_PLACE.", code=""
        )
    if found := outside_doubts(line.building):
        raise Refused(" ".join(found), code="doubtful")
    answers = send(line.building, wanted, desk.actor)
    lines = [f"By {place}: {why or 'sent.'}" for place, why in answers.items()]
    answer({place: why or "sent" for place, why in answers.items()}, as_json, lines)
    if any(answers.values()):
        sys.exit(1)
