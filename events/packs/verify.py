#!/usr/bin/env python3
"""Checks a Tallystick pack on your own machine: that its entries stand in the log, as they are shown.

    python3 verify.py PACK.zip --key KEY            the log's key, as you were told it elsewhere
    python3 verify.py PACK.zip --checkpoint FILE    the half of the stick that you hold

It needs Python 3.9 or later and the package `cryptography`; no network, and nothing of the sender's but the pack.
Exit code 0: proved. 1: something is wrong. 3: it is consistent with itself, and what you gave does not prove all of it.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MOST_BYTES, MOST_FILES = 128 * 1024 * 1024, 12_000  # of a zip in which nothing is compressed, so as many when unpacked
MOST_TEXT, MOST_LINES = 4 * 1024 * 1024, 64  # bytes of a file that is read here; lines of a signature, or of a path
MOST_PARTS, DEEPEST = 64, 16  # parts of an entry; levels of a JSON
NAMES = re.compile(
    r"README\.txt|verify\.py|pack\.json|checkpoint|record\.(html|pdf|json)|MANIFEST"
    r"|proofs/[0-9]{5}\.tlog-proof|consistency/[0-9]{4}\.txt|documents/[0-9]{5}-[0-9]{1,2}\.(pdf|jpg|png|txt|bin)"
)
CHECKPOINT = re.compile(
    r"^(?P<origin>[!-*,-~]+/[1-9][0-9]{0,8})\n(?P<size>[1-9][0-9]{0,18})\n(?P<root>[+/-9A-Za-z]{43}=)\n", re.MULTILINE
)
Key = tuple[str, str]  # its name, and its 32 bytes of Ed25519 in hex


class Wrong(Exception):
    """Something is not as it must be; the sentence says what."""


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def label(name: str) -> bytes:
    return b"tallystick/v1/" + name.encode() + b"\0"


# The zip: files one after another, not compressed, without a date. For the same files there is one zip, to the byte.


def zipped(files: dict[str, bytes]) -> bytes:
    body, directory = bytearray(), bytearray()
    for name, content in files.items():
        raw = name.encode()
        head = struct.pack("<5H3I2H", 20, 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(raw), 0)
        directory += b"PK\1\2\x14\0" + head + struct.pack("<3H2I", 0, 0, 0, 0, len(body)) + raw
        body += b"PK\3\4" + head + raw + content
    count = len(files)
    return bytes(
        body + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    )


def unzipped(raw: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    at = 0
    while raw[at : at + 4] == b"PK\3\4" and len(raw) >= at + 30:
        _, _, method, _, _, _, _, size, length, _ = struct.unpack_from("<5H3I2H", raw, at + 4)
        name = raw[at + 30 : at + 30 + length].decode("ascii", "replace")
        if method:
            raise Wrong("a file in the zip is compressed, and those of a pack never are")
        if not NAMES.fullmatch(name):
            raise Wrong(f"the zip holds a file that is no part of a pack: {name[:80]!r}")
        if name in files:
            raise Wrong(f"the zip holds {name} twice")
        if len(files) == MOST_FILES or (size > MOST_TEXT and not name.startswith(("record.", "documents/"))):
            raise Wrong("the zip holds more files than a pack does, or a larger one")
        at += 30 + length + size
        files[name] = raw[at - size : at]
    if not files:
        raise Wrong("this is not a pack")
    if zipped(files) != raw:
        raise Wrong("the zip is not as it was made: something was cut off, added or changed")
    return files


# Texts: JSON, base64, and notes that are signed (C2SP signed-note and tlog-checkpoint)


def read_json(raw: bytes, what: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a name stands twice")
        return dict(pairs)

    def short(digits: str) -> int:
        return int(digits[:20])

    def depth(value: Any) -> int:
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return 1 + max(map(depth, inside), default=0)

    try:
        value = json.loads(raw.decode(), object_pairs_hook=once, parse_int=short)
        if depth(value) <= DEEPEST:
            return value
    except (ValueError, RecursionError):
        pass
    raise Wrong(f"{what} is no JSON that a pack may hold")


def decoded(text: str, what: str, length: int = 0) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raw = b""
    if not raw or base64.b64encode(raw).decode() != text or len(raw) != (length or len(raw)):
        raise Wrong(f"{what} is malformed")
    return raw


class Note(NamedTuple):
    """A text and its signatures: (name, hash of the key, signature)."""

    text: str
    lines: list[tuple[str, bytes, bytes]]

    def signed_by(self, key: Key) -> bool:
        """Whether this key signed it. A signature that is said to be this key's, and is not, is Wrong."""
        name, public = key[0], bytes.fromhex(key[1])
        wanted = name, sha(name.encode(), b"\n\1", public)[:4]
        mine = [signature for *whose, signature in self.lines if tuple(whose) == wanted]
        try:
            for signature in mine:
                Ed25519PublicKey.from_public_bytes(public).verify(signature, self.text.encode())
        except (InvalidSignature, ValueError):
            raise Wrong(f"a signature by {name} does not hold") from None
        return bool(mine)


