"""The well-known addresses: checkpoints, and hashes up to them (C2SP tlog-tiles). Never an entry."""

from __future__ import annotations

import re

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.building import Building
from core.errors import NotFound
from core.web.guards import anyone
from core.web.routes import get
from events.publishing import Published, published

_FOR_ANYONE = anyone(
    "checkpoints and hashes, which tell nobody what an entry says; a half is of no use if it is secret"
)
_EPOCH = re.compile(r"[1-9]\d{0,4}", re.ASCII)


class WellKnown(Controller):
    """One epoch of a log, as it was last signed."""

    path = "/.well-known/tallystick/{name:str}/{epoch:str}"
    guards = [_FOR_ANYONE]

    @get("/checkpoint")
    def checkpoint(
        self, name: FromPath[str], epoch: FromPath[str], building: NamedDependency[Building]
    ) -> Response[bytes]:
        """The newest checkpoint, with the lines of witnesses."""
        note = _published(building, name, epoch).checkpoint
        return _answer(note.encode(), "text/plain", "public, max-age=10")

    @get("/tile/{tile:path}")
    def tile(
        self, name: FromPath[str], epoch: FromPath[str], tile: FromPath[str], building: NamedDependency[Building]
    ) -> Response[bytes]:
        """Hashes of a tile, which never change."""
        hashes = _published(building, name, epoch).tile(tile.removeprefix("/"))
        if hashes is None:
            raise NotFound
        return _answer(hashes, "application/octet-stream", "public, max-age=31536000, immutable")


def _published(building: Building, name: str, epoch: str) -> Published:
    """Raises NotFound for what is no epoch of a log, or another spelling of its number."""
    found = published(building.store, name, int(epoch)) if _EPOCH.fullmatch(epoch) else None
    if found is None:
        raise NotFound
    return found


def _answer(content: bytes, kind: str, kept: str) -> Response[bytes]:
    return Response(content, media_type=kind, headers={"Cache-Control": kept})
