"""`serve`, and `demo`: the same server over a made-up trust."""

from __future__ import annotations

import gc
import shutil
import socket
import threading
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING

import click
import msgspec

from core.cli.asking import Line, progress
from core.errors import WillNotStart
from core.settings import Settings

if TYPE_CHECKING:
    from core.building import Building

_MADE_BETWEEN = 50_000
"""Objects made between two searches for garbage: of the many a start makes, and keeps, none is any."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.pass_obj
def serve_command(line: Line, host: str, port: int) -> None:
    """Serve the pages. Behind a proxy that speaks TLS, set TALLYSTICK_ORIGIN to its address."""
    run(line.settings, host, port)


@click.command()
@click.option("--fresh", is_flag=True, help="Start over: throw the made-up trust away and make it again.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--check", is_flag=True, help="Start, fetch the first page, stop.")
@click.option(
    "--pupils", default=6000, show_default=True, type=click.IntRange(100, 20000), help="About how many pupils."
)
@click.pass_obj
def demo_command(line: Line, fresh: bool, host: str, port: int, check: bool, pupils: int) -> None:
    """A made-up trust in your browser: eight academies, no real person."""
    from core.demo import PASSWORD, SIGN_INS, make, open_doors  # noqa: PLC0415 - only the made-up trust needs it

    port = port or _free_port()
    home = line.settings.home.parent / f"{line.settings.home.name}-demo"
    settings = msgspec.structs.replace(
        line.settings,
        home=home,
        database=f"sqlite:///{home / 'tallystick.db'}",
        keys=f"sqlite:///{home / 'keys.db'}",
        master_key="",
        credentials=None,
        origin=f"http://{host}:{port}",
        smtp="",  # nothing of the made-up trust goes outside
        halves_to=(),
        second_place=None,
        second_factor="offered",  # so that one password opens all of it
        providers=(),
    )
    if fresh and home.exists():
        shutil.rmtree(home)
    done = home / "made"
    if not done.exists():
        if home.exists():
            shutil.rmtree(home)
        with progress("Making a trust of made-up people") as told:
            make(settings, pupils=pupils, progress=told)
        done.write_text("made\n")
    click.echo(f"Everyone here is made up. Password for all: {PASSWORD}")
    for email, says in SIGN_INS:
        click.echo(f"  {email:<38} {says}")
    if check:
        _check(settings, host, port)
        return
    run(settings, host, port, open_doors)


def run(settings: Settings, host: str, port: int, first: Callable[[Building], None] = lambda _: None) -> None:
    """Serves until stopped; signs what has grown before it ends.

    Args:
        first: Done before anybody is served.
    """
    import uvicorn  # noqa: PLC0415 - half a second, and only a server needs it

    from core.app import make_app, quiet_logs  # noqa: PLC0415
    from core.building import Building, prepare  # noqa: PLC0415
    from core.outside.sending import insist_on_outside  # noqa: PLC0415

    quiet_logs()
    gc.set_threshold(_MADE_BETWEEN)
    if settings.home.exists():
        prepare(settings)  # a newer version may have brought new tables
    building = Building(settings)
    try:
        if not any(one.operator for one in building.people().values()):
            raise WillNotStart("Nobody can sign in yet. Run: tallystick init")
        insist_on_outside(building)
        first(building)
        app = make_app(building)
        click.echo(f"Open {settings.origin} in a browser. Ctrl+C stops.")
        uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)
    finally:
        building.close()


def _check(settings: Settings, host: str, port: int) -> None:
    """Serves in a thread, fetches the first page, and stops."""
    import uvicorn  # noqa: PLC0415

    from core.app import make_app  # noqa: PLC0415
    from core.building import Building, prepare  # noqa: PLC0415

    prepare(settings)
    building = Building(settings)
    app = make_app(building)
    server = uvicorn.Server(uvicorn.Config(app, host=host, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.05)
        with urllib.request.urlopen(f"{settings.origin}/sign-in", timeout=60) as page:  # noqa: S310 - our own address
            if page.status != 200:
                raise WillNotStart(f"The first page answered {page.status}.")
        click.echo(settings.origin)
    finally:
        server.should_exit = True
        thread.join()
        building.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number
