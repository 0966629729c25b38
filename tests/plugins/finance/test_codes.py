"""Funds, return lines, principles, limits and days, and whether each says how sure it is."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from core.accounts.roles import ROLES
from core.law import Edition, in_force
from plugins.finance import codes
from plugins.finance.codes import (
    ALLOWANCES,
    FUNDS,
    INSURANCE,
    PREMIUM_RATES,
    PRINCIPLES,
    REASON,
    RETURN_LINES,
    SPENDING_LIMITS,
    STRATEGY_DUE,
    SUPPORT_POINTS,
    TEACHER_POINTS,
    TEACHERS_PENSION,
    THRESHOLDS,
    TOLERANCE,
    Margin,
)

TABLES: dict[str, tuple[Edition[Any], ...]] = {
    name: (value,) if isinstance(value, Edition) else value
    for name, value in (*vars(codes).items(), *PREMIUM_RATES.items())
    if isinstance(value, Edition) or (isinstance(value, tuple) and value and isinstance(value[0], Edition))
}


def test_every_fund_is_known_by_its_key() -> None:
    assert list(FUNDS) == [
        *("core", "notional", "top_up", "place", "inclusive", "premium"),
        *("premium_looked_after", "premium_previously", "service_premium", "early_years", "other"),
    ]
    assert all(fund.key == key for key, fund in FUNDS.items())


def test_only_the_notional_budget_is_a_memo_and_it_has_no_line_of_income() -> None:
    assert [fund.key for fund in FUNDS.values() if fund.memo] == ["notional"]
    assert [fund.key for fund in FUNDS.values() if fund.line is None] == ["notional"]
    assert all(RETURN_LINES[fund.line].income for fund in FUNDS.values() if fund.line)


def test_what_is_for_special_educational_needs_has_a_line_of_income_and_none_of_spending() -> None:
    assert FUNDS["top_up"].line == "BAI030"
    assert [line.key for line in RETURN_LINES.values() if "SEN" in line.title] == ["BAI030"]
    assert all(line.income == line.key.startswith("BAI") for line in RETURN_LINES.values())


def test_there_are_seven_principles_whose_wording_is_not_verified() -> None:
    assert len(PRINCIPLES.value) == 7
    assert not PRINCIPLES.verified


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_editions_of_a_table_follow_each_other(name: str) -> None:
    editions = TABLES[name]
    for one, following in pairwise(editions):
        assert one.until_by is not None
        assert one.until_by < following.from_on
    assert all(edition.source for edition in editions)


@pytest.mark.parametrize(
    "table", [THRESHOLDS, INSURANCE, TEACHERS_PENSION, TEACHER_POINTS, PREMIUM_RATES["looked_after"]]
)
def test_what_holds_in_2026_27_was_not_read(table: tuple[Edition[object], ...]) -> None:
    edition = in_force(table, date(2026, 11, 22))
    assert edition
    assert not edition.verified


@pytest.mark.parametrize("table", [SUPPORT_POINTS, ALLOWANCES])
def test_what_is_not_known_of_2026_27_is_not_there(table: tuple[Edition[object], ...]) -> None:
    assert in_force(table, date(2026, 11, 22)) is None


def test_limits_are_by_role_and_are_a_proposal() -> None:
    assert set(SPENDING_LIMITS.value) <= set(ROLES)
    assert all(0 <= one.virement_pence <= one.order_pence for one in SPENDING_LIMITS.value.values())
    assert not SPENDING_LIMITS.verified


def test_margins_and_the_day_of_the_strategy() -> None:
    assert TOLERANCE.value == Margin(1_000, 200)
    assert REASON.value == Margin(50_000, 500)
    assert STRATEGY_DUE.value == date(2026, 12, 31)
    assert STRATEGY_DUE.covers(date(2026, 11, 22))
