"""A wire to PostgreSQL that can be cut at a statement: before it arrives, while it is under way, before its answer."""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

When = Literal["before", "meanwhile", "after"]


class Wire:
    """Listens on a port of its own and passes all on to the server's, both ways."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.dead = False  # nobody gets through
        self._cut: tuple[bytes, When, bool] | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def cut_at(self, statement: bytes, when: When, *, dead: bool = False) -> None:
        """Cuts the connection that next sends this statement, once; every other too when the wire is then `dead`."""
        self._cut = statement, when, dead

    @property
    def cut(self) -> bool:
        """Whether what was to be cut has been."""
        return self._cut is None

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        when: When | None = None
        dead = False
        with suppress(OSError), client, socket.create_connection(("127.0.0.1", self._server_port)) as server:
            while True:
                for one in select.select([client, server], [], [])[0]:
                    if not (said := one.recv(65536)) or self.dead:
                        return
                    if one is client and self._cut and self._cut[0] in said:
                        (_, when, dead), self._cut = self._cut, None
                    answered = when == "after" and one is server  # so the server has done it
                    if when != "before" and not answered:
                        (server if one is client else client).sendall(said)
                    if when in ("before", "meanwhile") or answered:
                        self.dead = dead
                        return


@contextmanager
def wired(server_port: int) -> Iterator[Wire]:
    """A wire for as long as the block lasts."""
    wire = Wire(server_port)
    try:
        yield wire
    finally:
        wire.close()
