"""From a budget that two people made to a bill that is paid, and what that does to the forecast."""

from __future__ import annotations

from datetime import date

from tests.journeys.conftest import Visit
from tests.journeys.visiting import Visitor
from tests.journeys.world import HEAD, MANAGER, OLD, SENCO, TEACHER

FINANCE = f"/{OLD}/finance"
LINE, SUPPLIER, WHAT = "Sensory room", "Quillback Interiors", "Lighting and floor cushions"
CAME_ON, BILLED_ON, PAID_ON = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 24)


def test_a_budget_an_order_and_the_forecast(visit: Visit) -> None:
    dana, miriam, priya = visit(MANAGER), visit(HEAD), visit(SENCO)
    drafts_a_budget(dana)
    approves_it(miriam)
    assert stands(priya) == ("£2,500.00", "£0.00", "£0.00", "£0.00", "£0.00")

    # Asked for is nothing yet; approved by another it is on order, and the forecast has it.
    order = asks_for_an_order(dana, priya)
    assert stands(priya) == ("£2,500.00", "£0.00", "£0.00", "£0.00", "£0.00")
    priya.goes_to(order)
    assert priya.page.get_by_role("link", name="Approve the order").count() == 0
    approves_the_order(miriam, order)
    assert stands(dana) == ("£2,500.00", "£0.00", "£0.00", "£1,800.00", "£1,800.00")

    # A part comes: owed. It is billed: spent. The rest stays on order; together it is always one sum.
    receives(dana, order)
    assert stands(dana) == ("£2,500.00", "£0.00", "£1,200.00", "£600.00", "£1,800.00")
    bills_and_pays(dana, order)
    assert stands(dana) == ("£2,500.00", "£1,200.00", "£0.00", "£600.00", "£1,800.00")

    # What is planned on top takes the line over its budget; a reason is wanted, and is said.
    plans_too_much(dana)
    assert stands(dana)[-1] == "£3,700.00"
    explains_the_line(dana)
    reads_the_statement(dana)

    # The head sees the same; a teacher has nothing to do with money.
    assert stands(miriam)[-1] == "£3,700.00"
    jo = visit(TEACHER)
    with jo.expecting(403):
        jo.goes_to(FINANCE)
    jo.goes_to(f"/{OLD}")
    assert jo.page.get_by_role("link", name="SEN budget").count() == 0


def stands(who: Visitor) -> tuple[str, ...]:
    """The line on the page of the year: budget, spent, owed, on order, forecast."""
    who.goes_by_the_bar("SEN budget")
    cells = who.row(LINE)
    titles = ("Budget", "Spent", "Owed", "On order", "Forecast")
    return tuple(cells.locator(f"td[data-l='{title}']").inner_text() for title in titles)


def drafts_a_budget(dana: Visitor) -> None:
    """The version that stands, and one line more. A slip is said at its field; the rest stays typed."""
    dana.goes_by_the_bar("SEN budget")
    dana.follows("Draft a budget")
    last = int(dana.page.locator("input[name=rows]").input_value()) - 2
    dana.fills("What is this version called?", "With the sensory room")
    row = dana.page.get_by_role("group", name=f"Line {last}", exact=True)
    row.get_by_label(f"Line {last}", exact=True).fill(LINE)
    row.get_by_label("Fund", exact=True).select_option(label="Core funding")
    row.get_by_label("Pounds for the year", exact=True).fill("some")
    with dana.expecting(422):
        dana.presses("Keep the draft")
    dana.reads("There is a problem", "enter an amount in pounds, such as 12,000", "choose a code of the return")
    row.get_by_label("Pounds for the year", exact=True).fill("2,500")
    row.get_by_label("Code of the return", exact=True).select_option("BAE200")
    dana.presses("Keep the draft")
    dana.reads("Drafted. Somebody else must approve it.", LINE, "new")
    assert dana.page.get_by_role("link", name="Approve", exact=True).count() == 0


def approves_it(miriam: Visitor) -> None:
    miriam.goes_to(f"{FINANCE}/budgets")
    miriam.follows("With the sensory room")
    miriam.follows("Approve")
    miriam.fills("Where does the approval stand?", "Governors, 19 November 2026, minute 6")
    miriam.presses("Approve")
    miriam.reads("Approved.", LINE)


