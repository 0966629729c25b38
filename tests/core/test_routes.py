"""Every route of the application, called by everyone who should get nothing from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import EntryPoint
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx
import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from core.accounts.commands import RemovePerson
from core.accounts.facts import GlassBroken, TurnedAway
from core.app import make_app
from core.errors import WillNotStart
from core.manifest import ACTIONS
from core.settings import PLUGINS
from core.web.guards import Anyone, Permission, handlers, permission_of, proved
from core.web.pages import STATIC
from events import Actor, New
from plugins.register.facts import PlanIssued
from tests.core.house import (
    AT_ACADEMIES,
    EVERYWHERE,
    NORTH,
    OPERATOR,
    OUTSIDE,
    SOUTH,
    Browser,
    House,
    HouseMaker,
    Program,
    email_of,
)

OF_NO_PLUGIN = {
    "/api/v1/{urn:int}/changes",
    "/api/v1/{urn:int}/due",
    "/api/v1/{urn:int}/processing",
    "/api/v1/{urn:int}/looks",
    "/api/v1/{urn:int}/looks/{subject:uuid}",
}
PUBLISHED = "/.well-known/tallystick/{name:str}/{epoch:str}"
FOR_ANYONE = {
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/forgotten"),
    ("POST", "/sign-in/forgotten"),
    ("GET", "/sign-in/link/{token:str}"),
    ("POST", "/sign-in/link/{token:str}"),
    ("GET", "/fetch/{token:str}"),
    ("POST", "/fetch/{token:str}"),
    ("GET", "/sign-in/visit/{token:str}"),
    ("POST", "/sign-in/visit/{token:str}"),
    ("GET", "/sign-in/with/{key:str}"),
    ("GET", "/sign-in/with/{key:str}/back"),
    ("GET", "/health"),
    ("GET", "/accessibility"),
    ("GET", f"{PUBLISHED}/checkpoint"),
    ("GET", f"{PUBLISHED}/tile/{{tile:path}}"),
}


class Route(NamedTuple):
    """One way to call the application."""

    method: str
    path: str
    permission: Permission
    asked: tuple[Permission, ...]
    """Every permission it names, in the order they are asked for."""

    @property
    def at_academy(self) -> bool:
        return self.path.startswith(("/{urn:int}", "/api/v1/{urn:int}"))

    @property
    def for_programs(self) -> bool:
        return self.path.startswith("/api/")

    def address(self, urn: str, pupil: UUID) -> str:
        """The path with something in each of its places."""
        given = {
            "urn": urn,
            "pupil_id": str(pupil),
            "person_id": str(pupil),
            "name": "register",
            "plugin": "register",
            "command": "issue-plan",
            "view": "plan",
            "subject": str(pupil),
            "file": "register.csv",
            "place": "1",
            "file_path": "tallystick.css",
        }
        return re.sub(r"\{(\w+):\w+\}", lambda match: given.get(match[1], str(uuid4())), self.path)


def routes(app: Litestar) -> Iterator[Route]:
    for path, handler in handlers(app):
        permission = permission_of(handler)
        asked = tuple(guard for guard in guards_of(handler) if isinstance(guard, Permission) and guard.record)
        for method in sorted(handler.http_methods - {"HEAD", "OPTIONS"}):
            assert permission is not None, path
            yield Route(str(method), path, permission, asked)


def closed(app: Litestar) -> list[Route]:
    """Those that ask who is there."""
    return [route for route in routes(app) if not isinstance(route.permission, Anyone)]


def call(browser: Browser, route: Route, urn: str, pupil: UUID, token: str = "") -> httpx.Response:
    address = route.address(urn, pupil)
    if route.for_programs and route.method == "POST":
        return browser.request("POST", address, json={"subject": str(pupil), "made_on": "2026-09-01"})
    data = {"token": token} if route.method == "POST" else None
    return browser.request(route.method, address, data=data)


def token_of(browser: Browser) -> str:
    """A token that holds, from whatever page this person can open."""
    found = re.search(r'name="token" value="([^"]+)"', browser.get("/rules").text)
    assert found is not None
    return found[1]


def test_few_pages_are_for_anyone(house: House) -> None:
    found = {(route.method, route.path) for route in routes(house.app) if isinstance(route.permission, Anyone)}
    assert {one for one in found if not one[1].startswith("/static/")} == FOR_ANYONE
    static = {("GET", f"{STATIC}/{{file_path:path}}"), ("GET", "/static/idle/{minutes:int}")}
    assert {one for one in found if one[1].startswith("/static/")} == static


def test_nobody_gets_anything_but_the_way_in(house: House) -> None:
    pupil = house.pupil()
    nobody = house.browser()
    for route in closed(house.app):
        answer = call(nobody, route, NORTH, pupil)
        if route.for_programs:
            assert (answer.status_code, answer.json()["detail"]) == (403, "Sign in first."), route
            continue
        assert answer.status_code == 303, route
        assert answer.headers["location"].startswith("/sign-in?next="), route
        assert answer.content in (b"", b"null"), route


def test_a_token_opens_what_is_for_programs_and_nothing_else(house: House) -> None:
    pupil = house.pupil()
    program = Program(house, email_of("senco", NORTH), writes=True)
    for route in closed(house.app):
        answer = call(program, route, NORTH, pupil)
        if route.for_programs:
            assert answer.status_code not in (303, 401, 500), route
        else:
            assert answer.status_code == 303, route
            assert answer.headers["location"].startswith("/sign-in?next="), route


def test_a_token_that_only_reads_writes_nothing(house: House) -> None:
    pupil = house.pupil()
    program = Program(house, email_of("senco", NORTH), writes=False)
    size = house.log_size()
    for route in closed(house.app):
        if route.for_programs and route.method == "POST":
            shut = 403 if route.at_academy else 404  # who has nothing at the centre finds nothing there
            assert call(program, route, NORTH, pupil).status_code == shut, route
    assert house.log_size() == size


def test_a_leaver_s_token_is_dead_everywhere(house: House) -> None:
    pupil = house.pupil()
    program = Program(house, email_of("senco", NORTH), writes=True)
    house.desk().do(RemovePerson("Left"), house.person(email_of("senco", NORTH)))
    for route in closed(house.app):
        if route.for_programs:
            assert call(program, route, NORTH, pupil).status_code == 401, route


def test_whoever_broke_glass_opens_that_class_of_that_child_and_nothing_else(house: House) -> None:
    house.switch_all_on()
    pupil, other = (house.pupil(PlanIssued(date(2026, 9, 1)), surname="Quillfeather") for _ in range(2))
    panel = email_of("panel_member", NORTH)  # who sees no pupil at all
    fact = GlassBroken(uuid4(), house.academy_id(), pupil, "register.plan", house.building.today,
                       house.building.now + timedelta(hours=1), "It cannot wait")  # fmt: skip
    house.building.trust.append([New(house.person(panel), fact)], command_id=uuid4(), actor=Actor(pupil, "", ""))
    someone = house.browser(panel)
    base = f"/api/v1/{NORTH}/register/views"
    token = token_of(someone)
    for route in closed(house.app):
        if route.at_academy:
            assert "Quillfeather" not in call(someone, route, NORTH, other, token).text, route
    assert someone.get(f"{base}/plan/{pupil}").json()["value"]
    assert someone.get(f"{base}/plan/{other}").json().get("value") is None
    assert someone.get(f"{base}/support/{pupil}").status_code == 403


def test_someone_without_a_grant_gets_nothing(house: House) -> None:
    pupil = house.pupil()
    new = house.browser("nelly@keystone.example")
    token = token_of(new)
    for route in closed(house.app):
        if route.permission.record or route.at_academy:
            assert call(new, route, NORTH, pupil, token).status_code in (404, 303), route


@pytest.mark.parametrize("role", ["senco", "head", "send_admin", "hr_admin"])
def test_an_academy_of_others_is_not_there(house: House, role: str) -> None:
    pupil = house.pupil(surname="Northerner")
    southerner = house.as_role(role, SOUTH)
    token = token_of(southerner)
    there = [route for route in closed(house.app) if route.at_academy]
    assert len(there) > 25
    for route in there:
        answer = call(southerner, route, NORTH, pupil, token)
        assert answer.status_code == 404, route
        assert "Northerner" not in answer.text
        assert "North Primary" not in answer.text


@pytest.mark.parametrize("role", ["senco", "operator"])
def test_a_plugin_that_is_off_is_not_there(house: House, role: str) -> None:
    pupil = house.pupil()
    house.switch(on=False)
    someone = house.browser("olive@keystone.example") if role == "operator" else house.as_role(role)
    token = token_of(someone)
    of_it = ("/{urn:int}/register", "/api/v1/{urn:int}")
    there = [route for route in closed(house.app) if route.path.startswith(of_it) and route.path not in OF_NO_PLUGIN]
    there += [route for route in closed(house.app) if route.path == "/{urn:int}/exports/{plugin:str}/{file:str}"]
    assert len(there) > 11
    for route in there:
        assert call(someone, route, NORTH, pupil, token).status_code == 404, route


@pytest.mark.parametrize("plugin", [name for name in PLUGINS if name != "register"])
def test_every_other_plugin_s_pages_are_not_there_while_it_is_off(house: House, plugin: str) -> None:
    house.switch_all_on()
    for role in (*EVERYWHERE, *AT_ACADEMIES):
        house.grant(role, OPERATOR)
    house.switch(on=False, plugin=plugin)
    pupil, someone = house.pupil(), house.browser(OPERATOR)
    token = token_of(someone)
    there = [route for route in closed(house.app) if route.path.startswith(f"/{{urn:int}}/{plugin}")]
    assert len(there) > 10
    for route in there:
        assert call(someone, route, NORTH, pupil, token).status_code == 404, route
    assert someone.get(f"/{NORTH}").status_code == 200


@pytest.mark.parametrize("role", sorted({*EVERYWHERE, *AT_ACADEMIES, *OUTSIDE}))
def test_a_door_opens_to_those_who_hold_it_and_turning_away_is_recorded(house: House, role: str) -> None:
    pupil = house.pupil()
    house.switch_all_on()
    if role in OUTSIDE:
        house.let_in(role, house.person(email_of(role, NORTH)), named=[pupil])
    someone = house.as_role(role)
    person = house.person(email_of(role, "" if role in EVERYWHERE else NORTH))
    grants = house.building.grants(person)
    token = token_of(someone)

    def held(action: str, record: str) -> bool:
        return any(action in one.allows.get(record, ()) for one in grants)

    for route in closed(house.app):
        if not route.permission.record or (role not in EVERYWHERE and not route.at_academy):
            continue
        lacking = [(each.action, each.record) for each in route.asked if not held(each.action, each.record)]
        log = house.building.store.log(f"{NORTH}-reads" if route.at_academy else "trust-reads")
        house.building.settle()  # what was asked for in vain is recorded beside
        before = log.size
        answer = call(someone, route, NORTH, pupil, token)
        if not grants:
            assert answer.status_code == 404, route
        elif route.path == "/" and lacking and answer.status_code == 303:
            assert answer.headers["location"] == "/people"  # led on to where their work is
        elif route.path.endswith(("/withdraw", "/answer")) and not lacking and not held("write", "core.identity"):
            assert answer.status_code in (403, 404), route  # whether it may be taken back, its own class says
        elif not lacking:
            assert answer.status_code not in (403, 500), route
        else:
            assert answer.status_code == 403, (route, role)
            turned = log.event(before)
            assert isinstance(turned.fact, TurnedAway)
            assert (turned.fact.action, turned.fact.record_class) == lacking[0]
            assert turned.actor is not None
            assert turned.actor.by == turned.subject == person


def test_every_permission_is_of_a_class_and_an_action_there_is(house: House) -> None:
    records = {one.name for manifest in house.building.plugins.everything for one in manifest.records}
    for route in closed(house.app):
        for asked in route.asked:
            assert asked.record in records, route
            assert asked.action in ACTIONS, route


@pytest.mark.parametrize(
    ("plugin", "module", "says"),
    [("door", "open_door", "names no permission"), ("unchecked", "unchecked", "without reading the form's token")],
)
def test_a_page_without_a_guard_keeps_the_building_shut(
    make_house: HouseMaker, plugin: str, module: str, says: str
) -> None:
    ours = EntryPoint("register", "plugins.register", "tallystick.plugins")
    stranger = EntryPoint(plugin, f"tests.core.strangers.{module}", "tallystick.plugins")
    house = make_house(plugins=("register", plugin), found=[ours, stranger])
    with pytest.raises(WillNotStart, match=says):
        make_app(house.building)


@pytest.mark.parametrize(
    "address", ["/999999", "/999999/pupils", "/139204/pupils/not-a-uuid", "/nowhere", "/139204/lac"]
)
def test_what_is_nowhere_is_a_page_that_says_so(house: House, address: str) -> None:
    answer = house.as_role("senco").get(address)
    assert answer.status_code == 404
    assert "<h1>Page not found</h1>" in answer.text


@pytest.mark.parametrize("name", ["%0d%0aSet-Cookie:%20a=b", "%E2%82%AC", "a%26idle=1", "%00"])
def test_a_strange_address_does_not_get_into_a_header(house: House, name: str) -> None:
    answer = house.browser().get(f"/rules/{name}")
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers
    assert re.fullmatch(r"/sign-in\?next=[\w/%.~-]+", answer.headers["location"])


DANGEROUS = (
    "/people/{person_id:uuid}/left", "/people/{person_id:uuid}/decide/{grant:uuid}", "/account/tokens/new",
    "/plugins/{urn:int}/{name:str}", "/{urn:int}/disposal/{subject:uuid}/{disposal:uuid}/approve",
    "/{urn:int}/disposal/{subject:uuid}/holds/{hold:uuid}/lift", "/{urn:int}/audit/pack/{pack:uuid}/check",
    "/{urn:int}/audit/pack/{pack:uuid}/make", "/{urn:int}/audit/pack/{pack:uuid}/link",
    "/{urn:int}/requests/{case:uuid}/pack", "/{urn:int}/requests/{case:uuid}/link",
    "/retention/{record:str}/{draft:uuid}",
)  # fmt: skip


def test_a_dangerous_act_asks_again_who_it_is(house: House) -> None:
    for role in (*EVERYWHERE, *AT_ACADEMIES):
        house.grant(role, OPERATOR)
    someone, pupil = house.browser(OPERATOR), house.pupil()
    guarded = {
        (str(method), path)
        for path, handler in handlers(house.app)
        for method in handler.http_methods
        if proved in guards_of(handler)
    }
    assert set(DANGEROUS) <= {path for _, path in guarded}
    asked = [route for route in closed(house.app) if route.method == "GET" and (route.method, route.path) in guarded]
    house.clock.forward(16 * 60)
    for route in asked:
        answer = call(someone, route, NORTH, pupil)
        assert answer.headers.get("location", "").startswith("/sign-in/again"), route
    assert len(asked) > 15


def guards_of(handler: HTTPRouteHandler) -> list[Any]:
    return [getattr(guard, "func", guard) for guard in handler.resolve_guards()]
