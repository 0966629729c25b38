"""Money moved between lines: asked for, approved, put back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.money import pounds
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import day

from ...codes import FUNDS
from ...commands import ApproveVirement, AskVirement, limit_of
from ...rules import Virement as Moved
from ...rules import reversal
from ...telling import base
from ...views import Budgets, Virement, available_of, books, budgets, this_year
from ..budget_words import BUDGET, crumbs, year_name

_MOVE = Question(
    AskVirement,
    "Move money",
    (
        Ask("source", "From which line?", "select"),
        Ask("target", "To which line?", "select", "Of the same fund."),
        Ask("pence", "How much?", "money"),
        Ask("reason", "Why?", "words"),
    ),
    record="Move it",
)
_APPROVE = Question(ApproveVirement, "Approve the move", (), record="Approve")


class Virements(Controller):
    """Moves of this academy."""

    path = "/virements"

    @get("/", guards=[may("read", BUDGET)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every move, those that wait first."""
        known, here = _known(desk), f"{base(desk)}/virements"
        rows = sorted(moves_of(desk, known, None), key=lambda row: bool(row["made"]))
        move = {"text": "Move money", "href": f"{here}/new", "main": True}
        return page(
            "finance/virements.html",
            crumbs=crumbs(desk, "Moves between lines"),
            lede=_limit_said(desk, known),
            actions=[move] if desk.may("write", BUDGET) else [],
            rows=rows,
        )

    @get("/new", guards=[may("write", BUDGET)])
    def ask(self, request: Request[Any, Any, Any], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for a move; an address may name the line it comes from, or the move it puts back."""
        query = request.query_params
        _put_back(form, _known(desk), query.get("reverse", ""))
        return _move_page(desk, form.fill(source=query.get("source", "")[:36]))

    @post("/new", guards=[may("write", BUDGET)])
    def move(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Asks for it; it is made at once where this person may move so much."""

        def act() -> str:
            desk.do(_MOVE.read(form), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/virements"

        return form.attempt(act, lambda: _move_page(desk, form), "Recorded.")

    @get("/{virement_id:uuid}/approve", guards=[may("sign", BUDGET)])
    def ask_approval(
        self, virement_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form that approves a move."""
        return _approval_page(desk, virement_id, form)

    @post("/{virement_id:uuid}/approve", guards=[may("sign", BUDGET)])
    def approve(
        self, virement_id: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Makes it."""
        _virement(_known(desk), virement_id)

        def act() -> str:
            desk.do(_APPROVE.read(form, virement=virement_id), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/virements"

        return form.attempt(act, lambda: _approval_page(desk, virement_id, form), "Moved.")


def moves_of(desk: Desk, known: Budgets, line_id: UUID | None) -> list[dict[str, Any]]:
    """Moves to and from a line, or all of them, the newest first."""
    here, rows = f"{base(desk)}/virements", []
    for key, one in reversed(list(known.virements.items())):
        if line_id is not None and line_id not in (one.told.source, one.told.target):
            continue
        acts = []
        if one.approved is None and desk.may("sign", BUDGET) and one.told.asked_by != desk.person_id:
            acts.append({"text": "Approve", "href": f"{here}/{key}/approve"})
        if one.approved and desk.may("write", BUDGET):
            acts.append({"text": "Put back", "href": f"{here}/new?reverse={key}"})
        rows.append({**_told(desk, known, one), "acts": acts})
    return rows


def _told(desk: Desk, known: Budgets, one: Virement) -> dict[str, Any]:
    told = one.told
    return {
        "day": day(told.asked_on),
        "source": _name(known, told.source),
        "target": _name(known, told.target),
        "pence": pounds(told.pence),
        "by": desk.name_of(told.asked_by),
        "reason": told.reason,
        "made": f"{day(one.approved.approved_on)}, {desk.name_of(one.approved.approved_by)}" if one.approved else "",
    }


def _known(desk: Desk) -> Budgets:
    return desk.see(budgets, desk.here) or Budgets()


def _name(known: Budgets, line_id: UUID) -> str:
    line = known.line(line_id)
    return line[1].name if line else "A line of an earlier version"


def _virement(known: Budgets, virement_id: UUID) -> Virement:
    if virement_id not in known.virements:
        raise NotFound
    return known.virements[virement_id]


def _limit_said(desk: Desk, known: Budgets) -> str:
    limit = limit_of(known, desk).virement_pence
    if not desk.may("write", BUDGET):
        return "Money moves within its fund and within a year."
    if limit:
        return f"You may move up to {pounds(limit)} at once; more waits for somebody whose limit covers it."
    return "What you ask for waits for somebody whose limit covers it."


def _put_back(form: Form, known: Budgets, typed: str) -> None:
    """Fills in what puts a move back."""
    found = next((one for key, one in known.virements.items() if str(key) == typed), None)
    if found is not None:
        told = found.told
        back = reversal(Moved(str(told.source), str(told.target), told.pence))
        reason = f"Puts back the move of {day(told.asked_on)}."
        form.fill(source=back.source, target=back.target, pence=pounds(back.pence), reason=reason)


def _move_page(desk: Desk, form: Form) -> Page:
    known, found = _known(desk), books(desk)
    options: list[dict[str, Any]] = [{"value": "", "text": "Choose"}]
    for year in (this_year(desk), this_year(desk) + 1):
        standing = known.standing(year)
        lines = standing.told.lines if standing else ()
        for fund in dict.fromkeys(line.fund for line in lines):
            inside: Options = [
                {"value": str(line.line), "text": f"{line.name}: {pounds(available_of(found, line.line))} left"}
                for line in lines
                if line.fund == fund
            ]
            options.append({"group": f"{FUNDS[fund].title}, {year_name(year)}", "options": inside})
    return _MOVE.shown(
        form,
        crumbs=crumbs(desk, _MOVE.title, ("Moves between lines", "virements")),
        notes=[_limit_said(desk, known)],
        action=f"{base(desk)}/virements/new",
        seen=desk.seen_for(AskVirement, desk.here),
        back_href=f"{base(desk)}/virements",
        options={"source": options, "target": options},
    )


def _approval_page(desk: Desk, virement_id: UUID, form: Form) -> Page:
    known = _known(desk)
    told = _told(desk, known, _virement(known, virement_id))
    return _APPROVE.shown(
        form,
        crumbs=crumbs(desk, _APPROVE.title, ("Moves between lines", "virements")),
        now=[
            {"label": "From", "value": told["source"]},
            {"label": "To", "value": told["target"]},
            {"label": "Amount", "value": told["pence"]},
            {"label": "Asked by", "value": f"{told['by']}, {told['day']}"},
            {"label": "Why", "value": told["reason"]},
        ],
        notes=[_limit_said(desk, known)],
        action=f"{base(desk)}/virements/{virement_id}/approve",
        seen=desk.seen_for(ApproveVirement, desk.here),
        back_href=f"{base(desk)}/virements",
    )
