"""A whole trust for one test: real databases in the test's own folder, the real application, and browsers to use it."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import httpx
import msgspec
from litestar import Litestar
from litestar.testing import TestClient

from core.academies.commands import AddAcademy, SwitchPluginOff, SwitchPluginOn
from core.academies.web.switching import as_it_stands
from core.accounts.commands import AgreeToGrant, Give
from core.accounts.dormant import reopen
from core.accounts.roles import ROLES, STAND_IN
from core.accounts.views import proposals
from core.app import make_app
from core.building import Building, prepare
from core.cli.people import add_person, give_role
from core.cli.running import add_academy
from core.cli.setting_up import found, make_key
from core.desk import Desk
from core.roll.facts import PupilEnrolled
from core.roll.rules import upn_check_letter
from core.settings import Settings
from core.signing_in.visiting import open_visit, visits_until
from core.web.jobs import Jobs
from events import Actor, Event, Fact, New

NORTH, SOUTH = "139204", "139205"
PASSWORD = "three plain words"
OPERATOR = "olive@keystone.example"
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
EVERYWHERE = [name for name, role in ROLES.items() if role.level == "trust" and name != "operator"]
OUTSIDE = [name for name, role in ROLES.items() if role.is_outside]
AT_ACADEMIES = [name for name, one in ROLES.items() if one.level == "academy" and not one.names and name != STAND_IN]
_TOKEN = re.compile(r'name="token" value="([^"]*)"')
_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
_FIELD = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


F = TypeVar("F", bound=Fact)


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.us = int(at.timestamp() * 1e6)

    def __call__(self) -> int:
        return self.us

    def forward(self, seconds: float) -> None:
        self.us += int(seconds * 1e6)

    def move_to(self, day: date, hour: int = 12) -> None:
        self.us = int(datetime(day.year, day.month, day.day, hour, tzinfo=UTC).timestamp() * 1e6)


def settings_of(home: Path, **more: Any) -> Settings:
    """Settings of a trust in a folder, with a password hash that costs next to nothing."""
    usual: dict[str, Any] = {
        "home": home,
        "database": f"sqlite:///{home / 'tallystick.db'}",
        "keys": f"sqlite:///{home / 'keys.db'}",
        "origin": "http://keystone.example",
        "argon2": (1, 8, 1),
        "second_factor": "offered",
    }
    return Settings(**(usual | more))


def email_of(role: str, urn: str = "") -> str:
    """Where whoever has this role in the template signs in; at an academy, or across the trust."""
    return f"{role}@{urn or 'trust'}.keystone.example"


def build_template(home: Path, **more: Any) -> None:
    """Two academies with the register on, and someone for every role: at both of them, or across the trust."""
    settings = settings_of(home, **more)
    make_key(settings)
    prepare(settings)
    building = Building(settings, clock=Clock(datetime(2026, 9, 1, 7, tzinfo=UTC)), serving=False)
    found(building, "Keystone Learning Trust", "Olive Operator", OPERATOR, PASSWORD)
    for urn, name in ((NORTH, "North Primary"), (SOUTH, "South Primary")):
        add_academy(operator_desk(building), AddAcademy(urn, name, f"885204{urn[-1]}", "primary", "Eastshire"))
        switch(building, urn, on=True)
    desk = operator_desk(building)
    wanted = [(role, "") for role in EVERYWHERE]
    wanted += [(role, urn) for role in (*AT_ACADEMIES, *OUTSIDE) for urn in (NORTH, SOUTH)]
    for role, urn in wanted:
        name = f"{ROLES[role].title} {urn or 'Trust'}".title()
        person = add_person(desk, name, email_of(role, urn), PASSWORD)
        if role not in OUTSIDE and any(role in manifest.roles for manifest in building.plugins.everything):
            until = date(2027, 8, 31) if role == "identity_admin" else None
            give_role(desk, person, role, (urn,) if urn else (), "Their work", until)
            agree_to_all(building, person)
    add_person(desk, "Nelly New", "nelly@keystone.example", PASSWORD)
    building.close()


def agree_to_all(building: Building, person: UUID) -> None:
    """Whoever may, agrees to every grant to this person that waits for a second one."""
    for grant in building.trust.see(proposals, person) or {}:
        second = building.who_agrees(but=(person,))[0]
        known = building.person(second)
        assert known is not None
        Desk(building, second, known, None, "test").do(AgreeToGrant(grant), person)


def operator_desk(building: Building, urn: str | None = None) -> Desk:
    """The operator's desk, as the command line has it."""
    found_person = building.person_by_email(OPERATOR)
    there = building.academy(urn) if urn else None
    assert found_person is not None
    return Desk(building, *found_person, there[0] if there else None, "test")


def switch(building: Building, urn: str, *, on: bool, plugin: str = "register", approved: tuple[str, ...] = ()) -> None:
    """Switches a plugin at an academy."""
    desk = operator_desk(building, urn)
    manifest = building.plugins.manifests[plugin]
    if on:
        desk.do(SwitchPluginOn(plugin, "It is wanted", approved, as_it_stands(manifest)))
    else:
        desk.do(SwitchPluginOff(plugin, "It is not wanted"))


