"""The trust the journeys walk through: the made-up one, an academy with nothing in it yet, and some guests."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

import uvicorn

from core.academies.commands import AddAcademy, SwitchPluginOn
from core.academies.web.switching import as_it_stands
from core.app import make_app
from core.building import Building
from core.cli.people import add_person, give_role
from core.cli.running import add_academy
from core.cli.serving import _free_port
from core.demo import make
from core.demo.clock import at_hour
from core.desk import Desk
from core.roll.facts import PupilEnrolled, StaffJoined
from core.roll.rules import upn_check_letter
from core.roll.views import Pupil
from core.roll.views import pupil as roll
from core.settings import Settings
from events import New
from events.store import now_us
from plugins.register.views import plan, support
from tests.core.house import agree_to_all

PASSWORD = "three words will do"
OLD, NEW = "902131", "149001"
"""Cawdor High School of the made-up trust, and an academy that has just joined."""
TUESDAY = date(2026, 11, 24)
"""The day of the journeys, whatever day it is for whoever runs them."""


class Guest(NamedTuple):
    """Someone who signs in, with the role they hold and the academies they hold it at."""

    name: str
    email: str
    role: str
    urns: tuple[str, ...] = ()


SENCO = Guest("Priya Nair", "priya@journeys.example", "senco", (OLD,))
NEW_SENCO = Guest("Tom Ellis", "tom@journeys.example", "senco", (NEW,))
DIRECTOR = Guest("Grace Moyo", "grace@journeys.example", "send_director")
DPO = Guest("Ivan Hollis", "ivan@journeys.example", "dpo")
NEWCOMER = Guest("Mei Chan", "mei@journeys.example", "senco", (OLD,))
OPERATOR = Guest("Olu Adeyemi", "olu@journeys.example", "operator")
TEACHER = Guest("Jo Marsden", "jo@journeys.example", "class_teacher", (OLD,))
OFFICER = Guest("Sam Rudge", "sam@journeys.example", "exams_officer", (OLD,))
DESIGNATED = Guest("Esther Bloom", "esther@journeys.example", "designated_teacher", (OLD,))
MANAGER = Guest("Dana Okoro", "dana@journeys.example", "business_manager", (OLD,))
HEAD = Guest("Miriam Hale", "miriam@journeys.example", "head", (OLD,))
HR = Guest("Lewis Park", "lewis@journeys.example", "hr_admin", (OLD,))
PANEL = Guest("Ada Finch", "ada@journeys.example", "panel_member", (OLD,))
RECORDS = Guest("Ruth Adler", "ruth@journeys.example", "dpo")
CAREFUL = Guest("Wren Hartley", "wren@journeys.example", "dpo")
ADMIN = Guest("Noor Abbas", "noor@journeys.example", "identity_admin")
CHIEF = Guest("Hugh Lester", "hugh@journeys.example", "chief_executive")
KEYED = Guest("Zara Quinn", "zara@journeys.example", "senco", (OLD,))
LEAVER = Guest("Kit Warner", "kit@journeys.example", "senco", (OLD,))
GUESTS = (
    *(SENCO, NEW_SENCO, DIRECTOR, DPO, NEWCOMER, OPERATOR),
    *(TEACHER, OFFICER, DESIGNATED, MANAGER, HEAD, HR, PANEL, RECORDS, CAREFUL),
    *(ADMIN, CHIEF, LEAVER, KEYED),
)
FORM, ALIKE = "11T", ("Rosa", "Nora")
"""The form of the teacher's, and the two in it, with all but a forename and a UPN in common."""


class Clock:
    """The trust's time: begins with a morning, runs on, and can be put forward."""

    def __init__(self, day: date) -> None:
        self.put_forward(day)

    def put_forward(self, day: date, hour: int = 9) -> None:
        self._ahead = round(at_hour(day, hour).timestamp() * 1e6) - now_us()

    def forward(self, *, minutes: int) -> None:
        self._ahead += minutes * 60_000_000

    def __call__(self) -> int:
        return now_us() + self._ahead


