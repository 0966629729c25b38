"""How an application goes from state to state."""

from __future__ import annotations

from datetime import date
from functools import partial

from core.law import Finding, cites

from ..codes import EXITS, STATES, STEPS, ApplicationState

_READ_ON = date(2026, 11, 22)
_error = partial(Finding, "error")


@cites(
    "DfE, Apply for teacher training, application_state_change.rb; taking an application up again is ours",
    "github.com/DFE-Digital/apply-for-teacher-training",
    as_at=_READ_ON,
    rule="recruitment R46",
)
def next_states(
    from_state: ApplicationState, came_from: ApplicationState | None = None
) -> tuple[ApplicationState, ...]:
    """The states an application may go to: the next step, the exits open there; from an exit, back to where it was.

    Args:
        came_from: The state before the exit; None when it has not ended.
    """
    if from_state in EXITS:
        return () if came_from is None or came_from in EXITS else (came_from,)
    step = STEPS[STEPS.index(from_state) + 1 :][:1]
    return (*step, *(state for state, ending in EXITS.items() if from_state in ending.leaves))


@cites(
    "DfE, Apply for teacher training, application_state_change.rb; taking an application up again is ours",
    "github.com/DFE-Digital/apply-for-teacher-training",
    as_at=_READ_ON,
    rule="recruitment R46",
)
def move_findings(
    from_state: ApplicationState,
    to_state: ApplicationState,
    reason: str = "",
    came_from: ApplicationState | None = None,
) -> tuple[Finding, ...]:
    """Why an application may not move from one state to another; nothing when it may.

    It needs a reason where the academy ends it, and where one that has ended is taken up again.

    Args:
        came_from: The state before the exit; None when it has not ended.
    """
    open_to = next_states(from_state, came_from)
    if to_state not in open_to:
        says = f"An application cannot go from {_called(from_state)} to {_called(to_state)}. {_what_next(open_to)}"
        return (_error("no_such_move", says, "to"),)
    if from_state in EXITS and not reason.strip():
        says = "Say why this application is taken up again."
        return (_error("no_reason", says, "reason"),)
    if to_state in EXITS and EXITS[to_state].by_us and not reason.strip():
        says = "Say why it ends. The applicant may ask."
        return (_error("no_reason", says, "reason"),)
    return ()


def _what_next(open_to: tuple[ApplicationState, ...]) -> str:
    return f"It can go to {' or '.join(_called(state) for state in open_to)}." if open_to else "It stays as it is."


def _called(state: ApplicationState) -> str:
    return f"'{STATES[state]}'"


@cites(
    "DfE, Apply for teacher training, conditions not met; the right to reply is ours",
    "github.com/DFE-Digital/apply-for-teacher-training",
    as_at=_READ_ON,
    verified=False,
    rule="recruitment R47",
)
def conditions_findings(check: str, reply: str) -> tuple[Finding, ...]:
    """What is missing before an offer may end because a condition is not met.

    Args:
        check: The check that failed.
        reply: What the candidate answered when they were told of it, or that they let the time for it pass.
    """
    found = []
    if not check.strip():
        found.append(_error("no_check", "Choose the check that failed.", "check"))
    if not reply.strip():
        says = "Tell the candidate which check failed, hear them, and write down what they answered."
        found.append(_error("no_reply", says, "reply"))
    return tuple(found)
