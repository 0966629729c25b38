"""The trust the journeys walk through: the made-up one, an academy with nothing in it yet, and some guests."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import uvicorn

from core.academies.commands import AddAcademy, SwitchPluginOn
from core.academies.web.switching import as_it_stands
from core.app import make_app
from core.building import Building
from core.cli.people import add_person, give_role
from core.cli.running import add_academy
from core.cli.serving import _free_port
from core.demo import make
from core.desk import Desk
from core.roll.views import Pupil
from core.roll.views import pupil as roll
from core.settings import Settings
from plugins.register.views import plan, support

PASSWORD = "three words will do"
OLD, NEW = "902131", "149001"
"""Cawdor High School of the made-up trust, and an academy that has just joined."""


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
GUESTS = (SENCO, NEW_SENCO, DIRECTOR, DPO, NEWCOMER, OPERATOR)


class World:
    """The trust, served by the real server on a port of its own."""

    def __init__(self, home: Path, *, pupils: int = 600, guests: bool = True) -> None:
        port = _free_port()
        self.origin = f"http://127.0.0.1:{port}"
        self.settings = Settings(
            home=home,
            database=f"sqlite:///{home / 'tallystick.db'}",
            keys=f"sqlite:///{home / 'keys.db'}",
            origin=self.origin,
        )
        make(self.settings, pupils=pupils, progress=lambda done, total: None)
        self.building = Building(self.settings)
        if guests:
            self._welcome()
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
        operator = next((key, one) for key, one in self.building.people().items() if one.operator)
        found = self.building.academy(urn) if urn else None
        return Desk(self.building, *operator, found[0] if found else None, "journeys")

    def somebody(self, provision: str) -> tuple[UUID, Pupil]:
        """A pupil of the old academy with that provision ("" for never on the register), on roll, of a rare name."""
        desk = self.desk(OLD)
        pupils, supports, plans = desk.see_all(roll), desk.see_all(support), desk.see_all(plan)
        names = [one.full_name for one in pupils.values()]
        for key, one in pupils.items():
            now = supports.get(key)
            stands = now.provision if now else ""
            fits = stands == provision and (key in plans) == (provision == "E")
            if fits and one.is_on_roll(desk.today) and names.count(one.full_name) == 1:
                return key, one
        raise LookupError(f"nobody in the made-up trust stands at {provision!r}")

    def _welcome(self) -> None:
        """An academy that joins today, and the guests."""
        desk = self.desk()
        add_academy(desk, AddAcademy(NEW, "Northgate High School", "885/4101", "secondary", "Riverford"))
        manifest = self.building.plugins.manifests["register"]
        self.desk(NEW).do(SwitchPluginOn("register", "The academy joins the trust.", (), as_it_stands(manifest)))
        for guest in GUESTS:
            subject = add_person(self.desk(), guest.name, guest.email, PASSWORD)
            give_role(self.desk(), subject, guest.role, guest.urns, "Walks through the pages")
