"""Plugins that are not ours, for the tests of the door they come through."""

from __future__ import annotations

from importlib.metadata import Distribution, EntryPoint
from pathlib import Path
from typing import Any

OURS = EntryPoint("register", "plugins.register", "tallystick.plugins")


class Acme(Distribution):
    """A distribution of someone else's."""

    def read_text(self, filename: str) -> str | None:
        return "Name: acme-transport\nVersion: 1.0\n" if filename == "METADATA" else None

    def locate_file(self, path: Any) -> Path:
        return Path(path)


def point(name: str, module: str) -> EntryPoint:
    """An entry point of someone else's distribution."""
    found = EntryPoint(name, f"tests.core.strangers.{module}", "tallystick.plugins")
    vars(found)["dist"] = Acme()
    return found