class Checkpoint(NamedTuple):
    """The log's name, how many entries it had, the root over them, and who signed that."""

    origin: str
    size: int
    root: bytes
    note: Note

    @property
    def epoch(self) -> str:
        return self.origin.rpartition("/")[2]


def read_note(raw: bytes, what: str) -> Note:
    text, blank, signatures = raw.decode("utf-8", "replace").rpartition("\n\n")
    told = signatures[:-1].split("\n", MOST_LINES)
    if not blank or signatures[-1:] != "\n" or len(told) > MOST_LINES:
        raise Wrong(f"{what} is no signed note")
    lines = []
    for line in told:
        dash, name, encoded = (*line.split(" ", 2), "", "")[:3]
        signature = decoded(encoded, f"a signature of {what}")
        if dash != "—" or not name:
            raise Wrong(f"a signature of {what} is malformed")
        lines.append((name, signature[:4], signature[4:]))
    return Note(text + "\n", lines)


def read_checkpoint(raw: bytes, what: str) -> Checkpoint:
    note = read_note(raw, what)
    found = CHECKPOINT.fullmatch(note.text)
    if not found:
        raise Wrong(f"{what} is no checkpoint")
    return Checkpoint(found["origin"], int(found["size"]), decoded(found["root"], f"the root in {what}", 32), note)


# The tree (RFC 9162, 2.1.3.2 and 2.1.4.2)