def upn(number: int) -> str:
    """A right UPN, another for each number."""
    rest = f"8012{number:08d}"
    return f"{upn_check_letter(rest)}{rest}"


_SPARE: dict[tuple[object, ...], list[Litestar]] = {}
"""Applications whose house is closed, by what they were made from: another takes longer to make than most tests run."""


class House:
    """A trust in a folder, its application, and whoever uses it."""

    def __init__(self, home: Path, template: Path, **more: Any) -> None:
        shutil.copytree(template, home, dirs_exist_ok=True)
        self.home = home
        self.clock = Clock()
        self.found: list[EntryPoint] | None = more.pop("found", None)
        self.settings = settings_of(home, **more)
        self._clients: list[TestClient[Litestar]] = []
        self._buildings: list[Building] = []
        self._app: Litestar | None = None
        self._numbers = iter(range(1, 100_000))
        self.building = self.open()

    def open(self, **more: Any) -> Building:
        """Another building over the same databases, as a second process would have."""
        settings = msgspec.structs.replace(self.settings, **more)
        building = Building(settings, clock=self.clock, found=self.found)
        self._buildings.append(building)
        return building

    @property
    def app(self) -> Litestar:
        """Its own while it is open. An application reaches its building through its state alone, so it can move."""
        if self._app is None:
            spare = _SPARE.setdefault(self._made_from, [])
            self._app = spare.pop() if spare else make_app(self.building)
            self._app.state.update({"building": self.building, "jobs": Jobs()})
        return self._app

    @property
    def _made_from(self) -> tuple[object, ...]:
        """What an application takes of its building when it is made."""
        nowhere = {"home": Path(), "database": "", "keys": ""}
        return msgspec.structs.replace(self.settings, **nowhere), *(self.found or ())

    @property
    def http(self) -> TestClient[Litestar]:
        """One client for the whole application; each browser brings its own cookies."""
        if not self._clients:
            client = TestClient(self.app, base_url=self.settings.origin)
            client.follow_redirects = False
            self._clients.append(client.__enter__())
        return self._clients[0]

    def browser(self, email: str = "") -> Browser:
        """A browser, signed in as someone when an email is given; an account shut by a leap of the clock is opened."""
        browser = Browser(self)
        if email:
            reopen(self.desk(), self.person(email))
            answer = browser.sign_in(email)
            assert answer.status_code == 303, answer.text
        return browser

    def visitor(self, email: str) -> Browser:
        """A browser of somebody from outside, who came by link and code."""
        person, browser = self.person(email), Browser(self)
        until = visits_until(self.building, person)
        assert until is not None
        link, code = open_visit(self.building, person, Actor(person, "test"), until)
        answer = browser.post(link.removeprefix(self.settings.origin), code=code)
        assert answer.status_code == 303, answer.text
        return browser

    def as_role(self, role: str, urn: str = NORTH) -> Browser:
        if role in OUTSIDE:
            return self.visitor(email_of(role, urn))
        return self.browser(email_of(role, "" if role in EVERYWHERE else urn))

    def desk(self, email: str = OPERATOR, urn: str | None = None) -> Desk:
        found_person = self.building.person_by_email(email)
        there = self.building.academy(urn) if urn else None
        assert found_person is not None
        return Desk(self.building, *found_person, there[0] if there else None, "test")

    def person(self, email: str) -> UUID:
        found_person = self.building.person_by_email(email)
        assert found_person is not None
        return found_person[0]

    def academy_id(self, urn: str = NORTH) -> UUID:
        there = self.building.academy(urn)
        assert there is not None
        return there[0]

    def grant(self, role: str, email: str = "", urn: str = NORTH) -> None:
        """Grants a role as the manifests say now: to whoever has it in the template, or to someone else."""
        central = role in EVERYWHERE
        person = self.person(email or email_of(role, "" if central else urn))
        if role in OUTSIDE:
            self.let_in(role, person, urn)
            return
        until = self.building.today + timedelta(days=90) if role == "identity_admin" else None
        give_role(self.desk(), person, role, () if central else (urn,), "Their work", until)
        agree_to_all(self.building, person)

    def let_in(self, role: str, person: UUID, urn: str = NORTH, named: Iterable[UUID] = (), **more: Any) -> None:
        """Grants a role to someone from outside, for today unless more is said; of nobody, where no pupil is named."""
        allows, own = (self.building.role_allows(role, own=own) for own in (False, True))
        whom = tuple(named) or (uuid4(),)
        until = {"until_by": self.building.today} | more
        where = (self.academy_id(urn),)
        self.desk().do(Give(role, where, allows, "A visit", ROLES[role].subjects, whom, own=own, **until), person)

    def add_academy(self, urn: str, name: str, *, on: bool = True) -> None:
        add_academy(self.desk(), AddAcademy(urn, name, f"885{urn[-4:]}", "primary", "Westshire"))
        if on:
            self.switch(urn, on=True)

    def switch(self, urn: str = NORTH, *, on: bool, plugin: str = "register", approved: tuple[str, ...] = ()) -> None:
        switch(self.building, urn, on=on, plugin=plugin, approved=approved)

    def switch_all_on(self, urn: str = NORTH) -> None:
        """Every plugin that is allowed is on."""
        on = self.desk(urn=urn).on
        for plugin in self.building.plugins.manifests:
            if plugin not in on:
                self.switch(urn, on=True, plugin=plugin)

    def pupil(self, *facts: Fact, urn: str = NORTH, **about: Any) -> UUID:
        """A pupil on roll since 1 September 2025, with what else has happened."""
        subject, number = uuid4(), next(self._numbers)
        usual: dict[str, Any] = {
            "upn": upn(number),
            "surname": f"Sample{number}",
            "forename": "Robin",
            "born_on": date(2017, 3, 4),
            "year": "4",
            "form": "4B",
            "entered_on": date(2025, 9, 1),
        }
        self.tell(subject, PupilEnrolled(**(usual | about)), *facts, urn=urn)
        return subject

    def tell(self, subject: UUID, *facts: Fact, urn: str = NORTH) -> list[UUID]:
        """Records facts as the operator; returns the ids of the entries."""
        desk = self.desk(urn=urn)
        places = desk.record([New(subject, fact) for fact in facts], command_id=uuid4())
        return [event.event_id for event in desk.log.at(places)]

    def log_size(self, name: str = NORTH) -> int:
        return self.building.store.log(name).size

    def events(self, name: str = NORTH) -> list[Event]:
        self.building.settle()
        return list(self.building.store.log(name).events())

    def facts(self, kind: type[Fact], name: str = NORTH) -> list[Event]:
        """Events of one kind of fact, in order."""
        return [event for event in self.events(name) if isinstance(event.fact, kind)]

    def recorded(self, kind: type[F], name: str = NORTH) -> list[F]:
        """The facts themselves of one kind, in order."""
        return [event.fact for event in self.events(name) if isinstance(event.fact, kind)]

    def close(self) -> None:
        for client in self._clients:
            client.__exit__(None, None, None)
        self.close_buildings()
        if self._app is not None:
            _SPARE[self._made_from].append(self._app)

    def close_buildings(self) -> None:
        while self._buildings:
            self._buildings.pop().close()


