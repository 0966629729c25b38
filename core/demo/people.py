"""Who works in the made-up trust: founded on its first day, with people, grants and academies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple
from uuid import UUID

from core.academies.commands import AddAcademy
from core.accounts.commands import AgreeToGrant, EndGrant, Give, ProposeRole, RemovePerson
from core.accounts.facts import SignedIn
from core.accounts.roles import ROLES, administers
from core.accounts.rules import terms
from core.accounts.views import as_given, proposals
from core.building import Building
from core.cli.people import add_person, give_role
from core.cli.running import add_academy
from core.cli.setting_up import found
from core.demo.children import Child
from core.demo.clock import Clock, at_hour, on_or_after
from core.demo.names import forename, surname
from core.demo.places import CHANGED_HANDS, SITES, TRUST, Post, Site, posts
from core.demo.story import Story
from core.desk import Desk
from core.ids import uuid7
from events import Actor, New

PASSWORD = "tally-stick-demo"  # noqa: S105 - of people who do not exist
_DAY = timedelta(days=1)


class Worker(NamedTuple):
    """Someone in a post: their name and their id."""

    post: Post
    name: str
    person: UUID

    def is_there(self, day: date) -> bool:
        since, left = self.post.since, self.post.left
        return (since is None or since <= day) and (left is None or day < left)


class Staff:
    """Everyone who signs in, and a desk for each, made once and moved from day to day."""

    def __init__(self, building: Building, workers: list[Worker]) -> None:
        self.workers = workers
        self._building = building
        self._desks: dict[tuple[UUID, UUID | None], Desk] = {}

    def desk(self, role: str, site: Site | None, academy: UUID | None) -> Desk:
        """The desk of whoever holds a role at an academy, or of the trust, on the building's day."""
        today = self._building.today
        worker = next(
            one for one in self.workers if one.post.role == role and one.post.site == site and one.is_there(today)
        )
        key = (worker.person, academy)
        if key not in self._desks:
            known = self._building.person(worker.person)
            if known is None:
                raise LookupError(f"{worker.post.email} was never added")
            self._desks[key] = Desk(self._building, worker.person, known, academy)
        self._desks[key].today = today
        return self._desks[key]

    def anew(self, academy: UUID) -> None:
        """Forgets an academy's desks: what is on there has changed."""
        self._desks = {key: desk for key, desk in self._desks.items() if key[1] != academy}


def open_trust(building: Building, clock: Clock, story: Story, rng: Random) -> Staff:
    """Founds the trust and records everything its own log holds, from the first day to the last."""
    begins = story.days["Eastshire"].desk[0]
    clock.set(at_hour(begins, 9))
    operator, *others = list(_changing_hands(story))
    name = _name(rng)
    found(building, TRUST, name, operator.email, PASSWORD)
    known = building.person_by_email(operator.email)
    if known is None:
        raise LookupError("the operator was never added")
    centre = Desk(building, *known)
    clock.set(at_hour(begins, 9, 20))
    for site in SITES:
        add_academy(centre, AddAcademy(site.urn, site.name, site.laestab, site.phase, site.authority))  # type: ignore[arg-type]
    centre = Desk(building, *known)
    workers = [Worker(operator, name, known[0])]
    comings = sorted(others, key=lambda post: post.since or begins)
    goings = sorted((post for post in others if post.left), key=lambda post: post.left or begins)
    for at, post in enumerate(comings):
        while goings and (goings[0].left or begins) <= (post.since or begins):
            _leaves(building, clock, centre, goings.pop(0))
        clock.set(at_hour(post.since or begins, 9, 40) + timedelta(seconds=20 * at))
        centre.today = building.today
        name = _name(rng)
        workers.append(Worker(post, name, add_person(centre, name, post.email, PASSWORD)))
        _grant(centre, workers[-1], story)
        _agreed(building, workers[-1].person)
    return Staff(building, workers)


