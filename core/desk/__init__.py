"""The desk: one person, one academy, one day. Pages, API and command line all come here."""

from core.desk.doing import Desk

__all__ = ["Desk"]
