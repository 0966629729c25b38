"""The checks a row of an old central record tells of: each with its day, or as a gap where it gives none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.law import Finding
from core.roll.rules import uk_date

from ..codes import CHECKS, ROLES, standing
from ..commands import TakenCheck
from .record_cells import Said, said_in
from .record_columns import RECORD_COLUMNS

TRAINING = ("safeguarding", "safer_recruitment", "induction")
_PLAIN = ("identity", "prohibition", "overseas", "qualifications", "section_128", "references", "childcare")
_LABELS = {column.name: column.label for column in RECORD_COLUMNS}


def checks_of(role: str, cells: Mapping[str, str], today: date) -> tuple[tuple[TakenCheck, ...], list[Finding]]:
    """The checks of a row, and what is wrong with its cells.

    A day means that the check was made then and was satisfied; yes without a day is kept as a check without one. Of
    work for which a third party's word will do, a check is confirmed where the row has the day of the confirmation.
    """
    wrong: list[Finding] = []
    told = {name: _read(name, cells.get(name, ""), today, wrong) for name in (*_PLAIN, "dbs", "barred_list")}
    told |= {name: _read(name, cells.get(name, ""), today, wrong) for name in ("right_to_work", "supply_confirmed_on")}
    found = [_plain(name, told[name], cells) for name in _PLAIN]
    found += [_dbs(told["dbs"], cells, today, wrong), _barred(told["barred_list"], told["dbs"])]
    found.append(_right_to_work(told["right_to_work"], cells, wrong))
    confirmed = told["supply_confirmed_on"]
    row = standing(ROLES, today).value[role]
    if row.confirmed and confirmed.kind in {"day", "yes"}:
        found = [_confirmed(one, row.cells[one.check], confirmed, cells) if one else None for one in found]
        if found[len(_PLAIN)] is None:
            found.append(_confirmed(TakenCheck("dbs", "clear"), row.cells["dbs"], confirmed, cells))
    return tuple(one for one in found if one is not None), wrong


def _read(name: str, cell: str, today: date, wrong: list[Finding]) -> Said:
    said = said_in(cell)
    if said is None:
        says = f"{_LABELS[name]}: “{cell[:40]}” is neither a day such as 14/09/2023 nor yes, no or n/a. Correct it."
        wrong.append(Finding("error", "unread", says, name))
    elif said.day is not None and said.day > today:
        wrong.append(Finding("error", "in_future", f"{_LABELS[name]} lies in the future. Correct it.", name))
    return said or Said("no")


def _plain(check: str, said: Said, cells: Mapping[str, str]) -> TakenCheck | None:
    kind = CHECKS.value[check]
    if said.kind == "not_needed":
        outcome = next((one.key for one in kind.outcomes if one.answers_no), None)
        return TakenCheck(check, outcome) if outcome else None
    if said.kind not in {"day", "yes"}:
        return None
    good = next(one.key for one in kind.outcomes if one.effect == "satisfied" and not one.answers_no)
    evidence = cells.get("evidence", "")[:400] if check == "identity" else ""
    return TakenCheck(check, good, said.day, said.who, evidence)


def _dbs(said: Said, cells: Mapping[str, str], today: date, wrong: list[Finding]) -> TakenCheck | None:
    requested_on = _day("dbs_requested_on", cells, wrong, latest=today)
    number = cells.get("dbs_number", "")[:40]
    if said.kind in {"day", "yes"}:
        return TakenCheck("dbs", "clear", said.day, said.who, "", requested_on, said.day, number)
    if requested_on is not None:
        return TakenCheck("dbs", "awaiting", requested_on=requested_on)
    return None


def _barred(said: Said, dbs: Said) -> TakenCheck | None:
    if said.kind == "within":
        return TakenCheck("barred_list", "no_match", dbs.day, dbs.who, route="within_dbs")
    if said.kind in {"day", "yes"}:
        return TakenCheck("barred_list", "no_match", said.day, said.who, route="separate")
    return None


def _right_to_work(said: Said, cells: Mapping[str, str], wrong: list[Finding]) -> TakenCheck | None:
    expires_on = _day("right_to_work_expires_on", cells, wrong)
    if said.kind not in {"day", "yes"} and expires_on is None:
        return None
    outcome = "time_limited" if expires_on else "continuous"
    return TakenCheck("right_to_work", outcome, said.day, said.who, expires_on=expires_on)


def _confirmed(one: TakenCheck, cell: str, said: Said, cells: Mapping[str, str]) -> TakenCheck:
    """A check as a third party confirmed it; as it was where the academy makes it itself."""
    if cell not in {"C", "W"}:
        return one
    if one.check != "dbs":
        return TakenCheck(one.check, one.outcome, one.checked_on or said.day, one.checked_by, route="confirmed")
    seen = said_in(cells.get("supply_certificate_seen", ""))
    evidence = "certificate seen" if seen is not None and seen.kind in {"day", "yes"} else ""
    certificate_on = uk_date(cells.get("supply_certificate_on", "")) or one.certificate_on
    return TakenCheck("dbs", "clear", said.day, said.who, evidence, None, certificate_on, one.number, route="confirmed")


def _day(name: str, cells: Mapping[str, str], wrong: list[Finding], latest: date | None = None) -> date | None:
    """A day that stands alone in its cell; "n/a" and the like are none."""
    cell = cells.get(name, "")
    said = said_in(cell)
    if said is None or (said.kind == "yes" and cell):
        wrong.append(Finding("error", "unread", f"{_LABELS[name]} is not a day such as 14/09/2023. Correct it.", name))
        return None
    if said.day is not None and latest is not None and said.day > latest:
        wrong.append(Finding("error", "in_future", f"{_LABELS[name]} lies in the future. Correct it.", name))
    return said.day
