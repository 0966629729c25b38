"""What this academy sold to others of the trust, and bought from them."""

from __future__ import annotations

from litestar import Controller
from litestar.di import NamedDependency

from core.desk import Desk
from core.money import pounds
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day

from ..telling import base
from ..views import Budgets, budgets, trade_reference
from .budget_words import BUDGET, crumbs


class Trades(Controller):
    """This academy's side of trades; both sides are recorded at the trust's centre."""

    path = "/trades"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Each trade, the newest first, with the line that pays."""
        known = desk.see(budgets, desk.here) or Budgets()
        rows = []
        for key, one in reversed(list(known.trades.items())):
            line = known.line(one.line) if one.line is not None else None
            rows.append(
                {
                    "reference": trade_reference(key),
                    "does": "sold to" if one.sells else "bought from",
                    "other": desk.academies[one.other].name if one.other in desk.academies else "",
                    "what": one.what,
                    "day": day(one.agreed_on),
                    "pence": pounds(one.pence),
                    "line": line[1].name if line else "",
                    "href": f"{base(desk)}/lines/{one.line}" if line else "",
                }
            )
        return page(
            "finance/fund_trades.html",
            crumbs=crumbs(desk, "Trades with other academies"),
            rows=rows,
            centre="/centre/finance/trades" if desk.building.has_centre(desk.person_id) else "",
        )
