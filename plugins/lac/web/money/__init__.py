"""Pages of one child's pupil premium plus."""

from .recording import Claims
from .showing import Money

__all__ = ["Claims", "Money"]
