"""Each penny once: bills that are in the ledger too, bills on hold, orders closed short, months that are over."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.errors import Refused
from events import Fact
from plugins.finance.commands import (
    ApproveBudget,
    ApproveOrder,
    CloseOrder,
    DraftBudget,
    EnterInvoice,
    NewLine,
    PayInvoice,
    ReceiveGoods,
    RefuseInvoice,
    RequestOrder,
)
from plugins.finance.facts import InvoiceRefused, InvoiceReleased, LedgerTaken, Posted, SpendPlanned
from plugins.finance.views import available_of, order, order_standing, owed_on, positions, spent_by_month
from tests.core.house import House, HouseMaker
from tests.plugins.finance.budgeted import (
    FINANCE,
    LINES,
    STAFF,
    TODAY,
    YEAR,
    bill,
    budget,
    desk_of,
    known_of,
    ordered,
    posted,
    school,
    supplier,
    tell,
)

SPEECH = 12_000_00


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


@pytest.fixture
def therapy(house: House) -> UUID:
    """The line for speech therapy, £12,000.00."""
    return budget(house)[1]


def left(house: House, line: UUID) -> int:
    return available_of(known_of(house), line)


def in_ledger(house: House, line: UUID, *pence: int, reference: str = "INV-1") -> None:
    """Postings of the bill of that number."""
    more: dict[str, Any] = {"supplier": "Clear Speech Ltd", "reference": reference, "code": "BAE230", "sort": "invoice"}
    tell(house, *(posted(line, one, **more) for one in pence), of=uuid4())


# The ledger and the orders


@pytest.mark.parametrize(
    ("postings", "spent"),
    [
        ((500_00,), 500_00),
        ((500_00, 500_00), 1_000_00),  # the ledger has it twice: so it says, until somebody takes one back
        ((500_00, -500_00, 500_00), 500_00),  # taken back and posted again
        ((500_00, -200_00), 300_00),  # and a credit note
    ],
)
def test_a_bill_stands_for_one_posting_of_the_ledger(
    house: House, therapy: UUID, postings: tuple[int, ...], spent: int
) -> None:
    ordered(house, therapy, supplier(house), 500_00, came=500_00, billed=500_00)
    in_ledger(house, therapy, *postings)
    assert left(house, therapy) == SPEECH - spent


def test_a_bill_posted_with_the_vat_that_does_not_come_back_counts_once(house: House, therapy: UUID) -> None:
    key = uuid4()
    desk_of(house, "senco").do(RequestOrder(therapy, supplier(house), "Sessions", 500_00, 100_00, 90), key)
    desk_of(house, "head").do(ApproveOrder(), key)
    tell(house, bill(500_00, vat_pence=100_00, gross_pence=600_00, entered_on=TODAY), of=key)
    in_ledger(house, therapy, 510_00)
    assert left(house, therapy) == SPEECH - 510_00


@pytest.mark.parametrize(("billed", "spent"), [(500_00, 500_00), (560_00, 560_00), (450_00, 450_00)])
def test_a_bill_on_hold_that_the_ledger_has_is_not_promised_and_spent(
    house: House, therapy: UUID, billed: int, spent: int
) -> None:
    key = ordered(house, therapy, supplier(house), 500_00, came=500_00)
    tell(house, bill(billed, settles_pence=500_00, held=("over_tolerance",)), of=key)
    assert left(house, therapy) == SPEECH - 500_00
    in_ledger(house, therapy, billed)
    assert left(house, therapy) == SPEECH - spent


def test_a_bill_of_nobody_hides_no_posting(house: House, therapy: UUID) -> None:
    ordered(house, therapy, uuid4(), 500_00, billed=500_00)  # its supplier was taken back
    more: dict[str, Any] = {"supplier": "", "reference": "INV-1", "sort": "journal"}
    tell(house, posted(therapy, 500_00, **more), of=uuid4())
    assert left(house, therapy) == SPEECH - 1_000_00
    key = ordered(house, therapy, supplier(house), 500_00, came=500_00)
    with pytest.raises(Refused) as caught:
        desk_of(house, "senco").do(EnterInvoice(" ", 1_00, 0, TODAY), key)
    assert (caught.value.code, caught.value.field) == ("no_reference", "reference")


def test_a_list_that_is_taken_back_takes_its_postings_with_it(house: House, therapy: UUID) -> None:
    in_ledger(house, therapy, 500_00)
    (taken,) = house.facts(LedgerTaken)
    desk_of(house, "business_manager").withdraw(taken, "The wrong month", uuid4())
    assert house.facts(Posted)
    assert left(house, therapy) == SPEECH


# Orders closed short


def test_what_came_before_an_order_was_closed_can_still_be_billed_and_no_more(house: House, therapy: UUID) -> None:
    key = ordered(house, therapy, supplier(house), 1_000_00, came=600_00)
    manager = desk_of(house, "business_manager")
    manager.do(CloseOrder("The rest is not needed"), key)
    here = f"{FINANCE}/orders/{key}"
    assert f"{here}/invoice" in house.as_role("business_manager").get(here).text
    with pytest.raises(Refused) as caught:
        manager.do(EnterInvoice("A1", 600_01, 0, TODAY, 600_01), key)
    assert caught.value.code == "over_settled"
    manager.do(EnterInvoice("A1", 600_00, 0, TODAY), key)
    told = manager.see(order, key)
    assert told is not None
    assert (told.state, order_standing(told).actual_pence, order_standing(told).accrual_pence) == ("closed", 600_00, 0)
    with pytest.raises(Refused) as caught:
        manager.do(EnterInvoice("A2", 1_00, 0, TODAY), key)
    assert caught.value.code == "not_ordered"
    manager.do(PayInvoice(next(iter(told.invoices)), TODAY), key)
    paid = manager.see(order, key)
    assert paid is not None
    assert paid.state == "paid"
    assert f"{here}/invoice" not in house.as_role("business_manager").get(here).text


def test_closing_an_order_keeps_what_a_bill_on_hold_is_for_until_it_is_refused(house: House, therapy: UUID) -> None:
    key = ordered(house, therapy, supplier(house), 1_000_00)
    desk_of(house, "business_manager").do(EnterInvoice("A1", 400_00, 0, TODAY), key)
    desk_of(house, "business_manager").do(CloseOrder("Enough"), key)
    assert left(house, therapy) == SPEECH - 400_00
    (bill_id,) = known_of(house).orders[key].invoices
    desk_of(house, "business_manager").do(RefuseInvoice(bill_id, "It never came"), key)
    assert left(house, therapy) == SPEECH


def test_an_order_is_billed_when_its_parts_are_whatever_they_cost(house: House, therapy: UUID) -> None:
    key = ordered(house, therapy, supplier(house), 1_000_00, came=1_000_00)
    tell(house, bill(950_00, settles_pence=1_000_00), of=key)
    assert known_of(house).orders[key].state == "invoiced"
    assert left(house, therapy) == SPEECH - 950_00


def test_a_bill_over_the_part_it_is_for_is_held(house: House, therapy: UUID) -> None:
    key = ordered(house, therapy, supplier(house), 1_000_00, came=1_00)
    desk_of(house, "business_manager").do(EnterInvoice("A1", 1_000_00, 0, TODAY, 1_00), key)
    (one,) = known_of(house).orders[key].invoices.values()
    assert one.told.held == ("over_tolerance",)


# Months and years


def test_what_is_decided_later_changes_no_month_that_is_over(house: House, therapy: UUID) -> None:
    key = ordered(house, therapy, supplier(house), 1_000_00, came=1_000_00)
    first, second, who = bill(300_00, held=("not_received",)), bill(200_00, reference="INV-2"), uuid4()
    later: tuple[Fact, ...] = (
        InvoiceReleased(first.invoice, who, TODAY, "It came"),
        InvoiceRefused(second.invoice, who, TODAY, "Came twice"),
    )
    tell(house, first, second, of=key)
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    months = spent_by_month(known_of(house), therapy, YEAR, TODAY)
    assert (months[october], months[november]) == (200_00, 200_00)
    tell(house, *later, of=key)
    months = spent_by_month(known_of(house), therapy, YEAR, TODAY)
    assert (months[october], months[november]) == (200_00, 300_00)


def test_what_came_after_a_month_is_not_owed_in_it(house: House, therapy: UUID) -> None:
    key = ordered(house, therapy, supplier(house), 1_000_00, came=300_00)  # on 20 October
    desk_of(house, "business_manager").do(ReceiveGoods(500_00, TODAY), key)
    desk_of(house, "business_manager").do(EnterInvoice("A1", 300_00, 0, TODAY), key)
    one = known_of(house).orders[key]
    assert [owed_on(one, day) for day in (date(2026, 10, 19), date(2026, 10, 31), TODAY)] == [0, 300_00, 500_00]
    page = house.as_role("business_manager").get(f"{FINANCE}/ledger/journals").text
    assert "£300.00" in page
    assert "£500.00" not in page


def test_nothing_is_ordered_out_of_a_year_that_is_over(house: House) -> None:
    (old,) = budget(house, STAFF, year=YEAR - 1)
    with pytest.raises(Refused) as caught:
        desk_of(house, "senco").do(RequestOrder(old, supplier(house), "Sessions", 100_00), uuid4())
    assert (caught.value.code, caught.value.field) == ("year_over", "line")


# Versions and plans


def test_a_version_without_a_line_that_was_used_since_is_not_approved(house: House) -> None:
    therapy, version, waiting = budget(house)[1], uuid4(), uuid4()
    kept = [NewLine(one.name, one.fund, one.code, one.pence, principle=one.principle) for one in LINES[:1]]
    desk_of(house, "business_manager").do(DraftBudget(YEAR, "Less", tuple(kept)), command_id=version)
    desk_of(house, "senco").do(RequestOrder(therapy, supplier(house), "Sessions", 100_00), waiting)
    used = ordered(house, therapy, supplier(house, "Other Ltd"), 100_00)
    with pytest.raises(Refused) as caught:
        desk_of(house, "head").do(ApproveBudget(version, "Governors, minute 8"))
    assert caught.value.code == "line_in_use"
    desk_of(house, "business_manager").do(CloseOrder("Not needed"), used)
    desk_of(house, "head").do(ApproveBudget(version, "Governors, minute 8"))
    with pytest.raises(Refused) as caught:  # its line is gone: it would be counted nowhere
        desk_of(house, "head").do(ApproveOrder("All the same"), waiting)
    assert caught.value.code == "not_in_list"


def test_what_waits_for_approval_or_was_turned_down_is_planned_still(house: House, therapy: UUID) -> None:
    asked, plan = uuid4(), uuid4()
    desk_of(house, "senco").do(RequestOrder(therapy, supplier(house), "Sessions", 480_00), asked)
    tell(house, SpendPlanned(plan, therapy, 500_00, date(2027, 1, 1), asked, TODAY, "Sessions"))
    rows = {one.line.line: one.row for one in positions(known_of(house), YEAR, TODAY)}
    assert rows[therapy].outturn_pence == 500_00
    desk_of(house, "head").do(ApproveOrder(), asked)
    rows = {one.line.line: one.row for one in positions(known_of(house), YEAR, TODAY)}
    assert rows[therapy].outturn_pence == 480_00
