"""What every command shares: opening the building, sitting down at a desk, answering in lines or in JSON."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import click
import msgspec

from core.errors import Refused, WillNotStart
from core.settings import Settings, from_environment

if TYPE_CHECKING:
    from core.building import Building
    from core.desk import Desk
    from core.plugins import Plugins

_COMMANDS = {
    "init": "setting_up",
    "serve": "serving",
    "demo": "serving",
    "import": "importing",
    "academy": "running",
    "plugin": "running",
    "user": "people",
    "grant": "people",
    "verify": "proving",
    "checkpoint": "proving",
    "outside": "sending",
    "keys": "keys",
    "snapshots": "rebuilding",
    "pack": "packing",
    "disposal": "disposing",
    "processing": "processing",
    "backup": "backing_up",
    "backup-recipient": "backing_up",
    "restore": "backing_up",
    "drill": "backing_up",
    "rules": "ruling",
    "do": "calling",
    "see": "calling",
    "looks": "looking",
    "changes": "looking",
}


class Lazy(click.Group):
    """Loads a command's module when it is called, so that `--help` and a rule cost no web server's start."""

    def list_commands(self, _: click.Context) -> list[str]:
        return [*_COMMANDS, *_plugins()]

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name in _COMMANDS:
            module = importlib.import_module(f"core.cli.{_COMMANDS[name]}")
            found: click.Command = getattr(module, f"{name.replace('-', '_')}_command")
            return found
        for point in entry_points(group="tallystick.plugins"):
            if point.name == name and name in _plugins():
                brings = getattr(point.load(), "command_line", None)
                lines: click.Command | None = brings() if brings else None
                return lines
        return None


def _plugins() -> list[str]:
    """Allowed plugins that bring a command of their own name."""
    allowed = {wanted.partition("@")[0] for wanted in from_environment(os.environ).plugins}
    return [point.name for point in entry_points(group="tallystick.plugins") if point.name in allowed]


class Line:
    """One run of the command line.

    Args:
        acting: Email of the person to act as; None for the operator.
    """

    def __init__(self, environ: Mapping[str, str], acting: str | None) -> None:
        self.settings: Settings = from_environment(environ)
        self.acting = acting
        self._building: Building | None = None

    @property
    def building(self) -> Building:
        """The building, opened on first use, beside a server if one runs."""
        if self._building is None:
            from core.building import Building  # noqa: PLC0415 - opening it is what costs
            from core.outside.sending import outside_doubts  # noqa: PLC0415

            self._building = Building(self.settings, serving=False)
            outside_doubts(self._building)  # where there are any, nothing more is recorded or signed
        return self._building

    @property
    def plugins(self) -> Plugins:
        """What is allowed here; it can be asked before a trust is set up."""
        if self._building is not None:
            return self._building.plugins
        from core.plugins import Plugins  # noqa: PLC0415 - as with the building
        from core.trust import rooms  # noqa: PLC0415

        return Plugins(self.settings.plugins, rooms())

    def desk(self, urn: str | None = None) -> Desk:
        """The desk of whoever is acting, at an academy or at the centre; raises Refused when there is none."""
        from core.desk import Desk  # noqa: PLC0415

        building = self.building
        if self.acting:
            found = building.person_by_email(self.acting)
            if found is None or found[1].left_on is not None:
                raise Refused(f"Nobody signs in as {self.acting}.", code="nobody")
        else:
            operators = [(key, one) for key, one in building.people().items() if one.operator]
            if not operators:
                raise WillNotStart("No operator has been named yet. Run: tallystick init")
            found = next((pair for pair in operators if pair[1].left_on is None), None)
            if found is None:
                raise Refused("Who was named as operator has left. Say with --as who is acting.", code="nobody")
        academy_id = None
        if urn is not None:
            there = building.academy(urn)
            if there is None:
                raise Refused(f"No academy of this trust has the URN {urn}.", code="no_academy")
            academy_id = there[0]
        return Desk(building, *found, academy_id, "cli")

    def close(self) -> None:
        """Signs what was recorded, and lets go."""
        if self._building is not None:
            self._building.close()


def answer(value: Any, as_json: bool, lines: Iterable[str]) -> None:
    """Prints an answer: one JSON document, or plain lines."""
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())
    else:
        for line in lines:
            click.echo(line)


def done(says: str, as_json: bool) -> None:
    """Says that something was done, for a command with nothing else to answer."""
    answer({"done": says}, as_json, [says])


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")(function)


@contextmanager
def progress(says: str, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal; plain lines, now and then, elsewhere; nothing when `quiet`."""
    if quiet:
        yield lambda done, total: None
    elif sys.stderr.isatty():
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import Progress  # noqa: PLC0415

        with Progress(console=Console(stderr=True), transient=True) as bars:
            bar = bars.add_task(says, total=None)
            yield lambda done, total: bars.update(bar, completed=done, total=total)
    else:
        told = 0

        def line(done: int, total: int) -> None:
            nonlocal told
            if done * 10 // max(total, 1) > told:
                told = done * 10 // max(total, 1)
                click.echo(f"{says}: {done:,} of {total:,}", err=True)

        yield line


@contextmanager
def steps(quiet: bool = False) -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """One bar after another, as `progress` has them: each begins with its words and ends the one before."""
    with ExitStack() as shown:

        def begin(says: str) -> Callable[[int, int], None]:
            shown.close()
            return shown.enter_context(progress(says, quiet))

        yield begin
