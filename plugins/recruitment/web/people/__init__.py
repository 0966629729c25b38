"""Pages of one person on the single central record."""

from .history import PersonHistory
from .page import VERDICTS, People
from .recording import Recording

__all__ = ["VERDICTS", "People", "PersonHistory", "Recording"]
