"""A candidate's file and normal way of working, as the page shows them."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from core.desk import Desk
from core.wording import day as said_day

from ...codes import PROFICIENCY, SUB_AREAS, band_of, standing
from ...codes.filing import FILED, FORMS, NEEDS
from ...facts import FormPartCompleted, ScoreRecorded, UseNoted
from ...rules import assessed_in_time
from ...telling import base
from ...views import Case, CaseFile, assessor, title_of
from ..working import EFFECTS, MOST_USED, SETTINGS

_ADD = {
    "score": "Add a score",
    "form": "Add a form",
    "piece": "Add evidence",
    "breaks": "Add a trial of rest breaks",
    "language": "Record language",
    "told": "Record that the candidate was told",
}


def file_part(desk: Desk, pupil: UUID, one: Case) -> dict[str, Any]:
    """Everything on file, each kind in the order of its days."""
    file, below = one.file, f"{base(desk)}/evidence/{pupil}"
    return {
        "adds": [{"text": text, "href": f"{below}/{what}"} for what, text in _ADD.items()]
        if desk.may("write", "exams.evidence", pupil)
        else [],
        "scores": [_score(desk, told, one) for told in file.scores],
        "forms": [_form(told, below) for told in file.forms],
        "pieces": [
            {
                "taught": told.taught or "No one subject",
                "what": FILED.get(told.evidence, told.evidence),
                "day": told.dated_on,
                "note": told.note,
                "document": f"{below}/documents/{told.document.document_id}" if told.document else None,
            }
            for told in sorted(file.pieces, key=lambda told: (told.taught.casefold(), told.dated_on))
        ],
        "trials": [
            {"taught": told.taught, "day": told.tried_on, "enough": told.enough, "note": told.note}
            for told in file.trials
        ],
        "rest": _rest(file),
    }


def need_words(file: CaseFile) -> list[str]:
    """The principal need with how it shows, or that none is named."""
    if file.need is None:
        return ["Not named yet. Name it before anything is applied for."]
    return [f"{NEEDS[file.need.need]}, named on {said_day(file.need.named_on)}", file.need.picture]


def _rest(file: CaseFile) -> list[dict[str, Any]]:
    """Language, and that the candidate was told, as far as they are on file."""
    rows: list[dict[str, Any]] = []
    if told := file.language:
        came = f"Came to the United Kingdom on {said_day(told.came_on)}" if told.came_on else "Day of entry not known"
        first = "English, Irish or Welsh is" if told.english_irish_or_welsh else "Another is"
        words = [f"{first} the first language", came]
        words.append("English at home" if told.english_at_home else "Another language at home")
        words.append("Taught in English before" if told.prior_english else "No English before")
        words += [f"Band {told.band} on arrival: {PROFICIENCY[told.band].lower()}"] if told.band else []
        rows.append({"label": "Language", "value": words})
    if file.told_on:
        rows.append({"label": "Candidate told", "value": said_day(file.told_on)})
    return rows


def _score(desk: Desk, told: ScoreRecorded, one: Case) -> dict[str, Any]:
    titles = {area.key: area.title for area in standing(SUB_AREAS, told.assessed_on).value}
    band = band_of(told.score, told.assessed_on)
    who = desk.log.see(assessor, told.assessor) if told.assessor else None
    early = assessed_in_time(told.assessed_on, one.born_on, one.year9_started_on)
    title = titles.get(told.sub_area, told.sub_area)
    return {
        "title": title if told.unrecognisable is None else f"{title}, words {_recognised(told)}",
        "score": told.score,
        "band": band.title if band else None,
        "day": told.assessed_on,
        "test": told.test,
        "assessor": who.name if who else None,
        "early": early.says if early.level == "BLOCK" else None,
    }


def _recognised(told: ScoreRecorded) -> str:
    return "cannot be recognised" if told.unrecognisable else "can be recognised"


def _form(told: FormPartCompleted, below: str) -> dict[str, Any]:
    part = f", Part {told.part}" if told.part else ""
    return {
        "title": f"{FORMS[told.form]}{part}",
        "day": told.completed_on,
        "document": f"{below}/documents/{told.document.document_id}" if told.document else None,
    }


def working_rows(uses: tuple[UseNoted, ...]) -> list[dict[str, Any]]:
    """What was noted in use, one row for each subject and arrangement; the subject used most lately first."""
    grouped: dict[tuple[str, str], list[UseNoted]] = {}
    for use in uses:
        grouped.setdefault((use.taught, use.arrangement), []).append(use)
    newest = sorted(grouped.values(), key=lambda many: many[-1].used_on, reverse=True)
    return [_used(many) for many in newest]


def _used(many: list[UseNoted]) -> dict[str, Any]:
    last = many[-1]
    effects = Counter(use.effect for use in many)
    return {
        "taught": last.taught,
        "code": last.arrangement,
        "title": MOST_USED.get(last.arrangement) or title_of(last.arrangement, last.used_on),
        "times": f"{'Once' if len(many) == 1 else f'{len(many)} times, last'} on {said_day(last.used_on)}",
        "where": ", ".join(SETTINGS[setting].lower() for setting in dict.fromkeys(use.setting for use in many)),
        "effects": [
            f"{EFFECTS[effect]} ({count})" if len(many) > 1 else EFFECTS[effect] for effect, count in effects.items()
        ],
        "marks": [_marks(use) for use in many if use.out_of is not None],
        "notes": [use.note for use in many if use.note.strip()],
    }


def _marks(use: UseNoted) -> str:
    with_it = f"{use.mark_with} with" if use.mark_with is not None else ""
    without = f"{use.mark_without} without" if use.mark_without is not None else ""
    told = ", ".join(text for text in (with_it, without) if text)
    return f"{told}, of {use.out_of} ({said_day(use.used_on)})"
