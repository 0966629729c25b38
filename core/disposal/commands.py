"""What is decided about keeping and destroying records: two people agree, no hold stands, who they are goes last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from msgspec import Meta, structs

from core.command import Command, Gone, decides, one_of, refuse_first
from core.disposal.facts import (
    Approval,
    DisposalApproved,
    DisposalProposed,
    DisposalRefused,
    Disposed,
    HoldLifted,
    HoldPlaced,
    RetentionSet,
)
from core.disposal.grounds import grounds
from core.disposal.rules import backups_until, hold_review_findings
from core.disposal.schedule import deciding
from core.disposal.standing import IDENTITY, Standing, access_keys, kinds, own, standing, taken_out
from core.disposal.views import Hold, Keeping, Proposal, keeping, schedule
from core.errors import NotAllowed, NotFound, Refused
from core.roll.views import pupil, staff
from events import Fact, New, Stream

if TYPE_CHECKING:
    from core.desk import Desk

Reason = Annotated[str, Meta(title="the reason", min_length=1, max_length=1000)]


class ProposeDisposal(Command, frozen=True):
    """Ask that all that is kept of a person in one class of record be destroyed; who may sign agrees by asking."""

    record: Annotated[str, Meta(title="the record")]
    ground: Annotated[str, Meta(title="the ground")]
    reason: Reason


class ApproveDisposal(Command, frozen=True):
    """Agree that a record be destroyed. The second of two people destroys it by this."""

    disposal: UUID
    entries: int
    """How many entries this person was told it has."""


class RefuseDisposal(Command, frozen=True):
    """Keep a record that was proposed to be destroyed."""

    disposal: UUID
    reason: Reason


class PlaceHold(Command, frozen=True):
    """Keep a record whatever is proposed, until the hold is lifted; of the academy as subject, everybody's."""

    reason: Reason
    review_by: Annotated[date, Meta(title="the day of the review")]
    record: str = ""
    """Empty: every class."""


class LiftHold(Command, frozen=True):
    """Let a record be destroyed again, once two people agree."""

    hold: UUID
    reason: Reason


class SetRetention(Command, frozen=True):
    """Decide, for the trust, how long a class of record is kept."""

    record: Annotated[str, Meta(title="the record")]
    trigger: Annotated[Literal["born", "left", "last_entry", "hand"], Meta(title="from when it is counted")]
    months: Annotated[int, Meta(title="how many months", ge=0, le=1200)]
    reviewer: Annotated[str, Meta(title="who looks at what falls due")]
    reason: Reason


@decides(SetRetention, given={"known": schedule}, by_name=False)
def set_retention(
    command: SetRetention, known: Mapping[str, RetentionSet] | None, today: date, desk: Desk
) -> RetentionSet:
    if desk.academy is not None:
        raise NotAllowed
    one_of(
        command.record,
        {one.name for room in desk.building.plugins.everything for one in room.records},
        "record",
        "a record",
    )
    one_of(command.reviewer, deciding(desk.building), "reviewer", "a role")
    return RetentionSet(
        command.record, command.trigger, command.months, command.reviewer, desk.person_id, command.reason, today
    )


@decides(ProposeDisposal, given={"kept": keeping})
def propose_disposal(
    command: ProposeDisposal, kept: Keeping | None, today: date, subject: UUID, command_id: UUID, desk: Desk
) -> list[Fact]:
    one_of(command.ground, grounds(today), "ground", "a ground")
    destroyable(desk, subject, command.record)
    if kept and kept.proposal(command.record):
        raise Refused("This is proposed already, and waits to be decided.", code="already_proposed")
    me = desk.person_id
    proposed = DisposalProposed(command_id, command.record, command.ground, command.reason, me, today)
    signs = desk.may("sign", "core.disposal", subject)
    return [proposed, DisposalApproved(command_id, me, today)] if signs else [proposed]


def _whole(desk: Desk, subject: UUID) -> list[Stream]:
    """Everything of the subject, and what the academy holds back: any of it may change what can be destroyed."""
    return [Stream(desk.here, "core.disposal"), *(Stream(subject, name) for name in desk.log.catalog.records)]


def _destroys(subject: UUID, facts: Sequence[New]) -> Gone | None:
    """What the second approval destroys: the records it was followed by a `Disposed` for."""
    told = [new.fact for new in facts if isinstance(new.fact, Disposed)]
    if not told:
        return None
    streams = tuple(Stream(subject, one.record_class) for one in told)
    return Gone(streams, tuple(key for one in told for key in one.access_keys), told[0].backups_until)


