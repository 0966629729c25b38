"""What is decided about a budget: funded, drafted, approved, moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.command import Command
from core.errors import NotAllowed, Refused
from plugins.finance.commands import (
    AllocateFunding,
    ApproveBudget,
    ApproveVirement,
    AskVirement,
    CloseMonth,
    DraftBudget,
    NewLine,
    NotifyFunding,
    ReceiveIncome,
    SetLimit,
)
from plugins.finance.facts import BudgetDrafted, VirementApproved
from plugins.finance.views import Books, books, positions
from tests.core.house import NORTH, SOUTH, House, HouseMaker
from tests.plugins.finance.budgeted import (
    LINES,
    READING,
    STAFF,
    THERAPY,
    TODAY,
    TOP_UPS,
    YEAR,
    budget,
    desk_of,
    known_of,
    ordered,
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


@pytest.fixture(scope="module")
def south(north: tuple[House, list[UUID]]) -> tuple[House, list[UUID]]:
    """Another academy's two lines, between which money is moved to and fro."""
    return north[0], budget(north[0], STAFF, THERAPY, urn=SOUTH)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


def do(house: House, role: str, command: Command, urn: str = NORTH) -> None:
    desk_of(house, role, urn).do(command)


def draft(*lines: NewLine, year: int = YEAR) -> DraftBudget:
    return DraftBudget(year, "Another version", lines)


def outturn(found: Books) -> int:
    return sum(one.row.outturn_pence for one in positions(found, YEAR, TODAY))


