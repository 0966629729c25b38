"""How long each class of record is kept: the plugins' say, the trust's own, and what would fall due by a change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.accounts.roles import ROLES
from core.desk import Desk
from core.disposal.commands import SetRetention
from core.disposal.schedule import decided, deciding, ends_of, in_words, reviewer, would_fall_due
from core.disposal.web.naming import OWN
from core.errors import NotFound
from core.manifest import Ends, RecordClass, Trigger
from core.roll.web.taking import held, hold
from core.web.forms import Form
from core.web.guards import may, proved
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import day

_PATH = "/retention"
_FROM = [
    {"value": "born", "text": "The day of birth"},
    {"value": "left", "text": "The day they leave"},
    {"value": "last_entry", "text": "The day the last entry was typed"},
    {"value": "hand", "text": "Nothing: people decide by hand"},
]
_SET = Question(
    SetRetention,
    "How long is it kept?",
    (
        Ask("trigger", "Counted from what?", "radios", options=_FROM),
        Ask("months", "For how many months?", "number", "31 years are 372."),
        Ask("reviewer", "Who looks at what falls due?", "select"),
        Ask("reason", "Why so long?", "words", "Where it stands, or who decided it."),
    ),
    record="See what would fall due",
    says="Nothing is destroyed by this. What falls due is proposed to two people, record by record.",
)


class Schedule(Controller):
    """The trust's retention schedule."""

    path = _PATH

    @get("/", guards=[may("read", OWN)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Each class of record, and how long it is kept."""
        return _list_page(desk)

    @get("/{record:str}", guards=[may("write", OWN)])
    def ask(self, record: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for one class."""
        return _ask_page(desk, record, form)

    @post("/{record:str}", guards=[may("write", OWN)])
    def weigh(self, record: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Keeps what was typed, and goes on to what would come of it."""
        _class(desk, record)

        def act() -> str:
            command = _SET.read(form, record=record)
            desk.would(command, desk.here)
            hold(desk, form.command_id, command)
            return f"{_PATH}/{record}/{form.command_id}"

        return form.attempt(act, lambda: _ask_page(desk, record, form))

    @get("/{record:str}/{draft:uuid}", guards=[may("write", OWN), proved])
    def look(
        self, record: FromPath[str], draft: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """What would fall due at each academy; nothing is decided yet."""
        return _weigh_page(desk, record, draft, form)

    @post("/{record:str}/{draft:uuid}", guards=[may("write", OWN), proved])
    def decide(
        self, record: FromPath[str], draft: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Decides it."""

        def act() -> str:
            desk.do(_draft(desk, record, draft), command_id=form.command_id, seen=form.seen)
            return _PATH

        return form.attempt(act, lambda: _weigh_page(desk, record, draft, form), "Decided.")


def _class(desk: Desk, record: str) -> tuple[str, RecordClass]:
    """A class and the title of its room; raises NotFound."""
    every = ((room.title, one) for room in desk.building.plugins.everything for one in room.records)
    found = next((pair for pair in every if pair[1].name == record and pair[1].of != "nobody"), None)
    if found is None:
        raise NotFound
    return found


def _list_page(desk: Desk) -> Page:
    own_rules, rows = decided(desk.building), []
    for room in desk.building.plugins.everything:
        for one in room.records:
            if one.of != "nobody":
                own = own_rules.get(one.name)
                ends = ends_of(desk.building, one)
                rows.append(
                    {
                        "title": f"{room.title} · {one.title}",
                        "href": f"{_PATH}/{one.name}" if desk.may("write", OWN) else None,
                        "rule": in_words(ends),
                        "kept": own.reason if own else one.kept,
                        "source": f"Decided on {day(own.set_on)} by {desk.name_of(own.by)}"
                        if own
                        else f"{one.ends.source}, as at {day(one.ends.as_at)}"
                        if one.ends
                        else "",
                        "unverified": own is None and one.ends is not None and not one.ends.verified,
                        "reviewer": reviewer(desk.building, one.name),
                    }
                )
    return page("disposal/schedule.html", rows=rows)


def _draft(desk: Desk, record: str, draft: UUID) -> SetRetention:
    """What was typed for this class; raises NotFound."""
    command = held(desk, draft, SetRetention)
    if command.record != record:
        raise NotFound
    return command


def _ask_page(desk: Desk, record: str, form: Form) -> Page:
    room, one = _class(desk, record)
    ends, own = ends_of(desk.building, one), decided(desk.building).get(record)
    form.fill(
        trigger=ends.trigger if ends else "hand",
        months=str(ends.months if ends else 0),
        reviewer=own.reviewer if own else "dpo",
    )
    return _SET.shown(
        form,
        crumbs=_crumbs(one.title),
        about=f"{room} · {one.title}",
        action=f"{_PATH}/{record}",
        seen=-1,
        back_href=_PATH,
        now=[{"label": "Now", "value": in_words(ends)}, {"label": "As its plugin says", "value": one.kept}],
        options={"reviewer": [{"value": name, "text": ROLES[name].title} for name in deciding(desk.building)]},
    )


def _weigh_page(desk: Desk, record: str, draft: UUID, form: Form) -> Page:
    room, one = _class(desk, record)
    command = _draft(desk, record, draft)
    by_hand = command.trigger == "hand"
    new = None if by_hand else Ends(msgspec.convert(command.trigger, Trigger), command.months, "", desk.today)
    old = ends_of(desk.building, one)
    counts = []
    for key, academy in sorted(desk.academies.items(), key=lambda pair: pair[1].name):
        there = desk.at(key)
        now, then = (would_fall_due(there, record, ends) for ends in (old, new))
        if now or then:
            counts.append({"name": academy.name, "now": now, "then": then})
    return page(
        "disposal/weigh.html",
        crumbs=_crumbs(one.title),
        title=f"{room} · {one.title}",
        about=[
            {"label": "Kept now", "value": in_words(old)},
            {"label": "Kept then", "value": in_words(new)},
            {"label": "Looked at by", "value": ROLES[command.reviewer].title},
            {"label": "Why", "value": command.reason},
        ],
        rows=counts,
        form=form,
        token=form.token(desk.seen_for(SetRetention, desk.here)),
        action=f"{_PATH}/{record}/{draft}",
        back_href=f"{_PATH}/{record}",
    )


def _crumbs(here: str) -> list[dict[str, str | None]]:
    return [{"text": "How long records are kept", "href": _PATH}, {"text": here, "href": None}]
