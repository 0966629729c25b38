"""The place is lost, and the trust is made again from a backup that was taken while thirty-two recorded."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from contextlib import closing
from itertools import islice
from pathlib import Path
from random import randint
from uuid import uuid4

import msgspec
import pyrage
import pytest

from core.backups.making import back_up
from core.backups.places import Places
from core.backups.restoring import Held, bring_back
from core.backups.restoring import Trust as Place
from core.building import Building
from core.roll.views import pupil
from core.settings import Settings
from events import Actor, Erased, Stream
from events.dumps import Progress
from events.halves import half
from events.holders import write_private
from events.restoring import Kept
from tests.faults.callers import Callers, Told
from tests.faults.conftest import Count, Times
from tests.faults.serving import Server
from tests.faults.tally import standing
from tests.faults.trust import CALLERS, ApiDoor, DeskDoor, Trust
from tests.postgres import Postgres

Elsewhere = Callable[[Path], Settings]


class Safe:
    """Two folders for backups, the identity that opens them, and the half as it was last sent outside."""

    def __init__(self, folder: Path) -> None:
        identity = pyrage.x25519.Identity.generate()
        self.recipient = identity.to_public()
        for name in ("log", "keys", "outside"):
            (folder / name).mkdir(parents=True)
        self.places = Places.apart(folder / "log", folder / "keys")
        self.held = Held(folder / "outside" / "identity.txt", folder / "outside" / "half.txt")
        write_private(self.held.identity, str(identity).encode())

    def back_up(self, trust: Trust) -> None:
        """Beside whatever server there is."""
        with closing(Building(trust.settings, serving=False)) as building:
            back_up(building.store, self.places, self.recipient, steps)

    def send_outside(self, trust: Trust) -> int:
        """Sends the half; returns how many entries of the academy it knows of."""
        with closing(Building(trust.settings, serving=False)) as building:
            self.held.half.write_text(str(half(building.store)))
            return building.store.log(trust.urn).size

    def restore(self, trust: Trust, settings: Settings) -> tuple[Trust, Kept]:
        """The trust in another place, with whoever was signed in signed in again, and what is left of the academy."""
        settings.home.mkdir()
        shutil.copy(trust.settings.key_file, settings.home)
        with closing(Building(trust.settings, serving=False)) as building:
            catalog = building.store.catalog
        found = bring_back(Place(settings, settings.holder(), catalog), self.places.newest(), self.held, steps)
        assert found.report.ok, found.report.faults[:5]
        again = copy.copy(trust)
        again.settings = settings
        with closing(Building(settings, serving=False)) as building:
            (person,) = building.people()
            again.sessions = [building.desk_store.sessions.begin(person).token for _ in range(CALLERS)]
        return again, next(one for one in found.logs if one.log == trust.urn)


def steps(_: str) -> Progress:
    return lambda done, total: None


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, trust: Trust) -> Elsewhere:
    """Makes another place of the same kind, with nothing in it."""

    def made(home: Path) -> Settings:
        urls = [f"sqlite:///{home / 'log.db'}", f"sqlite:///{home / 'keys.db'}"]
        if trust.database == "PostgreSQL":
            server: Postgres = request.getfixturevalue("postgres")
            urls = [server.database(), server.database()]
        return msgspec.structs.replace(trust.settings, home=home, database=urls[0], keys=urls[1])

    return made


def test_a_backup_made_under_load_is_restored_and_appended_to(
    trust: Trust, elsewhere: Elsewhere, tmp_path: Path, times: Times, count: Count
) -> None:
    rounds, told = times(1, 10), Told(trust)
    for number in range(rounds):
        safe = Safe(tmp_path / f"safe{number}")
        with Server(trust) as server, Callers(trust, [ApiDoor(trust, server.port)]) as callers:
            callers.send(randint(100, 300))  # noqa: S311 - a moment, not a secret
            before = set(callers.acknowledged)
            safe.back_up(trust)
            callers.send(randint(100, 300))  # noqa: S311
        known = safe.send_outside(trust)
        trust, left = safe.restore(trust, elsewhere(tmp_path / f"again{number}"))
        assert left.entries + left.missing == known  # it says of all that is gone that it is
        here = set(standing(trust))
        assert before <= here, f"{len(before - here)} were acknowledged before the backup began, and are gone"
        with closing(DeskDoor(trust, Building(trust.settings, serving=False))) as door:
            for sent in islice(trust.commands(), 20):
                assert told.hear(door, 0, sent)
        told.acknowledged |= {sent: door for sent, door in callers.acknowledged.items() if sent in here}
    told.trust = trust
    count("restored from a backup made under load, then appended to", rounds, told)


def test_what_is_forgotten_after_the_backup_stays_so(
    trust: Trust, elsewhere: Elsewhere, tmp_path: Path, times: Times, count: Count
) -> None:
    rounds = times(1, 10)
    with closing(DeskDoor(trust, Building(trust.settings, serving=False))) as door:
        told = Told(trust)
        for sent in islice(trust.commands(), 80):
            assert told.hear(door, 0, sent)
    for number in range(rounds):
        safe = Safe(tmp_path / f"safe{number}")
        safe.back_up(trust)
        gone = Stream(trust.pupils[number], pupil.record)
        at = erase(trust, gone)
        safe.send_outside(trust)
        trust, _ = safe.restore(trust, elsewhere(tmp_path / f"again{number}"))
        with closing(Building(trust.settings, serving=False)) as building:
            log = building.store.log(trust.urn)
            log.refresh()
            assert log.stream(*gone) == []
            assert gone.subject not in log.see_all(pupil)
            with pytest.raises(Erased):
                log.event(at)
    told.trust = trust
    count("forgotten after the backup, then restored", rounds, told)


def erase(trust: Trust, stream: Stream) -> int:
    """Destroys a stream's key; returns the place of its first entry."""
    with closing(Building(trust.settings, serving=False)) as building:
        log = building.store.log(trust.urn)
        place = log.stream(*stream)[0].position
        actor = Actor(next(iter(building.people())), "Operator", "faults")
        until = building.today
        log.destroy([stream], backups_until=until, companions=[], command_id=uuid4(), actor=actor)
    return place
