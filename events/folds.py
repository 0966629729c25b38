"""Views: folds of one stream's facts, in the order (day, position), leaving out what stands withdrawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from events.facts import Event, Fact, Withdrawn

T = TypeVar("T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class View(Generic[T]):
    """A fold of one subject's facts of one record class: what is known now, told from what happened."""

    def __init__(self, record: str, step: Callable[[T | None, Fact], T | None]) -> None:
        self.record = record
        self.name = f"{step.__module__}.{step.__qualname__}"
        self.step = step
        self.__doc__ = step.__doc__

    def __call__(self, known: T | None, fact: Fact) -> T | None:
        return self.step(known, fact)

    def __repr__(self) -> str:
        return f"View({self.name})"

    def of(self, events: Iterable[Event]) -> T | None:
        """The view over these events, already standing and in order."""
        known: T | None = None
        for event in events:
            if isinstance(event.fact, Fact) and not isinstance(event.fact, Withdrawn):
                known = self.step(known, event.fact)
        return known


def folds(record: str) -> Callable[[Callable[[T | None, Fact], T | None]], View[T]]:
    """Declares a view over one record class: `@folds("register.plan")` above `def plan(known, fact)`."""

    def declared(step: Callable[[T | None, Fact], T | None]) -> View[T]:
        return View(record, step)

    return declared


def standing(
    events: Iterable[Event], *, as_at: date | None = None, known_at: datetime | int | None = None
) -> list[Event]:
    """What of one stream stands, in fold order.

    Args:
        as_at: Leave out facts whose day is later.
        known_at: Leave out what was recorded, or withdrawn, later: an instant, or a position, both inclusive.

    Only what came before it can be withdrawn, and a withdrawal is not withdrawn again.
    """
    known = sorted((event for event in events if _is_known(event, known_at)), key=lambda event: event.position)
    withdrawn = {event.fact.event: event.position for event in known if isinstance(event.fact, Withdrawn)}
    kept = [
        event
        for event in known
        if not isinstance(event.fact, Withdrawn)
        and event.position > withdrawn.get(event.event_id, -1)
        and (as_at is None or event.day <= as_at)
    ]
    return sorted(kept, key=lambda event: (event.day, event.position))


def _is_known(event: Event, known_at: datetime | int | None) -> bool:
    if known_at is None:
        return True
    return event.position <= known_at if isinstance(known_at, int) else event.recorded_at <= known_at


class StreamState:
    """What is remembered of one stream between appends: enough to know when a refold is due."""

    __slots__ = ("count", "key_id", "last_day", "last_position", "values")

    def __init__(
        self,
        key_id: bytes = b"",
        count: int = 0,
        last_position: int = -1,
        last_day: date = date.min,
        values: Sequence[Any] = (),
    ) -> None:
        self.key_id = key_id
        self.count = count
        self.last_position = last_position
        self.last_day = last_day
        self.values = values

    def take(self, views: Sequence[View[Any]], event: Event) -> bool:
        """Applies one more event; False when the stream must be refolded instead."""
        day = event.day
        late = day < self.last_day or isinstance(event.fact, Withdrawn)
        if not late and isinstance(event.fact, Fact):
            known = self.values or [None] * len(views)
            self.values = [view.step(before, event.fact) for view, before in zip(views, known, strict=True)]
        self.key_id = event.key_id
        self.last_day = max(self.last_day, day)
        self.last_position = event.position
        self.count = event.n + 1
        return not late

    def refold(self, views: Sequence[View[Any]], events: Sequence[Event]) -> None:
        stands = standing(events)
        self.values = [view.of(stands) for view in views]
        self.key_id = events[-1].key_id if events else b""
        self.count = max((event.n + 1 for event in events), default=0)
        self.last_day = max((event.day for event in events), default=date.min)
        self.last_position = max((event.position for event in events), default=-1)


def position_at(recorded_us: Sequence[int], instant: datetime) -> int:
    """The last position recorded at or before an instant; -1 when there is none."""
    return bisect_right(recorded_us, (instant - _EPOCH) // timedelta(microseconds=1)) - 1
