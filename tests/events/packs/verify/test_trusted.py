"""Whom the reader trusts: another trust's key, another tree, a key that is retired."""

import base64

from events.notes import ED25519, Checkpoint, NoteSigner, signed_note
from events.packs import verify
from tests.events.home import Home, note
from tests.events.packs.packing import answer, events_of, packed, resigned, told
from tests.events.packs.verify.forging import EVIL, Sound, refused


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
