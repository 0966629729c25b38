"""What a person's page tells of the twelve checks, of references and of copies: what is needed, what is there."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from core.desk import Desk
from core.wording import counted, day

from ...codes import CELLS, CHECKS, CONDITIONS, DEPENDING, ROUTES, CheckKind
from ...facts import CheckRecorded
from ...rules import (
    cell_of,
    delete_copy_on,
    reference_findings,
    right_to_work_reminders,
    right_to_work_state,
)
from ...views import Engagement, File, clearance_in, gaps_in, is_hard, may_know_all, needs_of, references_in
from .opening import CHECKS as CHECKS_CLASS
from .opening import HEALTH, home

_KINDS = {"major": "late", "minor": "soon", "late": "soon"}
_STATES = {"holds": "", "expiring": "expires soon", "at_risk": "expired"}
_KEPT_QUIET = "The head and HR know how this stands."


def check_rows(desk: Desk, subject: UUID, file: File, now: list[Engagement]) -> list[dict[str, Any]]:
    """The twelve checks in their order: whether the work needs each, the latest record, what is missing.

    Of health nothing is told to whoever may not read it; a hard outcome only to those who may know all.
    """
    knows_all = may_know_all(desk, subject)
    lacking = _lacking(desk, file, now, knows_all)
    return [
        {
            "id": kind.key,
            "title": f"{kind.number} {kind.title}",
            "needed": _needed(file, kind, now, desk.today),
            "told": _told(desk, file, kind, knows_all),
            "lacking": [_quiet(file, kind, one, knows_all) for one in lacking.get(kind.key, [])],
            "links": _links(desk, subject, file, kind, now),
        }
        for kind in CHECKS.value.values()
        if kind.key != "medical" or desk.may("read", HEALTH, subject)
    ]


def _needed(file: File, kind: CheckKind, now: list[Engagement], today: date) -> list[dict[str, str]]:
    """The cell of each open engagement, once where they agree; with the rule it follows from."""
    told: dict[str, list[str]] = {}
    for one in now:
        need = next(
            each for each in needs_of(one, file.checks, max(today, one.told.starts_on)) if each.check == kind.key
        )
        says = "not said yet" if need.cell == "C" else CELLS[need.cell]
        told.setdefault(says, []).append(one.title)
    return [{"says": says, "of": ", ".join(titles) if len(told) > 1 else ""} for says, titles in told.items()]


def _told(desk: Desk, file: File, kind: CheckKind, knows_all: bool) -> dict[str, Any] | None:
    """The latest record of a check in words; None where there is none."""
    if kind.key == "medical":
        fit = file.fitness
        return _said(kind, fit.outcome, day(fit.checked_on), fit.checked_by) if fit else None
    if kind.key == "references" and file.checks.references:
        made = file.checks.references.values()
        verified = sum(one.verified_on is not None for one in made)
        tag = {"text": "concern open", "kind": "late"} if any(one.concern == "open" for one in made) else None
        return {"says": f"{counted(len(made), 'reference', 'references')}, {verified} verified", "tag": tag, "more": []}
    one = file.checks.latest(kind.key)
    if one is None:
        return None
    if is_hard(one) and not knows_all:
        return {"says": "recorded", "tag": None, "more": [_KEPT_QUIET]}
    on = day(one.checked_on) if one.checked_on else ""
    told = _said(kind, one.outcome, on, one.checked_by)
    told["more"] += _more(desk, one)
    if kind.key == "right_to_work" and one.expires_on is not None:
        told["tag"] = _running_out(one.expires_on, desk.today) or told["tag"]
    return told


def _said(kind: CheckKind, outcome: str, on: str, by: str) -> dict[str, Any]:
    one = kind.outcome(outcome)
    kinds = {"satisfied": "well", "waiting": "soon", "blocks": "late", "hard": "late"}
    tag = {"text": one.title, "kind": kinds[one.effect]} if one else None
    who = f" by {by}" if by else ""
    return {"says": f"{on}{who}" if on else f"no date{who}", "tag": tag, "more": []}


def _more(desk: Desk, one: CheckRecorded) -> list[str]:
    """Evidence, route, days and who confirmed it; typed by whom."""
    told = [
        one.evidence,
        ROUTES[one.route] if one.route != "seen" else "",
        f"confirmed by {one.confirmed_by}" if one.confirmed_by else "",
        f"asked for on {day(one.requested_on)}" if one.requested_on else "",
        f"certificate of {day(one.certificate_on)}" if one.certificate_on else "",
        f"number {one.number}" if one.number else "",
        f"holds until the end of {day(one.expires_on)}" if one.expires_on else "",
    ]
    return [words for words in told if words]


def _running_out(expires_on: date, today: date) -> dict[str, str] | None:
    """A tag where a right to work runs out; the next day on which somebody is reminded stands in it."""
    state = right_to_work_state(expires_on, today)
    if state == "holds":
        return None
    ahead = [one.on_day for one in right_to_work_reminders(expires_on, today) if not one.overdue]
    after = f", reminder {day(ahead[0])}" if ahead and state == "expiring" else ""
    return {"text": f"{_STATES[state]}{after}", "kind": "late" if state == "at_risk" else "soon"}


def _lacking(desk: Desk, file: File, now: list[Engagement], knows_all: bool) -> dict[str, list[dict[str, str]]]:
    """What is missing, by check: gaps of the record once they have started; what stands before a start until then."""
    told: dict[str, list[dict[str, str]]] = {}
    for one in now:
        if one.told.starts_on <= desk.today:
            for gap in gaps_in(file, one, desk.today):
                row = {"level": gap.level, "kind": _KINDS[gap.level], "says": gap.says, "rule": "record_gaps"}
                told.setdefault(gap.check, []).append(row)
        elif knows_all:
            for lack in clearance_in(file, one).missing:
                row = {"level": "before the start", "kind": "soon", "says": lack.says, "rule": "clearance"}
                told.setdefault(lack.check, []).append(row)
    return {check: list({one["says"]: one for one in rows}.values()) for check, rows in told.items()}


def _quiet(file: File, kind: CheckKind, one: dict[str, str], knows_all: bool) -> dict[str, str]:
    """What is missing, without a hard outcome for whoever may not know it."""
    last = file.checks.latest(kind.key)
    hidden = last is not None and is_hard(last) and not knows_all
    return one | {"says": _KEPT_QUIET} if hidden else one


def _links(desk: Desk, subject: UUID, file: File, kind: CheckKind, now: list[Engagement]) -> list[dict[str, str]]:
    """The forms of a check this person may fill in."""
    here = home(desk, subject)
    if kind.key == "medical":
        may_write = desk.may("write", HEALTH, subject)
        return [{"text": "Record fitness", "href": f"{here}/fitness", "says": ""}] if may_write else []
    if not desk.may("write", CHECKS_CLASS, subject):
        return []
    what = "reference" if kind.key == "references" else kind.key
    links = [("Record", f"{here}/checks/{what}")]
    if kind.key == "dbs":
        links.append(("Update Service", f"{here}/checks/update-service"))
    if _is_open(desk, file, kind, now):
        links.append(("Is it needed?", f"{here}/checks/scope/{kind.key}"))
    return [{"text": text, "href": href, "says": kind.title} for text, href in links]


def _is_open(desk: Desk, file: File, kind: CheckKind, now: list[Engagement]) -> bool:
    """Whether it is for somebody to say that a check is needed: it was answered, or the table leaves it to the work."""
    if kind.key not in DEPENDING:
        return False
    needs = [cell_of(needs_of(one, file.checks, max(desk.today, one.told.starts_on)), kind.key) for one in now]
    depends = any(one.check == kind.key for one in CONDITIONS.values())
    return kind.key in file.checks.scopes or "C" in needs or (depends and "-" in needs)


def scopes(file: File) -> list[dict[str, Any]]:
    """What was answered of checks that depend on the work."""
    return [
        {
            "label": CHECKS.value[key].title,
            "value": [
                f"{'needed' if one.needed else 'not needed'}, answered on {day(one.answered_on)}",
                str(one.reason),
            ],
        }
        for key, one in file.checks.scopes.items()
    ]


def references(desk: Desk, subject: UUID, file: File) -> dict[str, Any]:
    """Every reference, and what they lack together."""
    made, writes = file.checks.references, desk.may("write", CHECKS_CLASS, subject)
    rows = []
    for key, one in made.items():
        told = one.told
        from_where = ["last employer"] * told.last_employer + ["work with children"] * told.with_children
        verified = f"{day(one.verified_on)}, {one.verified_by}, {one.verified_how}" if one.verified_on else ""
        rows.append(
            {
                "referee": told.referee,
                "organisation": told.organisation,
                "from_where": ", ".join(from_where),
                "received": told.received_on,
                "verified": verified.strip(", "),
                "concern": {"open": ("concern open", "late"), "resolved": ("concern resolved", "well")}.get(
                    one.concern
                ),
                "href": f"{home(desk, subject)}/checks/reference/{key}" if writes else "",
            }
        )
    findings = reference_findings(references_in(file.checks)) if made else ()
    return {"rows": rows, "findings": [one.says for one in findings]}


def copies(desk: Desk, subject: UUID, file: File) -> list[dict[str, Any]]:
    """Copies of certificates that are kept, and the day each is destroyed by."""
    writes = desk.may("write", CHECKS_CLASS, subject)
    return [
        {
            "received": one.received_on,
            "reason": str(one.reason),
            "by": (by := delete_copy_on(one.received_on)),
            "tag": {"text": "overdue", "kind": "late"} if by < desk.today else None,
            "href": f"{home(desk, subject)}/checks/copy/{key}" if writes else "",
        }
        for key, one in file.checks.copies.items()
    ]
