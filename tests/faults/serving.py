"""`tallystick serve` in a process of its own, which can be killed, and which ends with whoever started it.

`python -m tests.faults.serving …` is the command line itself; it ends with its standard input.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Self

from tests.faults.trust import Trust
from tests.postgres import free_port

ROOT = Path(__file__).parents[2]


class Server:
    """A server over a trust, for as long as a block lasts.

    Args:
        disk: The library that makes the disk of the trust's home fail; see disk.c.
    """

    def __init__(self, trust: Trust, disk: Path | None = None) -> None:
        self.port = free_port()
        settings = trust.settings
        self._said: deque[bytes] = deque(maxlen=100)
        self._environ = {
            **os.environ,
            "TALLYSTICK_HOME": str(settings.home),
            "TALLYSTICK_SECOND_FACTOR": "offered",
            "TALLYSTICK_DATABASE": settings.database,
            "TALLYSTICK_KEYS": settings.keys,
            "TALLYSTICK_ORIGIN": f"http://127.0.0.1:{self.port}",
            "TALLYSTICK_PLUGINS": " ".join(settings.plugins),
            "TALLYSTICK_IDLE_MINUTES": "240",
        }
        if disk:
            self._environ |= {"LD_PRELOAD": str(disk), "FAULTS": str(settings.home)}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Returns once it answers; raises RuntimeError with what it said when it ended instead."""
        words = [sys.executable, "-m", __name__, "serve", "--port", str(self.port)]
        self._process = process = subprocess.Popen(
            words, cwd=ROOT, env=self._environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert process.stdout
        self._reading = threading.Thread(target=self._said.extend, args=(process.stdout,))
        self._reading.start()
        self.pid = process.pid
        while not self._answers():
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
                self.kill()
                raise RuntimeError(b"".join(self._said).decode())

    def kill(self) -> None:
        """Kills it (SIGKILL), and returns when it is gone."""
        self._process.kill()
        self._process.wait()
        self._reading.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def main() -> None:
    def end_with_whoever_began_it() -> None:
        sys.stdin.read()
        os._exit(1)

    threading.Thread(target=end_with_whoever_began_it, daemon=True).start()
    from core.cli import main as command_line

    command_line()


if __name__ == "__main__":
    main()
