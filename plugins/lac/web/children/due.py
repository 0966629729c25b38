"""What is due for one child, and why nothing is; and one meeting for the PEP and an EHC plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.answers import Said
from core.desk import Desk
from core.periods import Calendar
from core.wording import day

from ...rules import joint_meeting_by
from ...telling import PlanSeen, base
from ...views import Child, Due, interim_wanted
from ..due import drawn

_UNSAID = "Whether there is an EHC plan is not told here, which is never a no: ask the SENCO."
_NO_PLAN = "The SEN register knows of no EHC plan."


def what_is_due(desk: Desk, pupil_id: UUID, child: Child, found: list[Due], calendar: Calendar) -> dict[str, Any]:
    """Every due day with its law; what to ask for; and where no clock of a PEP runs, why.

    Args:
        found: As `views.dues` tells them.
    """
    rules = desk.building.plugins.rules()
    return {
        "dues": [drawn(due, desk.today, rules) for due in found],
        "interim": interim_wanted(found, calendar),
        "why_none": "" if any(due.what != "review" for due in found) else _why_none(desk, child),
        "no_terms": not calendar.terms,
        "name_href": _name_href(desk, pupil_id, child),
    }


def _name_href(desk: Desk, pupil_id: UUID, child: Child) -> str:
    """Where the authority is named whose clocks are wanting; "" where none is wanting, or it is not theirs to name."""
    wanting = child.status.looked_after_on(desk.today) is not None and not child.looked_after_by()
    may_name = desk.may("write", "lac.status", pupil_id)
    return f"{base(desk)}/care/{pupil_id}/authority/looking_after" if wanting and may_name else ""


def _why_none(desk: Desk, child: Child) -> str:
    if child.status.looked_after_on(desk.today) is None:
        return "The child is not looked after now, so no clock runs."
    if not desk.may("read", "lac.authority"):
        return "The clocks are the authority's, and its settings have not been granted to you."
    if child.setting_for(None, desk.today) is None:
        return "The looking-after authority is unknown, so none of its clocks runs."
    return "No clock runs by itself under this legal status. Ask the virtual school whether it wants a PEP."


def ehc_plan(desk: Desk, pupil_id: UUID) -> Any:
    """What the register says of an EHC plan, in our own shape: `Said`, or unsaid."""
    return desk.ask("register.plan", pupil_id, PlanSeen)


def joint(said: Any, child: Child, found: Sequence[Due], today: date) -> str:
    """Whether the PEP meeting and the annual review of an EHC plan can be one, in a sentence.

    Args:
        said: As `ehc_plan` tells it.
    """
    if not isinstance(said, Said):
        return _UNSAID
    if said.value is None:
        return _NO_PLAN
    review_by, pep_by = said.value.review_due_by, _next_pep(child, found, today)
    review = f"The annual review of the EHC plan is due by {day(review_by)}"
    if pep_by is None:
        return f"{review}. No PEP is due that it could be held with."
    both_by = joint_meeting_by(review_by, pep_by)
    if both_by is None:
        return f"{review}, the PEP by {day(pep_by)}: too far apart for one meeting."
    return f"{review}, the PEP by {day(pep_by)}. Suggested: one meeting for both, by {day(both_by)}."


def _next_pep(child: Child, found: Sequence[Due], today: date) -> date | None:
    """The day the next PEP is due by; where none is, the day planned for its meeting."""
    still = [due.due_by for due in found if due.what not in {"review", "start"} and due.done_on is None]
    if still:
        return min(still)
    last = child.plans.last
    planned = last.meeting.next_on if last and last.meeting else None
    return planned if planned and planned >= today else None
