"""The inclusion strategy as it stands: what it does and costs, what is missing, when it is due, what was published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.law import Finding, errors
from core.money import pounds
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import day

from ...codes import PRINCIPLES, STRATEGY_DUE
from ...facts import StrategyWritten
from ...rules import strategy_due_findings, strategy_findings
from ...telling import base
from ...views import Strategy, as_ruled, tagged
from ..budget_words import crumbs
from .words import (
    STRATEGY,
    activities_told,
    asked_year,
    costs_of,
    known_of,
    money_of,
    over_or_under,
    paragraphs,
    review_said,
    year_name,
    years_of,
)


class StrategyPages(Controller):
    """The strategy and its versions."""

    path = "/strategy"

    @get("/", guards=[may("read", STRATEGY)])
    def show(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Page:
        """The version that was written last, for a financial year."""
        year, known = asked_year(request), known_of(desk)
        return _page(desk, known, year, known.now(year))

    @get("/versions/{version_id:uuid}", guards=[may("read", STRATEGY)])
    def version(self, version_id: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """A version of before, or the last."""
        known = known_of(desk)
        one = known.version(version_id)
        if one is None:
            raise NotFound
        return _page(desk, known, one.year, one)


def findings_of(desk: Desk, one: StrategyWritten) -> tuple[Finding, ...]:
    """What stands between a version and the school's site, and what its readers should know."""
    return strategy_findings(as_ruled(one), tagged(money_of(desk), one.year))


def _page(desk: Desk, known: Strategy, year: int, one: StrategyWritten | None) -> Page:
    found, last = findings_of(desk, one) if one else (), known.now(year)
    here, missing = f"{base(desk)}/strategy", errors(found)
    return page(
        "finance/strategy.html",
        crumbs=crumbs(desk, "Inclusion strategy"),
        title=f"Inclusion strategy {year_name(year)}",
        lede=f"Written on {day(one.written_on)}. {review_said(one)}" if one else "Nothing is written yet.",
        actions=_actions(desk, year, one, complete=one is not None and not missing),
        years=years_of(desk, known, year),
        due=_due(desk, known, year),
        older=f"{here}?year={year}" if one != last else "",
        figures=_figures(one, missing),
        missing=[finding.says for finding in missing],
        notes=[finding.says for finding in found if finding.level != "error"],
        introduction=paragraphs(one.introduction) if one else (),
        costs=[
            {
                "title": cost.title,
                "here": pounds(cost.strategy_pence),
                "tagged": pounds(cost.tagged_pence),
                "alike": cost.strategy_pence == cost.tagged_pence,
            }
            for cost in costs_of(desk, one, year)
        ],
        source=PRINCIPLES,
        principles=activities_told(desk, one) if one else [],
        versions=[_version(desk, known, each, f"{here}/versions") for each in reversed(known.versions)],
        files=_files(here, one) if one and not missing else [],
    )


def _actions(desk: Desk, year: int, one: StrategyWritten | None, *, complete: bool) -> list[dict[str, Any]]:
    here = f"{base(desk)}/strategy"
    acts: list[dict[str, Any]] = []
    if desk.may("write", STRATEGY):
        acts.append({"text": "Write the next version" if one else "Write it", "href": f"{here}/write?year={year}"})
        acts[0]["main"] = not complete
    if one and complete and desk.may("sign", STRATEGY):
        acts.append({"text": "Record that it is published", "href": f"{here}/publish/{one.version}", "main": True})
    return acts


def _due(desk: Desk, known: Strategy, year: int) -> dict[str, Any] | None:
    """The day it is due by, where one is known for its year; and whether it, or its review, is late."""
    if year != STRATEGY_DUE.value.year:
        return None
    first, last = known.first_published(year), known.published_of(year)
    review_by = last[0].review_by if last else None
    late = strategy_due_findings(first.published_on if first else None, desk.today, review_by)
    if first and last:
        text, kind = f"Published on {day(first.published_on)}", "late" if late else "well"
    else:
        text, kind = f"Due by {day(STRATEGY_DUE.value)}", "late" if late else "soon"
    return {
        "text": text,
        "kind": kind,
        "says": [finding.says for finding in late],
        "address": last[1].address if last else "",
        "source": STRATEGY_DUE.source,
    }


def _figures(one: StrategyWritten | None, missing: tuple[Finding, ...]) -> list[dict[str, Any]]:
    if one is None:
        return []
    whole = sum(activity.pence or 0 for activity in one.activities)
    return [
        {"label": "Allocation", "value": pounds(one.allocation_pence), "note": "as notified when it was written"},
        {"label": "Costs", "value": pounds(whole), "note": over_or_under(one)},
        {"label": "Activities", "value": str(len(one.activities)), "note": "over seven principles"},
        {"label": "Missing", "value": str(len(missing)), "note": "before it can be published" if missing else None},
    ]


def _version(desk: Desk, known: Strategy, one: StrategyWritten, here: str) -> dict[str, str]:
    published = [told for told in known.published if told.version == one.version]
    told = published[-1] if published else None
    return {
        "year": year_name(one.year),
        "written": day(one.written_on),
        "href": f"{here}/{one.version}",
        "costs": pounds(sum(activity.pence or 0 for activity in one.activities)),
        "published": f"{day(told.published_on)} by {desk.name_of(told.published_by)}" if told else "",
        "address": told.address if told else "",
    }


def _files(here: str, one: StrategyWritten) -> list[dict[str, str]]:
    """For the school's site."""
    return [
        {"text": "One HTML page", "href": f"{here}/versions/{one.version}/strategy.html"},
        {"text": "PDF", "href": f"{here}/versions/{one.version}/strategy.pdf"},
    ]
