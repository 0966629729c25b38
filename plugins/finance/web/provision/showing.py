"""Lines of provision: what each costs, and each pupil's part of it for whoever may read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.roll.views import pupil as roll_pupil
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted, day

from ...facts import CostShared, ProvisionPriced
from ...rules import cost_per_outcome
from ...telling import base
from ...views import Costs, costs, pay, provision
from ..budget_words import crumbs

PROVISION = "finance.provision"
PUPIL = "finance.pupil"
AREAS = {
    "communication": "Communication and interaction",
    "cognition": "Cognition and learning",
    "social": "Social, emotional and mental health",
    "sensory": "Sensory and physical",
    "other": "Other",
}


class ProvisionPages(Controller):
    """The academy's lines of provision."""

    path = "/provision"

    @get("/", guards=[may("read", PROVISION)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every line, those that run now first."""
        here, posts, reads = f"{base(desk)}/provision", posts_of(desk), desk.may("read", PUPIL)
        shared = shares(desk)
        every = sorted(desk.see_all(provision).items(), key=lambda one: (one[1].until_by < desk.today, one[1].name))
        price = {"text": "Price provision", "href": f"{here}/new", "main": True}
        return page(
            "finance/provision.html",
            crumbs=crumbs(desk, "Provision"),
            actions=[*([price] if desk.may("write", PROVISION) else []), *_elsewhere(desk)],
            rows=[
                {
                    **line_told(one, posts),
                    "href": f"{here}/{key}",
                    "over": one.until_by < desk.today,
                    "shared": _shared(one, shared.get(key, {})) if reads else None,
                }
                for key, one in every
            ],
        )

    @get("/{line_id:uuid}", guards=[may("read", PROVISION)])
    def line(self, line_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """One line, what it is made up of, and who is helped by it."""
        one, here = line_of(desk, line_id), f"{base(desk)}/provision/{line_id}"
        acts: list[dict[str, Any]] = []
        if desk.may("write", PUPIL):
            acts.append({"text": "Say who is in it", "href": f"{here}/share", "main": True})
        if desk.may("write", PROVISION):
            acts.append({"text": "Price it again", "href": f"{here}/price"})
        parts = shares(desk).get(line_id, {})
        return page(
            "finance/provision_line.html",
            crumbs=crumbs(desk, one.name, ("Provision", "provision")),
            actions=acts,
            line=line_told(one, posts_of(desk)),
            rows=_made_up(desk, one),
            pupils=_pupils(desk, line_id, parts) if desk.may("read", PUPIL) else None,
            shared=_shared(one, parts),
            outcome=_outcome(desk, line_id, one, parts),
        )


def line_of(desk: Desk, line_id: UUID) -> ProvisionPriced:
    """The line; raises NotFound for what is none."""
    found = desk.see(provision, line_id)
    if found is None:
        raise NotFound
    return found


def posts_of(desk: Desk) -> dict[UUID, str]:
    """What each costed post is called, for those who may not read what it is paid, too: provision says who gives it."""
    return {key: one.title for key, one in (desk.log.see(pay, desk.here) or {}).items()}


def shares(desk: Desk) -> dict[UUID, dict[UUID, CostShared]]:
    """Who has a part of each line; empty for whoever may not read it."""
    found: dict[UUID, dict[UUID, CostShared]] = {}
    for subject, told in desk.see_all(costs).items():
        for line, one in told.shares.items():
            if one.pence:
                found.setdefault(line, {})[subject] = one
    return found


def line_told(one: ProvisionPriced, posts: Mapping[UUID, str]) -> dict[str, Any]:
    """A line in words and sums."""
    sessions = f"{counted(one.weekly, 'session', 'sessions')} a week of {one.minutes} minutes" if one.weekly else ""
    ahead = f", {one.preparation_minutes} more to prepare" if one.weekly and one.preparation_minutes else ""
    return {
        "name": one.name,
        "area": AREAS.get(one.area, one.area),
        "who": posts.get(one.post, "a post that is costed no more") if one.post else "bought in",
        "sessions": f"{sessions}{ahead}, for {counted(one.weeks, 'week', 'weeks')}" if sessions else "",
        "group": f"{one.group} together" if one.group > 1 else "one pupil",
        "days": f"{day(one.from_on)} to {day(one.until_by)}",
        "total": pounds(one.total_pence),
        "authority": "" if one.authority_pence is None else pounds(one.authority_pence),
    }


def impact_told(known: Costs, line_id: UUID) -> str:
    """How far a pupil came with a line, as last noted; "" before."""
    noted = known.impacts.get(line_id)
    if not noted:
        return ""
    last = noted[-1]
    attended = f"{last.attended} of {counted(last.planned, 'session', 'sessions')}"
    return f"{attended}, target {'met' if last.met else 'not met'}"


def _elsewhere(desk: Desk) -> list[dict[str, str]]:
    pages = {
        "pupils": ("Costs of pupils", PUPIL),
        "costs": ("Costs without names", "finance.costs"),
        "pay": ("What posts cost", "finance.pay"),
    }
    return [
        {"text": text, "href": f"{base(desk)}/{path}"}
        for path, (text, record) in pages.items()
        if desk.may("read", record)
    ]


def _shared(one: ProvisionPriced, parts: Mapping[UUID, CostShared]) -> dict[str, str]:
    """Whether the parts are those of the cost as it is now."""
    if not parts:
        return {"text": "shared among nobody yet", "kind": "soon"}
    if sum(part.pence for part in parts.values()) != one.total_pence:
        return {"text": "priced again since: share it again", "kind": "late"}
    return {"text": f"shared among {counted(len(parts), 'pupil', 'pupils')}", "kind": "well"}


def _made_up(desk: Desk, one: ProvisionPriced) -> list[dict[str, str]]:
    told = line_told(one, posts_of(desk))
    rows = {
        "Area of need": told["area"],
        "Given by": told["who"],
        "Sessions": told["sessions"],
        "Group": told["group"],
        "From and to": told["days"],
        "Bought for it": pounds(one.bought_pence) if one.bought_pence else "",
        "Priced on": day(one.priced_on),
    }
    return [{"label": label, "value": value} for label, value in rows.items() if value]


def _pupils(desk: Desk, line_id: UUID, parts: Mapping[UUID, CostShared]) -> list[dict[str, str]]:
    """Who is helped by it, by name; that each was looked at is recorded."""
    on_roll, known = desk.see_all(roll_pupil), desk.see_all(costs)
    found = sorted((on_roll[key].name, key) for key in parts if key in on_roll)
    for _, key in found:
        desk.opened(key, ["core.identity", PUPIL])
    rates = {key: one.authority_pence for key, one in parts.items()}
    return [
        {
            "name": name,
            "href": f"{base(desk)}/pupils/{key}",
            "pence": pounds(parts[key].pence),
            "authority": "" if (rate := rates[key]) is None else pounds(rate),
            "impact": impact_told(known[key], line_id),
        }
        for name, key in found
    ]


def _outcome(desk: Desk, line_id: UUID, one: ProvisionPriced, parts: Mapping[UUID, CostShared]) -> str:
    """The cost beside what came of it, once something was noted of each pupil; "" before."""
    known = desk.see_all(costs)
    met = [known[key].met(line_id) for key in parts]
    if not met or None in met:
        return ""
    return cost_per_outcome(one.total_pence, len(met), sum(map(bool, met))).says
