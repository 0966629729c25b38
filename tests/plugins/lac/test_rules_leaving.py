"""After care: funding, proof, either premium, census codes of leaving and of kinship care."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import Finding, errors
from plugins.lac.codes import LEAVING_REASONS
from plugins.lac.rules import (
    CareStretch,
    ClaimDays,
    Funding,
    LeavingCodes,
    census_code_for,
    earliest_funding,
    either_not_both,
    is_previously_looked_after,
    kinship_findings,
    kinship_is_asked,
    premium_route,
    previous_care_findings,
)

DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 4, 1), date(2150, 1, 1))


def codes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Level and code of each finding; each says something."""
    assert all(finding.says for finding in findings)
    return [(finding.level, finding.code) for finding in findings]


IN_2028 = Funding(date(2027, 10, 7), date(2028, 4, 1), "2028-29")


@pytest.mark.parametrize(
    ("order_on", "seen_on", "alternative", "funding"),
    [
        pytest.param(date(2026, 11, 20), date(2026, 12, 1), False, IN_2028, id="rule 19"),
        pytest.param(date(2026, 9, 1), date(2026, 10, 2), False, IN_2028, id="the proof a day after the census"),
        pytest.param(
            date(2026, 9, 1),
            date(2026, 10, 1),
            False,
            Funding(date(2026, 10, 1), date(2027, 4, 1), "2027-28"),
            id="on the census day",
        ),
        pytest.param(date(2026, 10, 2), date(2026, 9, 1), False, IN_2028, id="the order a day after the census"),
        pytest.param(date(2027, 10, 7), date(2027, 10, 7), False, IN_2028, id="on the next census day"),
        pytest.param(
            date(2026, 11, 20),
            date(2026, 12, 1),
            True,
            Funding(date(2027, 1, 21), date(2027, 4, 1), "2027-28"),
            id="alternative provision",
        ),
        pytest.param(
            date(2026, 11, 20),
            date(2027, 1, 22),
            True,
            Funding(date(2028, 1, 20), date(2028, 4, 1), "2028-29"),
            id="alternative provision, a day late",
        ),
        pytest.param(
            date(2024, 9, 1),
            date(2024, 10, 3),
            False,
            Funding(date(2024, 10, 3), date(2025, 4, 1), "2025-26"),
            id="the first year that is known",
        ),
        pytest.param(date(2023, 5, 1), date(2023, 5, 1), False, None, id="before it"),
    ],
)
def test_a_school_is_paid_from_the_april_after_the_census_that_counts_the_pupil(
    order_on: date, seen_on: date, alternative: bool, funding: Funding | None
) -> None:
    assert earliest_funding(order_on, seen_on, alternative) == funding


@given(DAYS, st.booleans())
def test_a_proof_seen_later_never_pays_sooner(seen_on: date, alternative: bool) -> None:
    now, later = (earliest_funding(date(2024, 1, 1), day, alternative) for day in (seen_on, seen_on + DAY))
    assert now
    assert later
    assert seen_on <= now.counted_on < now.paid_from <= later.paid_from
    assert now.counted_on.weekday() == 3


@pytest.mark.parametrize("code", ["A", "G", "C", "R", "O"])
def test_a_code_of_previous_care_says_yes(code: str) -> None:
    assert is_previously_looked_after(code) is True


@given(st.sampled_from(["N", "", "n", "X"]) | st.text())
def test_no_code_ever_says_that_a_child_was_not_in_care(code: str) -> None:
    assert is_previously_looked_after(code) is not False
    assert is_previously_looked_after("N") is None


SEEN = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("code", "evidence", "seen_on", "seen_by", "copy_kept", "found"),
    [
        pytest.param("A", "adoption_order", SEEN, "Ms Okoro", False, [], id="rule 20"),
        pytest.param("O", "care_abroad", SEEN, "Ms Okoro", False, [], id="rule 20, from abroad"),
        pytest.param("G", "authority_letter", SEEN, "Ms Okoro", False, [], id="rule 20, a letter"),
        pytest.param("C", "", SEEN, "Ms Okoro", False, [("error", "no_evidence")], id="rule 20, no evidence"),
        pytest.param("R", "residence_order", None, "Ms Okoro", False, [("error", "no_day_seen")], id="rule 20, no day"),
        pytest.param("A", "adoption_order", SEEN, " ", False, [("error", "nobody_saw")], id="rule 20, nobody"),
        pytest.param("A", "adoption_order", SEEN, "Ms Okoro", True, [("warning", "copy_kept")], id="rule 20, a scan"),
        pytest.param("N", "", None, "", False, [("note", "not_declared")], id="rule 20, not declared"),
        ("G", "adoption_order", SEEN, "Ms Okoro", False, [("warning", "other_evidence")]),
        ("G", "word of mouth", SEEN, "Ms Okoro", False, [("error", "no_evidence")]),
        ("A", "", None, "", False, [("error", "no_evidence"), ("error", "no_day_seen"), ("error", "nobody_saw")]),
        ("X", "", None, "", False, [("error", "unknown_code")]),
    ],
)
def test_a_code_of_previous_care_stands_on_proof(
    code: str, evidence: str, seen_on: date | None, seen_by: str, copy_kept: bool, found: list[tuple[str, str]]
) -> None:
    assert codes(previous_care_findings(code, evidence, seen_on, seen_by, copy_kept)) == found


