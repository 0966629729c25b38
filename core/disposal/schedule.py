"""How long each class of record is kept, and whose time is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.disposal.rules import kept_no_longer_from
from core.disposal.standing import IDENTITY, OWN, Kind, kinds
from core.disposal.views import schedule
from core.manifest import Ends, RecordClass, Trigger
from core.periods import london_today
from core.roll.views import pupil, staff
from core.wording import counted

if TYPE_CHECKING:
    from core.building import Building
    from core.desk import Desk

SINCE: Mapping[Trigger, str] = {"born": "birth", "left": "they leave", "last_entry": "the last entry"}


class Due(msgspec.Struct, frozen=True):
    """A record that need not be kept any more."""

    subject: UUID
    kind: Kind
    ends: Ends
    over_on: date
    """The first day on which it need not be."""


def ends_of(building: Building, record: RecordClass) -> Ends | None:
    """How long a class is kept: as the trust decided, else as its plugin says; None where people decide by hand."""
    own = (building.trust.see(schedule, building.trust_id) or {}).get(record.name)
    if own is None:
        return record.ends
    if own.trigger not in SINCE:
        return None
    return Ends(msgspec.convert(own.trigger, Trigger), own.months, "The trust's own decision", verified=True)


def in_words(ends: Ends | None) -> str:
    """31 years after birth; 6 months after the last entry."""
    if ends is None:
        return "Until people decide"
    years, months = divmod(ends.months, 12)
    spans = [counted(years, "year", "years")] if years else []
    if months or not years:
        spans.append(counted(months, "month", "months"))
    return f"{' and '.join(spans)} after {SINCE[ends.trigger]}"


def kept_as(building: Building, record: RecordClass) -> str:
    """How long a class is kept, in words: as the trust decided, else in its plugin's."""
    if record.name in (building.trust.see(schedule, building.trust_id) or {}):
        return f"{in_words(ends_of(building, record))}: the trust's own decision."
    return record.kept


def due(desk: Desk) -> list[Due]:
    """Every record here whose time is over, the longest overdue first; who somebody is, only once it is the last."""
    trust = desk.building.trust
    told_at = (desk.log.size, trust.size, desk.today)
    return desk.building.kept(("due", desk.here), told_at, lambda: sorted(_due(desk), key=lambda one: one.over_on))


def _due(desk: Desk) -> Iterator[Due]:
    known = {name: kind for name, kind in kinds(desk).items() if name != OWN}
    last = {name: desk.log.index.last_recorded(name) for name in known}
    others = {subject for name, found in last.items() if name != IDENTITY for subject in found}
    for name, kind in known.items():
        if ends := ends_of(desk.building, kind.record):
            for subject in last[name].keys() - {desk.here}:
                if name == IDENTITY and (subject in others or _is_here(desk, subject)):
                    continue
                over_on = over_from(desk, ends, subject, last[name][subject])
                if over_on and over_on <= desk.today:
                    yield Due(subject, kind, ends, over_on)


def over_from(desk: Desk, ends: Ends, subject: UUID, last_us: int) -> date | None:
    """The first day on which a record of theirs need not be kept; None while that cannot be told."""
    child = desk.log.see(pupil, subject)
    if ends.trigger == "born":
        since = child.born_on if child else None
    elif ends.trigger == "left":
        works = desk.log.see(staff, subject)
        since = child.left_on if child else works.left_on if works else None
    else:
        since = london_today(datetime.fromtimestamp(last_us / 1e6, UTC))
    return kept_no_longer_from(since, ends.months) if since else None


def _is_here(desk: Desk, subject: UUID) -> bool:
    child, works = desk.log.see(pupil, subject), desk.log.see(staff, subject)
    return bool((child and child.is_on_roll(desk.today)) or (works and works.left_on is None))


def would_fall_due(desk: Desk, record: str, ends: Ends | None) -> int:
    """How many records of a class would be past their time here by another rule."""
    if ends is None:
        return 0
    last = desk.log.index.last_recorded(record)
    days = (over_from(desk, ends, subject, moment) for subject, moment in last.items() if subject != desk.here)
    return sum(day is not None and day <= desk.today for day in days)
