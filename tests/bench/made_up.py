"""A trust of made-up academies, written straight to its logs: one command for each academy."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from core.academies.facts import PluginSwitchedOn
from core.academies.web.switching import as_it_stands
from core.building import Building, prepare
from core.cli.setting_up import found, make_key
from core.ids import uuid7
from core.roll.facts import PupilDetailsChanged, PupilEnrolled, StaffJoined
from core.roll.rules import upn_check_letter
from core.settings import Settings
from events import Actor, Fact, New
from events.store import now_us
from plugins.register.facts import MovedOnRegister, PlacedOnRegister, PlanIssued, ReviewEnded

PUPILS, ON_REGISTER, WITH_PLAN, STAFF = 1200, 240, 72, 90
EMAIL, PASSWORD = "operator@bench.example", "correct horse battery"
_ENROLLED = date(2024, 9, 3)
_SURNAMES = ["Evans", "Chen", "Okafor", "Begum", "Taylor", "Nowak", "Singh", "Hughes", "Adeyemi", "Clarke", "Rahman"]
_FORENAMES = ["Ibrahim", "Leo", "Amelia", "Zara", "Noah", "Chidi", "Freya", "Aisha", "Oscar", "Maya", "Tomasz", "Ella"]
_NEEDS = ["SPLD", "MLD", "SEMH", "SLCN", "ASD", "HI", "VI", "PD", "OTH"]


def open_trust(home: Path, database: str = "", keys: str = "", *, clock: Callable[[], int] = now_us) -> Building:
    """A new trust with its operator and no academy; SQLite in its home unless databases are named."""
    settings = Settings(
        home=home, database=database or f"sqlite:///{home}/tallystick.db", keys=keys or f"sqlite:///{home}/keys.db"
    )
    make_key(settings)
    prepare(settings)
    building = Building(settings, clock=clock)
    found(building, "Bench Learning Trust", "Olive Operator", EMAIL, PASSWORD)
    return building


def add_academy(building: Building, number: int, *, pupils: int = PUPILS) -> str:
    """One more academy with the register on, its roll and two years of register; its URN."""
    urn = str(140000 + number)
    actor = Actor(next(iter(building.people())), "Operator", "bench")
    joined = building.new_academy(urn, f"Academy {number:02}", f"885{4000 + number}", "secondary", "Worcestershire")
    building.trust.append([joined], command_id=uuid7(building.clock()), actor=actor)
    manifest = building.plugins.manifests["register"]
    on = PluginSwitchedOn("register", _ENROLLED, (), as_it_stands(manifest), "The SENCO asked for it")
    facts = [New(joined.subject, on), *(_people(number, pupils) if pupils else ())]
    log = building.store.log(urn)
    log.append(facts, command_id=uuid7(building.clock()), actor=actor)
    return urn


def _people(number: int, pupils: int) -> Iterator[New]:
    chance = random.Random(number)  # noqa: S311 - made-up people, the same each time
    for at in range(STAFF):
        yield New(new_id(chance), StaffJoined(_name(chance), "Teacher", f"{7 + at % 5}{'ABCDEF'[at % 6]}", _ENROLLED))
    whom = [new_id(chance) for _ in range(pupils)]
    for at, subject in enumerate(whom):
        yield New(subject, enrolled(chance, number * 10_000 + at, 7 + at % 4))
    for september in (date(2025, 9, 1), date(2026, 9, 1)):
        for at, subject in enumerate(whom):
            year = 7 + at % 4 + september.year - 2024
            yield New(subject, PupilDetailsChanged(september, year=str(year), form=f"{year}{'ABCDEF'[at % 6]}"))
    for at, subject in enumerate(whom[:ON_REGISTER]):
        yield from (New(subject, fact) for fact in _register(chance, with_plan=at < WITH_PLAN))


def new_id(chance: random.Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


def enrolled(chance: random.Random, number: int, year: int) -> PupilEnrolled:
    """A pupil came on roll; the number is told in the UPN."""
    rest = f"8854{number:08}"
    born = date(2024 - 5 - year, 9, 1) + timedelta(days=chance.randrange(365))
    names = (chance.choice(_SURNAMES), f"{chance.choice(_FORENAMES)}-{number}")
    return PupilEnrolled(f"{upn_check_letter(rest)}{rest}", *names, born, str(year), f"{year}A", _ENROLLED)


def _name(chance: random.Random) -> str:
    return f"{chance.choice(_FORENAMES)} {chance.choice(_SURNAMES)}"


def _register(chance: random.Random, *, with_plan: bool) -> Iterator[Fact]:
    needs = tuple(chance.sample(_NEEDS, chance.choice((1, 1, 2, 3))))
    placed = _ENROLLED + timedelta(days=chance.randrange(300))
    told = placed + timedelta(days=3) if chance.random() < 0.9 else None
    yield PlacedOnRegister("K", needs, placed, told, "Progress review with the class teacher")
    if with_plan:
        made = date(2025, 10, 1) + timedelta(days=chance.randrange(90))
        yield MovedOnRegister("E", needs, made, made, "The authority issued a plan")
        yield PlanIssued(made)
        yield ReviewEnded(made + timedelta(days=chance.randrange(250, 380)))


def census(number: int, rows: int, *, moved: int = 0) -> bytes:
    """A census-style export of one row a pupil; `moved` of them are in another form than when it is 0."""
    chance = random.Random(number)  # noqa: S311 - made-up people, the same each time
    lines = ["UPN,Surname,Forename,DoB,NCyearActual,RegGroup,EntryDate,SENprovision,SENneed1,SENneed2"]
    for at in range(rows):
        one = enrolled(chance, number * 10_000 + at, 7 + at % 5)
        form = f"{one.year}{'Z' if at < moved else 'A'}"
        sen = "K,SPLD,SEMH" if at % 6 == 0 else "E,ASD," if at % 25 == 1 else "N,,"
        names = f"{one.upn},{one.surname},{one.forename},{one.born_on},{one.year},{form}"
        lines.append(f"{names},{one.entered_on},{sen}")
    return "\n".join(lines).encode()
