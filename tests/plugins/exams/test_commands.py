"""What is decided about exams, at a real desk: what is recorded, and every refusal by its code."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from core.command import Command
from events import Fact
from plugins.exams.commands import (
    AgreeArrangement,
    ApplyForArrangement,
    AppointAssessor,
    ApproveApplication,
    ArrangePrimary,
    CompletePart,
    EndArrangement,
    EndAssessor,
    EndEntry,
    FileEvidence,
    NameNeed,
    NoteUse,
    NumberCandidate,
    RecordLanguage,
    RecordScore,
    ReferApplication,
    RefuseApplication,
    TellCandidate,
    TryRestBreaks,
)
from plugins.exams.facts import (
    ApplicationReferred,
    ArrangementAgreed,
    ArrangementApplied,
    ArrangementApproved,
    ArrangementEnded,
    ArrangementRefused,
    AssessorAppointed,
    AssessorEnded,
    CandidateNumbered,
    CandidateTold,
    EvidenceFiled,
    FormPartCompleted,
    LanguageRecorded,
    NeedNamed,
    PrimaryArranged,
    RestBreaksTried,
    ScoreRecorded,
    UseNoted,
)
from tests.core.house import House

from .candidates import COMPLETE, told
from .doing import do, pupil, refusal
from .timetables import CENTRE, UCIS, agreed

TODAY, YESTERDAY, TOMORROW = date(2026, 11, 16), date(2026, 11, 15), date(2026, 11, 17)
LAST_YEAR = date(2025, 10, 6)
DECISION = uuid4()
APPLIED = ArrangementApplied(DECISION, "ET25", 25, "GCSE", CENTRE, "2025-26", "OK", "", LAST_YEAR, "")
APPROVED = ArrangementApproved(DECISION, date(2025, 10, 20), None, "")
ASSESSOR = uuid4()
APPOINTED = AssessorAppointed("Pat Lind", "level_7", date(2025, 9, 1), date(2026, 8, 31), date(2025, 9, 1))
NOTE: dict[str, Any] = {
    "arrangement": "ET25",
    "taught": "History",
    "setting": "mock",
    "effect": "helped",
    "used_on": YESTERDAY,
}
SCORE: dict[str, Any] = {"sub_area": "reading_speed", "score": 82, "test": "YARC", "assessed_on": YESTERDAY}
LANGUAGE: dict[str, Any] = {"english_irish_or_welsh": False, "prior_english": False, "english_at_home": False}
CHECK: dict[str, Any] = {"assessment": "MTC", "year": 2027, "arranged_on": TODAY}
TESTS: dict[str, Any] = {"assessment": "KS2", "year": 2027, "arranged_on": TODAY}


# What can be recorded


@pytest.mark.parametrize(
    ("command", "fact"),
    [
        (NoteUse(**NOTE, mark_with=40, mark_without=31, out_of=50), UseNoted),
        (NoteUse(**NOTE | {"used_on": date(2024, 5, 1)}), UseNoted),  # before any edition we hold
        (NameNeed("learning", TODAY, "Reads slowly"), NeedNamed),
        (RecordScore(**SCORE), ScoreRecorded),
        (CompletePart("8", TODAY, 1), FormPartCompleted),
        (CompletePart("note", TODAY), FormPartCompleted),
        (FileEvidence("comment", TODAY, "History"), EvidenceFiled),
        (FileEvidence("specialist", TODAY), EvidenceFiled),
        (TryRestBreaks("History", TODAY, enough=False), RestBreaksTried),
        (RecordLanguage(**LANGUAGE, came_on=LAST_YEAR, band="A"), LanguageRecorded),
        (TellCandidate(TODAY, "Sam Senco"), CandidateTold),
        (NumberCandidate(CENTRE, "0417", UCIS[1]), CandidateNumbered),
        (AgreeArrangement("WP", TODAY, reason="The policy is being written"), ArrangementAgreed),
        (AgreeArrangement("SRB", TODAY, 15, "Seen in mocks"), ArrangementAgreed),
        (ApplyForArrangement("ET25", "GCSE", TODAY, reason="The forms follow this week"), ArrangementApplied),
        (ApplyForArrangement("ET50", "GCSE", TODAY, 50, reason="Seen in mocks"), ArrangementApplied),
        (ArrangePrimary(arrangement="ATA", **CHECK), PrimaryArranged),
        (ArrangePrimary(arrangement="reader", test="maths", **TESTS), PrimaryArranged),
    ],
)
def test_what_stands_to_reason_is_recorded(house: House, command: Command, fact: type[Fact]) -> None:
    (recorded,) = do(house, command, pupil(house))
    assert isinstance(recorded, fact)


def test_the_decision_keeps_the_edition_and_what_the_check_said(house: House) -> None:
    subject = pupil(house, *COMPLETE, CandidateNumbered(CENTRE, "0417", "", LAST_YEAR))
    (applied,) = do(house, ApplyForArrangement("ET25", "GCSE", date(2026, 10, 13)), subject)
    assert isinstance(applied, ArrangementApplied)
    assert (applied.edition, applied.checked, applied.percent, applied.centre) == (
        "2025-26-rev2026-03", "WARN", 25, CENTRE,
    )  # fmt: skip


def test_an_approval_from_before_the_first_edition_we_hold_can_be_taken_over(house: House) -> None:
    subject = pupil(house)
    (applied,) = do(house, ApplyForArrangement("ET25", "GCSE", date(2025, 2, 10)), subject)
    assert isinstance(applied, ArrangementApplied)
    assert (applied.edition, applied.checked) == ("", "UNKNOWN")
    assert do(house, ApproveApplication(applied.decision, date(2025, 3, 3), date(2027, 5, 3)), subject)


@pytest.mark.parametrize("told", [False, True])
def test_the_first_language_is_kept_as_it_was_told(house: House, told: bool) -> None:
    (recorded,) = do(house, RecordLanguage(**LANGUAGE | {"english_irish_or_welsh": told}), pupil(house))
    assert isinstance(recorded, LanguageRecorded)
    assert recorded.english_irish_or_welsh == told


def test_spelling_alone_says_whether_words_can_be_recognised(house: House) -> None:
    subject = pupil(house)
    spelling, reading = (
        {**SCORE, "sub_area": area, "unrecognisable": True} for area in ("spelling_accuracy", "reading_speed")
    )
    recorded = [do(house, RecordScore(**one), subject)[0] for one in (spelling, reading)]
    assert [one.unrecognisable for one in recorded if isinstance(one, ScoreRecorded)] == [True, None]


@pytest.mark.parametrize(
    ("facts", "command", "recorded"),
    [
        ((APPLIED,), ApproveApplication(DECISION, TODAY, date(2028, 7, 31), "R1"), ArrangementApproved),
        ((APPLIED,), RefuseApplication(DECISION, TODAY, "Two scores in one area"), ArrangementRefused),
        ((APPLIED,), ReferApplication(DECISION, "AQA", TODAY), ApplicationReferred),
        ((APPLIED,), EndArrangement(DECISION, TODAY, "Withdrawn"), ArrangementEnded),
        ((APPLIED, APPROVED), EndArrangement(DECISION, TODAY, "Not used"), ArrangementEnded),
    ],
)
def test_an_application_goes_on(house: House, facts: tuple[Fact, ...], command: Command, recorded: type[Fact]) -> None:
    assert isinstance(do(house, command, pupil(house, *facts))[0], recorded)


def test_a_refused_application_may_be_referred_and_then_approved(house: House) -> None:
    subject = pupil(house, APPLIED)
    for command in (
        RefuseApplication(DECISION, LAST_YEAR, ""),
        ReferApplication(DECISION, "AQA", LAST_YEAR),
        ApproveApplication(DECISION, TODAY),
    ):
        do(house, command, subject)
    assert refusal(house, ReferApplication(DECISION, "AQA", TODAY), subject) == "not_open"


# Refusals


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (NoteUse(**NOTE | {"arrangement": "MAGIC"}), "not_in_list"),
        (NoteUse(**NOTE | {"used_on": TOMORROW}), "in_future"),
        (NoteUse(**NOTE, mark_with=4), "no_total"),
        (NoteUse(**NOTE, mark_with=51, out_of=50), "too_many"),
        (NoteUse(**NOTE, mark_without=51, out_of=50), "too_many"),
        (NameNeed("other", TOMORROW, "Tires"), "in_future"),
        (RecordScore(**SCORE | {"assessed_on": TOMORROW}), "in_future"),
        (RecordScore(**SCORE | {"sub_area": "handstand"}), "not_in_list"),
        (RecordScore(**SCORE | {"score": 39}), "not_a_score"),
        (RecordScore(**SCORE | {"score": 161}), "not_a_score"),
        (RecordScore(**SCORE | {"assessed_on": date(2011, 3, 14)}), "before_birth"),
        (RecordScore(**SCORE, assessor=uuid4()), "no_proof"),
        (CompletePart("8", TODAY), "no_part"),
        (CompletePart("9", TODAY, 1), "no_part"),
        (CompletePart("9", TOMORROW), "in_future"),
        (FileEvidence("rumour", TODAY), "not_in_list"),
        (FileEvidence("comment", TOMORROW, "History"), "in_future"),
        (FileEvidence("marked_test", TODAY), "no_subject"),
        (FileEvidence("comment", TODAY, "  "), "no_subject"),
        (TryRestBreaks("History", TOMORROW, enough=True), "in_future"),
        (RecordLanguage(**LANGUAGE, came_on=TOMORROW), "in_future"),
        (TellCandidate(TOMORROW, "Sam"), "in_future"),
        (NumberCandidate(CENTRE, "0000"), "candidate_number"),
        (NumberCandidate(CENTRE, "0417", "681990012058H"), "uci_letter"),
        (AgreeArrangement("WP", TOMORROW), "in_future"),
        (AgreeArrangement("MAGIC", TODAY), "not_in_list"),
        (AgreeArrangement("ET25", TODAY), "not_delegated"),
        (AgreeArrangement("SRB", TODAY), "break_minutes"),
        (AgreeArrangement("WP", TODAY, 15), "break_minutes"),
        (AgreeArrangement("WP", TODAY), "against_the_check"),
        (ApplyForArrangement("ET25", "GCSE", TOMORROW), "in_future"),
        (ApplyForArrangement("ET25", "O-LEVEL", TODAY), "not_in_list"),
        (ApplyForArrangement("MAGIC", "GCSE", TODAY), "not_in_list"),
        (ApplyForArrangement("WP", "GCSE", TODAY), "delegated"),
        (ApplyForArrangement("ET50", "GCSE", TODAY), "no_percent"),
        (ApplyForArrangement("ET50", "GCSE", TODAY, 25), "no_percent"),
        (ApplyForArrangement("ET50", "GCSE", TODAY, 20), "not_a_percentage"),
        (ApplyForArrangement("ET25", "GCSE", TODAY), "against_the_check"),
        (ApplyForArrangement("ET25", "GCSE", TODAY, reason="  "), "against_the_check"),
        (ApproveApplication(uuid4(), TODAY), "not_open"),
        (EndArrangement(uuid4(), TODAY, "Why"), "not_open"),
        (ArrangePrimary(arrangement="ATA", **CHECK | {"arranged_on": TOMORROW}), "in_future"),
        (ArrangePrimary(arrangement="XYZ", **CHECK), "unknown_arrangement"),
        (ArrangePrimary(arrangement="ATA", percent=25, **CHECK), "no_extra_time"),
        (ArrangePrimary(arrangement="QNR", **CHECK), "evidence_missing"),
        (ArrangePrimary(arrangement="ITA", cause="physical", **CHECK), "evidence_missing"),
        (ArrangePrimary(arrangement="XYZ", **TESTS), "unknown_arrangement"),
        (EndEntry(uuid4(), TODAY, "Withdrawn"), "no_entry"),
        (EndEntry(uuid4(), TOMORROW, "Withdrawn"), "in_future"),
    ],
)
def test_what_cannot_be_is_refused_by_its_code(house: House, command: Command, code: str) -> None:
    assert refusal(house, command, pupil(house)) == code


@pytest.mark.parametrize(
    ("facts", "command", "code"),
    [
        ((APPLIED,), ApproveApplication(DECISION, TOMORROW), "in_future"),
        ((APPLIED,), ApproveApplication(DECISION, date(2025, 10, 5)), "before_decision"),
        ((APPLIED,), ApproveApplication(DECISION, TODAY, TODAY), "ends_first"),
        ((APPLIED, APPROVED), ApproveApplication(DECISION, TODAY), "not_open"),
        ((APPLIED, APPROVED), RefuseApplication(DECISION, TODAY), "not_open"),
        ((APPLIED,), RefuseApplication(DECISION, TOMORROW), "in_future"),
        ((APPLIED,), RefuseApplication(DECISION, date(2025, 10, 5)), "before_decision"),
        ((APPLIED, APPROVED), ReferApplication(DECISION, "AQA", TODAY), "not_open"),
        ((APPLIED,), ReferApplication(DECISION, "AQA", date(2025, 10, 5)), "before_decision"),
        ((APPLIED,), EndArrangement(DECISION, TOMORROW, "Why"), "in_future"),
        ((APPLIED, APPROVED), EndArrangement(DECISION, date(2025, 10, 19), "Why"), "before_decision"),
        ((APPLIED, ArrangementEnded(DECISION, TODAY, "Why")), EndArrangement(DECISION, TODAY, "Why"), "not_open"),
        ((APPLIED,), ApplyForArrangement("ET25", "GCSE", TODAY, reason="Once more"), "no_change"),
        ((agreed("WP"),), AgreeArrangement("WP", TODAY, reason="Once more"), "no_change"),
        ((CandidateNumbered(CENTRE, "0417", "", TODAY),), NumberCandidate(CENTRE, "0417"), "no_change"),
    ],
)
def test_what_no_longer_can_be_is_refused_by_its_code(
    house: House, facts: tuple[Fact, ...], command: Command, code: str
) -> None:
    assert refusal(house, command, pupil(house, *facts)) == code


def test_the_same_primary_arrangement_is_made_once_and_ended_once(house: House) -> None:
    subject = pupil(house)
    command = ArrangePrimary(arrangement="ATA", **CHECK)
    (made,) = do(house, command, subject)
    assert isinstance(made, PrimaryArranged)
    assert refusal(house, command, subject) == "no_change"
    do(house, EndArrangement(made.decision, TODAY, "Not needed"), subject)
    assert refusal(house, EndArrangement(made.decision, TODAY, "Again"), subject) == "not_open"


def test_a_reader_for_the_reading_test_is_recorded_as_long_as_nobody_has_read_the_rule_at_its_source(
    house: House,
) -> None:
    (made,) = do(house, ArrangePrimary(arrangement="reader", test="reading", **TESTS), pupil(house))
    assert isinstance(made, PrimaryArranged)


# Assessors


def test_an_assessor_is_appointed_and_ends(house: House) -> None:
    command = AppointAssessor("Pat Lind", "level_7", TODAY, TODAY, date(2028, 8, 31))
    assert isinstance(do(house, command, ASSESSOR)[0], AssessorAppointed)
    assert isinstance(do(house, EndAssessor(TODAY), ASSESSOR)[0], AssessorEnded)
    assert refusal(house, EndAssessor(TODAY), ASSESSOR) == "no_change"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"route": "charm"}, "not_in_list"),
        ({"seen_on": TOMORROW}, "in_future"),
        ({"appointed_on": TOMORROW}, "in_future"),
        ({"valid_by": YESTERDAY}, "ran_out"),
    ],
)
def test_an_assessor_without_proof_is_not_appointed(house: House, given: dict[str, Any], code: str) -> None:
    usual: dict[str, Any] = {"name": "Pat Lind", "route": "level_7", "seen_on": TODAY, "appointed_on": TODAY}
    assert refusal(house, AppointAssessor(**usual | given), ASSESSOR) == code


def test_an_assessor_ends_after_the_proof_was_seen(house: House) -> None:
    told(house, ASSESSOR, APPOINTED)
    assert refusal(house, EndAssessor(date(2025, 8, 31)), ASSESSOR) == "before_proof"


@pytest.mark.parametrize(
    ("assessed_on", "counts"),
    [(date(2025, 8, 31), False), (date(2025, 9, 1), True), (date(2026, 8, 31), True), (date(2026, 9, 1), False)],
)
def test_a_score_needs_proof_on_file_that_day(house: House, assessed_on: date, counts: bool) -> None:
    told(house, ASSESSOR, APPOINTED)
    subject, command = pupil(house), RecordScore(**SCORE | {"assessed_on": assessed_on, "assessor": ASSESSOR})
    if counts:
        assert do(house, command, subject)
    else:
        assert refusal(house, command, subject) == "no_proof"
