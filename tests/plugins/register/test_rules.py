"""Provision, needs and ranks, changes of status, annual reviews, cells of exports."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plugins.register.rules
from core.law import Finding, in_force
from core.trying import rules_of
from plugins.register.codes import NEED_SETS, NEEDS, PROVISION_SETS, Code, pieces
from plugins.register.rules import (
    Need,
    NeedsRead,
    ProvisionRead,
    ProvisionRow,
    census_needs,
    need_findings,
    needs_from,
    no_sen_findings,
    nsa_findings,
    open_provision_findings,
    provision_date_findings,
    provision_findings,
    provision_from,
    provision_order_findings,
    rank_findings,
    review_due_by,
    review_meeting_by,
    status_change_findings,
)

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
DAYS = st.dates(date(1950, 1, 1), date(2999, 1, 1))

Codes = list[tuple[str, str]]


def codes(findings: tuple[Finding, ...]) -> Codes:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


def needs(*ranked: tuple[str, int]) -> tuple[Need, ...]:
    return tuple(Need(code, rank) for code, rank in ranked)


@pytest.mark.parametrize(
    ("code", "ended_on", "found"),
    [
        ("N", None, []),
        ("K", None, []),
        ("E", None, []),
        ("k", None, []),
        ("K", date(2026, 7, 31), []),
        ("S", None, [("error", "provision_ended")]),
        ("S", TODAY, [("error", "provision_ended")]),
        ("S", date(2018, 3, 31), []),  # history
        ("S", date(2018, 4, 1), [("error", "provision_ended")]),
        ("A", None, [("error", "provision_ended")]),
        ("P", date(2014, 8, 31), []),
        ("A", date(2015, 1, 31), []),  # its last day is not verified
        ("K", date(2014, 8, 31), [("warning", "provision_not_yet")]),
        ("X", None, [("error", "unknown_provision")]),
        ("", None, [("error", "unknown_provision")]),
    ],
)
def test_an_open_provision_is_n_k_or_e(code: str, ended_on: date | None, found: Codes) -> None:
    assert codes(provision_findings(code, ended_on)) == found


def test_a_provision_that_is_gone_says_until_when_it_stood() -> None:
    assert provision_findings("S", None)[0].says == (
        "S is no longer a provision: it belongs to history that ended by 31 March 2018."
    )


AUTUMN = ProvisionRow("K", date(2025, 9, 1), date(2025, 12, 31))
SPRING = ProvisionRow("K", date(2026, 1, 1), date(2026, 4, 30))
OPEN = ProvisionRow("E", date(2026, 5, 1))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((), []),
        ((AUTUMN, SPRING), []),
        ((AUTUMN, SPRING, OPEN), []),
        (
            (ProvisionRow("K", date(2025, 9, 1)), ProvisionRow("K", date(2026, 1, 1))),
            [("error", "two_open_provisions")],
        ),
    ],
)
def test_only_one_provision_is_open(rows: tuple[ProvisionRow, ...], found: Codes) -> None:
    assert codes(open_provision_findings(rows)) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((), []),
        ((OPEN,), []),
        ((AUTUMN, SPRING, OPEN), []),
        ((AUTUMN, ProvisionRow("E", date(2026, 1, 2))), [("warning", "provision_gap")]),
        ((AUTUMN, ProvisionRow("E", date(2025, 12, 31))), [("warning", "provision_overlap")]),
        ((ProvisionRow("K", date(2025, 9, 1)), OPEN), [("warning", "provision_overlap")]),
        ((AUTUMN, OPEN), [("warning", "provision_gap")]),
        ((ProvisionRow("N", date.min, date.max), OPEN), [("warning", "provision_overlap")]),
    ],
)
def test_a_provision_begins_the_day_after_the_last_one_ended(rows: tuple[ProvisionRow, ...], found: Codes) -> None:
    assert all(codes(provision_order_findings(order)) == found for order in permutations(rows))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=6))
def test_provisions_laid_end_to_end_are_in_order(lengths: list[int]) -> None:
    rows, starts_on = [], date(2020, 9, 1)
    for length in lengths:
        rows.append(ProvisionRow("K", starts_on, starts_on + (length - 1) * DAY))
        starts_on += length * DAY
    assert provision_order_findings((*rows, ProvisionRow("N", starts_on))) == ()


@pytest.mark.parametrize(
    ("row", "review_on", "found"),
    [
        (AUTUMN, None, []),
        (OPEN, date(2026, 5, 1), []),
        (ProvisionRow("K", date(2026, 5, 1), date(2026, 5, 1)), None, []),  # for one day
        (ProvisionRow("K", date(2026, 5, 1), date(2026, 4, 30)), None, [("error", "end_before_start")]),
        (OPEN, date(2026, 4, 30), [("error", "review_before_start")]),
        (ProvisionRow("K", date(2010, 1, 1)), None, [("error", "born_after_start")]),
    ],
)
def test_a_provision_starts_after_birth_and_before_its_end_and_review(
    row: ProvisionRow, review_on: date | None, found: Codes
) -> None:
    assert codes(provision_date_findings(row, date(2016, 8, 31), review_on)) == found


@pytest.mark.parametrize(
    ("code", "on_day", "found"),
    [
        ("DS", date(2024, 10, 3), [("warning", "need_not_yet")]),
        ("DS", date(2025, 1, 16), []),
        ("DS", date(2025, 1, 1), []),
        ("SpLD", TODAY, []),
        ("SPLD", TODAY, []),
        ("NSA", TODAY, []),
        ("SEMH", TODAY, []),
        ("BESD", TODAY, [("error", "need_ended")]),
        ("BESD", date(2013, 1, 17), []),
        ("dyslexia", TODAY, [("error", "unknown_need")]),
        ("Hearing impairment", TODAY, [("error", "unknown_need")]),  # a label is no code, but can be offered one
        ("XYZ", TODAY, [("error", "unknown_need")]),
        ("", TODAY, [("error", "unknown_need")]),
    ],
)
def test_a_need_belongs_to_the_code_set_of_its_day(code: str, on_day: date, found: Codes) -> None:
    assert codes(need_findings(code, on_day)) == found


@pytest.mark.parametrize(
    ("word", "offered"),
    [("dyslexia", "SPLD"), ("Dyslexia", "SPLD"), ("ADHD", "SEMH"), ("ASC", "ASD"), ("Hearing impairment", "HI")],
)
def test_a_word_that_is_no_code_is_refused_with_an_offer(word: str, offered: str) -> None:
    (finding,) = need_findings(word, TODAY)
    assert f"use {offered} " in finding.says


def test_the_census_takes_fourteen_needs_and_three_provisions_today() -> None:
    taken, provisions = in_force(NEED_SETS, TODAY), in_force(PROVISION_SETS, TODAY)
    assert taken
    assert len(taken.value) == 14
    assert provisions
    assert [code.code for code in provisions.value] == ["N", "K", "E"]


@given(st.dates())
def test_each_day_has_one_edition_of_each_code_set(day: date) -> None:
    for sets in (NEED_SETS, PROVISION_SETS):
        assert [edition.covers(day) for edition in sets].count(True) == 1


@pytest.mark.parametrize(
    ("provision", "recorded", "found"),
    [
        ("E", ("NSA",), [("warning", "nsa_with_plan")]),
        ("K", ("NSA",), [("note", "nsa_to_assess")]),
        ("K", ("SLCN", "NSA"), [("note", "nsa_to_assess")]),
        ("E", ("SLCN",), []),
        ("K", (), []),
        ("N", ("NSA",), []),
    ],
)
def test_nsa_asks_for_an_assessment_and_does_not_go_with_a_plan(
    provision: str, recorded: tuple[str, ...], found: Codes
) -> None:
    assert codes(nsa_findings(provision, recorded)) == found


@pytest.mark.parametrize(
    ("provision", "ranked", "found"),
    [
        ("K", needs(("SLCN", 1), ("ASD", 1)), [("error", "rank_tie")]),
        ("K", needs(("SLCN", 1), ("ASD", 2), ("PD", 3)), []),
        ("K", needs(("PD", 3), ("SLCN", 1), ("ASD", 2)), []),
        ("E", needs(("SLCN", 2)), [("error", "no_primary_need")]),
        ("N", needs(("SLCN", 2)), [("error", "no_primary_need")]),
        ("K", (), [("error", "no_primary_need")]),
        ("E", (), [("error", "no_primary_need")]),
        ("N", (), []),
        ("K", needs(("SLCN", 1), ("ASD", 3)), []),
        ("K", needs(("SLCN", 1), ("ASD", 2), ("PD", 2)), [("error", "rank_tie")]),
        ("K", needs(("SLCN", 1), ("ASD", 0)), [("error", "rank_out_of_range")]),
        ("K", needs(("SLCN", 1), ("ASD", 100)), [("error", "rank_out_of_range")]),
        ("K", needs(("SLCN", 1), ("SLCN", 2)), [("warning", "need_twice")]),
    ],
)
def test_needs_have_one_primary_and_no_ties(provision: str, ranked: tuple[Need, ...], found: Codes) -> None:
    assert codes(rank_findings(provision, ranked)) == found


@given(st.lists(st.sampled_from([code.code for code in NEEDS]), unique=True, min_size=1))
def test_needs_ranked_in_their_order_are_always_right(recorded: list[str]) -> None:
    ranked = needs(*((code, rank) for rank, code in enumerate(recorded, start=1)))
    assert rank_findings("K", ranked) == ()
    assert census_needs(ranked[::-1]) == ranked[:2]


@pytest.mark.parametrize(
    ("ranked", "sent"),
    [
        (needs(("SLCN", 1), ("ASD", 2), ("PD", 3)), needs(("SLCN", 1), ("ASD", 2))),
        (needs(("ASD", 2), ("SLCN", 1)), needs(("SLCN", 1), ("ASD", 2))),
        (needs(("SLCN", 1), ("PD", 3)), needs(("SLCN", 1))),  # rank 3 is not the secondary need
        ((), ()),
    ],
)
def test_the_census_takes_the_first_two_needs(ranked: tuple[Need, ...], sent: tuple[Need, ...]) -> None:
    assert census_needs(ranked) == sent


@pytest.mark.parametrize(
    ("provision", "ranked", "in_sen_unit", "in_resourced", "found"),
    [
        ("N", (), False, False, []),
        ("N", needs(("SLCN", 1)), False, False, [("error", "needs_without_sen")]),
        ("N", (), True, False, [("error", "place_without_sen")]),
        ("N", (), False, True, [("error", "place_without_sen")]),
        ("N", needs(("SLCN", 1)), True, True, [("error", "needs_without_sen"), ("error", "place_without_sen")]),
        ("K", needs(("SLCN", 1)), True, False, []),
        ("E", needs(("SLCN", 1)), False, True, []),
    ],
)
def test_a_pupil_without_sen_has_neither_needs_nor_a_place(
    provision: str, ranked: tuple[Need, ...], in_sen_unit: bool, in_resourced: bool, found: Codes
) -> None:
    assert codes(no_sen_findings(provision, ranked, in_sen_unit, in_resourced)) == found


TOLD = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("before", "after", "on_day", "reason", "told_on", "final", "found"),
    [
        ("N", "K", TODAY, "Slow to read", TOLD, True, []),
        ("N", "K", TODAY, "Slow to read", None, True, [("error", "parents_not_told")]),
        ("N", "K", TODAY, "Slow to read", None, False, []),  # a draft
        (None, "K", TODAY, "Slow to read", None, True, [("error", "parents_not_told")]),
        ("N", "K", None, "Slow to read", TOLD, True, [("error", "no_day")]),
        ("N", "K", TODAY, " ", TOLD, True, [("error", "no_reason")]),
        ("N", "K", None, "", None, False, [("error", "no_day"), ("error", "no_reason")]),
        ("K", "N", TODAY, "Caught up", None, True, [("error", "parents_not_told")]),  # comes off the register
        ("E", "N", TODAY, "Plan ceased", None, True, [("error", "parents_not_told")]),
        ("K", "N", TODAY, "Caught up", TOLD, True, []),
        ("K", "E", TODAY, "Plan made", None, True, []),
        ("N", "E", TODAY, "Plan made", None, True, []),  # the authority's act, not the school's
        ("E", "K", TODAY, "Plan ceased", None, True, []),
    ],
)
def test_a_change_of_status_has_a_day_a_reason_and_parents_who_know(
    before: str | None, after: str, on_day: date | None, reason: str, told_on: date | None, final: bool, found: Codes
) -> None:
    assert codes(status_change_findings(before, after, on_day, reason, told_on, final)) == found


@pytest.mark.parametrize(
    ("made_on", "reviewed_on", "due_by", "meeting_by"),
    [
        (date(2025, 11, 20), None, date(2026, 11, 19), date(2026, 10, 22)),
        (date(2026, 1, 5), None, date(2027, 1, 4), date(2026, 12, 7)),
        (date(2028, 2, 29), None, date(2029, 2, 28), date(2029, 1, 31)),  # no matching day: month end
        (date(2025, 9, 1), None, date(2026, 8, 31), date(2026, 8, 3)),  # the eve of the anniversary
        (date(2024, 2, 29), None, date(2025, 2, 28), date(2025, 1, 31)),  # a leap day has no anniversary
        (date(2025, 9, 1), date(2026, 5, 5), date(2027, 5, 4), date(2027, 4, 6)),  # the last review counts
    ],
)
def test_a_review_is_due_by_the_eve_of_the_anniversary(
    made_on: date, reviewed_on: date | None, due_by: date, meeting_by: date
) -> None:
    assert review_due_by(made_on, reviewed_on) == due_by
    assert review_meeting_by(made_on, reviewed_on) == meeting_by


@given(DAYS)
def test_a_later_plan_is_never_due_earlier(day: date) -> None:
    assert review_due_by(day) <= review_due_by(day + DAY)
    assert review_meeting_by(day) <= review_meeting_by(day + DAY)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("K - SEN Support", ProvisionRead("K", history=False)),
        ("SEN Support", ProvisionRead("K", history=False)),
        ("SEN Support (K)", ProvisionRead("K", history=False)),
        ("K", ProvisionRead("K", history=False)),
        (" k ", ProvisionRead("K", history=False)),
        ("EHCP", ProvisionRead("E", history=False)),
        ("E", ProvisionRead("E", history=False)),
        ("Education, Health and Care Plan", ProvisionRead("E", history=False)),
        ("Education, Health & Care Plan (EHCP)", ProvisionRead("E", history=False)),
        ("E \u2013 Education, Health and Care Plan", ProvisionRead("E", history=False)),
        ("N - No Special Educational Need", ProvisionRead("N", history=False)),
        ("S - Statement", ProvisionRead("S", history=True)),
        ("School Action+", ProvisionRead("P", history=True)),
        ("School Action", ProvisionRead("A", history=True)),
        ("SEN Sup", None),
        ("SEN Support (ended)", None),
        ("Z - SEN Support", None),
        ("K - E", None),
        ("N/A", None),
        ("", None),
    ],
)
def test_a_provision_is_read_by_code_or_by_label(text: str, read: ProvisionRead | None) -> None:
    assert provision_from(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Speech, language and communication needs (SLCN)", ("SLCN",)),
        ("Specific learning difficulty (SPLD); Hearing impairment (HI)", ("SPLD", "HI")),
        ("Social, emotional and mental health", ("SEMH",)),
        ("Other difficulty/disability", ("OTH",)),
        ("Other difficulty / disability / ASD", ("OTH", "ASD")),
        ("SLCN", ("SLCN",)),
        ("SpLD", ("SPLD",)),
        ("SLCN - Speech, language and communication needs", ("SLCN",)),
        ("Multi-sensory impairment (MSI)", ("MSI",)),  # its dash is not one after a code
        ("Hearing impairment (VI)", ("VI",)),  # the code beats the label
        ("Autism (ASD)", ("ASD",)),
        ("Down's syndrome", ("DS",)),
        ("Down\u2019s syndrome", ("DS",)),
        ("SEN support but no specialist assessment of type of need (NSA)", ("NSA",)),
        ("SLCN/ASD", ("SLCN", "ASD")),
        ("SLCN | ASD\nHI; VI;", ("SLCN", "ASD", "HI", "VI")),
        ("SLCN, ASD", ("SLCN", "ASD")),  # codes between commas
        ("Vision impairment, Speech, language and communication needs, SEMH", ("VI", "SLCN", "SEMH")),
        ("Hearing impairment/Speech, language and communication needs (SLCN)", ("HI", "SLCN")),
        ("", ()),
        (" ; ", ()),
    ],
)
def test_needs_are_read_from_a_cell_in_its_order(text: str, read: tuple[str, ...]) -> None:
    assert needs_from(text, TODAY) == NeedsRead(read, ())


@pytest.mark.parametrize(
    ("text", "read", "found"),
    [
        ("dyslexia", (), [("error", "unknown_need")]),
        ("SLCN; dyslexia", ("SLCN",), [("error", "unknown_need")]),
        ("SLCN/dyslexia", ("SLCN",), [("error", "unknown_need")]),
        ("Hearing impairment (mild)", (), [("error", "unknown_need")]),
        ("SLCN - ASD", (), [("error", "unknown_need")]),  # two codes, and neither is dropped
        ("SLCN/left-handed", (), [("error", "unknown_need")]),  # not cut where a part would be unknown
        ("BESD", ("BESD",), [("error", "need_ended")]),
    ],
)
def test_words_that_are_no_need_come_back_as_findings(text: str, read: tuple[str, ...], found: Codes) -> None:
    assert needs_from(text, TODAY).codes == read
    assert codes(needs_from(text, TODAY).findings) == found


def test_a_cell_is_judged_by_its_day() -> None:
    read = needs_from("Down syndrome (DS)", date(2024, 10, 3))
    assert read.codes == ("DS",)
    assert codes(read.findings) == [("warning", "need_not_yet")]


@given(
    st.lists(st.sampled_from([code for code in NEEDS if code.code != "BESD"]), min_size=1),
    st.sampled_from(["; ", "|", "\n", "/", ", "]),
    st.sampled_from(["{0.code}", "{0.name}", "{0.name} ({0.code})", "{0.code} - {0.name}"]),
)
def test_what_is_listed_in_any_manner_is_read_back(listed: list[Code], separator: str, manner: str) -> None:
    cell = separator.join(manner.format(code) for code in listed)
    assert needs_from(cell, TODAY) == NeedsRead(tuple(code.code for code in listed), ())


@given(st.text(), st.text())
def test_any_text_can_be_asked_for_needs_and_a_provision(text: str, other: str) -> None:
    assert provision_from(text) is None or text.strip()
    assert len(needs_from(f"{text};{other}", TODAY).codes) <= len(text) + len(other)


def test_a_long_cell_is_cut_in_one_pass() -> None:
    asked = []

    def known(piece: str) -> bool:
        asked.append(piece)
        return piece == "SLCN"

    cell = "SLCN," * 1000 + "unknown"
    assert list(pieces(cell, known)) == [cell]
    assert len(asked) < 10_000


def test_every_rule_of_the_register_says_its_source_and_its_words() -> None:
    rules = rules_of("register", plugins.register.rules)
    assert len(rules) == 14
    assert all(rule.citation.source and rule.citation.rule and rule.wording for rule in rules)
    assert all(rule.citation.address for rule in rules if rule.citation.verified)


def test_a_rule_is_tried_with_typed_words() -> None:
    rules = {rule.name: rule for rule in rules_of("register", plugins.register.rules)}
    assert rules["register.review_due_by"].try_with({"made_on": "2025-09-01"}).says == "31 August 2026"
    tied = {"provision": "K", "needs": '[{"code": "SLCN", "rank": 1}, {"code": "ASD", "rank": 1}]'}
    says = "Two needs share a rank. Give each need a rank of its own."
    assert rules["register.rank_findings"].try_with(tied).says == says
