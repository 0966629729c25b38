"""What happens in the trust over the years: who comes, who moves up, who leaves; told year by year, typed later."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import Random

from core.demo.care import Care
from core.demo.children import FORMS, Child, Children
from core.demo.clock import at_hour, on_or_after
from core.demo.entries import Entry, Said, Typing
from core.demo.exams import Exams
from core.demo.money import Money
from core.demo.places import AUTHORITIES, SITES, SchoolDays, Site
from core.demo.recruiting import Recruiting
from core.demo.support import Year, as_taken_over, settled
from core.periods import academic_year, working_day_on_or_before

_DAY = timedelta(days=1)


class Story:
    """Three academic years of eight academies, the last of them under way.

    Args:
        pupils: About how many are on roll at one time.
        today: The story is typed up to the eve of this day.
    """

    def __init__(self, seed: str, pupils: int, today: date) -> None:
        self.today = today
        self.first_year = academic_year(today) - 2
        self.years = range(self.first_year, self.first_year + 3)
        self.days = {authority: SchoolDays(authority, self.years) for authority in AUTHORITIES}
        self.classes: dict[str, list[Child]] = {}
        """Who is on roll at each academy when the story stops."""
        self._pupils = pupils
        self._rng = Random(seed)  # noqa: S311 - made-up children, nothing secret
        self._children = Children(self._rng)
        self._typing = {site.key: Typing(self._rng, site, self.days[site.authority], today - _DAY) for site in SITES}
        self._since_last_year: defaultdict[str, set[str]] = defaultdict(set)
        """First UPNs of those who were there when the last academic year began."""
        self._moving_up: defaultdict[str, list[Child]] = defaultdict(list)
        for year in self.years:
            for site in sorted(SITES, key=lambda site: site.phase == "secondary"):  # after those it takes in
                self._tell(site, year)
        for site in SITES:
            here = [child for child in self.classes[site.key] if child.first_upn in self._since_last_year[site.key]]
            Care(Random(f"{seed}, care, {site.key}"), self._typing[site.key], today).tell(here)  # noqa: S311
            if site.phase != "special":
                Exams(Random(f"{seed}, exams, {site.key}"), self._typing[site.key], today).tell(here)  # noqa: S311
            Recruiting(Random(f"{seed}, people, {site.key}"), self._typing[site.key], today).tell()  # noqa: S311
            Money(self._typing[site.key], today).tell(here)

    def entries(self, site: Site) -> list[Entry]:
        """What is typed at one academy, in the order it is typed."""
        return sorted(self._typing[site.key].entries, key=lambda entry: entry.at)

    def first_lesson(self, site: Site, year: int) -> date:
        return self.days[site.authority].of_year(year)[0]

    def _tell(self, site: Site, year: int) -> None:
        first = self.first_lesson(site, year)
        if first >= self.today:
            return
        here = self.classes.get(site.key)
        facts, here = self._begun(site, year, first) if here is None else self._rolled_over(site, year, first, here)
        self._typing[site.key].together(at_hour(first, 8, 5), "senco", facts)
        if year == self.years[-2]:
            self._since_last_year[site.key] = {child.first_upn for child in here}
        moving = self._in_year(site, year, here)
        support = Year(self._rng, self._typing[site.key], year)
        for child in here:
            if child not in moving:
                support.of(child)
        if self._rng.random() < len(here) / 900:
            support.mistaken(self._rng.choice([child for child in here if child.sen.provision == "N"] or here[:1]))
        self.classes[site.key] = [child for child in here if moving.get(child, first) is not None]

    def _begun(self, site: Site, year: int, first: date) -> tuple[list[Said], list[Child]]:
        """Everyone on roll when the trust begins."""
        facts, here = [], []
        last = site.years[1] + 2 * bool(site.sixth)
        for index in range(site.years[0], last + 1):
            for at in range(self._size(site, index)):
                child = self._children.child(site, index, year, self._letter(site, index, at))
                began = site.years[0] if index < 12 else 12
                entered_on = self._entered(index - began, year, first)
                settled(self._rng, site, child, entered_on, first)
                facts += _joined(child, entered_on)
                here.append(child)
        return facts, here

    def _rolled_over(self, site: Site, year: int, first: date, before: list[Child]) -> tuple[list[Said], list[Child]]:
        """The new academic year: leavers, everyone else a year up, a new first year."""
        facts, here = [], []
        ended_on = self.days[site.authority].of_year(year - 1)[-1]
        for child in before:
            stays = (
                child.index < site.years[1]
                or child.index == 12
                or (child.index == 11 and site.sixth > 0 and self._rng.random() < site.sixth / site.each)
            )
            child.index += 1
            if stays:
                changed = {"changed_on": date(year, 9, 1), "year": child.year, "form": child.form}
                facts.append(Said(child, "roll.pupil_details_changed/1", changed))
                here.append(child)
            else:
                facts.append(Said(child, "roll.pupil_left/1", {"left_on": ended_on}))
                if site.phase == "primary":
                    self._moving_up[site.authority].append(child)
        for child in self._intake(site, year, first):
            facts += _joined(child, first)
            here.append(child)
        return facts, here

    def _intake(self, site: Site, year: int, first: date) -> list[Child]:
        """A new first year group: at a secondary, most of its authority's own primaries, and others."""
        index, size = site.years[0], self._size(site, site.years[0])
        known: list[Child] = []
        if site.phase == "secondary":
            pool = self._moving_up.pop(site.authority, [])
            known = [child for child in pool if self._rng.random() < 0.8][:size]
        for at, child in enumerate(known):
            child.letter = self._letter(site, index, at)
        fresh = [
            self._children.child(site, index, year, self._letter(site, index, at)) for at in range(len(known), size)
        ]
        for child in fresh:
            settled(self._rng, site, child, first, first)
        return [*known, *fresh]

    def _in_year(self, site: Site, year: int, here: list[Child]) -> dict[Child, date | None]:
        """Comings and goings within the year; for each of these children the day they came, or None who went."""
        rng, typing = self._rng, self._typing[site.key]
        days = typing.days.of_year(year)
        moving: dict[Child, date | None] = {}
        for child in [child for child in here if rng.random() < 0.022]:
            left_on = rng.choice(days[15:-5])
            if left_on < self.today - _DAY:
                typing.together(
                    at_hour(left_on, 16, 10), "send_admin", [Said(child, "roll.pupil_left/1", {"left_on": left_on})]
                )
                moving[child] = None
        for _ in range(round(len(here) * 0.02)):
            index = rng.randint(site.years[0], site.years[1])
            came_on = rng.choice(days[15:-5])
            if came_on < self.today:
                temporary = rng.random() < 0.08
                child = self._children.child(
                    site, index, year, self._letter(site, index, rng.randrange(site.each)), temporary=temporary
                )
                settled(rng, site, child, came_on, came_on)
                typing.together(at_hour(came_on, 10, 20), "send_admin", _joined(child, came_on))
                here.append(child)
                moving[child] = came_on
                if temporary and rng.random() < 0.5:
                    self._numbered(site, year, child, came_on)
        return moving

    def _numbered(self, site: Site, year: int, child: Child, came_on: date) -> None:
        """The permanent UPN comes from the last school, some weeks after the child."""
        typing = self._typing[site.key]
        told_on = on_or_after(typing.days.desk, came_on + _DAY * self._rng.randint(14, 50))
        if told_on and told_on < self.today:
            child.upn = self._children.permanent(child, site, year)
            changed = Said(child, "roll.pupil_details_changed/1", {"changed_on": told_on, "upn": child.upn})
            typing.together(at_hour(told_on, 11, 30), "send_admin", [changed])

    def _size(self, site: Site, index: int) -> int:
        return max(1, round(site.size(index, self._pupils) * self._rng.uniform(0.99, 1.05)))

    def _letter(self, site: Site, index: int, at: int) -> str:
        """Letter of a form: about thirty pupils each, eleven at a special school."""
        each = 11 if site.phase == "special" else 30
        forms = max(1, -(-site.size(index, self._pupils) // each))
        return FORMS[at % forms]

    def _entered(self, years_here: int, year: int, first: date) -> date:
        """A day of entry so many years ago; one in ten came later than the others."""
        if years_here <= 0:
            return first
        usual = working_day_on_or_before(date(year - years_here, 9, 5))
        late = self._rng.random() < 0.1
        return working_day_on_or_before(usual + _DAY * self._rng.randint(10, 300)) if late else usual


def _joined(child: Child, entered_on: date) -> list[Said]:
    """A child comes on roll, with what their last school said of their support."""
    enrolled = {
        "upn": child.upn,
        "surname": child.surname,
        "forename": child.forename,
        "born_on": child.born_on,
        "year": child.year,
        "form": child.form,
        "entered_on": entered_on,
    }
    return [Said(child, "roll.pupil_enrolled/1", enrolled), *as_taken_over(child, entered_on)]
