"""A plugin's or a room's command or view, called by name, for the API and the command line: by manifests alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args, get_type_hints
from uuid import UUID

import msgspec

from core.command import Command, Decider
from core.desk import Desk
from core.errors import NotFound, Stale
from core.ids import uuid7, uuid_for
from core.law import no_such_day
from core.manifest import Manifest
from core.roll.views import pupil
from core.trying import Parameter
from events import Document, Erased, Stream, View
from events.seal import event_id

Read = Callable[[Parameter, Any], Any]
"""Makes of what was given what a field's type can be read from."""


class Wrong(msgspec.Struct, frozen=True):
    """One thing wrong with what a command was given, and at which field."""

    field: str
    says: str


class Unfit(Exception):
    """A command cannot be made of what was given; every fault at once."""

    def __init__(self, faults: list[Wrong]) -> None:
        super().__init__(" ".join(f"{one.field}: {one.says}" for one in faults))
        self.faults = faults


# Names


def commands_of(manifest: Manifest) -> dict[str, Decider]:
    """What decides each command that can be called, by the command's name: `end-review` for `EndReview`."""
    return {_kebab(decider.command.__name__): decider for decider in manifest.deciders if decider.by_name}


def views_of(manifest: Manifest) -> dict[str, View[Any]]:
    """Each view of a plugin that can be called, by its name."""
    return {
        view.name.rpartition(".")[2].replace("_", "-"): view for view in manifest.views if view not in manifest.apart
    }


def _kebab(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("-")


def command_here(desk: Desk, plugin: str, name: str) -> Decider:
    """What decides a command of a plugin that is on here; raises NotFound when there is none."""
    decider = commands_of(_plugin_here(desk, plugin)).get(name)
    if decider is None:
        raise NotFound
    return decider


def view_here(desk: Desk, plugin: str, name: str) -> View[Any]:
    """A view of a plugin that is on here; raises NotFound when there is none."""
    view = views_of(_plugin_here(desk, plugin)).get(name)
    if view is None:
        raise NotFound
    return view


def _plugin_here(desk: Desk, plugin: str) -> Manifest:
    found = desk.building.plugins.by_name.get(plugin)
    if found is None or (found.by_name == "centre") is not (desk.academy is None):
        raise NotFound
    if not found.by_name and plugin not in desk.on:
        raise NotFound
    return found


# Fields


def fields_of(command: type[Command]) -> dict[str, Parameter]:
    """What a command asks for, by name. Files are not: they are added on a page."""
    hints = get_type_hints(command)
    fields = {one.name: one for one in msgspec.structs.fields(command)}
    return {
        name: Parameter(name, hints[name], one.required, None if one.required else one.default)
        for name, one in fields.items()
        if Document not in (hints[name], *get_args(hints[name]))
    }


def filled(command: type[Command], given: Mapping[str, Any], read: Read, *, strict: bool) -> Command:
    """The command that was given.

    Raises:
        Unfit: Fields are missing, unknown or cannot be read.
    """
    fields, hints = fields_of(command), get_type_hints(command, include_extras=True)
    faults = [Wrong(name, "This command does not ask for that.") for name in given if name not in fields]
    values = {}
    for name, field in fields.items():
        try:
            if name in given:
                raw = read(field, given[name])
                raw = raw.strip() if isinstance(raw, str) else raw  # as a page does
                values[name] = msgspec.convert(raw, hints[name], strict=strict)
                if says := no_such_day(values[name]):
                    faults.append(Wrong(name, says))
            elif field.required:
                faults.append(Wrong(name, f"This is missing. Give {field.wants}."))
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            faults.append(Wrong(name, f"Give {field.wants}. {error}."))
    if faults:
        raise Unfit(faults)
    return command(**values)


# Doing and seeing


def do(
    desk: Desk,
    decider: Decider,
    command: Command,
    subject: UUID | None,
    command_id: UUID | None,
    seen: Mapping[str, int] | None = None,
) -> list[UUID]:
    """Records what a command decides, as a page would; returns the ids of the entries. Raises as the desk does.

    Args:
        subject: The pupil's id; None for the academy, or for what the command begins.
        seen: For each record class, how many entries the subject's had when they were looked at.

    Raises:
        Stale: There are others now; or the id was used for something else, or by somebody else.
        Unfit: A subject is missing, or one too many.
        NotFound: There is no such subject, or it is not this person's to know.
    """
    if command_id and _is_of_another(desk, command_id):
        raise Stale(["This id was used before, by somebody else. Take another."])
    command_id = command_id or uuid7(desk.building.clock())
    about = _subject(desk, decider, subject, command_id)
    for record in seen or ():
        if not desk.may("read", record, about):
            raise desk.turned_away("read", record)
    streams = {Stream(about, record): count for record, count in (seen or {}).items()}
    places = desk.do(command, about, command_id=command_id, seen=streams or None)
    return [event_id(command_id, at) for at in range(len(places))]


def _is_of_another(desk: Desk, command_id: UUID) -> bool:
    """Whether somebody else recorded something under this id: to answer with that would record nothing of theirs."""
    before = desk.log.find_command(command_id, 1)
    if before is None:
        return False
    try:
        actor = desk.log.event(before.places[0].position).actor
    except Erased:
        return True
    return actor is None or actor.by != desk.person_id


def _subject(desk: Desk, decider: Decider, given: UUID | None, command_id: UUID) -> UUID:
    if decider.about == "academy":
        if given not in (None, desk.here):
            raise Unfit([Wrong("subject", "This is about the academy itself. Leave it out.")])
        return desk.here
    if given is None:
        if decider.about == "pupil":
            raise Unfit([Wrong("subject", "This is about a pupil. Say which.")])
        return uuid_for(command_id, "begins")
    if decider.about == "pupil":
        found = desk.see(pupil, given) is not None
    else:
        known = any(desk.log.see(view, given) is not None for view in decider.given.values())
        found = known and desk.log.see(pupil, given) is None
    if not found:
        raise NotFound
    return given


def see(desk: Desk, view: View[Any], subject: UUID) -> Any:
    """What a view says of a subject; that it was read is recorded first. Raises as the desk does."""
    value = desk.see(view, subject)
    if subject != desk.here and (value is not None or desk.log.see(pupil, subject) is not None):
        desk.opened(subject, [view.record])
    return value


def everyone(
    desk: Desk, view: View[Any], most: int | None = None, after: UUID | None = None
) -> tuple[list[tuple[UUID, Any]], bool]:
    """What a view says of everyone whom this person may read and take away, by their ids, and whether there are more.
    That it left is recorded.

    Args:
        most: How many; None for all.
        after: The id behind which it goes on.

    Raises:
        NotAllowed: They may not take it away.
    """
    if not desk.may("export", view.record):
        raise desk.turned_away("export", view.record)
    rest = [(key, value) for key, value in sorted(desk.see_all(view).items()) if after is None or key > after]
    shown = rest[:most]
    if shown:
        name = view.name.rpartition(".")[2].replace("_", "-")
        desk.exported(f"{name}, for a program", view.record, len(shown))
    return shown, len(rest) > len(shown)
