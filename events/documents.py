"""Documents: files sealed beside the log, each under a key of its own. Layout: README.md, "The bytes"."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID, uuid4

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Row, func, insert, select

from events.errors import Tampered
from events.seal import label
from events.tables import documents

if TYPE_CHECKING:
    from events.catalog import Catalog
    from events.database import Database
    from events.facts import Stream
    from events.keys import EntryKey, LogKeys
    from events.tail import Tail

LARGEST = 25_000_000
"""Bytes of one document, inclusive."""

CHUNK = 65_536
_TAG = 16
_LAYOUT = 0x01
_HEAD = struct.Struct(">BH16s")  # layout, key_version, file salt

Bytes32 = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class Document(msgspec.Struct, frozen=True):
    """A file kept beside the log, as the fact that names it holds it.

    What `Log.keep` returns, and a field of a fact. Its hashes tie the fact to the very bytes: to the row as it is
    sealed, and, by a salt, to the file itself, so that whoever was given the file can be shown that it is this one.
    """

    document_id: UUID
    length: Annotated[int, msgspec.Meta(ge=0)]
    """Bytes of the file."""
    sealed: Bytes32
    """SHA-256 of the row's sealed bytes."""
    file: Bytes32
    """SHA-256 of a label, the salt and the file."""
    salt: Bytes32


def documents_of(value: object) -> Iterator[Document]:
    """Every document a fact names, however deep in its fields."""
    match value:
        case Document():
            yield value
        case msgspec.Struct():
            for name in value.__struct_fields__:
                yield from documents_of(getattr(value, name))
        case tuple() | list():
            for one in value:
                yield from documents_of(one)
        case dict():
            yield from documents_of(tuple(value.values()))


def file_hash(salt: bytes, content: bytes) -> bytes:
    return sha256(label("file") + salt + content).digest()


def document_key(data_key: bytes, log_id: bytes, key_id: bytes, document_id: bytes, file_salt: bytes) -> bytes:
    """The key of one document, 32 bytes: good for these ids and this salt only."""
    info = label("doc") + log_id + key_id + document_id
    return HKDF(SHA256(), 32, file_salt, info).derive(data_key)


def seal_chunks(cipher: AESGCM, head: bytes, content: bytes) -> bytes:
    """Head and sealed chunks. An empty file is one empty chunk; any other has none that is empty."""
    starts = range(0, len(content) or 1, CHUNK)
    chunks = (
        cipher.encrypt(_nonce(number, last=start == starts[-1]), content[start : start + CHUNK], head)
        for number, start in enumerate(starts)
    )
    return b"".join((head, *chunks))


def open_chunks(cipher: AESGCM, sealed: bytes) -> bytes:
    """The file in a row's sealed bytes.

    Raises:
        ValueError: A chunk is other, missing, moved or one too many, or the head is other.
    """
    head = sealed[: _HEAD.size]
    starts = range(len(head), max(len(sealed), len(head) + 1), CHUNK + _TAG)
    if len(starts) > 1 and len(sealed) - starts[-1] <= _TAG:
        raise ValueError("an empty chunk follows others")
    try:
        chunks = [
            cipher.decrypt(_nonce(number, last=start == starts[-1]), sealed[start : start + CHUNK + _TAG], head)
            for number, start in enumerate(starts)
        ]
    except InvalidTag:
        raise ValueError("the seal of a chunk is broken") from None
    return b"".join(chunks)


def _nonce(number: int, *, last: bool) -> bytes:
    """Counts the chunks and marks the last, so that none can be moved, and none left off the end."""
    return number.to_bytes(11, "big") + bytes([last])


class Documents:
    """What one log keeps beside it. `Log` is one; nobody makes another."""

    def __init__(self, database: Database, catalog: Catalog, keys: LogKeys, tail: Tail) -> None:
        self.id = tail.log_id
        self.name = tail.name
        self.catalog = catalog
        self.keys = keys
        self.tail = tail
        self._database = database

    def keep(self, stream: Stream, content: bytes) -> Document:
        """Seals a file under the key of a stream; durable when it returns.

        The fact that names it is recorded next, in the same stream. Where that never comes to be, the row is an orphan:
        sealed, named by nobody, forgotten with the stream's key, and harmless.

        Args:
            content: 25 MB at most.

        Raises:
            ValueError: It is larger, or no fact is of the stream's record class.
        """
        if len(content) > LARGEST:
            raise ValueError(f"a document holds {LARGEST:,} bytes at most")
        if stream.record not in self.catalog.records:
            raise ValueError(f"no document can be kept under {stream.record}, which no fact is of")
        key = self.keys.for_streams([stream])[stream]
        document_id, salt = uuid4(), os.urandom(32)
        head = _HEAD.pack(_LAYOUT, key.version, os.urandom(16))
        sealed = seal_chunks(self._cipher(key, document_id.bytes, head), head, content)
        row = {"log": self.id, "document_id": document_id.bytes, "key_id": key.key_id, "sealed": sealed}
        with self._database.writing() as connection:
            connection.execute(insert(documents), row)
        return Document(document_id, len(content), sha256(sealed).digest(), file_hash(salt, content), salt)

    def document(self, stream: Stream, kept: Document) -> bytes:
        """The file that a fact of this stream names, every byte checked.

        Raises:
            Erased: The stream's key was destroyed.
            Tampered: The row is missing, is not as it was written, or is of another stream.
        """
        at = (documents.c.log == self.id, documents.c.document_id == kept.document_id.bytes)
        with self._database.reading() as connection:
            row = connection.execute(select(documents).where(*at)).one_or_none()
        if row is None:
            raise Tampered(self.name, None, f"the document {kept.document_id.hex} is missing")
        return self.open_named(row, stream, kept)

    def files(self, key_id: bytes) -> int:
        """How many files are kept in a stream, orphans too; the key that sealed them may be destroyed."""
        at = (documents.c.log == self.id, documents.c.key_id == key_id)
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(documents).where(*at)).scalar_one()

    def open_named(self, row: Row[Any], stream: Stream, kept: Document) -> bytes:
        """The file in a row, which must be the one a fact of this stream names; raises as `document` does."""
        sealed_for, content = self.open_document(row)
        found = (sealed_for, len(content), sha256(row.sealed).digest(), file_hash(kept.salt, content))
        if found != (stream, kept.length, kept.sealed, kept.file):
            raise self._other(row)
        return content

    def open_document(self, row: Row[Any]) -> tuple[Stream, bytes]:
        """The stream a row was sealed for, and its file.

        Raises:
            Erased: Its key was destroyed.
            Tampered: It is not as it was written.
        """
        head = row.sealed[: _HEAD.size]
        try:
            layout, version, _ = _HEAD.unpack(head)
            if layout != _LAYOUT:
                raise ValueError("the document is laid out in a way this version does not know")
            key = self.keys.by_id(row.key_id, version)
            return key.stream, open_chunks(self._cipher(key, row.document_id, head), row.sealed)
        except (struct.error, ValueError, Tampered):
            raise self._other(row) from None

    def _cipher(self, key: EntryKey, document_id: bytes, head: bytes) -> AESGCM:
        return AESGCM(document_key(key.data_key, self.id, key.key_id, document_id, head[-16:]))

    def _other(self, row: Row[Any]) -> Tampered:
        return Tampered(self.name, None, f"the document {row.document_id.hex()} is not as it was written")
