"""An authority's settings, version by version; and the academy's designated teachers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec

from core.ids import uuid_for
from events import Fact, folds

from ..facts import AuthoritySet, DesignatedTeacherEnded, DesignatedTeacherNamed, DesignatedTeacherTrained
from ..rules import DesignatedTeacher, designated_findings, designated_gaps


class Authority(msgspec.Struct, frozen=True):
    """An authority and every version of its settings, by the day each holds from."""

    versions: tuple[AuthoritySet, ...]

    @property
    def now(self) -> AuthoritySet:
        """The newest version."""
        return self.versions[-1]

    @property
    def name(self) -> str:
        return self.now.name

    def on(self, day: date) -> AuthoritySet | None:
        """The version of a day; None before the first."""
        return next((one for one in reversed(self.versions) if one.from_on <= day), None)

    def version(self, setting: UUID | None) -> AuthoritySet | None:
        """The version a plan was started under, whatever was set since."""
        return next((one for one in self.versions if one.setting == setting), None)


class Designated(msgspec.Struct, frozen=True):
    """A designated teacher of the academy, from a day up to another, inclusive."""

    post: UUID
    staff: UUID
    qualified: bool
    head: bool
    from_on: date
    until_by: date | None = None
    trained: tuple[DesignatedTeacherTrained, ...] = ()


class Wanted(msgspec.Struct, frozen=True):
    """Somebody to be named designated teacher: by when, and what is wrong until then."""

    due_by: date
    says: str


def authority_id(code: str) -> UUID:
    """The subject an authority's settings are facts of."""
    return uuid_for("lac.authority", code)


@folds("lac.authority")
def authority(known: Authority | None, fact: Fact) -> Authority | None:
    """The authority; None for one never set."""
    if not isinstance(fact, AuthoritySet):
        return known
    return Authority((*(known.versions if known else ()), fact))


@folds("lac.designated")
def designated(known: tuple[Designated, ...] | None, fact: Fact) -> tuple[Designated, ...] | None:
    """The academy's designated teachers, in the order they began."""
    before = known or ()
    match fact:
        case DesignatedTeacherNamed(post, staff, qualified, head, from_on):
            return (*before, Designated(post, staff, qualified, head, from_on))
        case DesignatedTeacherTrained(post):
            return tuple(
                msgspec.structs.replace(one, trained=(*one.trained, fact)) if one.post == post else one
                for one in before
            )
        case DesignatedTeacherEnded(post, ended_on):
            return tuple(msgspec.structs.replace(one, until_by=ended_on) if one.post == post else one for one in before)
    return known


def posts(known: tuple[Designated, ...]) -> tuple[DesignatedTeacher, ...]:
    """Designated teachers as the rules look at them: by their days, and by whether they may be one."""
    return tuple(DesignatedTeacher(one.from_on, one.until_by, one.qualified, one.head) for one in known)


def wanted(known: tuple[Designated, ...], since: date, today: date) -> Wanted | None:
    """By when a designated teacher must be named; None while there is one and whoever follows is known.

    Args:
        since: The day from which the academy is asked, where it never named anybody.
    """
    findings = designated_findings(posts(known), today)
    if not findings:
        return None
    now = [one for one in known if one.from_on <= today <= (one.until_by or date.max)]
    ended = [one.until_by for one in known if one.until_by is not None and one.until_by < today]
    match findings[0].code:
        case "nobody_designated":
            due_by = max(ended, default=since)
        case "two_designated" | "not_qualified":
            due_by = max(one.from_on for one in now)
        case "designated_gap":
            ahead = [gap.from_on for gap in designated_gaps(posts(known)) if gap.until_by >= today]
            due_by = min(ahead) - timedelta(days=1)
        case _:
            due_by = max(one.until_by or today for one in now)
    return Wanted(due_by, findings[0].says)
