"""An application drawn: what was told, masked or whole, and what only those see who read applications."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.desk import Desk
from core.money import pounds
from core.wording import day

from ...codes import STATES
from ...facts import Job, OnlineSearched, SelfDisclosed
from ...rules import Insider, Outsider, conflict_hints, search_findings
from ...views import Applicant, Application, Disclosures, Vacancy, disclosures, gaps_of, read_by
from .words import AWARDS

DISCLOSURE = "recruitment.disclosure"


def application(one: Applicant, *, hidden: bool) -> dict[str, Any]:
    """What tells how an applicant fits the post, for `parts.application`."""
    told, read = one.application.told, read_by(one, hidden=hidden)
    return {
        "statement": read.statement,
        "facts": [
            {"label": "Qualified teacher", "value": "Says so" if told.qts else "Does not say so"},
            {"label": "SENCO qualification", "value": AWARDS[told.award]},
        ],
        "jobs": [
            {"title": title, "place": employer, "when": _when(job.from_on, job.until_by), "notes": _job_notes(job, why)}
            for job, (employer, title, why) in zip(told.jobs, read.jobs, strict=True)
        ],
        "schooling": [
            {"award": award, "place": place, "when": "" if hidden else _when(each.from_on, each.until_by)}
            for each, (place, award) in zip(told.schooling, read.schooling, strict=True)
        ],
    }


def _job_notes(job: Job, why: str) -> list[str]:
    return [*(["With children"] * job.with_children), *([f"Left: {why}"] if why else [])]


def _when(from_on: date, until_by: date | None) -> str:
    return f"{day(from_on)} to {day(until_by)}" if until_by else f"since {day(from_on)}"


def contact(one: Application) -> list[dict[str, Any]]:
    """How to reach an applicant and who they are; for those who read applications."""
    told = one.told
    rows = {
        "Former names": told.former_names,
        "E-mail": told.email,
        "Telephone": told.phone,
        "Address": told.address,
        "Date of birth": day(told.born_on) if told.born_on else "",
        "National Insurance": told.ni_number,
        "Teacher reference": told.trn,
        "Came on": day(told.made_on),
        "Related to anybody here": told.relations or "Nobody declared",
    }
    return [{"label": label, "value": value} for label, value in rows.items() if value]


def referees(one: Application) -> list[dict[str, Any]]:
    return [
        {
            "label": each.name,
            "value": [
                *filter(None, (each.organisation, each.email, each.phone)),
                *(["Speaks for the last employer"] * each.last_employer),
                *(["Speaks for the last work with children"] * each.with_children),
            ],
        }
        for each in one.told.referees
    ]


def gaps(one: Application, today: date) -> list[dict[str, Any]]:
    """What nothing covers in an applicant's history, with what was said of it."""
    return [
        {
            "label": _when(gap.from_on, gap.until_by),
            "value": [each.words for each in one.gaps if each.from_on <= gap.until_by and gap.from_on <= each.until_by]
            or ["Nobody has asked yet."],
            "tag": {"text": "explained", "kind": "well"}
            if gap.explained
            else {"text": "to be explained", "kind": "soon"},
        }
        for gap in gaps_of(one, today)
    ]


def moves(one: Application) -> list[dict[str, Any]]:
    """The steps that carry words: why it ended or went on, and what the candidate answered."""
    return [
        {
            "label": f"{STATES[state]}, {day(move.moved_on)}",
            "value": [*filter(None, (move.reason, f"They answered: {move.reply}" if move.reply else ""))],
        }
        for move, state in zip(one.moves, one.states[1:], strict=True)
        if move.reason or move.reply
    ]


def offer(one: Application) -> list[dict[str, Any]]:
    """What was offered; nothing before an offer."""
    if one.offer is None:
        return []
    told = one.offer
    return [
        {"label": "Offered", "value": f"{day(told.offered_on)}, in writing on condition of the checks"},
        {"label": "First day", "value": day(told.starts_on)},
        {"label": "Pay a year", "value": pounds(told.pay_pence)},
    ]


def disclosed(desk: Desk, told: Vacancy, one: Applicant, here: str) -> dict[str, Any] | None:
    """The declaration and the online search of somebody shortlisted; None for whoever may neither read nor write them.

    That they were opened is recorded.
    """
    may_read, may_write = (desk.may(action, DISCLOSURE, one.person) for action in ("read", "write"))
    if not one.application.was_shortlisted or not (may_read or may_write):
        return None
    rows = []
    if may_read:
        desk.opened(one.person, [DISCLOSURE])
        known = desk.see(disclosures, one.person) or Disclosures()
        wanted = one.application.told.vacancy
        rows = [_declared(known.declared.get(wanted)), _searched(desk, told, known.searched.get(wanted))]
    asks = may_write and one.application.is_past_sift
    acts = (("Record the declaration", "declaration"), ("Record the online search", "search"))
    return {"rows": rows, "acts": [{"text": text, "href": f"{here}/{path}"} for text, path in acts] if asks else []}


def _declared(one: SelfDisclosed | None) -> dict[str, Any]:
    if one is None:
        return {"label": "Self-declaration", "value": "Not received yet"}
    talked = f"discussed {day(one.discussed_on)} by {one.discussed_by}" if one.discussed_on else "not discussed yet"
    says = [f"Received {day(one.received_on)}, {talked}", *filter(None, (one.words,))]
    found = {"text": "something declared", "kind": "soon"} if one.anything else {"text": "nothing", "kind": "well"}
    return {"label": "Self-declaration", "value": says, "tag": found}


def _searched(desk: Desk, told: Vacancy, one: OnlineSearched | None) -> dict[str, Any]:
    if one is None:
        return {"label": "Online search", "value": "Not made yet"}
    panel = tuple(desk.name_of(member) for member in told.panel)
    doubts = [finding.says for finding in search_findings(one.searcher, panel)]
    says = [f"{day(one.searched_on)} by {one.searcher}", *filter(None, (one.words,)), *doubts]
    found = {"text": "something relevant", "kind": "soon"} if one.relevant else {"text": "nothing", "kind": "well"}
    return {"label": "Online search", "value": says, "tag": found}


def hints(desk: Desk, told: Vacancy, one: Applicant) -> list[str]:
    """What hints that somebody on the panel knows this applicant; it names both, so it is for HR alone."""
    form, found = one.application.told, []
    outsider = Outsider(
        f"{form.forename} {form.surname}",
        form.surname,
        form.address,
        form.email,
        referees=tuple(text for each in form.referees for text in (each.name, each.email) if text),
        relations=form.relations,
    )
    own = desk.person.email.rpartition("@")[2]
    for member in told.panel:
        who = desk.building.person(member)
        if who is not None and member not in one.scoring.interests:
            insider = Insider(who.name, who.name.split()[-1], email=who.email)
            found += [f"{who.name}: {hint.says}" for hint in conflict_hints(insider, outsider, (own,))]
    return found
