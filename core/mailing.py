"""Letters on their way out: over TLS unless the mail server is on this machine, and never a password in clear."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from core.settings import Settings

_SECONDS = 30
_HERE = {"localhost", "127.0.0.1", "::1"}


class NotSent(Exception):
    """Nobody took it. The message is for the operator's eyes: it may name addresses."""


def letter(settings: Settings, to: Iterable[str], subject: str, text: str, at: datetime) -> EmailMessage:
    """A letter from this installation. `subject` never holds a personal word: it is read on locked screens."""
    name = unquote(urlsplit(settings.smtp).username or "")
    made = EmailMessage(policy=SMTP)
    made["Subject"] = subject
    made["From"] = name if "@" in name else f"tallystick@{settings.host}"
    made["To"] = ", ".join(to)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = make_msgid(domain=settings.host)
    made.set_content(text)
    return made


def send(settings: Settings, made: EmailMessage) -> None:
    """Hands a letter to the mail server; sent when it was taken for at least one who should get it.

    Raises:
        NotSent: It was not.
    """
    url = urlsplit(settings.smtp)
    name, password = unquote(url.username or ""), unquote(url.password or "")
    try:
        with _connected(url.scheme, url.hostname or "", url.port, secret=bool(password)) as server:
            if name:
                server.login(name, password)
            server.send_message(made)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error


def _connected(scheme: str, host: str, port: int | None, *, secret: bool) -> smtplib.SMTP:
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
