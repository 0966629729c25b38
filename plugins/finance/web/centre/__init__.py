"""Pages across the academies."""

from .comparing import Comparing
from .trading import CentreTrades

__all__ = ["CentreTrades", "Comparing"]
