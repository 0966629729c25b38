"""Documents: what is kept beside the log comes back whole, in its own place only, or not at all."""

import struct
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from events import Catalog, Document, Erased, Fact, Log, New, Store, Stream, Tampered, Unread, verify
from events.documents import LARGEST, document_key, documents_of, file_hash, open_chunks, seal_chunks
from tests.events.home import ANN, BEN, FACTS, MONDAY, SENCO, Home, note
from tests.events.test_bytes import golden
from tests.events.test_keys import held, opened, t

ANNS, BENS = Stream(ANN, "tests.notes"), Stream(BEN, "tests.notes")
CHUNK = 65_536
HEAD = struct.pack(">BH", 1, 1) + bytes(range(16))
CIPHER = AESGCM(bytes(32))
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 200_000)


class Filed(Fact, frozen=True, tag="tests.filed/1", record="tests.notes", on="filed_on"):
    """A letter was put on file."""

    filed_on: date
    letter: Document


class Bundled(Fact, frozen=True, tag="tests.bundled/1", record="tests.notes", on="bundled_on"):
    """Several papers were put on file."""

    bundled_on: date
    papers: tuple[Document, ...] = ()
    first: Document | None = None
    others: dict[str, list[Document]] = {}


@pytest.fixture
def store(home: Home) -> Store:
    return home.store(facts=[*FACTS, Filed, Bundled])


