"""Two pupils alike, one of them in care: nobody who was not granted it finds any difference, anywhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from core.accounts.facts import Exported, Granted, GrantEnded, Opened
from core.accounts.roles import ROLES
from core.roll.facts import StaffJoined
from core.roll.views import pupil as pupil_view
from events import Fact, Log, New
from plugins.lac import about, facts
from plugins.lac.records import RECORDS
from plugins.register.facts import NeedsChanged, PlacedOnRegister, PlanIssued
from tests.core.house import NORTH, Browser, House, HouseMaker, email_of
from tests.core.test_routes import Route, routes
from tests.plugins.lac.care import A, clocks, desk_of, episode, set_up, tell
from tests.plugins.lac.claims import agreed, claim, tell_as_head, whole

SECRET = frozenset(one.name for one in RECORDS if one.need_to_know)
TODAY, SEPTEMBER, BEGAN = date(2026, 11, 16), date(2026, 9, 1), date(2026, 10, 19)
STRANGERS = ("class_teacher", "senco", "head_of_year", "exams_officer", "business_manager")
NAMES = ("Adeyemi", "Blaskit")
"""Of the one in care and of the other; as long as each other, so that pages are too."""
_TOKEN = re.compile(r'name="token" value="[^"]*"')
_WORDS = re.compile(r"\?[\w&;=%.+-]+|\"next\":\"[\w-]+\"")
_ENTRIES = re.compile(r"(audit|entries)/[0-9a-f-]{36}")
PLUGINS = ("register", "exams", "lac")


class Pair:
    """A school with two pupils, the names they go by in addresses, and what only the first has."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.pupils = tuple(self._pupil(name) for name in NAMES)
        self.upns = {pupil: one.upn for pupil, one in house.desk(urn=NORTH).see_all(pupil_view).items()}
        self.ids: dict[str, UUID] = {name: uuid4() for name in ("pep", "target", "claim", "suspension", "post")}

    def _pupil(self, surname: str) -> UUID:
        placed = PlacedOnRegister("E", ("SLCN",), SEPTEMBER, SEPTEMBER, "Seen in class")
        return self.house.pupil(placed, PlanIssued(SEPTEMBER), surname=surname)


@pytest.fixture
def pair(make_house: HouseMaker) -> Pair:
    """Every plugin is on; designated teacher, head and safeguarding lead may know; no stranger holds a secret class."""
    house = make_house(plugins=PLUGINS)
    for plugin in set(PLUGINS) - set(house.desk(urn=NORTH).on):
        house.switch(on=True, plugin=plugin)
    for role in ("designated_teacher", "head", "dsl", *STRANGERS):
        house.grant(role)
    for role in STRANGERS:
        _strip(house, role)
    set_up(house, clocks(A, "Eastshire"))
    tell_as_head(house, facts.DesignatedTeacherNamed(uuid4(), uuid4(), True, False, SEPTEMBER))
    tell(house, house.academy_id(), facts.SchoolPremiumPaid(2026, 2, 500_000, SEPTEMBER))
    workers = [New(uuid4(), StaffJoined(f"Worker {number}", "Teacher", "", SEPTEMBER)) for number in range(90)]
    house.desk(urn=NORTH).record(workers, command_id=uuid4())  # from here on every place in the log has three digits
    for role in ("class_teacher", "head_of_year"):
        house.tell(house.person(email_of(role, NORTH)), StaffJoined(ROLES[role].title, "Teacher", "4B", SEPTEMBER))
    return Pair(house)


def _strip(house: House, role: str) -> None:
    """Takes every secret class out of what a role holds; the SENCO loses the little there was."""
    person, desk = house.person(email_of(role, NORTH)), house.desk()
    for one in house.building.grants(person):
        allows = {record: tuple(actions) for record, actions in one.allows.items() if record not in SECRET}
        if allows.keys() != one.allows.keys():
            subjects: Any = one.subjects
            scope = (tuple(one.academies), subjects, tuple(one.named))
            new = Granted(uuid4(), role, *scope, allows, TODAY, None, "Their work")
            desk.record([New(person, GrantEnded(one.grant, TODAY)), New(person, new)], command_id=uuid4())