def leave_open(building: Building, clock: Clock, staff: Staff, story: Story) -> None:
    """What the last day leaves to others: two decisions that wait for a second person. Everyone but two signed in."""
    clock.set(at_hour(max(day for day in story.days["Eastshire"].desk if day < story.today), 16, 10))
    centre, deputy = staff.desk("operator", None, None), staff.desk("trust_dsl", None, None)
    purpose = "Deputy of the data protection officer, who is away"
    centre.do(Give("dpo", (), building.role_allows("dpo"), purpose), deputy.person_id)
    for worker in [one for one in staff.workers if one.is_there(building.today)][:-2]:
        fact = SignedIn(building.today, "password and code")
        command_id = uuid7(building.clock())
        building.reads_log(None).append(
            [New(worker.person, fact)], command_id=command_id, actor=Actor(worker.person, "")
        )
    centre.do(ProposeRole("governor", {"finance.budget": ()}, "Governors see the budget at their meeting, on paper"))


def _changing_hands(story: Story) -> Iterator[Post]:
    """The posts; one SENCO's split between who left in the first summer and who came after it."""
    last = story.days["Westmoor"].of_year(story.first_year)[-1]
    left = last + _DAY
    since = on_or_after(story.days["Westmoor"].desk, left)
    terms_first = story.days["Eastshire"].of_year(story.years[-1])[0]
    for post in posts():
        if post.role == "senco" and post.site and post.site.key == CHANGED_HANDS:
            yield post._replace(email=post.email.replace("senco", "first-senco"), left=left)
            yield post._replace(since=since)
        elif ROLES[post.role].subjects == "caseload" and terms_first < story.today:
            yield post._replace(since=terms_first)
        else:
            yield post


def _leaves(building: Building, clock: Clock, centre: Desk, post: Post) -> None:
    clock.set(at_hour(post.left or building.today, 8, 30))
    centre.today = building.today
    known = building.person_by_email(post.email)
    if known:
        for grant, *_ in as_given(building.grants(known[0])):
            centre.do(EndGrant(grant.grant, "Left the trust"), known[0])
        centre.do(RemovePerson("Left the trust"), known[0])


def _each_year(centre: Desk, worker: Worker, story: Story) -> None:
    """Rights over accounts are given for a year at a time."""
    allows, starts = centre.building.role_allows(worker.post.role), centre.today
    while starts <= story.today:
        until = starts + timedelta(days=terms(starts).administering - 1)
        purpose = f"{ROLES[worker.post.role].title} of {TRUST}"
        centre.do(Give(worker.post.role, (), allows, purpose, from_on=starts, until_by=until), worker.person)
        starts = until + _DAY


def _agreed(building: Building, person: UUID) -> None:
    """The second person agrees to whatever waits for one."""
    for grant in building.trust.see(proposals, person) or {}:
        second = building.who_agrees(but=(person,))[0]
        known = building.person(second)
        if known is None:
            raise LookupError("the second person was never added")
        Desk(building, second, known).do(AgreeToGrant(grant), person)


def _grant(centre: Desk, worker: Worker, story: Story) -> None:
    post, role = worker.post, ROLES[worker.post.role]
    if not any(post.role in manifest.roles for manifest in centre.building.plugins.everything):
        return  # its plugin is not allowed here
    place = post.site.name if post.site else TRUST
    urns = (post.site.urn,) if post.site else ()
    if administers(centre.building.role_allows(post.role)) and post.role != "operator":
        _each_year(centre, worker, story)
        return
    if role.subjects != "caseload" or post.site is None:
        give_role(centre, worker.person, post.role, urns, f"{role.title} of {place}")
        return
    # Nothing here tells yet whose class is whose, so these are granted pupils by name.
    pupils = tuple(record_id(centre.building, child) for child in _own(post.role, story.classes[post.site.key]))
    academy = tuple(key for key, one in centre.academies.items() if one.urn in urns)
    allows = centre.building.role_allows(post.role)
    centre.do(Give(post.role, academy, allows, f"{role.title} at {place}", "named", pupils), worker.person)


def _own(role: str, children: list[Child]) -> list[Child]:
    """A year group; a class; or six children of it, those with support first."""
    year = [child for child in children if child.index == min(children, key=lambda one: one.index).index + 3]
    own = [child for child in year if role == "head_of_year" or child.letter == "A"]
    if role == "teaching_assistant":
        return sorted(own, key=lambda child: child.sen.provision)[:6]
    return own


def record_id(building: Building, child: Child) -> UUID:
    """The id a child's records stand under: the same at every academy they go to."""
    return building.desk_store.new_id("pupil", child.first_upn)


def _name(rng: Random) -> str:
    return f"{forename(rng)} {surname(rng)}"
