"""A vacancy, from its draft to its end; no applicant stands in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class VacancyDrafted(
    Fact, frozen=True, tag="recruitment.vacancy_drafted/1", record="recruitment.vacancy", on="drafted_on"
):
    """A post to be filled, as it stands before somebody approves it; drafting it again replaces the draft."""

    title: str
    role: str
    """Row of the table of checks."""
    flags: tuple[str, ...]
    """What the work involves, as the table of checks asks: teaching_work, management and the like."""
    description: UUID
    version: UUID
    """Of the description: later versions do not change this vacancy."""
    contract: str
    """permanent, fixed_term or casual."""
    fixed_until: date | None
    share: int
    """Of full time, in hundredths."""
    pay_scale: str
    pay_from_pence: int
    """A year, full time; as pay_to_pence, which is inclusive."""
    pay_to_pence: int
    sen_allowance_pence: int
    tlr: str
    """Band of a teaching and learning responsibility payment, in the trust's words; "" for none."""
    tlr_pence: int
    starts_on: date | None
    closes_on: date | None
    closes_at: str
    """Clock time in London, such as 12:00; "" until it is known."""
    interviews_on: date | None
    blind: bool
    """Whether names are hidden from those who sift."""
    safeguarding: str
    """The statement of commitment to safeguarding, as advertised."""
    exempt_notice: str
    """That the post is exempt from the Rehabilitation of Offenders Act, as advertised."""
    drafted_by: UUID
    drafted_on: date


class PanelMemberNamed(
    Fact, frozen=True, tag="recruitment.panel_member_named/1", record="recruitment.vacancy", on="named_on"
):
    """Somebody sits on the panel."""

    member: UUID
    chairs: bool
    trained_on: date | None
    """The day of their safer-recruitment training; None when there was none."""
    named_on: date


class PanelMemberLeft(
    Fact, frozen=True, tag="recruitment.panel_member_left/1", record="recruitment.vacancy", on="left_on"
):
    """They sit on the panel no more."""

    member: UUID
    left_on: date


class VacancyApproved(
    Fact, frozen=True, tag="recruitment.vacancy_approved/1", record="recruitment.vacancy", on="approved_on"
):
    """The need, the money, the description and the panel were approved, by somebody who did not draft it."""

    post: UUID
    """The post this fills, among the academy's posts."""
    approved_by: UUID
    budget: str
    """Where the money is, such as a budget line or a minute."""
    approved_on: date


class VacancyAdvertised(
    Fact, frozen=True, tag="recruitment.vacancy_advertised/1", record="recruitment.vacancy", on="advertised_on"
):
    """It is open: the advertisement as it was published, for ever."""

    closes_on: date
    closes_at: str
    advertised_on: date
    advert: FreeText


class VacancyClosed(
    Fact, frozen=True, tag="recruitment.vacancy_closed/1", record="recruitment.vacancy", on="closed_on"
):
    """The campaign ended; unsuccessful applications are kept from this day."""

    outcome: str
    """appointed, not_appointed or withdrawn."""
    closed_on: date
    reason: FreeText