def told(pair: Pair) -> None:
    """Everything the plugin can record of a child, and who looked at it."""
    house, child, ids = pair.house, pair.pupils[0], pair.ids
    began, ended = episode(BEGAN), episode(date(2026, 9, 7))
    pep, target, suspension, given = ids["pep"], ids["target"], ids["suspension"], ids["claim"]
    every: list[Fact] = [
        ended,
        facts.EpisodeEnded(ended.episode, date(2026, 9, 14), "E4A"),
        began,
        facts.LegalStatusChanged(began.episode, "C1", date(2026, 11, 2)),
        facts.EvidenceSeen(began.episode, "authority_letter", TODAY, uuid4()),
        facts.PreviousCareDeclared("N", None, SEPTEMBER),
        facts.KinshipDeclared("KF", SEPTEMBER),
        facts.AuthorityNamed("looking_after", A, "Letter", BEGAN),
        facts.PepStarted(pep, "initial", A, None, BEGAN, None, None, BEGAN),
        *whole(pep, date(2026, 11, 2), date(2027, 2, 1), target),
        facts.SectionWritten(pep, "sen", "senco", date(2026, 11, 3), "No change"),
        facts.TargetJudged(target, "part", date(2026, 11, 3), "Seen"),
        facts.PepMadeReady(pep, date(2026, 11, 3)),
        facts.PepSent(pep, date(2026, 11, 3), ""),
        facts.PepReturned(pep, date(2026, 11, 4), "Cost the second target"),
        facts.PepTakenBack(pep, date(2026, 11, 4)),
        *agreed(pep, date(2026, 11, 4), date(2026, 11, 9)),
        facts.CareReviewHeld(date(2026, 11, 13)),
        facts.SdqScored(12, "", TODAY),
        facts.SuspensionDecided(suspension, False, TODAY, 600, TODAY, 3, "Disruption"),
        facts.SuspensionTold(suspension, "carer", TODAY, 700, "telephone"),
        facts.SessionsLostElsewhere(2026, 4, TODAY),
        *claim(given, pep, target, TODAY, agreed=15_000, paid=10_000, spent=5_000),
        *claim(uuid4(), pep, target, TODAY),
    ]
    refused = uuid4()
    every += [*claim(refused, pep, target, TODAY), facts.ClaimRefused(refused, TODAY, "No")]
    tell(house, child, *every)
    teacher = desk_of(house)
    teacher.opened(child, sorted(SECRET))
    for record in sorted(SECRET):
        teacher.exported("Children", record, 1)
    last = next(event for event in reversed(house.events()) if event.record == "lac.wellbeing")
    teacher.withdraw(last, "Another child", uuid4())


def test_everything_the_plugin_can_record_is_recorded_here(pair: Pair) -> None:
    told(pair)
    recorded = {type(event.fact) for event in pair.house.events()}
    others = {facts.DesignatedTeacherTrained, facts.DesignatedTeacherEnded, facts.SchoolPremiumSpent}  # of no child
    assert set(about().facts) - others <= recorded


# Every address there is about a pupil


def addresses(pair: Pair, pupil: UUID) -> Iterator[str]:
    """Every GET route with a place for a pupil, and for each view of each plugin."""
    for route in routes(pair.house.app):
        if route.method == "GET" and route.at_academy and ("pupil_id" in route.path or "subject" in route.path):
            yield from _filled(pair, route, pupil)


def _filled(pair: Pair, route: Route, pupil: UUID) -> Iterator[str]:
    """A route's addresses: with the secret's own ids in the places of others, and every view by its name."""
    given: dict[str, str] = {"urn": NORTH, "pupil_id": str(pupil), "subject": str(pupil)}
    ours = {"claim": "claim", "suspension": "suspension", "pep": "pep", "plan": "pep", "target": "target"}
    for name in re.findall(r"\{(\w+):", route.path):
        given.setdefault(name, str(pair.ids.get(ours.get(name.removesuffix("_id"), ""), UUID(int=7))))
    if "{view:" in route.path:
        for manifest in pair.house.building.plugins.manifests.values():
            for view in manifest.views:
                yield _put(route.path, given | {"plugin": manifest.name, "view": view.name.rpartition(".")[2]})
    elif "{entry:" in route.path:
        for event in pair.house.events():
            if event.subject == pupil and event.record not in SECRET:
                yield _put(route.path, given | {"entry": str(event.event_id)})
    elif "{what:" in route.path:
        for what in ("decide", "elsewhere", "agree", "refuse", "receive", "spend", "episode", "sdq", "need", "score"):
            yield _put(route.path, given | {"what": what})
    else:
        yield _put(route.path, given)


