"""The code sets behind the rules, and the rules as the rules page tries them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import Decoder

import plugins.lac.rules
from core.law import in_force
from core.trying import Rule, rules_of
from plugins.lac.codes import (
    CARE_KINDS,
    DEFAULT_CLOCKS,
    EVIDENCE_KINDS,
    GRADE_SCHEMES,
    KINSHIP_SETS,
    LEAVING_REASONS,
    LEGAL_STATUSES,
    LOOKED_AFTER_RATES,
    PREVIOUS_CARE_SETS,
    PREVIOUSLY_RATES,
    SDQ_BANDS,
    SDQ_REASONS,
    Clocks,
)

RULES = {rule.name: rule for rule in rules_of("lac", plugins.lac.rules)}


def test_the_legal_statuses_are_those_of_the_notes() -> None:
    assert list(LEGAL_STATUSES.value) == ["V2", "V3", "V4", "C1", "C2", "E1", "L1", "L2", "L3", "J1"]


def test_only_short_breaks_have_no_premium_and_ask_about_a_pep() -> None:
    breaks = {one.code for one in LEGAL_STATUSES.value.values() if one.looked_after == "during_breaks"}
    assert breaks == {one.code for one in LEGAL_STATUSES.value.values() if one.premium is None} == {"V3", "V4"}


def test_the_authority_holds_the_premium_while_looked_after_and_the_school_after_it() -> None:
    for kind in CARE_KINDS.value.values():
        assert (kind.premium == "authority") == (kind.looked_after is True), kind
    schools = {kind.code for kind in CARE_KINDS.value.values() if kind.premium == "school"}
    assert schools == {"previously_looked_after", "kinship_after_care"}


def test_every_census_code_of_previous_care_but_n_can_be_proved() -> None:
    proved = {code for kind in EVIDENCE_KINDS.value.values() for code in kind.proves}
    assert proved == set(PREVIOUS_CARE_SETS[-1].value) - {"N"}


@given(st.dates())
def test_a_day_never_has_two_editions(day: date) -> None:
    for editions in (PREVIOUS_CARE_SETS, KINSHIP_SETS, LEAVING_REASONS, LOOKED_AFTER_RATES, PREVIOUSLY_RATES):
        assert [edition.covers(day) for edition in editions].count(True) <= 1
    assert in_force(LEAVING_REASONS, day)
    assert in_force(PREVIOUS_CARE_SETS, day)


@pytest.mark.parametrize(
    ("on_day", "codes"),
    [(date(2022, 8, 31), {"N", "A", "G", "R", "C"}), (date(2022, 9, 1), {"N", "A", "G", "R", "C", "O"})],
)
def test_adoption_from_abroad_is_a_code_since_autumn_2022(on_day: date, codes: set[str]) -> None:
    edition = in_force(PREVIOUS_CARE_SETS, on_day)
    assert edition
    assert set(edition.value) == codes


def test_reasons_for_leaving_give_codes_that_there_are() -> None:
    for edition in LEAVING_REASONS:
        for reason in edition.value.values():
            assert reason.census is None or reason.census in PREVIOUS_CARE_SETS[-1].value
            assert reason.kinship is None or reason.kinship in KINSHIP_SETS[-1].value


@pytest.mark.parametrize("editions", [LOOKED_AFTER_RATES, PREVIOUSLY_RATES])
def test_a_rate_is_known_for_its_year_and_for_no_other(editions: tuple[object, ...]) -> None:
    rates = {"2024-25": 257_000, "2025-26": 263_000, "2026-27": None}
    assert {edition.name: edition.value for edition in editions} == rates  # type: ignore[attr-defined]
    assert in_force(LOOKED_AFTER_RATES, date(2024, 3, 31)) is None
    this_year = in_force(LOOKED_AFTER_RATES, date(2026, 11, 22))
    assert this_year
    assert (this_year.value, this_year.verified) == (None, False)


def test_every_score_has_one_band() -> None:
    bands = SDQ_BANDS.value
    assert [[band.lowest <= score <= band.highest for band in bands].count(True) for score in range(41)] == [1] * 41
    assert list(SDQ_REASONS.value) == ["SDQ1", "SDQ2", "SDQ3", "SDQ4", "SDQ5"]


def test_a_scheme_grades_in_its_own_colours_and_comes_to_an_end() -> None:
    for scheme in GRADE_SCHEMES.values():
        assert {step.grade for step in scheme.steps} <= set(scheme.colours)
        assert not scheme.steps or scheme.steps[-1].holds == ()
        assert (scheme.areas is None) == (not scheme.steps)


def test_the_clocks_to_begin_with_are_ten_and_twenty_days_and_not_verified() -> None:
    assert DEFAULT_CLOCKS.value == Clocks(start_days=10, complete_days=20, provision_days=20)
    assert not DEFAULT_CLOCKS.verified


def test_every_rule_of_the_notes_but_access_is_there() -> None:
    told = {int(rule.citation.rule.removeprefix("lac ")) for rule in RULES.values() if "lac " in rule.citation.rule}
    counted_alike = {2, 3, 5}  # examples of rule 1
    assert told | counted_alike | {13} == set(range(1, 39)) - {32}
    assert {rule.citation.rule for rule in RULES.values()} >= {"finance 18", "finance 34"}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_can_be_typed(rule: Rule) -> None:
    for parameter in rule.parameters:
        assert parameter.wants
        assert not parameter.as_json or isinstance(Decoder(parameter.hint), Decoder)


CALENDAR = '{"terms": [{"name": "A", "starts_on": "2026-11-02", "ends_on": "2026-12-18"}]}'


@pytest.mark.parametrize(
    ("name", "given_words", "says"),
    [
        ("started_by", {"looked_after_on": "2026-10-19", "clocks": '{"start_days": 10}'}, "2 November 2026"),
        ("complete_by", {"looked_after_on": "2026-10-19", "clocks": '{"start_days": 10}'}, "none"),
        ("practical_day", {"due_by": "2026-12-18", "calendar": CALENDAR}, "18 December 2026"),
        (
            "late",
            {"due_by": "2026-11-16", "today": "2026-11-20", "handings": '[{"kind": "sent", "on_day": "2026-11-18"}]'},
            "whose school, school days 2, authority days 2, notified late no",
        ),
        ("split_by_term", {"pence": "263000"}, "87667; 87667; 87666"),
        ("grade", {"scheme": "St Helens v1", "areas": '["red"]'}, None),
        ("move_findings", {"from_state": "ready", "to_state": "sent"}, "none"),
        ("census_code_for", {"reason": "E47", "ended_on": "2026-11-20"}, "code G, kinship KF, findings none"),
        ("persistent_absence", {"missed": "13", "sessions": "128"}, "yes"),
        ("pep_duty_ends", {"born_on": "2009-02-03", "ends": "academic_year"}, "31 August 2027"),
    ],
)
def test_a_rule_answers_what_is_typed(name: str, given_words: dict[str, str], says: str | None) -> None:
    rule = RULES[f"lac.{name}"]
    if says is None:
        with pytest.raises(ValueError, match="counts 8 areas"):
            rule.try_with(given_words)
    else:
        assert rule.try_with(given_words).says == says
