"""What a PEP needs before it goes, how it moves, how it is graded; repeated support and portal copies."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.law import Finding
from plugins.lac.codes import GRADE_SCHEMES, State
from plugins.lac.rules import (
    PepContent,
    Target,
    grade,
    move_findings,
    portal_copy_is_current,
    repeated_items,
    smart_findings,
    submit_gate,
)

NEXT_ON = date(2027, 3, 1)
SMART = Target(
    need="Reading",
    words="Reads 40 words a minute in the weekly check",
    baseline="25 words a minute",
    owner="Ms Okoro",
    how_often="three times a week, 20 minutes",
    by_on=date(2027, 2, 12),
    cost_pence=18_000,
    fund="Pupil premium plus",
)
WHOLE = PepContent(
    voice="I like the new reading books.",
    targets=(SMART,),
    attendance=True,
    next_on=NEXT_ON,
    attended=("child", "carer", "social_worker", "designated_teacher"),
)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


@pytest.mark.parametrize(
    ("target", "found"),
    [
        (SMART, []),
        (replace(SMART, by_on=NEXT_ON), []),
        (replace(SMART, cost_pence=0, fund=""), []),  # what costs nothing needs no fund
        (replace(SMART, need=" "), [("error", "no_need")]),
        (replace(SMART, words=""), [("error", "no_words")]),
        (replace(SMART, baseline=""), [("error", "no_baseline")]),
        (replace(SMART, owner=""), [("error", "no_owner")]),
        (replace(SMART, how_often=""), [("error", "no_how_often")]),
        (replace(SMART, by_on=None), [("error", "no_day")]),
        (replace(SMART, by_on=date(2027, 3, 2)), [("error", "after_next_pep")]),
        (replace(SMART, cost_pence=None), [("error", "no_cost")]),
        (replace(SMART, fund=" "), [("error", "no_fund")]),
        (replace(SMART, open_to_all=True), [("warning", "open_to_all")]),
    ],
)
def test_a_target_is_smart(target: Target, found: list[tuple[str, str]]) -> None:
    assert codes(smart_findings(target, NEXT_ON)) == found


def test_while_the_next_pep_has_no_day_a_target_may_have_any() -> None:
    assert smart_findings(replace(SMART, by_on=date(2030, 1, 1))) == ()


@pytest.mark.parametrize(
    ("pep", "missing"),
    [
        pytest.param(WHOLE, [], id="rule 14, nothing"),
        pytest.param(replace(WHOLE, voice=" "), ["no_voice"], id="rule 14, the voice"),
        pytest.param(replace(WHOLE, voice="", no_voice_reason="Did not wish to"), [], id="rule 14, a reason instead"),
        pytest.param(replace(WHOLE, not_judged=1), ["not_judged"], id="rule 14, last targets"),
        pytest.param(replace(WHOLE, targets=()), ["no_smart_target"], id="rule 14, no target"),
        pytest.param(replace(WHOLE, targets=(Target(),)), ["no_smart_target"], id="rule 14, none that is SMART"),
        pytest.param(replace(WHOLE, targets=(Target(), SMART)), [], id="rule 14, one is enough"),
        pytest.param(
            replace(WHOLE, targets=(replace(SMART, open_to_all=True),)), [], id="rule 14, a warning does not stop it"
        ),
        pytest.param(replace(WHOLE, attendance=False), ["no_attendance"], id="rule 14, attendance"),
        pytest.param(replace(WHOLE, next_on=None), ["no_next_day"], id="rule 14, the next day"),
        pytest.param(replace(WHOLE, attended=()), ["no_attendees"], id="rule 14, who was there"),
        pytest.param(
            PepContent(not_judged=2),
            ["no_voice", "not_judged", "no_smart_target", "no_attendance", "no_next_day", "no_attendees"],
            id="rule 14, everything",
        ),
    ],
)
def test_a_pep_is_ready_when_nothing_is_missing(pep: PepContent, missing: list[str]) -> None:
    assert codes(submit_gate(pep)) == [("error", code) for code in missing]


@pytest.mark.parametrize(
    ("before", "after", "reason", "found"),
    [
        ("drafting", "ready", "", []),
        ("ready", "drafting", "", []),
        ("ready", "sent", "", []),
        ("sent", "agreed", "", []),
        pytest.param("sent", "returned", "The voice is missing.", [], id="rule 15, with a reason"),
        pytest.param("sent", "returned", "Ten letter", [], id="rule 15, ten characters"),
        pytest.param("sent", "returned", "  Nine only  ", ["no_reason"], id="rule 15, nine characters"),
        ("sent", "returned", "", ["no_reason"]),
        ("returned", "drafting", "", []),
        ("returned", "ready", "", []),
        pytest.param("agreed", "drafting", "", ["agreed_stays"], id="rule 15, agreed"),
        ("agreed", "returned", "Something is wrong.", ["agreed_stays"]),
        ("agreed", "agreed", "", ["agreed_stays"]),
        ("drafting", "sent", "", ["no_such_move"]),
        ("drafting", "drafting", "", ["no_such_move"]),
        ("sent", "drafting", "", ["no_such_move"]),
        ("returned", "sent", "", ["no_such_move"]),
    ],
)
def test_a_pep_moves_from_state_to_state(before: State, after: State, reason: str, found: list[str]) -> None:
    assert codes(move_findings(before, after, reason)) == [("error", code) for code in found]


def test_a_refused_move_says_what_may_come_next() -> None:
    (finding,) = move_findings("ready", "agreed")
    assert finding.says == "A PEP that is ready cannot become agreed. Next it becomes drafting or sent."


G, N, A, R = "gold", "green", "amber", "red"
V1, V2 = "St Helens v1", "St Helens v2"


@pytest.mark.parametrize(
    ("scheme", "areas", "graded"),
    [
        pytest.param(V1, (*[G] * 7, N), "gold", id="rule 16, seven gold and one green"),
        pytest.param(V1, (*[N] * 6, A, A), "amber", id="rule 16, two amber"),
        pytest.param(V1, (*[N] * 7, R), "red", id="rule 16, one red"),
        pytest.param(V2, (*[N] * 7, R), "green", id="rule 16, one red by majority"),
        pytest.param(V2, (*[R] * 5, *[N] * 3), "red", id="rule 16, a majority of reds"),
        pytest.param(V2, (*[R] * 4, *[N] * 4), "amber", id="half is no majority"),
        (V1, (G,) * 8, "gold"),
        (V1, (*[G] * 6, N, N), "green"),
        (V1, (*[G] * 7, A), "green"),  # the eighth is not green
        (V2, (*[G] * 7, R), "green"),
        (V1, (R,) * 8, "red"),
        ("Lancashire", ("green",), None),  # graded as a whole
        ("Devon", (), None),
    ],
)
def test_a_scheme_grades_by_its_own_version(scheme: str, areas: tuple[str, ...], graded: str | None) -> None:
    assert grade(scheme, areas) == graded


@pytest.mark.parametrize(
    ("scheme", "areas", "says"),
    [
        ("St Helens", (), "no scheme"),
        (V1, (*[N] * 7, "blue"), "has no blue"),
        (V1, (N,) * 7, "counts 8 areas, not 7"),
    ],
)
def test_what_a_scheme_does_not_know_it_does_not_grade(scheme: str, areas: tuple[str, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        grade(scheme, areas)


@given(st.lists(st.sampled_from([G, N, A, R]), min_size=8, max_size=8), st.integers(0, 7), st.sampled_from([V1, V2]))
def test_a_better_area_never_makes_a_worse_grade(areas: list[str], at: int, scheme: str) -> None:
    colours = GRADE_SCHEMES[scheme].colours
    better = colours[max(0, colours.index(areas[at]) - 1)]
    before, after = grade(scheme, tuple(areas)), grade(scheme, (*areas[:at], better, *areas[at + 1 :]))
    assert before
    assert after
    assert colours.index(after) <= colours.index(before)


TUTOR = "One-to-one tutoring"


@pytest.mark.parametrize(
    ("terms", "items"),
    [
        pytest.param(((TUTOR,), (TUTOR, "Laptop"), (TUTOR,)), [TUTOR], id="rule 36"),
        (((TUTOR,), (TUTOR,)), []),
        (((TUTOR,), ("Laptop",), (TUTOR,), (TUTOR,)), []),  # not running
        (((TUTOR,), (f" {TUTOR.upper()} ",), ("one-to-one  tutoring",)), ["one-to-one  tutoring"]),
        (((TUTOR,),) * 5, [TUTOR]),  # said once
        (((" ",),) * 3, []),
        ((), []),
    ],
)
def test_support_agreed_three_terms_running_prompts_the_sen_route(
    terms: tuple[tuple[str, ...], ...], items: list[str]
) -> None:
    findings = repeated_items(terms)
    assert codes(findings) == [("warning", "consider_sen_route")] * len(items)
    assert [finding.says.partition(":")[0] for finding in findings] == items


def test_a_portal_copy_is_out_of_date_once_the_pep_is_edited() -> None:
    copied = sha256(b"Rule 37: as it was sent.").hexdigest()
    assert portal_copy_is_current(copied, "Rule 37: as it was sent.")
    assert not portal_copy_is_current(copied, "Rule 37: as it was edited.")


@given(st.text(), st.text())
def test_only_the_same_text_is_current(sent: str, now: str) -> None:
    assert portal_copy_is_current(sha256(sent.encode()).hexdigest(), now) == (sent == now)
