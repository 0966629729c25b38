"""One plan as its page tells it: how far it is, what is still missing, and each of its parts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.desk import Desk
from core.errors import NotFound
from core.law import Finding
from core.money import pounds
from core.wording import day

from ...codes import PARTS_IN_A_PEP, SECTIONS
from ...telling import base
from ...views import NO_VOICE, OUTCOMES, Pep, Peps, Target, missing_before_ready, not_smart, peps
from .questions import APART

_MENDED_BY = {
    "no_voice": ("voice", "Record the child's voice"),
    "no_smart_target": ("target", "Set a target"),
    "no_attendance": ("attendance", "Record attendance"),
    "no_next_day": ("meeting", "Record the meeting"),
    "no_attendees": ("meeting", "Record the meeting"),
}
_OUTCOMES = {"met": "well", "part": "soon", "not": "late"}


def address(desk: Desk, pupil_id: UUID, pep: UUID) -> str:
    """Where a plan's page is."""
    return f"{base(desk)}/peps/{pupil_id}/{pep}"


def plan_of(desk: Desk, pupil_id: UUID, pep: UUID) -> Pep:
    """One plan of the child's; raises NotFound where there is none."""
    plan = (desk.see(peps, pupil_id) or Peps()).plans.get(pep)
    if plan is None:
        raise NotFound
    return plan


def state_says(plan: Pep) -> str:
    """How far the plan is, and who has it in hand, in a sentence or two."""
    since = day(plan.moved_on)
    match plan.state:
        case "ready":
            return f"The school's part was done on {since}. Copy it to the virtual school, then record that."
        case "sent":
            return f"With the virtual school since {since}."
        case "returned":
            return f"The virtual school returned it on {since}: {plan.returned[-1].reason}"
        case "agreed":
            return f"Agreed on {since}. It stays as it is."
    return f"The school has it in hand since {since}."


def missing(desk: Desk, pupil_id: UUID, plans: Peps, plan: Pep) -> list[dict[str, str]]:
    """What is still missing before it is ready, each with the form that mends it."""
    return [_missing(desk, pupil_id, plans, plan, one) for one in missing_before_ready(plans, plan)]


def _missing(desk: Desk, pupil_id: UUID, plans: Peps, plan: Pep, finding: Finding) -> dict[str, str]:
    here = address(desk, pupil_id, plan.pep)
    if finding.code == "not_judged":
        earlier = plans.before(plan.pep)
        href = f"{address(desk, pupil_id, earlier.pep) if earlier else here}#targets"
        return {"says": finding.says, "href": href, "text": "Open the last PEP"}
    path, text = _MENDED_BY[finding.code]
    return {"says": finding.says, "href": f"{here}/{path}", "text": text}


def voice(plan: Pep) -> dict[str, str] | None:
    """What the child says, in their own words; None before it was asked."""
    if plan.voice is None:
        return None
    silent = plan.voice.method == NO_VOICE
    return {
        "how": f"{'The child said nothing' if silent else plan.voice.method.capitalize()}, {day(plan.voice.given_on)}",
        "words": plan.voice.words,
    }


def sections(desk: Desk, pupil_id: UUID, plan: Pep) -> list[dict[str, Any]]:
    """Each section with whose words it is; those not written yet without, but for those with a part of their own."""
    here = address(desk, pupil_id, plan.pep)
    found = []
    for key, name in SECTIONS.items():
        told = plan.sections.get(key)
        if told is None and key in APART:
            continue
        found.append(
            {
                "name": name,
                "by": f"{PARTS_IN_A_PEP.get(told.contributor, told.contributor)}, {day(told.written_on)}"
                if told
                else "",
                "words": told.words if told else "",
                "href": f"{here}/section/{key}",
            }
        )
    return found


def targets(desk: Desk, pupil_id: UUID, plan: Pep, judges: bool) -> list[dict[str, Any]]:
    """Each target, what keeps it from being SMART, and its outcome."""
    return [_target(desk, pupil_id, plan, one, judges) for one in plan.targets.values()]


def _target(desk: Desk, pupil_id: UUID, plan: Pep, one: Target, judges: bool) -> dict[str, Any]:
    told, judged = one.told, one.judged
    lacks = [finding.says for finding in not_smart(plan, told)]
    kind = _OUTCOMES[judged.outcome] if judged else ""
    return {
        "words": told.words,
        "rows": [
            {"label": "By", "value": day(told.by_on)},
            {"label": "Need", "value": told.need},
            {"label": "Starting from", "value": told.baseline},
            {"label": "Who and how often", "value": f"{told.owner}, {told.how_often}"},
            {"label": "Cost", "value": pounds(told.cost_pence) if told.cost_pence else "nothing"},
            *([{"label": "What shows it", "value": judged.evidence}] if judged else []),
        ],
        "findings": lacks,
        "tags": [
            {"text": "not SMART yet", "kind": "soon"} if lacks else {"text": "SMART", "kind": "well"},
            *(
                [{"text": f"{OUTCOMES[judged.outcome].lower()}, {day(judged.judged_on)}", "kind": kind}]
                if judged
                else []
            ),
        ],
        "judge": f"{address(desk, pupil_id, plan.pep)}/judge/{told.target}" if judges and judged is None else "",
    }


def attendance(plan: Pep) -> str:
    """The sessions of the plan's stretch, in a sentence; "" before they were counted."""
    one = plan.attendance
    if one is None:
        return ""
    return f"{one.missed} of {one.possible} sessions missed from {day(one.from_on)} to {day(one.until_by)}."


def meeting(plan: Pep) -> list[dict[str, Any]]:
    """The meeting, who was there, and the next; nothing before it was held."""
    held = plan.meeting
    if held is None:
        return []
    return [
        {"label": "Held", "value": day(held.held_on)},
        {"label": "There", "value": ", ".join(PARTS_IN_A_PEP.get(part, part) for part in held.attended)},
        {"label": "Next", "value": day(held.next_on) if held.next_on else "not planned"},
    ]


def journey(plan: Pep) -> list[str]:
    """How the plan went to and fro, oldest first."""
    told = [(one.sent_on, 0, f"Sent on {day(one.sent_on)}") for one in plan.sendings]
    told += [(one.returned_on, 1, f"Returned on {day(one.returned_on)}: {one.reason}") for one in plan.returned]
    if plan.agreed:
        told.append((plan.agreed.agreed_on, 2, f"Agreed on {day(plan.agreed.agreed_on)}"))
    return [says for _, _, says in sorted(told)]