def root_from(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root that a path leads to; None when it is too long or too short for that place."""
    found, at, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return None
        left = at % 2 or at == last
        found = sha(b"\1", sibling, found) if left else sha(b"\1", found, sibling)
        while left and at and not at % 2:
            at, last = at // 2, last // 2
        at, last = at // 2, last // 2
    return found if last == 0 else None


def is_begun_by(new: Checkpoint, old: Checkpoint, path: list[bytes]) -> bool:
    """Whether the old tree, which is the smaller, begins the new one."""
    at, last = old.size - 1, new.size - 1
    while at % 2:
        at, last = at // 2, last // 2
    steps = path if at else [old.root, *path]
    before = now = steps[0] if steps else b""
    for sibling in steps[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            before, now = sha(b"\1", sibling, before), sha(b"\1", sibling, now)
            while at and not at % 2:
                at, last = at // 2, last // 2
        else:
            now = sha(b"\1", now, sibling)
        at, last = at // 2, last // 2
    return last == 0 and (before, now) == (old.root, new.root)


def read_older(raw: bytes, new: Checkpoint, what: str) -> Checkpoint:
    """An earlier checkpoint of the same tree, after the path that proves that it is one."""
    head, _, note = raw.partition(b"\n\n")
    first, *lines = head.decode("ascii", "replace").split("\n", 2 * MOST_LINES)
    old = read_checkpoint(note, what)
    path = [decoded(line, f"the path in {what}", 32) for line in lines]
    if first != "tallystick/consistency/v1" or old.size >= new.size or not is_begun_by(new, old, path):
        raise Wrong(f"{what} does not prove that the log only grew since")
    return old


# Entries


class Entry(NamedTuple):
    """One entry of the log, as its proof shows it."""

    log_id: bytes
    position: int
    typed_us: int
    event: str
    is_open: bool
    mark: tuple[str, int] | None
    """Which record it is of, and its number there, from 0; None when that is not shown."""
    parts: list[Any]
    """None for a part that is withheld; [] when nothing of the entry is shown."""

    @property
    def withheld(self) -> set[int | None]:
        """Numbers of parts; {None} for the whole entry."""
        return {at for at, part in enumerate(self.parts) if part is None} if self.parts else {None}

    @property
    def fact(self) -> dict[str, Any]:
        first = self.parts[0] if self.parts else None
        fact = first.get("fact") if isinstance(first, dict) else None
        return fact if isinstance(fact, dict) else {}


def read_extra(raw: bytes) -> tuple[bytes, Entry]:
    """Leaf and entry: what is shown must be what the leaf commits to."""
    at = 0

    def take(count: int) -> bytes:
        nonlocal at
        at += count
        if at > len(raw):
            raise Wrong("it is cut short")
        return raw[at - count : at]

    version, leaf, shown, mark = take(1), take(150), take(1), None
    leaf_version, flags, _, log_id, position, us, event, marked, commitment, _ = struct.unpack(
        ">BBI16sQQ16s32s32s32s", leaf
    )
    if version != b"\1" or leaf_version != 1 or flags > 3 or us >= 2**55 or shown not in (b"\0", b"\1"):
        raise Wrong("it is of a version unknown here")
    if shown == b"\1":
        key_id, n = take(16), take(8)
        mark = key_id.hex(), int.from_bytes(n, "big")
        if sha(label("mark"), log_id, key_id, n) != marked:
            raise Wrong("it is not of the record, or has not the number in it, that it says")
    count = int.from_bytes(take(2), "big")
    if count > MOST_PARTS:
        raise Wrong("it has more parts than an entry does")
    parts, hashes = [], b""
    for number in range(count):
        kind, salt = take(1), take(32)
        if kind == b"\1":
            part = take(int.from_bytes(take(4), "big"))
            hashes += sha(label("part"), salt, part)
            parts.append(read_json(part, f"part {number}"))
        elif kind == b"\0":
            hashes += salt
            parts.append(None)
        else:
            raise Wrong(f"part {number} is malformed")
    if at != len(raw):
        raise Wrong("bytes are left over")
    if parts and sha(label("commit"), log_id, event, count.to_bytes(2, "big"), hashes) != commitment:
        raise Wrong("its words are not those that were recorded")
    return sha(b"\0", leaf), Entry(log_id, position, us, event.hex(), flags % 2 == 1, mark, parts)


def read_proof(raw: bytes, checkpoint: bytes, tree: Checkpoint) -> Entry:
    """A C2SP tlog-proof: the entry, and that it stands in this tree."""
    head, _, note = raw.partition(b"\n\n")
    first, extra, index, *lines = (*head.decode("ascii", "replace").split("\n", MOST_LINES), "", "")
    if first != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra ") or not index.startswith("index "):
        raise Wrong("it is no proof")
    if note != checkpoint:
        raise Wrong("it is of another checkpoint than the pack's")
    leaf, entry = read_extra(decoded(extra[6:], "what it shows"))
    if index[6:] != str(entry.position) or entry.position >= tree.size:
        raise Wrong("its place is another than it says")
    path = [decoded(line, "its path", 32) for line in lines[:-2]]
    if root_from(leaf, entry.position, tree.size, path) != tree.root:
        raise Wrong("it does not stand in the log at that place")
    return entry


# What the reader can rest on


class Trust:
    """How far into the log the reader's own knowledge reaches: `reach` entries, from the first.

    A checkpoint can be trusted when the reader holds it, or a trusted key signed it. A key can be trusted when the
    reader was told it, or an entry that a trusted checkpoint covers adds it. A key signs nothing that covers the entry
    that retires it.

    Args:
        known: The pack's own checkpoint, then older ones that were found to be of the same tree.
    """

    def __init__(self, known: list[Checkpoint], entries: list[Entry], told: list[Key], held: list[Checkpoint]) -> None:
        self.told, self.reach = told, 0
        self.added: dict[Key, int] = {}  # by epoch and key, at which position
        self.retired: dict[Key, int] = {}
        for entry in entries:
            said = {"events.signing_key_added/1": self.added, "events.signing_key_retired/1": self.retired}
            kind, public = entry.fact.get("kind"), str(entry.fact.get("public_key"))
            if entry.is_open and kind in said and re.fullmatch("[0-9a-f]{64}", public):  # others are not Ed25519
                said[str(kind)].setdefault((str(entry.fact.get("epoch")), public), entry.position)
        for key in told:
            if not any(one.origin == key[0] and one.note.signed_by(key) for one in known):
                raise Wrong(f"no checkpoint in this pack is signed by the key you gave, of {key[0]}")
        mine = [one for one in held if one.origin in {each.origin for each in known}]
        if held and not mine:
            raise Wrong(f"the checkpoint you gave is of another log than {known[0].origin}")
        for one in mine:
            self._compare(one, known)
        before = -1
        while before < self.reach:  # from key to checkpoint to key, until nothing more is reached
            before = self.reach
            self.reach = max([before, *(one.size for one in known if self.signers(one, trusted=True))])

    def signers(self, one: Checkpoint, *, trusted: bool) -> list[Key]:
        """Whoever signed a checkpoint and might; only those that the reader can rest on where `trusted`."""
        known = {(one.epoch, public) for name, public in self.told if name == one.origin}
        most = self.reach if trusted else one.size
        known |= {key for key, at in self.added.items() if key[0] == one.epoch and at < min(most, one.size)}
        stand = sorted(key for key in known if self.retired.get(key, one.size) >= one.size)
        return [(one.origin, public) for _, public in stand if one.note.signed_by((one.origin, public))]

    def _compare(self, held: Checkpoint, known: list[Checkpoint]) -> None:
        if held.size > known[0].size:
            raise Wrong(
                f"the pack is older than the checkpoint you hold: it ends with entry {known[0].size:,}, yours with "
                f"{held.size:,}. Ask for a pack that was made since"
            )
        same = next((one for one in known if one.size == held.size), None)
        if same is None:
            raise Wrong(
                f"the pack has no proof from the checkpoint you hold, of {held.size:,} entries, to its own. Send yours "
                "to whoever made the pack, and ask for one that has (tallystick pack --since)"
            )
        if same.root != held.root:
            raise Wrong(f"the first {held.size:,} entries are not those of the checkpoint you hold")
        self.reach = max(self.reach, held.size)


# The whole pack


class About(NamedTuple):
    """What pack.json says."""

    made_at: str
    asked: str
    origin: str
    withheld: dict[str, dict[int | None, str]]
    """For each proof, which parts are withheld, and why; None stands for the whole entry."""
    runs: list[tuple[str, int, int, str]]
    """Of which record the pack holds every entry from one number to another, inclusive; and what it is called."""


def read_about(raw: bytes) -> About:
    said = read_json(raw, "pack.json")
    try:
        reasons = {one["proof"]: {part["part"]: part["why"] for part in one["withheld"]} for one in said["entries"]}
        runs = [(one["record"], one["first"], one["last"], one["what"]) for one in said["runs"]]
        about = About(said["made_at"], said["asked"], said["origin"], reasons, runs)
        texts: list[Any] = [*about[:3], *reasons, *(why for one in reasons.values() for why in one.values())]
        texts += [run[at] for run in runs for at in (0, 3)]
        numbers: list[Any] = [run[at] for run in runs for at in (1, 2)]
        fit = all(isinstance(one, str) for one in texts) and all(isinstance(one, int) for one in numbers)
        if fit and all(0 <= one < 2**63 for one in numbers) and said["version"] == 1:
            return about
    except (KeyError, TypeError):
        pass
    raise Wrong("pack.json does not say what that of a pack must")


def check(raw: bytes, told: list[Key], held: list[Checkpoint]) -> dict[str, Any]:
    """What can be said of a pack, given the keys and checkpoints its reader knows; raises Wrong where nothing can."""
    files = unzipped(raw)
    if missing := {"README.txt", "verify.py", "pack.json", "checkpoint", "MANIFEST"} - files.keys():
        raise Wrong(f"the pack has no {min(missing)}")
    about, tree = read_about(files["pack.json"]), read_checkpoint(files["checkpoint"], "checkpoint")
    wrong, entries = [], {}
    for name in (one for one in files if one.startswith("proofs/")):
        try:
            entries[name] = read_proof(files[name], files["checkpoint"], tree)
        except Wrong as fault:
            wrong.append(f"{name}: {fault}")
    older = [read_older(files[name], tree, name) for name in files if name.startswith("consistency/")]
    trust = Trust([tree, *older], list(entries.values()), told, held)
    reaches_all = trust.reach == tree.size
    wrong += disordered(entries)
    wrong += unlike(about, tree, entries, files)
    wrong += unsigned(files, tree, trust.signers(tree, trusted=reaches_all))
    reached = [name for name, one in entries.items() if one.position < trust.reach]
    partly = "proved in part" if reached else "consistent with itself only"
    return {
        "answer": "wrong" if wrong else "proved" if reaches_all else partly,
        "log": tree.origin,
        "size": tree.size,
        "made_at": about.made_at,
        "asked": about.asked,
        "wrong": wrong,
        "entries": [told_of(name, one, name in reached, about) for name, one in entries.items()],
        "none_left_out": [{"what": what, "first": first, "last": last} for _, first, last, what in about.runs],
    }


def disordered(entries: dict[str, Entry]) -> Iterator[str]:
    """Where entries do not follow one another as those of one log do."""
    before: Entry | None = None
    numbers: dict[str, int] = {}
    for name, one in entries.items():
        if before and (one.log_id != before.log_id or one[1:3] <= before[1:3] or one.typed_us <= before.typed_us):
            yield f"{name}: it does not follow the entry before it in the same log"
        record, n = one.mark or ("", 0)
        if one.mark and n <= numbers.get(record, -1):
            yield f"{name}: it does not follow the entry before it in the same record"
        before, numbers[record] = one, n


def unlike(about: About, tree: Checkpoint, entries: dict[str, Entry], files: dict[str, bytes]) -> Iterator[str]:
    """Where pack.json says other than the proofs do."""
    if about.origin != tree.origin:
        yield "pack.json names another log than the checkpoint does"
    if list(about.withheld) != [name for name in files if name.startswith("proofs/")]:
        yield "pack.json does not list the proofs that are here"
    for name, one in entries.items():
        reasons = about.withheld.get(name, {})
        if reasons.keys() != one.withheld or "" in reasons.values():
            yield f"{name}: what is withheld is not what pack.json gives reasons for"
    numbers = {one.mark for one in entries.values()}
    for record, first, last, what in about.runs:
        if last - first >= MOST_FILES or any((record, n) not in numbers for n in range(first, last + 1)):
            yield f"{what}: it is said that all of its entries {first} to {last} are here, and they are not"


def unsigned(files: dict[str, bytes], tree: Checkpoint, signers: list[Key]) -> Iterator[str]:
    """Where the files are not those that were signed: the MANIFEST holds the SHA-256 of each."""
    name = f"{tree.origin}/pack"  # no checkpoint has such a first line
    manifest = read_note(files["MANIFEST"], "MANIFEST")
    if not any(manifest.signed_by((name, public)) for _, public in signers):
        yield "the MANIFEST is not signed by a key that signed the checkpoint"
    lines = [f"{hashlib.sha256(content).hexdigest()}  {one}" for one, content in files.items() if one != "MANIFEST"]
    first, *listed = manifest.text[:-1].split("\n", MOST_FILES)
    if first != name or list(files)[-1] != "MANIFEST" or len(listed) != len(lines):
        yield "the MANIFEST does not list the files that are here"
    for line, signed in zip(lines, listed):
        if line != signed:
            yield f"{line[66:]} is not the file that was signed, or stands in another place"


def told_of(name: str, entry: Entry, proved: bool, about: About) -> dict[str, Any]:
    """One entry of the report."""
    typed = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=entry.typed_us)
    return {
        "proof": name,
        "answer": "proved" if proved else "not proved",
        "entry": entry.position,
        "event": entry.event,
        "typed_at": typed.isoformat(sep=" ", timespec="seconds"),
        "kind": entry.fact.get("kind"),
        "withheld": [{"part": part, "why": why} for part, why in about.withheld.get(name, {}).items()],
        "parts": entry.parts,
    }


# Saying it

SAYS = {
    "proved": "PROVED. Each entry stands in the log as it is shown; the other files are as the log's key signed them. "
    "Whether what was recorded is true, no proof can say.",
    "proved in part": "PROVED IN PART. What you gave reaches only the entries marked so: ask for the log's newest key.",
    "consistent with itself only": "CONSISTENT WITH ITSELF ONLY. Anyone could have made such a pack. Give --key or "
    "--checkpoint, with what you got from the log's owner by another way than this pack.",
    "wrong": "NOT PROVED. Do not rely on this pack.",
}


def run_words(first: int, last: int) -> str:
    """What is proved of entries numbered without a gap; the first of a record is number 0."""
    return (
        f"entry {first} of this record"
        if first == last
        else f"entries {first} to {last} of this record, none left out between"
    )


def lines_of(report: dict[str, Any], show: bool) -> Iterator[str]:
    if report["entries"]:
        yield f"{report['log']}, {report['size']:,} entries; pack made {report['made_at']}: {report['asked']}"
    for one in report["entries"]:
        kind = one["kind"] or "not shown"
        yield f"{one['answer']}: {one['proof']}, entry {one['entry']:,}, typed {one['typed_at']}: {kind}"
        for part in one["withheld"]:
            which = "all of it" if part["part"] is None else f"part {part['part']}"
            yield f"    withheld, {which}: {part['why']}"
        for part in one["parts"] if show else ():
            yield f"    {'(withheld)' if part is None else json.dumps(part, ensure_ascii=False)}"
    for run in report["none_left_out"] if report["answer"] != "wrong" else ():
        yield f"{run['what']}: {run_words(run['first'], run['last'])}"
    for fault in report["wrong"]:
        yield f"WRONG: {fault}"
    yield SAYS[report["answer"]]


def harmless(text: str) -> str:
    """The text without anything that a terminal would obey."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


def read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Wrong(f"{path} cannot be read: {error.strerror}") from None
    if len(raw) > MOST_BYTES:
        raise Wrong(f"{path} is larger than a pack may be")
    return raw


def read_key(text: str) -> Key:
    name, _, rest = text.strip().partition("+")
    told, _, encoded = rest.partition("+")
    raw = decoded(encoded, "the key you gave")
    if raw[0] != 1 or len(raw) != 33 or sha(name.encode("utf-8", "surrogateescape"), b"\n", raw)[:4].hex() != told:
        raise Wrong("the key you gave is none that this program knows: it must be name+hash+base64, of Ed25519")
    return name, raw[1:].hex()


def read_held(path: Path) -> list[Checkpoint]:
    """The checkpoints in a file the reader kept, such as a mail; of whatever logs."""
    text = read_file(path).decode("utf-8", "replace").replace("\r\n", "\n")
    found = [
        Checkpoint(one["origin"], int(one["size"]), decoded(one["root"], f"a root in {path}", 32), Note("", []))
        for one in CHECKPOINT.finditer(text)
    ]
    if not found:
        raise Wrong(f"{path} holds no checkpoint")
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("pack", type=Path)
    parser.add_argument("--key", action="append", default=[], help="name+hash+base64, as you were told it elsewhere")
    parser.add_argument("--checkpoint", action="append", default=[], type=Path, help="a file with the half you hold")
    parser.add_argument("--words", action="store_true", help="print what each entry says, too")
    parser.add_argument("--json", action="store_true", help="answer as JSON, with what each entry says")
    given = parser.parse_args(arguments)
    try:
        told = [read_key(key) for key in given.key]
        held = [one for path in given.checkpoint for one in read_held(path)]
        report = check(read_file(given.pack), told, held)
    except Wrong as fault:
        report = {"answer": "wrong", "wrong": [str(fault)], "entries": [], "none_left_out": []}
    said = json.dumps(report, indent=1) if given.json else "\n".join(map(harmless, lines_of(report, given.words)))
    sys.stdout.write(said.encode(sys.stdout.encoding or "ascii", "backslashreplace").decode(sys.stdout.encoding) + "\n")
    return {"proved": 0, "wrong": 1}.get(report["answer"], 3)


if __name__ == "__main__":
    sys.exit(main())
