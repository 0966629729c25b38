"""Making a pack: entries of one log that an outsider can check alone. The bytes: README.md beside this file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row

from events.errors import Erased, NotReady, Tampered
from events.facts import Event, Stream
from events.log import Log
from events.notes import ED25519, NoteSigner, parse_note
from events.open_facts import KeyDestroyed, SigningKeyAdded, SigningKeyRetired
from events.opening import open_parts
from events.packs import verify
from events.packs.earlier import earlier
from events.packs.proof import consistency_proof, extra, tlog_proof
from events.proofs import is_consistent
from events.store import Store
from events.tail import rows_between, rows_of
from events.witnesses import cosigned

MOST = 10_000
"""Entries that a pack may be asked for, inclusive."""

_HERE = Path(__file__).parent
_ERASED = "It was erased: the key of its record was destroyed."


class NotOurs(ValueError):
    """A checkpoint that someone holds is none of this log's past; the message says so."""


class Disclosed(msgspec.Struct, frozen=True):
    """An entry for a pack, and what of it is withheld, each with the reason in a sentence."""

    event_id: UUID
    withheld: Mapping[int, str] = {}
    """By the number of the part."""
    wordless: str = ""
    """Why nothing of it is shown, not even how many parts it has; "" where it is."""


class Entry(msgspec.Struct, frozen=True):
    """One entry as it stands in a pack."""

    proof: str
    """Name of its file."""
    position: int
    mark: tuple[bytes, int] | None
    """Which stream it is of, and its number there; None when that is not shown."""
    event: Event | None
    """None where it is erased."""
    withheld: Mapping[int | None, str]
    """Why parts are withheld, by their number; None stands for the whole entry."""
    content: bytes
    """The file."""


class Run(msgspec.Struct, frozen=True):
    """Entries of one stream, from the first number to the last, inclusive, between which none is left out."""

    record: str
    """Its key_id, in hex."""
    first: int
    last: int
    what: str
    """What it is called."""

    @property
    def says(self) -> str:
        """As the verifier says it."""
        return verify.run_words(self.first, self.last)


