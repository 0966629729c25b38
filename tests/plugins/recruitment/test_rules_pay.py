"""Pay beside the ranges of the day."""

from __future__ import annotations

from datetime import date

import pytest

from core.law import in_force
from plugins.recruitment.codes import PAY_RANGES
from plugins.recruitment.rules import Pay, pay_findings

BEFORE, NOW = date(2026, 8, 31), date(2026, 9, 1)
USUAL = {"from_pence": 34_069_00, "to_pence": 52_835_00}


@pytest.mark.parametrize(
    ("pay", "day", "fields"),
    [
        ({}, NOW, []),
        ({}, BEFORE, []),  # beyond the upper range of 2025-26, within its leadership range
        ({"to_pence": 51_048_00}, BEFORE, []),
        ({"to_pence": 51_048_01}, BEFORE, ["to_pence"]),
        ({"from_pence": 34_068_99}, NOW, ["from_pence"]),
        ({"to_pence": 46_940_01}, NOW, ["to_pence"]),  # above the main range, below the upper one
        ({"to_pence": 148_829_00}, NOW, []),
        ({"to_pence": 148_829_01}, NOW, ["to_pence"]),
        ({"sen_pence": 2_885_00}, NOW, []),
        ({"sen_pence": 2_884_99}, NOW, ["sen"]),
        ({"sen_pence": 5_689_01}, NOW, ["sen"]),
        ({"tlr_pence": 727_00}, NOW, []),
        ({"tlr_pence": 726_99}, NOW, ["tlr"]),
        ({"tlr_pence": 9_000_00}, NOW, ["tlr"]),  # between TLR2 and TLR1
        ({"tlr_pence": 9_000_00}, BEFORE, []),  # the figures of TLR3 are not known for 2025-26
    ],
)
def test_pay_outside_every_range_of_the_day_is_told(pay: dict[str, int], day: date, fields: list[str]) -> None:
    found = pay_findings(Pay(**(USUAL | pay)), day)
    names = {"from_pence": "pay_from_pence", "to_pence": "pay_to_pence", "sen": "sen_allowance_pence"}
    assert [one.field for one in found] == [names.get(field, "tlr_pence") for field in fields]
    assert {one.level for one in found} <= {"warning"}


def test_the_warning_says_the_amount_and_the_ranges() -> None:
    (found,) = pay_findings(Pay(34_069_00, 52_835_00, sen_pence=9_000_00), NOW)
    assert (
        found.says == "The SEN allowance, £9,000.00, is in no range of the day: SEN allowance £2,885.00 to £5,689.00."
    )


def test_a_year_whose_ranges_are_not_known_is_not_judged() -> None:
    later = date(2027, 9, 1)
    assert in_force(PAY_RANGES, later) is None
    assert pay_findings(Pay(1, 2), later) == ()
