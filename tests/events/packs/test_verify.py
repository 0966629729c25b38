"""The verifier against packs that are not as they were made: a sentence each time, and never a pass."""

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.chain import key_mark, leaf_data, leaf_hash, root_of
from events.notes import ED25519, Checkpoint, NoteSigner, signed_note
from events.packs import Disclosed, verify
from events.packs.proof import extra, tlog_proof
from events.proofs import inclusion
from events.seal import ZERO_ID, commitment, salts
from tests.events.home import BEN, Home, note
from tests.events.packs.packing import WHY, answer, erase, events_of, packed, resigned, told

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


@pytest.fixture(scope="module")
def true(sqlite_urls: Callable[[Path], list[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sound]:
    """Proofs 1 and 8 to 10 are the log's own; 2 to 6 and 11 Ann's, and 4 withholds part 3; 7 is Ben's, and erased."""
    home = Home(*sqlite_urls(tmp_path_factory.mktemp("packs") / "home"))
    store = home.store()
    log = store.create("139204")
    told(store, log)
    old_key = str(log.keys.signing.signers(log.origin)[0].key)
    chosen = [*events_of(log), *events_of(log, BEN)]
    chosen[2] = Disclosed(chosen[2].event_id, {3: WHY})
    erase(log, BEN)
    store.add_signer(log)
    store.retire_signers(log)
    note(log, "after the keys changed")
    chosen.append(events_of(log)[-1])
    halves = [row[0] for row in home.attack("SELECT note FROM checkpoints ORDER BY size")]
    elsewhere = store.create("139205")
    told(store, elsewhere)
    other, _ = packed(store, elsewhere, events_of(elsewhere))
    raw, key = packed(store, log, chosen, since=halves[:-1])
    yield Sound(raw, key, log.keys.signing.signers(log.origin)[0], halves, old_key, other)
    home.close()


def test_the_true_pack_proves(true: Sound) -> None:
    assert answer(true.raw, true.key) == ("proved", [])
    assert answer(true.raw) == ("consistent with itself only", [])
    for half in true.halves:
        assert answer(true.raw, held=[half]) == ("proved", [])
    kinds = [one["kind"] for one in verify.check(true.raw, [], [])["entries"]]
    assert kinds == [
        "events.signing_key_added/1",
        *["tests.noted/1"] * 5,
        None,
        "events.key_destroyed/1",
        "events.signing_key_added/1",
        "events.signing_key_retired/1",
        "tests.noted/1",
    ]
    for same in (true.with_("README.txt", b"Other words."), true.saying(asked="Something else.")):
        assert answer(same, true.key) == ("proved", [])  # the log's own key may say what it likes of them


# The zip


def zipped_by_others(files: Files, **options: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def reordered(true: Sound) -> bytes:
    return verify.zipped(dict(sorted(true.files.items())))


def named(name: str) -> Forged:
    """One proof under another name; the zip is as a true one's otherwise."""
    return lambda true: verify.zipped({name if one == proof(3) else one: held for one, held in true.files.items()})


def declared(size: int) -> Forged:
    """A first file that says it is of another size than it is."""
    return lambda true: true.raw[:22] + size.to_bytes(4, "little") + true.raw[26:]


def twice(true: Sound) -> bytes:
    """A file under two entries of the same name."""
    return verify.zipped({**true.files, "record.json": b"{}", "record.htmX": b"other"}).replace(
        b"record.htmX", b"record.html"
    )


def linked(true: Sound) -> bytes:
    """The directory says that a file is a symbolic link."""
    at = true.raw.index(b"PK\1\2") + 38
    return true.raw[:at] + (0o120777 << 16).to_bytes(4, "little") + true.raw[at + 4 :]


def nested(true: Sound) -> bytes:
    inner = zipped_by_others({f"{at}": bytes(1_000_000) for at in range(5)}, compression=zipfile.ZIP_DEFLATED)
    return verify.zipped({**true.files, "more.zip": inner})


ZIPS: dict[str, tuple[Forged, str]] = {
    "nothing": (lambda _: b"", "this is not a pack"),
    "something else": (lambda _: b"%PDF-1.7", "this is not a pack"),
    "an empty zip": (lambda _: verify.zipped({}), "this is not a pack"),
    "zipped again": (lambda true: zipped_by_others(true.files), "the zip is not as it was made"),
    "zipped again and compressed": (
        lambda true: zipped_by_others(true.files, compression=zipfile.ZIP_DEFLATED),
        "a file in the zip is compressed",
    ),
    "a bomb": (
        lambda true: zipped_by_others({"README.txt": bytes(50_000_000)}, compression=zipfile.ZIP_DEFLATED),
        "a file in the zip is compressed",
    ),
    "a zip inside": (nested, "a file that is no part of a pack: 'more.zip'"),
    "a huge declared size": (declared(2**32 - 1), "more files than a pack does, or a larger one"),
    "a larger declared size": (declared(4000), "the zip is not as it was made"),
    "a smaller declared size": (declared(3), "the zip is not as it was made"),
    "another order": (reordered, "the MANIFEST does not list the files"),
    "bytes behind": (lambda true: true.raw + b"\0", "the zip is not as it was made"),
    "bytes ahead": (lambda true: b"\0" + true.raw, "this is not a pack"),
    "a link": (linked, "the zip is not as it was made"),
    "a file twice": (twice, "the zip holds record.html twice"),
    "a file more": (
        lambda true: verify.zipped({**true.files, proof(99): true.files[proof(1)]}),
        "MANIFEST does not list",
    ),
    "too many files": (
        lambda true: verify.zipped({f"proofs/{at:05}.tlog-proof": b"" for at in range(12_001)}),
        "more files than a pack does",
    ),
    "a text too long": (lambda true: true.with_("pack.json", bytes(5_000_000)), "or a larger one"),
    "a path upwards": (named("../verify.py"), "no part of a pack: '../verify.py'"),
    "a path from the root": (named("/etc/passwd"), "no part of a pack"),
    "a path of Windows": (named("C:\\proof"), "no part of a pack"),
    "a folder": (named("proofs/"), "no part of a pack"),
    "a name with a line feed": (named("proofs/00001.tlog-proof\n"), "no part of a pack"),
    "a name for a terminal": (named("\x1b[2Jproof"), r"no part of a pack: '\x1b[2Jproof'"),
    "no checkpoint": (lambda true: true.without("checkpoint"), "the pack has no checkpoint"),
    "no manifest": (
        lambda true: verify.zipped({one: held for one, held in true.files.items() if one != "MANIFEST"}),
        "the pack has no MANIFEST",
    ),
    "no verifier": (lambda true: true.without("verify.py"), "the pack has no verify.py"),
    "a proof less": (lambda true: true.without(proof(3)), "pack.json does not list the proofs that are here"),
    "a proof less and not signed": (
        lambda true: verify.zipped({one: held for one, held in true.files.items() if one != proof(3)}),
        "the MANIFEST does not list the files",
    ),
}


def refused(raw: bytes, true: Sound, says: str) -> None:
    """Neither key nor checkpoint nor nothing makes it pass; and it says what is wrong."""
    for said, wrong in (answer(raw, true.key), answer(raw, held=true.halves), answer(raw)):
        assert said == "wrong"
        assert says in "\n".join(wrong), wrong
        assert all(one == one.strip() and one.isprintable() for one in wrong)


@pytest.mark.parametrize("what", ZIPS)
def test_a_zip_that_is_not_as_it_was_made_is_refused(true: Sound, what: str) -> None:
    forge, says = ZIPS[what]
    refused(forge(true), true, says)


@pytest.mark.parametrize("name", ["README.txt", "verify.py", "record.html", "record.pdf", "record.json"])
def test_a_file_that_was_changed_is_named(true: Sound, name: str) -> None:
    files = true.files
    changed = verify.zipped(files | {name: files[name].replace(b"e", b"f", 1) + b" "})
    refused(changed, true, f"{name} is not the file that was signed")


# What the log's own key might sign


def part_moved(true: Sound) -> bytes:
    """A part of one entry in the place of another's, with the salt it has there."""
    (head, parts), (_, others) = (parts_of(split(true.files[proof(at)])[1]) for at in (2, 3))
    return true.showing(2, lambda _: whole(head, [*parts[:3], others[3]]))


def parts_exchanged(true: Sound) -> bytes:
    head, parts = parts_of(split(true.files[proof(2)])[1])
    return true.showing(2, lambda _: whole(head, [*parts[:2], parts[3], parts[2]]))


def part_dropped(true: Sound) -> bytes:
    head, parts = parts_of(split(true.files[proof(2)])[1])
    return true.showing(2, lambda _: whole(head, parts[:3]))


def words_for_withheld(true: Sound) -> bytes:
    """Other words where words were withheld; and no reason for it any more."""
    head, parts = parts_of(split(true.files[proof(4)])[1])
    words = b'{"fact":{"words":"Nothing of note."}}'
    files = verify.unzipped(true.showing(4, lambda _: whole(head, [*parts[:3], shown(words)])))
    about = json.loads(files["pack.json"])
    about["entries"][3]["withheld"] = []
    return resigned(files | {"pack.json": json.dumps(about).encode()}, true.signer)


def shown(part: bytes, salt: bytes = bytes(32)) -> bytes:
    return b"\1" + salt + len(part).to_bytes(4, "big") + part


def withheld_for_words(true: Sound) -> bytes:
    """Words withheld, and no reason given."""
    head, parts = parts_of(split(true.files[proof(2)])[1])
    hidden = verify.sha(verify.label("part"), parts[3][1:33], parts[3][37:])
    return true.showing(2, lambda _: whole(head, [*parts[:3], b"\0" + hidden]))


def of_another_log(true: Sound) -> bytes:
    """What is shown of an entry of another log, at the same place there, on the path of one of this."""
    _, there, _ = split(verify.unzipped(true.other)[proof(2)])
    return true.showing(2, lambda _: there)


def entry_of_another(true: Sound) -> bytes:
    """The proof of one entry under the name of another."""
    return true.with_(proof(3), true.files[proof(2)])


def leaf_of_another(true: Sound) -> bytes:
    """One entry's words and leaf at the place, and on the path, of another."""
    head, shown_, _ = split(true.files[proof(2)])
    return true.with_(proof(3), joined(head, shown_, split(true.files[proof(3)])[2]))


def numbered(true: Sound) -> bytes:
    """An entry that says it has another number in its record."""

    def change(one: bytearray) -> None:
        one[175] ^= 1

    return true.showing(3, change)


def lines_changed(number: int, change: Callable[[list[bytes]], object]) -> Forged:
    """The lines of a proof, ahead of its checkpoint."""

    def forge(true: Sound) -> bytes:
        head, _, rest = true.files[proof(number)].partition(b"\n\n")
        lines = head.split(b"\n")
        change(lines)
        return true.with_(proof(number), b"\n".join(lines) + b"\n\n" + rest)

    return forge


def extra_of(shown_: bytes) -> Forged:
    return lambda true: true.showing(2, lambda _: shown_)


def deep_part(true: Sound) -> bytes:
    head, parts = parts_of(split(true.files[proof(2)])[1])
    return true.showing(2, lambda _: whole(head, [*parts[:3], shown(b"[" * 100_000 + b"]" * 100_000)]))


def last_part(shown_: bytearray, part: bytes, kind: int = 1) -> bytes:
    """What is shown with another last part."""
    head, parts = parts_of(bytes(shown_))
    return whole(head, [*parts[:-1], bytes([kind]) + shown(part)[1:]])


def many_parts(true: Sound) -> bytes:
    head, parts = parts_of(split(true.files[proof(2)])[1])
    return true.showing(2, lambda _: whole(head, parts * 20))


def older(number: int, change: Callable[[bytes], bytes]) -> Forged:
    name = f"consistency/{number:04}.txt"
    return lambda true: true.with_(name, change(true.files[name]))


def as_checkpoint(true: Sound) -> bytes:
    """The pack's checkpoint under another root, rightly signed, in every file."""
    tree = verify.read_checkpoint(true.files["checkpoint"], "")
    forged = signed_note(Checkpoint(tree.origin, tree.size, bytes(32)), [true.signer]).encode()
    return resigned(
        {name: held.replace(true.files["checkpoint"], forged) for name, held in true.files.items()}, true.signer
    )


PACKS: dict[str, tuple[Forged, str]] = {
    "a part moved between entries": (part_moved, "its words are not those that were recorded"),
    "parts in another order": (parts_exchanged, "its words are not those that were recorded"),
    "a part left out": (part_dropped, "its words are not those that were recorded"),
    "words exchanged for withheld ones": (words_for_withheld, "its words are not those that were recorded"),
    "words withheld without a reason": (withheld_for_words, "is not what pack.json gives reasons for"),
    "a leaf of another log": (of_another_log, "it does not stand in the log at that place"),
    "a proof from another entry": (entry_of_another, "it does not follow the entry before it"),
    "the leaf of another entry": (leaf_of_another, "its place is another than it says"),
    "another number in its record": (numbered, "has not the number in it, that it says"),
    "more parts than an entry has": (many_parts, "it has more parts than an entry does"),
    "a part too deep": (deep_part, "part 3 is no JSON that a pack may hold"),
    "a part somewhat too deep": (
        lambda true: true.showing(2, lambda one: one.__setitem__(slice(None), last_part(one, b"[" * 17 + b"]" * 17))),
        "part 3 is no JSON that a pack may hold",
    ),
    "a part of another kind": (
        lambda true: true.showing(2, lambda one: one.__setitem__(slice(None), last_part(one, b"{}", kind=2))),
        "part 3 is malformed",
    ),
    "nothing shown": (extra_of(b"\1"), "it is cut short"),
    "zeros shown": (extra_of(bytes(200)), "of a version unknown here"),
    "bytes left over": (lambda true: true.showing(2, lambda one: one.append(0)), "bytes are left over"),
    "another header": (lines_changed(2, lambda one: one.__setitem__(0, b"c2sp.org/tlog-proof@v2")), "it is no proof"),
    "no header": (lines_changed(2, lambda one: one.pop(0)), "it is no proof"),
    "no extra": (lines_changed(2, lambda one: one.pop(1)), "it is no proof"),
    "no index": (lines_changed(2, lambda one: one.pop(2)), "it is no proof"),
    "another index": (lines_changed(2, lambda one: one.__setitem__(2, b"index 3")), "its place is another"),
    "an index with a zero ahead": (
        lines_changed(2, lambda one: one.__setitem__(2, b"index 02")),
        "its place is another",
    ),
    "a path too short": (lines_changed(2, lambda one: one.pop()), "it does not stand in the log at that place"),
    "a path too long": (lines_changed(2, lambda one: one.append(one[-1])), "does not stand in the log at that place"),
    "a path in another order": (lines_changed(2, lambda one: one.insert(3, one.pop())), "does not stand in the log"),
    "no path": (lines_changed(2, lambda one: one.__delitem__(slice(3, None))), "does not stand in the log"),
    "a path of something else": (lines_changed(2, lambda one: one.append(b"AA==")), "its path is malformed"),
    "an endless path": (lines_changed(2, lambda one: one.extend([one[-1]] * 5000)), "its path is malformed"),
    "base64 with a blank": (lines_changed(2, lambda one: one.append(one.pop() + b" ")), "its path is malformed"),
    "an earlier checkpoint in a proof": (
        lambda true: true.with_(
            proof(2), true.files[proof(2)].replace(true.files["checkpoint"], true.halves[-2].encode())
        ),
        "it is of another checkpoint than the pack's",
    ),
    "another root, rightly signed": (as_checkpoint, "does not prove that the log only grew since"),
    "a checkpoint that is none": (lambda true: true.with_("checkpoint", b"one\ntwo\n"), "checkpoint is no signed note"),
    "a note that is no checkpoint": (
        lambda true: true.with_("checkpoint", true.files["MANIFEST"]),
        "checkpoint is no checkpoint",
    ),
    "an earlier checkpoint that is another": (
        older(1, lambda one: one.replace(b"\n3\n", b"\n4\n")),
        "consistency/0001.txt does not prove that the log only grew since",
    ),
    "an earlier checkpoint without its path": (
        older(2, lambda one: one.replace(one.split(b"\n")[1] + b"\n", b"")),
        "consistency/0002.txt does not prove",
    ),
    "an earlier checkpoint that is the pack's": (
        lambda true: true.with_("consistency/0001.txt", b"tallystick/consistency/v1\n\n" + true.files["checkpoint"]),
        "consistency/0001.txt does not prove",
    ),
    "a manifest as checkpoint": (
        lambda true: true.with_("consistency/0001.txt", b"tallystick/consistency/v1\n\n" + true.files["MANIFEST"]),
        "consistency/0001.txt is no checkpoint",
    ),
    "pack.json of another version": (lambda true: true.saying(version=2), "pack.json does not say what"),
    "pack.json of another log": (lambda true: true.saying(origin="a.example/1"), "pack.json names another log"),
    "pack.json without entries": (lambda true: true.saying(entries=[]), "does not list the proofs that are here"),
    "pack.json of lists": (lambda true: true.saying(entries=[[]]), "pack.json does not say what"),
    "pack.json of numbers": (lambda true: true.saying(asked=5), "pack.json does not say what"),
    "pack.json without a reason": (
        lambda true: true.with_("pack.json", true.files["pack.json"].replace(WHY.encode(), b"")),
        "is not what pack.json gives reasons for",
    ),
    "pack.json that claims more": (
        lambda true: true.saying(runs=[{"record": "00" * 16, "first": 0, "last": 2, "what": "Notes"}]),
        "Notes: it is said that all of its entries 0 to 2 are here, and they are not",
    ),
    "pack.json that claims without end": (
        lambda true: true.saying(runs=[{"record": "00" * 16, "first": 0, "last": 2**62, "what": "Notes"}]),
        "and they are not",
    ),
    "pack.json that is a list": (lambda true: true.with_("pack.json", b"[]"), "pack.json does not say what"),
    "pack.json too deep": (lambda true: true.with_("pack.json", b"[" * 200_000), "pack.json is no JSON"),
    "pack.json with a name twice": (
        lambda true: true.with_("pack.json", b'{"version":1,"version":1}'),
        "pack.json is no JSON",
    ),
    "pack.json with a long number": (lambda true: true.with_("pack.json", b"9" * 1_000_000), "pack.json does not say"),
    "pack.json of other bytes": (lambda true: true.with_("pack.json", b"\xff\xfe"), "pack.json is no JSON"),
    "a manifest of nothing": (
        lambda true: verify.zipped(true.files | {"MANIFEST": b""}),
        "MANIFEST is no signed note",
    ),
    "a manifest with a line of another dash": (
        lambda true: verify.zipped(true.files | {"MANIFEST": true.files["MANIFEST"] + b"- name AAAA\n"}),
        "a signature of MANIFEST is malformed",
    ),
    "pack.json somewhat too deep": (
        lambda true: true.saying(more=json.loads("[" * 17 + "]" * 17)),
        "pack.json is no JSON",
    ),
    "a manifest signed by another key": (
        lambda true: resigned(true.files, true.signer._replace(seed=EVIL)),
        "the MANIFEST is not signed by a key that signed the checkpoint",
    ),
    "a manifest with the checkpoint's signature": (
        lambda true: verify.zipped(
            true.files
            | {
                "MANIFEST": true.files["MANIFEST"].rpartition(b"\n\n")[0]
                + b"\n\n"
                + true.files["checkpoint"].rpartition(b"\n\n")[2]
            }
        ),
        "the MANIFEST is not signed",
    ),
}


@pytest.mark.parametrize("what", PACKS)
def test_what_the_log_s_own_key_signs_wrongly_is_refused(true: Sound, what: str) -> None:
    forge, says = PACKS[what]
    refused(forge(true), true, says)


# Whom the reader trusts


def test_another_trust_s_key_does_not_pass(true: Sound) -> None:
    signer = NoteSigner(true.signer.name, ED25519, EVIL)
    said = f"no checkpoint in this pack is signed by the key you gave, of {signer.name}"
    assert answer(true.raw, str(signer.key)) == ("wrong", [said])
    assert answer(true.raw, true.key, str(signer.key)) == ("wrong", [said])
    elsewhere = NoteSigner("hill.example/.well-known/tallystick/139204/1", ED25519, true.signer.seed)
    assert answer(true.raw, str(elsewhere.key))[0] == "wrong"


def test_a_whole_pack_under_a_stranger_s_key_is_consistent_with_itself_at_most(true: Sound) -> None:
    """Someone makes the same log again, with other words and a key of their own, under the same name."""
    signer = NoteSigner(true.signer.name, ED25519, EVIL)
    files = {name: held for name, held in true.files.items() if not name.startswith("consistency/")}
    tree = verify.read_checkpoint(files["checkpoint"], "")
    note = signed_note(Checkpoint(tree.origin, tree.size, tree.root), [signer]).encode()
    forged = resigned({name: held.replace(files["checkpoint"], note) for name, held in files.items()}, signer)
    assert answer(forged)[1] == ["the MANIFEST is not signed by a key that signed the checkpoint"]
    assert answer(forged, true.key)[0] == "wrong"
    assert answer(forged, held=true.halves[:1])[0] == "wrong"


def test_a_half_of_the_same_name_and_another_tree_does_not_pass(true: Sound) -> None:
    lines = true.halves[1].split("\n")
    lines[2] = base64.b64encode(bytes(32)).decode()
    said = f"the first {lines[1]} entries are not those of the checkpoint you hold"
    assert answer(true.raw, true.key, held=["\n".join(lines)]) == ("wrong", [said])


def test_a_signature_that_is_said_to_be_the_key_s_and_is_not_is_refused(true: Sound) -> None:
    head, _, line = true.files["checkpoint"].decode().rpartition(" ")
    raw = bytearray(base64.b64decode(line))
    raw[-1] ^= 1
    note = f"{head} {base64.b64encode(raw).decode()}\n".encode()
    forged = {name: held.replace(true.files["checkpoint"], note) for name, held in true.files.items()}
    refused(resigned(forged, true.signer), true, f"a signature by {true.signer.name} does not hold")


def test_a_key_that_is_retired_signs_no_later_checkpoint(home: Home) -> None:
    store = home.store()
    log = store.create("139204")
    told(store, log)
    (old,) = log.keys.signing.signers(log.origin)
    store.add_signer(log)
    store.retire_signers(log)
    note(log)
    raw, _ = packed(store, log, events_of(log))
    files = verify.unzipped(raw)
    tree = verify.read_checkpoint(files["checkpoint"], "")
    again = signed_note(Checkpoint(tree.origin, tree.size, tree.root), [old]).encode()
    stolen = resigned({name: held.replace(files["checkpoint"], again) for name, held in files.items()}, old)
    assert answer(raw, str(old.key)) == ("proved", [])
    assert answer(stolen, str(old.key)) == ("wrong", ["the MANIFEST is not signed by a key that signed the checkpoint"])


# Logs that were never as a log is, with every hash and signature right

LOG_ID, KEY_ID = bytes(range(16)), bytes(range(16, 32))


def leaf(
    at: int, us: int, parts: list[bytes], *, n: int, log: bytes = LOG_ID, key: bytes = KEY_ID
) -> tuple[bytes, bytes]:
    """Leaf data of an entry, and what is shown of it."""
    event, seed = bytes([at + 1] * 16), bytes([at + 1] * 32)
    commit = commitment(log, event, seed, parts)
    data = leaf_data(int(key == ZERO_ID), 1, log, at, us, event, key_mark(log, key, n), commit, bytes(32))
    return data, extra(data, list(zip(salts(seed, len(parts)), parts, strict=True)), (), (key, n))


def made_up(*entries: tuple[bytes, bytes]) -> tuple[bytes, str]:
    """A pack of a log with these entries and no others, after the one that adds its key; and that key."""
    signer = NoteSigner("a.example/1", ED25519, EVIL)
    added = {"kind": "events.signing_key_added/1", "epoch": 1, "public_key": signer.key.public.hex()}
    every = [leaf(0, 1, [json.dumps({"fact": added}).encode()], n=0, key=ZERO_ID), *entries]
    hashes = [leaf_hash(data) for data, _ in every]
    note = signed_note(Checkpoint(signer.name, len(every), root_of(hashes)), [signer])

    def subtree(level: int, index: int) -> bytes:
        return root_of(hashes[index << level : (index + 1) << level])

    proofs = {
        proof(at + 1): tlog_proof(shown_, at, inclusion(subtree, at, len(every)), note)
        for at, (_, shown_) in enumerate(every)
    }
    about = {"version": 1, "made_at": "", "asked": "", "origin": signer.name, "runs": []}
    told_ = about | {"entries": [{"proof": name, "withheld": []} for name in proofs]}
    files = {"README.txt": b"", "verify.py": b"", "pack.json": json.dumps(told_).encode(), "checkpoint": note.encode()}
    return resigned(files | proofs, signer), str(signer.key)


WORDS = [b'{"fact":{"kind":"tests.noted/1"}}']


def test_a_log_that_is_as_logs_are_proves() -> None:
    raw, key = made_up(leaf(1, 2, WORDS, n=0), leaf(2, 3, WORDS, n=1))
    assert answer(raw, key) == ("proved", [])


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        (
            [leaf(1, 2, WORDS, n=0), leaf(2, 3, WORDS, n=1, log=KEY_ID)],
            "does not follow the entry before it in the same log",
        ),
        ([leaf(1, 2, WORDS, n=0), leaf(2, 2, WORDS, n=1)], "does not follow the entry before it in the same log"),
        ([leaf(1, 2, WORDS, n=0), leaf(2, 3, WORDS, n=0)], "does not follow the entry before it in the same record"),
        ([leaf(1, 2, WORDS, n=1), leaf(2, 3, WORDS, n=0)], "does not follow the entry before it in the same record"),
        ([leaf(2, 2, WORDS, n=0)], "its place is another than it says"),
        ([leaf(1, 2**55, WORDS, n=0)], "it is of a version unknown here"),
        ([leaf(1, 2, [b"{}", b"[1]", b'"words"'], n=0)], ""),
    ],
)
def test_a_log_that_never_was_as_logs_are_is_refused(entries: list[tuple[bytes, bytes]], says: str) -> None:
    raw, key = made_up(*entries)
    said, wrong = answer(raw, key)
    assert said == ("wrong" if says else "proved")  # what a part says, the verifier does not judge
    assert says in "\n".join(wrong)


def test_only_an_open_entry_adds_a_key() -> None:
    """Someone's own words say that another key signs from now on; the entry is sealed, as everything people type."""
    thief = NoteSigner("a.example/1", ED25519, b"\10" * 32)
    says = {"kind": "events.signing_key_added/1", "epoch": 1, "public_key": thief.key.public.hex()}
    raw, key = made_up(leaf(1, 2, [json.dumps({"fact": says}).encode()], n=0))
    files = verify.unzipped(raw)
    tree = verify.read_checkpoint(files["checkpoint"], "")
    note = signed_note(Checkpoint(tree.origin, tree.size, tree.root), [thief]).encode()
    forged = resigned({name: held.replace(files["checkpoint"], note) for name, held in files.items()}, thief)
    assert answer(raw, key) == ("proved", [])
    assert answer(forged) == ("wrong", ["the MANIFEST is not signed by a key that signed the checkpoint"])


# Laws


@given(data=st.data())
def test_no_byte_of_a_pack_can_be_another(true: Sound, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(true.raw) - 1))
    changed = bytearray(true.raw)
    changed[at] ^= data.draw(st.integers(1, 255))
    assert answer(bytes(changed), true.key)[0] == "wrong"