class Browser:
    """Someone at a browser: keeps cookies, follows nothing, fills in the forms it is shown."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.cookies = httpx.Cookies()

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        http = self.house.http
        http.cookies = self.cookies
        answer = http.request(method, path, **options)
        self.cookies = http.cookies
        return answer

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def raw_post(self, path: str, **options: Any) -> httpx.Response:
        """A POST of exactly this."""
        return self.request("POST", path, **options)

    def form(self, path: str, action: str | None = None) -> dict[str, str]:
        """The hidden fields of the form on a page that posts to `action`; on that path itself where none is given."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return hidden(answer.text, action or path.partition("?")[0])

    def post(self, path: str, *, page: str = "", files: Any = None, **fields: Any) -> httpx.Response:
        """Fetches the page with the form, fills the form in and sends it."""
        told = {name.replace("__", "-"): value for name, value in fields.items()}
        return self.raw_post(path, data=self.form(page or path, path) | told, files=files)

    def sign_in(self, email: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        return self.post("/sign-in", email=email, password=password, **more)


class Program(Browser):
    """A program of somebody's, with a token and no session."""

    def __init__(self, house: House, email: str, *, writes: bool = False) -> None:
        super().__init__(house)
        tokens = house.building.desk_store.tokens
        self._token = tokens.make(house.person(email), "A program", writes=writes, seconds=3600)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._token}"} | options.pop("headers", {})
        return super().request(method, path, headers=headers, **options)


def verified(dpo: Browser) -> str:
    """The page that says what came of reading every entry again, once it is there."""
    answer = dpo.post("/audit/verify", page="/audit")
    assert answer.status_code == 303
    while "Reading every entry again" in (page := dpo.get(answer.headers["location"]).text):
        assert "Problem" not in page
    return page


def hidden(text: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form on a page that posts to `action`."""
    for form in _FORM.findall(text):
        opening = form.partition(">")[0]
        if 'method="post"' in opening and f'action="{html.escape(action)}"' in opening:
            return {html.unescape(name): html.unescape(value) for name, value in _FIELD.findall(form)}
    raise AssertionError(f"no form on this page posts to {action}")


def on(name: str, day: date) -> dict[str, str]:
    """A day as the three fields of a form."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def error_links(text: str) -> Iterable[str]:
    """Where the errors at the top of a page lead to."""
    summary = text.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return re.findall(r'href="#([^"]*)"', summary)


def errors(text: str) -> list[str]:
    """The errors at the top of a page, in words."""
    summary = text.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return [html.unescape(re.sub("<[^>]*>", "", one)) for one in re.findall(r"<li>(.*?)</li>", summary, re.DOTALL)]


HouseMaker = Callable[..., House]