@decides(ApproveDisposal, given={"kept": keeping}, beside=_whole, destroys=_destroys, by_name=False)
def approve_disposal(
    command: ApproveDisposal, kept: Keeping | None, today: date, subject: UUID, desk: Desk
) -> list[Fact | New]:
    _may_sign(desk, subject)
    proposal = waiting(kept, command.disposal)
    if desk.person_id in proposal.approvers:
        raise Refused("You agreed to this already. Somebody else must agree to it too.", code="same_person")
    one = destroyable(desk, subject, proposal.record_class)
    if one.entries != command.entries:
        says = f"Something was recorded after you looked: there are {one.entries:,} entries now. Look, then decide."
        raise Refused(says, code="grown")
    approved = DisposalApproved(command.disposal, desk.person_id, today)
    if proposal.wants > 1:
        return [approved]
    agreed = structs.replace(proposal, approvals=(*proposal.approvals, Approval(desk.person_id, today)))
    return [approved, *(New(desk.here, fact) for fact in _disposed(desk, subject, agreed, one))]


def _disposed(desk: Desk, subject: UUID, agreed: Proposal, one: Standing) -> list[Disposed]:
    """What is destroyed: the record, and with the last one what was decided about it and who looked at anything."""
    gone, looked_at = [one], [one.name]
    if len(standing(desk, subject)) == 1 and (decided := own(desk, subject)):
        gone.append(structs.replace(decided, entries=decided.entries + 1, last_on=desk.today))  # this approval, too
        looked_at = list(kinds(desk))
    keys = access_keys(desk, subject, looked_at)
    until = backups_until(desk.today, desk.building.settings.key_backup_days)
    return [
        Disposed(
            disposal=agreed.disposal,
            record_class=each.name,
            ground=agreed.ground,
            proposed_on=agreed.proposed_on,
            approvals=agreed.approvals,
            entries=each.entries,
            files=each.files,
            first_on=each.first_on,
            last_on=each.last_on,
            taken_out_on=taken_out(desk, subject, each),
            key_id=each.key_id,
            access_keys=keys if each is one else (),
            backups_until=until,
            disposed_on=desk.today,
        )
        for each in gone
    ]


@decides(RefuseDisposal, given={"kept": keeping})
def refuse_disposal(
    command: RefuseDisposal, kept: Keeping | None, today: date, subject: UUID, desk: Desk
) -> DisposalRefused:
    _may_sign(desk, subject)
    return DisposalRefused(waiting(kept, command.disposal).disposal, command.reason, today)


@decides(PlaceHold, given={"kept": keeping})
def place_hold(
    command: PlaceHold, today: date, subject: UUID, command_id: UUID, desk: Desk, kept: Keeping | None
) -> HoldPlaced:
    if command.record:
        one_of(command.record, kinds(desk), "record", "a record")
    if subject != desk.here and not standing(desk, subject):
        raise NotFound
    if kept and any(one.record_class == command.record for one in kept.holds.values()):
        raise Refused("There is a hold on this already.", code="already_held", field="record")
    refuse_first(hold_review_findings(today, command.review_by))
    return HoldPlaced(command_id, command.record, command.reason, command.review_by, today)


@decides(LiftHold, given={"kept": keeping})
def lift_hold(command: LiftHold, kept: Keeping | None, today: date, subject: UUID, desk: Desk) -> HoldLifted:
    _may_sign(desk, subject)
    if kept is None or command.hold not in kept.holds:
        raise Refused("This hold was lifted already.", code="not_held")
    return HoldLifted(command.hold, command.reason, today)


def waiting(kept: Keeping | None, disposal: UUID) -> Proposal:
    """What waits to be decided by this id; raises Refused where it was decided already."""
    if kept is None or disposal not in kept.proposals:
        raise Refused("This was decided already.", code="decided")
    return kept.proposals[disposal]


def held(desk: Desk, subject: UUID, record_class: str) -> Hold | None:
    """A hold on this class of the subject's, or on everybody's here."""
    known = (desk.log.see(keeping, one) for one in (subject, desk.here))
    return next((hold for one in known if one and (hold := one.held(record_class))), None)


def destroyable(desk: Desk, subject: UUID, record_class: str) -> Standing:
    """What is kept of a subject in a class, where nothing stands in the way of destroying it; raises Refused."""
    stands = {one.name: one for one in standing(desk, subject)}
    if record_class not in stands:
        raise Refused("Nothing of this kind is kept of them.", code="nothing_there", field="record")
    if hold := held(desk, subject, record_class):
        says = f"It is held, and the hold is looked at again by {hold.review_by:%-d %B %Y}. Lift the hold first."
        raise Refused(says, code="held")
    if record_class == IDENTITY:
        _last_of_all(desk, subject, [one for name, one in stands.items() if name != IDENTITY])
    return stands[record_class]


def _last_of_all(desk: Desk, subject: UUID, others: list[Standing]) -> None:
    """Who somebody is, is kept as long as they are here, and as long as anything else of theirs."""
    one, works = desk.log.see(pupil, subject), desk.log.see(staff, subject)
    if (one and one.is_on_roll(desk.today)) or (works and works.left_on is None):
        raise Refused("They are here still. Who they are is kept until they have left.", code="still_here")
    if others:
        names = "; ".join(one.kind.title for one in others)
        says = f"Who they are is kept as long as anything else of theirs. These still stand: {names}."
        raise Refused(says, code="not_the_last")


def _may_sign(desk: Desk, subject: UUID) -> None:
    if not desk.may("sign", "core.disposal", subject):
        raise NotAllowed
