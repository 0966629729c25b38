"""A mail server on this machine that keeps what it is sent."""

from __future__ import annotations

import queue
import socket
import ssl
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Mailbox:
    """A mail server on this machine that keeps what it is sent.

    Args:
        host: 127.0.0.1 is this machine to the sender; 127.0.0.2 is not.
        tls: None, "smtps" from the first byte, or "starttls" when asked.
    """

    def __init__(self, host: str = "127.0.0.1", tls: str | None = None, context: ssl.SSLContext | None = None) -> None:
        self.letters: list[EmailMessage] = []
        self._came: queue.Queue[EmailMessage] = queue.Queue()
        self.signed_in: list[tuple[bytes, bytes]] = []
        self.refuses = False
        more: dict[str, Any] = {"authenticator": self._sign_in, "auth_require_tls": tls == "starttls"}
        if tls == "starttls":
            more["tls_context"] = context
        with socket.create_server((host, 0)) as free:
            self.host, self.port = free.getsockname()
        self._server = Controller(self, host, self.port, ssl_context=context if tls == "smtps" else None, **more)
        self._server.start()

    def _sign_in(self, server: object, session: object, envelope: object, way: str, told: Any) -> AuthResult:
        self.signed_in.append((told.login, told.password))
        return AuthResult(success=told.password == b"three words: @/")

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refuses:
            return "451 Not now"
        self.letters.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=SMTP))
        self._came.put(self.letters[-1])
        return "250 Kept"

    def next(self) -> EmailMessage:
        """The next letter, when it has come."""
        return self._came.get(timeout=20)

    def close(self) -> None:
        self._server.stop()
