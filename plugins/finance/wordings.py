"""Sentences for the SEN budget. None names a pupil."""

from events import Fact

from . import facts
from .codes import FUNDS

_FUND = "{fund:" + ",".join(f"{key}={one.title}" for key, one in FUNDS.items()) + "}"
_FUND = _FUND.replace("plus, ", "plus \N{EN DASH} ")

WORDINGS: dict[type[Fact], str] = {
    facts.FundingNotified: _FUND + " notified for {year}[. Reference {reference}]",
    facts.FundingAllocated: _FUND + " allocated by the trust for {year}. {reason}",
    facts.IncomeReceived: _FUND + " received[. Reference {reference}]",
    facts.BudgetDrafted: "Budget drafted for {year}: {name}",
    facts.BudgetApproved: "Budget approved. {minute}",
    facts.VirementAsked: "Virement asked for. {reason}",
    facts.VirementApproved: "Virement made",
    facts.LimitSet: "Limit set for the role {role}",
    facts.MonthClosed: "Month closed: {month}",
    facts.SpendPlanned: "Spending planned. {words}",
    facts.VarianceExplained: "Variance explained. {reason}",
    facts.TradeAgreed: "{sells:True=Sold to another academy,False=Bought from another academy}. {what}",
    facts.AuthoritySet: "{name} set up, as it reckons from {from_on}",
    facts.SupplierNamed: "Supplier named: {name}",
    facts.OrderRequested: "Order asked for. {what}",
    facts.OrderApproved: "Ordered: {number}",
    facts.OrderTurnedDown: "Order turned down. {reason}",
    facts.GoodsReceived: "Goods or work received on {received_on}",
    facts.InvoiceEntered: "Invoice {reference} entered",
    facts.InvoiceReleased: "Invoice released. {reason}",
    facts.InvoiceRefused: "Invoice refused. {reason}",
    facts.InvoicePaid: "Invoice paid on {paid_on}",
    facts.OrderClosed: "Order closed. {reason}",
    facts.LedgerTaken: "{rows} postings taken over from the ledger",
    facts.Posted: "Posted in {month}: {code}",
    facts.StaffCosted: "Post costed: {title}",
    facts.ProvisionPriced: "Provision priced: {name}",
    facts.CostShared: "Part of the cost of provision, {from_on} to {until_by}",
    facts.TopUpAgreed: "Top-up agreed by {authority}, from {from_on}",
    facts.TopUpReceived: "Top-up received",
    facts.ImpactNoted: "What provision did: {attended} of {planned} sessions, target {met:True=met,False=not met}",
    facts.RequestWritten: "Request to {authority} written",
    facts.StrategyWritten: "Inclusion strategy written for {year}",
    facts.StrategyPublished: "Inclusion strategy published",
}
