"""How long each class of record is kept, and whose time is over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from core.accounts.roles import ROLES
from core.disposal.facts import RetentionSet
from core.disposal.rules import kept_no_longer_from
from core.disposal.standing import IDENTITY, OWN, Kind, kinds, standing
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


def decided(building: Building) -> Mapping[str, RetentionSet]:
    """What the trust itself decided, by class."""
    return building.trust.see(schedule, building.trust_id) or {}


def ends_of(building: Building, record: RecordClass) -> Ends | None:
    """How long a class is kept: as the trust decided, else as its plugin says; None where people decide by hand."""
    own = decided(building).get(record.name)
    if own is None:
        return record.ends
    if own.trigger not in SINCE:
        return None
    return Ends(
        msgspec.convert(own.trigger, Trigger), own.months, "The trust's own decision", own.set_on, verified=True
    )


def reviewer(building: Building, record: str) -> str:
    """Title of the role that looks at what falls due: as the trust decided, else the data protection officer."""
    own = decided(building).get(record)
    return ROLES[own.reviewer if own and own.reviewer in ROLES else "dpo"].title


def deciding(building: Building) -> list[str]:
    """Roles that may decide about records, and so look at what falls due."""
    return [name for name, (whole, _) in building.every_role().items() if "write" in whole.get(OWN, ())]


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
    if record.name in decided(building):
        return f"{in_words(ends_of(building, record))}: the trust's own decision."
    return record.kept


def due(desk: Desk) -> list[Due]:
    """Every record here whose time is over and that this person may decide about, the longest overdue first; who
    somebody is, only once it is the last."""
    trust = desk.building.trust
    told_at = (desk.log.size, trust.size, desk.today)
    return _mine(desk, desk.building.kept(("due", desk.here), told_at, lambda: _due(desk)))


def would_fall_due(desk: Desk, record: str, ends: Ends | None) -> int:
    """How many records of a class would be past their time here by another rule."""
    kind = kinds(desk).get(record)
    return len(_mine(desk, list(_falls_due(desk, kind, ends)))) if kind and ends else 0


def _mine(desk: Desk, every: Iterable[Due]) -> list[Due]:
    return [one for one in every if desk.may("write", OWN, one.subject)]


def _due(desk: Desk) -> list[Due]:
    every = (kind for name, kind in kinds(desk).items() if name != OWN)
    found = (one for kind in every for one in _falls_due(desk, kind, ends_of(desk.building, kind.record)))
    return sorted(found, key=lambda one: one.over_on)


def _falls_due(desk: Desk, kind: Kind, ends: Ends | None) -> Iterator[Due]:
    """The records of one class that are past their time by a rule."""
    if ends is None:
        return
    for subject, moment in desk.log.index.last_recorded(kind.record.name).items():
        over_on = over_from(desk, ends, subject, moment) if subject != desk.here else None
        if over_on and over_on <= desk.today and (kind.record.name != IDENTITY or _is_last(desk, subject)):
            yield Due(subject, kind, ends, over_on)


def _is_last(desk: Desk, subject: UUID) -> bool:
    """Whether they have left, and nothing but who they are is kept of them."""
    child, works = desk.log.see(pupil, subject), desk.log.see(staff, subject)
    is_here = (child and child.is_on_roll(desk.today)) or (works and works.left_on is None)
    return not is_here and all(one.name == IDENTITY for one in standing(desk, subject))


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
    far = since is None or since.year + ends.months // 12 >= date.max.year
    return None if far or since is None else kept_no_longer_from(since, ends.months)
