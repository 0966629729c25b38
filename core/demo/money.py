"""The money of the story: each academy's SEN budget of this year, what was bought, what help costs, the strategy."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from core.demo.children import Child
from core.demo.entries import Deed, Of, Part, Pupil, Thing, Typing
from core.demo.strategy import ACTIVITIES, INTRODUCTION
from core.periods import academic_year

_DAY = timedelta(days=1)
_MANAGER = "business_manager"
OVER = "cawdor"
"""The academy that heads over its budget."""
_LINES = (  # name, fund, code of the return, thousands of pounds for each hundred pupils, months
    ("SENCO", "core", "BAE010", 9, ()),
    ("Teaching assistants", "core", "BAE030", 16, ()),
    ("Help for pupils with top-up", "top_up", "BAE030", 12, ()),
    ("Educational psychology", "core", "BAE230", 2, (1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0)),
    ("Equipment and resources", "core", "BAE200", 2, (1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0)),
    ("Training", "core", "BAE090", 1, (1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0)),
    ("Pupil premium: tutoring", "premium", "BAE030", 6, ()),
)
_PAY = ("SENCO", "Teaching assistants", "Help for pupils with top-up")
_SUPPLIERS = ("Brightwater Therapy", "Lumen Resources", "Northfold Training", "Keel Educational Psychology")
_ORDERS = (  # line, supplier, what, pence
    ("Equipment and resources", 1, "Visual timers and writing slopes", 64_000),
    ("Educational psychology", 3, "Four days of an educational psychologist", 220_000),
    ("Training", 2, "Autism training for all staff", 48_000),
    ("Equipment and resources", 1, "Ear defenders and fidget sets", 31_200),
)
_HELP = (  # name, area, minutes, sessions a week, group
    ("Speech and language group", "communication", 30, 3, 4),
    ("Reading catch-up", "cognition", 20, 4, 5),
    ("Calm start", "social", 15, 5, 6),
)


class Money:
    """One academy's money in the academic year that is under way."""

    def __init__(self, typing: Typing, today: date) -> None:
        self._typing = typing
        self._today = today
        self._year = academic_year(today)
        self._days = typing.days.of_year(self._year)
        self._site = typing.site
        self._names = [line[0] for line in _LINES] + [activity[0] for activity in ACTIVITIES]
        self._drafted: Deed | None = None

    def tell(self, here: list[Child]) -> None:
        """Funds and the budget first, then orders and the ledger, then what help costs, then the strategy."""
        pupils = max(40, len(here))
        self._funding(pupils)
        budget = self._budget(pupils)
        if budget is None:
            return
        self._orders(budget, pupils)
        self._ledger(budget, pupils)
        self._help(here)
        if self._site.phase != "special":
            self._strategy(pupils)

    def _line(self, name: str) -> Part | None:
        """A line of the budget by its name, or by its principle of inclusion."""
        number = self._names.index(name) + 1
        return Part(self._drafted, "line", number) if self._drafted else None

    def _funding(self, pupils: int) -> None:
        core = 31_000 * pupils
        notified = (
            ("core", core, "", self._year),
            ("notional", core * 12 // 100, "", self._year),
            ("top_up", 21_000 * pupils, self._site.authority, self._year),
            ("premium", 10_500 * pupils, "", self._year),
            ("inclusive", self._allocation(pupils), "", self._year),
        )
        for at, (fund, pence, authority, year) in enumerate(notified):
            day = self._days[0] - _DAY * (60 + at)
            told: dict[str, Any] = {"fund": fund, "year": year, "pence": pence, "authority": authority}
            self._do(None, self._days[1], "NotifyFunding", **told, notified_on=day, reference=f"Letter {at + 1}")
        for at, month in enumerate(self._months()[:2]):
            came: dict[str, Any] = {"fund": "core", "pence": core // 12, "received_on": month + 7 * _DAY}
            self._do(None, month + (8 + at) * _DAY, "ReceiveIncome", **came)

    def _allocation(self, pupils: int) -> int:
        return 700 * (4_500 * pupils // 700)

    def _months(self) -> list[date]:
        return [date(self._year, 9, 1), date(self._year, 10, 1), date(self._year, 11, 1), date(self._year, 12, 1)]

    def _budget(self, pupils: int) -> Deed | None:
        lines: list[dict[str, Any]] = [
            {
                "name": name,
                "fund": fund,
                "code": code,
                "pence": 1_000 * thousands * pupils,
                "profile": profile,
                "owner": "SENCO",
            }
            for name, fund, code, thousands, profile in _LINES
        ]
        if self._site.phase != "special":
            each = self._allocation(pupils) // len(ACTIVITIES)
            lines += [
                {
                    "name": f"Inclusion: {what}",
                    "fund": "inclusive",
                    "code": "BAE200",
                    "pence": each,
                    "principle": principle,
                    "owner": "SENCO",
                }
                for principle, what, _ in ACTIVITIES
            ]
        fields: dict[str, Any] = {"year": self._year, "name": "Budget for the year", "lines": tuple(lines)}
        drafted = self._do(None, self._days[1], "DraftBudget", **fields)
        self._drafted = drafted
        if drafted is None:
            return None
        minute = f"Trustees, July {self._year}, minute 9"
        return self._do(
            None, self._days[2], "ApproveBudget", by="head", after=drafted, version=Of(drafted), minute=minute
        )

    def _orders(self, after: Deed, pupils: int) -> None:
        for at, name in enumerate(_SUPPLIERS):
            self._do(Thing(f"supplier {at}"), self._days[3], "NameSupplier", after=after, name=name, related=False)
        for at, (line, supplier, what, full_pence) in enumerate(_ORDERS):
            pence = max(1_000, full_pence * pupils // 700)
            order = Thing(f"order {at}")
            told: dict[str, Any] = {"line": self._line(line), "what": what, "net_pence": pence}
            told |= {"supplier": Thing(f"supplier {supplier}"), "vat_pence": pence // 5}
            day = self._days[5 + 9 * at]
            asked = self._do(order, day, "RequestOrder", by="senco", **told)
            if asked is None or at == len(_ORDERS) - 1:
                continue  # the last one waits for the head
            reason = "Agreed with the governors" if self._site.key == OVER else ""
            placed = self._do(order, day + _DAY, "ApproveOrder", by="head", after=asked, reason=reason)
            came: dict[str, Any] = {"net_pence": pence if at else pence * 6 // 10, "received_on": day + 9 * _DAY}
            received = self._do(order, day + 10 * _DAY, "ReceiveGoods", after=placed, **came) if placed else None
            if received is None or at == 2:
                continue
            bill: dict[str, Any] = {"reference": f"INV-{2000 + at}", "net_pence": came["net_pence"]}
            bill |= {"vat_pence": came["net_pence"] // 5, "dated_on": day + 10 * _DAY}
            entered = self._do(order, day + 12 * _DAY, "EnterInvoice", after=received, **bill)
            if entered:
                paid_on = day + 20 * _DAY
                self._do(order, paid_on, "PayInvoice", after=entered, invoice=Of(entered), paid_on=paid_on)

    def _ledger(self, after: Deed, pupils: int) -> None:
        """Pay of the months that are over, as the payroll posts it; what is to come is planned, not drawn on."""
        over = 13 if self._site.key == OVER else 10
        for month in self._months():
            ends_on = month + 27 * _DAY
            if ends_on >= self._today - 8 * _DAY:
                continue
            postings = tuple(
                {
                    "posted_on": ends_on,
                    "cost_centre": "SEN",
                    "code": code,
                    "fund": fund,
                    "supplier": "",
                    "reference": f"PAY {month:%m/%y} {at}",
                    "sort": "payroll",
                    "net_pence": 1_000 * thousands * pupils * over // 120,
                    "line": self._line(name),
                }
                for at, (name, fund, code, thousands, _) in enumerate(_LINES)
                if name in _PAY
            )
            digest = sha256(f"{self._site.urn} {month}".encode()).hexdigest()
            total = sum(int(str(one["net_pence"])) for one in postings)
            told: dict[str, Any] = {"postings": postings, "digest": digest, "control_pence": total}
            self._do(Thing(f"ledger {month:%m}"), ends_on + 6 * _DAY, "TakePostings", after=after, **told)
        self._plan(after, pupils, over)
        if self._site.key == OVER:
            why = "Two more pupils need a second adult; their top-up has been asked for."
            told = {"line": self._line("Help for pupils with top-up"), "reason": why, "owner": "SENCO"}
            self._do(None, self._days[44], "ExplainVariance", after=after, **told, action="Ask again in January")

    def _plan(self, after: Deed, pupils: int, over: int) -> None:
        """What is still to come: pay as the posts stand, and most of what the other lines are for."""
        first_open = sum(month + 33 * _DAY < self._today for month in self._months())
        ends_on = date(self._year + 1, 8, 1)
        for name, _, _, thousands, _ in _LINES:
            pence = 1_000 * thousands * pupils
            rest = pence * (12 - first_open) * over // 120 if name in _PAY else pence * 17 // 20
            words = "Pay of the months to come" if name in _PAY else "What is left of the plan for the year"
            told: dict[str, Any] = {"line": self._line(name), "pence": rest, "month": ends_on, "words": words}
            self._do(None, self._days[40], "PlanSpend", after=after, **told)
        for principle, _, _ in ACTIVITIES if self._site.phase != "special" else ():
            each = self._allocation(pupils) // len(ACTIVITIES)
            told = {"line": self._line(principle), "pence": each, "month": ends_on, "words": "As the strategy has it"}
            self._do(None, self._days[41], "PlanSpend", after=after, **told)

    def _help(self, here: list[Child]) -> None:
        """Posts costed, three lines of provision, who is in them, and top-up for some of those with a plan."""
        post: dict[str, Any] = {
            "title": "Teaching assistant",
            "staff": "support",
            "full_time_pence": 2_518_500,
            "weekly_minutes": 1_950,
            "full_weekly_minutes": 2_220,
            "paid_weeks": 44_600,
            "pension": 2_200,
            "contact_minutes": 74_100,
            "from_on": date(self._year, 9, 1),
        }
        costed = self._do(None, self._days[3], "CostPost", **post)
        steady = [child for child in here if child.typed_until < date.max]
        settings: dict[str, Any] = {"name": self._site.authority, "basis": "months", "hour_pence": 65_500}
        settings |= {"from_on": date(self._year, 4, 1), "source": "Letter of 3 April"}
        told = self._do(None, self._days[2], "SetAuthority", **settings)
        if costed is None or told is None:
            return
        supported = sorted(
            (child for child in steady if child.sen.provision != "N"), key=lambda child: child.sen.provision != "E"
        )
        for at, (name, area, minutes, weekly, group) in enumerate(_HELP):
            line = Thing(f"provision {at}")
            priced: dict[str, Any] = {"name": name, "area": area, "group": group, "weekly": weekly, "minutes": minutes}
            priced |= {"weeks": 36, "preparation_minutes": 10, "post": Of(costed), "authority": self._site.authority}
            days = {"from_on": self._days[4], "until_by": date(self._year + 1, 7, 16)}
            made = self._do(line, self._days[4], "PriceProvision", by="senco", after=costed, **priced, **days)
            chosen = tuple(Pupil(child) for child in supported[at * group : (at + 1) * group])
            if made and chosen:
                self._do(line, self._days[5], "ShareCost", by="senco", after=made, pupils=chosen)
        for at, child in enumerate([child for child in steady if child.sen.provision == "E"][:12]):
            self._top_up(child, at)

    def _top_up(self, child: Child, at: int) -> None:
        agreed: dict[str, Any] = {"authority": self._site.authority, "band": f"Band {1 + at % 4}"}
        agreed |= {"yearly_pence": 250_000 + 85_000 * (at % 4), "from_on": date(self._year, 9, 1)}
        made = self._do(child, self._days[6], "AgreeTopUp", by="senco", **agreed, agreed_on=self._days[0])
        if made and at % 3:
            paid: dict[str, Any] = {"pence": agreed["yearly_pence"] // 3, "received_on": self._days[20]}
            self._do(child, self._days[21], "ReceiveTopUp", by="senco", after=made, top_up=Of(made), **paid)
        if at == 0:
            words: dict[str, Any] = {
                "needs": "Understands short sentences; tires quickly.",
                "outcomes": "Follows a lesson with one prompt.",
            }
            more = "An hour a day of an adult in small groups."
            self._do(
                child,
                self._days[30],
                "WriteRequest",
                by="senco",
                authority=self._site.authority,
                more=more,
                reviewed=(self._days[12], self._days[28]),
                **words,
            )

    def _strategy(self, pupils: int) -> None:
        each = self._allocation(pupils) // len(ACTIVITIES)
        activities = tuple(
            {
                "principle": principle,
                "what": what,
                "line": self._line(principle),
                "pence": each,
                "owner": "SENCO",
                "measure": measure,
            }
            for principle, what, measure in ACTIVITIES
        )
        if self._site.key in {"kestrel", "tidewell"}:
            activities = activities[:-1]  # not complete yet
        fields: dict[str, Any] = {"year": self._year, "activities": activities, "introduction": INTRODUCTION}
        written = self._do(None, self._days[25], "WriteStrategy", by="senco", **fields)
        if written and self._site.key in {"birchfold", "quarrydene"}:
            address = f"https://{self._site.key}.example/inclusion-strategy"
            told: dict[str, Any] = {"version": Of(written), "address": address, "published_on": self._days[32]}
            self._do(None, self._days[32], "PublishStrategy", by="head", after=written, **told)

    def _do(
        self,
        of: Child | Thing | None,
        day: date,
        command: str,
        *,
        by: str = _MANAGER,
        after: Deed | None = None,
        **fields: Any,
    ) -> Deed | None:
        return self._typing.at_once(of, day, by, f"finance.{command}", fields, after)
