"""Whose account is worth a look: who came, moved, left, or has not been here for long."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from msgspec import Struct

from core.law import Edition, Finding, cites, in_force

DORMANT: tuple[Edition[int], ...] = (
    Edition(
        "Days after which an account counts as unused",
        date(2024, 8, 1),
        None,
        "DfE cyber security standards: accounts that are not needed are removed (domain notes, trust section 7). "
        "The number of days is Tallystick's own",
        verified=False,
        value=90,
    ),
)


class Terms(Struct, frozen=True):
    """For how long rights are given at most."""

    administering: int
    """Days of rights over accounts, the first and last included; as with all days here."""
    roles: dict[str, int]
    """Days of each role that is for a while: of someone from outside, or for one request."""
    loan: int
    """Days for which a colleague stands in: a term."""
    glass: int
    """Hours for which what was opened by breaking glass stays open: long enough for a meeting."""


TERMS: tuple[Edition[Terms], ...] = (
    Edition(
        "How long rights last at most",
        date(2024, 8, 1),
        None,
        "DfE: admin rights are for a while; outsiders' grants are time-boxed (domain notes, trust section 2 and S13). "
        "The numbers are Tallystick's own",
        verified=False,
        value=Terms(
            administering=366,
            roles={
                "records_officer": 92,
                "staff_records_officer": 92,
                "la_officer": 31,
                "virtual_school": 31,
                "specialist": 92,
                "inspector": 5,
                "jcq_inspector": 2,
                "auditor": 31,
            },
            loan=92,
            glass=2,
        ),
    ),
)


def terms(today: date) -> Terms:
    """Those that hold on a day; before the first of them, the first."""
    edition = in_force(TERMS, today)
    return edition.value if edition else TERMS[0].value


SOON = 30  # days ahead in which the end of a grant is told: a matter of planning, not of law


class Account(Struct, frozen=True):
    """What is known of somebody who may sign in."""

    added_on: date
    signed_in_on: date | None
    works_at: dict[UUID, date | None]
    """Each academy on whose staff they are or were, and the day they left."""
    holds_at: tuple[UUID, ...]
    """Academies where a grant of theirs counts; none for the whole trust."""
    ends: tuple[date, ...]
    """Last days of grants that count now."""
    holds: bool
    """Whether any grant counts."""


@cites(
    "DfE cyber security standards for schools and colleges",
    "gov.uk/guidance/meeting-digital-and-technology-standards-in-schools-and-colleges",
    as_at=date(2026, 11, 22),
    verified=False,
    rule="trust C-04, S13",
)
def account_findings(account: Account, today: date) -> tuple[Finding, ...]:
    """What is worth a look, the gravest first."""
    gone = {key for key, left_on in account.works_at.items() if left_on and left_on <= today}
    found = []
    if account.works_at and gone == account.works_at.keys():
        last = max(left_on for left_on in account.works_at.values() if left_on)
        says = f"left the staff on {last:%-d %B %Y} and can still sign in"
        found.append(Finding("error", "left", says))
    elif stays := gone & set(account.holds_at):
        says = f"moved, and still holds a grant at {len(stays)} of the academies they left"
        found.append(Finding("warning", "moved", says))
    since = account.signed_in_on or account.added_on
    if account.holds and is_dormant(since, today):
        says = f"has not signed in since {since:%-d %B %Y}" if account.signed_in_on else "has never signed in"
        found.append(Finding("warning", "dormant", says))
    if not account.holds:
        found.append(Finding("note", "nothing", f"sees nothing; added on {account.added_on:%-d %B %Y}"))
    if near := sorted(one for one in account.ends if one <= today + timedelta(days=SOON)):
        found.append(Finding("note", "ends", f"a grant ends on {near[0]:%-d %B %Y}"))
    return tuple(found)


@cites(
    "DfE cyber security standards for schools and colleges",
    "gov.uk/guidance/meeting-digital-and-technology-standards-in-schools-and-colleges",
    as_at=date(2026, 11, 23),
    verified=False,
    rule="trust C-29",
)
def is_dormant(since: date, today: date) -> bool:
    """Whether an account that was last used, made or opened again on a day is shut today.

    Used on 1 June it opens until 30 August, and from 31 August on no more.
    """
    edition = in_force(DORMANT, today)
    return edition is not None and (today - since).days > edition.value
