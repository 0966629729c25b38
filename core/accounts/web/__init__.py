"""Pages of people."""

from core.accounts.web.conflicts import Conflicts
from core.accounts.web.leaving import Leaving
from core.accounts.web.people import People

__all__ = ["Conflicts", "Leaving", "People"]
