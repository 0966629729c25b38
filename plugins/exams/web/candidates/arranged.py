"""A candidate's arrangements as rows: how each stands, how far it reaches, and what may be recorded of it next."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from core.desk import Desk
from core.trying import Rule
from core.wording import counted
from core.wording import day as said_day

from ...codes import qualification_named
from ...rules import expiry_state
from ...telling import base
from ...views import STATES, Case, Cover, Decision, Primary, primary_takes, reaches, state_on, title_of
from ..checking import drawn
from ..decisions import primary_title

_ORDER = ("agreed", "approved", "applied", "referred", "expired", "refused", "ended")
_KINDS = {"agreed": "well", "approved": "well", "applied": "soon", "referred": "soon", "expired": "late"}
_CHECKED = {
    "OK": "nothing stood against it",
    "WARN": "in doubt",
    "UNKNOWN": "a person had to look",
    "REFER": "for an awarding body",
    "BLOCK": "something stood against it",
}
_NEXT = {
    "applied": ("approve", "refuse", "refer", "end"),
    "referred": ("approve", "refuse", "end"),
    "refused": ("refer",),
    "agreed": ("end",),
    "approved": ("end",),
    "expired": ("end",),
}
_WORDS = {"approve": "Record approval", "refuse": "Record refusal", "refer": "Record referral", "end": "End it"}
_NAMED = 4  # papers named; the rest are counted


def arrangement_rows(desk: Desk, pupil: UUID, one: Case) -> list[dict[str, Any]]:
    """Every decision of a candidate: what may be used first, what is over last."""
    reach = reaches(one.held, one.papers, desk.today)
    every = sorted(one.held.decisions.values(), key=lambda told: _ORDER.index(state_on(told, desk.today)))
    return [_row(desk, pupil, told, reach.get(told.decision)) for told in every]


def _row(desk: Desk, pupil: UUID, one: Decision, reach: Cover | None) -> dict[str, Any]:
    state, title = state_on(one, desk.today), title_of(one.arrangement, one.decided_on)
    return {
        "code": one.arrangement,
        "title": title,
        "about": _about(one),
        "state": {"text": STATES[state], "kind": _KINDS.get(state, "plain")},
        "since": _since(one),
        "edition": one.edition or None,
        "checked": _CHECKED.get(one.checked),
        "until": reach.expires_on if reach else None,
        "tag": _tag(reach, desk.today) if reach else None,
        "misses": _misses(reach) if reach else [],
        "note": _note(one),
        "actions": _actions(desk, pupil, one, state, reach) if desk.may("write", "exams.arrangements", pupil) else [],
    }


def _about(one: Decision) -> str:
    level = qualification_named(one.level)
    told = [level.title if level else one.level]
    told.append(f"{one.percent} per cent" if one.percent else "")
    told.append(f"{counted(one.break_minutes, 'minute', 'minutes')} of breaks planned" if one.break_minutes else "")
    told.append(f"reference {one.reference}" if one.reference else "")
    return " · ".join(text for text in told if text)


def _since(one: Decision) -> str:
    """The days it went through, in words."""
    days = [f"{'Applied for' if one.level else 'Agreed'} on {said_day(one.decided_on)}"]
    if one.approved_on:
        days.append(f"approved on {said_day(one.approved_on)}")
    if one.ended_on:
        days.append(f"ended on {said_day(one.ended_on)}")
    return ", ".join(days)


def _tag(reach: Cover, today: date) -> dict[str, str] | None:
    if reach.expires_on <= today:
        return {"text": "expired", "kind": "late"}
    if reach.missed:
        return {"text": "lapses before an exam", "kind": "late"}
    if reach.renew_by <= today:
        return {"text": counted((reach.expires_on - today).days, "day", "days"), "kind": "soon"}
    return None


def _misses(reach: Cover) -> list[str]:
    """The papers an approval does not reach, by name and day."""
    told = [f"{paper.title} on {said_day(paper.sits_on)}" for paper in reach.missed]
    more = len(told[_NAMED:])
    told = told[:_NAMED] + ([f"{more} more"] if more else [])
    return [f"lapses before {told[0]}", *(f"and {text}" for text in told[1:])] if told else []


def _note(one: Decision) -> str | None:
    """That the day an approval prints is not the one the months tell."""
    if one.state != "approved" or one.approved_on is None or one.printed_on is None:
        return None
    said = expiry_state(one.approved_on, one.printed_on)
    return said.says if said.level == "WARN" else None


def _actions(desk: Desk, pupil: UUID, one: Decision, state: str, reach: Cover | None) -> list[dict[str, str]]:
    below = f"{base(desk)}/decisions/{pupil}"
    actions = [{"text": _WORDS[what], "href": f"{below}/{one.decision}/{what}"} for what in _NEXT.get(state, ())]
    if reach and (reach.missed or reach.renew_by <= desk.today):
        actions.insert(0, {"text": "Apply again", "href": f"{below}/apply?arrangement={one.arrangement}"})
    return actions


def primary_rows(desk: Desk, pupil: UUID, one: Case, rules: dict[str, Rule], *, has_plan: bool) -> list[dict[str, Any]]:
    """Arrangements for primary tests, the newest test first, each with what it takes.

    Args:
        has_plan: The pupil has an EHC plan, as far as this person may know it.
    """
    may_write = desk.may("write", "exams.arrangements", pupil)
    every = sorted(one.held.primary.values(), key=lambda told: (-told.year, told.assessment, told.arrangement))
    return [
        {
            "title": primary_title(told),
            "about": _primary_about(told),
            "arranged_on": told.arranged_on,
            "outcomes": drawn(primary_takes(told, has_plan=has_plan), rules),
            "end_href": f"{base(desk)}/decisions/{pupil}/{told.decision}/end" if may_write else None,
        }
        for told in every
    ]


def _primary_about(one: Primary) -> str:
    told = [f"{one.percent} per cent" if one.percent else "", one.cause]
    told.append(f"helped by {one.assistant}" if one.assistant else "")
    return " · ".join(text for text in told if text)
