"""Whether somebody may start: what is still missing, what nobody may override, and who may decide."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Literal

from msgspec import Struct

from core.law import Finding, cites, plain

from ..codes import PROOFS, RISK_REVIEW_DAYS, Cell, CheckKind, CheckOutcome, check_kind
from .matrix import Need, cell_of

_READ_ON = date(2026, 11, 22)
_STANDARDS = "Independent School Standards 2014, Schedule, para. 18"
_ADDRESS = "legislation.gov.uk/uksi/2014/3283/schedule/part/4"
_ONLY_WHERE_NEEDED = {"qualifications", "prohibition", "childcare", "section_128"}
_error = partial(Finding, "error")

Verdict = Literal["CLEAR", "CLEAR_WITH_RISK_ASSESSMENT", "BLOCKED"]
Why = Literal["none", "waiting", "scope", "blocks", "hard", "proof"]
"""none: nothing that counts is there; waiting: it has begun; scope: nobody has said whether it is needed."""


class Check(Struct, frozen=True):
    """One of the twelve checks as it was recorded."""

    check: str
    outcome: str  # empty where an old record does not say
    checked_on: date | None = None
    certificate_on: date | None = None  # the date on the certificate
    requested_on: date | None = None
    expires_on: date | None = None  # the last day it holds, inclusive; None when it runs without end
    by: str = ""  # who looked
    evidence: str = ""
    route: str = ""  # how it was made: seen, update_service, within_dbs, separate, carried or confirmed


class RiskAssessment(Struct, frozen=True):
    """How somebody may start while their DBS certificate is awaited."""

    signed_on: date | None = None
    signed_by: str = ""
    supervisor: str = ""
    review_by: date | None = None  # the last day it holds without a review, inclusive


class Missing(Struct, frozen=True):
    """Something that stands between a person and their start."""

    number: int  # of the check, 1 to 12; 0 for a proof of the process
    check: str
    says: str
    why: Why


class Clearance(Struct, frozen=True):
    """Whether somebody may start. A named person decides; this is no decision."""

    verdict: Verdict
    missing: tuple[Missing, ...] = ()  # in the order of the checks, then the proofs of the process
    hard: bool = False  # something that nobody may override; only the head and HR are told
    edition: str = ""  # of the table of role and check
    to_risk_assess: tuple[
        Finding, ...
    ] = ()  # where only the certificate is missing: what a start without it still needs


@cites(
    f"{_STANDARDS}; KCSIE 2016, para. 94; R7 to R12 of the domain notes",
    _ADDRESS,
    as_at=_READ_ON,
    rule="recruitment R7",
)
def clearance(
    needs: tuple[Need, ...],
    checks: tuple[Check, ...],
    starts_on: date,
    risk: RiskAssessment | None = None,
    waived: frozenset[str] = frozenset(),
    decisions: frozenset[str] = frozenset(),
    proofs_lacking: tuple[str, ...] = (),
) -> Clearance:
    """Whether somebody may start, and everything that is missing, in the order of the checks.

    Clear is who has every check that must be made, confirmed or turned out to be needed, and every one that should be,
    unless a second person waived it with a reason (R8). Only a DBS certificate may be awaited, under a risk assessment
    (R9). A concern that is open blocks, also where the check only should be made (R12).

    Args:
        checks: What is recorded; of several records of one check the last counts.
        waived: Checks that should be made and were waived.
        decisions: Checks of which two named people decided, with reasons, that what was disclosed does not stand
            against the work (R11).
        proofs_lacking: Of panel, two_scorers and verification_calls, those that are not there.

    Raises:
        ValueError: There is no such check or proof.
    """
    held = {check.check: check for check in checks}
    found = [_missing(need, held, starts_on, decisions) for need in sorted(needs, key=_number)]
    missing = [one for one in found if one and not (one.check in waived and _may_be_waived(needs, one))]
    if strange := sorted(set(proofs_lacking) - set(PROOFS)):
        raise ValueError(f"there is no proof {', '.join(strange)}")
    missing += [Missing(0, proof, f"{PROOFS[proof]}.", "proof") for proof in PROOFS if proof in proofs_lacking]
    hard = any(one.why == "hard" for one in missing)
    edition = needs[0].edition if needs else ""
    if not missing:
        return Clearance("CLEAR", edition=edition)
    to_do: tuple[Finding, ...] = ()
    if [(one.check, one.why) for one in missing] == [("dbs", "waiting")] and cell_of(needs, "dbs") == "M":
        to_do = risk_start_findings(held["dbs"], held.get("barred_list"), starts_on, risk)
        if not to_do:
            return Clearance("CLEAR_WITH_RISK_ASSESSMENT", tuple(missing), edition=edition)
    return Clearance("BLOCKED", tuple(missing), hard, edition, to_do)


def _number(need: Need) -> int:
    return check_kind(need.check).number


def _may_be_waived(needs: tuple[Need, ...], missing: Missing) -> bool:
    should = any(need.check == missing.check and need.cell == "S" for need in needs)
    return should and missing.why in {"none", "waiting"}


def _missing(need: Need, held: dict[str, Check], starts_on: date, decisions: frozenset[str]) -> Missing | None:
    """What one check leaves open; None for nothing."""
    kind, check = check_kind(need.check), held.get(need.check)
    outcome = kind.outcome(check.outcome) if check else None
    needed = need.cell not in {"-", "X"}
    say = partial(Missing, kind.number, kind.key)
    if check and outcome and (needed or kind.key not in _ONLY_WHERE_NEEDED):
        decided = outcome.by_decision and kind.key in decisions
        if outcome.effect == "hard":
            return say(f"{kind.title}: {_lower(outcome)}. {outcome.to_do}", "hard")
        if not decided and (outcome.effect == "blocks" or outcome.by_decision):
            return say(f"{kind.title}: {_lower(outcome)}. {outcome.to_do}", "blocks")
    if not needed:
        return None
    if check and outcome and outcome.key in need.accepts:
        fault = _fault(need, kind, check, held, starts_on)
        return say(f"{kind.title}: {fault}", "none") if fault else None
    if need.cell == "C":
        return say(need.says, "scope")
    if outcome and outcome.effect == "waiting":
        return say(f"{kind.title}: {_lower(outcome)}. {outcome.to_do}", "waiting")
    return say(f"{kind.title}: {_absent(need, check, outcome)}", "none")


def _lower(outcome: CheckOutcome) -> str:
    return outcome.title[:1].lower() + outcome.title[1:]


def _absent(need: Need, check: Check | None, outcome: CheckOutcome | None) -> str:
    if outcome:
        return f"{_lower(outcome)}, but this work needs it. Make the check."
    if check:
        return "what came of it is not known. Record the outcome."
    if need.cell == "W":
        return "not confirmed. Ask for the written confirmation."
    return "not made. Make the check and record it."


def _fault(need: Need, kind: CheckKind, check: Check, held: dict[str, Check], starts_on: date) -> str:
    """Why a check with a good outcome does not count all the same; empty when it does."""
    dbs = held.get("dbs")
    if check.route == "confirmed" and not need.by_confirmation:
        return "only confirmed by somebody else. Make the check yourselves."
    if check.route == "carried":
        return "carried from work before, with a break of more than three months. Ask for a new certificate."
    if check.route == "within_dbs" and (
        dbs is None or dbs.route == "carried" or dbs.outcome in {"", "awaiting"}  # no certificate of ours
    ):
        return "there is no new DBS certificate that it could be within. Make it on its own."
    if check.expires_on is not None and check.expires_on < starts_on:
        return f"expires on {plain(check.expires_on)}, before the start. Check again."
    if kind.key == "right_to_work" and check.expires_on is None and check.outcome != "continuous":
        return "limited in time, but nobody wrote down until when. Record the day it expires."
    return ""


@cites(
    "KCSIE 2016, para. 94; the interval of review is ours",
    "online.flipbuilder.com/ruih/lrev",
    as_at=_READ_ON,
    verified=False,
    rule="recruitment R9",
)
def risk_start_findings(
    dbs: Check | None, barred_list: Check | None, starts_on: date, risk: RiskAssessment | None
) -> tuple[Finding, ...]:
    """What is lacking for a start while the DBS certificate is awaited; nothing when it may be.

    It takes a barred list check of its own without a match, an application for the certificate by the start, and a risk
    assessment that is signed by then, names who supervises, and is reviewed within 14 days of the start. Where the
    barred list must not be looked at there is no such start.
    """
    found, last_by = [], starts_on + timedelta(days=RISK_REVIEW_DAYS.value)
    if barred_list is None or (barred_list.route, barred_list.outcome) != ("separate", "no_match"):
        says = "Check the barred list on its own; it must show no match."
        found.append(_error("no_separate_list", says, "barred_list"))
    if dbs is None or dbs.requested_on is None or dbs.requested_on > starts_on:
        says = f"Apply for the certificate by {plain(starts_on)}, and give the day you did."
        found.append(_error("not_applied", says, "requested_on"))
    risk = risk or RiskAssessment()
    if not risk.signed_by.strip() or risk.signed_on is None or risk.signed_on > starts_on:
        says = f"Have the risk assessment signed by {plain(starts_on)}."
        found.append(_error("not_signed", says, "signed_on"))
    if not risk.supervisor.strip():
        found.append(_error("no_supervisor", "Name who supervises them.", "supervisor"))
    if risk.review_by is None or not starts_on <= risk.review_by <= last_by:
        says = f"Review the risk assessment by {plain(last_by)}. Give a day from the start until then."
        found.append(_error("no_review", says, "review_by"))
    return tuple(found)


@cites("Tallystick: who may waive a check", "", as_at=_READ_ON, verified=False, rule="recruitment R8")
def waiver_findings(cell: Cell, entered_by: str, waived_by: str, reason: str) -> tuple[Finding, ...]:
    """Why a check may not be waived; nothing when it may: it should be made, and a second person gives a reason.

    Args:
        cell: Of the check, in the table of role and check.
        entered_by: Who recorded the person's checks.
    """
    found = []
    if cell != "S":
        says = "Only a check that should be made may be waived. Make this one."
        found.append(_error("not_waivable", says, "check"))
    if entered_by == waived_by:
        found.append(_error("same_person", "Ask somebody else to waive it: you recorded the checks.", "waived_by"))
    if not reason.strip():
        found.append(_error("no_reason", "Write down why it is waived.", "reason"))
    return tuple(found)


@cites("Tallystick: who decides on a disclosure", "", as_at=_READ_ON, verified=False, rule="recruitment R11")
def decision_findings(first: str, second: str, reasons: str) -> tuple[Finding, ...]:
    """Why a decision on what was disclosed does not count; nothing when it does: two named people and their reasons."""
    found, names = [], {" ".join(name.casefold().split()) for name in (first, second)}
    if "" in names or len(names) < 2:
        found.append(_error("not_two_people", "Name the two people who decided.", "second"))
    if not reasons.strip():
        found.append(_error("no_reasons", "Write down the reasons.", "reasons"))
    return tuple(found)


@cites("Tallystick: who may clear somebody", "", as_at=_READ_ON, verified=False, rule="recruitment R40")
def may_clear_findings(
    clearer: str, person: str, entered_by: tuple[str, ...] = (), relatives: tuple[str, ...] = (), hard: bool = False
) -> tuple[Finding, ...]:
    """Why somebody may not decide whether a person may start; nothing when they may.

    Nobody decides about themselves or a relative; nor about checks they recorded, where one of these was hard.

    Args:
        clearer: Who wants to decide.
        entered_by: Who recorded the person's checks.
        relatives: Of the person, as far as they were declared.
        hard: Whether an outcome that nobody may override is or was among the checks.
    """
    found = []
    if clearer == person:
        found.append(_error("own_clearance", "You cannot clear yourself. Ask somebody else.", "cleared_by"))
    if clearer in relatives:
        found.append(_error("relative", "You know them, as was declared. Ask somebody else to decide.", "cleared_by"))
    if hard and clearer in entered_by:
        says = "You recorded these checks, and one of them stands in the way. Ask somebody else to decide."
        found.append(_error("entered_checks", says, "cleared_by"))
    return tuple(found)
