"""Whether somebody may start: everything that is missing in its order, and the decision of a named person."""

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
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import day

from ...codes import CHECKS, DEPENDING, PROOFS
from ...commands import ELSEWHERE, AssessRisk, ClearPerson, WaiveCheck
from ...facts import RiskAssessed
from ...rules import Clearance, Missing, cell_of
from ...views import WHOLE, Engagement, File, clearance_in, may_know_all, needs_of, proofs_lacking
from ..people.opening import CHECKS as CLASS
from ..people.opening import HEALTH, crumbs, engagement_of, file_seen, home, known_person, recorded

_VERDICTS = {
    "CLEAR": ("They may start", "well", "Everything that the work needs is there. A named person decides."),
    "CLEAR_WITH_RISK_ASSESSMENT": (
        "They may start under a risk assessment",
        "plain",
        "Only the DBS certificate is awaited, and everything a start without it needs is there.",
    ),
    "BLOCKED": ("They may not start yet", "late", "What is missing, in the order of the checks:"),
}
RISK = Question(
    AssessRisk,
    "Assess the risk of a start without the certificate",
    (
        Ask("supervisor", "Who supervises them?"),
        Ask("review_by", "By which day is it reviewed?", "date", "Within 14 days of the start."),
        Ask("measures", "What is done meanwhile?", "words", "For example, never alone with pupils."),
    ),
    says="Only for a start while the DBS certificate is awaited, with a clear barred list check. You sign it.",
)
WAIVE = Question(
    WaiveCheck,
    "Do without a check",
    (Ask("check", "Which check?", "radios"), Ask("reason", "Why?", "words")),
    says="Only a check that should be made, and need not. Somebody other than whoever recorded the checks decides.",
)
CLEAR = Question(ClearPerson, "Whether they may start", (Ask("reason", "Anything to add?", "words"),), "They may start")
QUESTIONS = {"risk": RISK, "waive": WAIVE}