def parts_of(store: Store, log: Log, events: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Each entry's parts, as JSON objects in their order: what can be withheld, by number; erased ones are left out."""
    found = {}
    with store.database.reading() as connection:
        rows = rows_of(connection, log.id, events)
    for row in rows:
        with suppress(Erased):
            log.tail.checked(row, row.position)
            parts = open_parts(row, log.tail, log.keys)
            found[UUID(bytes=row.event_id)] = [msgspec.json.decode(part) for _, part in parts]
    return found


class Pack:
    """What is disclosed of a log, proved at a checkpoint that is signed now.

    Beside what is asked for stand the entries in which the log says which keys sign for it, and those by which it
    destroyed the key of an entry that is asked for.

    Args:
        called: What a stream is called; given, each entry shows which stream it is of and its number there, which
            proves that none is left out between.
        since: Checkpoints that the reader holds: the pack will prove that it goes on from them.

    Raises:
        NotOurs: One of `since` is not of this log's past.
        NotReady: Another process is about to sign these entries.
        Tampered: An entry is not as it was written.
    """

    def __init__(
        self,
        store: Store,
        log: Log,
        disclosed: Sequence[Disclosed],
        *,
        called: Callable[[Stream], str] | None = None,
        since: Sequence[str] = (),
    ) -> None:
        store.sign(log)
        self.note = cosigned(store, log, log.tail.epoch, store.checkpoint(log) or "")
        self.checkpoint = parse_note(self.note)[0]
        self._log = log
        signers = log.keys.signing.signers(log.origin)
        self._signers = [NoteSigner(f"{log.origin}/pack", ED25519, one.seed) for one in signers if one.kind == ED25519]
        self.keys = [str(one.key) for one in signers if one.kind == ED25519]
        """Verifier keys of the log: what the reader must learn by another way than the pack."""
        wanted = {one.event_id.bytes: one for one in disclosed}
        with store.database.reading() as connection:
            rows = rows_of(connection, log.id, [one.event_id for one in disclosed])
            own = {*self._own({bytes(row.key_id) for row in rows})} - {row.position for row in rows}
            rows += [row for place in own for row in rows_between(connection, log.id, place, place + 1)]
        rows.sort(key=lambda row: int(row.position))
        if rows[-1].position >= self.checkpoint.size:
            raise NotReady("Another process is signing the newest entries. Try again in a moment.")
        self.entries = [self._entry(at, row, wanted.get(row.event_id), bool(called)) for at, row in enumerate(rows, 1)]
        self.runs = list(self._runs(called)) if called else []
        """Between which entries none is left out."""
        self._earlier = [self._goes_on_from(note) for note in [*earlier(store, log, self.checkpoint.size), *since]]

    def _own(self, key_ids: set[bytes]) -> Iterator[int]:
        """Positions at which the log speaks of its signing keys, or of the end of these streams' keys."""
        for position, fact in self._log.said_openly():
            gone = isinstance(fact, KeyDestroyed) and bytes.fromhex(fact.key_id) in key_ids
            if (gone or isinstance(fact, SigningKeyAdded | SigningKeyRetired)) and position < self.checkpoint.size:
                yield position

    def _entry(self, at: int, row: Row[Any], wanted: Disclosed | None, numbered: bool) -> Entry:
        log = self._log
        mark = (row.key_id, row.n) if numbered and wanted else None
        withheld: dict[int | None, str] = {}
        if wanted:
            withheld |= wanted.withheld.items()
        try:
            event = log.open_row(row)
            parts = open_parts(row, log.tail, log.keys)
        except Erased:
            event, parts, withheld = None, [], {None: _ERASED}
        if wanted and wanted.wordless:
            parts, withheld = [], {None: wanted.wordless}
        if not withheld.keys() <= {None, *range(len(parts))} or "" in withheld.values():
            raise ValueError("only a part that is there can be withheld, and for a reason")
        hashed = [at for at in withheld if at is not None]
        shown = extra(log.tail.checked(row, row.position), parts, hashed, mark)
        path = log.tiles.inclusion(row.position, self.checkpoint.size)
        content = tlog_proof(shown, row.position, path, self.note)
        return Entry(f"proofs/{at:05}.tlog-proof", row.position, mark, event, withheld, content)

    def _goes_on_from(self, note: str) -> bytes:
        old, new = parse_note(note)[0], self.checkpoint
        if old.size < new.size:
            path = self._log.tiles.consistency(old.size, new.size)
            if is_consistent(old.size, old.root, new.size, new.root, path):
                return consistency_proof(path, note)
        elif old == new:
            return b""
        raise NotOurs(f"The checkpoint of {old.size:,} entries is not of this log's past.")

    # The file

    def zip(self, asked: str, made_at: datetime, readings: Mapping[str, bytes]) -> bytes:
        """The pack as a file: the same bytes for the same arguments.

        Args:
            asked: What was asked for, in a sentence.
            made_at: An instant in UTC.
            readings: The files to be read by people: `record.html`, `record.pdf`, `record.json`, and the documents the
                entries name, as `documents/00017-1.pdf`: the entry's proof, and which of its documents.

        Raises:
            Tampered: The pack does not stand up to its own verifier; it must not be given to anyone.
        """
        about = {
            "version": 1,
            "made_at": made_at.isoformat(timespec="seconds"),
            "asked": asked,
            "origin": self.checkpoint.origin,
            "keys": self.keys,
            "entries": [
                {"proof": one.proof, "withheld": [{"part": part, "why": why} for part, why in one.withheld.items()]}
                for one in self.entries
            ],
            "runs": self.runs,
        }
        told = {"origin": self.checkpoint.origin, "size": f"{self.checkpoint.size:,}", "key": "\n    ".join(self.keys)}
        files = {
            "README.txt": Template((_HERE / "README.txt").read_text("utf-8")).substitute(told).encode(),
            "verify.py": Path(verify.__file__).read_bytes(),
            "pack.json": msgspec.json.format(msgspec.json.encode(about), indent=1),
            "checkpoint": self.note.encode(),
            **{name: readings[name] for name in ("record.html", "record.pdf", "record.json") if name in readings},
            **{name: content for name, content in readings.items() if name.startswith("documents/")},
            **{one.proof: one.content for one in self.entries},
            **{f"consistency/{at:04}.txt": one for at, one in enumerate(filter(None, self._earlier), 1)},
        }
        made = verify.zipped(files | {"MANIFEST": self._manifest(files)})
        keys = [verify.read_key(key) for key in self.keys]
        if (found := verify.check(made, keys, []))["answer"] != "proved":
            raise Tampered(self._log.name, None, f"a pack of it does not prove: {found['wrong']}")
        return made

    def _runs(self, called: Callable[[Stream], str]) -> Iterator[Run]:
        streams: dict[bytes, list[Entry]] = {}
        for one in self.entries:
            if one.mark:
                streams.setdefault(one.mark[0], []).append(one)
        for key_id, entries in streams.items():
            event = next((one.event for one in entries if one.event), None)
            what = called(Stream(event.subject, event.record)) if event and event.subject else "An erased record"
            numbers = [one.mark[1] for one in entries if one.mark]
            for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
                found = [number for _, number in run]
                yield Run(key_id.hex(), found[0], found[-1], what)

    def _manifest(self, files: Mapping[str, bytes]) -> bytes:
        """A signed note of the SHA-256 of each file. Its first line is no log's name, so it is no checkpoint."""
        lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
        text = f"{self.checkpoint.origin}/pack\n" + "".join(lines)
        return f"{text}\n{''.join(one.text_line(text) for one in self._signers)}".encode()
