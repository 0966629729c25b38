"""What the log's own key might sign, and must not pass all the same."""

import json
from collections.abc import Callable

import pytest

from events.notes import Checkpoint, signed_note
from events.packs import verify
from tests.events.packs.packing import WHY, resigned
from tests.events.packs.verify.forging import EVIL, Forged, Sound, joined, parts_of, proof, refused, split, whole


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
    "a manifest of nothing": (lambda true: verify.zipped(true.files | {"MANIFEST": b""}), "MANIFEST is no signed note"),
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
