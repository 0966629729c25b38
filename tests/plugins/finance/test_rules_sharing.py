"""One sum over many: no penny lost, none made."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.finance.rules import Claimed, by_month, claimed, over_claim_findings, pupil_days, shared, top_slice

PENCE = st.integers(-(10**10), 10**10)
WEIGHTS = st.dictionaries(st.text("abc12", min_size=1, max_size=3), st.integers(0, 10**6), min_size=1, max_size=12)
WEIGHING = WEIGHTS.filter(lambda weights: sum(weights.values()) > 0)

AUGUST = date(2027, 8, 31)
PUPIL_DAYS = {
    "A": pupil_days(412, date(2026, 9, 1), AUGUST),
    "B": pupil_days(305, date(2027, 1, 1), AUGUST),
    "C": pupil_days(1_183, date(2026, 9, 1), AUGUST),
}


def alike(count: int) -> dict[str, int]:
    """So many that weigh the same."""
    return {str(n): 1 for n in range(count)}


@pytest.mark.parametrize(
    ("pence", "weights", "parts"),
    [
        pytest.param(
            10_000_000, {"A": 412, "B": 305, "C": 1_183}, [2_168_421, 1_605_263, 6_226_316], id="rule 2, by pupils"
        ),
        pytest.param(1_234_567, alike(6), [205_762, *[205_761] * 5], id="rule 3, what rounding would lose"),
        pytest.param(100, alike(7), [15, 15, 14, 14, 14, 14, 14], id="rule 4"),
        pytest.param(100_000, alike(3), [33_334, 33_333, 33_333], id="rule 4, £1,000.00 over three"),
        pytest.param(-100_000, alike(3), [-33_334, -33_333, -33_333], id="rule 5, the mirror of the charge"),
        pytest.param(10_000_000, PUPIL_DAYS, [2_291_365, 1_129_303, 6_579_332], id="rule 6, by pupil-days"),
        pytest.param(48_919, alike(4), [12_230, 12_230, 12_230, 12_229], id="rule 19, a group"),
        (0, {"A": 0, "B": 0}, [0, 0]),
        (0, {}, []),
        (1, {"b": 1, "a": 1}, [0, 1]),  # the lowest id, not the first
        (7, {"A": 0, "B": 5}, [0, 7]),
    ],
)
def test_a_sum_is_shared_by_weight(pence: int, weights: dict[str, int], parts: list[int]) -> None:
    assert list(shared(pence, weights).values()) == parts
    assert sum(parts) == pence


def test_rounding_each_share_would_lose_a_penny() -> None:
    rounded = [205_761] * 6
    assert sum(rounded) == 1_234_566


@pytest.mark.parametrize("pence", [1, -1])
@pytest.mark.parametrize("weights", [{}, {"A": 0, "B": 0}])
def test_a_sum_is_not_shared_by_nothing(pence: int, weights: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="weight above zero"):
        shared(pence, weights)


def test_no_weight_is_below_zero() -> None:
    with pytest.raises(ValueError, match="below zero"):
        shared(0, {"A": 1, "B": -1})


@given(PENCE, WEIGHING)
def test_a_share_keeps_every_penny_and_is_its_exact_share_to_a_penny(pence: int, weights: dict[str, int]) -> None:
    parts, whole = shared(pence, weights), sum(weights.values())
    assert list(parts) == list(weights)
    assert sum(parts.values()) == pence
    assert all(abs(parts[key] * whole - pence * weight) < whole for key, weight in weights.items())
    assert shared(-pence, weights) == {key: -part for key, part in parts.items()}


@given(PENCE, WEIGHING)
def test_a_greater_weight_never_gets_less(pence: int, weights: dict[str, int]) -> None:
    sizes = {key: abs(part) for key, part in shared(pence, weights).items()}
    in_order = sorted(weights, key=lambda key: (-weights[key], key))
    for one, next_one in pairwise(in_order):
        assert sizes[one] >= sizes[next_one]
    assert all(sizes[key] == 0 for key, weight in weights.items() if weight == 0)


@given(PENCE, WEIGHING, st.integers(2, 9))
def test_only_the_proportions_count(pence: int, weights: dict[str, int], times: int) -> None:
    assert shared(pence, {key: weight * times for key, weight in weights.items()}) == shared(pence, weights)


@pytest.mark.parametrize(
    ("pupils", "from_on", "days"),
    [
        pytest.param(305, date(2027, 1, 1), 305 * 243, id="rule 6, joined on 1 January"),
        (412, date(2026, 9, 1), 412 * 365),
        (10, AUGUST, 10),
        (10, date(2027, 9, 1), 0),
    ],
)
def test_an_academy_weighs_its_pupils_on_each_day_in_the_trust(pupils: int, from_on: date, days: int) -> None:
    assert pupil_days(pupils, from_on, AUGUST) == days


def test_an_academy_scaled_without_the_others_would_leave_money_nowhere() -> None:
    full = shared(10_000_000, {"A": 412, "B": 305, "C": 1_183})
    scaled = full["A"] + full["B"] * 243 // 365 + full["C"]
    assert 10_000_000 - scaled == 536_554


GRANTS = {"A": 215_433_217, "B": 160_004_350, "C": 745_000_001}


def test_the_top_slice_is_rounded_for_each_academy() -> None:
    slices = top_slice(GRANTS, 500)
    assert list(slices.values()) == [10_771_661, 8_000_218, 37_250_000]
    assert sum(slices.values()) == 56_021_879
    assert top_slice({"all": sum(GRANTS.values())}, 500) == {"all": 56_021_878}  # which is why it is not done so


@pytest.mark.parametrize(
    ("pence", "months", "parts"),
    [
        pytest.param(425_000, 12, (*[35_417] * 8, *[35_416] * 4), id="rule 11"),
        (-425_000, 12, (*[-35_417] * 8, *[-35_416] * 4)),
        (420_000, 12, (35_000,) * 12),
        (100, 1, (100,)),
        (2, 3, (1, 1, 0)),
    ],
)
def test_a_year_is_paid_by_month(pence: int, months: int, parts: tuple[int, ...]) -> None:
    assert by_month(pence, months) == parts


@given(PENCE, st.integers(1, 12))
def test_the_months_are_the_year_and_never_grow(pence: int, months: int) -> None:
    parts = by_month(pence, months)
    assert sum(parts) == pence
    sizes = [abs(part) for part in parts]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] - sizes[-1] <= 1
    assert by_month(-pence, months) == tuple(-part for part in parts)


@pytest.mark.parametrize("months", [-1, 0, 13, 10**12])
def test_a_year_is_paid_in_its_own_months(months: int) -> None:
    with pytest.raises(ValueError, match="1 to 12 months"):
        by_month(100, months)


HOUR_PENCE = 2_517_287
RULE_22 = {"x": 60, "y": 25, "z": 15}


def test_an_hour_is_shared_by_what_each_claims() -> None:
    assert claimed(HOUR_PENCE, RULE_22) == Claimed({"x": 1_510_372, "y": 629_322, "z": 377_593}, 0)
    assert claimed(100, {"x": 33}) == Claimed({"x": 33}, 67)
    assert claimed(100, {}) == Claimed({}, 100)


def test_more_than_an_hour_is_refused() -> None:
    assert over_claim_findings(RULE_22) == ()
    (finding,) = over_claim_findings({**RULE_22, "w": 5})
    assert (finding.level, finding.code) == ("error", "over_claim")
    assert "105%" in finding.says
    with pytest.raises(ValueError, match="below zero"):
        claimed(HOUR_PENCE, {**RULE_22, "w": 5})


def test_a_share_is_not_less_than_nothing() -> None:
    (finding,) = over_claim_findings({"x": 110, "y": -10})
    assert finding.code == "below_nothing"


@given(PENCE, st.dictionaries(st.text("xyz", min_size=1, max_size=3), st.integers(0, 60), max_size=6))
def test_what_is_claimed_and_what_is_left_are_the_hour(pence: int, percents: dict[str, int]) -> None:
    refused = over_claim_findings(percents)
    assert bool(refused) == (sum(percents.values()) > 100)
    if not refused:
        told = claimed(pence, percents)
        assert set(told.parts) == set(percents)
        assert sum(told.parts.values()) + told.left_pence == pence
        assert told.left_pence == 0 or sum(percents.values()) < 100
