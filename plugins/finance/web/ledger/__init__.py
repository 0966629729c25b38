"""The ledger: postings taken over, what they fall on, whether they tie out, and journals for it."""

from .importing import LedgerImport
from .journals import Journals
from .showing import LedgerPages

__all__ = ["Journals", "LedgerImport", "LedgerPages"]
