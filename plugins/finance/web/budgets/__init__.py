"""Pages of the academy's budget: its year, its versions, its monthly statement."""

from .statement import Statement
from .versions import Versions
from .year import YearPage

__all__ = ["Statement", "Versions", "YearPage"]
