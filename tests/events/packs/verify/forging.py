"""A pack as it was made, and what it takes to change it and have it signed again."""

import base64
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from events.notes import NoteSigner
from events.packs import verify
from tests.events.packs.packing import answer, resigned

Files = dict[str, bytes]
Forged = Callable[["Sound"], bytes]
EVIL = b"\7" * 32


class Sound(NamedTuple):
    """A pack as it was made, and what whoever made it holds."""

    raw: bytes
    key: str
    signer: NoteSigner
    halves: list[str]
    """Every checkpoint before the pack's own."""
    old_key: str
    """Retired since."""
    other: bytes
    """A pack of another log of the same trust."""

    @property
    def files(self) -> Files:
        return verify.unzipped(self.raw)

    def with_(self, name: str, content: bytes) -> bytes:
        """One file exchanged, and the whole signed anew by the log's own key."""
        return resigned(self.files | {name: content}, self.signer)

    def without(self, name: str) -> bytes:
        return resigned({one: content for one, content in self.files.items() if one != name}, self.signer)

    def saying(self, **changed: Any) -> bytes:
        """pack.json with some of it changed."""
        return self.with_("pack.json", json.dumps(json.loads(self.files["pack.json"]) | changed).encode())

    def showing(self, number: int, change: Callable[[bytearray], object]) -> bytes:
        """What one proof shows, changed."""
        name = proof(number)
        head, shown, rest = split(self.files[name])
        changed = bytearray(shown)
        made = change(changed)
        return self.with_(name, joined(head, made if isinstance(made, bytes) else bytes(changed), rest))


def proof(number: int) -> str:
    return f"proofs/{number:05}.tlog-proof"


def split(content: bytes) -> tuple[bytes, bytes, bytes]:
    """A proof before what it shows, that, and after."""
    head, line, rest = content.split(b"\n", 2)
    return head, base64.b64decode(line[6:]), rest


def joined(head: bytes, shown: bytes, rest: bytes) -> bytes:
    return b"\n".join([head, b"extra " + base64.b64encode(shown), rest])


def parts_of(shown: bytes) -> tuple[bytes, list[bytes]]:
    """What stands before the parts, and each part as it is shown."""
    at = 152 + 24 * shown[151]
    head, count, parts = shown[:at], int.from_bytes(shown[at : at + 2], "big"), []
    at += 2
    for _ in range(count):
        length = 37 + int.from_bytes(shown[at + 33 : at + 37], "big") if shown[at] else 33
        parts.append(shown[at : at + length])
        at += length
    assert at == len(shown)
    return head, parts


def whole(head: bytes, parts: list[bytes]) -> bytes:
    return head + len(parts).to_bytes(2, "big") + b"".join(parts)


def refused(raw: bytes, true: Sound, says: str) -> None:
    """Neither key nor checkpoint nor nothing makes it pass; and it says what is wrong."""
    for said, wrong in (answer(raw, true.key), answer(raw, held=true.halves), answer(raw)):
        assert said == "wrong"
        assert says in "\n".join(wrong), wrong
        assert all(one == one.strip() and one.isprintable() for one in wrong)
