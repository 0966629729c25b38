"""The single central record: who is on it, its columns and its gaps, and moves within the trust."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from core.law import Finding
from plugins.recruitment.codes import CHECKS, COLUMNS, FLAGS, ROLES
from plugins.recruitment.rules import (
    Check,
    RiskAssessment,
    academy_move_findings,
    is_shown,
    record_columns,
    record_gaps,
    required,
)

DAY = timedelta(days=1)
TODAY = date(2026, 11, 22)
STARTED = date(2026, 9, 1)
BEFORE = date(2026, 7, 1)
ANSWERED = frozenset(flag for flag in FLAGS if flag.endswith("_not_needed"))
TEACHER = required("teacher", ANSWERED, STARTED)

GOOD = {
    check: Check(check, outcome, checked_on=BEFORE, by="AB")
    for check, outcome in (
        ("identity", "verified"),
        ("medical", "fit"),
        ("references", "satisfactory"),
        ("qualifications", "held"),
        ("prohibition", "clear"),
        ("self_disclosure", "discussed"),
        ("dbs", "clear"),
        ("barred_list", "no_match"),
        ("right_to_work", "continuous"),
    )
}


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def holding(*but: str, **other: Check) -> tuple[Check, ...]:
    """Every check of a class teacher, some left out or another instead."""
    return tuple({**{key: one for key, one in GOOD.items() if key not in but}, **other}.values())


def gaps(checks: tuple[Check, ...], *risks: RiskAssessment) -> list[tuple[str, str]]:
    """Level and check of each gap today; each says something."""
    found = record_gaps(TEACHER, checks, STARTED, TODAY, risks)
    assert all(gap.says.endswith(".") for gap in found)
    return [(gap.level, gap.check) for gap in found]


@pytest.mark.parametrize(
    ("ended_on", "shown"),
    [(None, True), (TODAY, True), pytest.param(TODAY - DAY, False, id="R25"), (TODAY + DAY, True)],
)
def test_the_record_leaves_out_who_left_from_the_day_after(ended_on: date | None, shown: bool) -> None:
    assert is_shown(ended_on, TODAY) is shown


LEFT = date(2026, 10, 2)


@pytest.mark.parametrize(
    ("before", "after", "starts_on", "told", "found"),
    [
        pytest.param("teacher", "teacher", LEFT + DAY, {}, [], id="R26, the same work"),
        pytest.param(
            "trustee", "teacher", LEFT + DAY, {}, ["new_dbs", "new_prohibition"], id="R26, regulated activity"
        ),
        pytest.param("teacher", "teacher", date(2027, 1, 2), {}, [], id="R26, three months"),
        pytest.param("teacher", "teacher", date(2027, 1, 3), {}, ["new_dbs"], id="R26, a longer break"),
        pytest.param("teacher", "teacher", LEFT + DAY, {"concern": True}, ["new_dbs"], id="R26, a concern"),
        pytest.param("teaching_assistant", "teacher", LEFT + DAY, {}, ["new_prohibition"], id="R26, teaching work"),
        pytest.param("teacher", "leader", LEFT + DAY, {}, ["new_section_128"], id="R26, management"),
        pytest.param("leader", "teacher", LEFT + DAY, {}, [], id="R26, less to check"),
        pytest.param(
            "teacher", "teacher", LEFT + DAY, {"trust_employs": False}, ["new_employer"], id="R26, not the trust"
        ),
    ],
)
def test_a_move_within_the_trust_asks_for_what_is_new(
    before: str, after: str, starts_on: date, told: dict[str, bool], found: list[str]
) -> None:
    was, now = (required(role, ANSWERED, TODAY) for role in (before, after))
    findings = academy_move_findings(
        was, now, LEFT, starts_on, concern=told.get("concern", False), trust_employs=told.get("trust_employs", True)
    )
    assert [finding.code for finding in findings] == found
    assert all(finding.level == "error" and finding.says for finding in findings)


def test_the_statutory_columns_come_first_and_none_tells_of_health_or_disclosures() -> None:
    columns = record_columns(TODAY)  # R27
    ranks = ["needed", "statutory", "practice", "optional"]
    assert [ranks.index(column.status) for column in columns] == sorted(
        ranks.index(column.status) for column in columns
    )
    assert {column.check for column in columns if column.status == "statutory"} - {""} == {
        kind.key for kind in CHECKS.value.values() if kind.statutory
    }
    assert "self_disclosure" not in {column.check for column in columns}
    for edition in COLUMNS:
        keys = [column.key for column in edition.value]
        assert len(set(keys)) == len(keys) == 28


ASSESSED = RiskAssessment(STARTED - DAY, "Head", "Ms Okoro", STARTED + 14 * DAY)
REVIEWED = RiskAssessment(STARTED + 14 * DAY, "Head", "Ms Okoro", STARTED + 28 * DAY)
TO_TODAY = replace(REVIEWED, review_by=TODAY)


def certificate(on_day: date) -> Check:
    return Check("dbs", "clear", certificate_on=on_day, by="AB")


@pytest.mark.parametrize(
    ("checks", "risks", "found"),
    [
        pytest.param(holding(), (), [], id="nothing wrong"),
        pytest.param(
            holding(identity=Check("identity", "", evidence="passport", by="AB")),
            (),
            [("minor", "identity")],
            id="R28, documents without a day",
        ),
        pytest.param(holding("prohibition"), (), [("major", "prohibition")], id="R28, no result"),
        pytest.param(
            holding(identity=replace(GOOD["identity"], by=" ")), (), [("minor", "identity")], id="no initials"
        ),
        pytest.param(
            holding(identity=replace(GOOD["identity"], checked_on=None)), (), [("minor", "identity")], id="no day"
        ),
        pytest.param(
            holding(identity=Check("identity", "", BEFORE, by="AB")), (), [("minor", "identity")], id="only a day"
        ),
        pytest.param(holding(identity=Check("identity", "")), (), [("major", "identity")], id="an empty record"),
        pytest.param(
            holding(prohibition=Check("prohibition", "no_record", BEFORE, by="AB")),
            (),
            [("major", "prohibition")],
            id="a result that does not do",
        ),
        pytest.param(holding("references", "self_disclosure"), (), [], id="what only should be made is no gap"),
        pytest.param(
            holding(identity=replace(GOOD["identity"], checked_on=STARTED + DAY)),
            (),
            [("late", "identity")],
            id="R29, after the start",
        ),
        pytest.param(
            holding(references=replace(GOOD["references"], checked_on=STARTED + DAY)),
            (),
            [("late", "references")],
            id="R29, of what should be made too",
        ),
        pytest.param(
            holding(identity=replace(GOOD["identity"], checked_on=STARTED)), (), [], id="on the day of the start"
        ),
        pytest.param(
            (*holding(), replace(GOOD["identity"], checked_on=STARTED + 30 * DAY)), (), [], id="made again is not late"
        ),
        pytest.param(holding(dbs=certificate(STARTED + 10 * DAY)), (), [("late", "dbs")], id="R29, no assessment"),
        pytest.param(holding(dbs=certificate(STARTED + 10 * DAY)), (ASSESSED,), [], id="R29, covered"),
        pytest.param(holding(dbs=certificate(STARTED + 15 * DAY)), (ASSESSED,), [], id="R29, the day after it ends"),
        pytest.param(holding(dbs=certificate(STARTED + 16 * DAY)), (ASSESSED,), [("late", "dbs")], id="R29, not all"),
        pytest.param(
            holding(dbs=certificate(STARTED + 29 * DAY)), (REVIEWED, ASSESSED), [], id="R29, reviewed in time"
        ),
        pytest.param(
            holding(dbs=certificate(STARTED + 20 * DAY)),
            (ASSESSED, replace(REVIEWED, signed_on=STARTED + 16 * DAY)),
            [("late", "dbs")],
            id="R29, a day between two assessments",
        ),
        pytest.param(
            holding(dbs=certificate(STARTED + 10 * DAY)),
            (replace(ASSESSED, supervisor=""),),
            [("late", "dbs")],
            id="R29, nobody supervises",
        ),
        pytest.param(
            holding(dbs=certificate(STARTED + 10 * DAY)),
            (replace(ASSESSED, signed_on=STARTED + DAY),),
            [("late", "dbs")],
            id="R29, signed too late",
        ),
        pytest.param(
            holding(dbs=Check("dbs", "awaiting", requested_on=BEFORE)),
            (ASSESSED,),
            [("major", "dbs")],
            id="awaited too long",
        ),
        pytest.param(
            holding(dbs=Check("dbs", "awaiting", requested_on=BEFORE)),
            (ASSESSED, TO_TODAY),
            [],
            id="awaited and covered",
        ),
        pytest.param(
            holding(identity=Check("identity", "", evidence="passport", checked_on=STARTED + DAY)),
            (),
            [("minor", "identity"), ("late", "identity")],
            id="two things wrong with one check",
        ),
    ],
)
def test_what_is_wrong_with_a_row(
    checks: tuple[Check, ...], risks: tuple[RiskAssessment, ...], found: list[tuple[str, str]]
) -> None:
    assert gaps(checks, *risks) == found


AWAITED = Check("dbs", "awaiting", requested_on=BEFORE)


@pytest.mark.parametrize(
    "assessment",
    [
        replace(ASSESSED, signed_by=" "),
        replace(ASSESSED, supervisor=" "),
        replace(ASSESSED, signed_on=None),
        replace(ASSESSED, review_by=None),
        replace(ASSESSED, signed_on=STARTED + DAY),
    ],
)
def test_an_assessment_that_lacks_anything_covers_no_day(assessment: RiskAssessment) -> None:
    late = holding(dbs=certificate(STARTED + 10 * DAY))
    assert gaps(late, assessment) == [("late", "dbs")]
    assert gaps(late, assessment, replace(ASSESSED, signed_on=STARTED)) == []


def test_an_assessment_covers_the_certificate_and_nothing_else() -> None:
    covered = replace(ASSESSED, review_by=TODAY)
    assert gaps(holding(dbs=AWAITED), covered) == []
    assert gaps(holding(dbs=AWAITED), replace(covered, review_by=TODAY - DAY)) == [("major", "dbs")]
    assert gaps(holding(medical=Check("medical", "awaiting")), covered) == [("major", "medical")]
    assert gaps(holding(dbs=replace(GOOD["dbs"], by="")), covered) == [("minor", "dbs")]
    assert gaps(holding(identity=replace(GOOD["identity"], checked_on=STARTED + DAY)), covered) == [
        ("late", "identity")
    ]


def test_an_application_is_no_certificate_and_an_undated_record_may_be_the_first() -> None:
    applied = replace(AWAITED, checked_on=BEFORE)
    assert gaps((*holding("dbs"), applied, certificate(STARTED + DAY))) == [("late", "dbs")]
    undated = replace(GOOD["identity"], checked_on=None)
    assert gaps((*holding("identity"), undated, replace(undated, checked_on=STARTED + DAY))) == []


def test_a_confirmation_that_is_not_there_is_major_and_an_open_scope_minor() -> None:
    found = record_gaps(required("agency_teacher", frozenset(), STARTED), holding(*GOOD), STARTED, TODAY)
    graded = {gap.check: gap.level for gap in found}
    assert [check for check, level in graded.items() if level == "minor"] == ["childcare", "section_128"]
    assert len(graded) == 12
    answered = (Check("childcare", "out_of_scope"), Check("section_128", "clear"))
    still = record_gaps(required("agency_teacher", frozenset(), STARTED), answered, STARTED, TODAY)
    assert {gap.check for gap in still}.isdisjoint({"childcare", "section_128"})


def test_no_assessment_stands_for_what_an_agency_confirms() -> None:
    needs = required("agency_teacher", ANSWERED, STARTED)
    covered = replace(ASSESSED, review_by=TODAY)
    found = record_gaps(needs, (*holding("dbs"), AWAITED), STARTED, TODAY, (covered,))
    assert [(gap.level, gap.check) for gap in found] == [("major", "dbs"), ("major", "overseas")]


@pytest.mark.parametrize(
    ("check", "outcome"),
    [("dbs", "disclosure_rejected"), ("barred_list", "barred"), ("medical", "not_fit"), ("prohibition", "prohibited")],
)
def test_a_gap_never_tells_what_a_check_disclosed(check: str, outcome: str) -> None:
    made = holding(**{check: Check(check, outcome, BEFORE, by="AB")})
    (found,) = record_gaps(TEACHER, made, STARTED, TODAY)
    assert (found.level, found.check) == ("major", check)
    assert found.says.endswith(": no result that will do. Make the check and record it.")


def test_before_the_start_clearance_counts_and_not_the_record() -> None:
    assert record_gaps(TEACHER, (), STARTED, STARTED - DAY) == ()
    assert record_gaps(TEACHER, (), STARTED, STARTED)


@given(
    st.sampled_from(sorted(ROLES[-1].value)),
    st.frozensets(st.sampled_from(sorted(FLAGS)), max_size=6),
    st.lists(
        st.builds(
            Check,
            st.sampled_from(sorted(CHECKS.value)),
            st.sampled_from(["", *{one.key for kind in CHECKS.value.values() for one in kind.outcomes}]),
            st.none() | st.dates(BEFORE, TODAY),
            by=st.sampled_from(["", "AB"]),
        ),
        max_size=12,
    ),
)
def test_a_row_without_major_gaps_has_an_evidenced_record_of_every_check_that_must_be_made(
    role: str, flags: frozenset[str], checks: list[Check]
) -> None:
    needs = required(role, flags, STARTED)
    found = record_gaps(needs, tuple(checks), STARTED, TODAY)
    major = {gap.check for gap in found if gap.level == "major"}
    made = {check.check for check in checks}
    must = {need.check for need in needs if need.cell in {"M", "W"}}
    assert must - made <= major <= must
    numbers = [CHECKS.value[gap.check].number for gap in found]
    assert numbers == sorted(numbers)
