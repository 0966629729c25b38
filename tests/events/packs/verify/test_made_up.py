"""Logs that never were as a log is, with every hash and signature right."""

import json

import pytest

from events.chain import key_mark, leaf_data, leaf_hash, root_of
from events.notes import ED25519, Checkpoint, NoteSigner, signed_note
from events.packs import verify
from events.packs.proof import extra, tlog_proof
from events.proofs import inclusion
from events.seal import ZERO_ID, commitment, salts
from tests.events.packs.packing import answer, resigned
from tests.events.packs.verify.forging import EVIL, proof

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
