"""A dump: rows of a database in one file, the same bytes from SQLite and PostgreSQL, to be loaded into either.

Layout: README.md, "The bytes". A row is sealed in it as it is in the database, and no more.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from types import GenericAlias
from typing import Annotated, Any, BinaryIO

import msgspec
from sqlalchemy import Connection, Integer, LargeBinary, Select, Table, Text, func, insert, select
from sqlalchemy.exc import DataError, IntegrityError

from events.documents import LARGEST
from events.errors import Unusable
from events.seal import label
from events.tables import documents, log_tables, snapshots, tiles

MADE_AGAIN = (tiles, snapshots)
"""Tables whose rows are told from others: a dump leaves them out."""

LOG_ROWS: tuple[Table, ...] = tuple(table for table in log_tables.sorted_tables if table not in MADE_AGAIN)
"""Every other table of the log."""

Progress = Callable[[int, int], None]

_LABEL, _VERSION = label("dump"), b"\x01"
_RECORD = struct.Struct(">BI")  # kind, bytes of what follows
_START, _TABLE, _ROW, _END = range(4)
_LONGEST = 2 * LARGEST  # bytes of one record; a document makes the longest
_AT_ONCE, _BYTES_AT_ONCE = 500, 4_000_000
_CHANGED = "The file is not as it was written: it is cut short, or changed. Take another copy of it."
_I64 = Annotated[int, msgspec.Meta(le=2**63 - 1)]


class Dumped(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What a dump says of itself."""

    made_at: _I64
    """When the rows were read: microseconds since 1970 UTC."""
    rows: _I64
    """How many it holds."""


