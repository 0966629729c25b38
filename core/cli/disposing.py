"""`disposal`: what is kept of a person, holds, and records destroyed by two people. Say by --as who decides."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import click

from core.cli.asking import Line, answer, done, json_option
from core.cli.calling import whom
from core.cli.checking import checked
from core.cli.running import DAY
from core.desk import Desk
from core.disposal.commands import ApproveDisposal, LiftHold, PlaceHold, ProposeDisposal, RefuseDisposal, waiting
from core.disposal.queue import told
from core.disposal.schedule import due
from core.disposal.standing import standing
from core.disposal.views import APPROVERS, disposals, keeping
from core.disposal.web.certificates import certificate
from core.disposal.web.naming import opened
from core.errors import NotAllowed, NotFound
from core.roll.views import pupil, with_upn


@click.group()
def disposal_command() -> None:
    """How long records are kept, and how two people destroy one."""


@disposal_command.command("list")
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@json_option
@click.pass_obj
def list_disposals(line: Line, urn: str, as_json: bool) -> None:
    """What waits, what is held, what was destroyed."""
    desk = _desk(line, urn)
    known, done = desk.see_all(keeping).values(), desk.see(disposals, desk.here) or ()
    waits = [one for kept in known for one in kept.proposals.values()]
    holds = [one for kept in known for one in kept.holds.values()]
    lines = [f"waits      {one.disposal}  {one.record_class}, {one.wants} to agree" for one in waits]
    lines += [f"held       {one.hold}  {one.record_class or 'everything'}, until {one.review_by}" for one in holds]
    lines += [f"destroyed  {one.disposal}  {one.record_class}, {one.disposed_on}" for one in done]
    told = {"waiting": waits, "held": holds, "destroyed": done}
    answer(told, as_json, lines or ["Nothing waits, nothing is held, nothing was destroyed."])


@disposal_command.command("due")
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@json_option
@click.pass_obj
def list_due(line: Line, urn: str, as_json: bool) -> None:
    """What is past its time, the longest overdue first; that you looked is recorded."""
    desk = line.desk(urn)
    if not desk.may("write", "core.disposal"):
        raise desk.turned_away("write", "core.disposal")
    queue = told(desk, due(desk))
    lines = [f"{one['over']}  {one['subject']}  {one['record']}  {one['stands']}".rstrip() for one in queue]
    answer(queue, as_json, lines or ["Nothing is."])


@disposal_command.command("kept")
@whom
@json_option
@click.pass_obj
def kept(line: Line, urn: str, upn: str, subject: UUID | None, as_json: bool) -> None:
    """What is kept of one person."""
    desk = _desk(line, urn)
    of = _of(desk, upn, subject)
    found = standing(desk, of)
    told = [{"record": one.name, "entries": one.entries, "files": one.files, "since": one.first_on} for one in found]
    answer(told, as_json, [f"{one.name}: {one.entries:,} entries since {one.first_on}" for one in found])


@disposal_command.command("propose")
@click.argument("record")
@click.option("--ground", required=True, help="Code of a ground, such as retention_ended.")
@click.option("--reason", required=True)
@whom
@json_option
@click.pass_obj
def propose(
    line: Line, record: str, ground: str, reason: str, urn: str, upn: str, subject: UUID | None, as_json: bool
) -> None:
    """Ask that a record, such as register.support, be destroyed; who may sign agrees by asking."""
    desk = _desk(line, urn)
    of = _of(desk, upn, subject)
    (place, *_) = desk.do(checked(ProposeDisposal, record=record, ground=ground, reason=reason), of)
    one = waiting(desk.see(keeping, of), desk.log.event(place).event_id)
    lines = [f"Proposed as {one.disposal}. Agreed: {len(one.approvers)} of {APPROVERS}."]
    answer({"disposal": one.disposal, "wants": one.wants}, as_json, lines)


@disposal_command.command("agree")
@click.argument("disposal", type=click.UUID)
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@click.option("--yes", is_flag=True, help="Do not ask again before it is destroyed.")
@json_option
@click.pass_obj
def agree(line: Line, disposal: UUID, urn: str, yes: bool, as_json: bool) -> None:
    """Agree that a record be destroyed. The second of two people destroys it by this, for ever."""
    desk = _desk(line, urn)
    of = _whose(desk, disposal)
    proposal = waiting(desk.see(keeping, of), disposal)
    one = next((one for one in standing(desk, of) if one.name == proposal.record_class), None)
    if one is None:
        raise NotFound
    if proposal.wants == 1 and not yes:
        says = f"{one.kind.title}: {one.entries:,} entries. Nobody will ever read them again. Destroy them for ever?"
        click.confirm(says, abort=True, err=True)
    desk.do(ApproveDisposal(disposal, one.entries), of)
    gone = any(each.disposal == disposal for each in desk.see(disposals, desk.here) or ())
    done("It is destroyed." if gone else "Recorded; somebody else must agree too.", as_json)


@disposal_command.command("keep")
@click.argument("disposal", type=click.UUID)
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@click.option("--reason", required=True)
@json_option
@click.pass_obj
def keep(line: Line, disposal: UUID, urn: str, reason: str, as_json: bool) -> None:
    """Keep a record that was proposed to be destroyed."""
    desk = _desk(line, urn)
    desk.do(checked(RefuseDisposal, disposal=disposal, reason=reason), _whose(desk, disposal))
    done("It is kept.", as_json)


@disposal_command.command("hold")
@click.option("--record", default="", help="A class of record, such as register.support; every one otherwise.")
@click.option("--reason", required=True)
@click.option("--review", "review_by", required=True, type=DAY, help="Last day by which it is looked at again.")
@whom
@json_option
@click.pass_obj
def hold(
    line: Line, record: str, reason: str, review_by: datetime, urn: str, upn: str, subject: UUID | None, as_json: bool
) -> None:
    """Let nothing be destroyed, of a person or, with neither --pupil nor --subject, of anybody there."""
    desk = _desk(line, urn)
    of = _of(desk, upn, subject) if upn or subject else desk.here
    desk.do(checked(PlaceHold, record=record, reason=reason, review_by=review_by.date()), of)
    done("The hold stands.", as_json)


@disposal_command.command("lift")
@click.argument("hold", type=click.UUID)
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@click.option("--reason", required=True)
@json_option
@click.pass_obj
def lift(line: Line, hold: UUID, urn: str, reason: str, as_json: bool) -> None:
    """Lift a hold."""
    desk = _desk(line, urn)
    of = next((key for key, one in desk.see_all(keeping).items() if hold in one.holds), None)
    if of is None:
        raise NotFound
    desk.do(checked(LiftHold, hold=hold, reason=reason), of)
    done("The hold is lifted.", as_json)


@disposal_command.command("certificate")
@click.argument("disposal", type=click.UUID)
@click.option("--academy", "urn", required=True, help="URN of the academy.")
@json_option
@click.pass_obj
def show(line: Line, disposal: UUID, urn: str, as_json: bool) -> None:
    """The certificate of a record that was destroyed; each of its entries is tried."""
    told = certificate(_desk(line, urn), disposal)
    lines = [told.title, told.lede, *(f"{label}: {value}" for label, value in told.about)]
    for part in told.parts:
        lines += ["", part.title, *(f"{label}: {value}" for label, value in part.rows), part.tried]
    answer(told, as_json, [*lines, "", *told.notes])


def _desk(line: Line, urn: str) -> Desk:
    desk = line.desk(urn)
    if not desk.may("read", "core.disposal"):
        raise NotAllowed
    return desk


def _of(desk: Desk, upn: str, subject: UUID | None) -> UUID:
    """Whom it is about, once it is recorded that they were looked at; raises NotFound where nothing is kept of them."""
    found = subject or with_upn(desk.log.see_all(pupil), upn)
    if found is None:
        raise NotFound
    opened(desk, found)
    return found


def _whose(desk: Desk, disposal: UUID) -> UUID:
    """Whose record a proposal is about; raises NotFound where none waits by this id."""
    found = next((key for key, one in desk.see_all(keeping).items() if disposal in one.proposals), None)
    if found is None:
        raise NotFound
    return found
