"""Packs: entries of a log for an outsider, who can check them without trusting whoever made them."""

from events.packs.earlier import held_notes
from events.packs.making import MOST, Disclosed, Entry, NotOurs, Pack, parts_of

__all__ = ["MOST", "Disclosed", "Entry", "NotOurs", "Pack", "held_notes", "parts_of"]
