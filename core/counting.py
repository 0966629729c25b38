"""An academy's desk with no person, for the trust's measures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from core.accounts.views import Person
from core.answers import Measure
from core.building import Building
from core.desk import Desk
from core.errors import NotAllowed
from events import View

T = TypeVar("T")


class CountingDesk(Desk):
    """An academy's desk with no person: reads what a manifest says it counts, and gives numbers only."""

    def __init__(self, building: Building, academy_id: UUID) -> None:
        nobody = Person("", "", building.today)
        super().__init__(building, UUID(int=0), nobody, academy_id)
        self._counted: frozenset[str] = frozenset()

    def may(self, action: str, record: str, subject: UUID | None = None) -> bool:
        return action == "read" and record in self._counted and self._is_on(record)

    def see_all(
        self, view: View[T], *, as_at: date | None = None, known_at: datetime | int | None = None
    ) -> dict[UUID, T]:
        return self.log.see_all(view, as_at=as_at, known_at=known_at) if self.may("read", view.record) else {}

    def _hears(self, record: str, subject: UUID) -> bool:
        """The trust's approval alone: what comes of it is a number."""
        return True

    def record(self, *_: Any, **__: Any) -> list[int]:
        raise NotAllowed

    def measures(self) -> dict[str, list[Measure]]:
        """Each plugin's measures of this academy, from the classes its own manifest names."""
        found: dict[str, list[Measure]] = {}
        for name, manifest in self.building.plugins.manifests.items():
            if name in self.on:
                self._counted = frozenset({*manifest.counts, "core.identity"})
                for owner, answer in self.building.plugins.ask_all("measures", [name], desk=self):
                    found.setdefault(owner, []).extend(answer)
        self._counted = frozenset()
        return found