# Funds


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (NotifyFunding("gold", YEAR, 1, EVE), "not_in_list", "fund"),
        (NotifyFunding("core", YEAR, 1, date(2026, 11, 17)), "in_future", "notified_on"),
        (NotifyFunding("top_up", YEAR, 1, EVE), "no_authority", "authority"),
        (NotifyFunding("top_up", YEAR, 1, EVE, authority="  "), "no_authority", "authority"),
        (AllocateFunding("gold", YEAR, 1), "not_in_list", "fund"),
        (ReceiveIncome("gold", 1, EVE), "not_in_list", "fund"),
        (ReceiveIncome("core", 1, date(2026, 11, 17)), "in_future", "received_on"),
        (ReceiveIncome("notional", 1, EVE), "memo", "fund"),
    ],
)
def test_funding_is_of_a_known_fund_and_past_and_the_notional_budget_never_comes(
    north: tuple[House, list[UUID]], command: Command, code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        do(north[0], "business_manager", command)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_nothing_is_received_into_a_closed_month(house: House) -> None:
    do(house, "business_manager", CloseMonth(date(2026, 10, 17)))
    with pytest.raises(Refused) as refused:
        do(house, "business_manager", ReceiveIncome("core", 1, date(2026, 10, 31)))
    assert refused.value.code == "month_closed"
    do(house, "business_manager", ReceiveIncome("core", 1, date(2026, 11, 1)))


# Versions


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((replace(STAFF, fund="notional"),), "not_in_list"),
        ((replace(STAFF, fund="gold"),), "not_in_list"),
        ((replace(STAFF, code="BAI010"),), "not_in_list"),
        ((replace(STAFF, code="E01"),), "not_in_list"),
        ((replace(STAFF, principle="culture"),), "not_in_list"),
        ((replace(READING, principle=""),), "not_in_list"),
        ((replace(STAFF, profile=(1, 1)),), "profile"),
        ((replace(STAFF, profile=(0,) * 12),), "profile"),
        ((STAFF, replace(THERAPY, name=" teaching ASSISTANTS ")), "twice"),
        ((replace(STAFF, line=NOWHERE),), "no_line"),
    ],
)
def test_a_draft_is_refused_with_the_number_of_the_line_that_is_wrong(
    north: tuple[House, list[UUID]], lines: tuple[NewLine, ...], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        do(north[0], "business_manager", draft(*lines))
    assert (refused.value.code, refused.value.field) == (code, "lines")


def test_a_line_stays_in_its_fund_and_its_year_and_stands_once(north: tuple[House, list[UUID]]) -> None:
    house, (staff, *_) = north
    for lines, year, code in (
        ((replace(STAFF, line=staff, fund="top_up"),), YEAR, "other_fund"),
        ((replace(STAFF, line=staff),), YEAR + 1, "no_line"),
        ((replace(STAFF, line=staff), replace(THERAPY, line=staff)), YEAR, "twice"),
    ):
        with pytest.raises(Refused) as refused:
            do(house, "business_manager", draft(*lines, year=year))
        assert refused.value.code == code


def test_a_line_that_was_used_cannot_be_left_out_of_a_later_version(house: House) -> None:
    staff, therapy, *_ = budget(house)
    ordered(house, therapy, supplier(house), 100_00)
    with pytest.raises(Refused, match="Speech therapy has been used") as refused:
        do(house, "business_manager", draft(replace(STAFF, line=staff)))
    assert refused.value.code == "line_in_use"
    kept = replace(THERAPY, line=therapy, pence=0)
    do(house, "business_manager", draft(replace(STAFF, line=staff), kept))


def test_nobody_approves_what_they_drafted_nor_without_the_grant_nor_twice(house: House) -> None:
    version = uuid4()
    desk_of(house, "head").do(draft(STAFF), command_id=version)
    approve = ApproveBudget(version, "Minute 3")
    with pytest.raises(Refused) as refused:
        do(house, "head", approve)
    assert refused.value.code == "same_person"
    with pytest.raises(NotAllowed):
        do(house, "business_manager", approve)
    do(house, "finance_director", approve)
    for again, code in ((approve, "no_change"), (ApproveBudget(NOWHERE, "Minute 3"), "no_version")):
        with pytest.raises(Refused) as refused:
            do(house, "finance_director", again)
        assert refused.value.code == code


def test_the_version_approved_last_stands_though_both_were_approved_on_one_day(house: House) -> None:
    (staff, *_) = budget(house)
    budget(house, replace(STAFF, line=staff, pence=50_000_00), name="Second")
    (one,) = positions(known_of(house), YEAR, TODAY)
    assert (one.row.original_pence, one.row.supplements_pence, one.row.current_pence) == (
        48_000_00,
        2_000_00,
        50_000_00,
    )


def test_the_same_draft_sent_twice_is_one_version_with_the_same_lines(house: House) -> None:
    version, desk = uuid4(), desk_of(house, "business_manager")
    assert desk.do(draft(STAFF, THERAPY), command_id=version) == desk.do(draft(STAFF, THERAPY), command_id=version)
    (told,) = house.recorded(BudgetDrafted)
    assert len({line.line for line in told.lines}) == 2


# Moves


def test_a_move_within_the_limit_is_made_at_once_and_a_larger_one_waits(house: House) -> None:
    staff, therapy, *_ = budget(house)
    do(house, "business_manager", AskVirement(staff, therapy, 1_000_00, "More sessions"))
    do(house, "business_manager", AskVirement(staff, therapy, 1_000_01, "More sessions still"))
    assert len(house.recorded(VirementApproved)) == 1
    (waiting,) = [key for key, one in known_of(house).budgets.virements.items() if one.approved is None]
    with pytest.raises(NotAllowed):
        do(house, "business_manager", ApproveVirement(waiting))
    do(house, "head", ApproveVirement(waiting))
    with pytest.raises(Refused) as refused:
        do(house, "head", ApproveVirement(waiting))
    assert refused.value.code == "no_change"
    rows = {one.line.line: one.row for one in positions(known_of(house), YEAR, TODAY)}
    assert (rows[staff].virements_pence, rows[therapy].virements_pence) == (-2_000_01, 2_000_01)


def test_a_move_is_refused_over_what_is_left_across_funds_and_over_the_limit(house: House) -> None:
    staff, therapy, top_ups, *_ = budget(house)
    tell(house, posted(staff, 46_000_01), of=uuid4())
    for source, target, pence, code, field in (
        (staff, therapy, 2_000_00, "not_available", "pence"),
        (staff, top_ups, 1_00, "other_fund", "target"),
        (staff, staff, 1_00, "same_line", "target"),
        (staff, NOWHERE, 1_00, "not_in_list", "target"),
    ):
        with pytest.raises(Refused) as refused:
            do(house, "business_manager", AskVirement(source, target, pence, "It is wanted"))
        assert (refused.value.code, refused.value.field) == (code, field)
    do(house, "finance_director", SetLimit("head", 1_00, 1_00))
    do(house, "business_manager", AskVirement(therapy, staff, 5_000_00, "It is wanted"))
    (waiting,) = known_of(house).budgets.virements
    with pytest.raises(Refused) as refused:
        do(house, "head", ApproveVirement(waiting))
    assert refused.value.code == "over_limit"


def test_who_asked_for_a_move_cannot_approve_it(house: House) -> None:
    staff, therapy, *_ = budget(house)
    do(house, "head", AskVirement(staff, therapy, 5_000_01, "It is wanted"))
    (waiting,) = known_of(house).budgets.virements
    with pytest.raises(Refused) as refused:
        do(house, "head", ApproveVirement(waiting))
    assert refused.value.code == "same_person"


@settings(max_examples=20)
@given(moves=st.lists(st.tuples(st.integers(0, 1), st.integers(1, 900_00)), max_size=4))
def test_moves_keep_the_budget_and_their_reverse_restores_every_figure(
    south: tuple[House, list[UUID]], moves: list[tuple[int, int]]
) -> None:
    house, pair = south
    before = positions(known_of(house, SOUTH), YEAR, TODAY)
    for at, pence in moves:
        do(house, "business_manager", AskVirement(pair[at], pair[1 - at], pence, "There"), SOUTH)
        rows = positions(known_of(house, SOUTH), YEAR, TODAY)
        assert sum(one.row.current_pence for one in rows) == 60_000_00
    for at, pence in moves:
        do(house, "business_manager", AskVirement(pair[1 - at], pair[at], pence, "And back"), SOUTH)
    assert positions(known_of(house, SOUTH), YEAR, TODAY) == before


def test_every_reader_of_the_budget_is_told_the_same_sums(house: House) -> None:
    staff, therapy, *_ = budget(house)
    ordered(house, therapy, supplier(house), 900_00, came=500_00, billed=300_00)
    tell(house, posted(staff, 77_00), of=uuid4())
    told = {
        role: positions(books(desk_of(house, role)), YEAR, TODAY) for role in ("business_manager", "senco", "governor")
    }
    assert told["senco"] == told["governor"] == told["business_manager"]
    assert {one.line.name for one in told["governor"]} == {line.name for line in LINES}
    assert TOP_UPS.name in {one.line.name for one in told["governor"]}
