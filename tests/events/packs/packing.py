"""Packs for the tests, and packs that whoever holds the log's signing key might make of them."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from events import Log, Store, Stream
from events.notes import ED25519, NoteSigner
from events.open_facts import KeyDestroyed
from events.packs import Disclosed, Pack, verify
from tests.events.home import ANN, BEN, note

ASKED = "Everything about Ann."
MADE_AT = datetime(2026, 11, 16, 12, tzinfo=UTC)
SECRET = "What another child's mother said."
WHY = "It is about another person."
READINGS = {"record.html": b"<p>the record", "record.pdf": b"%PDF-", "record.json": b"{}"}


def events_of(log: Log, subject: Any = ANN) -> list[Disclosed]:
    """Every entry of a subject's notes, shown whole."""
    return [Disclosed(event.event_id) for event in log.stream(subject, "tests.notes")]


def packed(store: Store, log: Log, disclosed: Sequence[Disclosed], **options: Any) -> tuple[bytes, str]:
    """A pack and the key by which it is checked."""
    pack = Pack(store, log, disclosed, **({"called": called} | options))
    return pack.zip(ASKED, MADE_AT, READINGS), pack.keys[-1]


def called(stream: Stream) -> str:
    """What a stream is called in these packs."""
    return f"Notes of {stream.subject}"


def told(store: Store, log: Log, count: int = 5, *, signing: bool = True) -> None:
    """So many notes about Ann and one about Ben, each with a checkpoint after it where `signing`."""
    for at in range(count):
        note(log, SECRET if at == 2 else f"note {at}")
        if signing:
            store.sign(log)
    note(log, "Ben's own words", subject=BEN)
    store.sign(log)


def erase(log: Log, subject: Any) -> None:
    """Destroys the key of a subject's notes, and says so in the open."""
    (event, *_) = log.stream(subject, "tests.notes")
    log.append_open([KeyDestroyed(event.key_id.hex(), date(2026, 12, 21))], uuid4())
    log.keys.destroy([event.key_id])


def answer(raw: bytes, *keys: str, held: Sequence[str] = ()) -> tuple[str, list[str]]:
    """What the verifier answers, and what it finds wrong."""
    try:
        notes = [verify.read_checkpoint(one.encode(), "yours") for one in held]
        report = verify.check(raw, [verify.read_key(key) for key in keys], notes)
    except verify.Wrong as fault:
        return "wrong", [str(fault)]
    return report["answer"], report["wrong"]


def resigned(files: Mapping[str, bytes], signer: NoteSigner) -> bytes:
    """These files as a pack whose MANIFEST the log's own key has signed: what a dishonest trust could send."""
    held = {name: content for name, content in files.items() if name != "MANIFEST"}
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in held.items()]
    name = f"{signer.name}/pack"
    text = f"{name}\n" + "".join(lines)
    line = NoteSigner(name, ED25519, signer.seed).text_line(text)
    return verify.zipped({**held, "MANIFEST": f"{text}\n{line}".encode()})
