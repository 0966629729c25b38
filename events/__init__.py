"""The log: append-only, encrypted, verifiable, forgettable. Knows no domain."""

from events.catalog import Catalog
from events.database import Database
from events.documents import Document
from events.errors import Conflict, Erased, NotReady, Tampered, Unusable
from events.facts import GIVEN, Actor, Event, Fact, FreeText, New, Stream, Unread, Withdrawn
from events.folds import View, folds, standing
from events.holders import MasterKey
from events.keyless import verify_without_keys
from events.log import Log
from events.report import Report
from events.store import Store
from events.verify import verify

__all__ = [
    "GIVEN",
    "Actor",
    "Catalog",
    "Conflict",
    "Database",
    "Document",
    "Erased",
    "Event",
    "Fact",
    "FreeText",
    "Log",
    "MasterKey",
    "New",
    "NotReady",
    "Report",
    "Store",
    "Stream",
    "Tampered",
    "Unread",
    "Unusable",
    "View",
    "Withdrawn",
    "folds",
    "standing",
    "verify",
    "verify_without_keys",
]
