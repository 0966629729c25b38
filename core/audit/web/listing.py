"""The trail as a list, newest first, filtered as the address says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from uuid import UUID

from core.accounts.facts import GlassBroken
from core.accounts.glass import oversees
from core.desk import Desk
from core.manifest import Manifest
from core.outside import telling as outside
from core.periods import LONDON
from core.roll.views import Pupil, pupil
from core.roll.web.pupils import matches
from core.web.forms import Form
from core.web.lists import Listing
from core.web.pages import Page, page
from core.web.timeline import late, who
from events import Event, Log, Withdrawn
from events.open_facts import CheckpointSeen

_PER_PAGE = 50
CHECKPOINT_SEEN = str(CheckpointSeen.__struct_config__.tag)
"""Many every day in the trust's log, and no decision: shown to whoever asks for what the log says itself."""

FILTERS = ["log", "person", "pupil", "plugin", "academy", "from", "to"]


def base(desk: Desk) -> str:
    return f"/{desk.academy.urn}" if desk.academy else ""


def trail_page(desk: Desk, listing: Listing, form: Form) -> Page:
    log = chosen_log(desk, listing.chosen["log"])
    people = {key: one.name for key, one in desk.building.people().items()}
    pupils = desk.see_all(pupil)
    hidden = desk.unfound(log)
    found = _positions(log, listing, pupils, hidden)
    start = (listing.number - 1) * _PER_PAGE
    window = list(islice(found, start, start + _PER_PAGE + 1))
    shown = log.at(window[:_PER_PAGE])
    more = len(window) > _PER_PAGE
    gone = _withdrawn_among(log, shown)
    plugins = [("", "All"), *((one.name, one.title) for one in desk.building.plugins.everything if _known(desk, one))]
    plugins.append(("events", "The log itself"))
    academies = (
        [("", "The trust"), *((str(key), one.name) for key, one in desk.academies.items())]
        if desk.academy is None
        else []
    )
    links: dict[str, Any] = {
        "says": "",
        "previous": listing.href(page=str(listing.number - 1)) if listing.number > 1 else None,
        "next": listing.href(page=str(listing.number + 1)) if more else None,
        "items": [],
    }
    actions = []
    if desk.academy is None:
        actions = [
            {"text": "Verify now", "href": "/audit/verify", "post": True, "main": True},
            {"text": "The half outside", "href": outside.PATH},
            *([{"text": "Backups", "href": "/audit/backups"}] if desk.may("read", "core.running") else []),
        ]
    if desk.may("export", "core.trail"):
        actions.append({"text": "Make a pack", "href": f"{base(desk)}/audit/pack"})
    kind = "Who looked" if listing.chosen["log"] == "reads" else "What was decided"
    other = ("decisions", "What was decided") if listing.chosen["log"] == "reads" else ("reads", "Who looked")
    if desk.academy is not None and listing.chosen["log"] != "reads" and desk.may("read", "core.running"):
        actions.append({"text": "Record of processing", "href": f"{base(desk)}/processing"})
    if desk.academy is not None and listing.chosen["log"] == "reads":
        actions.append({"text": "Worth a second look", "href": f"{base(desk)}/looks/unusual"})
        if desk.may("read", "core.identity"):
            actions.append({"text": "Glass broken", "href": f"{base(desk)}/glass"})
    actions.append({"text": other[1], "href": listing.href(log=other[0] if other[0] == "reads" else "")})
    filters = listing.filters(
        form,
        {"person": "Typed by", "pupil": "Pupil", "plugin": "Plugin", "from": "From", "to": "Up to"},
        {
            "person": [
                ("", "Anyone"),
                *((str(key), name) for key, name in sorted(people.items(), key=lambda item: item[1])),
            ],
            "plugin": plugins,
            "academy": academies,
        },
    )
    filters["sort"] = [{"name": "log", "value": listing.chosen["log"]}]
    return page(
        "audit/trail.html",
        lede=f"{kind}, newest first: when it happened, when it was typed, and by whom.",
        actions=actions,
        token=form.token(),
        alarms=outside.alarms(desk.building) if desk.academy is None else [],
        figures=_figures(desk, log, len(log.index) - len(hidden)),
        filters=filters,
        caption=_caption(start, len(shown), len(log.index) - len(hidden), filters["applied"]),
        rows=[_row(desk, event, pupils, gone, listing) for event in shown],
        columns=[],
        pages=links if more or listing.number > 1 else None,
        empty={"says": "No entry fits these filters.", "next": "Remove a filter to see more."},
    )


def _caption(start: int, shown: int, size: int, applied: Sequence[object]) -> str:
    told = f"{start + 1:,} to {start + shown:,}" if shown else "None"
    return f"{told}, of those that fit the filter" if applied else f"{told} of {size:,}"


