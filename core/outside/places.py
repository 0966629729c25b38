"""The two places outside: a mailbox, and a folder on another disk or share."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from core.outside.facts import Place
from core.settings import Settings
from core.wording import day
from events.errors import NotReady
from events.halves import LARGEST, Half
from events.holders import write_private

_SECONDS = 30
_HERE = {"localhost", "127.0.0.1", "::1"}
_LETTER = """\
Attached is a half of the trust's tally stick: the newest signed checkpoint of every log, and which keys are destroyed.
It names nobody. Keep it as it is, where the people who run Tallystick cannot change it.

Whoever holds it can show later that nothing it covers was changed, cut off or put in order again:

    tallystick checkpoint --since FILE

Each checkpoint is a C2SP signed note, so other programs can check it too. Nothing needs to be answered.
"""


class NotSent(Exception):
    """A place did not take the half. The message is for the operator's eyes: it may name addresses."""


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
    """A letter to everyone who keeps one; sent when the server took it for at least one of them."""
    url = urlsplit(settings.smtp)
    name, password = unquote(url.username or ""), unquote(url.password or "")
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = f"Tallystick half, {day(half.made_at.date())}"
    letter["From"] = name if "@" in name else f"tallystick@{settings.host}"
    letter["To"] = ", ".join(settings.halves_to)
    letter["Date"] = format_datetime(half.made_at)
    letter["Message-ID"] = make_msgid(domain=settings.host)
    letter.set_content(_LETTER)
    letter.add_attachment(  # as bytes: as a text its line ends would be changed on the way
        str(half).encode(), maintype="application", subtype="octet-stream", filename=file_name(half)
    )
    try:
        with _connected(url.scheme, url.hostname or "", url.port, secret=bool(password)) as server:
            if name:
                server.login(name, password)
            server.send_message(letter)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error


def _connected(scheme: str, host: str, port: int | None, *, secret: bool) -> smtplib.SMTP:
    """A mail server, over TLS unless it runs on this machine; a password never goes out in clear."""
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(host, port or 587, timeout=_SECONDS)
    server.ehlo()
    if host not in _HERE and server.has_extn("starttls"):
        server.starttls(context=context)
    elif host not in _HERE and secret:
        server.close()
        raise NotSent("The mail server offers no TLS, so the password was not sent.")
    return server
