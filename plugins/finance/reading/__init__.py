"""Postings, as the trust's ledger exports them."""

from .columns import POSTING_COLUMNS
from .postings import MOST_ROWS, Read, Taken, digest_of, posting_sheet, previewed, read_postings

__all__ = [
    "MOST_ROWS",
    "POSTING_COLUMNS",
    "Read",
    "Taken",
    "digest_of",
    "posting_sheet",
    "previewed",
    "read_postings",
]
