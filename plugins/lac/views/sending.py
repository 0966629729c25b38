"""A plan as it goes to a virtual school: what it still lacks, and its text for any portal."""

from __future__ import annotations

import hashlib

import msgspec

from core.law import Finding
from core.money import pounds
from core.wording import day

from ..codes import PARTS_IN_A_PEP, SECTIONS
from ..facts import TargetSet
from ..rules import PepContent, Target, smart_findings, submit_gate
from .peps import Pep, Peps

NO_VOICE = "none"
"""The method of a child who said nothing; the words then say why."""
FUND = "Pupil premium plus"
OUTCOMES = {"met": "Met", "part": "Partly met", "not": "Not met"}


class Copy(msgspec.Struct, frozen=True):
    """The plan in plain text, to be put into a portal, and its SHA-256 in hex."""

    text: str
    hash: str


def missing_before_ready(plans: Peps, plan: Pep) -> tuple[Finding, ...]:
    """What a plan still lacks; nothing when it may be made ready."""
    earlier = plans.before(plan.pep)
    spoken = plan.voice is not None and plan.voice.method != NO_VOICE
    words = plan.voice.words if plan.voice else ""
    content = PepContent(
        voice=words if spoken else "",
        no_voice_reason="" if spoken else words,
        not_judged=sum(one.judged is None for one in earlier.targets.values()) if earlier else 0,
        targets=tuple(_as_written(one.told) for one in plan.targets.values()),
        attendance=plan.attendance is not None,
        next_on=plan.meeting.next_on if plan.meeting else None,
        attended=plan.meeting.attended if plan.meeting else (),
    )
    return submit_gate(content)


def not_smart(plan: Pep, told: TargetSet) -> tuple[Finding, ...]:
    """What keeps a target of a plan from being SMART."""
    return smart_findings(_as_written(told), plan.meeting.next_on if plan.meeting else None)


def _as_written(told: TargetSet) -> Target:
    fund = FUND if told.cost_pence else ""
    return Target(told.need, told.words, told.baseline, told.owner, told.how_often, told.by_on, told.cost_pence, fund)


def written_out(plan: Pep) -> Copy:
    """The plan as text: the same words give the same hash, so that an edit after sending shows."""
    lines = [f"Personal education plan, started {day(plan.told.started_on)}"]
    if plan.voice:
        silent = plan.voice.method == NO_VOICE
        head = "Why the child said nothing" if silent else f"What the child says ({plan.voice.method}"
        lines += ["", f"{head}{' (' if silent else ', '}{day(plan.voice.given_on)})", plan.voice.words]
    for section, name in SECTIONS.items():
        if section in plan.sections:
            told = plan.sections[section]
            lines += ["", f"{name} ({_in_a_sentence(PARTS_IN_A_PEP[told.contributor])})", told.words]
    if plan.attendance:
        one = plan.attendance
        stretch = f"{day(one.from_on)} to {day(one.until_by)}"
        lines += ["", "Attendance", f"{stretch}: {one.missed} of {one.possible} sessions missed"]
    for number, target in enumerate(plan.targets.values(), 1):
        told_target = target.told
        lines += [
            "",
            f"Target {number}, by {day(told_target.by_on)}",
            told_target.words,
            f"Need: {told_target.need}",
            f"Starting from: {told_target.baseline}",
            f"Who and how often: {told_target.owner}, {told_target.how_often}",
        ]
        if told_target.cost_pence:
            lines.append(f"Cost: {pounds(told_target.cost_pence)}")
        if target.judged:
            lines.append(f"Judged {OUTCOMES[target.judged.outcome].lower()}: {target.judged.evidence}")
    if plan.meeting:
        there = ", ".join(_in_a_sentence(PARTS_IN_A_PEP[part]) for part in plan.meeting.attended)
        lines += ["", f"Meeting {day(plan.meeting.held_on)}: {there}"]
        if plan.meeting.next_on:
            lines.append(f"Next meeting {day(plan.meeting.next_on)}")
    text = "\n".join(lines) + "\n"
    return Copy(text, hashlib.sha256(text.encode()).hexdigest())


def _in_a_sentence(name: str) -> str:
    """A name without its capital, unless it is all capitals, such as SENCO."""
    return name if name.isupper() else name[0].lower() + name[1:]
