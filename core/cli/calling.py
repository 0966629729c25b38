"""`do` and `see`: any plugin's command or view by its name; the same desk, and so the same fact, as its page."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any
from uuid import UUID

import click
import msgspec

from core.by_name import (
    Unfit,
    command_here,
    commands_of,
    do,
    everyone,
    fields_of,
    filled,
    see,
    view_here,
    views_of,
)
from core.cli.asking import Line, answer, json_option
from core.cli.checking import checked
from core.command import Answer, Decider
from core.desk import Desk
from core.errors import NotFound, Refused
from core.law import plain
from core.manifest import Manifest
from core.roll.views import pupil, with_upn
from core.trying import Parameter
from events import View

Made = Callable[[Manifest], dict[str, click.Command]]


class ByPlugin(click.Group):
    """A group for each plugin that is allowed here, made from its manifest."""

    def __init__(self, made: Made, **more: Any) -> None:
        super().__init__(**more)
        self._made = made

    def list_commands(self, context: click.Context) -> list[str]:
        return list(context.obj.plugins.by_name)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        manifest = context.obj.plugins.by_name.get(name)
        if manifest is None:
            return None
        commands = self._made(manifest)
        return click.Group(name, commands, help=f"{manifest.title}: {', '.join(commands) or 'nothing'}.")


def _deeds(manifest: Manifest) -> dict[str, click.Command]:
    return {name: _deed(manifest, name, decider) for name, decider in commands_of(manifest).items()}


def _deed(plugin: Manifest, name: str, decider: Decider) -> click.Command:
    """`tallystick do <plugin> <command>`: its help lists each field."""

    @click.argument("given", metavar="[FIELD=VALUE]...", nargs=-1)
    @click.option("--answers", type=click.UUID, help="Id of a wrong entry of theirs, taken back as this is recorded.")
    @click.option("--why", default="", help="Why that entry is wrong.")
    @_whom(plugin)
    @json_option
    @click.pass_obj
    def deed(
        line: Line, given: tuple[str, ...], answers: UUID | None, why: str, subject: UUID | None, as_json: bool,
        urn: str | None = None, upn: str = "", email: str = "",
    ) -> None:  # fmt: skip
        desk = line.desk(urn)
        here = command_here(desk, plugin.name, name)
        pairs = [one.partition("=") for one in given]
        if any(not equals for _, equals, _ in pairs):
            raise click.UsageError("Give each field as FIELD=VALUE.")
        try:
            command = filled(here.command, {key: value for key, _, value in pairs}, _typed, strict=False)
            of = _subject(desk, upn, email, subject)
            if answers:
                desk.answers = desk.carried(desk.entry(of or desk.here, answers), checked(Answer, reason=why).reason)
            recorded = do(desk, here, command, of, None)
        except Unfit as error:
            raise click.UsageError("\n".join(f"{one.field}: {one.says}" for one in error.faults)) from None
        except Refused as error:
            says = f"{error.field}: {error}" if error.field else str(error)
            raise Refused(says, code=error.code, field=error.field) from None
        answer({"entries": recorded}, as_json, [f"Recorded: entry {entry}." for entry in recorded])

    return click.command(name, help=_help(decider))(deed)


def _help(decider: Decider) -> str:
    lines = [
        f"  {name}: {field.wants}{'' if field.required else ' (may be left out)'}"
        for name, field in fields_of(decider.command).items()
    ]
    said = inspect.getdoc(decider.command) or ""
    return "\n\n".join([said, "\b\nFields:\n" + "\n".join(lines)] if lines else [said])


def _typed(field: Parameter, text: str) -> Any:
    """What was typed: JSON where a field takes a list or a table, else as it is."""
    return msgspec.json.decode(text) if field.as_json else text


def _sights(manifest: Manifest) -> dict[str, click.Command]:
    return {name: _sight(manifest, name, view) for name, view in views_of(manifest).items()}


def _sight(plugin: Manifest, name: str, view: View[Any]) -> click.Command:
    """`tallystick see <plugin> <view>`."""

    @click.option("--everyone", "of_all", is_flag=True, help="Of everyone, to take away; that it left is recorded.")
    @_whom(plugin)
    @json_option
    @click.pass_obj
    def sight(
        line: Line, of_all: bool, subject: UUID | None, as_json: bool, urn: str | None = None, upn: str = "",
        email: str = "",
    ) -> None:  # fmt: skip
        desk = line.desk(urn)
        found = view_here(desk, plugin.name, name)
        if of_all:
            told, _ = everyone(desk, found)
            lines = [f"{key}  {plain(value)}" for key, value in told]
            answer([{"subject": key, "value": value} for key, value in told], as_json, lines or ["Nobody."])
            return
        of = _subject(desk, upn, email, subject) or desk.here
        value = see(desk, found, of)
        answer({"subject": of, "value": value}, as_json, [plain(value)])

    return click.command(name, help=inspect.getdoc(view))(sight)


def whom(function: Callable[..., Any]) -> Callable[..., Any]:
    """Where, and of whom."""
    for option in (
        click.option("--subject", type=click.UUID, help="Id of what it is about, where that is no pupil."),
        click.option("--pupil", "upn", default="", help="UPN of the pupil; the academy itself is meant otherwise."),
        click.option("--academy", "urn", required=True, help="URN of the academy."),
    ):
        function = option(function)
    return function


def _whom(plugin: Manifest) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`whom`; at the trust's centre it is about who signs in."""
    if plugin.by_name != "centre":
        return whom

    def at_centre(function: Callable[..., Any]) -> Callable[..., Any]:
        function = click.option("--subject", type=click.UUID, help="Id of what it is about.")(function)
        whose = "Email of who signs in; the trust itself is meant otherwise."
        return click.option("--person", "email", default="", help=whose)(function)

    return at_centre


def _subject(desk: Desk, upn: str, email: str, subject: UUID | None) -> UUID | None:
    """Raises NotFound for a UPN or an address of nobody here, or of nobody this person may know."""
    if not (upn or email):
        return subject
    if email:
        known = desk.building.person_by_email(email)
        found = known[0] if known and desk.may("read", "core.people", known[0]) else None
    else:
        found = with_upn(desk.see_all(pupil), upn)
    if found is None:
        raise NotFound
    return found


do_command = ByPlugin(_deeds, name="do", help="Record what a plugin's command decides, of a pupil or the academy.")
see_command = ByPlugin(_sights, name="see", help="What a plugin's view says of a pupil or the academy.")
