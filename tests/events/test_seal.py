"""Body, commitment and seal of one entry."""

import hashlib
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from hypothesis import given
from hypothesis import strategies as st

from events.seal import (
    Sealed,
    commitment,
    event_id,
    expand,
    key_version,
    pack_body,
    record_class,
    salts,
    seal,
    seal_open,
    union,
    unpack_body,
    unseal,
)

LOG, EVENT, KEY_ID = bytes(range(16)), bytes(range(16, 32)), bytes(range(32, 48))
CIPHER = AESGCM(bytes(32))
RANDOM = bytes(range(44))
PARTS = [b'{"fact":{"kind":"x/1"}}', b'{"subject":"00"}']
SEALED = seal(CIPHER, 1, LOG, EVENT, KEY_ID, PARTS, RANDOM)
OPEN = seal_open(LOG, EVENT, PARTS, RANDOM[:32])

bodies = st.lists(st.binary(max_size=300), max_size=8)


@given(bodies)
def test_a_body_reads_back_verbatim(parts: list[bytes]) -> None:
    assert unpack_body(pack_body(parts)) == parts


@given(bodies, st.data())
def test_a_body_cut_short_or_grown_is_refused(parts: list[bytes], data: st.DataObject) -> None:
    body = pack_body(parts)
    cut = data.draw(st.integers(0, len(body) - 1))
    for other in (body[:cut], body + b"\0"):
        with pytest.raises(ValueError, match="do not add up"):
            unpack_body(other)


@given(bodies, st.integers(1, 65535))
def test_what_is_sealed_opens_again(parts: list[bytes], version: int) -> None:
    entry = seal(CIPHER, version, LOG, EVENT, KEY_ID, parts, RANDOM)
    assert unseal(CIPHER, LOG, entry) == parts
    assert key_version(entry.sealed) == (1, version)


@given(bodies)
def test_what_is_open_reads_without_a_key(parts: list[bytes]) -> None:
    entry = seal_open(LOG, EVENT, parts, RANDOM[:32])
    assert unseal(None, LOG, entry) == parts
    assert entry.key_id == bytes(16)


@given(st.binary(max_size=1000))
def test_a_seal_shows_its_length_only_in_steps_of_128(part: bytes) -> None:
    entry = seal(CIPHER, 1, LOG, EVENT, KEY_ID, [part], RANDOM)
    assert (len(entry.sealed) - 15 - 16) % 128 == 0
    assert 0 <= len(entry.sealed) - 15 - 16 - (32 + 4 + 2 + 4 + len(part)) < 128


def flipped(raw: bytes, bit: int) -> bytes:
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize("column", Sealed._fields)
@pytest.mark.parametrize(("entry", "cipher"), [(SEALED, CIPHER), (OPEN, None)], ids=["sealed", "open"])
def test_no_bit_of_an_entry_can_be_other(entry: Sealed, cipher: AESGCM | None, column: str) -> None:
    raw = getattr(entry, column)
    for bit in range(8 * len(raw)):
        with pytest.raises(ValueError):  # noqa: PT011 - each check has words of its own
            unseal(cipher, LOG, entry._replace(**{column: flipped(raw, bit)}))


def test_an_entry_opens_in_its_own_log_only() -> None:
    for entry, cipher in ((SEALED, CIPHER), (OPEN, None)):
        with pytest.raises(ValueError, match=r"seal is broken|other words"):
            unseal(cipher, KEY_ID, entry)


def with_padding(bare: bytes, padding: bytes) -> Sealed:
    """An open entry around a plaintext made by hand."""
    commit = commitment(LOG, EVENT, RANDOM[:32], unpack_body(bare[36:]))
    return Sealed(EVENT, bytes(16), commit, bytes(15) + bare + padding)


BODY = pack_body([b"{}"])
BARE = RANDOM[:32] + len(BODY).to_bytes(4, "big") + BODY


@pytest.mark.parametrize(
    "padding",
    [
        b"\1".rjust(128 - len(BARE), b"\0"),  # something hidden in it
        bytes(256 - len(BARE)),  # a step too much
        bytes(127 - len(BARE)) + bytes(128),  # not whole steps
    ],
)
def test_padding_is_zero_and_of_one_length_only(padding: bytes) -> None:
    assert unseal(None, LOG, with_padding(BARE, bytes(128 - len(BARE)))) == [b"{}"]
    with pytest.raises(ValueError, match="padding"):
        unseal(None, LOG, with_padding(BARE, padding))


