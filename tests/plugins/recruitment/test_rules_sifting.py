"""Scoring against the person specification, ranks, ties at the cut, gates and duplicates."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding
from plugins.recruitment.rules import (
    Criterion,
    Ranked,
    cut_findings,
    far_apart,
    gate_findings,
    goes_forward,
    may_see_sheets,
    one_decimal,
    ranking,
    scored_criteria,
    sheet_findings,
    spread_findings,
)

Sheet = Mapping[str, int]

WEIGHTS = {"K1": 3, "K2": 2, "E4": 1}


def sheets(*rows: tuple[int, int, int]) -> tuple[Sheet, ...]:
    return tuple(dict(zip(WEIGHTS, row, strict=True)) for row in rows)


MARKS = {
    "A": sheets((3, 2, 1), (2, 2, 1)),
    "B": sheets((2, 3, 2), (2, 3, 2)),
    "C": sheets((3, 2, 1), (3, 1, 1)),
    "D": sheets((2, 2, 3), (3, 2, 2)),
}


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    """Code and field of each finding, all of them errors; each says something."""
    assert all(finding.says and finding.level == "error" for finding in findings)
    return [(finding.code, finding.field) for finding in findings]


def places(ranked: tuple[Ranked, ...]) -> dict[str, int]:
    return {one.applicant: one.place for one in ranked}


def test_rule_36_ranks_by_weight_and_mean_mark() -> None:
    ranked = ranking(WEIGHTS, MARKS)
    assert {one.applicant: one.score for one in ranked} == {"A": "25/2", "B": "14", "C": "13", "D": "14"}
    assert {one.applicant: one_decimal(one.score) for one in ranked} == {
        "A": "12.5",
        "B": "14.0",
        "C": "13.0",
        "D": "14.0",
    }
    assert places(ranked) == {"B": 1, "D": 1, "C": 3, "A": 4}
    assert [one.applicant for one in ranked] == ["B", "D", "C", "A"]


def test_rule_37_the_essential_subtotal_may_tell_equals_apart() -> None:
    ranked = ranking(WEIGHTS, MARKS, essential=("K1", "K2"), essential_breaks_ties=True)
    assert {one.applicant: one_decimal(one.essential) for one in ranked if one.applicant in "BD"} == {
        "B": "12.0",
        "D": "11.5",
    }
    assert places(ranked) == {"B": 1, "D": 2, "C": 3, "A": 4}
    assert places(ranking(WEIGHTS, MARKS, essential=("K1", "K2"))) == {"B": 1, "D": 1, "C": 3, "A": 4}


def test_rule_38_nothing_desirable_outweighs_an_unmet_essential() -> None:
    weights = {"Q": 1, "R": 1, "wish": 9}
    marks: Mapping[str, tuple[Sheet, ...]] = {
        "neither": ({"Q": 0, "R": 0, "wish": 3},) * 2,
        "one": ({"Q": 1, "R": 0, "wish": 3}, {"Q": 3, "R": 1, "wish": 3}),
        "both": ({"Q": 1, "R": 1, "wish": 0}, {"Q": 1, "R": 1, "wish": 0}),
    }
    ranked = ranking(weights, marks, essential=("Q", "R"))
    assert places(ranked) == {"both": 1, "one": 2, "neither": 3}
    assert {one.applicant: one.unmet for one in ranked} == {"both": (), "one": ("R",), "neither": ("Q", "R")}


@pytest.mark.parametrize(
    ("weights", "marks"),
    [
        ({"K1": 0}, {}),
        ({"K1": -1}, {}),
        ({"K1": 1}, {"A": ()}),
        ({"K1": 1}, {"A": ({"K1": 2},)}),
        ({"K1": 1, "K2": 1}, {"A": ({"K1": 2, "K2": 2}, {"K1": 2})}),
    ],
)
def test_what_cannot_be_ranked_is_said(weights: dict[str, int], marks: dict[str, tuple[Sheet, ...]]) -> None:
    with pytest.raises(ValueError, match=r"must be 1 or more|not scored by two|without a mark"):
        ranking(weights, marks)


SCORES = st.integers(0, 3)
FIELDS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3),
    st.lists(st.fixed_dictionaries(dict.fromkeys(WEIGHTS, SCORES)), min_size=2, max_size=4).map(tuple),
    max_size=6,
)
ESSENTIAL = st.sets(st.sampled_from(list(WEIGHTS))).map(tuple)


@given(FIELDS, ESSENTIAL, st.booleans(), st.randoms())
def test_neither_names_nor_their_order_move_anybody(
    marks: dict[str, tuple[Sheet, ...]], essential: tuple[str, ...], breaks: bool, shuffler: object
) -> None:
    before = places(ranking(WEIGHTS, marks, essential, breaks))
    shuffled = list(marks)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis does not name the type it draws
    renamed = {applicant: f"{at:03}" for at, applicant in enumerate(shuffled)}
    after = places(ranking(WEIGHTS, {renamed[one]: marks[one] for one in shuffled}, essential, breaks))
    assert {renamed[one]: place for one, place in before.items()} == after


@given(FIELDS, ESSENTIAL, st.booleans())
def test_a_place_is_one_more_than_those_ahead(
    marks: dict[str, tuple[Sheet, ...]], essential: tuple[str, ...], breaks: bool
) -> None:
    ranked = ranking(WEIGHTS, marks, essential, breaks)
    assert [one.place for one in ranked] == sorted(one.place for one in ranked)
    for one in ranked:
        assert one.place == 1 + sum(other.place < one.place for other in ranked)
    for one in ranked:
        for other in ranked:
            if len(one.unmet) < len(other.unmet) or (
                len(one.unmet) == len(other.unmet) and Fraction(one.score) > Fraction(other.score)
            ):
                assert one.place < other.place


@given(FIELDS, st.sampled_from(list(WEIGHTS)), st.data())
def test_a_better_mark_never_costs_a_place(
    marks: dict[str, tuple[Sheet, ...]], criterion: str, data: st.DataObject
) -> None:
    if not marks:
        return
    who = data.draw(st.sampled_from(list(marks)))
    first, *others = marks[who]
    better = {**marks, who: ({**first, criterion: min(first[criterion] + 1, 3)}, *others)}
    assert places(ranking(WEIGHTS, better))[who] <= places(ranking(WEIGHTS, marks))[who]


@pytest.mark.parametrize(
    ("score", "shown"),
    [
        ("0", "0.0"),
        ("14", "14.0"),
        ("25/2", "12.5"),
        ("37/3", "12.3"),
        ("38/3", "12.7"),
        ("1/20", "0.1"),
        ("1/21", "0.0"),
    ],
)
def test_a_score_is_shown_with_one_decimal(score: str, shown: str) -> None:
    assert one_decimal(score) == shown


RANKED = ranking(WEIGHTS, MARKS)


@pytest.mark.parametrize(
    ("wanted", "forward"), [(0, ()), (1, ("B", "D")), (2, ("B", "D")), (3, ("B", "D", "C")), (9, ("B", "D", "C", "A"))]
)
def test_rule_37_all_who_are_tied_at_the_cut_go_forward(wanted: int, forward: tuple[str, ...]) -> None:
    assert goes_forward(RANKED, wanted) == forward


@pytest.mark.parametrize(
    ("chosen", "reason", "found"),
    [
        (("D", "B"), "", []),
        (("B",), "", ["left_out"]),
        (("B",), "D withdrew by telephone", []),
        (("B", "D", "C"), "", ["taken_in"]),
        (("B", "C"), " ", ["left_out", "taken_in"]),
    ],
)
def test_other_than_by_score_the_panel_gives_a_reason(chosen: tuple[str, ...], reason: str, found: list[str]) -> None:
    assert codes(cut_findings(RANKED, 1, chosen, reason)) == [(code, "reason") for code in found]


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ({"K1": 0, "K2": 3}, []),
        ({"K1": 1}, [("not_marked", "K2")]),
        ({}, [("not_marked", "K1"), ("not_marked", "K2")]),
        ({"K1": 4, "K2": -1}, [("not_a_mark", "K1"), ("not_a_mark", "K2")]),
        ({"K1": 1, "K2": 1, "P6": 1}, [("no_such_criterion", "P6")]),
    ],
)
def test_a_sheet_has_a_mark_from_0_to_3_for_each_criterion(marks: Sheet, found: list[tuple[str, str]]) -> None:
    assert codes(sheet_findings(marks, ("K1", "K2"))) == found


@pytest.mark.parametrize(
    ("given_by", "moderated", "found"),
    [
        ({}, False, [("too_few_scorers", None)]),
        ({"one": {"K1": 3}}, True, [("too_few_scorers", None)]),
        ({"one": {"K1": 3, "K2": 1}, "two": {"K1": 2, "K2": 1}}, False, []),
        ({"one": {"K1": 3, "K2": 0}, "two": {"K1": 1, "K2": 1}}, False, [("moderation_wanted", "K1")]),
        ({"one": {"K1": 3}, "two": {"K1": 1}}, True, []),
        ({"one": {"K1": 1}, "two": {"K1": 2}, "three": {"K1": 3}}, False, [("moderation_wanted", "K1")]),
    ],
)
def test_scorers_far_apart_write_a_note(
    given_by: dict[str, Sheet], moderated: bool, found: list[tuple[str, str | None]]
) -> None:
    assert codes(spread_findings(given_by, moderated)) == found


def test_scorers_are_far_apart_from_two_marks() -> None:
    assert far_apart({"one": {"a": 0, "b": 0, "c": 3}, "two": {"a": 1, "b": 2, "c": 0}}) == ("b", "c")


@pytest.mark.parametrize(
    ("person", "handed_in", "may"),
    [
        ("one", (), False),
        ("one", ("two",), False),
        ("one", ("one",), True),
        ("hr", ("one",), False),
        ("hr", ("one", "two"), True),
        ("three", ("one", "two"), True),
    ],
)
def test_nobody_sees_others_marks_before_giving_their_own(person: str, handed_in: tuple[str, ...], may: bool) -> None:
    assert may_see_sheets(person, ("one", "two"), handed_in) is may
    if person != "one":
        assert not may_see_sheets(person, ("one", "two", "late"), handed_in)


@pytest.mark.parametrize(
    ("met", "found"),
    [
        ({"Q1": True}, []),
        ({"Q1": False}, [("gate_not_met", "Q1")]),
        ({}, [("gate_not_judged", "Q1")]),
    ],
)
def test_a_gate_that_is_not_met_stops_shortlisting(met: dict[str, bool], found: list[tuple[str, str]]) -> None:
    assert codes(gate_findings(("Q1",), met)) == found


def test_rule_38_a_criterion_named_twice_counts_once() -> None:
    criteria = (
        Criterion("K5", "Communication skills", essential=False, weight=3),
        Criterion("E2", "Whole-school work", essential=True, weight=2),
        Criterion("P6", "communication  SKILLS.", essential=True, gate=True, weight=5),
        Criterion("P7", "Communicates", essential=True, weight=0),
        Criterion("x", "", essential=False),
        Criterion("y", "-", essential=False),
    )
    assert scored_criteria(criteria) == (
        Criterion("K5", "Communication skills", essential=True, gate=True, weight=3),
        Criterion("E2", "Whole-school work", essential=True, weight=2),
        Criterion("x", "", essential=False),
        Criterion("y", "-", essential=False),
    )


def test_a_criterion_weighs_one_until_somebody_says_more() -> None:
    assert Criterion("K1", "Knows the SEND Code", essential=True).weight == 1
