"""How an application goes from state to state, and when health and convictions may be asked about."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from plugins.recruitment.codes import EXITS, STATES, STEPS, ApplicationState
from plugins.recruitment.rules import (
    Purpose,
    conditions_findings,
    conviction_findings,
    health_findings,
    move_findings,
    next_states,
)

NOTICE = "Cautions and convictions that are protected need not be told."
ANY = st.sampled_from(list(STATES))


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """The code of each finding, all of them errors; each says something."""
    assert all(finding.says and finding.level == "error" for finding in findings)
    return [finding.code for finding in findings]


def test_every_state_has_a_name_and_is_a_step_or_an_exit() -> None:
    assert set(STATES) == set(get_args(ApplicationState)) == {*STEPS, *EXITS}
    assert not set(STEPS) & set(EXITS)


@pytest.mark.parametrize(("before", "after"), list(pairwise(STEPS)))
def test_an_application_goes_step_by_step(before: ApplicationState, after: ApplicationState) -> None:
    assert move_findings(before, after) == ()


@pytest.mark.parametrize(
    ("before", "after", "reason", "came_from", "found"),
    [
        ("submitted", "shortlisted", "", None, ["no_such_move"]),  # nobody skips a step
        ("shortlisted", "longlisted", "A mistake", None, ["no_such_move"]),  # nor goes back
        ("submitted", "submitted", "", None, ["no_such_move"]),
        ("started", "withdrawn", "", None, ["no_such_move"]),
        ("draft", "withdrawn", "", None, []),
        ("cleared", "withdrawn", "", None, []),
        ("draft", "rejected_sift", "Too late", None, ["no_such_move"]),
        ("submitted", "rejected_sift", "No QTS", None, []),
        ("longlisted", "rejected_sift", " ", None, ["no_reason"]),
        ("shortlisted", "rejected_sift", "By score", None, ["no_such_move"]),  # the sift is over
        ("shortlisted", "rejected_interview", "Did not come", None, []),
        ("interview", "rejected_interview", "", None, ["no_reason"]),
        ("offer_conditional", "declined", "", None, []),
        ("accepted_pending_checks", "declined", "", None, ["no_such_move"]),
        ("offer_conditional", "offer_withdrawn", "The post fell away", None, []),
        ("cleared", "offer_withdrawn", "", None, ["no_reason"]),
        ("accepted_pending_checks", "conditions_not_met", "A reference", None, []),
        ("offer_conditional", "conditions_not_met", "A reference", None, ["no_such_move"]),
        ("rejected_sift", "longlisted", "Marks were added wrongly", "longlisted", []),
        ("rejected_sift", "longlisted", "", "longlisted", ["no_reason"]),
        ("rejected_sift", "shortlisted", "Scored well", "longlisted", ["no_such_move"]),  # to where it was
        ("rejected_sift", "longlisted", "Scored well", None, ["no_such_move"]),
        ("withdrawn", "rejected_sift", "By score", "submitted", ["no_such_move"]),
        ("withdrawn", "declined", "By score", "declined", ["no_such_move"]),
    ],
)
def test_an_application_moves_along_the_table(
    before: ApplicationState,
    after: ApplicationState,
    reason: str,
    came_from: ApplicationState | None,
    found: list[str],
) -> None:
    assert codes(move_findings(before, after, reason, came_from)) == found


def test_a_refused_move_says_where_it_can_go() -> None:
    (finding,) = move_findings("submitted", "started")
    assert finding.says == (
        "An application cannot go from 'Submitted' to 'Started'. "
        "It can go to 'Longlisted' or 'Withdrawn' or 'Not shortlisted'."
    )
    (finding,) = move_findings("started", "cleared")
    assert finding.says == "An application cannot go from 'Started' to 'Cleared'. It stays as it is."


@given(ANY, ANY, st.none() | ANY)
def test_with_a_reason_a_move_is_refused_only_when_the_table_does_not_have_it(
    before: ApplicationState, after: ApplicationState, came_from: ApplicationState | None
) -> None:
    assert (move_findings(before, after, "Because", came_from) == ()) == (after in next_states(before, came_from))


@given(st.sampled_from(STEPS[:-1]), st.data())
def test_whoever_ends_before_the_start_can_be_taken_up_where_they_were(
    step: ApplicationState, data: st.DataObject
) -> None:
    assert "withdrawn" in next_states(step)
    ending = data.draw(st.sampled_from([state for state in next_states(step) if state in EXITS]))
    assert next_states(ending, step) == (step,)


@pytest.mark.parametrize(
    ("check", "reply", "found"),
    [
        ("references", "They say the dates are wrong.", []),
        ("", "They say the dates are wrong.", ["no_check"]),
        ("references", " ", ["no_reply"]),
        (" ", "", ["no_check", "no_reply"]),
    ],
)
def test_an_offer_ends_for_a_check_that_failed_and_after_a_reply(check: str, reply: str, found: list[str]) -> None:
    assert codes(conditions_findings(check, reply)) == found


@pytest.mark.parametrize(
    ("state", "purpose", "found"),
    [
        pytest.param("interview", "fitness", ["before_offer"], id="R30, a medical answer at interview"),
        ("draft", "fitness", ["before_offer"]),
        ("shortlisted", "fitness", ["before_offer"]),
        ("shortlisted", "adjustments", []),
        ("submitted", "intrinsic_function", []),
        ("offer_conditional", "fitness", []),
        ("accepted_pending_checks", "fitness", []),
        ("started", "fitness", []),
        ("rejected_interview", "fitness", ["has_ended"]),
        ("withdrawn", "adjustments", ["has_ended"]),
        ("conditions_not_met", "fitness", ["has_ended"]),
    ],
)
def test_health_is_asked_about_after_an_offer(state: ApplicationState, purpose: Purpose, found: list[str]) -> None:
    assert codes(health_findings(state, purpose)) == found


@pytest.mark.parametrize(
    ("state", "notice", "found"),
    [
        ("shortlisted", NOTICE, []),
        ("started", NOTICE, []),
        ("longlisted", NOTICE, ["before_shortlist"]),
        ("draft", "", ["before_shortlist", "no_protected_notice"]),
        ("rejected_sift", NOTICE, ["has_ended"]),
        ("interview", "Tell us of every caution and conviction.", ["no_protected_notice"]),
        ("interview", "Protected cautions need not be told.", ["no_protected_notice"]),
        ("interview", "Protected convictions need not be told.", ["no_protected_notice"]),
        ("interview", "Leave out a PROTECTED caution or conviction.", []),
    ],
)
def test_convictions_are_asked_about_after_shortlisting(state: ApplicationState, notice: str, found: list[str]) -> None:
    assert codes(conviction_findings(state, notice)) == found
