"""What is decided beside a budget: planned, explained, limited, closed, traded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from core.command import Command
from core.errors import NotAllowed, Refused
from plugins.finance.commands import (
    AgreeTrade,
    CloseMonth,
    DraftBudget,
    ExplainVariance,
    NewLine,
    PlanSpend,
    SetAuthority,
    SetLimit,
)
from plugins.finance.facts import Band
from plugins.finance.views import Books, available_of, positions, trade_reference
from tests.core.house import NORTH, SOUTH, House, HouseMaker
from tests.plugins.finance.budgeted import (
    QUIET,
    TODAY,
    YEAR,
    budget,
    desk_of,
    known_of,
    ordered,
    planned,
    posted,
    school,
    supplier,
    tell,
)

EVE, NOWHERE = date(2026, 11, 15), UUID(int=7)


@pytest.fixture(scope="module")
def north(house_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[House, list[UUID]]:
    """A budget that stands; nothing of it is changed."""
    house = school(lambda **more: House(tmp_path_factory.mktemp("trust"), house_template, **more))
    return house, budget(house)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def do(house: House, role: str, command: Command, urn: str = NORTH) -> None:
    desk_of(house, role, urn).do(command)


def draft(*lines: NewLine, year: int = YEAR) -> DraftBudget:
    return DraftBudget(year, "Another version", lines)


def outturn(found: Books) -> int:
    return sum(one.row.outturn_pence for one in positions(found, YEAR, TODAY))


# Plans, reasons, limits, months


@pytest.mark.parametrize(
    ("given_", "code", "field"),
    [
        ({"line": NOWHERE}, "not_in_list", "line"),
        ({"plan": NOWHERE}, "no_plan", None),
        ({"pence": 0}, "no_amount", "pence"),
        ({"month": date(2026, 8, 31)}, "other_year", "month"),
        ({"month": date(2027, 9, 1)}, "other_year", "month"),
        ({"order": NOWHERE}, "not_in_list", "order"),
    ],
)
def test_a_plan_is_of_a_line_and_its_year(
    north: tuple[House, list[UUID]], given_: dict[str, object], code: str, field: str | None
) -> None:
    house, (staff, *_) = north
    command = replace(PlanSpend(staff, 100, date(2027, 1, 9), "Cover"), **given_)
    with pytest.raises(Refused) as refused:
        do(house, "business_manager", command)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_what_is_ordered_is_planned_no_more_and_what_is_planned_at_nothing_neither(house: House) -> None:
    staff, therapy, *_ = budget(house)
    tell(house, planned(therapy, 500_00), planned(staff, 900_00))
    cover, pay = known_of(house).budgets.planned
    assert outturn(known_of(house)) == 1_400_00
    order = ordered(house, therapy, supplier(house), 480_00)
    assert outturn(known_of(house)) == 1_880_00
    do(house, "business_manager", PlanSpend(therapy, 500_00, TODAY, "Cover", plan=cover, order=order))
    assert outturn(known_of(house)) == 1_380_00
    with pytest.raises(Refused) as refused:
        do(house, "business_manager", PlanSpend(staff, 1, TODAY, "Pay", plan=pay, order=order))
    assert refused.value.code == "not_in_list"
    do(house, "business_manager", PlanSpend(staff, 0, TODAY, "Pay", plan=pay))
    assert outturn(known_of(house)) == 480_00


def test_a_post_is_planned_once_in_a_year_whatever_the_line(house: House) -> None:
    staff, _, top_ups, *_ = budget(house)
    post = uuid4()
    do(house, "business_manager", PlanSpend(staff, 700_00, TODAY, "Pay", post=post))
    do(house, "business_manager", PlanSpend(top_ups, 650_00, TODAY, "Pay", post=post))
    (plan,) = known_of(house).budgets.planned.values()
    assert (plan.line, plan.pence) == (top_ups, 650_00)


def test_reasons_limits_and_months_are_refused_where_they_make_no_sense(north: tuple[House, list[UUID]]) -> None:
    house, _ = north
    for role, command, code in (
        ("business_manager", ExplainVariance(NOWHERE, "Why"), "no_line"),
        ("head", SetLimit("governor", 1, 1), "not_in_list"),
        ("business_manager", CloseMonth(date(2026, 11, 1)), "in_future"),
        (
            "business_manager",
            SetAuthority("East", "months", TODAY, "Letter", None, (Band("A", 1), Band("a", 2))),
            "twice",
        ),
    ):
        with pytest.raises(Refused) as refused:
            do(house, role, command)
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        do(house, "business_manager", SetLimit("head", 1, 1))


def test_a_month_is_closed_once(house: House) -> None:
    do(house, "business_manager", CloseMonth(date(2026, 10, 1)))
    with pytest.raises(Refused) as refused:
        do(house, "business_manager", CloseMonth(date(2026, 10, 31)))
    assert refused.value.code == "no_change"


# Trades


def test_a_trade_is_with_another_academy_and_the_one_that_pays_names_a_line_of_this_year(house: House) -> None:
    (staff, *_) = budget(house)
    (old,) = budget(house, replace(QUIET, name="Last year"), year=YEAR - 1)
    north, south = house.academy_id(NORTH), house.academy_id(SOUTH)
    for command, field in (
        (AgreeTrade(north, True, 1_00, "Teacher"), "other"),
        (AgreeTrade(NOWHERE, True, 1_00, "Teacher"), "other"),
        (AgreeTrade(south, False, 1_00, "Teacher"), "line"),
        (AgreeTrade(south, False, 1_00, "Teacher", line=old), "line"),
    ):
        with pytest.raises(Refused) as refused:
            do(house, "business_manager", command)
        assert (refused.value.code, refused.value.field) == ("not_in_list", field)
    do(house, "business_manager", AgreeTrade(south, False, 1_00, "Teacher", line=staff))


def test_a_trade_charges_its_line_once_though_the_ledger_has_it_too(house: House) -> None:
    (staff, *_) = budget(house)
    do(house, "business_manager", AgreeTrade(house.academy_id(SOUTH), False, 500_00, "Teacher", line=staff))
    (trade,) = known_of(house).budgets.trades
    assert available_of(known_of(house), staff) == 47_500_00
    tell(house, posted(staff, 500_00, supplier="South", reference=f" {trade_reference(trade).lower()}"), of=uuid4())
    assert available_of(known_of(house), staff) == 47_500_00
