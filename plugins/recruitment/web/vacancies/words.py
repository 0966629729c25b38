"""A vacancy in words: what is paid, when, and how far it has come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.desk import Desk
from core.errors import NotFound
from core.law import Finding
from core.money import pounds
from core.roll.web.child import crumbs
from core.wording import day

from ...codes import CONDITIONS, OTHER_FLAGS, ROLES, SENCO_FACTS, standing
from ...codes.statements import CONTRACTS
from ...facts import VacancyDrafted
from ...rules import Pay, advert_findings
from ...telling import base
from ...views import Vacancy, advert_of, description, vacancy, version_of

RECORD = "recruitment.vacancy"
TITLE = "Vacancies"
TAGS = {
    "draft": {"text": "draft", "kind": "plain"},
    "approved": {"text": "approved", "kind": "soon"},
    "advertised": {"text": "advertised", "kind": "well"},
    "closed": {"text": "closed", "kind": "plain"},
}
_OF_A_PERSON = {"lived_abroad", "dbs_carried"}  # no draft knows who will come


def found(desk: Desk, vacancy_id: UUID) -> Vacancy:
    """A vacancy of this academy; raises NotFound for none."""
    known = desk.see(vacancy, vacancy_id)
    if known is None:
        raise NotFound
    return known


def address(desk: Desk, vacancy_id: UUID) -> str:
    return f"{base(desk)}/vacancies/{vacancy_id}"


def trail(desk: Desk, vacancy_id: UUID | None, here: str) -> list[dict[str, str | None]]:
    """Crumbs of the pages of a vacancy."""
    steps = [(TITLE, "recruitment/vacancies")]
    if vacancy_id is not None:
        steps.append(("Vacancy", f"recruitment/vacancies/{vacancy_id}"))
    return crumbs(desk, steps, here)


def flag_titles() -> dict[str, str]:
    """What the work may involve, by flag, as far as it is said of a post and not of a person."""
    conditions = {key: one.title for key, one in CONDITIONS.items()}
    told = {**conditions, **SENCO_FACTS, **OTHER_FLAGS}
    return {key: f"{text[0].upper()}{text[1:]}" for key, text in told.items() if key not in _OF_A_PERSON}


def pay_in(told: VacancyDrafted) -> Pay:
    """What a draft pays, as the rule takes it."""
    return Pay(told.pay_from_pence, told.pay_to_pence, told.sen_allowance_pence, told.tlr_pence)


def pay_of(told: VacancyDrafted) -> list[str]:
    """What is paid, a line each: a year at full time, then the allowances."""
    lines = [f"{pounds(told.pay_from_pence)} to {pounds(told.pay_to_pence)} a year, full time"]
    if told.pay_from_pence == told.pay_to_pence:
        lines = [f"{pounds(told.pay_from_pence)} a year, full time"]
    if told.pay_scale:
        lines[0] = f"{told.pay_scale}: {lines[0]}"
    if told.sen_allowance_pence:
        lines.append(f"SEN allowance {pounds(told.sen_allowance_pence)} a year")
    if told.tlr_pence or told.tlr:
        lines.append(f"{told.tlr or 'TLR'} {pounds(told.tlr_pence)} a year")
    return lines


def contract_of(told: VacancyDrafted) -> str:
    until = f" until {day(told.fixed_until)}" if told.fixed_until else ""
    time = "full time" if told.share == 100 else f"{told.share}\u00a0% of full time"
    return f"{CONTRACTS[told.contract]}{until}, {time}"


def closing_of(told: VacancyDrafted) -> str:
    """When applications close; "" while no day is set."""
    if told.closes_on is None:
        return ""
    return f"{day(told.closes_on)}, {told.closes_at}" if told.closes_at else day(told.closes_on)


def summary_of(desk: Desk, told: VacancyDrafted) -> list[dict[str, Any]]:
    """The draft, for `ui.summary`."""
    roles = standing(ROLES, told.drafted_on).value
    titles = flag_titles()
    rows: list[dict[str, Any]] = [
        {"label": "Job description", **_description(desk, told)},
        {"label": "Kind of post", "value": roles[told.role].title},
        {"label": "The work", "value": [titles.get(flag, flag) for flag in told.flags]},
        {"label": "Contract", "value": contract_of(told)},
        {"label": "Pay", "value": pay_of(told)},
        {"label": "Starts", "value": day(told.starts_on) if told.starts_on else ""},
        {"label": "Closes", "value": closing_of(told)},
        {"label": "Interviews", "value": day(told.interviews_on) if told.interviews_on else ""},
        {"label": "Sift", "value": "blind: no names until somebody is shortlisted" if told.blind else "with names"},
        {"label": "Drafted", "value": f"{day(told.drafted_on)} by {desk.name_of(told.drafted_by)}"},
    ]
    return [row if row["value"] else {**row, "value": "not said yet"} for row in rows]


def _description(desk: Desk, told: VacancyDrafted) -> dict[str, str]:
    """The version it was drafted from, and where to read it."""
    known = desk.see(description, told.description) if desk.may("read", "recruitment.description") else None
    version = known.version(told.version) if known else None
    if known is None or version is None:
        return {"value": "not yours to read"}
    href = f"{base(desk)}/descriptions/{told.description}/versions/{told.version}"
    return {"value": f"{version.title}, version {known.versions.index(version) + 1}", "href": href}


def lacking(desk: Desk, known: Vacancy) -> tuple[Finding, ...]:
    """Everything it lacks before it may be advertised."""
    return advert_findings(advert_of(known, version_of(desk, known)), desk.today)


def finding_rows(desk: Desk, rule: str, findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    """Outcomes of a rule as a page lists them, each with the rule behind it."""
    source = desk.building.plugins.rules()[f"recruitment.{rule}"].citation.source
    kinds = {"error": "late", "warning": "soon", "note": "plain"}
    return [
        {"says": one.says, "kind": kinds[one.level], "source": source, "rule_href": f"/rules/recruitment.{rule}"}
        for one in findings
    ]
