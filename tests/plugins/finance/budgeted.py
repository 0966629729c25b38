"""An academy with a SEN budget: five lines of three funds, orders in every state, postings, moves and plans."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date
from importlib.metadata import EntryPoint
from typing import Any
from uuid import UUID, uuid4

from core.desk import Desk
from events import Fact, New
from plugins.finance.commands import ApproveBudget, DraftBudget, NewLine
from plugins.finance.facts import (
    FundingAllocated,
    FundingNotified,
    GoodsReceived,
    IncomeReceived,
    InvoiceEntered,
    LedgerTaken,
    OrderApproved,
    OrderRequested,
    Posted,
    SpendPlanned,
    SupplierNamed,
)
from plugins.finance.views import Books, books
from tests.core.house import NORTH, SOUTH, House, HouseMaker, email_of

FINANCE = f"/{NORTH}/finance"
FOUND = [EntryPoint(name, f"plugins.{name}", "tallystick.plugins") for name in ("register", "finance")]
ROLES = ("business_manager", "head", "senco", "governor", "class_teacher")
TRUST_ROLES = ("finance_director", "chief_executive", "send_director")
YEAR, TODAY = 2026, date(2026, 11, 16)
STAFF = NewLine("Teaching assistants", "core", "BAE030", 48_000_00, owner="Business manager")
THERAPY = NewLine("Speech therapy", "core", "BAE230", 12_000_00, profile=(1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0))
TOP_UPS = NewLine("Help for top-ups", "top_up", "BAE030", 21_000_00)
READING = NewLine("Early reading", "inclusive", "BAE200", 2_000_00, principle="early_support")
QUIET = NewLine("Quiet room", "inclusive", "BAE190", 6_000_00, principle="environments")
LINES = (STAFF, THERAPY, TOP_UPS, READING, QUIET)


def school(make_house: HouseMaker, *approved: str, found: Sequence[EntryPoint] = FOUND) -> House:
    """Two academies with finance on, and everyone who has to do with it; nothing is budgeted yet."""
    house = make_house(plugins=tuple(one.name for one in found), found=list(found))
    for urn in (NORTH, SOUTH):
        house.switch(urn, on=True, plugin="finance", approved=approved)
        for role in ROLES:
            house.grant(role, urn=urn)
    for role in TRUST_ROLES:
        house.grant(role)
    return house


def desk_of(house: House, role: str, urn: str = NORTH) -> Desk:
    central = role in TRUST_ROLES
    return house.desk(email_of(role, "" if central else urn), urn)


def budget(house: House, *lines: NewLine, urn: str = NORTH, year: int = YEAR, name: str = "First budget") -> list[UUID]:
    """A version drafted by the business manager and approved by the head; the ids of its lines."""
    version = uuid4()
    drafts = DraftBudget(year, name, lines or LINES)
    desk_of(house, "business_manager", urn).do(drafts, command_id=version)
    desk_of(house, "head", urn).do(ApproveBudget(version, "Governors, minute 7"))
    known = known_of(house, urn).budgets
    return [line.line for line in known.versions[version].told.lines]


def known_of(house: House, urn: str = NORTH) -> Books:
    return books(desk_of(house, "business_manager", urn))


def tell(house: House, *facts: Fact, of: UUID | None = None, urn: str = NORTH) -> None:
    """Facts of the academy's own, or of something else, recorded by the business manager; postings with their list."""
    subject = of or house.academy_id(urn)
    told = [*facts]
    if rows := [fact.net_pence for fact in facts if isinstance(fact, Posted)]:
        told.insert(0, LedgerTaken(len(rows), sum(rows), None, subject.hex * 2, TODAY))
    desk_of(house, "business_manager", urn).record([New(subject, fact) for fact in told], command_id=uuid4())


def supplier(house: House, name: str = "Clear Speech Ltd", urn: str = NORTH) -> UUID:
    key = uuid4()
    tell(house, SupplierNamed(name, False, date(2026, 9, 2)), of=key, urn=urn)
    return key


