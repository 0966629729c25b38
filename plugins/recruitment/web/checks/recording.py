"""What is recorded of a person's checks: one form for each check, and those around them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.errors import NotFound
from core.web.forms import Form
from core.web.guards import may
from core.web.pages import Page
from core.web.questions import Question
from core.web.routes import get, post
from core.wording import day

from ...codes import CELLS, CHECKS, DEPENDING
from ...commands import ELSEWHERE
from ...rules import request_findings
from ...views import Checks, Person, checks, needs_of
from ..people.opening import CHECKS as CLASS
from ..people.opening import DISCLOSURE, HEALTH, crumbs, home, known_person, recorded
from .questions import COPY, DESTROYED, FITNESS, REFERENCE, SETTLE, UPDATE_SERVICE, WEIGH, question_of, scope_question

_OTHERS = {"update-service": UPDATE_SERVICE, "reference": REFERENCE, "copy": COPY}
_DAYS = {"update-service": "seen_on", "reference": "received_on", "copy": "received_on"}


class CheckForms(Controller):
    """The forms of checks."""

    path = "/people/{person_uid:uuid}/checks"

    @get("/{what:str}", guards=[may("write", CLASS)])
    def ask(
        self, person_uid: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form of a check, or of what stands around them."""
        form.fill(checked_by=desk.person.name)
        if what != "dbs":  # it may be awaited: then no day is the right one
            form.fill(**{_DAYS.get(what, "checked_on"): desk.today})
        return _page(desk, person_uid, what, form)

    @post("/{what:str}", guards=[may("write", CLASS)])
    def record(
        self, person_uid: FromPath[UUID], what: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        known_person(desk, person_uid, "write", CLASS)
        given = {"check": what} if what in CHECKS.value else {}
        back = f"{home(desk, person_uid)}#{what}" if given else home(desk, person_uid)
        question = _asked(what)
        return recorded(desk, form, question, person_uid, back, lambda: _page(desk, person_uid, what, form), **given)

    @get("/{what:str}/{of_what:str}", guards=[may("write", CLASS)])
    def ask_of(
        self,
        person_uid: FromPath[UUID],
        what: FromPath[str],
        of_what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for the scope of a check, a reference that came, or a copy that is kept."""
        if what == "copy":
            form.fill(deleted_on=desk.today)
        return _page_of(desk, person_uid, what, of_what, form)

    @post("/{what:str}/{of_what:str}", guards=[may("write", CLASS)])
    def record_of(
        self,
        person_uid: FromPath[UUID],
        what: FromPath[str],
        of_what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it."""
        known_person(desk, person_uid, "write", CLASS)
        question, given, _ = _asked_of(_made(desk, person_uid), what, of_what)
        return recorded(
            desk,
            form,
            question,
            person_uid,
            home(desk, person_uid),
            lambda: _page_of(desk, person_uid, what, of_what, form),
            **given,
        )


class SensitiveForms(Controller):
    """What few may record: fitness, and how two people weighed a disclosure."""

    path = "/people/{person_uid:uuid}"

    @get("/fitness", guards=[may("write", HEALTH)])
    def ask_fitness(self, person_uid: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for fitness."""
        return _sensitive_page(desk, person_uid, FITNESS, "fitness", HEALTH, form.fill(checked_on=desk.today))

    @post("/fitness", guards=[may("write", HEALTH)])
    def record_fitness(
        self, person_uid: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it; before an offer it is refused."""
        known_person(desk, person_uid, "write", HEALTH)
        return recorded(
            desk,
            form,
            FITNESS,
            person_uid,
            home(desk, person_uid),
            lambda: _sensitive_page(desk, person_uid, FITNESS, "fitness", HEALTH, form),
        )

    @get("/weigh", guards=[may("write", DISCLOSURE)])
    def ask_weighed(self, person_uid: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]) -> Page:
        """The form for what two people decided."""
        return _sensitive_page(desk, person_uid, WEIGH, "weigh", DISCLOSURE, form)

    @post("/weigh", guards=[may("write", DISCLOSURE)])
    def record_weighed(
        self, person_uid: FromPath[UUID], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records it."""
        known_person(desk, person_uid, "write", DISCLOSURE)
        return recorded(
            desk,
            form,
            WEIGH,
            person_uid,
            home(desk, person_uid),
            lambda: _sensitive_page(desk, person_uid, WEIGH, "weigh", DISCLOSURE, form),
        )


def _asked(what: str) -> Question:
    """The question of a check or of what stands around them; raises NotFound for none."""
    if what in _OTHERS:
        return _OTHERS[what]
    if what not in CHECKS.value or what in ELSEWHERE:
        raise NotFound
    return question_of(CHECKS.value[what])


def _made(desk: Desk, subject: UUID) -> Checks:
    return (desk.see(checks, subject) if desk.may("read", CLASS, subject) else None) or Checks()


def _asked_of(known: Checks, what: str, of_what: str) -> tuple[Question, dict[str, Any], str]:
    """The question, what the address fills in, and what it is about; raises NotFound for none."""
    if what == "scope" and of_what in DEPENDING:
        return scope_question(of_what), {"check": of_what}, ""
    for key, reference in known.references.items():
        if what == "reference" and str(key) == of_what:
            told = reference.told
            return SETTLE, {"reference": key}, f"{told.referee}, {told.organisation}, came on {day(told.received_on)}"
    for key, copy in known.copies.items():
        if what == "copy" and str(key) == of_what:
            return DESTROYED, {"copy": key}, f"Came on {day(copy.received_on)}"
    raise NotFound


def _notes(desk: Desk, who: Person, made: Checks, what: str) -> list[str]:
    """Whether the check may be asked for at all, for each open engagement."""
    if what not in CHECKS.value:
        return []
    told = []
    for one in who.engagements.values():
        if one.is_open(desk.today):
            needs = needs_of(one, made, desk.today)
            need = next(each for each in needs if each.check == what)
            found = [finding.says for finding in request_findings(needs, what)]
            cell = "" if need.cell == "C" else f"{CELLS[need.cell]}."
            told.append(f"{one.title}: {' '.join(found) or cell or need.says}")
    return told


def _page(desk: Desk, subject: UUID, what: str, form: Form) -> Page:
    question, who = _asked(what), known_person(desk, subject, "write", CLASS)
    return question.shown(
        form,
        crumbs=crumbs(desk, subject, question.title),
        about=who.full_name,
        action=f"{home(desk, subject)}/checks/{what}",
        seen=desk.seen_for(question.command, subject),
        back_href=home(desk, subject),
        notes=_notes(desk, who, _made(desk, subject), what),
    )


def _page_of(desk: Desk, subject: UUID, what: str, of_what: str, form: Form) -> Page:
    who = known_person(desk, subject, "write", CLASS)
    question, _, about = _asked_of(_made(desk, subject), what, of_what)
    return question.shown(
        form,
        crumbs=crumbs(desk, subject, question.title),
        about=who.full_name,
        now=[{"label": "Of", "value": about}] if about else [],
        action=f"{home(desk, subject)}/checks/{what}/{of_what}",
        seen=desk.seen_for(question.command, subject),
        back_href=home(desk, subject),
    )


def _sensitive_page(desk: Desk, subject: UUID, question: Question, what: str, record: str, form: Form) -> Page:
    who = known_person(desk, subject, "write", record)
    form.fill(checked_by=desk.person.name)
    return question.shown(
        form,
        crumbs=crumbs(desk, subject, question.title),
        about=who.full_name,
        action=f"{home(desk, subject)}/{what}",
        seen=desk.seen_for(question.command, subject),
        back_href=home(desk, subject),
    )
