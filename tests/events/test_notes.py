"""Checkpoints as C2SP signed notes (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), byte for byte."""

import base64
import hashlib
import string

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from hypothesis import given
from hypothesis import strategies as st

from events.notes import (
    COSIGNATURE,
    ED25519,
    ML_DSA_44,
    Checkpoint,
    NoteKey,
    NoteSigner,
    parse_note,
    read_note,
    signed_note,
)

ORIGIN = "keystone.example/.well-known/tallystick/139204/1"
SEED = bytes(range(32))
SIGNER = NoteSigner(ORIGIN, ED25519, SEED)
KEY = SIGNER.key
PUBLIC = KEY.public
ROOT = bytes(range(100, 132))
NOTE = signed_note(Checkpoint(ORIGIN, 42, ROOT), [SIGNER])
TEXT, _, SIGNATURE = NOTE.partition("\n\n")


def test_a_note_is_laid_out_byte_for_byte_as_c2sp_says() -> None:
    text = f"{ORIGIN}\n42\n{base64.b64encode(ROOT).decode()}\n"
    hashed = hashlib.sha256(ORIGIN.encode() + b"\x0a\x01" + PUBLIC).digest()[:4]
    signature = Ed25519PrivateKey.from_private_bytes(SEED).sign(text.encode())
    line = base64.b64encode(hashed + signature).decode()
    assert NOTE.encode() == text.encode() + b"\n\xe2\x80\x94 " + f"{ORIGIN} {line}\n".encode()


def test_the_vector_of_rfc_8032_gives_its_public_key_and_our_key_hash() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    key = NoteSigner("example.com/log", ED25519, seed).key
    assert key.public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    name, hashed, encoded = str(key).split("+", 2)
    assert (name, bytes.fromhex(hashed)) == ("example.com/log", key.hash)
    assert base64.b64decode(encoded) == b"\x01" + key.public
    assert NoteKey.parse(str(key)) == key


@given(st.integers(0, 2**63), st.binary(min_size=32, max_size=32))
def test_what_is_signed_reads_back(size: int, root: bytes) -> None:
    checkpoint = Checkpoint(ORIGIN, size, root)
    assert read_note(signed_note(checkpoint, [SIGNER]), ORIGIN, [KEY]) == (checkpoint, [KEY])


def signed(text: str) -> str:
    """Any text, signed by our key."""
    raw = KEY.hash + Ed25519PrivateKey.from_private_bytes(SEED).sign(text.encode())
    return f"{text}\n— {ORIGIN} {base64.b64encode(raw).decode()}\n"


OTHERS = {
    "another name": f"— witness.example/w1 {base64.b64encode(bytes(76)).decode()}\n",
    "our name, another key": f"— {ORIGIN} {base64.b64encode(bytes(68)).decode()}\n",
    "another name, our key id": f"— other.example {base64.b64encode(KEY.hash + bytes(64)).decode()}\n",
    "a long one": f"— witness.example/pq {base64.b64encode(bytes(2424)).decode()}\n",
}


@pytest.mark.parametrize("other", OTHERS)
def test_signatures_of_unknown_keys_are_ignored(other: str) -> None:
    for note in (NOTE + OTHERS[other], f"{TEXT}\n\n{OTHERS[other]}{SIGNATURE}"):
        assert read_note(note, ORIGIN, [KEY])[0] == Checkpoint(ORIGIN, 42, ROOT)
    with pytest.raises(ValueError, match="no signature by a key known here"):
        read_note(f"{TEXT}\n\n{OTHERS[other]}", ORIGIN, [KEY])


def test_seventeen_signatures_are_not_too_many() -> None:
    assert read_note(NOTE + OTHERS["another name"] * 16, ORIGIN, [KEY])[0].size == 42


def other_spelling(last: str) -> str:
    """Another base64 digit that differs in the bits nobody reads."""
    digits = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
    return digits[digits.index(last) ^ 1]


MALFORMED = {
    "nothing": "",
    "no signature": TEXT + "\n",
    "no blank line": NOTE.replace("\n\n", "\n"),
    "no newline at the end": NOTE[:-1],
    "a blank line more": NOTE + "\n",
    "a hyphen for the dash": NOTE.replace("—", "-"),
    "two spaces": NOTE.replace("— ", "—  "),
    "no key name": f"{TEXT}\n\n— {base64.b64encode(bytes(68)).decode()}\n",
    "a signature that is no base64": NOTE + "— witness.example/w1 !!!!\n",
    "a signature with nothing but a key id": NOTE + f"— witness.example/w1 {base64.b64encode(bytes(4)).decode()}\n",
    "a line of something else": NOTE + "by the way\n",
    "a line separator in the signatures": NOTE.rstrip("\n") + "\u2028— x AAAAAAAA\n",
    "another signature": NOTE.replace(SIGNATURE[-9:-5], "AAAA"),
    "another spelling of the same signature": NOTE[:-3] + other_spelling(NOTE[-3]) + NOTE[-2:],
    "another size": NOTE.replace("\n42\n", "\n43\n"),
    "another origin": signed(f"other.example/log\n42\n{base64.b64encode(ROOT).decode()}\n"),
    "a size with a zero before it": signed(f"{ORIGIN}\n042\n{base64.b64encode(ROOT).decode()}\n"),
    "a size below zero": signed(f"{ORIGIN}\n-42\n{base64.b64encode(ROOT).decode()}\n"),
    "a size in other digits": signed(f"{ORIGIN}\n٤٢\n{base64.b64encode(ROOT).decode()}\n"),
    "a root that is too short": signed(f"{ORIGIN}\n42\n{base64.b64encode(ROOT[:31]).decode()}\n"),
    "a root that is no base64": signed(f"{ORIGIN}\n42\n{'!' * 44}\n"),
    "a line too few": signed(f"{ORIGIN}\n42\n"),
    "a line too many": signed(f"{ORIGIN}\n42\n{base64.b64encode(ROOT).decode()}\nmore\n"),
    "an empty line in the text": signed(f"{ORIGIN}\n42\n{base64.b64encode(ROOT).decode()}\n\n"),
}


