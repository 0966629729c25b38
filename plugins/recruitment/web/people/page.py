"""One person on the record: what they do here, the twelve checks, and the tally of all that."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.roll.web.child import crumbs as crumbs_below
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted, day

from ...codes import ROLES, standing
from ...rules import names_management, volunteer_findings, volunteer_regulated
from ...views import LEFT_OUT, Engagement, File, Person, clearance_in, may_know_all, proofs_lacking, role_of
from .history import entries
from .opening import CHECKS, DISCLOSURE, ENGAGEMENT, HEALTH, file_seen, home, known_person
from .recording import QUESTIONS
from .told import check_rows, copies, references, scopes

_COURSES = {"safeguarding": "Safeguarding", "safer_recruitment": "Safer recruitment", "induction": "Induction"}
VERDICTS = {
    "CLEAR": ("may be cleared", "well"),
    "CLEAR_WITH_RISK_ASSESSMENT": ("may be cleared under a risk assessment", "soon"),
    "BLOCKED": ("blocked", "late"),
}


class People(Controller):
    """One person on the single central record."""

    path = "/people/{person_uid:uuid}"

    @get("/", guards=[may("read", ENGAGEMENT)])
    def show(self, person_uid: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """Everything told of them to this person; each class of it is recorded as opened."""
        more = [one for one in (CHECKS, HEALTH, DISCLOSURE) if desk.may("read", one, person_uid)]
        who = known_person(desk, person_uid, "read", ENGAGEMENT, *more)
        file = file_seen(desk, person_uid, who)
        now = [one for one in who.engagements.values() if one.is_open(desk.today)]
        reads, events = CHECKS in more, desk.history(person_uid)
        shown = {ENGAGEMENT, *more}
        return page(
            "recruitment/person.html",
            crumbs=_crumbs(desk),
            name=who.full_name,
            lede=_lede(who),
            actions=_actions(desk, person_uid),
            engagements=[_engagement(desk, person_uid, file, one, reads) for one in reversed(list(now))],
            ended=[_ended(one) for one in who.engagements.values() if one not in now],
            checks=check_rows(desk, person_uid, file, now) if reads else None,
            scopes=scopes(file) if reads else [],
            references=references(desk, person_uid, file) if reads else None,
            copies=copies(desk, person_uid, file) if reads else [],
            acts=_acts(desk, person_uid) if reads else [],
            training=[{"label": _COURSES[key], "value": day(one.done_on)} for key, one in who.trained.items()],
            entries=entries(desk, person_uid, [event for event in events if event.record in shown]),
        )


def _crumbs(desk: Desk) -> list[dict[str, str | None]]:
    trail = [("Single central record", "recruitment/record")] if desk.may("read", CHECKS) else []
    return crumbs_below(desk, trail, "Person")


def _lede(who: Person) -> str:
    born = f"Born {day(who.told.born_on)}." if who.told.born_on else "No date of birth on record."
    former = f" Formerly {who.told.former_names}." if who.told.former_names else ""
    return f"{born}{former}"


def _actions(desk: Desk, subject: UUID) -> list[dict[str, Any]]:
    if not desk.may("write", ENGAGEMENT, subject):
        return []
    return [{"text": question.title, "href": f"{home(desk, subject)}/{what}"} for what, question in QUESTIONS.items()]


def _acts(desk: Desk, subject: UUID) -> list[dict[str, str]]:
    """What may be recorded of checks besides the checks themselves."""
    here = home(desk, subject)
    acts = [("Keep a copy of a certificate", f"{here}/checks/copy", CHECKS)]
    acts += [("Weigh what was disclosed", f"{here}/weigh", DISCLOSURE)]
    return [{"text": text, "href": href} for text, href, record in acts if desk.may("write", record, subject)]


def _engagement(desk: Desk, subject: UUID, file: File, one: Engagement, reads: bool) -> dict[str, Any]:
    role = standing(ROLES, desk.today).value[role_of(one, desk.today)]
    forms = f"{home(desk, subject)}/engagements/{one.id}"
    rows: list[dict[str, Any]] = [
        {"label": "Kind of work", "value": role.title},
        {"label": "From", "value": [day(one.told.starts_on), *_changed(one)]},
    ]
    if one.ended_on:
        rows.append({"label": "Last day", "value": day(one.ended_on)})
    if one.told.employer:
        rows.append({"label": "Employer", "value": one.told.employer})
    if role.key in LEFT_OUT:
        rows.append({"label": "Record", "value": "does not stand on the single central record"})
    return {
        "id": one.id.hex[:8],
        "title": one.title,
        "tag": {"text": "to come", "kind": "plain"} if one.told.starts_on > desk.today else None,
        "rows": rows,
        "start": _start(desk, subject, file, one, forms) if reads else None,
        "notes": _notes(one, file, desk),
        "links": _links(desk, subject, one, forms),
    }


def _changed(one: Engagement) -> list[str]:
    return [f"this work since {day(one.changed_on)}"] if one.changed_on else []


def _ended(one: Engagement) -> dict[str, str]:
    until = day(one.ended_on) if one.ended_on else ""
    return {"label": one.title, "value": f"{day(one.told.starts_on)} to {until}"}


def _start(desk: Desk, subject: UUID, file: File, one: Engagement, forms: str) -> dict[str, Any] | None:
    """How far they are from a start; for whoever may know everything it rests on."""
    if not may_know_all(desk, subject):
        return None
    decided = file.checks.decisions.get(one.id)
    if decided is not None:
        text = f"cleared on {day(decided.cleared_on)}"
        return {"text": text, "kind": "well", "href": f"{forms}/start"}
    if one.told.vacancy is None and one.told.starts_on <= desk.today:
        return {"text": "no decision recorded here", "kind": "plain", "href": f"{forms}/start"}
    text, kind = VERDICTS[clearance_in(file, one, proofs_lacking(desk, subject, one)).verdict]
    return {"text": text, "kind": kind, "href": f"{forms}/start"}


def _notes(one: Engagement, file: File, desk: Desk) -> list[dict[str, str]]:
    """What the work itself raises: whether a volunteer's help is regulated activity, what a title may mean."""
    notes = []
    told = one.volunteering
    if told is not None:
        regulated = volunteer_regulated(told.days, desk.today, told.weekly, told.overnight, told.supervised)
        supervised = "supervised" if told.supervised else "not supervised"
        pattern = "weekly" if told.weekly else counted(len(told.days), "day", "days")
        is_it = "It is regulated activity" if regulated else "It is not regulated activity"
        says = f"{is_it}: {pattern}, {supervised}{', overnight' if told.overnight else ''}."
        notes.append({"says": says, "kind": "plain", "rule": "volunteer_regulated"})
        barred = file.checks.latest("barred_list")
        found = volunteer_findings(regulated, barred.checked_on if barred else None, desk.today)
        notes += [{"says": each.says, "kind": "late", "rule": "volunteer_findings"} for each in found]
    elif one.role.startswith("volunteer"):
        says = "Nobody has recorded when they help, so it cannot be told whether it is regulated activity."
        notes.append({"says": says, "kind": "soon", "rule": "volunteer_regulated"})
    if one.role == "senco" and names_management(one.title) and "title_reason_saved" not in one.flags:
        says = (
            "The title names an assistant head. By itself that decides nothing: say whether they take part in managing."
        )
        notes.append({"says": says, "kind": "soon", "rule": "names_management"})
    return notes


def _links(desk: Desk, subject: UUID, one: Engagement, forms: str) -> list[dict[str, str]]:
    if not desk.may("write", ENGAGEMENT, subject):
        return []
    links = [("Change the work", f"{forms}/change")]
    if one.role.startswith("volunteer"):
        links.append(("Record when they help", f"{forms}/volunteering"))
    if one.ended_on is None:
        links.append(("End it", f"{forms}/end"))
    return [{"text": text, "href": href, "says": one.title} for text, href in links]
