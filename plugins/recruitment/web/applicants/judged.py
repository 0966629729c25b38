"""How an applicant was judged, drawn: sheets side by side for whoever may see them, gates, interests, the interview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.desk import Desk
from core.law import errors
from core.wording import day

from ...codes import STEPS
from ...commands import AT
from ...facts import DescriptionWritten, SheetScored
from ...rules import gate_findings
from ...views import (
    INTERVIEW,
    SIFT,
    Applicant,
    Vacancy,
    criteria_of,
    gates_met,
    gates_of,
    said_of,
    scorers_of,
    sees_sheets,
    wants_moderation,
)

STAGES = {SIFT: "At the sift", INTERVIEW: "At the interview"}


def stages(
    desk: Desk, told: Vacancy, version: DescriptionWritten | None, one: Applicant, here: str, *, hidden: bool
) -> list[dict[str, Any]]:
    """For each stage that was begun, the sheets this person may see and what they may do next."""
    return [
        _stage(desk, told, version, one, stage, here, hidden=hidden)
        for stage in (SIFT, INTERVIEW)
        if one.scoring.at(stage) or one.application.state in AT[stage]
    ]


def _stage(
    desk: Desk,
    told: Vacancy,
    version: DescriptionWritten | None,
    one: Applicant,
    stage: str,
    here: str,
    *,
    hidden: bool,
) -> dict[str, Any]:
    sees, mine = sees_sheets(desk, told, one.scoring, stage), one.scoring.by(desk.person_id, stage)
    sheets = [sheet for sheet in one.scoring.at(stage) if sees or sheet is mine]
    apart = wants_moderation(one.scoring, stage) if sees else ()
    return {
        "title": STAGES[stage],
        "says": _handed_in(desk, told, one, stage, sees=sees),
        "scorers": [desk.name_of(sheet.scorer) for sheet in sheets],
        "rows": [
            {
                "text": each.text,
                "essential": each.essential,
                "marks": [_mark(sheet, each.key) for sheet in sheets],
                "apart": each.key in apart,
            }
            for each in criteria_of(version, stage)
        ]
        if sheets
        else [],
        "notes": [
            {"by": desk.name_of(sheet.scorer), "words": said_of(one, sheet.note, hidden=hidden)}
            for sheet in sheets
            if sheet.note
        ]
        + [
            {"by": f"Together, {day(note.moderated_on)}", "words": said_of(one, note.note, hidden=hidden)}
            for note in one.scoring.moderated
            if note.stage == stage and sees
        ],
        "acts": _acts(desk, told, one, stage, here, sees=sees),
    }


def _mark(sheet: SheetScored, key: str) -> str:
    return next((str(mark.points) for mark in sheet.marks if mark.criterion == key), "")


def _handed_in(desk: Desk, told: Vacancy, one: Applicant, stage: str, *, sees: bool) -> str:
    """How far the scoring is, and why marks are not shown yet."""
    whose = scorers_of(told, one.scoring)
    done = {str(sheet.scorer) for sheet in one.scoring.at(stage)}
    count = f"{len(done)} of {len(set(whose) | done)} sheets are handed in."
    if sees or not done:
        return count
    if str(desk.person_id) in whose:
        return f"{count} You see the others' marks once yours are handed in."
    return f"{count} Marks show once everybody on the panel has scored."


def _acts(desk: Desk, told: Vacancy, one: Applicant, stage: str, here: str, *, sees: bool) -> list[dict[str, str]]:
    """What a member of the panel without an interest may do at a stage."""
    if str(desk.person_id) not in scorers_of(told, one.scoring) or one.application.state not in AT[stage]:
        return []
    mine, many = one.scoring.by(desk.person_id, stage), len(one.scoring.at(stage)) > 1
    acts = []
    if mine is None or not many:
        acts.append({"text": "Change my marks" if mine else "Score", "href": f"{here}/score/{stage}"})
    if many and sees:
        acts.append({"text": "Write a note together", "href": f"{here}/moderate/{stage}"})
    return acts


def gates(
    desk: Desk, version: DescriptionWritten | None, one: Applicant, here: str, *, hidden: bool, judges: bool
) -> list[dict[str, Any]]:
    """The criteria nobody is shortlisted without, and whether each is met."""
    texts = {each.key: each.text for each in version.criteria} if version else {}
    lacking: Mapping[str | None, str] = {
        finding.field: finding.says for finding in errors(gate_findings(gates_of(version), gates_met(one.scoring)))
    }
    found = []
    for place, key in enumerate(gates_of(version)):
        judged = one.scoring.gates.get(key)
        reason = said_of(one, judged.reason, hidden=hidden) if judged else ""
        row: dict[str, Any] = {"label": texts[key], "value": [reason] if reason else [lacking.get(key, "")]}
        if judged:
            row["tag"] = {"text": "met", "kind": "well"} if judged.met else {"text": "not met", "kind": "late"}
        if judges and one.application.state in STEPS:
            row["action"] = {"text": "Correct" if judged else "Judge", "href": f"{here}/gate/{place}"}
        found.append(row)
    return found


def interview(one: Applicant, *, hidden: bool) -> list[dict[str, Any]]:
    met = one.scoring.interview
    if met is None:
        return []
    found = {"text": "appointable", "kind": "well"} if met.appointable else {"text": "not appointable", "kind": "plain"}
    note = said_of(one, met.note, hidden=hidden)
    return [{"label": f"Held {day(met.held_on)}", "value": [note] if note else [], "tag": found}]


def interests(desk: Desk, one: Applicant, *, told_words: bool) -> list[dict[str, Any]]:
    """Who declared that they know this applicant, and so does not score them.

    Args:
        told_words: Whether this person may know how they know them.
    """
    return [
        {
            "label": desk.name_of(key),
            "value": [f"declared on {day(each.declared_on)}", *([each.words] if told_words and each.words else [])],
        }
        for key, each in one.scoring.interests.items()
    ]
