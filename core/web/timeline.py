"""A child's history as notches on a stick: each with the day it happened and the instant it was typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from core.desk.answering import answers_of
from core.errors import NotFound
from core.periods import LONDON
from core.wording import day
from events import Event, Withdrawn

if TYPE_CHECKING:
    from core.desk import Desk


def tally(desk: Desk, events: Sequence[Event], base: str) -> list[dict[str, Any]]:
    """For `ui.tally`: the events in the order given, each withdrawn one with the sentence that took it back."""
    taken_back = {event.fact.event: event for event in events if isinstance(event.fact, Withdrawn)}
    by_id, answers = {event.event_id: event for event in events}, answers_of(events)
    answered = {right: by_id[wrong] for wrong, right in answers.items() if wrong in by_id}
    return [
        {
            "title": title,
            "says": says,
            "happened": event.day,
            "typed": event.recorded_at,
            "late": None if event.received else late(event),
            "first": f"first typed {told}" if (told := first(desk, event)) else None,
            "by": who(desk, event),
            "href": f"{base}/audit/{event.event_id}" if desk.may("read", "core.trail") else None,
            "withdrawn": _withdrawn(desk, taken_back.get(event.event_id)),
            "answered_by": _brief(desk, by_id.get(answers.get(event.event_id, event.event_id)), but=event),
            "answers": _brief(desk, answered.get(event.event_id)),
            "take_back": f"{base}/pupils/{event.subject}/entries/{event.event_id}/withdraw"
            if event.event_id not in taken_back and _withdraws_here(desk, event)
            else None,
        }
        for event in events
        if not isinstance(event.fact, Withdrawn)
        for title, says in [split(desk.sentence(event))]
    ]


def _brief(desk: Desk, event: Event | None, *, but: Event | None = None) -> str | None:
    """An entry's first clause and its day; None for none, or for the one it is not to be."""
    if event is None or event is but:
        return None
    return f"{split(desk.sentence(event))[0]}, {day(event.day)}"


def form_of(desk: Desk, event: Event) -> str | None:
    """The address of the form where such an entry is recorded; None where its plugin names none, or is off."""
    found = desk.building.plugins.form_of(event)
    if found is None or desk.academy is None or found.partition("/")[0] not in desk.on:
        return None
    return f"/{desk.academy.urn}/{found}"


def form_for(desk: Desk, event: Event) -> str:
    """The same; raises NotFound where there is none."""
    found = form_of(desk, event)
    if found is None:
        raise NotFound
    return found


def _withdraws_here(desk: Desk, event: Event) -> bool:
    """Whether the notch itself leads to taking the entry back: for whoever may, and has no trail to do it from."""
    return not desk.may("read", "core.trail") and desk.may("write", event.record, event.subject)


def first(desk: Desk, event: Event) -> str | None:
    """Where and when an entry was first typed that came here from another academy; None when that was here."""
    if event.received is None:
        return None
    academy = desk.academies.get(event.received.log)
    on = event.received.recorded_at.astimezone(LONDON).date()
    return f"{day(on)} at {academy.name if academy else 'another academy'}"


def late(event: Event) -> str | None:
    """By how much it was typed after the day; None when it was typed the same or the next day."""
    gap = event.recorded_at.astimezone(LONDON).date() - event.day
    return f"{_span(gap.days)} later" if gap > timedelta(days=1) else None


def _span(days: int) -> str:
    """A stretch as people say it: 6 days, 5 weeks, 14 months, 3 years."""
    if days < 21:
        return f"{days} days"
    if days < 70:
        return f"{days // 7} weeks"
    return f"{days * 12 // 365} months" if days < 730 else f"{days // 365} years"


def who(desk: Desk, event: Event) -> str:
    if event.actor is None:
        return "the log itself"
    return f"{desk.name_of(event.actor.by)}, {event.actor.role}" if event.actor.role else desk.name_of(event.actor.by)


def split(sentence: str) -> tuple[str, str | None]:
    """The first clause as a heading, the rest beneath."""
    head, dot, rest = sentence.partition(". ")
    return head, rest if dot else None


def _withdrawn(desk: Desk, event: Event | None) -> str | None:
    return f"{desk.sentence(event)} ({who(desk, event)})" if event else None
