"""Job descriptions and vacancies, as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from events import Fact, folds

from ..facts import (
    DescriptionWritten,
    PanelMemberLeft,
    PanelMemberNamed,
    VacancyAdvertised,
    VacancyApproved,
    VacancyClosed,
    VacancyDrafted,
)


class Description(msgspec.Struct, frozen=True):
    """A job description: its versions, oldest first; never none."""

    versions: tuple[DescriptionWritten, ...]

    @property
    def now(self) -> DescriptionWritten:
        """The version that was written last."""
        return self.versions[-1]

    def version(self, wanted: UUID) -> DescriptionWritten | None:
        return next((one for one in self.versions if one.version == wanted), None)


class Vacancy(msgspec.Struct, frozen=True):
    """A post to be filled: its draft as it stands, who sits on its panel, and how far it has come."""

    told: VacancyDrafted
    panel: Mapping[UUID, PanelMemberNamed] = {}
    approved: VacancyApproved | None = None
    advertised: VacancyAdvertised | None = None
    closed: VacancyClosed | None = None

    @property
    def state(self) -> str:
        """draft, approved, advertised or closed."""
        if self.closed:
            return "closed"
        if self.advertised:
            return "advertised"
        return "approved" if self.approved else "draft"

    def takes_applications(self, day: date) -> bool:
        """Whether the day lies between the advertisement and the closing day, both inclusive."""
        told = self.advertised
        return self.closed is None and told is not None and told.advertised_on <= day <= told.closes_on


@folds("recruitment.description")
def description(known: Description | None, fact: Fact) -> Description | None:
    """A job description; None for what never was one."""
    if isinstance(fact, DescriptionWritten):
        return Description((*(known.versions if known else ()), fact))
    return known


@folds("recruitment.vacancy")
def vacancy(known: Vacancy | None, fact: Fact) -> Vacancy | None:
    """A vacancy; None for what never was one."""
    replace = msgspec.structs.replace
    if isinstance(fact, VacancyDrafted):
        return replace(known, told=fact) if known else Vacancy(fact)
    if known is None:
        return None
    match fact:
        case PanelMemberNamed(member):
            return replace(known, panel={**known.panel, member: fact})
        case PanelMemberLeft(member):
            return replace(known, panel={key: one for key, one in known.panel.items() if key != member})
        case VacancyApproved():
            return replace(known, approved=fact)
        case VacancyAdvertised():
            return replace(known, advertised=fact)
        case VacancyClosed():
            return replace(known, closed=fact)
    return known
