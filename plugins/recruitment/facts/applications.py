"""What an applicant told, and how far each application came."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from events import Document, Fact, FreeText


class Job(Struct, frozen=True):
    """A stretch of work, or of something else that is accounted for."""

    employer: str
    title: str
    from_on: date
    until_by: date | None
    """None while it goes on."""
    with_children: bool
    reason_left: str


class Schooling(Struct, frozen=True):
    """A stretch of education or training."""

    place: str
    award: str
    from_on: date
    until_by: date


class Referee(Struct, frozen=True):
    """Somebody the applicant named to be asked."""

    name: str
    organisation: str
    email: str
    phone: str
    last_employer: bool
    with_children: bool
    """Whether they speak for the last employer where the applicant worked with children."""


class ApplicationEntered(
    Fact, frozen=True, tag="recruitment.application_entered/1", record="recruitment.application", on="made_on"
):
    """An application came, as its form has it. No health and no conviction has a field here."""

    vacancy: UUID
    number: int
    """Within the vacancy, from 1: what a blind panel calls the applicant by."""
    surname: str
    forename: str
    former_names: str
    email: str
    phone: str
    address: str
    ni_number: str
    trn: str
    """Teacher reference number, seven digits; "" when there is none."""
    born_on: date | None
    qts: bool
    """Says that they hold qualified teacher status."""
    award: str
    """The SENCO qualification they say they have: none, studying, nasenco or npq."""
    jobs: tuple[Job, ...]
    schooling: tuple[Schooling, ...]
    referees: tuple[Referee, ...]
    relations: str
    """Relationships to anybody at the trust, as declared; "" for none."""
    own_form: bool
    """Whether it came on the trust's own form, and not as a curriculum vitae."""
    document: Document | None
    made_on: date
    statement: FreeText


class GapExplained(
    Fact, frozen=True, tag="recruitment.gap_explained/1", record="recruitment.application", on="explained_on"
):
    """A stretch that no job and no education covers was explained."""

    vacancy: UUID
    from_on: date
    until_by: date
    explained_on: date
    words: FreeText


class ApplicationMoved(
    Fact, frozen=True, tag="recruitment.application_moved/1", record="recruitment.application", on="moved_on"
):
    """An application came a step further, ended, or was taken up again."""

    vacancy: UUID
    to: str
    """The state it is in now."""
    check: str
    """The check that failed, where an offer ends for one; else ""."""
    moved_on: date
    reason: FreeText
    reply: FreeText
    """What the candidate answered, where an offer ends for a check."""


class OfferMade(Fact, frozen=True, tag="recruitment.offer_made/1", record="recruitment.application", on="offered_on"):
    """The post was offered on condition of the checks; from here on health may be asked about."""

    vacancy: UUID
    starts_on: date
    pay_pence: int
    """A year, as this person will work."""
    in_writing: bool
    """Whether it was said in writing, too, that the offer hangs on the checks."""
    offered_on: date
