"""The academy's SENCO: who it is, how the qualification stands, and since when there is none who may be it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.web.child import crumbs
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page, page
from core.web.questions import Ask, Options, Question
from core.web.routes import get, post
from core.wording import counted, day

from ..commands import AppointSenco, EndSenco, TellSencoAward
from ..rules import senco_findings
from ..telling import base
from ..views import Appointment, as_senco, cover_gap, in_post, person, qualified, sencos
from .senco_chart import timeline

SENCO = "recruitment.senco"
AWARDS = {"nasenco": "National Award (NASENCO)", "npq": "NPQ for SENCOs"}
STATES = {
    "HELD": ("qualified", "well"),
    "EXEMPT": ("exempt", "well"),
    "IN_TIME": ("in time", "well"),
    "UNDER_WAY": ("under way", "well"),
    "REVIEW": ("to be looked at", "soon"),
    "WARN": ("begin the NPQ now", "soon"),
    "RED": ("may not be done in time", "late"),
    "BREACH": ("out of time", "late"),
}
APPOINT = Question(
    AppointSenco,
    "Name a SENCO",
    (
        Ask("person", "Who is it?", "select", "Somebody on the single central record here."),
        Ask("from_on", "Which is the first day here?", "date"),
        Ask("qts", "Are they a qualified teacher?", "yes_no", "Status by paragraph 8A alone does not count."),
        Ask("induction", "Have they passed induction, or needed none?", "yes_no"),
        Ask("teaches_here", "Do they work as a teacher at this academy?", "yes_no"),
        Ask("head", "Are they the head or acting head?", "yes_no"),
        Ask(
            "first_on",
            "Which was their first day as SENCO anywhere?",
            "date",
            "Leave empty if it is the first day here.",
        ),
        Ask("served_days", "How many days were they SENCO elsewhere before, in all?", "number", "0 if they were not."),
    ),
    says="Whether they may be it is told on the page and not refused: a gap shows either way.",
)
OF_ONE = {
    "award": Question(
        TellSencoAward,
        "Record the qualification",
        (
            Ask("award", "Which one?", "radios"),
            Ask("begun_on", "When was the course begun?", "date"),
            Ask(
                "completed_on", "When did the outcome come?", "date", "Not the last session. Leave empty until it came."
            ),
        ),
    ),
    "end": Question(
        EndSenco,
        "Record the last day",
        (Ask("ended_on", "Which is their last day as SENCO?", "date", "That day is still theirs."),),
    ),
}


class SencoPages(Controller):
    """Who is SENCO here."""

    path = "/senco"

    @get("/", guards=[may("read", SENCO)])
    def show(self, desk: NamedDependency[Desk]) -> Page:
        """Every appointment, the newest first; the clock of whoever is SENCO now; the gap, where there is one."""
        known, here = _known(desk), f"{base(desk)}/senco"
        writes, gap = desk.may("write", SENCO), cover_gap(_known(desk), desk.today)
        now = in_post(known, desk.today)
        coming = [one for one in known.values() if one.told.from_on > desk.today]
        gone = [one for one in known.values() if one not in now and one not in coming]
        return page(
            "recruitment/senco.html",
            lede="A qualified teacher who works here, or the head; and within three years, the qualification.",
            actions=[{"text": APPOINT.title, "href": f"{here}/new", "main": True}] if writes else [],
            gap=_gap_says(desk, gap.since, gap.says) if gap else None,
            now=[_told(desk, one, here, writes) for one in (*now, *coming)],
            gone=[
                {"name": name_of(desk, one), "from_on": one.told.from_on, "until": one.ended_on, "award": _awards(one)}
                for one in sorted(gone, key=lambda one: one.told.from_on, reverse=True)
            ],
        )

    @get("/new", guards=[may("write", SENCO)])
    def ask_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form that names somebody."""
        return _new_page(desk, form.fill(served_days="0"))

    @post("/new", guards=[may("write", SENCO)])
    def appoint(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Names them."""

        def act() -> str:
            desk.do(APPOINT.read(form), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/senco"

        return form.attempt(act, lambda: _new_page(desk, form), "Recorded.")

    @get("/{appointment:uuid}/{what:str}", guards=[may("write", SENCO)])
    def ask(
        self, appointment: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form for the qualification, or for the last day."""
        return _one_page(desk, appointment, what, form)

    @post("/{appointment:uuid}/{what:str}", guards=[may("write", SENCO)])
    def record(
        self, appointment: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        question, _ = _asked(desk, appointment, what)

        def act() -> str:
            desk.do(question.read(form, appointment=appointment), command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/senco"

        return form.attempt(act, lambda: _one_page(desk, appointment, what, form), "Recorded.")


def _known(desk: Desk) -> Mapping[UUID, Appointment]:
    return desk.see(sencos, desk.here) or {}


def _asked(desk: Desk, wanted: UUID, what: str) -> tuple[Question, Appointment]:
    """The question, and of which appointment; raises NotFound for none."""
    found = _known(desk).get(wanted)
    if found is None or what not in OF_ONE:
        raise NotFound
    return OF_ONE[what], found


def name_of(desk: Desk, one: Appointment) -> str:
    """Their name, for whoever may read who works here."""
    reads = desk.may("read", "recruitment.engagement", one.told.person)
    who = desk.see(person, one.told.person) if reads else None
    return who.full_name if who else "The SENCO"


def _gap_says(desk: Desk, since: Any, says: str) -> dict[str, str]:
    """The sentence of the gap: since when, as far as that is known."""
    plugin_on = desk.on["recruitment"].since if "recruitment" in desk.on else None
    title = f"No qualified SENCO since {day(since)}" if since else "No qualified SENCO on record"
    more = f" It has been watched since {day(plugin_on)}." if since is None and plugin_on else ""
    return {"title": title, "says": f"{says}{more}"}


def _awards(one: Appointment) -> list[str]:
    told = []
    for award in one.awards.values():
        begun = f", begun {day(award.begun_on)}" if award.begun_on else ""
        done = f", outcome {day(award.completed_on)}" if award.completed_on else ", no outcome yet"
        told.append(f"{AWARDS[award.award]}{begun}{done}")
    return told


def _told(desk: Desk, one: Appointment, here: str, writes: bool) -> dict[str, Any]:
    """Whoever is SENCO, or will be: what they are by law, and how the three years run."""
    state, told = qualified(one, desk.today), one.told
    text, kind = STATES[state.state]
    kinds = ["qualified teacher"] * told.qts + ["induction passed"] * told.induction
    kinds += ["teaches here"] * told.teaches_here + ["head or acting head"] * told.head
    rows: list[dict[str, Any]] = [
        {"label": "SENCO here from", "value": day(told.from_on)},
        {"label": "They are", "value": ", ".join(kinds) or "none of what the regulations ask for"},
        {"label": "Qualification", "value": _awards(one) or "none recorded"},
    ]
    if told.first_on != told.from_on:
        rows.append({"label": "SENCO anywhere from", "value": day(told.first_on)})
    if told.served_days:
        rows.append({"label": "SENCO elsewhere", "value": counted(told.served_days, "day", "days")})
    if one.ended_on:
        rows.append({"label": "Last day", "value": day(one.ended_on)})
    links = [("Record the qualification", "award")] + ([("Record the last day", "end")] if one.ended_on is None else [])
    return {
        "id": str(told.appointment)[:8],
        "name": name_of(desk, one),
        "tag": {"text": text, "kind": kind},
        "to_come": told.from_on > desk.today,
        "says": state.says,
        "findings": [each.says for each in senco_findings(as_senco(one))],
        "rows": rows,
        "chart": timeline(one, state, desk.today) if state.state not in {"HELD", "EXEMPT"} else None,
        "links": [{"text": text, "href": f"{here}/{told.appointment}/{what}"} for text, what in links]
        if writes
        else [],
    }


def _people(desk: Desk) -> Options:
    """Whoever works here today or will, by name."""
    here = [
        (one.name, str(key))
        for key, one in desk.see_all(person).items()
        if any(each.is_open(desk.today) for each in one.engagements.values())
    ]
    return [{"value": "", "text": "Choose"}, *({"value": key, "text": name} for name, key in sorted(here))]


def _new_page(desk: Desk, form: Form) -> Page:
    return APPOINT.shown(
        form,
        crumbs=crumbs(desk, [("SENCO", "recruitment/senco")], APPOINT.title),
        action=f"{base(desk)}/senco/new",
        seen=desk.seen_for(AppointSenco, desk.here),
        back_href=f"{base(desk)}/senco",
        options={"person": _people(desk)},
    )


def _one_page(desk: Desk, wanted: UUID, what: str, form: Form) -> Page:
    question, one = _asked(desk, wanted, what)
    return question.shown(
        form,
        crumbs=crumbs(desk, [("SENCO", "recruitment/senco")], question.title),
        about=f"{name_of(desk, one)}, from {day(one.told.from_on)}",
        now=[{"label": "On record", "value": "; ".join(_awards(one)) or "none"}] if what == "award" else [],
        action=f"{base(desk)}/senco/{wanted}/{what}",
        seen=desk.seen_for(question.command, desk.here),
        back_href=f"{base(desk)}/senco",
        options={"award": [{"value": key, "text": text} for key, text in AWARDS.items()]},
    )
