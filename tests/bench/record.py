"""The single central record of two thousand people, taken away as a spreadsheet and on paper; in one process."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from core.academies.facts import PluginSwitchedOn
from core.academies.web.switching import as_it_stands
from core.answers import Cell
from core.building import Building
from core.cli.people import give_role
from core.desk import Desk
from core.ids import uuid7
from core.web.exports import xlsx_bytes
from events import Actor, New
from plugins.recruitment.facts import CheckRecorded, EngagementBegan, PersonNamed
from plugins.recruitment.views import columns, record_rows
from plugins.recruitment.writing.record import record_pdf
from tests.bench.made_up import add_academy, new_id, open_trust
from tests.bench.measuring import Row, row, telling, timed

PEOPLE = 2_000
_CHECKS = ("identity", "qualifications", "prohibition", "dbs", "barred_list", "right_to_work")
_OUTCOMES = ("verified", "held", "clear", "clear", "no_match", "continuous")
_MADE = date(2024, 7, 1)


def run(home: Path) -> Iterator[Row]:
    """A row for each way it leaves; the first reads every entry, as after a start."""
    with telling(f"a record of {PEOPLE:,} people"):
        building = open_trust(home)
        desk = _filled(building)

        def taken() -> list[list[Cell]]:
            return [list(one.cells) for one in record_rows(desk)]

        header = [column.title for column in columns(desk.today)]
        yield row(f"single central record: {PEOPLE:,} people, first time read", timed(taken), "s")
        xlsx = timed(lambda: xlsx_bytes("Single central record", header, taken()), 5)
        yield row("single central record, as XLSX", xlsx, "s", most=5)
        paper = timed(lambda: record_pdf("Academy 00", "Made up.", "Bench", columns(desk.today), taken()), 5)
        yield row("single central record, as tagged PDF", paper, "s", most=5)
        building.close()
    shutil.rmtree(home)


def _filled(building: Building) -> Desk:
    urn = add_academy(building, 0, pupils=0)
    found = building.academy(urn)
    (person,) = building.people()
    known = building.person(person)
    if found is None or known is None:
        raise RuntimeError("there is no academy")
    academy = found[0]
    give_role(Desk(building, person, known), person, "hr_director", (), "Bench")
    manifest = building.plugins.manifests["recruitment"]
    on = PluginSwitchedOn("recruitment", _MADE, (), as_it_stands(manifest), "Bench")
    log = building.store.log(urn)
    facts = [New(academy, on), *_people()]
    log.append(facts, command_id=uuid7(building.clock()), actor=Actor(person, "HR director", "bench"))
    return Desk(building, person, known, academy)


def _people() -> Iterator[New]:
    chance = random.Random(2026)  # noqa: S311 - made-up people, the same each time
    for at in range(PEOPLE):
        who, began = new_id(chance), _MADE + timedelta(days=chance.randrange(700))
        yield New(who, PersonNamed(f"Evans-{at}", "Ana", "", date(1985, 1, 1) + timedelta(days=at), _MADE))
        yield New(who, EngagementBegan(new_id(chance), "teacher", "Teacher", (), "", None, began, _MADE))
        for check, outcome in zip(_CHECKS, _OUTCOMES, strict=True):
            made = began - timedelta(days=chance.randrange(3, 60))
            route = "within_dbs" if check == "barred_list" else "seen"
            told = (check, outcome, made, "HM", "Original", None, made, "", None, route, "")
            yield New(who, CheckRecorded(*told, new_id(chance), _MADE))
