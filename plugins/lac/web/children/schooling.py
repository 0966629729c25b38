"""A child's schooling as their page tells it: plans and grades, questionnaires, attendance, premium, suspensions."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from core.desk import Desk
from core.money import pounds
from core.periods import academic_year
from core.wording import counted, day

from ...codes import SDQ_REASONS, WHO_IS_TOLD
from ...facts import SdqScored
from ...rules import absence_rate, persistent_absence, sdq_band, sdq_is_returnable
from ...telling import base
from ...views import Child, Pep, Status, alerts, claims, sessions_lost, sums, to_tell, wellbeing
from ..words import WHY, grade_of, name_of, state_tag

_BANDS = {"normal": "well", "borderline": "soon", "cause for concern": "late"}


def plans(desk: Desk, pupil_id: UUID, child: Child) -> list[dict[str, Any]]:
    """Every plan, newest first, with its grade by its authority and that authority's version."""
    return [_plan(desk, pupil_id, child, one) for one in reversed(list(child.plans.plans.values()))]


def _plan(desk: Desk, pupil_id: UUID, child: Child, one: Pep) -> dict[str, Any]:
    setting = child.setting_for(one, desk.today)
    return {
        "name": WHY.get(one.told.why, one.told.why),
        "href": f"{base(desk)}/peps/{pupil_id}/{one.pep}",
        "again": one.told.follows is not None,
        "started": one.told.started_on,
        "state": state_tag(one),
        "authority": name_of(child.authorities, one.told.authority),
        "version": f"settings from {day(setting.from_on)}" if setting else "settings not known",
        "agreed": one.agreed.agreed_on if one.agreed else None,
        "grade": grade_of(one, setting),
    }


def questionnaires(desk: Desk, pupil_id: UUID, child: Child) -> list[dict[str, Any]]:
    """Every questionnaire, newest first: its total and how it is read, or why there is none; and whether it goes in
    the authority's return."""
    scored = desk.see(wellbeing, pupil_id) or ()
    return [_questionnaire(child, one) for one in reversed(scored)]


def _questionnaire(child: Child, one: SdqScored) -> dict[str, Any]:
    reason = SDQ_REASONS.value.get(one.cause)
    band = sdq_band(one.score) if one.score is not None else None
    year = one.scored_on.year + (one.scored_on > date(one.scored_on.year, 3, 31))
    episode = child.status.looked_after_on(one.scored_on)
    returned = episode is not None and sdq_is_returnable(child.born_on, episode.began_on, year)
    in_words = f"for the year to 31 March {year}"
    return {
        "on": one.scored_on,
        "total": f"{one.score} of 40" if one.score is not None else reason.name if reason else one.cause,
        "band": {"text": band, "kind": _BANDS[band]} if band else None,
        "returned": f"returnable {in_words}" if returned else f"not returnable {in_words}",
    }


def attendance(child: Child) -> dict[str, Any] | None:
    """The newest count of sessions; None where no plan has one."""
    counts = [one.attendance for one in child.plans.plans.values() if one.attendance]
    if not counts:
        return None
    newest = max(counts, key=lambda one: one.until_by)
    rate = absence_rate(newest.missed, newest.possible) or 0
    persistent = persistent_absence(newest.missed, newest.possible)
    return {
        "says": f"{newest.missed} of {newest.possible} sessions missed from {day(newest.from_on)} "
        f"to {day(newest.until_by)}: {rate // 100}.{rate % 100:02}% absence.",
        "tag": {"text": "persistently absent", "kind": "late"}
        if persistent
        else {"text": "not persistently absent", "kind": "well"},
    }


def money(desk: Desk, pupil_id: UUID) -> list[dict[str, str]]:
    """The child's claims in sum; nothing where none was made."""
    made = list((desk.see(claims, pupil_id) or {}).values())
    if not made:
        return []
    waiting, total = sum(one.agreed_pence is None for one in made), sums(made)
    told = {
        "Asked for": total.asked_pence,
        "Agreed": total.agreed_pence,
        "Paid": total.paid_pence,
        "Spent": total.spent_pence,
    }
    rows = [{"label": label, "value": pounds(pence)} for label, pence in told.items()]
    return [{"label": "Claims", "value": f"{len(made)}, {waiting} not decided" if waiting else str(len(made))}, *rows]


def suspensions(desk: Desk, pupil_id: UUID, now: Status) -> list[dict[str, Any]]:
    """The child's suspensions in sum; nothing where there never was one."""
    known, year = desk.see(alerts, pupil_id), academic_year(desk.today)
    if known is None:
        return []
    lost = sessions_lost(known, year)
    rows: list[dict[str, Any]] = [
        {"label": "Suspensions", "value": str(len(known.suspensions))},
        {"label": f"Lost in {year}-{(year + 1) % 100:02}", "value": counted(lost, "session", "sessions")},
    ]
    for one in known.suspensions.values():
        if untold := to_tell(one, now):
            names = ", ".join(WHO_IS_TOLD[task.whom].lower() for task in untold)
            tag = {"tag": {"text": "still to tell", "kind": "late"}}
            rows.append({"label": f"Of {day(one.told.decided_on)}", "value": names, **tag})
    return rows
