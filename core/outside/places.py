"""The two places outside: a mailbox, and a folder on another disk or share."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from core.mailing import NotSent, letter, send
from core.outside.facts import Place
from core.settings import Settings
from core.wording import day
from events.errors import NotReady
from events.halves import LARGEST, Half
from events.holders import write_private

_LETTER = """\
Attached is a half of the trust's tally stick: the newest signed checkpoint of every log, and which keys are destroyed.
It names nobody. Keep it as it is, where the people who run Tallystick cannot change it.

Whoever holds it can show later that nothing it covers was changed, cut off or put in order again:

    tallystick checkpoint --since FILE

Each checkpoint is a C2SP signed note, so other programs can check it too. Nothing needs to be answered.
"""


def places(settings: Settings) -> dict[Place, Callable[[Half], None]]:
    """What sends a half to each place that is set; raises NotSent when called."""
    found: dict[Place, Callable[[Half], None]] = {}
    if settings.halves_to:
        found["mail"] = partial(_mail, settings)
    if settings.second_place:
        found["second place"] = partial(_write, settings.second_place)
    return found


def newest(folder: Path) -> Half | None:
    """The newest half in the second place that is whole; None when there is none. Raises OSError."""
    for path in sorted(folder.glob("half-*.txt"), reverse=True):
        with path.open("rb") as file, suppress(ValueError):
            return Half.parse(file.read(4 * LARGEST).decode())
    return None


def file_name(half: Half) -> str:
    return f"half-{half.made_at:%Y%m%dT%H%M%SZ}.txt"


def _write(folder: Path, half: Half) -> None:
    """A new file, on the disk when this returns; none that is there is ever overwritten."""
    try:
        write_private(folder / file_name(half), str(half).encode())
    except OSError as error:
        raise NotSent(f"{type(error).__name__}: {error.strerror}") from error
    except NotReady as error:
        raise NotSent(str(error)) from error


def _mail(settings: Settings, half: Half) -> None:
    """A letter to everyone who keeps one."""
    made = letter(settings, settings.halves_to, f"Tallystick half, {day(half.made_at.date())}", _LETTER, half.made_at)
    made.add_attachment(  # as bytes: as a text its line ends would be changed on the way
        str(half).encode(), maintype="application", subtype="octet-stream", filename=file_name(half)
    )
    send(settings, made)
