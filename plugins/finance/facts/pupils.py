"""What help costs, what an authority adds, and what came of it. No line of provision names a pupil."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from events import Fact, FreeText


class StaffCosted(Fact, frozen=True, tag="finance.staff_costed/1", record="finance.pay", on="costed_on"):
    """What a post costs in a year, and how long it is with pupils; the latest stands. No name stands in it."""

    post: UUID
    title: str
    staff: str
    """teacher or support."""
    full_time_pence: int
    """A year's pay at full time."""
    allowances_pence: int
    weekly_minutes: int
    full_weekly_minutes: int
    """Of a full-time post."""
    paid_weeks: int
    """In thousandths of a week a year; 52143 for all of it."""
    pension: int
    """The employer's part, in hundredths of a per cent of pay."""
    contact_minutes: int
    """With pupils, in a year."""
    from_on: date
    costed_on: date


class ProvisionPriced(Fact, frozen=True, tag="finance.provision_priced/1", record="finance.provision", on="priced_on"):
    """What one kind of help costs; pricing it again replaces it."""

    name: str
    area: str
    """Of need: communication, cognition, social, sensory or other."""
    post: UUID | None
    """Who gives it; None where it is bought in."""
    group: int
    """Pupils in it together."""
    weekly: int
    """Sessions a week."""
    minutes: int
    """Of one session."""
    preparation_minutes: int
    weeks: int
    bought_pence: int
    """What is bought for it."""
    total_pence: int
    """All of it, as reckoned that day."""
    authority_pence: int | None
    """The same by the authority's own rate; None where it has none."""
    from_on: date
    until_by: date
    priced_on: date


class CostShared(Fact, frozen=True, tag="finance.cost_shared/1", record="finance.pupil", on="shared_on"):
    """This pupil's part of what a line of provision costs; the latest of a line stands, and 0 is no part."""

    line: UUID
    pence: int
    authority_pence: int | None
    from_on: date
    until_by: date
    shared_on: date


class TopUpAgreed(Fact, frozen=True, tag="finance.top_up_agreed/1", record="finance.pupil", on="agreed_on"):
    """An authority pays what this pupil's help costs beyond the school's part; agreeing it again replaces it."""

    top_up: UUID
    authority: str
    band: str
    yearly_pence: int
    from_on: date
    until_by: date | None
    agreed_on: date


class TopUpReceived(Fact, frozen=True, tag="finance.top_up_received/1", record="finance.pupil", on="received_on"):
    """The authority paid some of it."""

    top_up: UUID
    pence: int
    received_on: date


class ImpactNoted(Fact, frozen=True, tag="finance.impact_noted/1", record="finance.pupil", on="noted_on"):
    """What a line of provision did for this pupil."""

    line: UUID
    planned: int
    """Sessions."""
    attended: int
    met: bool
    """Whether its target was met."""
    noted_on: date
    measure: FreeText


class RequestWritten(Fact, frozen=True, tag="finance.request_written/1", record="finance.pupil", on="written_on"):
    """What a request to an authority says in words; writing it again replaces it."""

    authority: str
    reviewed: tuple[date, ...]
    """Days of the reviews of plan, do, review that lie behind it."""
    written_on: date
    needs: FreeText
    outcomes: FreeText
    more: FreeText
    """What more is needed."""