@given(data=st.data())
def test_no_byte_of_a_proof_can_be_another_even_if_the_log_s_key_signs_it(true: Sound, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([one for one in true.files if one.startswith("proofs/")]))
    changed = bytearray(true.files[name])
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at] ^= data.draw(st.integers(1, 255))
    assert answer(true.with_(name, bytes(changed)), true.key)[0] == "wrong"


@given(data=st.data())
def test_nothing_that_is_shown_can_be_another(true: Sound, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, 11))
    shown_ = bytearray(split(true.files[proof(number)])[1])
    at = data.draw(st.integers(0, len(shown_) - 1))
    shown_[at] ^= data.draw(st.integers(1, 255))
    assert answer(true.showing(number, lambda _: bytes(shown_)), true.key)[0] == "wrong"


@given(st.data())
def test_a_pack_that_is_cut_short_is_refused(true: Sound, data: st.DataObject) -> None:
    assert answer(true.raw[: data.draw(st.integers(0, len(true.raw) - 1))], true.key)[0] == "wrong"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


@given(data=st.data())
def test_whatever_pack_json_says_there_is_an_answer(true: Sound, data: st.DataObject) -> None:
    about = json.loads(true.files["pack.json"])
    inside: Any = about
    while True:
        key = data.draw(st.sampled_from(list(inside) if isinstance(inside, dict) else range(len(inside))))
        if not isinstance(inside[key], dict | list) or not inside[key] or data.draw(st.booleans()):
            break
        inside = inside[key]
    inside[key] = data.draw(JSON)
    said, wrong = answer(true.with_("pack.json", json.dumps(about).encode()), true.key)
    assert said in {"proved", "wrong"}
    assert bool(wrong) == (said == "wrong")


@pytest.mark.parametrize("name", ["checkpoint", "MANIFEST", "pack.json", proof(1), "consistency/0001.txt"])
@given(content=st.binary(max_size=300) | st.text(alphabet="—\n 1aA/+=", max_size=60).map(str.encode))
def test_whatever_stands_in_a_file_is_refused(true: Sound, name: str, content: bytes) -> None:
    raw = verify.zipped(true.files | {name: content}) if name == "MANIFEST" else true.with_(name, content)
    assert answer(raw, true.key)[0] == "wrong"


@given(st.binary(max_size=400))
def test_whatever_is_read_there_is_an_answer(raw: bytes) -> None:
    for read in (verify.unzipped, verify.read_extra):
        with pytest.raises(verify.Wrong):
            read(raw)
    with pytest.raises(verify.Wrong):
        verify.read_key(raw.decode("latin-1"))
