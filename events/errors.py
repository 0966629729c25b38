"""What the log answers when it cannot do as asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from events.facts import Stream


class Conflict(Exception):
    """Someone was first: a stream holds more than its reader saw, or a command id was used for other facts.

    Attributes:
        streams: The streams that moved on; empty when the command id itself is in dispute.
    """

    def __init__(self, message: str, streams: Sequence[Stream] = ()) -> None:
        super().__init__(message)
        self.streams = tuple(streams)


class Erased(Exception):
    """The key of this stream was destroyed; nothing of it can be read again."""


class Tampered(Exception):
    """A stored byte is not what was written; nothing goes on over a doubtful log.

    Attributes:
        log: Name of the log, such as "139204" or "trust-reads"; "" when no log can be named.
        position: Of the first doubtful entry; None when no single entry is at fault.
        what: What is wrong, in plain English and without any personal word.
    """

    def __init__(self, log: str, position: int | None, what: str) -> None:
        where = log if position is None else f"{log}, position {position}"
        super().__init__(f"{where}: {what}" if log else what)
        self.log = log
        self.position = position
        self.what = what


class NotReady(Exception):
    """The log cannot be used as it is set up; the message says how to mend it."""


class Unusable(Exception):
    """A file that was handed in cannot be used: it is cut short, changed, too old, or of another trust.

    Nothing of it was taken up. The message says what to do.
    """
