"""Papers: the timetable, one paper with its candidates, and the lists that are printed."""

from .listing import Papers
from .paper import OnePaper
from .printing import Printing

__all__ = ["OnePaper", "Papers", "Printing"]