ENDS = date(2027, 1, 4)
OPEN, ENDED = CareStretch(date(2026, 10, 19)), CareStretch(date(2026, 10, 19), ENDS)


@pytest.mark.parametrize(
    ("care", "code", "code_from", "on_day", "route"),
    [
        pytest.param((ENDED,), "G", ENDS, ENDS - DAY, "authority", id="rule 21, the eve"),
        pytest.param((ENDED,), "G", ENDS, ENDS, "school", id="rule 21, from the day care ends"),
        pytest.param((OPEN,), "A", date(2019, 5, 1), ENDS, "authority", id="rule 21, back in care"),
        ((OPEN,), "A", date(2019, 5, 1), date(2026, 10, 18), "school"),
        ((), "A", ENDS, ENDS - DAY, None),
        ((), "N", ENDS, ENDS, None),
        ((), "A", None, ENDS, None),
        ((ENDED,), "N", None, ENDS, None),
    ],
)
def test_the_premium_goes_one_way_on_each_day(
    care: tuple[CareStretch, ...], code: str, code_from: date | None, on_day: date, route: str | None
) -> None:
    assert premium_route(care, code, code_from, on_day) == route


@pytest.mark.parametrize(
    ("care", "code", "code_from", "on_day", "found"),
    [
        pytest.param((OPEN,), "G", ENDS, ENDS, ["code_in_care"], id="rule 21, care is open"),
        pytest.param((OPEN,), "A", date(2019, 5, 1), ENDS, ["code_in_care"], id="rule 21, a code from before"),
        pytest.param((ENDED,), "G", ENDS, ENDS, [], id="rule 21, from the day care ends"),
        pytest.param((ENDED,), "G", ENDS - DAY, ENDS, ["code_in_care"], id="rule 21, a day too soon"),
        ((OPEN,), "N", ENDS, ENDS, []),
        ((OPEN,), "A", None, ENDS, []),
        ((ENDED,), "A", date(2019, 5, 1), ENDS, []),  # counted before and after
    ],
)
def test_a_code_does_not_count_in_care(
    care: tuple[CareStretch, ...], code: str, code_from: date | None, on_day: date, found: list[str]
) -> None:
    assert codes(either_not_both(care, code, code_from, on_day)) == [("error", one) for one in found]


@pytest.mark.parametrize(
    ("care", "claim", "blocked"),
    [
        pytest.param((ENDED,), ClaimDays(date(2026, 11, 12), ENDS), False, id="rule 21, up to that day"),
        pytest.param((ENDED,), ClaimDays(date(2026, 11, 12), ENDS + DAY), True, id="rule 21, after that day"),
        pytest.param((ENDED,), ClaimDays(ENDS + DAY, ENDS + DAY), True, id="rule 21, wholly after"),
        ((ENDED,), ClaimDays(date(2026, 10, 18), ENDS), True),  # before care
        ((OPEN,), ClaimDays(date(2026, 11, 12), date(2027, 7, 21)), False),
        ((ENDED, CareStretch(ENDS)), ClaimDays(date(2026, 11, 12), date(2027, 7, 21)), False),  # one after the other
        ((ENDED, CareStretch(ENDS + DAY)), ClaimDays(date(2026, 11, 12), date(2027, 7, 21)), False),
        ((ENDED, CareStretch(ENDS + 2 * DAY)), ClaimDays(date(2026, 11, 12), date(2027, 7, 21)), True),
        ((), ClaimDays(ENDS, ENDS), True),
    ],
)
def test_the_authority_pays_for_days_in_care(care: tuple[CareStretch, ...], claim: ClaimDays, blocked: bool) -> None:
    found = either_not_both(care, "N", None, ENDS, (claim,))
    assert codes(found) == [("error", "claim_outside_care")] * blocked


@given(st.lists(st.tuples(DAYS, st.integers(0, 300) | st.none()), max_size=4), DAYS, st.integers(-1, 400))
def test_a_claim_stands_where_each_of_its_days_is_one_in_care(
    stretches: list[tuple[date, int | None]], from_on: date, length: int
) -> None:
    care = tuple(CareStretch(day, None if n is None else day + n * DAY) for day, n in stretches)
    days = [from_on + n * DAY for n in range(length + 1)]
    stands = all(any(one.from_on <= day <= (one.ended_on or date.max) for one in care) for day in days)
    found = either_not_both(care, "N", None, ENDS, (ClaimDays(from_on, from_on + length * DAY),))
    assert stands == (not found)


