"""Pages of one budget line, and of money moved between lines."""

from .moving import Virements
from .planning import Planning
from .showing import LinePage

__all__ = ["LinePage", "Planning", "Virements"]
