"""One entry: in words, as JSON, and its leaf in the tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from core.audit.web.listing import base, may_read, words
from core.desk import Desk
from core.desk.answering import answers_of
from core.errors import NotFound
from core.periods import LONDON
from core.roll.views import pupil
from core.web.pages import Page, page
from core.web.timeline import first, form_of, who
from core.wording import day
from events import Erased, Event, Log, Unread, Withdrawn


def entry_page(desk: Desk, log: Log, event_id: UUID) -> Page:
    """One entry, for whoever may read the trail; its words and its JSON, for whoever may read its class.

    That a pupil's record was opened this way is recorded too. What this person may not find is not there; nor is an
    entry's number, for whoever may not find them all.
    """
    try:
        event = log.find(event_id)
    except Erased:
        raise NotFound from None
    if event is None or not desk.finds(event):
        raise NotFound
    readable = may_read(desk, event)
    if readable and event.subject is not None and desk.log.see(pupil, event.subject) is not None:
        desk.opened(event.subject, [event.record])
    note = desk.building.store.checkpoint(log)
    size = int(note.split("\n")[1]) if note else 0
    length = f" of {size:,} entries" if desk.finds_all else ""
    covered = (
        f"Covered by the checkpoint{length}. It proves this entry to whoever got that checkpoint elsewhere."
        if event.position < size
        else "No checkpoint covers it yet; the next is signed within a minute. Until then its row's mac vouches for it."
    )
    number = f"{event.position:,}" if desk.finds_all else ""
    called = f"Entry {number}" if number else "Entry"
    trail, of = f"{base(desk)}/audit", "" if log is desk.log else "?log=reads"
    local = event.recorded_at.astimezone(LONDON)
    about = [
        {"label": "Happened", "value": day(event.day)},
        {"label": "Typed", "value": f"{day(local.date())}, {local:%H:%M:%S}"},
        *([{"label": "First typed", "value": told}] if (told := first(desk, event)) else []),
        {"label": "By", "value": who(desk, event)},
        {"label": "Kind", "value": event.kind if readable else "withheld"},
        {"label": "Class of record", "value": event.record or "open to anyone"},
    ]
    return page(
        "audit/entry.html",
        called=called,
        crumbs=[{"text": "Trail", "href": f"{trail}{of}"}, {"text": called, "href": None}],
        words=words(desk, event),
        about=[*about, *(_answers(desk, log, event, f"{trail}/{{}}") if log is desk.log else [])],
        withdrawn=_taken_back(desk, event) if readable else None,
        json=_json(event, numbered=desk.finds_all)
        if readable
        else "withheld: this class of record is not granted to you",
        leaf=[
            {"label": "Log", "value": log.origin},
            *([{"label": "Position", "value": number}] if number else []),
            {"label": "Event", "value": str(event.event_id)},
            {"label": "Leaf hash", "value": event.leaf.hex()},
            {"label": "Commitment", "value": event.commitment.hex()},
            {"label": "Number in its stream", "value": str(event.n)},
        ],
        covered=covered,
        previous=_beside(desk, log, range(event.position - 1, -1, -1), f"{trail}/{{}}{of}"),
        next=_beside(desk, log, range(event.position + 1, len(log.index)), f"{trail}/{{}}{of}"),
        actions=_actions(desk, event) if log is desk.log else [],
        token="",
    )


def _beside(desk: Desk, log: Log, positions: Iterable[int], address: str) -> str | None:
    """The address of the first of these entries that this person may find."""
    hidden = desk.unfound(log)
    found = (event for at in positions if at not in hidden for event in log.at([at]))
    return next((address.format(event.event_id) for event in found), None)


def _json(event: Event, *, numbered: bool) -> str:
    fact = (
        {"kind": event.kind, **event.fact.fields} if isinstance(event.fact, Unread) else msgspec.to_builtins(event.fact)
    )
    told: dict[str, Any] = {"position": event.position} if numbered else {}
    told |= {"event": event.event_id, "recorded_at": event.recorded_at, "fact": fact}
    if not numbered:  # what is recorded at once is a microsecond apart, which would number it
        told["recorded_at"] = event.recorded_at.replace(microsecond=0)
    if event.subject:
        told |= {"subject": event.subject, "record": event.record}
    if event.actor:
        told |= {"by": event.actor.by, "as": event.actor.role, "session": event.actor.session}
    if event.why:
        told["why"] = event.why
    if event.received:
        where = msgspec.to_builtins(event.received)
        told["received"] = where if numbered else {"log": where["log"], "event": where["event"]}
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode()


def _taken_back(desk: Desk, event: Event) -> str | None:
    if event.subject is None:
        return None
    for one in desk.log.stream(event.subject, event.record):
        if isinstance(one.fact, Withdrawn) and one.fact.event == event.event_id:
            return f"{desk.sentence(one)} ({who(desk, one)})"
    return None


def _answers(desk: Desk, log: Log, event: Event, address: str) -> list[dict[str, Any]]:
    """The right entry that answered this wrong one, or the wrong one this answers, for whoever may read such."""
    if event.subject is None or not may_read(desk, event):
        return []
    told = []
    if right := answers_of(log.stream(event.subject, event.record)).get(event.event_id):
        told.append(("Answered by", _found(log, right)))
    before = log.at([event.position - 1]) if event.position else []
    told += [("Answers", _found(log, wrong)) for wrong, right in answers_of(before).items() if right == event.event_id]
    return [
        {"label": label, "value": _called(desk, one), "href": address.format(one.event_id)}
        for label, one in told
        if one
    ]


def _found(log: Log, event: UUID) -> Event | None:
    try:
        return log.find(event)
    except Erased:
        return None


def _called(desk: Desk, event: Event) -> str:
    number = f" {event.position:,}" if desk.finds_all else ""
    return f"Entry{number}: {words(desk, event)}"


def _actions(desk: Desk, event: Event) -> list[dict[str, Any]]:
    """What may be done about the entry, and about all that is kept of whom it is about."""
    subject = event.subject
    if subject is None or subject == desk.here or desk.academy is None:
        return []
    actions = []
    if _can_be_taken_back(desk, event, subject):
        href = f"{base(desk)}/pupils/{subject}/entries/{event.event_id}/withdraw"
        actions.append({"text": "Withdraw this entry", "href": href})
        if form_of(desk, event):
            actions.append({"text": "Record the right one", "href": href.replace("/withdraw", "/answer")})
    known = may_read(desk, event) or desk.log.see(pupil, subject) is not None  # no applicant, whom a panel may not know
    if known and desk.may("read", "core.disposal", subject):
        actions.append({"text": "What is kept of them", "href": f"{base(desk)}/disposal/{subject}"})
    return actions


def _can_be_taken_back(desk: Desk, event: Event, subject: UUID) -> bool:
    """By whoever may write such a record of a pupil, once."""
    stands = not isinstance(event.fact, Withdrawn) and not _taken_back(desk, event)
    return stands and desk.log.see(pupil, subject) is not None and desk.may("write", event.record, subject)