def file(size: int, seed: int = 1) -> bytes:
    """A file of so many bytes, no two chunks of it alike."""
    return b"".join(sha256(bytes([seed]) + at.to_bytes(4, "big")).digest() for at in range(size // 32 + 1))[:size]


def row(home: Home, kept: Document) -> bytes:
    """The sealed bytes of a document."""
    return bytes(home.attack("SELECT sealed FROM documents WHERE document_id = :id", id=kept.document_id.bytes)[0][0])


def put(home: Home, kept: Document, sealed: bytes) -> Document:
    """Exchanges the sealed bytes; what a fact would have to say for their hash to fit."""
    home.attack("UPDATE documents SET sealed = :it WHERE document_id = :id", it=sealed, id=kept.document_id.bytes)
    return msgspec.structs.replace(kept, sealed=sha256(sealed).digest())


def flipped(raw: bytes, bit: int) -> bytes:
    changed = bytearray(raw)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def is_tampered(log: Log, *kept: Document, stream: Stream = ANNS) -> bool:
    for one in kept:
        with pytest.raises(Tampered, match=one.document_id.hex) as error:
            log.document(stream, one)
        assert (error.value.log, error.value.position) == (log.name, None)
    return True


# Whole


@pytest.mark.parametrize("size", SIZES)
def test_what_is_kept_comes_back_in_every_process(home: Home, store: Store, log: Log, size: int) -> None:
    kept = log.keep(ANNS, file(size))
    other = home.store(facts=[*FACTS, Filed]).log(log.name)
    assert log.document(ANNS, kept) == other.document(ANNS, kept) == file(size)
    sealed = row(home, kept)
    assert (kept.length, kept.sealed) == (size, sha256(sealed).digest())
    assert kept.file == sha256(t("file") + kept.salt + file(size)).digest()
    assert len(sealed) == 19 + size + 16 * max(1, -(-size // CHUNK))
    assert verify(store).ok


@given(st.integers(0, 4 * CHUNK), st.integers(0, 255))
def test_what_is_sealed_opens_again(size: int, seed: int) -> None:
    assert open_chunks(CIPHER, seal_chunks(CIPHER, HEAD, file(size, seed))) == file(size, seed)


def test_a_document_is_laid_out_as_the_format_says(home: Home, log: Log) -> None:
    note(log)
    kept = log.keep(ANNS, file(70_000))
    ((log_id, document_id, key_id, sealed),) = home.attack("SELECT * FROM documents")
    ((stored_id, wrapped),) = home.attack("SELECT key_id, wrapped FROM keys", keys=True)
    assert (log_id, document_id, key_id) == (log.id, kept.document_id.bytes, stored_id)  # the stream's own key
    aad = t("wrap-data") + log.id + key_id + struct.pack(">HI", 1, 1)
    data_key = opened(held(home, log)["academy"], wrapped, aad)[:32]
    assert sealed[:3] == b"\x01\x00\x01"
    key = HKDF(SHA256(), 32, sealed[3:19], t("doc") + log.id + key_id + document_id).derive(data_key)
    at = 19 + CHUNK + 16
    first = AESGCM(key).decrypt(bytes(12), sealed[19:at], sealed[:19])
    last = AESGCM(key).decrypt(bytes(10) + b"\x01\x01", sealed[at:], sealed[:19])
    assert first + last == file(70_000)


def test_two_of_one_file_have_nothing_in_common(home: Home, log: Log) -> None:
    one, other = (log.keep(ANNS, file(100)) for _ in range(2))
    assert row(home, one)[3:] != row(home, other)[3:]
    assert {one.document_id, one.sealed, one.file, one.salt}.isdisjoint(msgspec.structs.astuple(other))


def test_a_document_is_as_large_as_it_may_be_and_no_larger(home: Home, log: Log) -> None:
    content = bytes(LARGEST)
    assert log.document(ANNS, log.keep(ANNS, content)) == content
    with pytest.raises(ValueError, match="25,000,000"):
        log.keep(ANNS, content + b"\0")
    assert home.attack("SELECT count(*) FROM documents") == [(1,)]


def test_no_document_is_kept_under_a_class_nobody_knows(home: Home, log: Log) -> None:
    with pytest.raises(ValueError, match="which no fact is of"):
        log.keep(Stream(ANN, "tests.nothing"), b"lost")
    assert home.attack("SELECT count(*) FROM keys", keys=True) == [(0,)]


# As it was written, or not at all


def test_no_bit_of_the_head_and_no_sampled_bit_of_the_rest_can_be_other(home: Home, log: Log) -> None:
    kept = log.keep(ANNS, file(CHUNK + 300))
    sealed = row(home, kept)
    for bit in (*range(19 * 8), *range(19 * 8, len(sealed) * 8, 19_997), *range(len(sealed) * 8 - 8, len(sealed) * 8)):
        assert is_tampered(log, kept, put(home, kept, flipped(sealed, bit))), bit
    put(home, kept, sealed)
    assert log.document(ANNS, kept) == file(CHUNK + 300)


@given(st.integers(0, 2 * CHUNK), st.data())
def test_no_bit_of_any_chunk_can_be_other(size: int, data: st.DataObject) -> None:
    sealed = seal_chunks(CIPHER, HEAD, file(size))
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    with pytest.raises(ValueError, match="seal of a chunk"):
        open_chunks(CIPHER, flipped(sealed, bit))


FULL = CHUNK + 16  # a sealed chunk
ENDS = (0, 1, 2, 3, 18, 19, 20, 34, 35, 19 + FULL - 1, 19 + FULL, 19 + FULL + 16, 19 + 2 * FULL, 19 + 3 * FULL)


@pytest.mark.parametrize("end", ENDS)
def test_a_document_cut_short_is_noticed(home: Home, log: Log, end: int) -> None:
    kept = log.keep(ANNS, file(200_000))
    assert is_tampered(log, kept, put(home, kept, row(home, kept)[:end]))


def cut(sealed: bytes) -> tuple[bytes, list[bytes]]:
    return sealed[:19], [sealed[at : at + FULL] for at in range(19, len(sealed), FULL)]


@pytest.mark.parametrize(
    "order",
    [(1, 0, 2, 3), (0, 2, 1, 3), (3, 1, 2, 0), (0, 1, 3), (0, 1, 2), (1, 2, 3), (3,), (0, 0, 1, 2, 3), (0, 1, 2, 3, 3)],
    ids=str,
)
def test_chunks_exchanged_left_out_or_told_twice_are_noticed(home: Home, log: Log, order: tuple[int, ...]) -> None:
    kept = log.keep(ANNS, file(200_000))
    head, chunks = cut(row(home, kept))
    assert is_tampered(log, kept, put(home, kept, head + b"".join(chunks[at] for at in order)))


@pytest.mark.parametrize("more", [b"\0", bytes(16), bytes(FULL)], ids=len)
@pytest.mark.parametrize("size", [0, 1, CHUNK])
def test_bytes_after_the_end_are_noticed(home: Home, log: Log, size: int, more: bytes) -> None:
    kept = log.keep(ANNS, file(size))
    assert is_tampered(log, kept, put(home, kept, row(home, kept) + more))


def test_one_file_is_cut_into_chunks_in_one_way_only() -> None:
    first = CIPHER.encrypt(bytes(12), file(CHUNK), HEAD)  # not marked as the last
    empty = CIPHER.encrypt(bytes(10) + b"\x01\x01", b"", HEAD)
    with pytest.raises(ValueError, match="empty chunk"):
        open_chunks(CIPHER, HEAD + first + empty)
    short = CIPHER.encrypt(bytes(12), b"a", HEAD) + CIPHER.encrypt(bytes(10) + b"\x01\x01", b"b", HEAD)
    with pytest.raises(ValueError, match="seal of a chunk"):
        open_chunks(CIPHER, HEAD + short)


def test_a_layout_this_version_does_not_know_is_not_guessed_at(home: Home, log: Log) -> None:
    kept = log.keep(ANNS, b"a letter")
    sealed = row(home, kept)
    key, head = log.keys.for_streams([ANNS])[ANNS], b"\x02" + sealed[1:19]
    cipher = AESGCM(document_key(key.data_key, log.id, key.key_id, kept.document_id.bytes, sealed[3:19]))
    assert seal_chunks(cipher, sealed[:19], b"a letter") == sealed
    assert is_tampered(log, put(home, kept, seal_chunks(cipher, head, b"a letter")))


@pytest.mark.parametrize("field", Document.__struct_fields__)
def test_a_document_is_the_one_the_fact_says(log: Log, field: str) -> None:
    kept = log.keep(ANNS, b"a letter")
    others = {"document_id": uuid4(), "length": 7}
    other = others.get(field) or flipped(getattr(kept, field), 100)
    assert is_tampered(log, msgspec.structs.replace(kept, **{field: other}))


def test_a_document_taken_away_is_missed(home: Home, log: Log) -> None:
    kept = log.keep(ANNS, b"a letter")
    home.attack("DELETE FROM documents")
    with pytest.raises(Tampered, match=f"139204: the document {kept.document_id.hex} is missing"):
        log.document(ANNS, kept)


# In its own place only


def test_the_document_of_another_stream_cannot_be_opened_in_its_place(home: Home, log: Log) -> None:
    anns, bens = log.keep(ANNS, b"about Ann"), log.keep(BENS, b"about Ben")
    moneys = log.keep(Stream(ANN, "tests.money"), b"what it cost")
    assert is_tampered(log, bens, moneys)
    sealed, key = row(home, bens), log.keys.for_streams([BENS])[BENS].key_id
    assert is_tampered(log, anns, put(home, anns, sealed))
    home.attack("UPDATE documents SET key_id = :key WHERE document_id = :id", key=key, id=anns.document_id.bytes)
    assert is_tampered(log, anns, put(home, anns, sealed))
    assert is_tampered(log, anns, stream=BENS)


def test_the_document_of_another_log_cannot_be_opened_in_its_place(home: Home, store: Store, log: Log) -> None:
    other = store.create("139205")
    ours, theirs = log.keep(ANNS, b"about Ann"), other.keep(ANNS, b"about another Ann")
    assert is_tampered(log, theirs)
    home.attack("UPDATE documents SET log = :log WHERE log = :other", log=log.id, other=other.id)
    assert is_tampered(log, theirs)
    assert is_tampered(log, ours, put(home, ours, row(home, theirs)))
    assert is_tampered(other, theirs)


def test_two_documents_of_one_stream_cannot_be_exchanged(home: Home, log: Log) -> None:
    one, other = (log.keep(ANNS, content) for content in (b"the first", b"the other"))
    first, second = row(home, one), row(home, other)
    assert is_tampered(log, put(home, one, second), put(home, other, first))


def test_a_document_whose_key_is_destroyed_is_erased(home: Home, store: Store, log: Log) -> None:
    kept, bens = log.keep(ANNS, b"a letter"), log.keep(BENS, b"another")
    destroy = "UPDATE keys SET wrapped = NULL, lookup = NULL, state = 'destroyed' WHERE key_id = :key"
    home.attack(destroy, keys=True, key=log.keys.for_streams([ANNS])[ANNS].key_id)
    fresh = home.store().log(log.name)
    with pytest.raises(Erased):
        fresh.document(ANNS, kept)
    assert fresh.document(BENS, bens) == b"another"
    assert verify(store).ok


# Named by facts


def test_a_fact_that_names_a_document_reads_back_and_finds_it(home: Home, log: Log) -> None:
    kept = log.keep(ANNS, file(100))
    log.append([New(ANN, Filed(MONDAY, kept))], command_id=uuid4(), actor=SENCO)
    (event,) = home.store(facts=[*FACTS, Filed]).log(log.name).stream(*ANNS)
    assert event.fact == Filed(MONDAY, kept)
    assert log.document(Stream(event.subject, event.record), event.fact.letter) == file(100)  # type: ignore[arg-type]
    (unread,) = home.store().log(log.name).stream(*ANNS)
    assert isinstance(unread.fact, Unread)
    assert unread.fact.fields["letter"]["document_id"] == str(kept.document_id)


def change_length(kept: Document) -> Document:
    return msgspec.structs.replace(kept, length=-1)


def change_hash(kept: Document) -> Document:
    return msgspec.structs.replace(kept, sealed=kept.sealed[:31])


def change_salt(kept: Document) -> Document:
    return msgspec.structs.replace(kept, salt=kept.salt + b"\0")


@pytest.mark.parametrize("change", [change_length, change_hash, change_salt])
def test_a_fact_that_names_no_document_there_can_be_is_not_recorded(
    log: Log, change: Callable[[Document], Document]
) -> None:
    fact = Filed(MONDAY, change(log.keep(ANNS, b"a letter")))
    with pytest.raises(ValueError, match="would not read back"):
        log.append([New(ANN, fact)], command_id=uuid4(), actor=SENCO)


def test_a_document_no_fact_came_to_name_does_no_harm(store: Store, log: Log) -> None:
    kept = log.keep(ANNS, b"a letter")
    note(log)
    assert verify(store).ok
    assert log.document(ANNS, kept) == b"a letter"


def test_every_document_a_fact_names_is_found_however_deep(log: Log) -> None:
    one, two, three, four = (log.keep(ANNS, bytes([at])) for at in range(4))
    assert list(documents_of(Bundled(MONDAY, (one, two), three, {"x": [four]}))) == [one, two, three, four]
    assert list(documents_of(Bundled(MONDAY))) == []


def test_no_key_is_shown_in_a_traceback(log: Log) -> None:
    log.keep(ANNS, b"a letter")
    assert repr(log.keys.find(ANNS)) == "EntryKey()"


# Golden


def test_the_samples_open_and_come_out_again_the_same() -> None:
    sample = golden("document")
    letter, pages = sample["letter"], sample["pages"]
    for one, content in ((letter, letter["content"]), (pages, pages["page"] * pages["times"])):
        head = b"\x01" + sample["key_version"].to_bytes(2, "big") + one["file_salt"]
        ids = (sample["log_id"], sample["key_id"], one["document_id"])
        key = document_key(sample["data_key"], *ids, one["file_salt"])
        assert key == one["key"]
        sealed = seal_chunks(AESGCM(key), head, content)
        assert sealed == one.get("sealed", sealed)
        assert sha256(sealed).digest() == one["sealed_hash"]
        assert file_hash(one["salt"], content) == one["file_hash"]
        assert (open_chunks(AESGCM(key), sealed), len(content)) == (content, one["length"])


def test_a_fact_that_names_a_document_is_written_as_the_sample_says() -> None:
    sample, catalog = golden("document"), Catalog([Filed], [])
    one = sample["letter"]
    kept = Document(UUID(bytes=one["document_id"]), one["length"], one["sealed_hash"], one["file_hash"], one["salt"])
    assert catalog.fact_parts(Filed(MONDAY, kept)) == (sample["part"], [])
    assert catalog.fact([sample["part"]]) == Filed(MONDAY, kept)
