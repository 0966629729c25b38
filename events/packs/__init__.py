"""Packs: entries of a log for an outsider, who can check them without trusting whoever made them."""

from events.packs.making import MOST, Disclosed, Entry, NotOurs, Pack

__all__ = ["MOST", "Disclosed", "Entry", "NotOurs", "Pack"]
