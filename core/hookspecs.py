"""Every question the core asks its plugins. Asked of those that are on at the academy; answers are data.

A question has no body, which mypy is told of each.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import click
import pluggy

from core.answers import Deadline, Export, Known, Measure, NavItem, Panel
from core.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.desk import Desk
    from core.roll.importing import RollReader
    from events import Log

hookspec = pluggy.HookspecMarker("tallystick")
hookimpl = pluggy.HookimplMarker("tallystick")


@hookspec
def about() -> Manifest:  # type: ignore[empty-body]
    """The plugin's manifest. Asked once, at start, of every plugin that is allowed."""


@hookspec
def deadlines(desk: Desk, until: date) -> list[Deadline]:  # type: ignore[empty-body]
    """Days by which this academy must have done something, up to and including until.

    Asked of each plugin that is on at desk.academy, whenever a calendar is drawn. Read through
    desk.see and desk.ask; record nothing; leave out what desk.may hides from this person.
    One Deadline per open duty, overdue ones too; [] when there is none. The core sorts.
    """


@hookspec
def panels(desk: Desk, pupil: UUID) -> list[Panel]:  # type: ignore[empty-body]
    """What to show of one pupil on the pupil's page; [] when there is nothing, or nothing this person may see."""


@hookspec
def measures(desk: Desk) -> list[Measure]:  # type: ignore[empty-body]
    """Counts of this academy with their denominators, for the trust.

    The desk is the academy's: it has no person, may read what the manifest says it counts, and nothing it returns is
    shown before small numbers are hidden. The two that matter most come first: only they stand on the trust's first
    page, the second where there is room. Measures of groups (`of`) bear the name of the academy's own that they add
    up to. Every group there can be is told, those of nought too, so that a row says nothing by being there.
    """


@hookspec
def exports(desk: Desk) -> list[Export]:  # type: ignore[empty-body]
    """Lists this academy may take away.

    Asked for each page's bar, so an Export holds the function that makes its table, and nothing is read before it is
    called. The core leaves out what this person may not export, and records what was taken.
    """


@hookspec
def navigation(desk: Desk) -> list[NavItem]:  # type: ignore[empty-body]
    """Links in the bar of one academy; the core leaves out those whose page this person may not open."""


@hookspec
def caseload(desk: Desk) -> set[UUID]:  # type: ignore[empty-body]
    """Pupils this person has in their own care or classes; the core takes the union."""


@hookspec
def people(log: Log) -> Mapping[UUID, Known]:  # type: ignore[empty-body]
    """Everybody grown up of whom this plugin keeps a record of their own at an academy, by its subject.

    Asked of every plugin, on or off: whoever asks what is kept of them is owed all of it. What it answers is shown to
    whoever answers such requests alone.
    """


@hookspec
def roll_reader(desk: Desk) -> RollReader:  # type: ignore[empty-body]
    """Columns of a roll export this plugin can read, and the function that reads them. Asked once for each import."""


@hookspec
def command_line() -> click.Group:  # type: ignore[empty-body]
    """The plugin's own commands, under its name."""


@hookspec
def importers() -> list[click.Command]:  # type: ignore[empty-body]
    """The plugin's commands below `tallystick import`: each reads a file, and says of itself whether it records."""