def test_a_body_longer_than_its_plaintext_is_refused() -> None:
    with pytest.raises(ValueError, match="padding"):
        unseal(None, LOG, with_padding(BARE, bytes(128 - len(BARE)))._replace(sealed=bytes(15 + 32) + b"\xff" * 128))


@pytest.mark.parametrize(
    ("entry", "cipher", "why"),
    [
        (SEALED, None, "not of the kind"),
        (OPEN, CIPHER, "not of the kind"),
        (OPEN._replace(key_id=KEY_ID), None, "names a key"),
        (OPEN._replace(sealed=b"\0\0\1" + OPEN.sealed[3:]), None, "names a key"),
        (OPEN._replace(sealed=b"\0\0\0\1" + OPEN.sealed[4:]), None, "names a key"),
        (SEALED._replace(sealed=b"\2" + SEALED.sealed[1:]), CIPHER, "unknown kind"),
        (SEALED._replace(sealed=SEALED.sealed[:100]), CIPHER, "cut short"),
        (SEALED, AESGCM(b"\1" * 32), "seal is broken"),
    ],
)
def test_an_entry_that_says_it_is_what_it_is_not_is_refused(entry: Sealed, cipher: AESGCM | None, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        unseal(cipher, LOG, entry)


def test_a_seal_that_opens_under_another_key_still_holds_other_words() -> None:
    # AES-GCM does not bind its key; the commitment binds the words.
    other = seal(CIPHER, 1, LOG, EVENT, KEY_ID, [b"{}"], RANDOM)
    aad = b"tallystick/v1/entry\0" + bytes([1]) + (1).to_bytes(2, "big") + LOG + EVENT + KEY_ID + SEALED.commitment
    plain = RANDOM[:32] + len(BODY).to_bytes(4, "big") + BODY
    text = CIPHER.encrypt(RANDOM[32:], plain + bytes(-len(plain) % 128), aad)
    with pytest.raises(ValueError, match="other words"):
        unseal(CIPHER, LOG, SEALED._replace(sealed=other.sealed[:15] + text))


@given(bodies.filter(bool), st.data())
def test_a_commitment_is_to_these_parts_in_this_order(parts: list[bytes], data: st.DataObject) -> None:
    other = data.draw(bodies)
    same = commitment(LOG, EVENT, RANDOM[:32], parts) == commitment(LOG, EVENT, RANDOM[:32], other)
    assert same == (parts == other)


def test_every_part_has_a_salt_of_its_own() -> None:
    assert len({*salts(RANDOM[:32], 500), *salts(RANDOM[1:33], 500)}) == 1000


def test_a_union_goes_one_level_deep_inside_fact() -> None:
    parts = [b'{"fact":{"kind":"x/1"}}', b'{"by":"a","as":"b"}', b'{"fact":{"note":"n"}}', b'{"why":"w"}']
    assert union(parts) == {"fact": {"kind": "x/1", "note": "n"}, "by": "a", "as": "b", "why": "w"}


@pytest.mark.parametrize(
    "parts",
    [
        [b'{"by":"a"}', b'{"by":"a"}'],
        [b'{"fact":{"kind":"x/1"}}', b'{"fact":{"kind":"x/1"}}'],
        [b"[]"],
        [b"not json"],
    ],
)
def test_a_union_with_a_name_twice_or_no_object_is_refused(parts: list[bytes]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - msgspec's words or ours
        union(parts)


@given(st.uuids(), st.integers(1, 100_000))
def test_later_facts_of_a_command_bear_a_uuid8_told_from_it(command: UUID, index: int) -> None:
    told = event_id(command, index)
    assert (told.version, told.variant) == (8, "specified in RFC 4122")
    assert told == event_id(command, index) != event_id(command, index + 1)
    assert event_id(command, 0) == command


@given(st.binary(min_size=32, max_size=32))
def test_a_key_is_expanded_as_rfc_5869_says(key: bytes) -> None:
    assert expand(key, "entry-key") == HKDFExpand(SHA256(), 32, b"tallystick/v1/entry-key\0").derive(key)


def test_a_record_class_is_16_bytes_of_its_name() -> None:
    assert record_class("register.plan") == hashlib.sha256(b"tallystick/v1/class\0register.plan").digest()[:16]