class Starting(Controller):
    """The decision that somebody may start."""

    path = "/people/{person_uid:uuid}/engagements/{engagement:uuid}/start"

    @get("/", guards=[may("read", CLASS)])
    def show(
        self,
        person_uid: FromPath[UUID],
        engagement: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """What is missing; for whoever may know everything a start rests on."""
        return _page(desk, person_uid, engagement, form)

    @post("/", guards=[may("sign", CLASS)])
    def clear(
        self,
        person_uid: FromPath[UUID],
        engagement: FromPath[UUID],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Decides that they may start; nobody decides against what is missing."""
        _whole(desk, person_uid, engagement)
        back = _address(desk, person_uid, engagement)
        return recorded(
            desk,
            form,
            CLEAR,
            person_uid,
            back,
            lambda: _page(desk, person_uid, engagement, form),
            engagement=engagement,
        )

    @get("/{what:str}", guards=[may("write", CLASS)])
    def ask(
        self,
        person_uid: FromPath[UUID],
        engagement: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:
        """The form for a risk assessment, or for doing without a check."""
        return _form_page(desk, person_uid, engagement, what, form)

    @post("/{what:str}", guards=[may("write", CLASS)])
    def record(
        self,
        person_uid: FromPath[UUID],
        engagement: FromPath[UUID],
        what: FromPath[str],
        desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:
        """Records it."""
        _whole(desk, person_uid, engagement)
        return recorded(
            desk,
            form,
            _asked(what),
            person_uid,
            _address(desk, person_uid, engagement),
            lambda: _form_page(desk, person_uid, engagement, what, form),
            engagement=engagement,
        )


def _asked(what: str) -> Question:
    if what not in QUESTIONS:
        raise NotFound
    return QUESTIONS[what]


def _whole(desk: Desk, subject: UUID, engagement: UUID) -> tuple[File, Engagement]:
    """Everything a start rests on, and of which work; raises NotFound for whoever may not know all of it."""
    if not may_know_all(desk, subject):
        raise NotFound
    who = known_person(desk, subject, "read", CLASS, *WHOLE)
    return file_seen(desk, subject, who), engagement_of(who, engagement)


def _address(desk: Desk, subject: UUID, engagement: UUID) -> str:
    return f"{home(desk, subject)}/engagements/{engagement}/start"


def _page(desk: Desk, subject: UUID, engagement: UUID, form: Form) -> Page:
    file, one = _whole(desk, subject, engagement)
    here = _address(desk, subject, engagement)
    said = clearance_in(file, one, proofs_lacking(desk, subject, one))
    title, kind, says = _VERDICTS[said.verdict]
    signs = desk.may("sign", CLASS) and desk.may("write", CLASS, subject)
    decided = file.checks.decisions.get(one.id)
    return page(
        "recruitment/person_start.html",
        crumbs=crumbs(desk, subject, "Whether they may start"),
        about=f"{file.person.full_name}: {one.title}, from {day(one.changed_on or one.told.starts_on)}",
        form=form,
        verdict={"title": title, "kind": kind, "says": says, "rule": "clearance", "edition": said.edition},
        hard=said.hard,
        missing=[_item(desk, subject, lack) for lack in said.missing],
        to_assess=[finding.says for finding in said.to_risk_assess],
        risk=_risk(desk, file, one),
        waived=[
            {
                "label": CHECKS.value[each.check].title,
                "value": [f"{desk.name_of(each.waived_by)}, {day(each.waived_on)}", str(each.reason)],
            }
            for each in file.checks.waived.get(one.id, ())
        ],
        decision=_decision(desk, file, one),
        acts=_acts(desk, subject, file, one, said, here) if signs else [],
        decides=signs and said.verdict != "BLOCKED" and decided is None,
        action=here,
        token=form.token(desk.seen_for(ClearPerson, subject)) if signs else "",
    )


def _item(desk: Desk, subject: UUID, lack: Missing) -> dict[str, Any]:
    """Something missing, and where whoever may puts it right."""
    here = home(desk, subject)
    where = {"medical": f"{here}/fitness", "references": f"{here}/checks/reference"}
    href = where.get(lack.check, f"{here}/checks/{lack.check}")
    if lack.why == "scope" and lack.check in DEPENDING and lack.check not in ELSEWHERE:
        href = f"{here}/checks/scope/{lack.check}"
    may = desk.may("write", HEALTH if lack.check == "medical" else CLASS)
    says = lack.says if may else f"{lack.says} HR does that."
    if lack.check in PROOFS or not may:
        href = ""
    kind = "late" if lack.why in {"hard", "blocks"} else "soon"
    return {"number": lack.number or "", "says": says, "kind": kind, "href": href}


def _risk(desk: Desk, file: File, one: Engagement) -> list[dict[str, Any]]:
    """Every assessment, the latest first."""
    return [row for told in reversed(file.checks.risks.get(one.id, ())) for row in _assessed(desk, told)]


def _assessed(desk: Desk, told: RiskAssessed) -> list[dict[str, Any]]:
    return [
        {"label": "Signed", "value": f"{desk.name_of(told.signed_by)}, {day(told.signed_on)}"},
        {"label": "Supervised by", "value": told.supervisor},
        {"label": "Reviewed by", "value": day(told.review_by)},
        {"label": "Meanwhile", "value": str(told.measures)},
    ]


def _decision(desk: Desk, file: File, one: Engagement) -> list[dict[str, Any]]:
    """What was decided, with what was missing and the edition of that day: it stays as it was."""
    told = file.checks.decisions.get(one.id)
    if told is None:
        return []
    outstanding = ", ".join(CHECKS.value[each].title for each in told.missing if each in CHECKS.value) or "nothing"
    words = "under a risk assessment" if told.verdict != "CLEAR" else "with every check"
    return [
        {"label": "Decided", "value": f"{desk.name_of(told.cleared_by)}, {day(told.cleared_on)}: {words}"},
        {"label": "Start", "value": day(told.starts_on)},
        {"label": "Outstanding then", "value": outstanding},
        {"label": "Table of checks", "value": told.edition},
        *([{"label": "Said", "value": str(told.reason)}] if str(told.reason) else []),
    ]


def _acts(desk: Desk, subject: UUID, file: File, one: Engagement, said: Clearance, here: str) -> list[dict[str, str]]:
    """What may be done about what is missing besides making the checks."""
    acts = []
    checks = {lack.check for lack in said.missing}
    if "dbs" in checks and not said.hard:
        acts.append({"text": RISK.title, "href": f"{here}/risk"})
    if any(lack.why in {"none", "waiting"} and _should(file, one, lack.check) for lack in said.missing):
        acts.append({"text": WAIVE.title, "href": f"{here}/waive"})
    return acts


def _should(file: File, one: Engagement, check: str) -> bool:
    needs = needs_of(one, file.checks, one.changed_on or one.told.starts_on)
    return check in CHECKS.value and cell_of(needs, check) == "S"


def _form_page(desk: Desk, subject: UUID, engagement: UUID, what: str, form: Form) -> Page:
    question = _asked(what)
    file, one = _whole(desk, subject, engagement)
    here = _address(desk, subject, engagement)
    may_be_waived = [
        {"value": key, "text": kind.title} for key, kind in CHECKS.value.items() if _should(file, one, key)
    ]
    return question.shown(
        form,
        crumbs=crumbs(
            desk, subject, question.title, ("Whether they may start", here.partition(f"{desk.academy.urn}/")[2])
        )
        if desk.academy
        else [],
        about=f"{file.person.full_name}: {one.title}, from {day(one.changed_on or one.told.starts_on)}",
        action=f"{here}/{what}",
        seen=desk.seen_for(question.command, subject),
        back_href=here,
        options={"check": may_be_waived},
    )