def settings_of(home: Path, origin: str = "http://localhost") -> Settings:
    """Settings of a trust in a folder."""
    return Settings(
        home=home,
        database=f"sqlite:///{home / 'tallystick.db'}",
        keys=f"sqlite:///{home / 'keys.db'}",
        origin=origin,
        second_factor="offered",
    )


class World:
    """The trust in a folder, served by the real server on a port of its own.

    Args:
        day: The day its clock begins with.
    """

    def __init__(self, home: Path, day: date) -> None:
        port = _free_port()
        self.origin = f"http://localhost:{port}"
        self.clock = Clock(day)
        self.building = Building(settings_of(home, self.origin), clock=self.clock)
        config = uvicorn.Config(
            make_app(self.building), host="127.0.0.1", port=port, log_level="warning", access_log=False, ws="none"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.02)
            assert self._thread.is_alive(), "the server did not start"

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self.building.close()

    def desk(self, urn: str | None = None) -> Desk:
        """The operator's desk, to look at what stands in the log and to set the scene."""
        return desk_of(self.building, urn)

    def somebody(self, provision: str) -> tuple[UUID, Pupil]:
        """A pupil of the old academy with that provision ("" for never on the register), on roll, of a rare name."""
        desk = self.desk(OLD)
        pupils, supports, plans = desk.see_all(roll), desk.see_all(support), desk.see_all(plan)
        names = [one.full_name for one in pupils.values()]
        for key, one in pupils.items():
            now = supports.get(key)
            stands = now.provision if now else ""
            fits = stands == provision and (key in plans) == (provision == "E") and one.form != FORM
            if fits and one.is_on_roll(desk.today) and names.count(one.full_name) == 1:
                return key, one
        raise LookupError(f"nobody in the made-up trust stands at {provision!r}")

    def alike(self) -> list[tuple[UUID, Pupil]]:
        """The two pupils of the teacher's form, as `ALIKE` names them."""
        here = {one.forename: (key, one) for key, one in self.desk(OLD).see_all(roll).items() if one.form == FORM}
        return [here[forename] for forename in ALIKE]


def desk_of(building: Building, urn: str | None = None) -> Desk:
    """The operator's desk."""
    operator = next((key, one) for key, one in building.people().items() if one.operator)
    found = building.academy(urn) if urn else None
    return Desk(building, *operator, found[0] if found else None, "journeys")


def make_trust(home: Path, day: date = TUESDAY) -> None:
    """Makes the trust with its guests in an empty folder."""
    settings = settings_of(home)
    make(settings, pupils=600, progress=lambda done, total: None, today=day)
    building = Building(settings, clock=Clock(day), serving=False)
    add_academy(desk_of(building), AddAcademy(NEW, "Northgate High School", "885/4101", "secondary", "Riverford"))
    manifest = building.plugins.manifests["register"]
    desk_of(building, NEW).do(SwitchPluginOn("register", "The academy joins the trust.", (), as_it_stands(manifest)))
    for guest in GUESTS:
        subject = add_person(desk_of(building), guest.name, guest.email, PASSWORD)
        until = day + timedelta(days=300) if guest.role == "identity_admin" else None
        give_role(desk_of(building), subject, guest.role, guest.urns, "Walks through the pages", until)
        agree_to_all(building, subject)
        if guest in (TEACHER, DESIGNATED):
            form = FORM if guest == TEACHER else ""
            joined = StaffJoined(guest.name, "Teacher", form, date(2026, 9, 1))
            desk_of(building, OLD).record([New(subject, joined)], command_id=uuid4())
    enrolled = [_enrolled(number, forename) for number, forename in enumerate(ALIKE, 1)]
    desk_of(building, OLD).record(enrolled, command_id=uuid4())
    building.close()


def _enrolled(number: int, forename: str) -> New:
    rest = f"801220115{number:03}"
    upn = f"{upn_check_letter(rest)}{rest}"
    told = PupilEnrolled(upn, "Quillfeather", forename, date(2011, 5, 14), "11", FORM, date(2022, 9, 1))
    return New(uuid4(), told)
