"""Typing the story in: every entry at somebody's desk, on the day it was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import msgspec

from core.academies.commands import SwitchPluginOff, SwitchPluginOn
from core.academies.facts import ClosedDaySet, TermSet
from core.academies.web.switching import as_it_stands
from core.building import Building
from core.command import Decider
from core.demo.children import Child
from core.demo.clock import Clock, at_hour, on_or_after
from core.demo.entries import Batch, Deed, Entry, Of, Part, Pupil, Said, Thing, Undoing, Worker
from core.demo.names import forename, surname
from core.demo.people import Staff, record_id
from core.demo.places import SWITCHED_OFF, Site, inset_days, terms
from core.demo.story import Story
from core.desk import Desk
from core.ids import uuid7, uuid_for
from core.roll.facts import StaffJoined
from events import New

_DAY = timedelta(days=1)
_ON = "Keeps the records of pupils with special educational needs"
_OFF = "Paused: the school's other system leads until its staff are trained here"


class Typist:
    """Types one academy's story into its log.

    Plugins are met by name alone: a fact by its kind, a command by its own name under its plugin's; what is not
    installed, or not on that day, is passed over.
    """

    def __init__(self, building: Building, clock: Clock, staff: Staff, story: Story, site: Site) -> None:
        self._building = building
        self._clock = clock
        self._staff = staff
        self._story = story
        self._site = site
        known = building.academy(site.urn)
        if known is None:
            raise LookupError(f"{site.name} was never added")
        self._academy = known[0]
        self._kinds = building.plugins.catalog().kinds
        self._deciders: Mapping[str, Decider] = {
            f"{manifest.name}.{decider.command.__name__}": decider
            for manifest in building.plugins.everything
            for decider in manifest.deciders
        }
        self._places: dict[int, list[int]] = {}
        """Where each deed came to stand."""

    def begin(self, rng: Random) -> None:
        """The first day: terms, staff, and every plugin on."""
        begins = self._story.days[self._site.authority].desk[0]
        self._clock.set(at_hour(begins, 10))
        self._set_terms(self._story.first_year)
        head = self._desk("head")
        self._clock.set(at_hour(begins, 11))
        self._record(head, [New(subject, fact) for subject, fact in self._staff_here(rng, begins)])
        self._clock.set(at_hour(begins, 13, 30))
        for manifest in self._building.plugins.manifests.values():
            asks = tuple(ask.name for ask in manifest.asks)
            head.do(SwitchPluginOn(manifest.name, _ON, asks, as_it_stands(manifest)))
        self._staff.anew(self._academy)

    def type_in(self, typed: Callable[[], None]) -> None:
        """Everything after the first day, in the order it is typed."""
        off_on = self._switched_off_on()
        years = list(self._story.years[1:])
        for entry in self._story.entries(self._site):
            day = entry.at.date()
            while years and day >= self._terms_set_on(years[0]):
                self._set_terms(years.pop(0))
            if off_on and day > off_on:
                self._switch_off(off_on)
                off_on = None
            self._clock.set(entry.at)
            self._type(entry)
            typed()
        while years and self._terms_set_on(years[0]) < self._story.today:
            self._set_terms(years.pop(0))
        if off_on:
            self._switch_off(off_on)

    def _type(self, entry: Entry) -> None:
        desk = self._desk(entry.by)
        match entry:
            case Batch(facts=facts):
                found = [new for said in facts if (new := self._new(said))]
                self._record(desk, [new for new in found if desk.may("write", new.stream.record, new.subject)])
            case Deed(child=child, command=name, fields=fields):
                decider = self._deciders.get(name)
                if decider and name.partition(".")[0] in desk.on:
                    subject = self._subject(child)
                    if (
                        isinstance(child, Child) and subject and entry.at.second % 10 == 0
                    ):  # some look at the record first
                        desk.opened(subject, {view.record for view in decider.given.values()})
                    command = msgspec.convert(self._known(fields), decider.command)
                    self._places[id(entry)] = desk.do(command, subject)
            case Undoing(deed=deed, reason=reason):
                if places := self._places.get(id(deed)):
                    event = desk.log.event(places[0])
                    if desk.may("write", event.record, event.subject):
                        desk.withdraw(event, reason, uuid7(self._building.clock()))

    def _subject(self, of: Child | Thing | None) -> UUID | None:
        if isinstance(of, Thing):
            return self._building.desk_store.new_id("thing", self._site.urn, of.name)
        return record_id(self._building, of) if of else None

    def _known(self, value: Any) -> Any:
        """Fields with the ids that only the log knows in their places."""
        match value:
            case Of(deed):
                return self._desk("head").log.event(self._places[id(deed)][0]).event_id
            case Part(deed, what, number):
                return uuid_for(self._known(Of(deed)), what, number)
            case Pupil(child):
                return record_id(self._building, child)
            case Thing():
                return self._subject(value)
            case Worker(role):
                return self._desk(role).person_id
            case tuple() | list():
                return tuple(self._known(one) for one in value)
            case Mapping():
                return {name: self._known(one) for name, one in value.items()}
        return value

    def _new(self, said: Said) -> New | None:
        kind = self._kinds.get(said.kind)
        return New(record_id(self._building, said.child), kind(**said.fields)) if kind else None

    def _record(self, desk: Desk, facts: list[New]) -> None:
        if facts:
            desk.record(facts, command_id=uuid7(self._building.clock()))

    def _desk(self, role: str, *, central: bool = False) -> Desk:
        return self._staff.desk(role, None if central else self._site, self._academy)

    def _terms_set_on(self, year: int) -> date:
        """A day in the June before."""
        days = self._story.days[self._site.authority].desk
        return on_or_after(days, date(year, 6, 9)) or days[-1]

    def _set_terms(self, year: int) -> None:
        if year > self._story.first_year:
            self._clock.set(at_hour(self._terms_set_on(year), 8, 10))
        head = self._desk("head")
        set_terms = [TermSet(term.name, term.starts_on, term.ends_on) for term in terms(year)]
        closed = [ClosedDaySet(day, "INSET") for day in inset_days(year, self._site.authority)]
        self._record(head, [New(self._academy, fact) for fact in (*set_terms, *closed)])

    def _switched_off_on(self) -> date | None:
        """About two months ago, where it was."""
        if self._site.key != SWITCHED_OFF:
            return None
        days = self._story.days[self._site.authority].desk
        return on_or_after(days, self._story.today - 60 * _DAY)

    def _switch_off(self, off_on: date) -> None:
        self._clock.set(at_hour(off_on, 16, 45))
        desk = self._desk("send_director", central=True)
        for name in list(desk.on):
            desk.do(SwitchPluginOff(name, _OFF))
        self._staff.anew(self._academy)

    def _staff_here(self, rng: Random, begins: date) -> list[tuple[UUID, StaffJoined]]:
        """Those who sign in, and a teacher for each form."""
        found = []
        for worker in self._staff.workers:
            if worker.post.site == self._site:
                job = worker.post.says.partition(" at ")[0]
                found.append((worker.person, StaffJoined(worker.name, job, "", worker.post.since or begins)))
        for form in sorted({child.form for child in self._story.classes[self._site.key]}):
            person = self._building.desk_store.new_id(uuid7(0), self._site.urn, form)
            name = f"{forename(rng)} {surname(rng)}"
            found.append((person, StaffJoined(name, "Class teacher", form, begins)))
        return found
