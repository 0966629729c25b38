"""VAT within a sum, on an invoice, and in a budget."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.finance.codes import VAT_RATES
from plugins.finance.rules import Vat, VatLine, budget_charge, vat_findings, vat_within

PENCE = st.integers(-(10**9), 10**9)
RATES = st.sampled_from(sorted({rate.basis_points for rate in VAT_RATES.value.values()}))
LINES = st.lists(st.builds(VatLine, st.integers(0, 10**6), RATES), max_size=8).map(tuple)


@pytest.mark.parametrize(
    ("gross_pence", "basis_points", "vat"),
    [
        pytest.param(123_456, 2_000, Vat(102_880, 20_576), id="rule 29"),
        (-123_456, 2_000, Vat(-102_880, -20_576)),
        (10_500, 500, Vat(10_000, 500)),
        (123_456, 0, Vat(123_456, 0)),
    ],
)
def test_vat_is_taken_out_of_a_sum(gross_pence: int, basis_points: int, vat: Vat) -> None:
    assert vat_within(gross_pence, basis_points) == vat


@given(PENCE, RATES)
def test_net_and_vat_are_the_sum(gross_pence: int, basis_points: int) -> None:
    vat = vat_within(gross_pence, basis_points)
    assert vat.net_pence + vat.vat_pence == gross_pence


THREE = (VatLine(333, 2_000),) * 3


@pytest.mark.parametrize(
    ("lines", "vat_pence", "codes"),
    [
        pytest.param(THREE, 201, [], id="rule 29, by line"),
        pytest.param(THREE, 200, [], id="rule 29, by invoice"),
        (THREE, 199, ["other_vat"]),
        (THREE, 202, ["other_vat"]),
        ((*THREE, VatLine(5_000, 0)), 200, []),  # one line is exempt
        ((VatLine(333, 500),) * 3, 51, []),
        ((VatLine(333, 500),) * 3, 50, []),
        ((VatLine(100, 2_000), VatLine(100, 500)), 25, []),
        ((VatLine(100, 2_000), VatLine(100, 500)), 40, ["other_vat"]),
        ((), 0, []),
        ((), 1, ["other_vat"]),
    ],
)
def test_the_supplier_s_figure_stands_if_it_can_be_right(
    lines: tuple[VatLine, ...], vat_pence: int, codes: list[str]
) -> None:
    assert [finding.code for finding in vat_findings(lines, vat_pence)] == codes


def test_a_doubtful_figure_is_a_warning_and_says_what_to_expect() -> None:
    (three,) = vat_findings(THREE, 240)
    assert three.level == "warning"
    assert "£2.40 of VAT; its lines make £2.00 to £2.01." in three.says
    (one,) = vat_findings((VatLine(100, 2_000),), 0)
    assert "its lines make £0.20." in one.says


@pytest.mark.parametrize(
    ("net_pence", "vat_pence", "recoverable", "charge"),
    [
        pytest.param(102_880, 20_576, 9_000, 102_880 + 2_058, id="rule 29, 90 % comes back"),
        (102_880, 20_576, 10_000, 102_880),
        (102_880, 20_576, 0, 123_456),
        (-102_880, -20_576, 9_000, -104_938),
    ],
)
def test_a_budget_pays_the_vat_that_does_not_come_back(
    net_pence: int, vat_pence: int, recoverable: int, charge: int
) -> None:
    assert budget_charge(net_pence, vat_pence, recoverable) == charge


def test_all_vat_comes_back_unless_somebody_says_otherwise() -> None:
    assert budget_charge(100, 20) == 100


@given(LINES)
def test_either_way_of_rounding_is_right(lines: tuple[VatLine, ...]) -> None:
    by_line = sum((line.net_pence * line.basis_points + 5_000) // 10_000 for line in lines)
    assert vat_findings(lines, by_line) == ()


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 9_999))
def test_the_more_comes_back_the_less_is_charged(net_pence: int, vat_pence: int, recoverable: int) -> None:
    more, less = budget_charge(net_pence, vat_pence, recoverable), budget_charge(net_pence, vat_pence, recoverable + 1)
    assert net_pence <= less <= more <= net_pence + vat_pence
