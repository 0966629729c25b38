"""What is recorded of a person on the record: who they are, what they do here, until when."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.roll.rules import uk_date
from core.roll.web.child import crumbs as crumbs_below
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import day

from ...commands import (
    AddPerson,
    BeginEngagement,
    ChangeEngagement,
    EndEngagement,
    NamePerson,
    TellTraining,
    TellVolunteering,
)
from ...telling import base
from ...views import Person, known_people, person_id
from .opening import CHECKS, ENGAGEMENT, FLAG_OPTIONS, crumbs, engagement_of, home, known_person, recorded, role_options

_NAME = (
    Ask("surname", "Surname"),
    Ask("forename", "Forename"),
    Ask("former_names", "Former names", hint="Leave empty if there are none. Checks are made under each name."),
    Ask("born_on", "Date of birth", "date", "It tells two people of one name apart, also at other academies."),
)
_WORK = (
    Ask("role", "What kind of work is it?", "select", "It decides which checks are needed."),
    Ask("title", "What is it called here?", hint="For example, Class teacher, Year 4."),
)
_FLAGS = Ask("flags", "What does the work involve?", "checks", "Tick what you know. The rest is asked check by check.")
_EMPLOYER = Ask("employer", "Employer", hint="Agency, contractor or training provider. Leave empty if it is the trust.")
_FROM = Ask("starts_on", "Which is the first day?", "date")
ADD = Question(
    AddPerson,
    "Add somebody to the record",
    (*_NAME, *_WORK, _FROM, _EMPLOYER, _FLAGS),
    says="Whoever comes from a vacancy here is added when they accept: leave them out.",
)
QUESTIONS = {
    "name": Question(NamePerson, "Correct the name", _NAME),
    "engagement": Question(BeginEngagement, "Begin another engagement", (*_WORK, _FROM, _EMPLOYER, _FLAGS)),
    "training": Question(
        TellTraining,
        "Record training",
        (Ask("course", "Which training?", "radios"), Ask("done_on", "When was it done?", "date")),
    ),
}
OF_ENGAGEMENT = {
    "change": Question(
        ChangeEngagement,
        "Change the work",
        (*_WORK, Ask("from_on", "From which day?", "date"), _FLAGS),
        says="From that day the checks that the new work needs are asked for. What was decided before stays.",
    ),
    "end": Question(
        EndEngagement,
        "End the engagement",
        (
            Ask(
                "ended_on",
                "Which is the last day?",
                "date",
                "The record shows them up to it, and not on the day after.",
            ),
            Ask("reason", "Why?", "words", "You may leave this empty."),
        ),
    ),
    "volunteering": Question(
        TellVolunteering,
        "Record when they help",
        (
            Ask("weekly", "Do they help once a week or more?", "yes_no"),
            Ask("overnight", "Is any of it between 2 and 6 in the morning?", "yes_no"),
            Ask("supervised", "Does a member of staff supervise it?", "yes_no"),
            Ask("days", "On which days?", "words", "One day a line, such as 14/09/2026, those to come too."),
        ),
        says="Whether it is regulated activity follows from this. Since 1 September 2026 supervised help counts too.",
    ),
}
_COURSES = {
    "safeguarding": "Safeguarding",
    "safer_recruitment": "Safer recruitment",
    "induction": "Induction",
}


class Recording(Controller):
    """The forms about who somebody is and what they do."""

    path = "/people"

    @get("/new", guards=[may("write", ENGAGEMENT)])
    def ask_new(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for somebody who is not on the record."""
        return _new_page(desk, form)

    @post("/new", guards=[may("write", ENGAGEMENT)])
    def add(self, desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Response[Any]:
        """Adds them, with their first engagement; whoever is on record at another academy keeps their id."""

        def act() -> str:
            command: AddPerson = ADD.read(form)
            subject = person_id(desk, known_people(desk), command.surname, command.forename, command.born_on)
            desk.do(command, subject, command_id=form.command_id)
            return home(desk, subject)

        return form.attempt(act, lambda: _new_page(desk, form), "Recorded.")

    @get("/{person_uid:uuid}/{what:str}", guards=[may("write", ENGAGEMENT)])
    def ask(
        self, person_uid: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """A form about the person."""
        who = known_person(desk, person_uid, "write")
        if what == "name":
            told = who.told
            form.fill(
                surname=told.surname, forename=told.forename, former_names=told.former_names, born_on=told.born_on
            )
        return _page(desk, person_uid, what, form)

    @post("/{person_uid:uuid}/{what:str}", guards=[may("write", ENGAGEMENT)])
    def record(
        self, person_uid: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        known_person(desk, person_uid, "write")
        question = _asked(QUESTIONS, what)
        back = home(desk, person_uid)
        return recorded(desk, form, question, person_uid, back, lambda: _page(desk, person_uid, what, form))

    @get("/{person_uid:uuid}/engagements/{engagement:uuid}/{what:str}", guards=[may("write", ENGAGEMENT)])
    def ask_of(
        self,
        person_uid: FromPath[UUID],
        engagement: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """A form about one engagement, filled in with what stands."""
        _begin(known_person(desk, person_uid, "write"), engagement, what, form)
        return _engagement_page(desk, person_uid, engagement, what, form)

    @post("/{person_uid:uuid}/engagements/{engagement:uuid}/{what:str}", guards=[may("write", ENGAGEMENT)])
    def record_of(
        self,
        person_uid: FromPath[UUID],
        engagement: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it."""
        engagement_of(known_person(desk, person_uid, "write"), engagement)
        question = _asked(OF_ENGAGEMENT, what)
        given: dict[str, Any] = {"engagement": engagement}
        if what == "volunteering":
            given["days"] = _days(form)
        return recorded(
            desk,
            form,
            question,
            person_uid,
            home(desk, person_uid),
            lambda: _engagement_page(desk, person_uid, engagement, what, form),
            **given,
        )


def _asked(questions: dict[str, Question], what: str) -> Question:
    if what not in questions:
        raise NotFound
    return questions[what]


def _days(form: Form) -> tuple[Any, ...]:
    """The days as they were typed, one a line; a line that is none is told at the field."""
    lines = [line.strip() for line in re.split(r"[\n,;]+", form.text("days")) if line.strip()]
    days = [uk_date(line) for line in lines]
    if None in days:
        wrong = lines[days.index(None)][:40]
        form.wrong("days", f"“{wrong}” is not a day such as 14/09/2026. Write one day a line.")
    return tuple(one for one in days if one is not None)


def _begin(who: Person, engagement: UUID, what: str, form: Form) -> None:
    one = engagement_of(who, engagement)
    if what == "change":
        form.fill(role=one.role, title=one.title).fields.setdefault("flags", list(one.flags))
    if what == "volunteering" and one.volunteering is not None:
        told = one.volunteering
        form.fill(**{name: str(getattr(told, name)).lower() for name in ("weekly", "overnight", "supervised")})
        form.fill(days="\n".join(f"{each:%d/%m/%Y}" for each in told.days))


def _options(desk: Desk) -> dict[str, Any]:
    return {
        "role": role_options(desk),
        "flags": FLAG_OPTIONS,
        "course": [{"value": key, "text": title} for key, title in _COURSES.items()],
    }


def _new_page(desk: Desk, form: Form) -> Page:
    trail = [("Single central record", "recruitment/record")] if desk.may("read", CHECKS) else []
    return ADD.shown(
        form,
        crumbs=crumbs_below(desk, trail, ADD.title),
        action=f"{base(desk)}/people/new",
        seen=-1,
        back_href=f"{base(desk)}/record",
        options=_options(desk),
    )


def _page(desk: Desk, subject: UUID, what: str, form: Form) -> Page:
    question, who = _asked(QUESTIONS, what), known_person(desk, subject, "write")
    return question.shown(
        form,
        crumbs=crumbs(desk, subject, question.title),
        about=who.full_name,
        action=f"{home(desk, subject)}/{what}",
        seen=desk.seen_for(question.command, subject),
        back_href=home(desk, subject),
        options=_options(desk),
    )


def _engagement_page(desk: Desk, subject: UUID, engagement: UUID, what: str, form: Form) -> Page:
    question, who = _asked(OF_ENGAGEMENT, what), known_person(desk, subject, "write")
    one = engagement_of(who, engagement)
    return question.shown(
        form,
        crumbs=crumbs(desk, subject, question.title),
        about=f"{who.full_name}: {one.title}, from {day(one.told.starts_on)}",
        action=f"{home(desk, subject)}/engagements/{engagement}/{what}",
        seen=desk.seen_for(question.command, subject),
        back_href=home(desk, subject),
        options=_options(desk),
    )