def ordered(
    house: House, line: UUID, seller: UUID, pence: int, *, came: int = 0, billed: int = 0, urn: str = NORTH
) -> UUID:
    """An order of a line, asked for by the SENCO and approved by the head; what came, and what was billed of it."""
    order, asked, signed = uuid4(), house.person(email_of("senco", urn)), house.person(email_of("head", urn))
    facts: list[Fact] = [
        OrderRequested(line, seller, pence, 0, 100, "", None, asked, date(2026, 9, 10), "Sessions of the autumn"),
        OrderApproved(f"PO-2026-{order.hex[-8:].upper()}", 0, "", signed, date(2026, 9, 11), ""),
    ]
    if came:
        facts.append(GoodsReceived(uuid4(), came, date(2026, 10, 20), asked, date(2026, 10, 21)))
    if billed:
        facts.append(bill(billed))
    tell(house, *facts, of=order, urn=urn)
    return order


def bill(pence: int, **more: Any) -> InvoiceEntered:
    """A supplier's bill that nothing stands against."""
    usual: dict[str, Any] = {
        "invoice": uuid4(),
        "reference": "INV-1",
        "net_pence": pence,
        "vat_pence": 0,
        "gross_pence": pence,
        "settles_pence": pence,
        "dated_on": date(2026, 10, 25),
        "held": (),
        "entered_by": uuid4(),
        "entered_on": date(2026, 10, 26),
    }
    return InvoiceEntered(**(usual | more))


def posted(line: UUID | None, pence: int, **more: Any) -> Posted:
    """A posting of the autumn's pay."""
    usual: dict[str, Any] = {
        "line": line,
        "month": date(2026, 10, 1),
        "cost_centre": "SEN",
        "code": "BAE030",
        "fund": "core",
        "supplier": "Payroll",
        "reference": "M2",
        "sort": "payroll",
        "net_pence": pence,
        "vat_pence": 0,
        "gross_pence": pence,
        "posted_on": date(2026, 10, 28),
    }
    return Posted(**(usual | more))


def planned(line: UUID, pence: int, words: str = "Pay to come") -> SpendPlanned:
    return SpendPlanned(uuid4(), line, pence, date(2027, 1, 1), None, TODAY, words)


def lived_in(house: House) -> dict[str, UUID]:
    """North's autumn: staff over budget without a reason, therapy in every state, the rest on course; lines by name."""
    names = [line.name for line in LINES]
    lines = dict(zip(names, budget(house), strict=True))
    seller, staff, therapy = supplier(house), lines["Teaching assistants"], lines["Speech therapy"]
    ordered(house, therapy, seller, 1_200_00)
    ordered(house, therapy, seller, 2_000_00, came=1_200_00)
    ordered(house, therapy, seller, 3_000_00, came=3_000_00, billed=3_000_00)
    tell(house, posted(staff, 21_300_00), of=uuid4())
    tell(
        house,
        FundingNotified(uuid4(), "notional", "academic", YEAR, "", 108_000_00, "GAG 2026", date(2026, 3, 1)),
        FundingNotified(uuid4(), "inclusive", "financial", YEAR, "", 14_000_00, "IMF 2026", date(2026, 6, 25)),
        FundingNotified(uuid4(), "top_up", "financial", YEAR, "Eastshire", 24_000_00, "", date(2026, 4, 3)),
        FundingAllocated("core", YEAR, 60_000_00, date(2026, 9, 1), "After the top slice"),
        IncomeReceived(uuid4(), "top_up", 8_000_00, "Autumn", date(2026, 10, 5)),
        planned(staff, 32_970_00),
        planned(lines["Help for top-ups"], 20_800_00),
        planned(lines["Early reading"], 1_950_00),
    )
    return lines


def text_of(page: str) -> str:
    """What a page says in its main part, without its marks."""
    main = page.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", main)).split())
