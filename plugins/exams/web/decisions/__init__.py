"""Pages of what is decided about one candidate."""

from .pages import Decisions, Numbers
from .questions import primary_title

__all__ = ["Decisions", "Numbers", "primary_title"]
