"""Pages of the SEN budget."""

from collections.abc import Mapping

from core.answers import NavItem
from events import Fact

from ..facts import ImpactNoted, RequestWritten, TopUpReceived
from .budgets import Statement, Versions, YearPage
from .centre import CentreTrades, Comparing
from .costs import CostsWithoutNames
from .evidence import EvidencePages
from .funding import Funding
from .funding_authorities import Authorities
from .funding_trades import Trades
from .ledger import Journals, LedgerImport, LedgerPages
from .limits import Limits
from .lines import LinePage, Planning, Virements
from .orders import BillForms, OrderForms, OrderPage, OrdersList
from .pay import Pay
from .provision import Pricing, ProvisionPages, Sharing
from .pupils import PupilForms, PupilPage, PupilsList
from .strategy import PublishStrategyPages, StrategyForms, StrategyPages

CONTROLLERS: tuple[type, ...] = (
    *(Authorities, Funding, Limits, LinePage, Planning),
    *(BillForms, Journals, LedgerImport, LedgerPages, OrderForms, OrderPage, OrdersList),
    *(CostsWithoutNames, EvidencePages, Pay, Pricing, ProvisionPages, PupilForms, PupilPage, PupilsList, Sharing),
    *(PublishStrategyPages, StrategyForms, StrategyPages),
    *(Statement, Trades, Versions, Virements, YearPage),
)
FORMS: Mapping[type[Fact], str] = {
    TopUpReceived: "pupils/{subject}/receive/{top_up}",
    ImpactNoted: "pupils/{subject}/impact/{line}",
    RequestWritten: "pupils/{subject}/request",
}
"""Where each is recorded, and a wrong one answered."""
CENTRE_CONTROLLERS: tuple[type, ...] = (CentreTrades, Comparing)
CENTRE_PAGES = (
    NavItem("SEN budgets, side by side", "/centre/finance/budgets", ("read", "finance.budget")),
    NavItem("Trades between academies", "/centre/finance/trades", ("read", "finance.budget")),
)
