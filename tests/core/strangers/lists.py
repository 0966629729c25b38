"""A stranger's plugin that reads a file of its own below `tallystick import`."""

from __future__ import annotations

import click

from core.hookspecs import hookimpl
from core.manifest import Manifest


@hookimpl
def about() -> Manifest:
    return Manifest(name="lists", title="Lists", purpose="Lists of all kinds.")


@hookimpl
def importers() -> list[click.Command]:
    return [shopping, roll]


@click.command("shopping")
@click.argument("what")
def shopping(what: str) -> None:
    """Read a shopping list."""
    click.echo(f"1 {what}")


@click.command("roll")
def roll() -> None:
    """Read bread rolls."""
    click.echo("bread")
