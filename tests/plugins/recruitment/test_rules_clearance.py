"""Whether somebody may start: what is missing, what nobody may override, and who decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.law import Finding
from plugins.recruitment.codes import CHECKS, FLAGS, ROLES, Cell
from plugins.recruitment.rules import (
    Check,
    Clearance,
    RiskAssessment,
    UpdateService,
    clearance,
    decision_findings,
    may_carry_dbs,
    may_clear_findings,
    required,
    risk_start_findings,
    update_service_findings,
    waiver_findings,
)

DAY = timedelta(days=1)
STARTS = date(2027, 1, 4)
ANSWERED = frozenset({"overseas_not_needed", "childcare_not_needed"})
SENCO = required("senco_leadership", ANSWERED, STARTS)

GOOD = {
    "identity": Check("identity", "verified"),
    "medical": Check("medical", "fit"),
    "references": Check("references", "satisfactory"),
    "qualifications": Check("qualifications", "held"),
    "prohibition": Check("prohibition", "clear"),
    "self_disclosure": Check("self_disclosure", "discussed"),
    "dbs": Check("dbs", "clear"),
    "barred_list": Check("barred_list", "no_match", route="within_dbs"),
    "right_to_work": Check("right_to_work", "continuous"),
    "section_128": Check("section_128", "clear"),
}
SEPARATE = Check("barred_list", "no_match", route="separate")
AWAITED = Check("dbs", "awaiting", requested_on=date(2026, 12, 1))
SIGNED = RiskAssessment(date(2026, 12, 18), "Head", "Ms Okoro", STARTS + 14 * DAY)


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def holding(*but: str, **other: Check) -> tuple[Check, ...]:
    """Every check of a SENCO on the leadership team, some left out or another instead."""
    return tuple({**{key: one for key, one in GOOD.items() if key not in but}, **other}.values())


def missing(found: Clearance) -> list[tuple[int, str]]:
    """Number of each missing check and why; each says something and ends in a full stop."""
    assert all(one.says.endswith(".") and ".." not in one.says for one in found.missing)
    return [(one.number, one.why) for one in found.missing]


def test_a_senco_lacks_what_is_not_there_in_the_order_of_the_checks() -> None:
    needs = required("senco_leadership", frozenset(), STARTS)  # R7
    found = clearance(needs, holding("medical", "qualifications", "prohibition", "section_128"), STARTS)
    assert found.verdict == "BLOCKED"
    assert not found.hard
    assert found.edition == "2026-09"
    assert missing(found) == [(2, "none"), (4, "none"), (5, "none"), (10, "scope"), (11, "scope"), (12, "none")]
    assert all("scope not answered" in one.says for one in found.missing if one.number in {10, 11})
    assert [one.check for one in found.missing if one.why == "none"] == [
        "medical",
        "qualifications",
        "prohibition",
        "section_128",
    ]


def test_who_holds_everything_is_clear() -> None:
    assert clearance(SENCO, holding(), STARTS) == Clearance("CLEAR", edition="2026-09")


def test_what_the_process_lacks_comes_after_the_checks() -> None:
    found = clearance(SENCO, holding("medical"), STARTS, proofs_lacking=("verification_calls", "panel"))
    assert [(one.number, one.check) for one in found.missing] == [
        (2, "medical"),
        (0, "panel"),
        (0, "verification_calls"),
    ]
    assert clearance(SENCO, holding(), STARTS, proofs_lacking=("two_scorers",)).verdict == "BLOCKED"
    with pytest.raises(ValueError, match="no proof pannel"):
        clearance(SENCO, holding(), STARTS, proofs_lacking=("pannel",))


@pytest.mark.parametrize(
    ("checks", "waived", "why"),
    [
        pytest.param(holding("references"), set(), [(3, "none")], id="R8, not there"),
        pytest.param(holding("references"), {"references"}, [], id="R8, waived"),
        pytest.param(
            holding("self_disclosure", "references"), {"references"}, [(6, "none")], id="only what was waived"
        ),
        pytest.param(holding("medical"), {"medical"}, [(2, "none")], id="what must be made cannot be waived"),
        pytest.param(holding(references=Check("references", "declined")), set(), [(3, "waiting")], id="declined"),
        pytest.param(holding(references=Check("references", "declined")), {"references"}, [], id="declined, waived"),
        pytest.param(holding(references=Check("references", "concern_open")), set(), [(3, "blocks")], id="R12"),
        pytest.param(
            holding(references=Check("references", "concern_open")), {"references"}, [(3, "blocks")], id="R12, waived"
        ),
        pytest.param(holding(references=Check("references", "concern_resolved")), set(), [], id="R12, closed"),
    ],
)
def test_what_should_be_checked_may_be_waived_but_an_open_concern_may_not(
    checks: tuple[Check, ...], waived: set[str], why: list[tuple[int, str]]
) -> None:
    found = clearance(SENCO, checks, STARTS, waived=frozenset(waived))
    assert missing(found) == why
    assert found.verdict == ("BLOCKED" if why else "CLEAR")


@pytest.mark.parametrize(
    ("checks", "risk", "verdict", "why", "to_do"),
    [
        pytest.param(
            holding(dbs=AWAITED, barred_list=SEPARATE),
            SIGNED,
            "CLEAR_WITH_RISK_ASSESSMENT",
            [(7, "waiting")],
            [],
            id="R9",
        ),
        pytest.param(
            holding("barred_list", dbs=AWAITED), SIGNED, "BLOCKED", [(7, "waiting"), (8, "none")], [], id="R9, no list"
        ),
        pytest.param(
            holding(dbs=AWAITED),
            SIGNED,
            "BLOCKED",
            [(7, "waiting"), (8, "none")],
            [],
            id="a list within no certificate",
        ),
        pytest.param(
            holding(dbs=AWAITED, barred_list=SEPARATE),
            None,
            "BLOCKED",
            [(7, "waiting")],
            ["not_signed", "no_supervisor", "no_review"],
            id="no assessment",
        ),
        pytest.param(
            holding(dbs=AWAITED, barred_list=replace(SEPARATE, route="")),
            SIGNED,
            "BLOCKED",
            [(7, "waiting")],
            ["no_separate_list"],
            id="not said that the list was its own",
        ),
        pytest.param(
            holding(dbs=Check("dbs", "awaiting"), barred_list=SEPARATE),
            SIGNED,
            "BLOCKED",
            [(7, "waiting")],
            ["not_applied"],
            id="no day of application",
        ),
        pytest.param(holding("dbs", barred_list=SEPARATE), SIGNED, "BLOCKED", [(7, "none")], [], id="not applied for"),
        pytest.param(
            holding("medical", dbs=AWAITED, barred_list=SEPARATE),
            SIGNED,
            "BLOCKED",
            [(2, "none"), (7, "waiting")],
            [],
            id="something else is missing",
        ),
    ],
)
def test_only_the_certificate_may_be_awaited_under_a_risk_assessment(
    checks: tuple[Check, ...], risk: RiskAssessment | None, verdict: str, why: list[tuple[int, str]], to_do: list[str]
) -> None:
    found = clearance(SENCO, checks, STARTS, risk)
    assert (found.verdict, missing(found), found.hard) == (verdict, why, False)
    assert [finding.code for finding in found.to_risk_assess] == to_do


@pytest.mark.parametrize(
    ("risk", "dbs", "found"),
    [
        (SIGNED, AWAITED, []),
        (replace(SIGNED, signed_on=STARTS, review_by=STARTS), replace(AWAITED, requested_on=STARTS), []),
        (replace(SIGNED, signed_on=STARTS + DAY), AWAITED, [("error", "not_signed")]),
        (replace(SIGNED, signed_on=None), AWAITED, [("error", "not_signed")]),
        (replace(SIGNED, signed_by=" "), AWAITED, [("error", "not_signed")]),
        (replace(SIGNED, supervisor=" "), AWAITED, [("error", "no_supervisor")]),
        (replace(SIGNED, review_by=STARTS + 15 * DAY), AWAITED, [("error", "no_review")]),
        (replace(SIGNED, review_by=STARTS - DAY), AWAITED, [("error", "no_review")]),
        (SIGNED, replace(AWAITED, requested_on=STARTS + DAY), [("error", "not_applied")]),
        (SIGNED, None, [("error", "not_applied")]),
    ],
)
def test_a_start_without_a_certificate_takes_a_list_an_application_and_a_signed_assessment(
    risk: RiskAssessment, dbs: Check | None, found: list[tuple[str, str]]
) -> None:
    assert codes(risk_start_findings(dbs, SEPARATE, STARTS, risk)) == found


def test_a_trustee_whose_list_must_not_be_looked_at_waits_for_the_certificate() -> None:
    needs = required("trustee", ANSWERED | {"barred_list_not_needed"}, STARTS)
    held = holding("barred_list", dbs=AWAITED)
    assert [finding.code for finding in clearance(needs, held, STARTS, SIGNED).to_risk_assess] == ["no_separate_list"]


def test_an_agency_confirms_the_certificate_and_no_assessment_stands_for_it() -> None:
    needs = required("agency_teacher", ANSWERED | {"section_128_not_needed"}, STARTS)
    confirmed = tuple(replace(one, route="confirmed") for key, one in GOOD.items() if key != "identity")
    overseas = Check("overseas", "obtained_clear", route="confirmed")
    everything = (GOOD["identity"], *confirmed, overseas)
    assert clearance(needs, everything, STARTS).verdict == "CLEAR"
    awaited = clearance(needs, (*everything, AWAITED, SEPARATE), STARTS, SIGNED)
    assert (awaited.verdict, missing(awaited)) == ("BLOCKED", [(7, "waiting")])
    nothing = clearance(needs, (GOOD["identity"],), STARTS)
    assert {one.number for one in nothing.missing} == set(range(2, 11))
    assert all("written confirmation" in one.says for one in nothing.missing)


@pytest.mark.parametrize(
    ("check", "outcome", "flags"),
    [
        pytest.param("barred_list", "barred", (), id="R10, barred"),
        pytest.param("prohibition", "prohibited", (), id="R10, prohibited"),
        pytest.param("prohibition", "interim", (), id="R10, interim"),
        pytest.param("section_128", "direction_in_force", (), id="R10, direction"),
        pytest.param("childcare", "disqualified", ("early_years",), id="R10, disqualified"),
        pytest.param("childcare", "waiver_applied", ("early_years",), id="R10, no waiver yet"),
        pytest.param("right_to_work", "refused", (), id="R10, right to work"),
        pytest.param("identity", "mismatch", (), id="R10, identity"),
    ],
)
def test_what_is_hard_blocks_and_nothing_overrides_it(check: str, outcome: str, flags: tuple[str, ...]) -> None:
    needs = required("senco_leadership", ANSWERED | set(flags), STARTS)
    everything = frozenset(CHECKS.value)
    found = clearance(
        needs, holding(**{check: Check(check, outcome)}), STARTS, SIGNED, waived=everything, decisions=everything
    )
    assert (found.verdict, found.hard) == ("BLOCKED", True)
    assert [(one.check, one.why) for one in found.missing] == [(check, "hard")]
    assert "head and HR" in found.missing[0].says


@pytest.mark.parametrize(
    ("role", "check", "outcome", "hard"),
    [
        ("teaching_assistant", "prohibition", "prohibited", False),
        ("teacher", "section_128", "direction_in_force", False),
        ("teacher", "childcare", "disqualified", False),
        ("volunteer_occasional", "barred_list", "barred", True),
        ("volunteer_regular", "right_to_work", "refused", True),
    ],
)
def test_a_bar_from_other_work_is_not_hard_but_a_barred_person_is_always_barred(
    role: str, check: str, outcome: str, hard: bool
) -> None:
    answers = {flag for flag in FLAGS if flag.endswith("_not_needed")}
    found = clearance(required(role, frozenset(answers), STARTS), holding(**{check: Check(check, outcome)}), STARTS)
    assert found.hard is hard


@pytest.mark.parametrize("outcome", ["disqualified", "direction_in_force"])
def test_as_long_as_nobody_said_that_it_is_out_of_scope_a_bar_is_hard(outcome: str) -> None:
    check = "childcare" if outcome == "disqualified" else "section_128"
    needs = required("other_staff", frozenset(), STARTS)
    assert clearance(needs, holding(**{check: Check(check, outcome)}), STARTS).hard


@pytest.mark.parametrize(
    ("check", "outcome", "decided", "clear"),
    [
        pytest.param("dbs", "disclosed", False, False, id="R11, not decided"),
        pytest.param("dbs", "disclosed", True, True, id="R11, decided"),
        pytest.param("dbs", "disclosure_reviewed", False, False, id="R11, said to be reviewed, no decision"),
        pytest.param("dbs", "disclosure_reviewed", True, True, id="R11, reviewed and decided"),
        ("dbs", "disclosure_rejected", True, False),
        ("prohibition", "sanction_restriction", False, False),
        ("prohibition", "sanction_restriction", True, True),
        ("section_128", "restricted", True, True),
        ("barred_list", "possible_match", True, False),
        ("medical", "not_fit", True, False),
        ("prohibition", "no_record", True, False),
        ("qualifications", "not_held", True, False),
    ],
)
def test_what_was_disclosed_blocks_until_two_people_decided(
    check: str, outcome: str, decided: bool, clear: bool
) -> None:
    decisions = frozenset({check}) if decided else frozenset[str]()
    found = clearance(SENCO, holding(**{check: Check(check, outcome)}), STARTS, decisions=decisions)
    assert (found.verdict == "CLEAR") is clear
    assert not found.hard


@pytest.mark.parametrize(
    ("check", "verdict", "says"),
    [
        (Check("right_to_work", "time_limited", expires_on=STARTS), "CLEAR", ""),
        (Check("right_to_work", "time_limited", expires_on=STARTS - DAY), "BLOCKED", "expires on 3 January 2027"),
        (Check("right_to_work", "ecs_positive"), "BLOCKED", "until when"),
        (Check("dbs", "clear", route="confirmed"), "BLOCKED", "Make the check yourselves"),
        (Check("dbs", "clear", route="carried"), "BLOCKED", "new certificate"),
        (Check("dbs", "clear", route="update_service"), "CLEAR", ""),
        (Check("qualifications", "in_progress"), "CLEAR", ""),
        (Check("qualifications", "not_required"), "BLOCKED", "needs it"),
        (Check("identity", ""), "BLOCKED", "Record the outcome"),
        (Check("identity", "gone"), "BLOCKED", "Record the outcome"),
        (Check("section_128", "clear", route="within_dbs"), "CLEAR", ""),
    ],
)
def test_a_check_counts_only_while_it_holds_and_is_our_own(check: Check, verdict: str, says: str) -> None:
    found = clearance(SENCO, holding(**{check.check: check}), STARTS)
    assert found.verdict == verdict
    assert says in " ".join(one.says for one in found.missing)


def test_a_teaching_assistant_needs_the_qualification_held_where_the_post_asks_for_it() -> None:
    needs = required("teaching_assistant", ANSWERED | {"qualifications_needed"}, STARTS)
    found = clearance(needs, holding(qualifications=Check("qualifications", "in_progress")), STARTS)
    assert missing(found) == [(4, "waiting")]


def test_a_record_that_it_is_not_needed_answers_the_scope_and_no_more() -> None:
    none = (Check("overseas", "not_required"), Check("childcare", "out_of_scope"))
    open_needs = required("senco_leadership", frozenset(), STARTS)
    assert clearance(open_needs, (*holding(), *none), STARTS).verdict == "CLEAR"
    met = required("senco_leadership", frozenset({"lived_abroad", "early_years"}), STARTS)
    assert missing(clearance(met, (*holding(), *none), STARTS)) == [(10, "none"), (11, "none")]


def test_a_carried_certificate_leaves_a_barred_list_check_of_its_own() -> None:
    needs = required("senco_leadership", ANSWERED | {"dbs_carried"}, STARTS)
    carried = Check("dbs", "clear", route="carried")
    assert missing(clearance(needs, holding(dbs=carried), STARTS)) == [(8, "none")]
    assert clearance(needs, holding(dbs=carried, barred_list=SEPARATE), STARTS).verdict == "CLEAR"
    assert clearance(needs, holding("dbs", barred_list=SEPARATE), STARTS).verdict == "CLEAR"
    disclosed = holding(dbs=Check("dbs", "disclosed", route="carried"), barred_list=SEPARATE)
    assert missing(clearance(needs, disclosed, STARTS)) == [(7, "blocks")]


def test_a_list_within_a_certificate_that_is_not_there_does_not_count() -> None:
    assert missing(clearance(SENCO, holding("dbs"), STARTS)) == [(7, "none"), (8, "none")]


def test_a_decision_or_a_waiver_does_not_lift_an_open_concern() -> None:
    lifted = frozenset({"references"})
    concern = holding(references=Check("references", "concern_open"))
    assert missing(clearance(SENCO, concern, STARTS, waived=lifted, decisions=lifted)) == [(3, "blocks")]


def test_of_several_records_of_a_check_the_last_counts() -> None:
    mismatch = Check("identity", "mismatch")
    assert clearance(SENCO, (mismatch, *holding()), STARTS).verdict == "CLEAR"
    assert clearance(SENCO, (*holding(), mismatch), STARTS).hard


OUTCOMES = [Check(kind.key, one.key) for kind in CHECKS.value.values() for one in kind.outcomes]
RECORDS = st.lists(st.sampled_from(OUTCOMES), max_size=14)


@given(
    st.sampled_from(sorted(ROLES[-1].value)),
    st.frozensets(st.sampled_from(sorted(FLAGS)), max_size=6),
    RECORDS,
    st.frozensets(st.sampled_from(sorted(CHECKS.value))),
    st.frozensets(st.sampled_from(sorted(CHECKS.value))),
)
def test_nobody_is_clear_whom_anything_stands_against(
    role: str, flags: frozenset[str], checks: list[Check], waived: frozenset[str], decisions: frozenset[str]
) -> None:
    needs = required(role, flags, STARTS)
    found = clearance(needs, tuple(checks), STARTS, SIGNED, waived, decisions)
    last = {check.check: check.outcome for check in checks}
    must = [one for one in needs if one.cell in {"M", "W", "C"}]
    numbers = [one.number for one in found.missing]
    assert numbers == sorted(numbers)
    assert (found.verdict == "CLEAR") is (not found.missing)
    if found.verdict == "CLEAR":
        assert all(last.get(one.check) in one.accepts for one in must)
        assert {last.get("barred_list"), last.get("right_to_work"), last.get("identity")}.isdisjoint(
            {"barred", "refused", "mismatch"}
        )
        assert last.get("dbs") not in {"disclosed", "disclosure_reviewed"} or "dbs" in decisions
    if found.hard:
        assert found.verdict == "BLOCKED"


@pytest.mark.parametrize(
    ("cell", "entered_by", "waived_by", "reason", "found"),
    [
        ("S", "hr", "head", "Only one school in ten years", []),
        ("S", "hr", "hr", "Only one school", [("error", "same_person")]),
        ("S", "hr", "head", " ", [("error", "no_reason")]),
        ("M", "hr", "head", "In a hurry", [("error", "not_waivable")]),
        ("C", "hr", "head", "In a hurry", [("error", "not_waivable")]),
    ],
)
def test_a_second_person_waives_with_a_reason(
    cell: Cell, entered_by: str, waived_by: str, reason: str, found: list[tuple[str, str]]
) -> None:
    assert codes(waiver_findings(cell, entered_by, waived_by, reason)) == found


@pytest.mark.parametrize(
    ("first", "second", "reasons", "found"),
    [
        ("A. Head", "B. Trustee", "Twenty years ago, spent", []),
        ("A. Head", "a.  head ", "Twenty years ago", [("error", "not_two_people")]),
        ("A. Head", "", "Twenty years ago", [("error", "not_two_people")]),
        ("A. Head", "B. Trustee", " ", [("error", "no_reasons")]),
    ],
)
def test_two_named_people_decide_with_reasons(
    first: str, second: str, reasons: str, found: list[tuple[str, str]]
) -> None:
    assert codes(decision_findings(first, second, reasons)) == found


@pytest.mark.parametrize(
    ("clearer", "entered_by", "relatives", "hard", "found"),
    [
        ("head", ("hr",), (), True, []),
        pytest.param("hr", ("hr",), (), True, [("error", "entered_checks")], id="R40, hard"),
        pytest.param("hr", ("hr",), (), False, [], id="R40, nothing hard"),
        pytest.param("ana", (), (), False, [("error", "own_clearance")], id="R40, oneself"),
        pytest.param("head", (), ("head",), False, [("error", "relative")], id="R40, a relative"),
    ],
)
def test_who_may_clear(
    clearer: str, entered_by: tuple[str, ...], relatives: tuple[str, ...], hard: bool, found: list[tuple[str, str]]
) -> None:
    assert codes(may_clear_findings(clearer, "ana", entered_by, relatives, hard)) == found


@pytest.mark.parametrize(
    ("last_day", "starts_on", "carried"),
    [
        pytest.param(date(2026, 10, 2), date(2027, 1, 2), True, id="R13, on the day"),
        pytest.param(date(2026, 10, 2), date(2027, 1, 3), False, id="R13, a day late"),
        pytest.param(date(2026, 11, 30), date(2027, 2, 28), True, id="R13, to the end of February"),
        (date(2026, 11, 30), date(2027, 3, 1), False),
        (date(2026, 12, 31), date(2026, 9, 1), True),
    ],
)
def test_a_certificate_is_carried_over_three_months(last_day: date, starts_on: date, carried: bool) -> None:
    assert may_carry_dbs(last_day, starts_on) is carried


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 400))
def test_a_longer_break_never_carries_what_a_shorter_does_not(last_day: date, break_days: int) -> None:
    starts_on = last_day + break_days * DAY
    assert may_carry_dbs(last_day, starts_on) or not may_carry_dbs(last_day, starts_on + DAY)


SUBSCRIBED = UpdateService(True, True, True, "child", "enhanced_with_list", "nothing_current")


@pytest.mark.parametrize(
    ("certificate", "list_needed", "found"),
    [
        pytest.param(SUBSCRIBED, True, [], id="R14"),
        (replace(SUBSCRIBED, consent=False), True, [("error", "no_consent")]),
        (replace(SUBSCRIBED, original_seen=False), True, [("error", "original_not_seen")]),
        (replace(SUBSCRIBED, identity_checked=False), True, [("error", "identity_not_checked")]),
        (replace(SUBSCRIBED, workforce="adult"), True, [("error", "other_workforce")]),
        (replace(SUBSCRIBED, level="enhanced"), True, [("error", "lower_level")]),
        (replace(SUBSCRIBED, level="enhanced"), False, []),
        (replace(SUBSCRIBED, level="standard"), False, [("error", "lower_level")]),
        (replace(SUBSCRIBED, status="information_current"), True, [("warning", "information")]),
        (replace(SUBSCRIBED, status="not_current"), True, [("error", "not_current")]),
        (replace(SUBSCRIBED, status="details_differ"), True, [("error", "not_current")]),
        (replace(SUBSCRIBED, status="unknown"), True, [("error", "not_current")]),
    ],
)
def test_the_update_service_will_do_only_when_everything_fits(
    certificate: UpdateService, list_needed: bool, found: list[tuple[str, str]]
) -> None:
    assert codes(update_service_findings(certificate, list_needed)) == found
