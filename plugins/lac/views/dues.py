"""What is due for a looked-after child and by when, who is late, and when the school can still act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

import msgspec

from core.periods import Calendar, academic_year

from ..codes import LEGAL_STATUSES, Clocks
from ..facts import AuthoritySet
from ..rules import (
    Handing,
    Lateness,
    Meeting,
    ask_for_interim,
    complete_by,
    late,
    meeting_colour,
    pep_duty_ends,
    practical_day,
    provision_pep_by,
    review_by,
    started_by,
    termly_peps,
    window_by,
)
from .peps import Pep, Peps
from .setting import Authority
from .status import Episode, Status

ON_TIME = Lateness(None, 0, 0, notified_late=False)


class Child(msgspec.Struct, frozen=True):
    """Everything the clocks look at in one child."""

    born_on: date
    entered_on: date
    status: Status = Status()
    plans: Peps = Peps()
    authorities: dict[str, Authority] = {}
    """By code: those that have a part in this child's life or plans."""

    def looked_after_by(self) -> str:
        """Code of the looking-after authority; "" while nobody has named it."""
        named = self.status.authorities.get("looking_after")
        return named.authority if named else ""

    def setting_for(self, plan: Pep | None, today: date) -> AuthoritySet | None:
        """The settings a plan is under; before there is one, the looking-after authority's of today."""
        known = self.authorities.get(plan.told.authority if plan else self.looked_after_by())
        if known is None:
            return None
        if plan is not None:
            return known.version(plan.told.setting)
        return known.on(today) or known.versions[0]


class Due(msgspec.Struct, frozen=True):
    """Something due for a child."""

    what: str
    """start, complete, provision, termly, plan or review."""
    text: str
    due_by: date
    rule: str
    act_by: date | None = None
    """The last school day in time; None when the calendar does not tell."""
    done_on: date | None = None
    lateness: Lateness = ON_TIME
    colour: str = ""
    """Of a termly meeting: green, amber or red."""
    plan: Pep | None = None


def dues(child: Child, calendar: Calendar, today: date) -> list[Due]:
    """Everything due in the child's present episode, done or not, by day; [] when the child is not looked after."""
    episode = child.status.looked_after_on(today)
    if episode is None or not _has_pep(episode):
        return []
    found = [
        *_first(child, episode, calendar, today),
        *_new_school(child, episode, calendar, today),
        *_termly(child, episode, calendar, today),
        *_planned(child, calendar, today),
    ]
    first = _of(child.plans, "initial", episode.began_on)
    setting = child.setting_for(first, today)
    if setting is not None:
        last_on = pep_duty_ends(child.born_on, setting.ends)
        found = [one for one in found if one.due_by <= last_on]
    reviewed = tuple(day for day in child.plans.reviews if day >= episode.began_on)
    if (by := review_by(episode.began_on, reviewed)) is not None:
        found.append(Due("review", "Review of care, held by the authority", by, "lac.review_by"))
    return sorted(found, key=lambda one: one.due_by)


def interim_wanted(found: list[Due], calendar: Calendar) -> bool:
    """Whether to ask the virtual school for an interim plan: every day of a first plan falls into the holidays."""
    days = tuple(one.due_by for one in found if one.what in {"start", "complete"} and one.done_on is None)
    return ask_for_interim(days, calendar) is True


def handings(plan: Pep) -> tuple[Handing, ...]:
    """How a plan went back and forth between school and authority; in its order, on one day too."""
    found: list[Handing] = []
    for sent, returned in zip_longest(plan.sendings, plan.returned):
        found += [Handing("sent", sent.sent_on)] if sent else []
        found += [Handing("returned", returned.returned_on)] if returned else []
    if plan.agreed is not None:
        found.append(Handing("done", plan.agreed.agreed_on))
    return tuple(sorted(found, key=lambda one: one.on_day))


def _has_pep(episode: Episode) -> bool:
    legal = LEGAL_STATUSES.value.get(episode.legal)
    return legal is None or legal.pep in {"due", "if_it_goes_on"}


