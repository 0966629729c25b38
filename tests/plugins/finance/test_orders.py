"""Orders from the asking to the payment: by two people, within limits, each penny in one place."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import NotAllowed, Refused
from plugins.finance.commands import (
    ApproveOrder,
    CloseOrder,
    EnterInvoice,
    NameSupplier,
    PayInvoice,
    ReceiveGoods,
    RefuseInvoice,
    ReleaseInvoice,
    RequestOrder,
    TurnDownOrder,
)
from plugins.finance.facts import GoodsReceived, InvoiceEntered, OrderApproved, OrderClosed, OrderRequested
from plugins.finance.views import Invoice, Order, available_of, life, order, order_standing
from tests.core.house import House, HouseMaker, errors, on
from tests.plugins.finance.budgeted import FINANCE, TODAY, budget, desk_of, known_of, school, supplier

SPEECH = 12_000_00


@pytest.fixture
def house(make_house: HouseMaker) -> House:
    return school(make_house)


@pytest.fixture
def therapy(house: House) -> UUID:
    """The line for speech therapy, £12,000.00."""
    return budget(house)[1]


def asked(house: House, line: UUID, pence: int = 1_200_00, *, seller: UUID | None = None) -> UUID:
    key = uuid4()
    request = RequestOrder(line, seller or supplier(house), "Sessions of the autumn", pence, pence // 5)
    desk_of(house, "senco").do(request, key)
    return key


def placed(house: House, line: UUID, pence: int = 1_200_00) -> UUID:
    key = asked(house, line, pence)
    desk_of(house, "head").do(ApproveOrder(), key)
    return key


def told(house: House, key: UUID) -> Order:
    found = desk_of(house, "head").see(order, key)
    assert found is not None
    return found


def refusal(house: House, role: str, command: object, key: UUID) -> str:
    with pytest.raises(Refused) as caught:
        desk_of(house, role).do(command, key)  # type: ignore[arg-type]
    return str(caught.value.code)


# An order's life, by pages


def test_an_order_goes_from_the_senco_by_the_head_to_the_business_manager(house: House, therapy: UUID) -> None:
    seller = supplier(house)
    senco, head, manager = (house.as_role(role) for role in ("senco", "head", "business_manager"))
    new = f"{FINANCE}/orders/new"
    sent = senco.post(
        new, line=str(therapy), supplier=str(seller), what="Sessions", net_pence="1200", recoverable="100"
    )
    assert sent.status_code == 303
    here = sent.headers["location"]
    assert "waits for approval" in senco.get(here).text
    assert "approve" not in senco.get(here).text.partition("<main")[2]
    assert known_of(house).orders  # asked for sets nothing aside
    assert available_of(known_of(house), therapy) == SPEECH
    assert head.post(f"{here}/approve").status_code == 303
    assert available_of(known_of(house), therapy) == SPEECH - 1_200_00
    manager.post(f"{here}/receive", net_pence="720", **on("received_on", date(2026, 11, 12)))
    manager.post(f"{here}/invoice", reference="INV 7", net_pence="720", vat_pence="0", **on("dated_on", TODAY))
    page = manager.get(here).text
    for sum_told in ("£480.00", "£720.00"):
        assert sum_told in page
    (bill,) = told(house, UUID(here.rpartition("/")[2])).invoices
    assert manager.post(f"{here}/invoices/{bill}/pay", **on("paid_on", TODAY)).status_code == 303
    assert "Invoice INV 7 paid" in manager.get(here).text
    assert "PO-2026-" in manager.get(f"{FINANCE}/orders").text
    assert manager.get(f"{FINANCE}/orders?state=requested").text.count("INV 7") == 0


def test_what_is_wrong_with_an_order_is_said_at_its_field_and_what_was_typed_stays(house: House, therapy: UUID) -> None:
    senco = house.as_role("senco")
    answer = senco.post(
        f"{FINANCE}/orders/new", line=str(therapy), what="Sessions", net_pence="twelve", recoverable="100"
    )
    assert answer.status_code == 422
    assert "Enter an amount in pounds, such as 180 or 1,234.50." in errors(answer.text)
    assert 'value="Sessions"' in answer.text
    assert not known_of(house).orders


def test_who_may_not_read_orders_is_turned_away(house: House, therapy: UUID) -> None:
    key = asked(house, therapy)
    for role in ("governor", "class_teacher"):
        for path in ("orders", f"orders/{key}", "orders/new", "suppliers/new"):
            assert house.as_role(role).get(f"{FINANCE}/{path}").status_code == 403, (role, path)
    assert house.as_role("senco").get(f"{FINANCE}/orders/{uuid4()}").status_code == 404


# What is refused


def test_nobody_approves_pays_or_releases_what_is_their_own(house: House, therapy: UUID) -> None:
    key = uuid4()
    request = RequestOrder(therapy, supplier(house), "Sessions", 100_00)
    desk_of(house, "head").do(request, key)
    assert refusal(house, "head", ApproveOrder(), key) == "same_person"
    key = placed(house, therapy)
    head = desk_of(house, "head")
    head.do(EnterInvoice("A1", 500_00, 0, TODAY), key)
    (bill,) = told(house, key).invoices
    assert told(house, key).invoices[bill].told.held == ("not_received",)
    assert refusal(house, "head", ReleaseInvoice(bill, "It came by post"), key) == "same_person"
    assert refusal(house, "business_manager", PayInvoice(bill, TODAY), key) == "held"
    desk_of(house, "business_manager").do(ReceiveGoods(500_00, TODAY), key)
    desk_of(house, "finance_director").do(ReleaseInvoice(bill, "It came by post"), key)
    assert refusal(house, "head", PayInvoice(bill, TODAY), key) == "same_person"
    desk_of(house, "business_manager").do(PayInvoice(bill, TODAY), key)
    assert refusal(house, "business_manager", PayInvoice(bill, TODAY), key) == "no_change"
    assert refusal(house, "business_manager", RefuseInvoice(bill, "Came twice"), key) == "no_change"


def test_only_who_may_sign_approves(house: House, therapy: UUID) -> None:
    key = asked(house, therapy)
    for command in (ApproveOrder(), TurnDownOrder("No")):
        with pytest.raises(NotAllowed):
            desk_of(house, "business_manager").do(command, key)


def test_over_the_line_an_order_goes_with_a_reason_and_that_stays(house: House, therapy: UUID) -> None:
    key = asked(house, therapy, SPEECH + 50_00)
    assert refusal(house, "head", ApproveOrder(), key) == "over_limit"  # £10,000 is the head's
    assert refusal(house, "finance_director", ApproveOrder(), key) == "over_budget"
    desk_of(house, "finance_director").do(ApproveOrder(reason="Agreed by the trust"), key)
    approved = told(house, key).approved
    assert approved is not None
    assert (approved.over_pence, approved.reason) == (50_00, "Agreed by the trust")


def test_a_related_party_over_the_limit_needs_the_department_first(house: House) -> None:
    staff = budget(house)[0]
    seller = uuid4()
    desk_of(house, "business_manager").do(NameSupplier("Trustee & Co", True), seller)
    first = asked(house, staff, 39_500_00, seller=seller)
    director = desk_of(house, "finance_director")
    director.do(ApproveOrder(), first)
    second = asked(house, staff, 600_00, seller=seller)
    assert refusal(house, "finance_director", ApproveOrder(), second) == "needs_approval"
    desk_of(house, "finance_director").do(ApproveOrder(approval="DfE-2026-77"), second)
    assert told(house, second).approved is not None


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (RequestOrder(uuid4(), uuid4(), "Sessions", 100_00), "not_in_list"),
        (ReceiveGoods(100_00, TODAY), "not_ordered"),
        (EnterInvoice("A1", 100_00, 0, TODAY), "not_ordered"),
        (CloseOrder("Not wanted"), "not_ordered"),
    ],
)
def test_an_order_that_is_none_takes_nothing(house: House, therapy: UUID, command: object, code: str) -> None:
    assert refusal(house, "business_manager", command, uuid4()) == code


def test_more_than_was_ordered_neither_comes_nor_is_settled(house: House, therapy: UUID) -> None:
    key = placed(house, therapy)
    manager = "business_manager"
    assert refusal(house, manager, ReceiveGoods(1_200_01, TODAY), key) == "over_received"
    assert refusal(house, manager, ReceiveGoods(1, date(2026, 11, 17)), key) == "in_future"
    assert refusal(house, manager, EnterInvoice("A1", 100, 0, TODAY, 1_200_01), key) == "over_settled"
    desk_of(house, manager).do(ReceiveGoods(1_200_00, TODAY), key)
    desk_of(house, manager).do(EnterInvoice("A1", 720_00, 0, TODAY), key)
    desk_of(house, manager).do(EnterInvoice("A2", 495_00, 0, TODAY), key)  # £15 over, £24 is allowed
    first, second = told(house, key).invoices.values()
    assert (first.told.held, second.told.held, second.told.settles_pence) == ((), (), 480_00)
    assert order_standing(told(house, key)).actual_pence == 1_215_00


def test_the_same_bill_again_is_held_however_it_is_typed(house: House, therapy: UUID) -> None:
    seller = supplier(house)
    orders = [asked(house, therapy, 500_00, seller=seller) for _ in range(2)]
    for key in orders:
        desk_of(house, "head").do(ApproveOrder(), key)
        desk_of(house, "business_manager").do(ReceiveGoods(500_00, TODAY), key)
    desk_of(house, "business_manager").do(EnterInvoice("INV 204", 500_00, 0, TODAY), orders[0])
    desk_of(house, "business_manager").do(EnterInvoice("inv204", 500_00, 0, TODAY), orders[1])
    (again,) = told(house, orders[1]).invoices.values()
    assert again.told.held == ("duplicate",)
    page = house.as_role("business_manager").get(f"{FINANCE}/orders/{orders[1]}").text
    assert "on hold" in page
    assert "/rules/finance.duplicate_invoice_findings" in page
    assert f"{FINANCE}/orders/{orders[1]}" in house.as_role("head").get(f"{FINANCE}/orders?state=held").text


def test_closing_an_order_sets_free_what_is_left_of_it(house: House, therapy: UUID) -> None:
    key = placed(house, therapy)
    desk_of(house, "business_manager").do(ReceiveGoods(200_00, TODAY), key)
    desk_of(house, "senco").do(CloseOrder("The rest is not needed"), key)
    assert available_of(known_of(house), therapy) == SPEECH - 200_00


def test_an_order_asked_for_by_a_form_sent_twice_is_one(house: House, therapy: UUID) -> None:
    seller, senco = supplier(house), house.as_role("senco")
    fields = senco.form(f"{FINANCE}/orders/new", f"{FINANCE}/orders/new")
    fields |= {
        "line": str(therapy),
        "supplier": str(seller),
        "what": "Sessions",
        "net_pence": "10",
        "recoverable": "100",
    }
    first, again = (senco.raw_post(f"{FINANCE}/orders/new", data=fields) for _ in range(2))
    assert first.headers["location"] == again.headers["location"]
    assert len(known_of(house).orders) == 1


# Laws


PENCE = st.integers(1, 5_000_00)


@settings(deadline=None)
@given(
    ordered=PENCE,
    vat=st.integers(0, 1_000_00),
    recoverable=st.integers(0, 100),
    parts=st.lists(st.tuples(PENCE, st.booleans()), max_size=5),
    closed=st.booleans(),
)
def test_no_penny_of_an_order_is_in_two_places(
    ordered: int, vat: int, recoverable: int, parts: list[tuple[int, bool]], closed: bool
) -> None:
    who, line, seller = uuid4(), uuid4(), uuid4()
    one = Order(OrderRequested(line, seller, ordered, vat, recoverable, "", None, who, TODAY, "Sessions"))
    assert order_standing(one).commitment_pence == 0
    one = order.step(one, OrderApproved("PO-1", 0, "", who, TODAY, "")) or one
    whole = life(one).ordered_pence
    received = 0
    for wanted, billed in parts:
        pence = min(wanted, ordered - received)
        if pence <= 0:
            break
        one = order.step(one, GoodsReceived(uuid4(), pence, TODAY, who, TODAY)) or one
        received += pence
        if billed:
            bill = InvoiceEntered(uuid4(), "A", pence, 0, pence, pence, TODAY, (), who, TODAY)
            one = order.step(one, bill) or one
    at = order_standing(one)
    assert min(at.commitment_pence, at.accrual_pence, at.actual_pence) >= 0
    if vat == 0 or recoverable == 100:
        assert at.commitment_pence + at.accrual_pence + at.actual_pence == whole
        if closed:
            one = order.step(one, OrderClosed(TODAY, "Enough")) or one
            after = order_standing(one)
            assert after.commitment_pence == 0
            assert after.accrual_pence + after.actual_pence == received


def test_a_bill_that_is_held_or_refused_is_no_spending() -> None:
    bill = InvoiceEntered(uuid4(), "A", 100, 0, 100, 100, TODAY, ("duplicate",), uuid4(), TODAY)
    assert not Invoice(bill).counts