def test_claims_of_centuries_are_judged_at_once() -> None:
    care = tuple(CareStretch(date(1900, 1, 1) + n * DAY, date(2199, 12, 31)) for n in range(100))
    claims = tuple(ClaimDays(date(1900, 1, 1), date(2199, 12, 31)) for _ in range(100))
    assert either_not_both(care, "N", None, ENDS, claims) == ()


@given(st.lists(st.tuples(DAYS, st.integers(0, 900) | st.none()), max_size=4), st.sampled_from("ANG"), DAYS, DAYS)
def test_whoever_is_paid_by_the_school_s_code_is_not_in_care(
    stretches: list[tuple[date, int | None]], code: str, code_from: date, on_day: date
) -> None:
    care = tuple(CareStretch(day, None if n is None else day + n * DAY) for day, n in stretches)
    route = premium_route(care, code, code_from, on_day)
    if route == "school":
        assert not any(one.from_on <= on_day and (one.ended_on or date.max) > on_day for one in care)
    if route == "authority" and code != "N" and code_from <= on_day:
        assert errors(either_not_both(care, code, code_from, on_day))


AFTER = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("reason", "ended_on", "code", "kinship", "found"),
    [
        pytest.param("E47", AFTER, "G", "KF", [], id="rule 22, E47"),
        pytest.param("E46", AFTER, "G", "ND", [], id="rule 22, E46"),
        pytest.param("E4A", AFTER, "N", None, [("note", "ask_kinship")], id="rule 22, E4A"),
        pytest.param("E15", AFTER, None, None, [("error", "unknown_reason")], id="rule 22, not in the map"),
        pytest.param("", AFTER, None, None, [("error", "unknown_reason")], id="rule 22, no code"),
        ("E11", AFTER, "A", "ND", []),
        ("E12", AFTER, "A", "ND", []),
        ("E45", AFTER, "G", "KF", []),
        ("E48", AFTER, "G", "ND", []),
        ("E4B", AFTER, "N", None, [("note", "ask_kinship")]),
        ("E13", AFTER, "N", None, [("note", "ask_kinship")]),
        ("E41", date(2014, 4, 22), "C", None, [("note", "ask_kinship")]),
        ("E41", date(2014, 4, 21), "R", None, [("note", "ask_kinship")]),
        ("E3", AFTER, None, None, [("note", "still_looked_after")]),
    ],
)
def test_why_care_ended_gives_the_census_codes(
    reason: str, ended_on: date, code: str | None, kinship: str | None, found: list[tuple[str, str]]
) -> None:
    told = census_code_for(reason, ended_on)
    assert (told.code, told.kinship, codes(told.findings)) == (code, kinship, found)


@given(st.text())
def test_what_is_not_in_the_map_is_for_a_person(reason: str) -> None:
    known = any(reason in edition.value for edition in LEAVING_REASONS)
    assert bool(errors(census_code_for(reason, AFTER).findings)) is not known
    if not known:
        assert census_code_for(reason, AFTER) == LeavingCodes(None, None, census_code_for(reason, AFTER).findings)


@pytest.mark.parametrize(
    ("code", "on_day", "found"),
    [
        pytest.param("KF", AFTER, [], id="rule 23, KF"),
        pytest.param("KI", AFTER, [], id="rule 23, KI"),
        pytest.param("KU", AFTER, [], id="rule 23, KU"),
        ("ND", AFTER, []),
        pytest.param("KF", date(2026, 8, 31), [("note", "kinship_not_yet")], id="rule 23, before Autumn 2026"),
        ("K", AFTER, [("error", "unknown_kinship")]),
        ("", AFTER, [("error", "unknown_kinship")]),
    ],
)
def test_a_kinship_code_is_one_of_four(code: str, on_day: date, found: list[tuple[str, str]]) -> None:
    assert codes(kinship_findings(code, on_day)) == found


@pytest.mark.parametrize(
    ("census", "on_day", "nursery_school", "asked"),
    [
        pytest.param("autumn", date(2026, 10, 1), False, True, id="rule 23"),
        pytest.param("autumn", date(2025, 10, 2), False, False, id="rule 23, the year before"),
        pytest.param("autumn", date(2026, 10, 1), True, False, id="rule 23, a nursery school"),
        pytest.param("spring", date(2027, 1, 21), False, False, id="rule 23, spring"),
        pytest.param("summer", date(2027, 5, 20), False, False, id="rule 23, summer"),
    ],
)
def test_the_autumn_census_asks_for_kinship_care(
    census: Literal["autumn", "spring", "summer"], on_day: date, nursery_school: bool, asked: bool
) -> None:
    assert kinship_is_asked(census, on_day, nursery_school) is asked
