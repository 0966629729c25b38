"""After care: census codes, their proof, who holds the premium, and when a school is first paid."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Literal

from msgspec import Struct

from core.law import Finding, cites, in_force, plain

from ..codes import EVIDENCE_KINDS, GRANT_COUNTS, KINSHIP_SETS, LEAVING_REASONS, PREVIOUS_CARE_SETS

_READ_ON = date(2026, 11, 22)
_DAY = timedelta(days=1)
_error = partial(Finding, "error")
_PREVIOUS_CARE = PREVIOUS_CARE_SETS[-1].value
_KINSHIP = KINSHIP_SETS[-1]


class Funding(Struct, frozen=True):
    """When a previously looked-after pupil is first counted, and from when the school is paid."""

    counted_on: date
    paid_from: date
    year: str  # the financial year, such as 2028-29


class CareStretch(Struct, frozen=True):
    """A stretch in care; the day it ends on belongs to what follows."""

    from_on: date
    ended_on: date | None = None


class ClaimDays(Struct, frozen=True):
    """The first and the last day that a claim on the authority pays for."""

    from_on: date
    until_by: date


class LeavingCodes(Struct, frozen=True):
    """The census codes after an episode ended; None where none follows from the reason alone."""

    code: str | None
    kinship: str | None
    findings: tuple[Finding, ...] = ()


@cites(
    "Pupil premium technical note; from 2026-27 on, if its October rule goes on",
    "gov.uk",
    as_at=_READ_ON,
    verified=False,
    edition="2025-03-27",
    rule="lac 19",
)
def earliest_funding(order_on: date, seen_on: date, alternative_provision: bool = False) -> Funding | None:
    """When the school is first paid for a previously looked-after pupil; None for years whose rule is not known.

    Counted is who had left care, with the proof seen, by the census day before the financial year: the first Thursday
    in October, or for alternative provision the third in January. Paid from the April after it.

    Args:
        order_on: The day of the order by which the child left care.
        seen_on: The day the proof was seen.
    """
    known_on = max(order_on, seen_on)
    year = known_on.year + (known_on.month >= 4)  # of the next April
    grant = _grant(year, alternative_provision)
    if grant is None or known_on <= grant.counted_on:
        return grant
    return _grant(year + 1, alternative_provision)


def _grant(year: int, alternative_provision: bool) -> Funding | None:
    """The grant of the financial year that begins in that calendar year."""
    paid_from = date(year, 4, 1)
    edition = in_force(GRANT_COUNTS, paid_from)
    if edition is None:
        return None
    days = edition.value
    if alternative_provision:
        counted_on = _thursday(year, days.alternative_month, days.alternative_thursday)
    else:
        counted_on = _thursday(year - 1, days.month, days.thursday)
    return Funding(counted_on, paid_from, f"{year}-{(year + 1) % 100:02}")


def _thursday(year: int, month: int, n: int) -> date:
    """The n-th Thursday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7, weeks=n - 1)


@cites("School census, CS087", "devon.gov.uk", as_at=_READ_ON, edition="2022-09-01", rule="lac 20")
def is_previously_looked_after(code: str) -> bool | None:
    """Whether a post-looked-after code says that the pupil was in care; None for N.

    N means not declared. It never means that the pupil was not in care, and so this is never answered with no.
    """
    return True if code in _PREVIOUS_CARE and code != "N" else None


@cites(
    "Pupil premium and previously looked-after pupils, Solihull",
    "solgrid.org.uk",
    as_at=_READ_ON,
    rule="lac 20",
)
def previous_care_findings(
    code: str, evidence: str = "", seen_on: date | None = None, seen_by: str = "", copy_kept: bool = False
) -> tuple[Finding, ...]:
    """What a post-looked-after code still needs: what was seen, on which day, and by whom. No copy is kept.

    N asks for none: it says only that nothing was declared.

    Args:
        evidence: The kind of proof; empty when none was seen.
    """
    if code not in _PREVIOUS_CARE:
        return (_error("unknown_code", f"'{code}' is no code. Use {', '.join(_PREVIOUS_CARE)}.", "code"),)
    if code == "N":
        says = "N means not declared. It does not say that the child was never in care."
        return (Finding("note", "not_declared", says, "code"),)
    found, kind = [], EVIDENCE_KINDS.value.get(evidence)
    if kind is None:
        found.append(_error("no_evidence", "Say what was seen, such as the order. Until then use N.", "evidence"))
    elif code not in kind.proves:
        says = f"{kind.name} does not go with {code}. Check the code and what was seen."
        found.append(Finding("warning", "other_evidence", says, "evidence"))
    if seen_on is None:
        found.append(_error("no_day_seen", "Give the day on which it was seen.", "seen_on"))
    if not seen_by.strip():
        found.append(_error("nobody_saw", "Say who saw it.", "seen_by"))
    if copy_kept:
        says = "A copy is kept. The kind of proof, its day and who saw it are enough: destroy the copy."
        found.append(Finding("warning", "copy_kept", says, "copy_kept"))
    return tuple(found)