def _put(path: str, given: dict[str, str]) -> str:
    return re.sub(r"\{(\w+):\w+\}", lambda match: given[match[1]], path)


def lists(someone: Browser, surname: str) -> Iterator[str]:
    """Where the lists that can be searched by name lead for this pupil: pages and files."""
    for address, field, files in (
        (f"/{NORTH}/pupils", "q", True),
        (f"/{NORTH}/register", "q", True),
        (f"/{NORTH}/exams", "q", True),
        (f"/{NORTH}/audit", "pupil", False),
    ):
        if someone.get(address).status_code == 200:
            found = someone.post(address, **{field: surname}).headers["location"]
            yield found
            if files:
                yield found.replace(address, f"{address}/list.csv", 1)


def bare(answer: httpx.Response) -> tuple[int, str, int]:
    """An answer without what is drawn anew each time, and how long it was."""
    if "spreadsheetml" in answer.headers.get("content-type", ""):
        book = zipfile.ZipFile(BytesIO(answer.content))  # its properties tell when it was made
        cells = [book.read(name).decode() for name in sorted(book.namelist()) if not name.startswith("docProps")]
        return answer.status_code, "".join(cells), len("".join(cells))
    return answer.status_code, _TOKEN.sub("", answer.text), len(answer.content)


def _steady(answer: httpx.Response) -> tuple[int, str, int]:
    """Besides, without the words that stand sealed in addresses, and are sealed anew each time."""
    status, text, size = bare(answer)
    return status, _WORDS.sub("", text), size


