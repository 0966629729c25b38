"""Pupils whose help costs something: by name, never by what it costs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request
from litestar.di import NamedDependency

from core.desk import Desk
from core.money import pounds
from core.roll.views import pupil as roll_pupil
from core.roll.views import year_order
from core.web.guards import may
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted

from ...telling import base
from ...views import costs, this_year
from ..budget_words import asked_year, crumbs, year_name, years_of
from .costed import Costed, authority_figure, costed, part_said, support_said

PUPIL = "finance.pupil"
_COLUMNS = [
    ("Pupil", "name"),
    ("Year", "year"),
    ("Support", ""),
    ("Cost", ""),
    ("By the authority", ""),
    ("The school meets", ""),
    ("Above that", ""),
    ("Top-up", ""),
]


class PupilsList(Controller):
    """Costs of pupils."""

    path = "/pupils"

    @get("/", guards=[may("read", PUPIL)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """Everyone with a cost, a top-up or a request; that each shown was looked at is recorded."""
        year, here = asked_year(request, desk), f"{base(desk)}/pupils"
        listing = Listing(desk, here, request.query_params, ["year"])
        found = _found(desk, year)
        keys = {
            "name": lambda pair: pair[1].who.name.casefold(),
            "year": lambda pair: (year_order(pair[1].who.year), pair[1].who.name.casefold()),
        }
        shown, caption, pages = listing.cut(listing.sorted(found, keys, "name"))
        for subject, _ in shown:
            desk.opened(subject, ["core.identity", PUPIL])
        provision = {"text": "Provision", "href": f"{base(desk)}/provision"}
        return page(
            "finance/pupils.html",
            crumbs=crumbs(desk, "Costs of pupils"),
            title=f"Costs of pupils {year_name(year)}",
            lede=f"{counted(len(found), 'pupil', 'pupils')} with help that was costed, a top-up or a request.",
            actions=[provision] if desk.may("read", "finance.provision") else [],
            years=years_of([], this_year(desk), year, here),
            figures=_figures([one for _, one in found]),
            caption=caption,
            columns=listing.columns(_COLUMNS, "name"),
            rows=[_row(desk, subject, one, f"{here}/{subject}?year={year}") for subject, one in shown],
            pages=pages,
        )


def _found(desk: Desk, year: int) -> list[tuple[UUID, Costed]]:
    on_roll = desk.see_all(roll_pupil)
    every = [
        (subject, costed(desk, known, on_roll[subject], year))
        for subject, known in desk.see_all(costs).items()
        if subject in on_roll
    ]
    return [(subject, one) for subject, one in every if one.told.lines or one.top_ups or one.known.request]


def _figures(found: list[Costed]) -> list[dict[str, Any]]:
    """All of them together; nobody is known by it."""
    if not found:
        return []
    figures = {
        "Cost": (sum(one.told.total_pence for one in found), None),
        "The school meets": (sum(one.told.elements.school_pence for one in found), "up to each threshold"),
        "Above that": (sum(one.told.elements.top_up_pence for one in found), None),
        "Top-up agreed": (sum(one.agreed_pence for one in found), "for a year"),
        "Due by now": (sum(one.due_pence for one in found), "for the months begun"),
        "Received": (sum(one.received_pence for one in found), None),
    }
    return [{"label": label, "value": pounds(pence), "note": note} for label, (pence, note) in figures.items()]


def _row(desk: Desk, subject: UUID, one: Costed, href: str) -> dict[str, Any]:
    told = one.told
    return {
        "name": one.who.name,
        "href": href,
        "year": one.who.year,
        "left": one.who.left_on is not None and one.who.left_on < desk.today,
        "support": support_said(desk, subject),
        "cost": pounds(told.total_pence),
        "authority": authority_figure(told),
        "school": pounds(told.elements.school_pence),
        "threshold": f"of {pounds(told.threshold_pence)}: {part_said(told.part)}",
        "above": pounds(told.elements.top_up_pence),
        "agreed": pounds(one.agreed_pence) if one.top_ups else "",
        "came": f"{pounds(one.received_pence)} received of {pounds(one.due_pence)} due by now" if one.top_ups else "",
    }
