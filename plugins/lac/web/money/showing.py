"""One child's premium as it stands: plan by plan, what repeats, what is left, how the year's is shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.law import in_force
from core.money import pounds
from core.roll.web.child import about
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day

from ...codes import LOOKED_AFTER_RATES
from ...facts import AuthoritySet
from ...rules import premium_shares, repeated_items, unspent_findings
from ...telling import base
from ...views import Claim, Pep, Peps, Sums, agreed_by_term, by_code, claims, peps, status, sums
from ..children import crumbs, known_child, readable
from ..funding import pseudonym
from ..words import WHY

MONEY = "lac.money"
_ACTS = {"agree": "Agreed", "refuse": "Refused", "receive": "Received", "spend": "Spent"}


class Money(Controller):
    """One child's claims."""

    path = "/money/{pupil_id:uuid}"

    @get("/", guards=[may("read", MONEY)])
    def show(self, pupil_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """Every claim, plan by plan; what is left, what repeats, and how the year's premium is shared."""
        more = readable(desk, pupil_id, "lac.pep", "lac.status", "lac.funding")
        who = known_child(desk, pupil_id, "read", MONEY, *more)
        made, plans = desk.see(claims, pupil_id) or {}, plans_of(desk, pupil_id)
        repeated = repeated_items(agreed_by_term(made, desk.calendar))
        writes = desk.may("write", MONEY, pupil_id)
        here = f"{base(desk)}/money/{pupil_id}"
        return page(
            "lac/money.html",
            crumbs=crumbs(desk, pupil_id, "Premium"),
            about=about(who),
            actions=[{"text": "Ask for premium", "href": f"{here}/claim", "main": True}] if writes else [],
            figures=_figures(sums(made.values())),
            prompts=[one.says for one in repeated],
            plans=[_plan(desk, made, plans, pep, here if writes else "") for pep in _in_order(made, plans)],
            shares=_shares(desk, pupil_id, plans),
            pseudonym=pseudonym(desk, pupil_id) if "lac.funding" in more else "",
        )


def plans_of(desk: Desk, pupil_id: UUID) -> Peps:
    """The child's plans, where this person may read them."""
    return (desk.see(peps, pupil_id) if desk.may("read", "lac.pep", pupil_id) else None) or Peps()


def setting_of(desk: Desk, plan: Pep | None) -> AuthoritySet | None:
    """The version of the authority's settings a plan is under."""
    known = by_code(desk).get(plan.told.authority) if plan else None
    return known.version(plan.told.setting) if known and plan else None


def _in_order(made: Mapping[UUID, Claim], plans: Peps) -> list[UUID]:
    """The plans that have claims, the newest first."""
    known = list(plans.plans)
    asked_for = dict.fromkeys(one.told.pep for one in made.values())
    return sorted(asked_for, key=lambda pep: known.index(pep) if pep in known else -1, reverse=True)


def _figures(all_of_it: Sums) -> list[dict[str, Any]]:
    told = [
        ("Asked", all_of_it.asked_pence, None),
        ("Agreed", all_of_it.agreed_pence, None),
        ("Received", all_of_it.paid_pence, None),
        ("Spent", all_of_it.spent_pence, None),
        ("Left to spend", all_of_it.left_pence, "of what was agreed"),
    ]
    return [{"label": label, "value": pounds(pence), "note": note} for label, pence, note in told]


def _plan(desk: Desk, made: Mapping[UUID, Claim], plans: Peps, pep: UUID, here: str) -> dict[str, Any]:
    """A plan's claims.

    Args:
        here: Address of the page; "" for whoever may not write.
    """
    plan = plans.plans.get(pep)
    mine = [one for one in made.values() if one.told.pep == pep]
    all_of_it = sums(mine)
    over_by = max(one.told.until_by for one in mine)
    unspent = unspent_findings(all_of_it.agreed_pence, all_of_it.spent_pence, "ask") if over_by < desk.today else ()
    return {
        "id": pep.hex[:8],
        "title": f"{WHY[plan.told.why]}, started {day(plan.told.started_on)}" if plan else "A plan",
        "ceiling": ceiling(all_of_it.asked_pence, setting_of(desk, plan)),
        "notes": [one.says for one in unspent],
        "rows": [_row(one, plan, here) for one in mine],
        "total": {
            "asked": pounds(all_of_it.asked_pence),
            "agreed": pounds(all_of_it.agreed_pence),
            "paid": pounds(all_of_it.paid_pence),
            "spent": pounds(all_of_it.spent_pence),
            "left": pounds(all_of_it.left_pence),
        },
    }


def ceiling(asked_pence: int, setting: AuthoritySet | None) -> dict[str, Any]:
    """What is asked for beside what the authority pays for a term."""
    if setting is None or setting.ceiling_pence is None:
        return {"says": "The authority has not said what it pays for a term.", "tag": None}
    says = f"{pounds(asked_pence)} asked for, of {pounds(setting.ceiling_pence)} for a term."
    beyond = asked_pence - setting.ceiling_pence
    return {"says": says, "tag": {"text": f"{pounds(beyond)} over", "kind": "soon"} if beyond > 0 else None}


def _row(one: Claim, plan: Pep | None, here: str) -> dict[str, Any]:
    told, agreed = one.told, one.agreed_pence
    target = plan.targets.get(told.target) if plan else None
    tag = {"text": "waiting", "kind": "soon"} if agreed is None else None
    if agreed == 0:
        tag = {"text": "refused", "kind": "plain"}
    acts = ["agree", "refuse"] if agreed is None else []
    if agreed:
        acts = ["receive"] * (one.paid_pence < agreed) + ["spend"] * (one.spent_pence < agreed)
    return {
        "item": told.item,
        "target": target.told.words if target else "",
        "days": f"{day(told.from_on)} to {day(told.until_by)}",
        "approval": told.approval,
        "asked": pounds(told.cost_pence),
        "agreed": pounds(agreed) if agreed else "",
        "tag": tag,
        "paid": pounds(one.paid_pence) if agreed else "",
        "spent": pounds(one.spent_pence) if agreed else "",
        "left": pounds(agreed - one.spent_pence) if agreed else "",
        "acts": [{"text": _ACTS[act], "href": f"{here}/{told.claim}/{act}"} for act in acts] if here else [],
    }


def _shares(desk: Desk, pupil_id: UUID, plans: Peps) -> dict[str, Any]:
    """How the authority shares the year's premium; of a rate that is not known, no figure."""
    edition = in_force(LOOKED_AFTER_RATES, desk.today)
    if edition is None or edition.value is None:
        name, source = (edition.name, f" ({edition.source})") if edition else ("this year", "")
        return {
            "title": f"The premium of {name}",
            "rows": [],
            "says": f"The rate for {name} is not known here{source}.",
        }
    setting = setting_of(desk, plans.last) or _today(desk, pupil_id)
    rows = [{"label": "For the year", "value": pounds(edition.value)}]
    if setting and setting.ceiling_pence is not None:
        shares = premium_shares(edition.value, setting.ceiling_pence)
        rows += [
            {"label": "To the school", "value": f"{pounds(shares.terms_pence[0])} for each of three terms"},
            {"label": "Held by the virtual school", "value": pounds(shares.held_pence)},
        ]
        says = f"Source of the rate: {edition.source}."
    else:
        says = "The authority has not said what it pays for a term, so its share is not known."
    return {"title": f"The premium of {edition.name}", "rows": rows, "says": says}


def _today(desk: Desk, pupil_id: UUID) -> AuthoritySet | None:
    """The looking-after authority's settings of today, where this person may read who it is."""
    now = desk.see(status, pupil_id) if desk.may("read", "lac.status", pupil_id) else None
    named = now.authorities.get("looking_after") if now else None
    known = by_code(desk).get(named.authority) if named else None
    return known.on(desk.today) if known else None
