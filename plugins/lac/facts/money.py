"""Pupil premium plus: what an authority pays for one child, and what the department pays the academy."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class ClaimMade(Fact, frozen=True, tag="lac.claim_made/1", record="lac.money", on="made_on"):
    """The academy asked the looking-after authority to pay for what a target needs."""

    claim: UUID
    pep: UUID
    target: UUID
    cost_pence: int
    from_on: date
    until_by: date
    approval: str
    """The virtual school's reference for going over its ceiling; "" when there is none."""
    made_on: date
    item: FreeText


class ClaimAgreed(Fact, frozen=True, tag="lac.claim_agreed/1", record="lac.money", on="agreed_on"):
    """The authority agreed to pay, all of it or less."""

    claim: UUID
    agreed_pence: int
    agreed_on: date


class ClaimRefused(Fact, frozen=True, tag="lac.claim_refused/1", record="lac.money", on="refused_on"):
    """The authority will not pay."""

    claim: UUID
    refused_on: date
    reason: FreeText


class ClaimPaid(Fact, frozen=True, tag="lac.claim_paid/1", record="lac.money", on="paid_on"):
    """The authority paid, in full or a part."""

    claim: UUID
    paid_pence: int
    paid_on: date


class ClaimSpent(Fact, frozen=True, tag="lac.claim_spent/1", record="lac.money", on="spent_on"):
    """The academy spent some of what was agreed."""

    claim: UUID
    spent_pence: int
    spent_on: date
    on_what: FreeText


class SchoolPremiumPaid(Fact, frozen=True, tag="lac.school_premium_paid/1", record="lac.premium", on="paid_on"):
    """The department paid the academy premium for previously looked-after pupils, counted in the census."""

    year: int
    """The calendar year the financial year began in."""
    pupils: int
    paid_pence: int
    paid_on: date


class SchoolPremiumSpent(Fact, frozen=True, tag="lac.school_premium_spent/1", record="lac.premium", on="spent_on"):
    """The academy spent some of that premium; it is no child's own budget."""

    year: int
    spent_pence: int
    spent_on: date
    on_what: FreeText
