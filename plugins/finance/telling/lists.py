"""Lists to take away: the monthly statement, orders and invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.answers import Cell, Export
from core.money import pounds

from ..codes import FUNDS
from ..views import books, positions, this_year

if TYPE_CHECKING:
    from core.desk import Desk


def exports(desk: Desk) -> list[Export]:
    return [
        Export("statement", "Monthly statement", "finance.budget", lambda: statement_table(desk, this_year(desk))),
        Export("orders", "Orders and invoices", "finance.spending", lambda: orders_table(desk)),
    ]


def statement_table(desk: Desk, year: int) -> tuple[list[str], list[list[Cell]]]:
    """A row for each budget line of an academic year, its sums in pounds."""
    header = [
        "Line",
        "Fund",
        "Cost centre",
        "Code",
        "Original",
        "Virements",
        "Supplements",
        "Current",
        "Actual",
        "Accruals",
        "Commitments",
        "Available",
        "Profiled to date",
        "Variance to date",
        "Outturn",
        "Outturn variance",
        "Per cent",
        "Colour",
        "Reason",
        "Action",
        "Owner",
    ]
    rows: list[list[Cell]] = []
    for one in positions(books(desk), year, desk.today):
        row, line = one.row, one.line
        sums = (
            row.original_pence,
            row.virements_pence,
            row.supplements_pence,
            row.current_pence,
            row.actual_pence,
            row.accruals_pence,
            row.commitments_pence,
            row.available_pence,
            row.profiled_pence,
            row.to_date_pence,
            row.outturn_pence,
            row.variance_pence,
        )
        rows.append(
            [
                line.name,
                FUNDS[line.fund].title,
                line.cost_centre,
                line.code,
                *map(pounds, sums),
                tenths(row.variance_tenths),
                row.rag,
                row.reason,
                row.action,
                row.owner,
            ]
        )
    return header, rows


def tenths(value: int | None) -> str:
    """A number of tenths of a per cent as people read it: -131 is -13.1 %."""
    if value is None:
        return ""
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(value) // 10}.{abs(value) % 10} %"


def orders_table(desk: Desk) -> tuple[list[str], list[list[Cell]]]:
    """A row for each order."""
    money = books(desk)
    header = ["Number", "Supplier", "What", "Line", "Net", "State", "Asked for", "Ordered", "Received", "Invoiced"]
    rows: list[list[Cell]] = []
    for one in money.orders.values():
        named, line = money.suppliers.get(one.told.supplier), money.budgets.line(one.told.line)
        rows.append(
            [
                one.approved.number if one.approved else "",
                named.name if named else "",
                one.told.what,
                line[1].name if line else "",
                pounds(one.told.net_pence),
                one.state,
                one.told.requested_on,
                one.approved.approved_on if one.approved else None,
                pounds(one.received_pence),
                pounds(one.invoiced_pence),
            ]
        )
    return header, rows