def _of(plans: Peps, why: str, from_on: date) -> Pep | None:
    """The plan of this kind, begun on a day or after, that a clock looks at: the first to be agreed, else the newest.

    A new version of an agreed plan opens no clock again.
    """
    found = [one for one in plans.plans.values() if one.told.why == why and one.told.started_on >= from_on]
    return next((one for one in found if one.agreed), found[-1] if found else None)


def _first(child: Child, episode: Episode, calendar: Calendar, today: date) -> Iterator[Due]:
    plan = _of(child.plans, "initial", episode.began_on)
    setting = child.setting_for(plan, today)
    if setting is None:
        return
    clocks = _clocks(setting)
    by = started_by(episode.began_on, clocks)
    if by is not None:
        first = next((one for one in child.plans.plans.values() if one.told.since_on == episode.began_on), None)
        begun = first.told.started_on if first else None
        done = (Handing("done", begun),) if begun else ()
        lateness = late(by, today, done, episode.began_on, episode.told_on, setting.begins)
        yield Due("start", "Start the first PEP", by, "lac.started_by", practical_day(by, calendar), begun, lateness)
    by = complete_by(episode.began_on, clocks)
    if by is not None:
        yield _completed("complete", "Complete the first PEP", by, "lac.complete_by", plan, episode, calendar, today)


def _new_school(child: Child, episode: Episode, calendar: Calendar, today: date) -> Iterator[Due]:
    if child.entered_on <= episode.began_on:
        return
    plan = _of(child.plans, "provision", child.entered_on)
    setting = child.setting_for(plan, today)
    by = provision_pep_by(child.entered_on, _clocks(setting)) if setting else None
    if by is not None:
        rule = "lac.provision_pep_by"
        yield _completed("provision", "PEP after the new school", by, rule, plan, episode, calendar, today)


def _termly(child: Child, episode: Episode, calendar: Calendar, today: date) -> Iterator[Due]:
    setting = child.setting_for(None, today)
    if setting is None:
        return
    held = {
        one.meeting.held_on: one
        for one in child.plans.plans.values()
        if one.meeting and one.told.started_on >= episode.began_on
    }
    meetings = tuple(Meeting(held_on, one.told.why == "initial") for held_on, one in held.items())
    first_by = complete_by(episode.began_on, _clocks(setting))
    for term in termly_peps(calendar, episode.began_on, None, meetings, setting.carries_over):
        if academic_year(term.due_by) != academic_year(today) or term.starts_on > today:
            continue
        if term.met_on is None and first_by is not None and term.due_by < first_by:
            continue  # the first plan is not yet due when this term ends: it has no meeting to be late for
        met_under = child.setting_for(held[term.met_on], today) if term.met_on else None
        by = window_by(calendar, term.starts_on, (met_under or setting).window)
        colour = meeting_colour(term.met_on, by, term.due_by, today) or ""
        done = (Handing("done", term.met_on),) if term.met_on else ()
        yield Due(
            "termly",
            f"PEP meeting of {term.term.lower()}",
            term.due_by,
            "lac.termly_peps",
            practical_day(term.due_by, calendar),
            term.met_on,
            late(term.due_by, today, done),
            colour,
        )


def _planned(child: Child, calendar: Calendar, today: date) -> Iterator[Due]:
    """A plan with a last day of its own, while it is in hand."""
    for plan in child.plans.plans.values():
        if plan.told.due_by is not None and plan.agreed is None:
            by = plan.told.due_by
            lateness = late(by, today, handings(plan))
            yield Due(
                "plan", "Complete the PEP", by, "lac.late", practical_day(by, calendar), None, lateness, plan=plan
            )


def _completed(
    what: str, text: str, by: date, rule: str, plan: Pep | None, episode: Episode, calendar: Calendar, today: date
) -> Due:
    done_on = plan.agreed.agreed_on if plan and plan.agreed else None
    lateness = late(by, today, handings(plan) if plan else (), episode.began_on, episode.told_on)
    return Due(what, text, by, rule, practical_day(by, calendar), done_on, lateness, plan=plan)


def _clocks(setting: AuthoritySet) -> Clocks:
    return Clocks(setting.start_days, setting.complete_days, setting.provision_days)
