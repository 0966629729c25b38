"""What the building answers when it does not do as asked; each has one page (core/web/problems.py)."""

from __future__ import annotations

from uuid import UUID


class Refused(Exception):
    """A command that cannot be: the same form is shown again, with this message at its field.

    Attributes:
        code: What tests go by.
        field: Name of the form's field; None when it is none of them.
    """

    def __init__(self, message: str, *, code: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.field = field


class Stale(Exception):
    """Someone recorded something here first; `recorded` are sentences that say what."""

    def __init__(self, recorded: list[str]) -> None:
        super().__init__("Someone recorded something here after you opened this page.")
        self.recorded = recorded


class NotAllowed(Exception):
    """The page exists; this person has not been granted it.

    Attributes:
        recorded: Whether it is recorded that they asked; see `Desk.turned_away`.
    """

    recorded = False


class NotOurForm(NotAllowed):
    """A form that was not drawn for this session, or came from elsewhere."""


class NotFound(Exception):
    """Not here, or not theirs to know: the two are told alike."""


class WillNotStart(Exception):
    """The installation is not as it must be; the message says how to mend it."""


class Elsewhere(Exception):
    """This person's work is at another address of ours."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class SignInNeeded(Exception):
    """Nobody is signed in, or the session was left idle.

    Attributes:
        person: Whose session it was.
    """

    def __init__(self, *, idle: bool = False, person: UUID | None = None) -> None:
        super().__init__("Sign in to go on.")
        self.idle = idle
        self.person = person


class TokenRefused(Exception):
    """A program sent a token that is no good; `person` is whose it was, None where it never was."""

    def __init__(self, person: UUID | None = None) -> None:
        super().__init__()
        self.person = person


class AccountShut(Exception):
    """Somebody proved who they are, and their account is shut since nobody used it for long."""

    def __init__(self, person: UUID) -> None:
        super().__init__()
        self.person = person


class TooMany(Exception):
    """A program makes more calls than are heard.

    Attributes:
        wait: Seconds until it is heard again.
        headers: What says so in the answer.
    """

    def __init__(self, wait: int, headers: dict[str, str]) -> None:
        super().__init__("Too many calls.")
        self.wait = wait
        self.headers = headers


class ProofNeeded(Exception):
    """Someone is signed in, and must prove first at an address of ours that it is they."""

    def __init__(self, address: str, person: UUID) -> None:
        super().__init__(address)
        self.address = address
        self.person = person
