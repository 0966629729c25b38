"""The £6,000 test, leavers, and the places of a unit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.law import errors, in_force
from plugins.finance.codes import THRESHOLDS, Places
from plugins.finance.rules import (
    Elements,
    Leaver,
    PartOfYear,
    above_threshold,
    by_month,
    leaver,
    part_of_year,
    request_findings,
    threshold,
    unit_places,
)

WHOLE = 600_000
PENCE = st.integers(0, 10**7)


@pytest.mark.parametrize(
    ("cost_pence", "threshold_pence", "elements"),
    [
        pytest.param(841_250, WHOLE, Elements(600_000, 241_250), id="rule 8"),
        pytest.param(599_999, WHOLE, Elements(599_999, 0), id="rule 8, a penny below"),
        pytest.param(600_001, WHOLE, Elements(600_000, 1), id="rule 8, a penny above"),
        (600_000, WHOLE, Elements(600_000, 0)),
        pytest.param(612_000, 350_000, Elements(350_000, 262_000), id="rule 9"),
        pytest.param(350_000, 350_000, Elements(350_000, 0), id="rule 9, just the threshold"),
        pytest.param(350_001, 350_000, Elements(350_000, 1), id="rule 9, a penny above"),
    ],
)
def test_an_authority_pays_what_lies_above_the_threshold(
    cost_pence: int, threshold_pence: int, elements: Elements
) -> None:
    assert above_threshold(cost_pence, threshold_pence) == elements


@pytest.mark.parametrize(
    ("part", "pence"),
    [
        pytest.param(part_of_year(2026, "months", date(2027, 2, 1)), 350_000, id="rule 9, months"),
        pytest.param(part_of_year(2026, "days", date(2027, 2, 1)), 348_493, id="rule 10, days"),
        pytest.param(part_of_year(2026, "weeks", date(2027, 2, 1), school_weeks=22), 347_368, id="rule 10, weeks"),
        (part_of_year(2026, "months"), WHOLE),
        (PartOfYear(0, 12, "months"), 0),
    ],
)
def test_the_threshold_goes_with_the_time_on_roll(part: PartOfYear, pence: int) -> None:
    assert threshold(WHOLE, part) == pence


def test_the_threshold_is_dated_data() -> None:
    edition = in_force(THRESHOLDS, date(2025, 9, 1))
    assert edition
    assert (edition.value, edition.verified) == (WHOLE, True)
    this_year = in_force(THRESHOLDS, date(2026, 9, 1))
    assert this_year
    assert not this_year.verified  # that edition of the guidance was not read


@given(PENCE, PENCE)
def test_both_elements_are_the_cost(cost_pence: int, threshold_pence: int) -> None:
    told = above_threshold(cost_pence, threshold_pence)
    assert told.school_pence + told.top_up_pence == cost_pence
    assert 0 <= told.school_pence <= threshold_pence
    assert told.top_up_pence >= 0


@given(st.integers(0, 11))
def test_a_month_more_on_roll_never_lowers_the_threshold(months: int) -> None:
    assert threshold(WHOLE, PartOfYear(months, 12, "months")) <= threshold(WHOLE, PartOfYear(months + 1, 12, "months"))


@pytest.mark.parametrize(
    ("cost_pence", "says"),
    [(841_250, None), (WHOLE, "no more than the £6,000.00"), (450_000, "£1,500.00 below the £6,000.00")],
)
def test_a_request_below_the_threshold_says_so(cost_pence: int, says: str | None) -> None:
    found = request_findings(cost_pence, WHOLE)
    assert [says in finding.says for finding in found if says] == ([True] if says else [])
    assert len(found) == (says is not None)


@given(PENCE, PENCE)
def test_no_request_is_held_back_for_its_cost(cost_pence: int, threshold_pence: int) -> None:
    assert errors(request_findings(cost_pence, threshold_pence)) == ()


YEAR = (date(2026, 9, 1), date(2027, 8, 31))
LEFT_ON = date(2027, 1, 14)


@pytest.mark.parametrize(
    ("last_on", "received_pence", "told"),
    [
        pytest.param(LEFT_ON, 175_000, Leaver(136, 156_493, 18_507), id="rule 12"),
        pytest.param(LEFT_ON, 140_000, Leaver(136, 156_493, -16_493), id="still owed"),
        (date(2027, 8, 31), 420_000, Leaver(365, 420_000, 0)),
        (date(2028, 8, 31), 420_000, Leaver(365, 420_000, 0)),
        (date(2026, 8, 31), 35_000, Leaver(0, 0, 35_000)),
        (date(2026, 9, 1), 0, Leaver(1, 1_151, -1_151)),
    ],
)
def test_a_leaver_has_earned_the_days_on_roll(last_on: date, received_pence: int, told: Leaver) -> None:
    assert leaver(420_000, *YEAR, last_on, received_pence) == told


def test_five_payments_were_received_by_mid_january() -> None:
    paid = part_of_year(2026, "months", until_by=LEFT_ON).count
    assert sum(by_month(420_000)[:paid]) == 175_000


def test_a_top_up_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before"):
        leaver(420_000, date(2027, 9, 1), date(2027, 8, 31), LEFT_ON, 0)


@given(PENCE, st.dates(date(2026, 8, 1), date(2027, 9, 30)), PENCE)
def test_what_is_earned_and_repaid_is_what_was_received(year_pence: int, last_on: date, received_pence: int) -> None:
    told = leaver(year_pence, *YEAR, last_on, received_pence)
    assert told.earned_pence + told.repay_pence == received_pence
    assert 0 <= told.earned_pence <= year_pence


@pytest.mark.parametrize(
    ("places", "filled", "pence"),
    [
        pytest.param(10, 8, 6_800_000, id="rule 16"),
        (10, 10, 6_000_000),
        (10, 11, 6_000_000),  # a pupil over the places
        (10, 0, 10_000_000),
        (0, 0, 0),
    ],
)
def test_a_unit_is_paid_by_its_places_at_the_census(places: int, filled: int, pence: int) -> None:
    assert unit_places(places, filled) == pence


def test_another_year_s_places_may_bring_something_else() -> None:
    assert unit_places(3, 1, Places(1, 10)) == 21
