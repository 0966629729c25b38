"""What the rules say of a candidate: told on every page, and tried on one of its own."""

from .outcomes import apart, asked_today, drawn, rule_of, tag_of
from .trying import Checking

__all__ = ["Checking", "apart", "asked_today", "drawn", "rule_of", "tag_of"]
