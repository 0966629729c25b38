"""Proposing that a record be destroyed, agreeing to it, keeping it; before the last agreement, what it means."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.disposal.commands import ApproveDisposal, ProposeDisposal, RefuseDisposal, waiting
from core.disposal.grounds import every_ground, grounds
from core.disposal.rules import backups_until
from core.disposal.schedule import kept_as
from core.disposal.standing import IDENTITY, Standing, standing, taken_out
from core.disposal.views import Proposal, disposals, keeping
from core.disposal.web.naming import OWN, base, between, crumbs, opened
from core.errors import NotFound, Refused
from core.web.forms import Form
from core.web.guards import may, proved
from core.web.pages import Page, page
from core.web.questions import Ask, Question
from core.web.routes import get, post
from core.wording import counted, day

_PROPOSED = Question(
    ProposeDisposal,
    "Propose to destroy this record",
    (
        Ask("ground", "On which ground?", "radios"),
        Ask("reason", "Why?", "words", "Whoever agrees reads this. It is kept while anything else of theirs is."),
    ),
    record="Propose it",
)
_KEPT = Question(
    RefuseDisposal,
    "Keep this record",
    (Ask("reason", "Why is it kept?", "words"),),
    record="Keep it",
    says="What was proposed is decided by this. It can be proposed again.",
)


class Deciding(Controller):
    """One record of one person: proposed, agreed to, kept."""

    path = "/disposal/{subject:uuid}"

    @get("/propose/{record:str}", guards=[may("write", OWN)])
    def ask(
        self, subject: FromPath[UUID], record: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Page:
        """The form that asks on which ground."""
        return _proposing(desk, subject, record, form)

    @post("/propose/{record:str}", guards=[may("write", OWN)])
    def propose(
        self, subject: FromPath[UUID], record: FromPath[str], desk: NamedDependency[Desk], form: NamedDependency[Form]
    ) -> Response[Any]:
        """Records the proposal."""

        def act() -> str:
            command = _PROPOSED.read(form, record=record)
            desk.do(command, subject, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{subject}"

        return form.attempt(act, lambda: _proposing(desk, subject, record, form), "Proposed. Nothing is destroyed yet.")

    @get("/{disposal:uuid}/approve", guards=[may("sign", OWN), proved])
    def look(
        self, subject: FromPath[UUID], disposal: FromPath[UUID], desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:  # fmt: skip
        """What would be destroyed, in plain words."""
        return _agreeing(desk, subject, disposal, form)

    @post("/{disposal:uuid}/approve", guards=[may("sign", OWN), proved])
    def approve(
        self, subject: FromPath[UUID], disposal: FromPath[UUID], desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:  # fmt: skip
        """Records that this person agrees; with the second, the record is destroyed."""

        def act() -> str:
            command = form.read(ApproveDisposal, disposal=disposal)
            desk.do(command, subject, command_id=form.command_id, seen=form.seen)
            done = any(one.disposal == disposal for one in desk.see(disposals, desk.here) or ())
            return f"{base(desk)}/certificates/{disposal}" if done else f"{base(desk)}/{subject}"

        return form.attempt(act, lambda: _agreeing(desk, subject, disposal, form), "Recorded.")

    @get("/{disposal:uuid}/refuse", guards=[may("sign", OWN)])
    def ask_why(
        self, subject: FromPath[UUID], disposal: FromPath[UUID], desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Page:  # fmt: skip
        """The form that asks why it is kept."""
        return _keeping(desk, subject, disposal, form)

    @post("/{disposal:uuid}/refuse", guards=[may("sign", OWN)])
    def refuse(
        self, subject: FromPath[UUID], disposal: FromPath[UUID], desk: NamedDependency[Desk],
        form: NamedDependency[Form],
    ) -> Response[Any]:  # fmt: skip
        """Records that the record is kept."""

        def act() -> str:
            command = _KEPT.read(form, disposal=disposal)
            desk.do(command, subject, command_id=form.command_id, seen=form.seen)
            return f"{base(desk)}/{subject}"

        return form.attempt(act, lambda: _keeping(desk, subject, disposal, form), "Recorded. It is kept.")


def _proposing(desk: Desk, subject: UUID, record: str, form: Form) -> Page:
    whom, here = opened(desk, subject), f"{base(desk)}/{subject}"
    one = _one(desk, subject, record)
    signs = desk.may("sign", OWN, subject)
    then = "By proposing it you agree to it; one more person must." if signs else "Two people must agree to it."
    return _PROPOSED.shown(
        form,
        crumbs=crumbs(desk, subject, "Propose to destroy"),
        about=f"{whom.name} · {whom.about}",
        action=f"{here}/propose/{record}",
        seen=desk.seen_for(ProposeDisposal, subject),
        back_href=here,
        now=_told(desk, one),
        notes=[f"Nothing is destroyed by this. {then}"],
        options={
            "ground": [
                {"value": code, "text": ground.says, "hint": ground.source}
                for code, ground in grounds(desk.today).items()
            ]
        },
    )


def _agreeing(desk: Desk, subject: UUID, disposal: UUID, form: Form) -> Page:
    whom, here = opened(desk, subject), f"{base(desk)}/{subject}"
    proposal = _waiting(desk, subject, disposal)
    one = _one(desk, subject, proposal.record_class)
    out = taken_out(desk, subject, one)
    last = proposal.wants == 1
    window = desk.building.settings.key_backup_days
    return page(
        "disposal/approve.html",
        crumbs=crumbs(desk, subject, "Agree"),
        heading="Destroy this record for ever" if last else "Agree that this record be destroyed",
        about=f"{whom.name} · {whom.about}",
        rows=[*_told(desk, one), *_proposal_told(desk, proposal)],
        last=last,
        amount=_amount(one),
        backups=backups_until(desk.today, window),
        everything=len(standing(desk, subject)) == 1,
        identity=one.name == IDENTITY,
        taken=f"{counted(len(out), 'time', 'times')}, last on {day(out[-1])}" if out else "",
        form=form,
        token=form.token(desk.seen_for(ApproveDisposal, subject)),
        keep=[{"name": "entries", "value": str(one.entries)}],
        action=f"{here}/{disposal}/approve",
        back_href=here,
    )


def _keeping(desk: Desk, subject: UUID, disposal: UUID, form: Form) -> Page:
    whom, here = opened(desk, subject), f"{base(desk)}/{subject}"
    proposal = _waiting(desk, subject, disposal)
    return _KEPT.shown(
        form,
        crumbs=crumbs(desk, subject, "Keep it"),
        about=f"{whom.name} · {whom.about}",
        action=f"{here}/{disposal}/refuse",
        seen=desk.seen_for(RefuseDisposal, subject),
        back_href=here,
        now=_proposal_told(desk, proposal),
    )


def _one(desk: Desk, subject: UUID, record: str) -> Standing:
    """What is kept of a subject in a class, whatever stands in the way; raises NotFound where nothing is."""
    found = next((one for one in standing(desk, subject) if one.name == record), None)
    if found is None:
        raise NotFound
    return found


def _waiting(desk: Desk, subject: UUID, disposal: UUID) -> Proposal:
    """Raises NotFound for what was decided already."""
    try:
        return waiting(desk.see(keeping, subject), disposal)
    except Refused:
        raise NotFound from None


def _amount(one: Standing) -> str:
    files = f" and {counted(one.files, 'file', 'files')}" if one.files else ""
    return counted(one.entries, "entry", "entries") + files


def _told(desk: Desk, one: Standing) -> list[dict[str, str]]:
    return [
        {"label": "Record", "value": one.kind.title},
        {"label": "What it holds", "value": f"{_amount(one)}, typed {between(one.first_on, one.last_on)}"},
        {"label": "How long it is kept", "value": kept_as(desk.building, one.kind.record)},
    ]


def _proposal_told(desk: Desk, one: Proposal) -> list[dict[str, str]]:
    by = [f"{desk.name_of(each.by)} on {day(each.on)}" for each in one.approvals]
    return [
        {"label": "Ground", "value": every_ground()[one.ground].says},
        {"label": "Why", "value": one.reason},
        {"label": "Proposed", "value": f"by {desk.name_of(one.proposed_by)} on {day(one.proposed_on)}"},
        {"label": "Agreed", "value": ", ".join(by) or "nobody yet"},
    ]
