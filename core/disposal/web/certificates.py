"""The certificate of a record that was destroyed, on a page and as a tagged PDF: it does not say whose it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from core.desk import Desk
from core.disposal.carrying_out import carry_out, opens
from core.disposal.facts import Disposed
from core.disposal.grounds import every_ground
from core.disposal.views import disposals
from core.disposal.web.naming import OWN, base, between, title
from core.errors import NotFound
from core.printing import pdf
from core.web.files import as_file
from core.web.guards import may
from core.web.pages import Page, page
from core.web.routes import get
from core.wording import counted, day, moment
from events import Log
from events.notes import parse_note
from events.open_facts import KeyDestroyed

_TEMPLATE = Path(__file__).parents[1] / "writing" / "certificate.typ"
_STAYS = (
    "The entries stay in the log, sealed. They prove that something was recorded, when and in what order, and that "
    "nothing was put in its place; not what it said, and not of whom."
)
_LEFT = "What left in lists and packs before is not recalled. Ask whoever took it to destroy it."
Lines = tuple[tuple[str, str], ...]


class Part(msgspec.Struct, frozen=True):
    """One record, of those destroyed together."""

    title: str
    rows: Lines
    unread: bool
    """Whether none of its entries can be read, tried as this was drawn."""
    tried: str


class Certificate(msgspec.Struct, frozen=True):
    """What was destroyed, when, why and by whom; what proves it."""

    title: str
    made: str
    lede: str
    about: Lines
    parts: tuple[Part, ...]
    notes: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return all(part.unread for part in self.parts)


class Certificates(Controller):
    """What two people destroyed."""

    path = "/disposal/certificates/{disposal:uuid}"

    @get("/", guards=[may("read", OWN)])
    def show(self, disposal: FromPath[UUID], desk: NamedDependency[Desk]) -> Page:
        """The certificate, with what was tried just now."""
        told, here = certificate(desk, disposal), f"{base(desk)}/certificates/{disposal}"
        return page(
            "disposal/certificate.html",
            crumbs=[{"text": "Disposal", "href": base(desk)}, {"text": "Certificate", "href": None}],
            actions=[{"text": "PDF", "href": f"{here}/certificate.pdf", "main": True}],
            told=told,
            rows=_rows(told.about),
            parts=[(part, _rows(part.rows)) for part in told.parts],
        )

    @get("/certificate.pdf", guards=[may("read", OWN)])
    def as_pdf(self, disposal: FromPath[UUID], desk: NamedDependency[Desk]) -> Response[bytes]:
        """The same on paper; that it left the program is recorded."""
        told = certificate(desk, disposal)
        desk.exported("Certificate of destruction", OWN, len(told.parts))
        return as_file(pdf(_TEMPLATE.read_bytes(), told), "application/pdf", "certificate.pdf")


def certificate(desk: Desk, disposal: UUID) -> Certificate:
    """The certificate of a disposal, each of its entries tried just now; raises NotFound where there is none."""
    carry_out(desk)
    found = [one for one in desk.see(disposals, desk.here) or () if one.disposal == disposal]
    if not found:
        raise NotFound
    one, academy = found[0], desk.academy.name if desk.academy else ""
    ground = every_ground()[one.ground]
    window = desk.building.settings.key_backup_days
    notes = [
        _STAYS,
        f"Backups of the key store are kept for {window} days. Until {day(one.backups_until)} one may hold the key.",
    ]
    if any(each.taken_out_on for each in found):
        notes.append(_LEFT)
    return Certificate(
        "Certificate of destruction",
        f"{academy}, {moment(desk.building.now)}, by {desk.name_of(desk.person_id)}",
        f"On {day(one.disposed_on)} a record was destroyed at {academy}. This certificate does not say whose.",
        (
            ("Destroyed on", day(one.disposed_on)),
            ("Why", f"{ground.says} ({ground.source})"),
            ("Proposed on", day(one.proposed_on)),
            *(("Agreed by", f"{desk.name_of(each.by)}, {day(each.on)}") for each in one.approvals),
            ("Last day in backups", day(one.backups_until)),
        ),
        tuple(_part(desk, each) for each in found),
        tuple(notes),
    )


def _part(desk: Desk, one: Disposed) -> Part:
    still = opens(desk.log, one)
    files = f" and {counted(one.files, 'file', 'files')}" if one.files else ""
    amount = counted(one.entries, "entry", "entries") + files
    out = one.taken_out_on
    left = f"{counted(len(out), 'time', 'times')}: {', '.join(day(each) for each in dict.fromkeys(out))}"
    reads = desk.building.reads_log(desk.academy)
    return Part(
        title(desk, one.record_class),
        (
            ("What", amount),
            ("Typed", between(one.first_on, one.last_on)),
            ("Left in lists and packs", left if out else "never"),
            ("In the log", _said(desk, desk.log, [one.key_id])),
            *([("In the log of who looked", _said(desk, reads, one.access_keys))] if one.access_keys else []),
        ),
        not still,
        f"{counted(len(still), 'entry', 'entries')} can still be read. Stop, and call whoever runs this installation."
        if still
        else "We tried to open it just now: it cannot be read."
        if one.entries == 1
        else f"We tried to open each of its {one.entries:,} entries just now: none can be read.",
    )


def _said(desk: Desk, log: Log, keys: Sequence[str]) -> str:
    """Where a log says in the open that keys were destroyed, and whether a checkpoint covers that."""
    said = log.said_openly()
    places = [at for at, fact in said if isinstance(fact, KeyDestroyed) and fact.key_id in keys]
    if not places:
        return "not yet"
    numbers = [f" at position {at:,}" if desk.finds_all else "" for at in places]
    told = [f"entry {log.event(at).event_id}{number}" for at, number in zip(places, numbers, strict=True)]
    note = desk.building.store.checkpoint(log)
    size = parse_note(note)[0].size if note else 0
    of = f" of {size:,} entries" if desk.finds_all else ""
    covered = (
        f"covered by the checkpoint{of}" if places[-1] < size else "the next checkpoint, within a minute, covers it"
    )
    return f"{', '.join(told)}; {covered}"


def _rows(lines: Lines) -> list[dict[str, Any]]:
    return [{"label": label, "value": value} for label, value in lines]
