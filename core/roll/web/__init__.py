"""Pages of the roll: pupils, one pupil, staff, and the import."""

from core.roll.web.bringing import Bringing
from core.roll.web.entries import Entries
from core.roll.web.importing import Importing
from core.roll.web.pupils import Pupils
from core.roll.web.staff import StaffPages

__all__ = ["Bringing", "Entries", "Importing", "Pupils", "StaffPages"]
