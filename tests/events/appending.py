"""A process of its own that appends until it is done or killed.

`python -m tests.events.appending LOG_URL KEYS_URL NAME COUNT`; the master key comes in by standard
input, in hex; the id of each command goes out when it is acknowledged.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from subprocess import PIPE, Popen
from uuid import uuid4

from tests.events.home import SENCO, Home, notes

ROOT = Path(__file__).parents[2]
FACTS = 3  # in each command


@contextmanager
def appending(home: Home, name: str, commands: int = 0) -> Iterator["Popen[str]"]:
    """A second process that appends so many commands; 0 for without end. Killed when the block ends."""
    words = [sys.executable, "-m", __name__, home.url, home.keys_url, name, str(commands)]
    with Popen(words, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin
        process.stdin.write(f"{home.master.hex()}\n")
        process.stdin.flush()
        try:
            yield process
        finally:
            process.kill()


def main(url: str, keys_url: str, name: str, commands: str) -> None:
    home = Home(url, keys_url)
    home.master = bytes.fromhex(sys.stdin.readline())
    store = home.store()
    log = store.log(name)
    for number in range(int(commands)) if int(commands) else count():
        command = uuid4()
        log.append(notes(FACTS), command_id=command, actor=SENCO)
        print(command, flush=True)
        if number % 5 == 4:
            store.sign(log)
    home.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
