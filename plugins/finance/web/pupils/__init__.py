"""Pages of what pupils' help costs, by name, for those who plan it."""

from .listing import PupilsList
from .recording import PupilForms
from .showing import PupilPage

__all__ = ["PupilForms", "PupilPage", "PupilsList"]