def _known(desk: Desk, room: Manifest) -> bool:
    """Whether this person may find anything of a room or plugin at all."""
    secret = desk.need_to_know
    return not room.records or any(
        one.name not in secret or desk.permissions.anywhere("read", one.name) for one in room.records
    )


def may_read(desk: Desk, event: Event) -> bool:
    """Whether this person may read what an entry says: those about no pupil, and those of a class granted to them."""
    if isinstance(event.fact, GlassBroken):  # it tells of a child, and of what is kept of them
        return oversees(desk)
    if event.subject is None or event.record in ("core.running", "core.people"):
        return True
    return desk.may("read", event.record, event.subject)


def words(desk: Desk, event: Event) -> str:
    """The sentence, for whoever may read the class; otherwise only that something was recorded."""
    return desk.sentence(event) if may_read(desk, event) else f"Something was recorded in {event.record}"


def chosen_log(desk: Desk, wanted: str) -> Log:
    """The log asked for: of decisions, or of who looked."""
    if wanted != "reads":
        return desk.log
    log = desk.building.reads_log(desk.academy)
    log.refresh()
    return log


def _positions(log: Log, listing: Listing, pupils: dict[UUID, Pupil], hidden: frozenset[int]) -> Iterator[int]:
    chosen = listing.chosen
    who_id = _uuid(chosen["person"])
    first, last = _day(chosen["from"]), _day(chosen["to"])
    low = int(datetime.combine(first, time.min, LONDON).timestamp() * 1e6) if first else 0
    high = int(datetime.combine(last, time.max, LONDON).timestamp() * 1e6) if last else 2**63
    subjects: Sequence[UUID | None] = [None]
    if chosen["pupil"]:
        subjects = [key for key, one in pupils.items() if matches(one, chosen["pupil"].casefold())][:200]
    kind = f"{chosen['plugin']}." if chosen["plugin"] else ""
    but = () if kind else (CHECKPOINT_SEEN,)
    streams = [
        log.index.newest_first(actor=who_id, subject=subject, kind_prefix=kind, unless=hidden, but=but)
        for subject in subjects
    ]
    merged = streams[0] if len(streams) == 1 else iter(sorted((at for one in streams for at in one), reverse=True))
    return (at for at in merged if low <= log.index.recorded_us[at] <= high)


def _row(desk: Desk, event: Event, pupils: dict[UUID, Pupil], gone: set[UUID], listing: Listing) -> dict[str, Any]:
    subject = event.subject
    named = (
        {"name": pupils[subject].name, "href": f"{base(desk)}/pupils/{subject}"}
        if subject and subject in pupils
        else None
    )
    reads = "?log=reads" if listing.chosen["log"] == "reads" else ""
    happened = None if event.subject is None else event.day
    return {
        "n": f"{event.position:,}" if desk.finds_all else "",
        "href": f"{base(desk)}/audit/{event.event_id}{reads}",
        "words": words(desk, event),
        "pupil": named,
        "happened": happened,
        "typed": event.recorded_at,
        "late": late(event),
        "by": who(desk, event),
        "plugin": _room(desk, event),
        "academy": None,
        "withdrawn": event.event_id in gone,
    }


def _room(desk: Desk, event: Event) -> str:
    """Title of the room or plugin that an entry is of."""
    return desk.building.plugins.title(event.kind.split(".")[0])


def _withdrawn_among(log: Log, events: list[Event]) -> set[UUID]:
    """Which of these stand withdrawn by a later entry of their stream."""
    gone: set[UUID] = set()
    for subject, record in {(event.subject, event.record) for event in events if event.subject}:
        gone |= {one.fact.event for one in log.stream(subject, record) if isinstance(one.fact, Withdrawn)}
    return gone


def _figures(desk: Desk, log: Log, entries: int) -> list[dict[str, Any]]:
    """How many entries, and up to which they are signed; the latter only for whoever may know the log's length. At the
    centre, when the half last went outside."""
    told_first: dict[str, Any] = {"label": "Entries", "value": f"{entries:,}", "note": "in this log"}
    sent = [outside.figure(desk.building)] if desk.academy is None else []
    if not desk.finds_all:
        return [told_first, *sent]
    note = desk.building.store.checkpoint(log)
    size = note.split("\n")[1] if note else "none yet"
    told = "covers every entry" if note and int(size) == len(log.index) else f"covers the first {size} entries"
    return [
        told_first,
        {
            "label": "Signed checkpoint",
            "value": f"{int(size):,}" if note else size,
            "note": told if note else "signed within a minute of a new entry",
        },
        *sent,
    ]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
