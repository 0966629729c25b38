"""The single central record: who is on it, what is wrong with a row, and what a move within the trust asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Literal

from msgspec import Struct

from core.law import Finding, cites, plain

from ..codes import COLUMNS, CheckKind, Column, check_kind, standing
from .certificate import may_carry_dbs
from .clearance import Check, RiskAssessment
from .matrix import Need, cell_of

_READ_ON = date(2026, 11, 22)
_DAY = timedelta(days=1)
_error = partial(Finding, "error")

Grade = Literal["major", "minor", "late"]


class RecordGap(Struct, frozen=True):
    """Something wrong with one check of a row of the record."""

    level: Grade
    check: str
    says: str


@cites("KCSIE 2021, para. 254", "user-s7hizqk.cld.bz", as_at=_READ_ON, edition="2021", rule="recruitment R25")
def is_shown(ended_on: date | None, on_day: date) -> bool:
    """Whether the record shows an engagement on a day: up to its last day, and not on the day after.

    Args:
        ended_on: Its last day; None while it goes on.
    """
    return ended_on is None or on_day <= ended_on


@cites(
    "KCSIE 2016, para. 119; that the trust is the employer everywhere is our reading",
    "online.flipbuilder.com/ruih/lrev",
    as_at=_READ_ON,
    verified=False,
    rule="recruitment R26",
)
def academy_move_findings(
    before: tuple[Need, ...],
    after: tuple[Need, ...],
    last_day: date,
    starts_on: date,
    concern: bool = False,
    trust_employs: bool = True,
) -> tuple[Finding, ...]:
    """What somebody needs who moves between academies of the trust; nothing when their checks move with them.

    A new DBS certificate when the work becomes regulated activity, after a break of more than three months, or on a
    concern; prohibition and section 128 when the new duties need them and the old did not.

    Args:
        before: What the work they leave needs.
        after: What the new work needs.
        last_day: Of the work they leave.
        concern: Whether there is a concern about them.
        trust_employs: Whether the trust employs them at both; where not, all checks are made anew.
    """
    if not trust_employs:
        return (_error("new_employer", "The employer changes: make every check anew.", "checks"),)
    found, new = [], {need.check for need in after if need.cell == "M" and cell_of(before, need.check) != "M"}
    reasons = (
        ("barred_list" in new, "the work becomes regulated activity"),
        (not may_carry_dbs(last_day, starts_on), "the break is longer than three months"),
        (concern, "there is a concern"),
    )
    if why := " and ".join(words for holds, words in reasons if holds):
        found.append(_error("new_dbs", f"Ask for a new DBS certificate with the barred list: {why}.", "dbs"))
    for check in ("prohibition", "section_128"):
        if check in new:
            says = f"{check_kind(check).title}: check it, as the new duties need it."
            found.append(_error(f"new_{check}", says, check))
    return tuple(found)


@cites("KCSIE 2021, para. 253", "user-s7hizqk.cld.bz", as_at=_READ_ON, edition="2021", rule="recruitment R27")
def record_columns(on_day: date) -> tuple[Column, ...]:
    """The columns of the record in the order in which they are taken away: who it is, then the statutory ones.

    None tells of health or of what was disclosed.
    """
    order = ("needed", "statutory", "practice", "optional")
    return tuple(sorted(standing(COLUMNS, on_day).value, key=lambda column: order.index(column.status)))


@cites(
    "The Key, monitoring the single central record; wording of November 2025 not read",
    "schoolleaders.thekeysupport.com",
    as_at=_READ_ON,
    verified=False,
    rule="recruitment R28",
)
def record_gaps(
    needs: tuple[Need, ...],
    checks: tuple[Check, ...],
    starts_on: date,
    on_day: date,
    risks: tuple[RiskAssessment, ...] = (),
) -> tuple[RecordGap, ...]:
    """What is wrong with a row of the record on a day, in the order of the checks; nothing before the start.

    Major is a check that must be made or confirmed and is not evidenced; minor is one that is, without its date, its
    outcome or who looked, and one of which nobody has said whether it is needed; late is one first made after the start
    (R29). A DBS certificate may come after the start where risk assessments cover every day until it came.

    Args:
        checks: What is recorded; several records of one check in the order in which they were made.
        risks: The risk assessments of starting and going on without a certificate.
    """
    if on_day < starts_on:
        return ()
    found: list[RecordGap] = []
    for need in sorted(needs, key=lambda need: check_kind(need.check).number):
        kind, made = check_kind(need.check), [check for check in checks if check.check == need.check]
        assessed = risks if kind.key == "dbs" and need.cell == "M" else ()
        awaited = bool(made) and made[-1].outcome == "awaiting" and _covered(assessed, starts_on, on_day + _DAY)
        if need.cell in {"M", "W"} and not awaited:
            found += _graded(need, kind, made)
        elif need.cell == "C" and not any(check.outcome in need.accepts for check in made):
            found.append(RecordGap("minor", kind.key, need.says))
        if need.cell in {"M", "S", "W"}:
            found += _late(kind, made, starts_on, assessed)
    return tuple(found)


def _graded(need: Need, kind: CheckKind, made: list[Check]) -> Iterable[RecordGap]:
    """What is wrong with a check that must be made, by its last record; never what a check disclosed."""
    last = made[-1] if made else Check(kind.key, "")
    made_on = _made_on(last)
    if last.outcome not in need.accepts and (last.outcome or not (last.evidence.strip() or made_on)):
        outcome = kind.outcome(last.outcome)
        what = outcome.title.lower() if outcome and outcome.effect == "waiting" else "no result that will do"
        yield RecordGap("major", kind.key, f"{kind.title}: {what}. Make the check and record it.")
        return
    wanted = ((made_on, "the date"), (last.by.strip(), "who looked"), (last.outcome, "the outcome"))
    if lacking := " and ".join(words for there, words in wanted if not there):
        yield RecordGap("minor", kind.key, f"{kind.title}: add {lacking}.")


def _made_on(check: Check) -> date | None:
    return check.checked_on or check.certificate_on


def _late(
    kind: CheckKind, made: list[Check], starts_on: date, risks: tuple[RiskAssessment, ...]
) -> Iterable[RecordGap]:
    """Whether a check was first made after the start, and nothing covers the days until then."""
    days = [_made_on(check) for check in made if check.outcome != "awaiting"]
    dated = [day for day in days if day]
    if len(dated) < len(days):
        return  # an undated record may be the first: that is the gap
    first_on = min(dated, default=starts_on)
    if not _covered(risks, starts_on, first_on):
        says = f"{kind.title}: made on {plain(first_on)}, after the start. Write down why."
        yield RecordGap("late", kind.key, says)


def _covered(risks: Iterable[RiskAssessment], from_on: date, until: date) -> bool:
    """Whether signed assessments that name who supervises cover every day from one up to, not including, another."""
    whole = [
        (risk.signed_on, risk.review_by)
        for risk in risks
        if risk.signed_on and risk.review_by and risk.signed_by.strip() and risk.supervisor.strip()
    ]
    for signed_on, review_by in sorted(whole):
        if signed_on <= from_on:
            from_on = max(from_on, review_by + _DAY)
    return from_on >= until
