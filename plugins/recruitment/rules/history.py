"""What an applicant did since leaving education, and what those say who know it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from msgspec import Struct

from core.law import Finding, cites, plain
from core.periods import last_day

from .alike import alike, is_personal

_READ_ON = date(2026, 11, 22)
_DAY = timedelta(days=1)
_LEAST_REFERENCES = 2
_error = partial(Finding, "error")
_warning = partial(Finding, "warning")


class Interval(Struct, frozen=True):
    """Days that are accounted for, both ends included: a job, a course, an explanation."""

    from_on: date
    until_by: date | None = None  # None while it goes on


class HistoryGap(Struct, frozen=True):
    """Days no job and no course covers, both ends included."""

    from_on: date
    until_by: date
    explained: bool


class Reference(Struct, frozen=True):
    """A reference as it came, and how it was verified."""

    referee: str
    organisation: str
    email: str
    last_employer: bool  # speaks for the last employer
    with_children: bool  # speaks for the last employer where the applicant worked with children
    direct: bool = True  # straight from the referee, on our questions; not open, and not through the applicant
    verified_on: date | None = None
    verified_by: str = ""
    verified_how: str = ""

    @property
    def valid(self) -> bool:
        """Whether it came straight from the referee, and somebody made sure of that: who, how and when."""
        verified = self.verified_on is not None and self.verified_by.strip() and self.verified_how.strip()
        return self.direct and bool(verified)


_cites_gaps = cites(
    "DfE, Teaching Vacancies, employment_gap_finder.rb; a month, and from the end of education, are ours",
    "github.com/DFE-Digital/teaching-vacancies",
    as_at=_READ_ON,
    verified=False,
    edition="2026-08-21",
    rule="recruitment R44",
)


@_cites_gaps
def history_gaps(
    jobs: tuple[Interval, ...],
    education_ended_on: date,
    today: date,
    explained: tuple[Interval, ...] = (),
    threshold_months: int = 1,
) -> tuple[HistoryGap, ...]:
    """The gaps in an applicant's history from the day after education to today, those of the threshold left out.

    Jobs that overlap or follow day upon day are one. A gap of exactly a month, 1 to 30 September, is none. A gap counts
    as explained when explanations leave no stretch of it that is itself beyond the threshold. What ends before it
    begins covers nothing.

    Args:
        jobs: Courses taken later are among them.
        threshold_months: The trust's own; 0 counts every day.
    """
    gaps = _uncovered(jobs, education_ended_on + _DAY, today, threshold_months)
    return tuple(
        HistoryGap(from_on, until_by, not _uncovered(explained, from_on, until_by, threshold_months))
        for from_on, until_by in gaps
    )


def _uncovered(
    intervals: tuple[Interval, ...], first: date, last: date, threshold_months: int
) -> list[tuple[date, date]]:
    """The stretches from the first day to the last that no interval covers, longer than the threshold."""
    found, open_from = [], first
    covering = [(one.from_on, min(one.until_by or last, last)) for one in intervals]
    in_order = sorted((from_on, until_by) for from_on, until_by in covering if from_on <= until_by)
    for from_on, until_by in (*in_order, (last + _DAY, last)):
        if from_on > open_from and from_on - _DAY > last_day(months=threshold_months, starting_with=open_from):
            found.append((open_from, from_on - _DAY))
        open_from = max(open_from, until_by + _DAY)
    return found


@_cites_gaps
def history_findings(gaps: tuple[HistoryGap, ...]) -> tuple[Finding, ...]:
    """The gaps somebody must explain before the interview is closed."""
    return tuple(
        _error(
            "gap_not_explained",
            f"Ask what the applicant did from {plain(gap.from_on)} to {plain(gap.until_by)}, and write it down.",
            "gaps",
        )
        for gap in gaps
        if not gap.explained
    )


@cites(
    "Keeping Children Safe in Education, paras 108 to 111 of an edition numbered as in 2016; two are ours",
    "online.flipbuilder.com/ruih/lrev",
    as_at=_READ_ON,
    verified=False,
    edition="2016",
    rule="recruitment R45",
)
def reference_findings(references: tuple[Reference, ...], worked_with_children: bool = True) -> tuple[Finding, ...]:
    """What an applicant's references lack: two valid ones, the last employer's, that from the last work with children.

    One reference may be both of the latter. Two from one referee count as one. An address where anybody can have a
    mailbox shows nothing of where the referee works.

    Args:
        worked_with_children: Whether any employer so far was one where they worked with children.
    """
    found = []
    for one in references:
        if not one.direct:
            says = f"{one.referee}: ask the referee for a reference straight to the academy, on its own questions."
            found.append(_warning("not_direct", says, "references"))
        elif not one.valid:
            says = f"{one.referee}: make sure that the reference is genuine, and write down who did, how and when."
            found.append(_warning("not_verified", says, "references"))
        if is_personal(one.email):
            says = f"{one.referee} writes from a personal address. Ring {one.organisation or 'the employer'} to verify."
            found.append(_warning("personal_address", says, "references"))
    different = _different([one for one in references if one.valid])
    if len(different) < len([one for one in references if one.valid]):
        says = "Two references are from one referee and count as one. Ask somebody else for another."
        found.append(_warning("same_referee", says, "references"))
    if len(different) < _LEAST_REFERENCES:
        found.append(_error("too_few_references", "Get two verified references or more.", "references"))
    if not any(one.valid and one.last_employer for one in references):
        says = "Get a verified reference from the last employer."
        found.append(_error("no_last_employer", says, "references"))
    if worked_with_children and not any(one.valid and one.with_children for one in references):
        says = "Get a verified reference from the last employer where they worked with children."
        found.append(_error("no_work_with_children", says, "references"))
    return tuple(found)


def _different(references: list[Reference]) -> list[Reference]:
    """One reference of each referee."""
    found: list[Reference] = []
    for one in references:
        if not any(_same_referee(one, other) for other in found):
            found.append(one)
    return found


def _same_referee(one: Reference, other: Reference) -> bool:
    """Whether two references come from one person: one address, or one name at one organisation."""
    if alike(one.email, other.email):
        return True
    return alike(one.referee, other.referee) and (
        alike(one.organisation, other.organisation) or not (one.organisation and other.organisation)
    )
