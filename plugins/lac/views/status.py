"""Where a child stands: episodes of care, how they left it, and the four authorities."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from events import Fact, folds

from ..codes import CARE_KINDS
from ..facts import (
    AuthorityNamed,
    EpisodeBegan,
    EpisodeEnded,
    EvidenceSeen,
    KinshipDeclared,
    LegalStatusChanged,
    PreviousCareDeclared,
)
from ..rules import CareStretch


def is_looked_after(care: str) -> bool:
    """Whether an authority looks after a child of this kind of episode."""
    kind = CARE_KINDS.value.get(care)
    return kind is not None and kind.looked_after is True


class Episode(msgspec.Struct, frozen=True):
    """A stretch of care; open while it has no end."""

    episode: UUID
    care: str
    legal: str
    began_on: date
    told_on: date
    source: str
    dual_from: date | None = None
    dual_until: date | None = None
    ended_on: date | None = None
    cause: str = ""

    def is_open(self, day: date) -> bool:
        """Whether it runs on a day; its last day is counted out, since what follows begins on it."""
        return self.began_on <= day and self.ends_after(day)

    def ends_after(self, day: date) -> bool:
        """Whether it is not over by that day."""
        return self.ended_on is None or day < self.ended_on


class Status(msgspec.Struct, frozen=True):
    """What the school has been told of a child's care, and what proof was seen."""

    episodes: tuple[Episode, ...] = ()
    evidence: tuple[EvidenceSeen, ...] = ()
    previous: PreviousCareDeclared | None = None
    kinship: KinshipDeclared | None = None
    authorities: Mapping[str, AuthorityNamed] = {}
    """By part: looking_after, school_area, plan, funding. A part not in it was never entered."""

    def care(self) -> tuple[CareStretch, ...]:
        """The stretches in which an authority looked after the child."""
        return tuple(CareStretch(one.began_on, one.ended_on) for one in self.episodes if is_looked_after(one.care))

    def looked_after_on(self, day: date) -> Episode | None:
        """The episode in which an authority looks after the child on a day; None when none does."""
        return next((one for one in self.episodes if is_looked_after(one.care) and one.is_open(day)), None)

    def has_social_worker_on(self, day: date) -> bool:
        """Whether the child has a social worker on a day: every looked-after child has one."""
        return self.looked_after_on(day) is not None or any(
            one.care == "social_worker" and one.is_open(day) for one in self.episodes
        )


@folds("lac.status")
def status(known: Status | None, fact: Fact) -> Status | None:
    """The child's status; None for a pupil of whom nothing of the kind was ever told."""
    now = known or Status()
    match fact:
        case EpisodeBegan():
            return msgspec.structs.replace(now, episodes=(*now.episodes, Episode(**msgspec.structs.asdict(fact))))
        case LegalStatusChanged(episode, legal):
            return _changed(now, episode, legal=legal)
        case EpisodeEnded(episode, ended_on, cause):
            return _changed(now, episode, ended_on=ended_on, cause=cause)
        case EvidenceSeen():
            return msgspec.structs.replace(now, evidence=(*now.evidence, fact))
        case PreviousCareDeclared():
            return msgspec.structs.replace(now, previous=fact)
        case KinshipDeclared():
            return msgspec.structs.replace(now, kinship=fact)
        case AuthorityNamed(part):
            return msgspec.structs.replace(now, authorities={**now.authorities, part: fact})
    return known


def _changed(now: Status, episode: UUID, **told: object) -> Status:
    episodes = tuple(msgspec.structs.replace(one, **told) if one.episode == episode else one for one in now.episodes)
    return msgspec.structs.replace(now, episodes=episodes)