def alike(pair: Pair, pupil: UUID, surname: str, answers: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Answers with what is the pupil's own put aside: id, name, UPN, the ids of entries."""
    found = []
    for address, (status, text, size) in answers:
        for own, instead in ((str(pupil), "PUPIL"), (surname, "NAME"), (pair.upns[pupil], "UPN")):
            address, text = address.replace(own, instead), text.replace(own, instead)  # noqa: PLW2901
        found.append((_plain(address), (status, _plain(text), size)))
    return found


def _plain(text: str) -> str:
    return _WORDS.sub("", _ENTRIES.sub("", text))


class Watched(Log):
    """A log that remembers which classes of record were read from it."""

    read: set[str]

    def see(self, view: Any, subject: UUID, **more: Any) -> Any:
        self.read.add(view.record)
        return super().see(view, subject, **more)

    def see_all(self, view: Any, **more: Any) -> Any:
        self.read.add(view.record)
        return super().see_all(view, **more)

    def stream(self, subject: UUID, record: str) -> Any:
        self.read.add(record)
        return super().stream(subject, record)


def watched(house: House) -> Watched:
    """The log of the school, watched from now on."""
    log = house.building.store.log(NORTH)
    log.__class__ = Watched
    assert isinstance(log, Watched)
    log.read = set()
    return log


@pytest.mark.parametrize("role", STRANGERS)
def test_a_child_in_care_looks_like_the_other_byte_for_byte(pair: Pair, role: str) -> None:
    """And nothing of it is read on the way: so it costs no time either, which would tell as much."""
    told(pair)
    for pupil in pair.pupils:  # and then life goes on for both
        pair.house.tell(pupil, NeedsChanged(("ASD",), TODAY, "Seen since"))
    someone, seen, log = pair.house.as_role(role), [], watched(pair.house)
    for pupil, surname in zip(pair.pupils, NAMES, strict=True):
        wanted = [*addresses(pair, pupil), *lists(someone, surname), f"/{NORTH}"]
        assert len(wanted) > 60
        answers = [(address, bare(someone.get(address))) for address in wanted]
        seen.append(alike(pair, pupil, surname, answers))
    for one, other in zip(*seen, strict=True):
        assert one == other, one[0]
    secret = [answer for address, answer in seen[0] if "/lac/" in address and not address.endswith("premium/PUPIL")]
    assert {status for status, _, _ in secret} <= {403, 404}
    if role in ("class_teacher", "senco", "head_of_year"):
        assert 200 in {status for _, (status, _, _) in seen[0]}
    assert "core.running" in log.read
    assert log.read.isdisjoint(SECRET)


def test_whoever_may_know_sees_the_difference(pair: Pair) -> None:
    told(pair)
    someone, seen, log = pair.house.as_role("designated_teacher"), [], watched(pair.house)
    for pupil, surname in zip(pair.pupils, NAMES, strict=True):
        answers = [(address, bare(someone.get(address))) for address in addresses(pair, pupil)]
        seen.append(alike(pair, pupil, surname, answers))
    assert len([one for one, other in zip(*seen, strict=True) if one != other]) > 10
    assert log.read > SECRET - {"lac.care", "lac.funding"}  # no fact is of these two


# Before and after


def everywhere(pair: Pair, someone: Browser) -> list[str]:
    """Every GET address this person has that says anything: about either pupil, and about none."""
    found = [address for pupil in pair.pupils for address in addresses(pair, pupil)]
    found += [address for name in NAMES for address in lists(someone, name)]
    for route in routes(pair.house.app):
        fresh = route.path in {"/sign-in/set-up", "/account/app"}  # which show another secret each time
        if route.method == "GET" and "{" not in route.path.replace("{urn:int}", "") and not fresh:
            found.append(_put(route.path, {"urn": NORTH}))
    found += [f"/{NORTH}/audit?plugin=lac", f"/{NORTH}?plugin=lac", f"/{NORTH}?until=365"]
    found += [f"/{NORTH}/exports/{plugin}/{name}.csv" for plugin in PLUGINS for name in ("children", "claims", "list")]
    return found


@pytest.mark.parametrize("role", STRANGERS)
def test_nothing_anywhere_changes_when_it_is_recorded(pair: Pair, role: str) -> None:
    house = pair.house
    someone = house.as_role(role)
    every = everywhere(pair, someone)
    statuses = {address: someone.get(address).status_code for address in every}  # their own openings are recorded once
    quiet = [address for address in every if statuses[address] not in (403, 303)]
    looks = f"/{NORTH}/audit?log=reads"  # last of all and first of all: what they take away is recorded too
    before = {address: _steady(someone.get(address)) for address in [*quiet, looks]}
    told(pair)
    after = {address: _steady(someone.get(address)) for address in [looks, *quiet]}
    assert [address for address in before if after[address] != before[address]] == []
    refused = {address: status for address, status in statuses.items() if address not in before}
    assert {address: someone.get(address).status_code for address in refused} == refused
    assert any(status == 200 for status, _, _ in before.values())


# The log


def test_no_entry_of_it_is_found_in_the_trail_nor_who_looked(pair: Pair) -> None:
    told(pair)
    house, senco = pair.house, pair.house.as_role("senco")
    kept = [event.event_id for event in house.events() if event.record in SECRET]
    assert len(kept) > 30
    looked = [
        event.event_id
        for kind in (Opened, Exported)
        for event in house.facts(kind, f"{NORTH}-reads")
        if event.actor and event.actor.by == house.person(email_of("designated_teacher", NORTH))
    ]
    assert len(looked) == 2 * len(SECRET)
    for log, entries in (("", kept), ("?log=reads", looked)):
        missing = bare(senco.get(f"/{NORTH}/audit/{uuid4()}{log}"))
        for entry in entries:
            assert bare(senco.get(f"/{NORTH}/audit/{entry}{log}")) == missing, entry
        page = senco.get(f"/{NORTH}/audit{log}").text
        shown = {UUID(one) for one in re.findall(rf'href="/{NORTH}/audit/([0-9a-f-]{{36}})', page)}
        assert shown
        assert shown.isdisjoint(entries)
