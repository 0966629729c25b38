"""Cost beside outcome, and whose name may stand beside a sum."""

from __future__ import annotations

from typing import Literal

import pytest

from plugins.finance.rules import OutcomeCost, cost_per_outcome, may_be_named


@pytest.mark.parametrize(
    ("pence", "pupils", "met", "cost"),
    [
        pytest.param(79_800, 6, 4, OutcomeCost(19_950, "£199.50 a pupil met."), id="rule 40"),
        pytest.param(79_800, 6, 0, OutcomeCost(None, "None met."), id="rule 40, none met"),
        (0, 0, 0, OutcomeCost(None, "None met.")),
        (100, 8, 8, OutcomeCost(13, "£0.13 a pupil met.")),  # half a penny up
        (100, 3, 3, OutcomeCost(33, "£0.33 a pupil met.")),
        (0, 6, 4, OutcomeCost(0, "£0.00 a pupil met.")),
    ],
)
def test_cost_is_told_for_each_pupil_who_met_the_target(pence: int, pupils: int, met: int, cost: OutcomeCost) -> None:
    assert cost_per_outcome(pence, pupils, met) == cost


@pytest.mark.parametrize(("pupils", "met"), [(6, 7), (6, -1)])
def test_no_more_pupils_met_it_than_there_are(pupils: int, met: int) -> None:
    with pytest.raises(ValueError, match=f"{met} of {pupils} pupils"):
        cost_per_outcome(79_800, pupils, met)


@pytest.mark.parametrize(
    ("reader", "pupil_authority", "authority", "named"),
    [
        ("sen", "Eastshire", "", True),
        ("sen", "", "", True),
        pytest.param("finance", "Eastshire", "", False, id="rule 44, finance sees the key"),
        pytest.param("finance", "Eastshire", "Eastshire", False, id="rule 44, whatever it asks for"),
        pytest.param("authority", "Eastshire", "Eastshire", True, id="rule 44, its own pupil"),
        pytest.param("authority", "Westmoor", "Eastshire", False, id="rule 44, another's pupil"),
        pytest.param("authority", "", "", False, id="two that are not known are not the same"),
    ],
)
def test_a_name_is_only_for_whom_it_is_for(
    reader: Literal["sen", "finance", "authority"], pupil_authority: str, authority: str, named: bool
) -> None:
    assert may_be_named(reader, pupil_authority, authority) is named