def asks_for_an_order(dana: Visitor, priya: Visitor) -> str:
    """The supplier is named by one, the order asked for by another."""
    dana.goes_to(f"{FINANCE}/orders")
    dana.follows("Name a supplier")
    dana.fills("What are they called?", SUPPLIER)
    dana.picks("No")
    dana.presses("Record")
    dana.reads("Named.")
    priya.goes_to(f"{FINANCE}/orders")
    priya.follows("Ask for an order")
    priya.chooses("Out of which line?", f"{LINE} (Core funding): £2,500.00 left")
    priya.chooses("From whom?", SUPPLIER)
    priya.fills("What is it?", WHAT)
    priya.fills("Price without VAT, in pounds", "1,800")
    priya.fills("VAT, in pounds", "360")
    priya.presses("Ask for it")
    priya.reads("Asked for. Somebody else approves it.", "waits for approval", f"Asked for by {SENCO.name}")
    return priya.path


def approves_the_order(miriam: Visitor, order: str) -> None:
    miriam.goes_to(f"{FINANCE}/orders")
    miriam.filters(q=WHAT)
    miriam.follows("Not ordered yet")
    assert miriam.path == order
    miriam.follows("Approve the order")
    miriam.reads("£2,500.00", "You may approve up to")
    miriam.presses("Order it")
    miriam.reads("on order", f"Ordered by {HEAD.name}", "PO-2026-")


def receives(dana: Visitor, order: str) -> None:
    dana.goes_to(order)
    dana.follows("Record what came")
    dana.fills("Price of what came, without VAT, in pounds", "1,200")
    dana.dates("When did it come?", CAME_ON)
    dana.presses("Record")
    dana.reads("received in part", "£1,200.00 of it came")


def bills_and_pays(dana: Visitor, order: str) -> None:
    """The bill fits what came, so it may be paid; the same bill again is kept, and held."""
    for again in (False, True):
        dana.goes_to(order)
        dana.follows("Enter an invoice")
        dana.fills("Its number", "qi 88" if again else "QI-88")
        dana.fills("Sum without VAT, in pounds", "1200")
        dana.fills("VAT, as the supplier has it, in pounds", "240")
        dana.dates("Which day is on it?", BILLED_ON)
        dana.presses("Record")
    held = dana.row("qi 88")
    assert "on hold" in held.inner_text()
    dana.follows("Refuse the invoice qi 88", held)
    dana.fills("Why is it not paid?", "It is QI-88 again")
    dana.presses("Record")
    dana.follows("Record the payment QI-88", dana.row("QI-88"))
    dana.dates("When was it paid?", PAID_ON)
    dana.presses("Record")
    dana.reads("Invoice QI-88 paid", "refused")


def plans_too_much(dana: Visitor) -> None:
    dana.follows(LINE, dana.row(LINE))
    dana.follows("Plan spending")
    dana.fills("What is it?", "A second ceiling projector")
    dana.fills("How much in pounds?", "1,900")
    dana.chooses("In which month is it expected?", "January 2027")
    dana.presses("Plan it")
    dana.reads("Planned.", "A second ceiling projector")


def explains_the_line(dana: Visitor) -> None:
    """The page of the year asks for the reason; the line keeps it."""
    assert "Reason wanted." in dana.row(LINE).inner_text()
    dana.follows(f"Say why for {LINE}")
    dana.is_at("Say why")
    dana.reads("£3,700.00", "£1,200.00 over")
    dana.fills("Why is the line heading there?", "The room is used by two groups, not by one.")
    dana.fills("What is done about it?", "Move £1,200 from training in January")
    dana.fills("Who does it?", "SENCO")
    dana.presses("Record")
    dana.is_at(LINE)
    dana.reads("The room is used by two groups, not by one.")
    dana.goes_by_the_bar("SEN budget")
    assert "Reason wanted." not in dana.row(LINE).inner_text()


def reads_the_statement(dana: Visitor) -> None:
    dana.goes_to(f"{FINANCE}/statement")
    assert "£3,700.00" in dana.row(LINE).inner_text()