@pytest.mark.parametrize("how", MALFORMED)
def test_a_note_that_is_not_so_is_refused(how: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - base64's words or ours
        read_note(MALFORMED[how], ORIGIN, [KEY])


def test_a_note_of_another_log_or_key_is_refused() -> None:
    with pytest.raises(ValueError, match="no checkpoint of this log"):
        read_note(NOTE, ORIGIN + "2", [KEY])
    with pytest.raises(ValueError, match="no signature by a key known here"):
        read_note(NOTE, ORIGIN, [NoteSigner(ORIGIN, ED25519, bytes(32)).key])


def test_no_bit_of_a_note_can_be_other() -> None:
    raw = NOTE.encode()
    for bit in range(8 * len(raw)):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ValueError):  # noqa: PT011 - base64's words or ours
            read_note(changed.decode("utf-8", "replace"), ORIGIN, [KEY])


# Witnesses, and signatures that outlive Ed25519

WITNESS = NoteSigner("witness.example/w1", COSIGNATURE, bytes(range(32, 64)))
LATER = NoteSigner(ORIGIN, ML_DSA_44, bytes(range(64, 96)))
CHECKPOINT = Checkpoint(ORIGIN, 42, ROOT)
AT = 1_794_830_400


def test_a_witness_signs_the_time_and_the_text_as_tlog_cosignature_says() -> None:
    raw = base64.b64decode(WITNESS.line(CHECKPOINT, AT).split(" ")[2])
    hashed = hashlib.sha256(b"witness.example/w1\n\x04" + WITNESS.key.public).digest()[:4]
    assert raw[:12] == hashed + AT.to_bytes(8, "big")
    message = f"cosignature/v1\ntime {AT}\n{TEXT}\n".encode()
    Ed25519PrivateKey.from_private_bytes(WITNESS.seed).public_key().verify(raw[12:], message)


def test_an_ml_dsa_line_signs_the_whole_tree_as_tlog_cosignature_says() -> None:
    raw = base64.b64decode(LATER.line(CHECKPOINT, AT).split(" ")[2])
    assert raw[:4] == hashlib.sha256(ORIGIN.encode() + b"\n\x06" + LATER.key.public).digest()[:4]
    assert (raw[4:12], len(raw)) == (AT.to_bytes(8, "big"), 4 + 8 + 2420)
    name = bytes([len(ORIGIN)]) + ORIGIN.encode()
    message = b"subtree/v1\n\0" + name + AT.to_bytes(8, "big") + name + bytes(8) + (42).to_bytes(8, "big") + ROOT
    MLDSA44PublicKey.from_public_bytes(LATER.key.public).verify(raw[12:], message)


def test_a_note_tells_which_of_the_known_keys_signed_it() -> None:
    note = signed_note(CHECKPOINT, [SIGNER, LATER, WITNESS], AT)
    assert note.startswith(f"{TEXT}\n\n{SIGNATURE}")
    keys = [WITNESS.key, LATER.key, KEY]
    assert read_note(note, ORIGIN, keys) == (CHECKPOINT, [KEY, LATER.key, WITNESS.key])
    assert read_note(note, ORIGIN, [LATER.key]) == (CHECKPOINT, [LATER.key])
    assert [line.name for line in parse_note(note)[1]] == [ORIGIN, ORIGIN, "witness.example/w1"]


@pytest.mark.parametrize("signer", [WITNESS, LATER])
def test_a_line_with_another_time_or_for_another_tree_does_not_hold(signer: NoteSigner) -> None:
    line = signer.line(CHECKPOINT, AT)
    raw = bytearray(base64.b64decode(line.split(" ")[2]))
    raw[11] ^= 1
    other_time = f"— {signer.name} {base64.b64encode(raw).decode()}\n"
    smaller = Checkpoint(ORIGIN, 41, ROOT)
    for note in (f"{TEXT}\n\n{other_time}", f"{smaller.text}\n{line}"):
        with pytest.raises(ValueError, match="does not hold"):
            read_note(note, ORIGIN, [signer.key])


@pytest.mark.parametrize("signer", [SIGNER, WITNESS, LATER])
def test_a_verifier_key_reads_back_and_none_other_does(signer: NoteSigner) -> None:
    text = str(signer.key)
    assert NoteKey.parse(f" {text}\n") == signer.key
    name, hashed, encoded = text.split("+", 2)
    others = [
        "",
        name,
        f"{name}+{hashed}",
        f"other+{hashed}+{encoded}",
        f"{name}+00000000+{encoded}",
        text[:-4],
        text + "!",
    ]
    for other in others:
        with pytest.raises(ValueError, match="no verifier key"):
            NoteKey.parse(other)


def test_no_seed_stands_in_a_signers_repr() -> None:
    assert repr(LATER) == f"NoteSigner({ORIGIN!r})"