@cites("Tallystick: either premium, never both", "", as_at=_READ_ON, verified=False, rule="lac 21")
def premium_route(
    care: tuple[CareStretch, ...], code: str, code_from: date | None, on_day: date
) -> Literal["authority", "school"] | None:
    """Who holds the premium for a child on a day: the authority while they are in care, else the school by their code.

    Args:
        code_from: The day from which the post-looked-after code holds; None when there is none.
    """
    if _in_care(care, on_day):
        return "authority"
    coded = is_previously_looked_after(code) and code_from is not None and code_from <= on_day
    return "school" if coded else None


@cites("Tallystick: either premium, never both", "", as_at=_READ_ON, verified=False, rule="lac 21")
def either_not_both(
    care: tuple[CareStretch, ...],
    code: str,
    code_from: date | None,
    on_day: date,
    claims: tuple[ClaimDays, ...] = (),
) -> tuple[Finding, ...]:
    """Where a child would be paid for twice: by the school's code while in care, or by the authority after it.

    The code may hold from the day on which care ends; a claim may pay up to and including that day.

    Args:
        code_from: The day from which the post-looked-after code holds; None when there is none.
        on_day: The day asked about.
        claims: What is claimed from the authority.
    """
    found = []
    if (
        code_from
        and is_previously_looked_after(code)
        and (_in_care(care, code_from) or _in_care(care, max(code_from, on_day)))
    ):
        says = "The child is looked after then, so the code does not count. It may from the day on which care ends."
        found.append(_error("code_in_care", says, "code_from"))
    for claim in claims:
        if not _in_care_throughout(care, claim.from_on, claim.until_by):
            says = (
                f"Not in care all the time from {plain(claim.from_on)} to {plain(claim.until_by)}. Choose days in care."
            )
            found.append(_error("claim_outside_care", says, "until_by"))
    return tuple(found)


def _in_care(care: tuple[CareStretch, ...], day: date) -> bool:
    return any(one.from_on <= day and (one.ended_on is None or day < one.ended_on) for one in care)


def _in_care_throughout(care: tuple[CareStretch, ...], from_on: date, until_by: date) -> bool:
    """Whether each of these days, both included, is one in care, or one on which care ended."""
    day = from_on
    while day <= until_by:
        lasts = [one.ended_on or date.max for one in care if one.from_on <= day <= (one.ended_on or date.max)]
        if not lasts:
            return False
        if max(lasts) >= until_by:
            return True
        day = max(lasts) + _DAY
    return True


@cites("Domain notes: return reasons to census codes", "", as_at=_READ_ON, verified=False, rule="lac 22")
def census_code_for(reason: str, ended_on: date) -> LeavingCodes:
    """The census codes that follow from why care ended; a reason that is not in the map stops for a person.

    Args:
        reason: The code of the authority's return, such as E47.
    """
    edition = in_force(LEAVING_REASONS, ended_on)
    known = edition.value.get(reason) if edition else None
    if known is None:
        says = f"What follows from '{reason}' is not known. Ask the authority and choose the codes yourself."
        return LeavingCodes(None, None, (_error("unknown_reason", says, "reason"),))
    if known.census is None:
        says = "Another authority has taken over: the child is still looked after. Record the new authority."
        return LeavingCodes(None, None, (Finding("note", "still_looked_after", says, "reason"),))
    if known.kinship is None:
        says = "The reason does not tell whether this is kinship care. Ask the family."
        return LeavingCodes(known.census, None, (Finding("note", "ask_kinship", says, "kinship"),))
    return LeavingCodes(known.census, known.kinship)


_cites_kinship = cites(
    "School census, CS134", "support.arbor-education.com", as_at=_READ_ON, edition="Autumn 2026", rule="lac 23"
)


@_cites_kinship
def kinship_findings(code: str, on_day: date) -> tuple[Finding, ...]:
    """Whether a kinship code may be recorded: ND, KF, KI or KU, whatever the post-looked-after code is."""
    if code not in _KINSHIP.value:
        return (_error("unknown_kinship", f"'{code}' is no code. Use {', '.join(_KINSHIP.value)}.", "code"),)
    if on_day < _KINSHIP.from_on:
        says = f"The census asks for this only from {plain(_KINSHIP.from_on)}. It is kept, and not sent before."
        return (Finding("note", "kinship_not_yet", says, "on_day"),)
    return ()


@_cites_kinship
def kinship_is_asked(census: Literal["autumn", "spring", "summer"], on_day: date, nursery_school: bool) -> bool:
    """Whether a school's census has the kinship code: the Autumn census from 2026, not in a nursery school.

    Args:
        on_day: The census day.
    """
    return census == "autumn" and on_day >= _KINSHIP.from_on and not nursery_school
