"""What two people and a limit are for, and that no way leads round them; forms sent twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.desk import Desk
from core.errors import NotAllowed, Refused, Stale
from plugins.finance.commands import (
    ApproveOrder,
    AskVirement,
    CloseMonth,
    EnterInvoice,
    NameSupplier,
    NewLine,
    Posting,
    ReceiveGoods,
    ReleaseInvoice,
    RequestOrder,
    SetLimit,
    TakePostings,
)
from plugins.finance.facts import InvoiceEntered, OrderApproved, VirementApproved
from tests.core.house import House, HouseMaker, on
from tests.plugins.finance.budgeted import (
    FINANCE,
    TODAY,
    budget,
    desk_of,
    known_of,
    ordered,
    school,
    supplier,
)


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


@pytest.fixture
def therapy(house: House) -> UUID:
    """The line for speech therapy, £12,000.00."""
    return budget(house)[1]


def refusal(house: House, role: str, command: Any, key: UUID | None = None) -> tuple[str | None, str | None]:
    with pytest.raises(Refused) as caught:
        desk_of(house, role).do(command, key)
    return caught.value.code, caught.value.field


def test_vat_that_does_not_come_back_is_a_part_of_what_is_approved(house: House, therapy: UUID) -> None:
    key = uuid4()
    desk_of(house, "senco").do(RequestOrder(therapy, supplier(house), "Hoist", 9_000_00, 1_800_00, 0), key)
    assert refusal(house, "head", ApproveOrder(), key) == ("over_limit", "reason")  # £10,800.00, with £10,000.00 theirs
    tight = uuid4()
    (pool,) = budget(house, NewLine("Pool", "core", "BAE190", 10_000_00), year=2027)
    desk_of(house, "senco").do(RequestOrder(pool, supplier(house, "Pools"), "Hoist", 10_000_00, 2_000_00, 0), tight)
    assert refusal(house, "finance_director", ApproveOrder(), tight) == ("over_budget", "reason")
    desk_of(house, "finance_director").do(ApproveOrder("Agreed by the trust"), tight)
    approved = known_of(house).orders[tight].approved
    assert approved is not None
    assert approved.over_pence == 2_000_00


def test_a_bill_far_over_its_order_is_released_within_a_limit_only(house: House, therapy: UUID) -> None:
    key = ordered(house, therapy, supplier(house), 100_00, came=100_00)
    desk_of(house, "business_manager").do(EnterInvoice("A1", 10_000_01, 0, TODAY), key)
    (bill,) = known_of(house).orders[key].invoices
    assert refusal(house, "head", ReleaseInvoice(bill, "Let it go"), key) == ("over_limit", "reason")
    desk_of(house, "finance_director").do(ReleaseInvoice(bill, "The trust agreed"), key)


def test_nobody_raises_the_limit_of_their_own_role(house: House) -> None:
    assert refusal(house, "head", SetLimit("head", 1_000_001, 0)) == ("same_person", "role")
    desk_of(house, "head").do(SetLimit("head", 1_00, 1_00))
    assert refusal(house, "head", SetLimit("head", 1_00, 1_01)) == ("same_person", "role")
    desk_of(house, "finance_director").do(SetLimit("head", 20_000_00, 1_00))


def test_a_supplier_has_one_name_and_a_related_one_stays_so_until_somebody_signs(house: House) -> None:
    party = uuid4()
    desk_of(house, "senco").do(NameSupplier("Trustee & Co", True), party)
    assert refusal(house, "senco", NameSupplier(" trustee  & CO", False), uuid4()) == ("twice", "name")
    assert refusal(house, "senco", NameSupplier("  ", False), uuid4()) == ("no_name", "name")
    with pytest.raises(NotAllowed):
        desk_of(house, "senco").do(NameSupplier("Trustee & Co", False), party)
    desk_of(house, "head").do(NameSupplier("Trustee & Co", False), party)
    assert not known_of(house).suppliers[party].related


def test_a_target_is_the_same_however_it_is_typed_and_vat_counts_against_it(house: House) -> None:
    (line,) = budget(house, NewLine("Tutor", "premium_looked_after", "BAE230", 5_000_00))
    seller = supplier(house)

    def asks(purpose: str, net: int, vat: int = 0) -> RequestOrder:
        return RequestOrder(line, seller, "Tutor", net, vat, 0, purpose, 550_00)

    desk_of(house, "senco").do(asks("PEP 7", 400_00, 80_00), uuid4())
    assert refusal(house, "senco", asks("pep7", 70_01), uuid4()) == ("over_agreed", "net_pence")
    assert refusal(house, "senco", asks("PEP 8", 550_00, 1), uuid4()) == ("over_agreed", "net_pence")
    desk_of(house, "senco").do(asks("pep 7", 70_00), uuid4())


def test_who_asked_is_not_offered_to_approve(house: House, therapy: UUID) -> None:
    key, seller = uuid4(), supplier(house)
    desk_of(house, "head").do(RequestOrder(therapy, seller, "Sessions", 100_00), key)
    here = f"{FINANCE}/orders/{key}"
    assert f"{here}/approve" not in house.as_role("head").get(here).text
    assert f"{here}/turn-down" in house.as_role("head").get(here).text
    assert f"{here}/approve" in house.as_role("finance_director").get(here).text


def test_forms_sent_twice_are_decided_as_they_were_at_first(house: House, therapy: UUID) -> None:
    key = uuid4()
    desk_of(house, "senco").do(RequestOrder(therapy, supplier(house), "Sessions", 9_000_00), key)
    here, head, manager = f"{FINANCE}/orders/{key}", house.as_role("head"), house.as_role("business_manager")
    fields = head.form(f"{here}/approve")
    assert [head.raw_post(f"{here}/approve", data=fields).status_code for _ in range(2)] == [303, 303]
    desk_of(house, "business_manager").do(ReceiveGoods(9_000_00, TODAY), key)
    fields = manager.form(f"{here}/invoice") | {"reference": "A1", "net_pence": "9000", "vat_pence": "0"}
    fields |= on("dated_on", TODAY)
    assert [manager.raw_post(f"{here}/invoice", data=fields).status_code for _ in range(2)] == [303, 303]
    move, moves = AskVirement(therapy, budget(house, year=2027)[0], 1_00, "Never"), uuid4()
    assert refusal(house, "business_manager", move) == ("not_in_list", "target")
    move = AskVirement(therapy, next(iter(_others(house, therapy))), 2_000_00, "More adults")
    for _ in range(2):
        desk_of(house, "head").do(move, command_id=moves)
    recorded = (OrderApproved, InvoiceEntered, VirementApproved)
    assert [len(house.facts(kind)) for kind in recorded] == [1, 1, 1]


def _others(house: House, line: UUID) -> list[UUID]:
    """The other lines of its year and fund."""
    standing = known_of(house).budgets.standing(2026)
    assert standing is not None
    return [one.line for one in standing.told.lines if one.fund == "core" and one.line != line]


# Two at once


def beaten_to_it(house: House, role: str, command: Any, key: UUID, first: Callable[[], object]) -> None:
    """Somebody's decision is made, and another's recorded before theirs is."""

    class Late(Desk):
        def _append(self, *what: Any) -> list[int]:
            first()
            return super()._append(*what)

    desk = desk_of(house, role)
    with pytest.raises(Stale):
        Late(desk.building, desk.person_id, desk.person, desk.academy_id).do(command, key)


def test_of_two_orders_approved_at_once_only_one_takes_what_is_left(house: House, therapy: UUID) -> None:
    seller = supplier(house)
    keys = [uuid4(), uuid4()]
    for key in keys:
        desk_of(house, "senco").do(RequestOrder(therapy, seller, "Sessions", 7_000_00), key)
    other = desk_of(house, "finance_director")
    beaten_to_it(house, "head", ApproveOrder(), keys[0], lambda: other.do(ApproveOrder(), keys[1]))
    assert refusal(house, "head", ApproveOrder(), keys[0]) == ("over_budget", "reason")


def test_nothing_is_posted_into_a_month_that_is_closed_meanwhile(house: House, therapy: UUID) -> None:
    posting = Posting(date(2026, 10, 30), "SEN", "BAE230", "core", "", "M2", "journal", 100, line=therapy)
    closing = desk_of(house, "finance_director")
    take = TakePostings((posting,), digest="ab" * 32)
    beaten_to_it(house, "business_manager", take, uuid4(), lambda: closing.do(CloseMonth(date(2026, 10, 1))))
    assert not known_of(house).posted
