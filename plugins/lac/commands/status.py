"""What is decided about a child's status: episodes, proof, previous care, the four authorities."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, one_of, refuse_first
from core.errors import Refused
from core.roll.views import pupil
from events import Fact

from ..codes import AUTHORITY_PARTS, CARE_KINDS, EVIDENCE_KINDS, LEGAL_STATUSES
from ..facts import (
    AuthorityNamed,
    EpisodeBegan,
    EpisodeEnded,
    EvidenceSeen,
    KinshipDeclared,
    LegalStatusChanged,
    PreviousCareDeclared,
)
from ..rules import (
    OpenAt,
    census_code_for,
    duplicate_findings,
    either_not_both,
    kinship_findings,
    previous_care_findings,
)
from ..views import Episode, Status, authority, authority_id, is_looked_after, status

if TYPE_CHECKING:
    from core.desk import Desk

Words = Annotated[str, Meta(max_length=200)]


class BeginEpisode(Command, frozen=True):
    """The school has been told that a child is looked after, or lives in kinship care."""

    care: Annotated[str, Meta(title="what kind of care it is")]
    began_on: Annotated[date, Meta(title="the day it began")]
    told_on: Annotated[date, Meta(title="the day the school was told")]
    source: Annotated[Words, Meta(title="who told the school")]
    legal: str = ""
    authority: str = ""
    dual_from: Annotated[date | None, Meta(title="the first day of being registered elsewhere too")] = None
    dual_until: Annotated[date | None, Meta(title="the last day of that")] = None


class ChangeLegalStatus(Command, frozen=True):
    """The order or the agreement became another."""

    episode: UUID
    legal: Annotated[str, Meta(title="the legal status")]
    changed_on: Annotated[date, Meta(title="the day it changed")]


class EndEpisode(Command, frozen=True):
    """The episode ended."""

    episode: UUID
    ended_on: Annotated[date, Meta(title="the day it ended")]
    cause: str = ""


class SeeEvidence(Command, frozen=True):
    """Proof was seen. No copy is kept."""

    evidence: Annotated[str, Meta(title="what was seen")]
    seen_on: Annotated[date, Meta(title="the day it was seen")]
    episode: UUID | None = None


class DeclarePreviousCare(Command, frozen=True):
    """The family said how the child left care."""

    code: Annotated[str, Meta(title="how the child left care")]
    declared_on: Annotated[date, Meta(title="the day it was declared")]
    ordered_on: Annotated[date | None, Meta(title="the day of the order")] = None
    evidence: str = ""
    seen_on: Annotated[date | None, Meta(title="the day the proof was seen")] = None


class DeclareKinship(Command, frozen=True):
    """The family said whether the child lives with family or friends."""

    code: Annotated[str, Meta(title="the kind of kinship care")]
    declared_on: Annotated[date, Meta(title="the day it was declared")]


class NameAuthority(Command, frozen=True):
    """A letter says which authority has one of the four parts."""

    part: Annotated[str, Meta(title="the part")]
    named_on: Annotated[date, Meta(title="the day of the letter")]
    authority: str = ""
    source: Words = ""


@decides(BeginEpisode, given={"now": status})
def begin_episode(
    command: BeginEpisode, now: Status | None, today: date, subject: UUID, command_id: UUID, desk: Desk
) -> list[Fact]:
    one_of(command.care, CARE_KINDS.value, "care", "what kind of care it is")
    if command.legal:
        one_of(command.legal, LEGAL_STATUSES.value, "legal", "the legal status")
    not_ahead(command.began_on, today, "began_on")
    not_ahead(command.told_on, today, "told_on")
    if not command.source.strip():
        raise Refused("Say who told the school, such as the social worker.", code="no_source", field="source")
    who = desk.log.see(pupil, subject)
    if who is not None and command.began_on < who.born_on:
        raise Refused("Care cannot begin before the child was born.", code="before_birth", field="began_on")
    for one in now.episodes if now else ():
        if is_looked_after(one.care) == is_looked_after(command.care) and one.ends_after(command.began_on):
            raise Refused(
                "Another episode runs on that day. End it first, or correct the day.",
                code="open_already",
                field="began_on",
            )
    called = who.upn if who else str(subject)
    refuse_first(duplicate_findings(_open_at(command, today, subject, called, desk), today), field="dual_from")
    facts: list[Fact] = [
        EpisodeBegan(
            command_id,
            command.care,
            command.legal,
            command.began_on,
            command.told_on,
            command.source,
            command.dual_from,
            command.dual_until,
        )
    ]
    if command.authority:
        known_authority(desk, command.authority)
        facts.append(AuthorityNamed("looking_after", command.authority, command.source, command.told_on))
    return facts


@decides(ChangeLegalStatus, given={"now": status})
def change_legal_status(command: ChangeLegalStatus, now: Status | None, today: date) -> LegalStatusChanged:
    one = _open(now, command.episode)
    one_of(command.legal, LEGAL_STATUSES.value, "legal", "the legal status")
    not_ahead(command.changed_on, today, "changed_on")
    if command.changed_on < one.began_on:
        raise Refused("That is before the episode began.", code="before_episode", field="changed_on")
    if command.legal == one.legal:
        raise Refused("That is the legal status already.", code="no_change", field="legal")
    return LegalStatusChanged(command.episode, command.legal, command.changed_on)


@decides(EndEpisode, given={"now": status})
def end_episode(command: EndEpisode, now: Status | None, today: date) -> EpisodeEnded:
    one = _open(now, command.episode)
    not_ahead(command.ended_on, today, "ended_on")
    if command.ended_on < one.began_on:
        raise Refused("That is before the episode began.", code="before_episode", field="ended_on")
    if command.cause:
        refuse_first(census_code_for(command.cause, command.ended_on).findings, field="cause")
    return EpisodeEnded(command.episode, command.ended_on, command.cause)


@decides(SeeEvidence, given={"now": status})
def see_evidence(command: SeeEvidence, now: Status | None, today: date, desk: Desk) -> EvidenceSeen:
    one_of(command.evidence, EVIDENCE_KINDS.value, "evidence", "what was seen")
    not_ahead(command.seen_on, today, "seen_on")
    if command.episode is not None and command.episode not in {one.episode for one in (now.episodes if now else ())}:
        raise Refused("There is no such episode.", code="no_episode")
    return EvidenceSeen(command.episode, command.evidence, command.seen_on, desk.person_id)


@decides(DeclarePreviousCare, given={"now": status})
def declare_previous_care(command: DeclarePreviousCare, now: Status | None, today: date, desk: Desk) -> list[Fact]:
    """The proof goes with it: without one, no code but N."""
    not_ahead(command.declared_on, today, "declared_on")
    for day, field in ((command.ordered_on, "ordered_on"), (command.seen_on, "seen_on")):
        not_ahead(day, today, field)
    if command.evidence:
        one_of(command.evidence, EVIDENCE_KINDS.value, "evidence", "what was seen")
    seen_by = desk.person.name if command.evidence else ""
    refuse_first(previous_care_findings(command.code, command.evidence, command.seen_on, seen_by))
    code_from = command.ordered_on or command.declared_on
    refuse_first(either_not_both((now or Status()).care(), command.code, code_from, today), field="code")
    facts: list[Fact] = [PreviousCareDeclared(command.code, command.ordered_on, command.declared_on)]
    if command.evidence and command.seen_on:
        facts.append(EvidenceSeen(None, command.evidence, command.seen_on, desk.person_id))
    return facts


@decides(DeclareKinship, given={"now": status})
def declare_kinship(command: DeclareKinship, now: Status | None, today: date) -> KinshipDeclared:
    not_ahead(command.declared_on, today, "declared_on")
    refuse_first(kinship_findings(command.code, command.declared_on), {"declared_on": "declared_on"}, "code")
    if now is not None and now.kinship is not None and now.kinship.code == command.code:
        raise Refused("That is declared already.", code="no_change", field="code")
    return KinshipDeclared(command.code, command.declared_on)


@decides(NameAuthority, given={"now": status})
def name_authority(command: NameAuthority, now: Status | None, today: date, desk: Desk) -> AuthorityNamed:
    """Sets one part and leaves the other three as they are."""
    one_of(command.part, AUTHORITY_PARTS, "part", "the part")
    not_ahead(command.named_on, today, "named_on")
    if command.authority:
        known_authority(desk, command.authority)
        if not command.source.strip():
            raise Refused("Say which letter or person it comes from.", code="no_source", field="source")
    before = (now.authorities if now else {}).get(command.part)
    if before is not None and before.authority == command.authority:
        raise Refused("That is recorded already.", code="no_change", field="authority")
    return AuthorityNamed(command.part, command.authority, command.source, command.named_on)


def _open(now: Status | None, episode: UUID) -> Episode:
    for one in now.episodes if now else ():
        if one.episode == episode and one.ended_on is None:
            return one
    raise Refused("This episode has ended already, or never was.", code="no_episode")


def _open_at(command: BeginEpisode, today: date, subject: UUID, called: str, desk: Desk) -> tuple[OpenAt, ...]:
    """Where in the trust the child is looked after on record, this academy with the others: one child has one id.

    Args:
        called: The child's UPN.
    """
    if not is_looked_after(command.care):
        return ()
    here = desk.academy.name if desk.academy else ""
    found = [OpenAt(called, here, command.dual_from, command.dual_until)]
    for key, other in desk.academies.items():
        if key != desk.academy_id:
            known = desk.building.academy_log(other).see(status, subject)
            if known is not None and (one := known.looked_after_on(today)) is not None:
                found.append(OpenAt(called, other.name, one.dual_from, one.dual_until))
    return tuple(found)


def known_authority(desk: Desk, code: str) -> None:
    """Refuses an authority that was never set up here."""
    if desk.log.see(authority, authority_id(code)) is None:
        raise Refused("Set this authority up first, with its clocks.", code="unknown_authority", field="authority")
