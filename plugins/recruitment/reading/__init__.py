"""A job description as it comes: a document becomes text; the text becomes duties, criteria, checks and the rest."""

from .descriptions import Criterion, Description, Duty, read_description
from .documents import MOST_BYTES, Unreadable, read_text
from .flags import Flag
from .vocabulary import FIELDS, GROUPS

__all__ = [
    "FIELDS",
    "GROUPS",
    "MOST_BYTES",
    "Criterion",
    "Description",
    "Duty",
    "Flag",
    "Unreadable",
    "read_description",
    "read_text",
]
