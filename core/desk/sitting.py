"""Who sits at the desk, where and when, and what they may."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from core.academies.views import Academy, PluginOn, calendar, closed_days, terms
from core.accounts.roles import ROLES
from core.accounts.views import Permissions, Person
from core.building import Building
from core.periods import Calendar
from core.requests.views import request
from core.roll.views import tutor_group
from events import Actor, Log


class Sitting:
    """One person at one academy, or at the trust's centre, on one day, with what they have been granted.

    Args:
        academy_id: None at the trust's centre.
        session: Name of the sign-in session, for the log.
        reach: Rooms and plugins whose records the token of a program opens, besides what runs here; none for all.
    """

    def __init__(
        self, building: Building, person_id: UUID, person: Person, academy_id: UUID | None = None, session: str = "",
        reach: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self.building = building
        self.person_id = person_id
        self.person = person
        self.academy_id = academy_id
        self.session = session
        self.reach = reach
        self.today = building.today
        self.academies = building.academies()
        self.academy: Academy | None = self.academies[academy_id] if academy_id else None
        self.log: Log = building.academy_log(self.academy) if self.academy else building.trust
        self.on: dict[str, PluginOn] = building.plugins_on(academy_id, self.log) if academy_id else {}
        self._held = building.in_force(person_id)
        self.permissions = self.permissions_at(academy_id)
        self._caseload: frozenset[UUID] | None = None
        self._caseloads: dict[str, frozenset[UUID]] = {}  # what each plugin says of it
        self._scopes: dict[tuple[str, str], frozenset[UUID] | None] = {}

    def permissions_at(self, academy_id: UUID | None) -> Permissions:
        """What they hold at an academy, or at the centre, for a look at it that needs no desk there."""
        return Permissions(self._held, academy_id, self.building.now)

    def at(self, academy_id: UUID) -> Self:
        """The same person's desk at an academy, with what they hold there."""
        return type(self)(self.building, self.person_id, self.person, academy_id, self.session, self.reach)

    def where(self, plugin: str) -> list[Self]:
        """Their desks at every academy where a plugin is on, by the academies' names."""
        desks = (self.at(key) for key in self.academies)
        return [desk for desk in desks if plugin in desk.on]

    @property
    def role(self) -> str:
        """Title of the role they act in."""
        titles = [ROLES[role].title for role in self.permissions.roles if role in ROLES]
        return titles[0] if titles else ""

    @property
    def taken(self) -> str:
        """Who takes a list away here, when and what for: a mark for the list itself."""
        where = self.academy.name if self.academy else self.building.trust_name
        every = self.permissions.grants
        held = [grant.purpose for grant in every if grant.allows_any("export")] or [grant.purpose for grant in every]
        why = "; ".join(dict.fromkeys(held)) or "no purpose that is known"
        who = f"{self.person.name}, {self.role}" if self.role else self.person.name
        return f"Taken from {where} by {who} on {self.today:%-d %B %Y}, for: {why}. That it was taken is recorded."

    @property
    def actor(self) -> Actor:
        return Actor(self.person_id, self.role, self.session)

    @property
    def here(self) -> UUID:
        """The subject of facts about no person: the academy, or the trust."""
        return self.academy_id or self.building.trust_id

    @property
    def calendar(self) -> Calendar:
        return calendar(self.log.see(terms, self.here), self.log.see(closed_days, self.here))

    def name_of(self, person_id: UUID) -> str:
        """Name of someone who signs in; for the trail."""
        found = self.building.person(person_id)
        return found.name if found else "someone no longer known"

    # May

    def may(self, action: str, record: str, subject: UUID | None = None) -> bool:
        """Whether they may, for this subject; without one, for anyone here at all.

        A plugin's classes answer where it is on; at the centre, where it is on at any academy.
        """
        if not self._is_on(record):
            return False
        if subject is None or subject == self.here:
            return self.permissions.anywhere(action, record)
        if subject in self.conflicts:
            return False
        scope = self.scope(action, record)
        return scope is None or subject in scope

    @cached_property
    def conflicts(self) -> frozenset[UUID]:
        """Pupils close to them, of whom they open nothing, and requests about those; this beats every grant."""
        close = frozenset(self.building.conflicts(self.person_id))
        asked = self.log.see_all(request).items() if close and self.academy else ()
        return close | {case for case, one in asked if close.intersection(one.subjects)}

    def _is_on(self, record: str) -> bool:
        owner = self.building.plugins.owner_of(record)
        if self.reach and owner not in self.reach and owner != "academies":
            return False
        if owner not in self.building.plugins.manifests:
            return True
        return owner in (self.on if self.academy else self._on_somewhere)

    @cached_property
    def _on_somewhere(self) -> frozenset[str]:
        logs = {key: self.building.academy_log(one) for key, one in self.academies.items()}
        return frozenset(name for key, log in logs.items() for name in self.building.plugins_on(key, log))

    def scope(self, action: str, record: str) -> frozenset[UUID] | None:
        """For whom they hold it here; None for everyone."""
        key = (action, record)
        if key not in self._scopes:
            self._scopes[key] = self.permissions.scope(action, record, lambda: self.caseload)
        return self._scopes[key]

    @property
    def caseload(self) -> frozenset[UUID]:
        """Pupils in their own care or classes: what the rooms and plugins say, together."""
        if self._caseload is None:
            self._caseload = self._tutored  # what plugins that are asked may read meanwhile
            self._caseloads = {name: frozenset(theirs) for name, theirs in self.ask_all("caseload")}
            self._caseload = self._tutored.union(*self._caseloads.values())
            self._scopes.clear()  # told from less, meanwhile
        return self._caseload

    @cached_property
    def _tutored(self) -> frozenset[UUID]:
        return tutor_group(self.log, self.person_id)

    def secretly_theirs(self, subject: UUID, records: Iterable[str]) -> tuple[str, set[str]]:
        """A need-to-know class because of which a subject is in their caseload, and those of these classes that they
        may read for no other reason; "" and none where there is no such class that they may read."""
        if all(grant.subjects != "caseload" for grant in self.permissions.grants) or subject not in self.caseload:
            return "", set()
        secret = {name: sorted(self.building.plugins.need_to_know(name)) for name in self._caseloads}
        of_it = (one for name, theirs in self._caseloads.items() if subject in theirs for one in secret[name])
        why = next((one for one in of_it if self.may("read", one, subject)), "")
        openly = self._tutored.union(*(theirs for name, theirs in self._caseloads.items() if not secret[name]))
        scopes = {one: self.permissions.scope("read", one, lambda: openly) for one in records} if why else {}
        return why, {one for one, scope in scopes.items() if scope is not None and subject not in scope}

    def ask_all(self, question: str, **arguments: Any) -> list[tuple[str, Any]]:
        """Asks every plugin that is on here."""
        return self.building.plugins.ask_all(question, self.on, desk=self, **arguments)
