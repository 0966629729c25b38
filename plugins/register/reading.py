"""The register's part in a roll import: provision and needs, by code or label, one row a pupil or one row a need."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from core.law import errors
from core.roll.columns import Column
from core.roll.importing import Change, RollReader, Told
from core.roll.reading import RowNote
from core.roll.rows import PupilRows
from core.roll.rules import uk_date
from events import Fact

from .facts import MovedOnRegister, NeedsChanged, PlacedOnRegister, TakenOffRegister
from .rules import (
    Need,
    ProvisionRow,
    needs_from,
    no_sen_findings,
    nsa_findings,
    provision_date_findings,
    provision_findings,
    provision_from,
)
from .views import PROVISION_NAMES, Support, support

if TYPE_CHECKING:
    from core.desk import Desk

COLUMNS = (
    Column(
        "provision",
        "SEN provision",
        ("SEN Provision", "SEN Status", "SEN Code", "SEN Stage", "SEN", "SEND", "SEND Status", "SEND Code",
         "SEN Level", "SEND Provision", "SEN Provision Code", "SEN Status Code", "Current SEN Status",
         "SEN Category"),
        owner="register",
    ),
    Column(
        "need",
        "SEN need",
        ("SEN Need", "SEN Needs", "SEN Need Type", "SEN Type", "SEN Types", "Need", "Needs", "Need Type",
         "Type of Need", "Primary Need", "Secondary Need", "Primary SEN Need", "Secondary SEN Need",
         "SEN Primary Need", "SEN Secondary Need", "Primary SEN Type", "Secondary SEN Type", "SEN Type Code",
         "SEN Need Code", "Need Code", "SEND Need", "SEND Needs", "Need Description", "SEN Need Description",
         "Description"),
        many=True,
        owner="register",
    ),
    Column(
        "rank",
        "Rank of the need",
        ("Need Ranking", "Need Rank", "SEN Need Ranking", "SEN Need Rank", "SEN Type Rank", "Rank", "Ranking",
         "Priority", "Need Priority"),
        many=True,
        owner="register",
    ),
    Column(
        "started_on",
        "SEN start date",
        ("SEN Start Date", "SEN Provision Start Date", "SEN Provision Start", "Provision Start Date",
         "Provision Start", "SEN Status Start Date", "SEN Start", "SEND Start Date", "Date Placed on Register",
         "Date Placed on SEN Register", "Start Date", "Start"),
        owner="register",
    ),
)  # fmt: skip

_IMPORTED = "As the school's own system says"


def roll_reader(desk: Desk) -> RollReader:
    """Reads SEN columns against the register as it stands; none for someone who may not write it."""
    if not desk.may("write", "register.support"):
        return RollReader((), lambda *_: Told())
    known = desk.see_all(support)
    today = desk.today

    def read(pupil: UUID, rows: PupilRows) -> Told:
        return _told(known.get(pupil), rows, today)

    return RollReader(COLUMNS, read)


def _told(now: Support | None, rows: PupilRows, today: date) -> Told:
    if "provision" not in rows.values:
        return Told()
    first = rows.lines[0]
    text = rows.values["provision"]
    said = provision_from(text) if text else None
    if text and said is None:
        return _rejected(rows, f"Unknown SEN status {text!r}: use N, K or E, or the label of one.")
    provision = said.code if said else "N"
    faults = [finding for finding in provision_findings(provision, None) if finding.level == "error"]
    if faults:
        return _rejected(rows, faults[0].says)
    start_text = next(iter(rows.every("started_on")), "")
    started = uk_date(start_text) if start_text else None
    if start_text and started is None:
        return _rejected(rows, "SEN start date is not a day such as 21/05/2026 (day, month, year).")
    born_on = uk_date(rows.values.get("born_on", ""))
    if started and born_on and (wrong := errors(provision_date_findings(ProvisionRow(provision, started), born_on))):
        return _rejected(rows, wrong[0].says)
    needs, rejected, warned = _needs(rows, today)
    if provision == "N":
        warned += [
            RowNote(first.line, first.record, found.says)
            for found in no_sen_findings("N", tuple(Need(code, rank) for rank, code in enumerate(needs, 1)))
        ]
        needs = ()
    warned += [
        RowNote(first.line, first.record, found.says)
        for found in nsa_findings(provision, needs)
        if found.level == "warning"
    ]
    if provision != "N" and not needs and not rejected:
        warned.append(RowNote(first.line, first.record, "On the register without a primary need."))
    facts, changes = _facts(now, provision, needs, min(started or today, today), today)
    return Told(facts, changes, rejected, warned, taken=not rejected)


def _needs(rows: PupilRows, day: date) -> tuple[tuple[str, ...], list[RowNote], list[RowNote]]:
    """Need codes in rank, with what is to be said of single rows."""
    ranked: list[tuple[int, str]] = []
    rejected: list[RowNote] = []
    warned: list[RowNote] = []
    for row, cells in zip(rows.lines, rows.cells, strict=True):
        ranks = [int(text) if text.isdecimal() and len(text) < 4 else 0 for text in cells.get("rank", ())]
        for at, cell in enumerate(cells.get("need", ())):
            if not cell:
                continue
            read = needs_from(cell, day)
            for finding in read.findings:
                into = rejected if finding.level == "error" else warned
                into.append(RowNote(row.line, row.record, finding.says))
            rank = ranks[at] if at < len(ranks) and ranks[at] else 100
            ranked += [(rank, code) for code in read.codes]
    ranked.sort(key=lambda pair: pair[0])
    return tuple(dict.fromkeys(code for _, code in ranked)), rejected, warned


def _facts(
    now: Support | None, provision: str, needs: tuple[str, ...], started: date, today: date
) -> tuple[list[Fact], list[Change]]:
    before = now.provision if now else "N"
    if provision == before:
        if now is None or needs == now.needs or provision == "N":
            return [], []
        return [NeedsChanged(needs, today, _IMPORTED)], [Change("Needs", " · ".join(now.needs), " · ".join(needs))]
    changes = [Change("Provision", PROVISION_NAMES[before], PROVISION_NAMES[provision])]
    if needs:
        changes.append(Change("Needs", " · ".join(now.needs) if now else "", " · ".join(needs)))
    if provision == "N":
        return [TakenOffRegister(today, None, _IMPORTED)], changes
    if now is None or before == "N":
        since = started if now is None or started > now.since else today
        return [PlacedOnRegister(provision, needs, since, None, _IMPORTED)], changes
    return [MovedOnRegister(provision, needs, started if started > now.since else today, None, _IMPORTED)], changes


def _rejected(rows: PupilRows, why: str) -> Told:
    return Told(rejected=[RowNote(row.line, row.record, why) for row in rows.lines], taken=False)
