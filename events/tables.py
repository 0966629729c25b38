"""The log's tables and the key store's. Made by the migrations beside this file; a test holds both equal."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

long = BigInteger().with_variant(Integer, "sqlite")  # SQLite's STRICT tables know INTEGER alone
log_tables = MetaData()
key_tables = MetaData()

entries = Table(
    "entries",
    log_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("position", long, primary_key=True, autoincrement=False),
    Column("event_id", LargeBinary, nullable=False),
    Column("key_id", LargeBinary, nullable=False),
    Column("n", long, nullable=False),
    Column("recorded_at", long, nullable=False),  # microseconds since 1970 UTC
    Column("flags", Integer, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Index("entries_event", "log", "event_id", unique=True),
    Index("entries_stream", "log", "key_id", "n", unique=True),
    sqlite_strict=True,
)

epochs = Table(
    "epochs",
    log_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("first_position", long, nullable=False),
    Column("origin", Text, nullable=False),
    Index("epochs_origin", "origin", unique=True),
    sqlite_strict=True,
)

checkpoints = Table(
    "checkpoints",
    log_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("size", long, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False),
    sqlite_strict=True,
)

cosignatures = Table(  # what witnesses put under a checkpoint, checked before it was kept
    "cosignatures",
    log_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("size", long, primary_key=True, autoincrement=False),
    Column("witness", Text, primary_key=True),  # name and key hash, as its verifier key begins
    Column("key", Text, nullable=False),  # the whole verifier key
    Column("line", Text, nullable=False),
    sqlite_strict=True,
)

tiles = Table(
    "tiles",
    log_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("index", long, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
    sqlite_strict=True,
)

documents = Table(  # files beside the log, each named by a fact
    "documents",
    log_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("document_id", LargeBinary, primary_key=True),
    Column("key_id", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_strict=True,
)

snapshots = Table(  # what the folds said of a stream; may be lost or dropped at any time, and is made again
    "snapshots",
    log_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("key_id", LargeBinary, primary_key=True),
    Column("view", LargeBinary, primary_key=True),
    Column("upto", long, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_strict=True,
)

APPEND_ONLY = (entries, epochs, checkpoints, cosignatures, documents)

# There only while a restore fills the database, so that nobody takes what is half done for a trust.
unfinished = Table("unfinished_restore", MetaData(), Column("log", LargeBinary, primary_key=True))

keys = Table(
    "keys",
    key_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("key_id", LargeBinary, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("kek_id", long, nullable=False),
    Column("lookup", LargeBinary),  # null once destroyed
    Column("wrapped", LargeBinary),  # null once destroyed
    Column("state", Text, nullable=False),  # live, destroyed
    Index("keys_lookup", "log", "lookup", "version", unique=True),
    sqlite_strict=True,
)

held = Table(  # the academy, index, mac and signing keys of each log; log zero holds the desk key
    "held",
    key_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("own_id", long, primary_key=True, autoincrement=False),
    Column("parent_id", long, nullable=False),
    Column("wrapped", LargeBinary),
    Column("state", Text, nullable=False),
    sqlite_strict=True,
)

signed = Table(  # what the signer last put its name to; written before it signs
    "signed",
    key_tables,
    Column("log", LargeBinary, primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("size", long, nullable=False),
    Column("root", LargeBinary, nullable=False),
    sqlite_strict=True,
)