class _Rows(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What follows: the rows of a table, as arrays of these columns."""

    table: str
    columns: tuple[str, ...]


# Writing


def dump(
    connection: Connection,
    made_at: int,
    tables: Sequence[Table] = LOG_ROWS,
    *,
    of: Collection[bytes] | None = None,
    progress: Progress | None = None,
) -> Iterator[bytes]:
    """The rows of these tables, piece by piece, each table by its primary key.

    Args:
        connection: From `Database.frozen`, so that all rows are of one instant.
        made_at: That instant, in microseconds since 1970 UTC.
        of: Only the rows of these logs, by id; every table must then have the column `log`.
        progress: Told (rows written, rows in all) now and then.
    """
    wanted = [select(table) if of is None else select(table).where(table.c.log.in_(of)) for table in tables]
    counted = [one.with_only_columns(func.count(), maintain_column_froms=True) for one in wanted]
    total = sum(connection.execute(count).scalar_one() for count in counted)
    hashed, written = sha256(), 0
    for piece, rows in _pieces(connection, Dumped(made_at, total), tables, wanted):
        hashed.update(piece)
        yield piece
        written += rows
        if progress and rows:
            progress(written, total)
    yield _record(_END, hashed.digest())


def _pieces(
    connection: Connection, start: Dumped, tables: Sequence[Table], wanted: Sequence[Select[Any]]
) -> Iterator[tuple[bytes, int]]:
    """What the hash goes over, and how many rows are in each piece."""
    yield _LABEL + _VERSION + _record(_START, start), 0
    for table, rows in zip(tables, wanted, strict=True):
        yield _record(_TABLE, _Rows(str(table.name), tuple(map(str, table.columns.keys())))), 0
        at_once = 1 if table is documents else _AT_ONCE  # 25 MB each
        found = connection.execute(rows.order_by(*_bytewise(connection, table)).execution_options(yield_per=at_once))
        for some in found.partitions():
            yield b"".join(_record(_ROW, tuple(row)) for row in some), len(some)


def _bytewise(connection: Connection, table: Table) -> list[Any]:
    """The primary key to sort by, text as bytes whatever the server's language."""
    is_text = {column for column in table.primary_key if isinstance(column.type, Text)}
    plain = "C" if connection.dialect.name == "postgresql" else "BINARY"
    return [column.collate(plain) if column in is_text else column for column in table.primary_key]


def _record(kind: int, value: object) -> bytes:
    coded = msgspec.msgpack.encode(value)
    return _RECORD.pack(kind, len(coded)) + coded


class Pieces:
    """Pieces of bytes as a file to read, for whoever seals them as they come."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")

    def read(self, length: int = -1) -> bytes:
        """So many bytes, fewer at the end; all there are when it is negative."""
        taken: list[memoryview] = []
        while length:
            if not self._left:
                if not (piece := next(self._pieces, b"")):
                    break
                self._left = memoryview(piece)
            part = self._left if length < 0 else self._left[:length]
            self._left = self._left[len(part) :]
            length -= len(part) if length > 0 else 0
            taken.append(part)
        return b"".join(taken)


# Loading


def load(
    connection: Connection, file: BinaryIO, tables: Iterable[Table] = LOG_ROWS, *, progress: Progress | None = None
) -> Dumped:
    """Puts the rows of a dump into the tables it names, which must be among these.

    Only when this returns is the dump known to be whole: roll back when it raises.

    Args:
        connection: From `Database.writing`.
        progress: Told (rows loaded, rows in all) now and then.

    Raises:
        Unusable: The file is no dump, is cut short or changed, or is of a later version; a row is there already.
    """
    reading, loaded = _Reading(file), 0
    try:
        start = reading.start()
        for table, rows in reading.batches({table.name: table for table in tables}):
            connection.execute(insert(table), rows)
            loaded += len(rows)
            if progress:
                progress(loaded, start.rows)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Unusable(_CHANGED) from None
    except (IntegrityError, DataError):
        raise Unusable("The file holds a row that cannot stand in this database, or that is there already.") from None
    if loaded != start.rows:
        raise Unusable(_CHANGED)
    return start


class _Reading:
    """A dump, read from its beginning; what is no dump raises Unusable, MsgspecError or UnicodeDecodeError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hashed = sha256()

    def start(self) -> Dumped:
        if self._take(len(_LABEL)) != _LABEL:
            raise Unusable("The file is not one that Tallystick wrote.")
        if self._take(len(_VERSION)) != _VERSION:
            raise Unusable("The file was written by a later version of Tallystick. Install that one first.")
        kind, coded, _ = self._record()
        if kind != _START:
            raise Unusable(_CHANGED)
        return msgspec.msgpack.decode(coded, type=Dumped)

    def batches(self, tables: dict[str, Table]) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
        """Rows to insert, some at a time; the last come before the hash is compared."""
        rows = _Rows("", ())
        decoder: msgspec.msgpack.Decoder[tuple[Any, ...]] | None = None
        waiting: list[dict[str, Any]] = []
        size = 0
        while True:
            kind, coded, before = self._record()
            if kind == _ROW and decoder:
                waiting.append(dict(zip(rows.columns, decoder.decode(coded), strict=True)))
                size += len(coded)
            if waiting and (kind != _ROW or len(waiting) == _AT_ONCE or size > _BYTES_AT_ONCE):
                yield tables[rows.table], waiting
                waiting, size = [], 0
            if kind == _TABLE:
                rows = msgspec.msgpack.decode(coded, type=_Rows)
                decoder = msgspec.msgpack.Decoder(_row_type(rows, tables))
            elif kind == _END:
                if msgspec.msgpack.decode(coded) != before or self._file.read(1):
                    raise Unusable(_CHANGED)
                return
            elif kind != _ROW or decoder is None:
                raise Unusable(_CHANGED)

    def _record(self) -> tuple[int, bytes, bytes]:
        """The next record: its kind, what is in it, and the hash of all before it."""
        before = self._hashed.digest()
        kind, length = _RECORD.unpack(self._take(_RECORD.size))
        if length > _LONGEST:
            raise Unusable(_CHANGED)
        return kind, self._take(length), before

    def _take(self, length: int) -> bytes:
        taken = self._file.read(length)
        if len(taken) < length:
            raise Unusable(_CHANGED)
        self._hashed.update(taken)
        return taken


def _row_type(rows: _Rows, tables: dict[str, Table]) -> Any:
    """The type of a row of these columns; raises Unusable for what this version has no place for."""
    table = tables.get(rows.table)
    if table is None or not set(rows.columns) <= set(table.columns.keys()):
        raise Unusable("The file holds what this version of Tallystick does not know. Install a later one first.")
    types: list[Any] = []
    for column in (table.columns[name] for name in rows.columns):
        kind: Any = bytes if isinstance(column.type, LargeBinary) else _I64 if isinstance(column.type, Integer) else str
        types.append(kind | None if column.nullable else kind)
    return GenericAlias(tuple, tuple(types))
