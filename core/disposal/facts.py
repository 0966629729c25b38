"""What is decided about keeping and destroying a record: class core.disposal, of whose record it is or the academy."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from events import Fact, FreeText


class DisposalProposed(Fact, frozen=True, tag="disposal.proposed/1", record="core.disposal", on="proposed_on"):
    """Somebody asked that all that is kept of this person in one class of record be destroyed."""

    disposal: UUID
    record_class: str
    ground: str
    reason: FreeText
    proposed_by: UUID
    proposed_on: date


class DisposalApproved(Fact, frozen=True, tag="disposal.approved/1", record="core.disposal", on="approved_on"):
    """One of the two people who must agree did; with the second, the record is destroyed."""

    disposal: UUID
    approved_by: UUID
    approved_on: date


class DisposalRefused(Fact, frozen=True, tag="disposal.refused/1", record="core.disposal", on="refused_on"):
    """The record is kept."""

    disposal: UUID
    reason: FreeText
    refused_on: date


class HoldPlaced(Fact, frozen=True, tag="disposal.hold_placed/1", record="core.disposal", on="placed_on"):
    """Nothing of this may be destroyed, of this person or, where the academy is the subject, of anybody there."""

    hold: UUID
    record_class: str
    """Empty: every class."""
    reason: FreeText
    review_by: date
    """The last day by which it is looked at again, inclusive."""
    placed_on: date


class HoldLifted(Fact, frozen=True, tag="disposal.hold_lifted/1", record="core.disposal", on="lifted_on"):
    """It may be destroyed again, when two people say so."""

    hold: UUID
    reason: FreeText
    lifted_on: date


class RetentionSet(Fact, frozen=True, tag="disposal.retention_set/1", record="core.disposal", on="set_on"):
    """The trust decided how long a class of record is kept. Its subject is the trust."""

    record_class: str
    trigger: str
    """born, left or last_entry; hand: people decide, and nothing falls due by itself."""
    months: int
    reviewer: str
    """The role that looks at what falls due."""
    by: UUID
    reason: FreeText
    set_on: date


class Approval(msgspec.Struct, frozen=True):
    """Who agreed, and when."""

    by: UUID
    on: date


class Disposed(Fact, frozen=True, tag="disposal.disposed/1", record="core.disposal", on="disposed_on"):
    """A record was destroyed. Its subject is the academy: it says what, when and why, and never whose."""

    disposal: UUID
    record_class: str
    ground: str
    proposed_on: date
    approvals: tuple[Approval, ...]
    entries: int
    files: int
    """Documents kept in it, orphans too."""
    first_on: date
    """The day its first entry was typed."""
    last_on: date
    taken_out_on: tuple[date, ...]
    """The day of each list or pack that left since its first entry and may hold it; none of them is recalled."""
    key_id: str
    """16 bytes in hex, as in the open entry that says that the key was destroyed."""
    access_keys: tuple[str, ...]
    """Those under which it was recorded who looked at it, destroyed with it."""
    backups_until: date
    """The last day on which a backup of the key store may still hold these keys, inclusive."""
    disposed_on: date
