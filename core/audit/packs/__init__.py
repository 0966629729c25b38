"""Packs: what was recorded, for someone outside to read, and to check without trusting us."""

from core.audit.packs.choosing import Choice
from core.audit.packs.making import Draft, Made, Preview, asked, make, preview
from core.audit.packs.withholding import Withholding, field_of

__all__ = ["Choice", "Draft", "Made", "Preview", "Withholding", "asked", "field_of", "make", "preview"]
