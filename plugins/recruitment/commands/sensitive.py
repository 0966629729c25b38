"""What is recorded of health and of what was disclosed: each only from the stage at which it may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta

from core.command import Command, decides, not_ahead, refuse_first
from core.errors import Refused

from ..codes import FROM_SHORTLIST
from ..facts import DisclosureWeighed, FitnessTold, OnlineSearched, SelfDisclosed
from ..rules import conviction_findings, decision_findings, health_findings
from ..views import Application, Disclosures, applications, disclosures, fitness, person

if TYPE_CHECKING:
    from core.desk import Desk

Who = Annotated[str, Meta(title="who", min_length=1, max_length=100)]
Words = Annotated[str, Meta(max_length=4000)]


class RecordFitness(Command, frozen=True):
    """Whether somebody is fit for the post; no diagnosis."""

    outcome: Annotated[Literal["awaiting", "fit", "fit_with_adjustments", "not_fit"], Meta(title="what was found")]
    checked_on: Annotated[date, Meta(title="the day")]
    checked_by: Who


class ReceiveDeclaration(Command, frozen=True):
    """A shortlisted applicant's own declaration came."""

    vacancy: UUID
    anything: Annotated[bool, Meta(title="whether they declare anything")]
    notice: Annotated[Words, Meta(title="the notice on the form", min_length=1)]
    received_on: Annotated[date, Meta(title="the day it came")]
    discussed_on: Annotated[date | None, Meta(title="the day it was discussed")] = None
    discussed_by: Annotated[str, Meta(max_length=100)] = ""
    words: Words = ""


class SearchOnline(Command, frozen=True):
    """What is public about a shortlisted applicant was looked at."""

    vacancy: UUID
    searcher: Who
    relevant: Annotated[bool, Meta(title="whether anything matters for suitability")]
    searched_on: Annotated[date, Meta(title="the day")]
    words: Words = ""


class WeighDisclosure(Command, frozen=True):
    """Two people decide whether what was disclosed stands against the post."""

    check: Annotated[
        Literal["dbs", "self_disclosure", "online", "prohibition", "overseas", "section_128"],
        Meta(title="what disclosed it"),
    ]
    accepted: Annotated[bool, Meta(title="what they decided")]
    first: Annotated[Who, Meta(title="the first of the two")]
    second: Annotated[Who, Meta(title="the second of the two")]
    reasons: Annotated[Words, Meta(title="the reasons", min_length=1)]


@decides(RecordFitness, given={"known": fitness}, about="itself")
def record_fitness(
    command: RecordFitness, known: FitnessTold | None, today: date, subject: UUID, desk: Desk
) -> FitnessTold:
    """After an offer only: before it, nothing about health is asked or kept."""
    not_ahead(command.checked_on, today, "checked_on")
    open_now = _open(desk, subject)
    if open_now and all(health_findings(one.state) for one in open_now):
        refuse_first(health_findings(open_now[-1].state), field="outcome")
    if not open_now and desk.log.see(person, subject) is None:
        raise Refused("Nobody of that name is on the record.", code="nobody")
    return FitnessTold(command.outcome, command.checked_on, command.checked_by, desk.person_id, today)


@decides(ReceiveDeclaration, given={"known": disclosures}, about="itself")
def receive_declaration(
    command: ReceiveDeclaration, known: Disclosures | None, today: date, subject: UUID, desk: Desk
) -> SelfDisclosed:
    """Once shortlisted only, on a form that says what is protected."""
    not_ahead(command.received_on, today, "received_on")
    not_ahead(command.discussed_on, today, "discussed_on")
    refuse_first(
        conviction_findings(_application(desk, subject, command.vacancy).state, command.notice), {"state": "anything"}
    )
    return SelfDisclosed(
        command.vacancy,
        command.anything,
        command.discussed_on,
        command.discussed_by,
        command.received_on,
        command.words,
    )


@decides(SearchOnline, given={"known": disclosures}, about="itself")
def search_online(
    command: SearchOnline, known: Disclosures | None, today: date, subject: UUID, desk: Desk
) -> OnlineSearched:
    """Of shortlisted applicants only; nothing is written down that does not matter."""
    not_ahead(command.searched_on, today, "searched_on")
    if not _is_shortlisted(_application(desk, subject, command.vacancy)):
        raise Refused("Search once the applicant is shortlisted.", code="before_shortlist")
    if not command.relevant and command.words.strip():
        raise Refused("Write down only what matters for suitability.", code="not_relevant", field="words")
    return OnlineSearched(command.vacancy, command.searcher, command.relevant, command.searched_on, command.words)


@decides(WeighDisclosure, given={"known": disclosures}, about="itself")
def weigh_disclosure(command: WeighDisclosure, known: Disclosures | None, today: date) -> DisclosureWeighed:
    refuse_first(decision_findings(command.first, command.second, command.reasons))
    return DisclosureWeighed(command.check, command.accepted, command.first, command.second, today, command.reasons)


def _made(desk: Desk, subject: UUID) -> Mapping[UUID, Application]:
    return desk.log.see(applications, subject) or {}


def _open(desk: Desk, subject: UUID) -> list[Application]:
    """The applications of a person that have not ended otherwise than by a start."""
    return [one for one in _made(desk, subject).values() if one.state != "started"]


def _application(desk: Desk, subject: UUID, vacancy: UUID) -> Application:
    one = _made(desk, subject).get(vacancy)
    if one is None:
        raise Refused("There is no such application.", code="no_application")
    return one


def _is_shortlisted(one: Application) -> bool:
    return "shortlisted" in one.states and one.state in FROM_SHORTLIST
