"""What is known of candidates, told from what happened; and what follows from it for an exam and for a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events import Document, Fact, View
from plugins.exams.facts import (
    ApplicationReferred,
    ArrangementApplied,
    ArrangementApproved,
    ArrangementEnded,
    ArrangementRefused,
    AssessorAppointed,
    AssessorEnded,
    CandidateNumbered,
    CandidateTold,
    EntryEnded,
    EntryMade,
    EvidenceFiled,
    FormPartCompleted,
    LanguageRecorded,
    NeedNamed,
    PaperSet,
    PrimaryArranged,
    RestBreaksTried,
    UseNoted,
)
from plugins.exams.views import (
    Arrangements,
    Candidate,
    Case,
    CaseFile,
    Paper,
    Sitting,
    arrangements,
    arrangements_told,
    assessor,
    attending,
    by_subject,
    candidate,
    case_file,
    case_of,
    clashes,
    clashing,
    clock,
    cover,
    entered,
    expiry,
    holding,
    measured,
    on_file,
    paper_id,
    sitting,
    state_on,
    title_of,
    working,
)
from plugins.exams.views import paper as paper_view
from tests.core.house import House

from .candidates import SCORES, told
from .timetables import CENTRE, agreed, approved, desk_of, paper, year_11

DAY = date(2026, 10, 5)
LATER = date(2026, 10, 19)
DECISION = uuid4()
APPLIED = ArrangementApplied(DECISION, "ET25", 25, "GCSE", CENTRE, "2025-26", "WARN", "", DAY, "Slow in mocks")
USE = UseNoted("ET25", "History", "mock", "helped", 40, 31, 50, DAY, "In green pen")


def fold(view: View[Any], *facts: Fact) -> Any:
    """The view after these facts, in this order."""
    known = None
    for fact in facts:
        known = view(known, fact)
    return known


def held(*facts: Fact) -> Arrangements:
    known = fold(arrangements, *facts)
    assert isinstance(known, Arrangements)
    return known


# Candidates and papers


def test_a_candidate_has_the_numbers_told_last_and_the_papers_that_stand() -> None:
    first, second = uuid4(), uuid4()
    known = fold(
        candidate,
        CandidateNumbered(CENTRE, "0417", "", DAY),
        EntryMade(first, DAY),
        EntryMade(second, DAY),
        EntryEnded(first, LATER, "Withdrawn"),
        CandidateNumbered(CENTRE, "0418", "681990012058G", LATER),
    )
    assert known == Candidate(CENTRE, "0418", "681990012058G", {second: DAY})


def test_a_paper_is_as_it_was_set_last_and_one_by_series_board_and_code() -> None:
    moved = paper(start_minutes=810, session="PM")
    set_twice = [PaperSet(**msgspec.structs.asdict(one), set_on=day) for one, day in ((paper(), DAY), (moved, LATER))]
    assert fold(paper_view, *set_twice) == moved
    assert paper_id(moved) == paper_id(paper())
    assert len({paper_id(paper(**{name: "X"})) for name in ("series", "board", "code")} | {paper_id(paper())}) == 4


def test_views_know_nothing_before_the_first_fact() -> None:
    for view in (candidate, paper_view, arrangements, case_file, working, assessor):
        assert view.of([]) is None


def test_facts_of_another_kind_change_nothing() -> None:
    stranger = NeedNamed("learning", DAY, "")
    for view in (candidate, paper_view, arrangements, working, assessor):
        assert view(None, stranger) is None
    assert case_file(None, USE) is None


# The file


def test_the_file_holds_everything_in_its_order() -> None:
    document = Document(uuid4(), 1200, b"\0" * 32, b"\0" * 32, b"\0" * 32)
    known = fold(
        case_file,
        NeedNamed("other", DAY, "Tires"),
        NeedNamed("learning", LATER, "Reads slowly"),
        *SCORES,
        FormPartCompleted("8", 1, DAY, document),
        EvidenceFiled("comment", "History", DAY, None, "Never finishes"),
        RestBreaksTried("History", enough=False, tried_on=DAY, note=""),
        LanguageRecorded(None, prior_english=True, english_at_home=True, band="", recorded_on=DAY),
        CandidateTold(LATER, "Sam"),
    )
    assert isinstance(known, CaseFile)
    assert known.need is not None
    assert known.need.need == "learning"
    assert known.scores == SCORES
    assert known.documents() == {document.document_id: document}
    assert (len(known.forms), len(known.pieces), len(known.trials), known.told_on) == (1, 1, 1, LATER)
    assert known.language is not None


def test_what_is_withdrawn_is_left_out_and_history_shows_both(house: House) -> None:
    (subject,) = year_11(house, 1)
    told(house, subject, *SCORES, NeedNamed("learning", DAY, "Reads slowly"))
    desk = desk_of(house, "senco")
    wrong = next(event for event in desk.history(subject) if event.fact == SCORES[0])
    desk.withdraw(wrong, "Of another pupil", uuid4())
    known = desk.see(case_file, subject)
    assert known is not None
    assert known.scores == SCORES[1:]
    assert wrong in desk.history(subject)


def test_a_withdrawn_approval_leaves_the_application(house: House) -> None:
    (subject,) = year_11(house, 1)
    told(house, subject, APPLIED, ArrangementApproved(DECISION, LATER, None, ""))
    desk = desk_of(house, "senco")
    assert desk.see(arrangements, subject) == held(APPLIED, ArrangementApproved(DECISION, LATER, None, ""))
    approval = next(event for event in desk.history(subject) if isinstance(event.fact, ArrangementApproved))
    desk.withdraw(approval, "Typed for another pupil", uuid4())
    assert desk.see(arrangements, subject) == held(APPLIED)


def test_what_was_typed_late_is_told_by_its_day(house: House) -> None:
    (subject,) = year_11(house, 1)
    told(house, subject, NeedNamed("learning", LATER, "Reads slowly"))
    told(house, subject, NeedNamed("other", DAY, "Tires"))
    known = desk_of(house, "senco").see(case_file, subject)
    assert known is not None
    assert known.need is not None
    assert known.need.need == "learning"


def test_a_case_is_put_together_from_every_class_the_rules_look_at(house: House) -> None:
    (subject,) = year_11(house, 1)
    later, earlier = paper(code="8702/2", sits_on=date(2027, 5, 20)), paper()
    for one in (later, earlier):
        told(house, paper_id(one), PaperSet(**msgspec.structs.asdict(one), set_on=DAY))
        told(house, subject, EntryMade(paper_id(one), DAY))
    told(house, subject, EntryMade(uuid4(), DAY), USE, APPLIED, *SCORES)
    case = case_of(desk_of(house, "senco"), subject)
    assert case == Case(date(2011, 3, 15), CaseFile(scores=SCORES), (USE,), held(APPLIED), (earlier, later))
    assert list(entered(desk_of(house, "senco"), subject)) == [paper_id(earlier), paper_id(later)]
    assert case.exam_days(date(2027, 5, 11)) == [date(2027, 5, 20)]
    assert [score.score for score in measured(case.file)] == [82, 84]


@pytest.mark.parametrize(
    ("facts", "uses", "kinds"),
    [
        ((), (), ()),
        ((FormPartCompleted("8", 1, DAY, None),), (), ("form_8_part_1",)),
        (tuple(FormPartCompleted("8", part, DAY, None) for part in (1, 2, 3)), (), ("form_8", "form_8_part_1")),
        ((FormPartCompleted("9", None, DAY, None),), (), ("form_9",)),
        ((FormPartCompleted("note", None, DAY, None),), (), ("file_note",)),
        ((FormPartCompleted("BD25", None, DAY, None),), (), ("form_bd25",)),
        ((EvidenceFiled("specialist", "", DAY, None, ""),), (), ("specialist",)),
        ((), (USE,), ("comment", "normal_way")),
        ((), (msgspec.structs.replace(USE, note=" "),), ("normal_way",)),
    ],
)
def test_the_kinds_of_evidence_on_file_are_named_as_the_rules_name_them(
    facts: tuple[Fact, ...], uses: tuple[UseNoted, ...], kinds: tuple[str, ...]
) -> None:
    file = fold(case_file, *facts) or CaseFile()
    assert on_file(Case(date(2011, 3, 15), file, uses)) == kinds


def test_a_note_counts_as_a_comment_and_as_a_marked_test_where_it_has_marks() -> None:
    without = msgspec.structs.replace(USE, taught="art", mark_with=None, mark_without=None, out_of=None)
    lesson = msgspec.structs.replace(USE, taught="Biology", setting="lesson")
    other = msgspec.structs.replace(USE, taught="Dance", arrangement="WP")
    file = fold(case_file, EvidenceFiled("marked_test", "History", DAY, None, ""))
    shown = by_subject(Case(date(2011, 3, 15), file, (USE, without, lesson, other)), "ET25-N")
    assert [(one.subject, one.marked_tests, one.comments) for one in shown] == [
        ("art", 0, 1), ("Biology", 0, 1), ("History", 2, 1),
    ]  # fmt: skip


# Assessors


def test_an_assessor_may_assess_from_the_proof_to_its_end() -> None:
    appointed = AssessorAppointed("Pat Lind", "level_7", date(2025, 9, 8), date(2026, 8, 31), date(2025, 9, 1))
    known = fold(assessor, appointed)
    days = (date(2025, 9, 7), date(2025, 9, 8), date(2026, 8, 31), date(2026, 9, 1))
    assert [known.may_assess(day) for day in days] == [False, True, True, False]
    ended = fold(assessor, appointed, AssessorEnded(date(2026, 1, 31)))
    assert [ended.may_assess(day) for day in (date(2026, 1, 31), date(2026, 2, 1))] == [True, False]
    assert fold(assessor, AssessorEnded(DAY)) is None


# Arrangements


@pytest.mark.parametrize(
    ("then", "state"),
    [
        ((), "applied"),
        ((ArrangementApproved(DECISION, LATER, None, "A-1"),), "approved"),
        ((ArrangementRefused(DECISION, LATER, ""),), "refused"),
        ((ArrangementRefused(DECISION, LATER, ""), ApplicationReferred(DECISION, "AQA", LATER)), "referred"),
        ((ArrangementEnded(DECISION, LATER, "Not wanted"),), "ended"),
        ((ArrangementApproved(uuid4(), LATER, None, ""),), "applied"),  # of a decision nobody made
    ],
)
def test_an_application_stands_as_it_was_told_last(then: tuple[Fact, ...], state: str) -> None:
    assert held(APPLIED, *then).decisions[DECISION].state == state


def test_a_primary_arrangement_is_gone_once_ended() -> None:
    made = PrimaryArranged(DECISION, "MTC", 2027, "ATA", "", None, "", DAY, "")
    assert held(made).primary[DECISION].arrangement == "ATA"
    assert held(made, ArrangementEnded(DECISION, LATER, "")).primary == {}


@pytest.mark.parametrize(
    ("approved_on", "printed_on", "runs_out_on"),
    [
        (date(2024, 11, 12), None, date(2027, 1, 12)),
        (date(2024, 12, 31), None, date(2027, 2, 28)),
        (date(2024, 11, 12), date(2026, 8, 31), date(2026, 8, 31)),  # what is printed counts
    ],
)
def test_an_approval_runs_out_as_it_prints_else_as_the_months_tell(
    approved_on: date, printed_on: date | None, runs_out_on: date
) -> None:
    known = held(*approved("ET25", approved_on, printed_on=printed_on))
    (one,) = known.decisions.values()
    assert expiry(one) == runs_out_on
    eve = runs_out_on - timedelta(days=1)
    assert [state_on(one, day) for day in (eve, runs_out_on)] == ["approved", "expired"]
    assert [len(holding(known, day)) for day in (eve, runs_out_on)] == [1, 0]


def test_what_is_only_applied_for_or_ended_or_not_yet_agreed_holds_on_no_day() -> None:
    wait = held(APPLIED, agreed("WP", LATER))
    assert [one.arrangement for one in holding(wait, DAY)] == []
    assert [one.arrangement for one in holding(wait, LATER)] == ["WP"]
    assert holding(None, DAY) == ()


def test_an_approval_of_march_2025_misses_the_exam_after_3_may_2027() -> None:
    papers = [paper(sits_on=day, code=day.isoformat()) for day in (date(2027, 5, 10), date(2027, 4, 29))]
    (one,) = held(*approved("ET25", date(2025, 3, 3))).decisions.values()
    reach = cover(one, papers, date(2026, 11, 22))
    assert reach is not None
    assert reach.expires_on == date(2027, 5, 3)
    assert reach.renew_by == date(2027, 3, 4)
    assert [missed.sits_on for missed in reach.missed] == [date(2027, 5, 10)]
    assert (reach.said.level, reach.said.day) == ("BLOCK", date(2027, 5, 10))
    sat = cover(one, papers, date(2027, 5, 11))
    assert sat is not None
    assert sat.missed == ()
    assert cover(held(APPLIED).decisions[DECISION], papers, DAY) is None


def test_an_exam_on_the_day_of_expiry_is_in_doubt_and_counts_as_missed() -> None:
    (one,) = held(*approved("ET25", date(2025, 3, 3))).decisions.values()
    reach = cover(one, [paper(sits_on=date(2027, 5, 3))], DAY)
    assert reach is not None
    assert reach.said.level == "WARN"
    assert len(reach.missed) == 1


def test_others_are_told_codes_and_titles_alone() -> None:
    known = held(*approved("ET25", DAY, percent=25), agreed("WP"))
    answer = arrangements_told(known, LATER)
    assert answer is not None
    assert answer.codes == ("ET25", "WP")
    assert answer.titles == (title_of("ET25", LATER), title_of("WP", LATER))
    assert arrangements_told(held(APPLIED), LATER) is None
    assert answer.__struct_fields__ == ("codes", "titles")


# Sittings


def sit(*facts: Fact, entered_for: Candidate | None = None, **about: Any) -> Sitting:
    one = paper(**about)
    return sitting(paper_id(one), one, held(*facts) if facts else None, entered_for)


@pytest.mark.parametrize(
    ("start", "minutes", "percent", "breaks", "finish"),
    [
        (540, 105, None, None, "10:45"),
        (540, 105, 25, None, "11:12"),
        (540, 105, 25, 15, "11:27"),
        (540, 135, 25, 20, "12:09"),
        (810, 105, 50, 30, "16:38"),
    ],
)
def test_a_paper_ends_with_extra_time_and_rest_breaks(
    start: int, minutes: int, percent: int | None, breaks: int | None, finish: str
) -> None:
    facts: list[Fact] = approved("ET50" if percent == 50 else "ET25", DAY, percent=percent) if percent else []
    facts += [agreed("SRB", minutes=breaks)] if breaks else []
    one = sit(*facts, start_minutes=start, length_minutes=minutes)
    assert clock(one.finish_minutes) == finish
    assert (one.percent, one.break_minutes) == (percent or 0, breaks or 0)


def test_of_two_extra_times_the_longer_counts_and_a_code_is_told_once() -> None:
    one = sit(
        *approved("ET25", DAY, percent=25), *approved("ET50", DAY, percent=40), *approved("ET25", LATER, percent=25)
    )
    assert (one.codes, one.percent, one.extra) == (("ET25", "ET50"), 40, 42)


def test_a_paper_that_tests_reading_takes_a_computer_reader_and_no_reader() -> None:
    reading = sit(*approved("RD", DAY), *approved("CR", DAY), tags=("tests_reading",))
    assert reading.codes == ("CR",)
    assert [(note.level, note.code) for note in reading.notes] == [("BLOCK", "tests_reading")]
    assert sit(*approved("RD", DAY), *approved("CR", DAY)).codes == ("RD", "CR")


@pytest.mark.parametrize(("subject", "codes"), [("HIST", ()), ("Chemistry", ("BD",))])
def test_some_subjects_bar_a_dictionary(subject: str, codes: tuple[str, ...]) -> None:
    assert sit(agreed("BD"), subject=subject).codes == codes


def test_an_approval_of_another_centre_or_of_a_lower_level_does_not_serve() -> None:
    facts = approved("ET25", DAY, percent=25)
    assert sit(*facts, entered_for=Candidate(CENTRE)).percent == 25
    elsewhere = sit(*facts, entered_for=Candidate("54321"))
    assert (elsewhere.codes, elsewhere.percent, elsewhere.notes[0].rule) == ((), 0, "R25")
    assert sit(*facts, level="A-LEVEL").percent == 0
    assert sit(agreed("WP"), entered_for=Candidate("54321"), level="A-LEVEL").codes == ("WP",)


def test_an_approval_that_has_run_out_by_the_exam_is_not_used() -> None:
    assert sit(*approved("ET25", date(2025, 3, 3), percent=25), sits_on=date(2027, 5, 3)).percent == 0
    assert sit(*approved("ET25", date(2025, 3, 3), percent=25), sits_on=date(2027, 5, 2)).percent == 25


@given(st.integers(1, 600), st.integers(25, 100), st.integers(0, 120))
def test_more_time_never_ends_a_paper_sooner(minutes: int, percent: int, breaks: int) -> None:
    plain = sit(length_minutes=minutes)
    longer = sit(*approved("ET50", DAY, percent=percent), agreed("SRB", minutes=breaks), length_minutes=minutes)
    assert longer.finish_minutes >= plain.finish_minutes + breaks
    assert plain.finish_minutes == 540 + minutes


# Clashes


@pytest.mark.parametrize(
    ("papers", "percent", "said"),
    [
        ([(540, 90), (660, 105)], 25, [("AM", "move_one")]),
        ([(540, 60), (660, 75)], 0, [("AM", "sit_all")]),
        ([(540, 90), (810, 90)], 25, []),
        ([(540, 105), (810, 90), (910, 90)], 25, [("", "overnight_option"), ("PM", "move_one")]),
        ([(540, 100), (810, 60), (900, 60)], 0, [("PM", "sit_all")]),
        ([(540, 180)], 50, []),
    ],
)
def test_papers_of_one_candidate_that_meet_are_told_by_session_and_day(
    papers: list[tuple[int, int]], percent: int, said: list[tuple[str, str]]
) -> None:
    facts = approved("ET50", DAY, percent=percent) if percent else []
    sat = [
        sit(*facts, code=str(start), start_minutes=start, length_minutes=minutes, session="AM" if start < 720 else "PM")
        for start, minutes in papers
    ]
    assert [(session, outcome.code) for _, session, outcome in clashes(sat)] == said


def test_papers_of_two_days_do_not_meet() -> None:
    assert clashes([sit(length_minutes=180), sit(length_minutes=180, sits_on=date(2027, 5, 11))]) == []


# Who sits


def enter(house: House, subject: UUID, number: str, *papers: Paper) -> None:
    for one in papers:
        told(house, paper_id(one), PaperSet(**msgspec.structs.asdict(one), set_on=DAY))
    told(house, subject, CandidateNumbered(CENTRE, number, "", DAY), *(EntryMade(paper_id(one), DAY) for one in papers))


def test_those_who_sit_a_paper_are_told_by_number_with_what_they_may_use(house: House) -> None:
    first, second = year_11(house)
    one, other = paper(), paper(code="8702/2")
    enter(house, first, "0900", one)
    enter(house, second, "0100", one, other)
    told(house, first, *approved("ET25", DAY, percent=25))
    rows = attending(desk_of(house, "exams_officer"), {paper_id(one): one})
    assert list(rows) == [paper_id(one)]
    assert [(row.entered.number, row.sitting.finish_minutes) for row in rows[paper_id(one)] if row.sitting] == [
        ("0100", 645), ("0900", 672),
    ]  # fmt: skip


def test_whoever_may_not_read_entries_is_told_of_nobody(house: House) -> None:
    first, _ = year_11(house)
    enter(house, first, "0900", paper())
    assert attending(desk_of(house, "class_teacher"), {paper_id(paper()): paper()}) == {paper_id(paper()): []}


def test_whoever_may_not_read_arrangements_is_told_names_and_no_times(house: House) -> None:
    first, _ = year_11(house)
    enter(house, first, "0900", paper())
    told(house, first, *approved("ET25", DAY, percent=25))
    desk = house.desk(urn="139204")  # the operator: entries and papers alone
    (row,) = attending(desk, {paper_id(paper()): paper()})[paper_id(paper())]
    assert (row.entered.number, row.sitting) == ("0900", None)
    assert clashing([row, row]) == []


def test_clashes_are_told_by_day_then_number(house: House) -> None:
    first, second = year_11(house)
    long, longer = paper(length_minutes=100), paper(code="X", length_minutes=100, start_minutes=660)
    enter(house, first, "0900", long, longer)
    enter(house, second, "0100", long, longer)
    papers = {paper_id(one): one for one in (long, longer)}
    rows = attending(desk_of(house, "exams_officer"), papers)
    found = clashing(row for key in papers for row in rows[key])
    assert [(one.number, one.session, one.said.code) for one in found] == [
        ("0100", "AM", "move_one"), ("0900", "AM", "move_one"),
    ]  # fmt: skip
