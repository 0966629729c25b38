"""Pupil premium plus: one child's claims on an authority, and the academy's own premium."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import msgspec

from core.periods import Calendar
from events import Fact, folds

from ..facts import (
    ClaimAgreed,
    ClaimMade,
    ClaimPaid,
    ClaimRefused,
    ClaimSpent,
    SchoolPremiumPaid,
    SchoolPremiumSpent,
)


class Claim(msgspec.Struct, frozen=True):
    """What was asked for a target, and what came of it, in pence."""

    told: ClaimMade
    agreed_pence: int | None = None
    """None while it is not decided; 0 when it was refused."""
    paid_pence: int = 0
    spent_pence: int = 0


class Premium(msgspec.Struct, frozen=True):
    """The academy's premium for previously looked-after pupils in one financial year, in pence."""

    pupils: int = 0
    paid_pence: int = 0
    spent_pence: int = 0


class Sums(msgspec.Struct, frozen=True):
    """What several claims come to, in pence; what was refused is not asked for any more."""

    asked_pence: int
    agreed_pence: int
    paid_pence: int
    spent_pence: int

    @property
    def left_pence(self) -> int:
        """Agreed and not spent yet."""
        return self.agreed_pence - self.spent_pence


@folds("lac.money")
def claims(known: Mapping[UUID, Claim] | None, fact: Fact) -> Mapping[UUID, Claim] | None:
    """The child's claims, by id, oldest first."""
    now, replace = known or {}, msgspec.structs.replace
    match fact:
        case ClaimMade(claim):
            return {**now, claim: Claim(fact)}
        case ClaimAgreed(claim, agreed_pence) if claim in now:
            return {**now, claim: replace(now[claim], agreed_pence=agreed_pence)}
        case ClaimRefused(claim) if claim in now:
            return {**now, claim: replace(now[claim], agreed_pence=0)}
        case ClaimPaid(claim, paid_pence) if claim in now:
            return {**now, claim: replace(now[claim], paid_pence=now[claim].paid_pence + paid_pence)}
        case ClaimSpent(claim, spent_pence) if claim in now:
            return {**now, claim: replace(now[claim], spent_pence=now[claim].spent_pence + spent_pence)}
    return known


@folds("lac.premium")
def premium(known: Mapping[int, Premium] | None, fact: Fact) -> Mapping[int, Premium] | None:
    """The academy's own premium, by the calendar year the financial year began in."""
    now, replace = known or {}, msgspec.structs.replace
    match fact:
        case SchoolPremiumPaid(year, pupils, paid_pence):
            one = now.get(year, Premium())
            return {**now, year: replace(one, pupils=pupils, paid_pence=one.paid_pence + paid_pence)}
        case SchoolPremiumSpent(year, spent_pence):
            one = now.get(year, Premium())
            return {**now, year: replace(one, spent_pence=one.spent_pence + spent_pence)}
    return known


def financial_year(day: date) -> int:
    """The calendar year in which the financial year of a day began; it runs from 1 April to 31 March."""
    return day.year if day.month >= 4 else day.year - 1


def sums(made: Iterable[Claim]) -> Sums:
    """What these claims come to."""
    every = list(made)
    return Sums(
        sum(one.told.cost_pence for one in every if one.agreed_pence != 0),
        sum(one.agreed_pence or 0 for one in every),
        sum(one.paid_pence for one in every),
        sum(one.spent_pence for one in every),
    )


def term_sum(made: Mapping[UUID, Claim] | None, pep: UUID) -> int:
    """What one plan's claims come to, in pence; refused ones left out."""
    return sums(one for one in (made or {}).values() if one.told.pep == pep).asked_pence


def agreed_by_term(made: Mapping[UUID, Claim] | None, calendar: Calendar) -> tuple[tuple[str, ...], ...]:
    """What the agreed claims pay for in each whole term they reach into, term after term."""
    agreed = [one.told for one in (made or {}).values() if one.agreed_pence]
    return tuple(
        tuple(one.item for one in agreed if one.from_on <= term.ends_on and term.starts_on <= one.until_by)
        for term in calendar.whole_terms()
    )
