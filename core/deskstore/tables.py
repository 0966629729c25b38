"""The desk store's tables: the only rows that change. Personal values are sealed; names are looked up blind."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text

from events.tables import long

desk_tables = MetaData()

sessions = Table(
    "sessions",
    desk_tables,
    Column("token_hash", LargeBinary, primary_key=True),  # SHA-256 of the cookie's token
    Column("person", LargeBinary, nullable=False),
    Column("began_at", long, nullable=False),  # seconds since 1970 UTC, as all here
    Column("seen_at", long, nullable=False),
    sqlite_strict=True,
)

credentials = Table(
    "credentials",
    desk_tables,
    Column("name_lookup", LargeBinary, primary_key=True),  # HMAC of the sign-in name
    Column("person", LargeBinary, nullable=False),
    Column("password_hash", Text, nullable=False),  # Argon2id, with its own salt and cost
    sqlite_strict=True,
)

throttle = Table(
    "throttle",
    desk_tables,
    Column("lookup", LargeBinary, primary_key=True),  # HMAC of what is counted
    Column("failures", Integer, nullable=False),
    Column("last_at", long, nullable=False),
    sqlite_strict=True,
)

uploads = Table(
    "uploads",
    desk_tables,
    Column("upload_id", LargeBinary, primary_key=True),
    Column("person", LargeBinary, nullable=False),
    Column("kept_at", long, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_strict=True,
)

turns = Table(  # what one server at a time does for all
    "turns",
    desk_tables,
    Column("what", Text, primary_key=True),
    Column("taken_at", long, nullable=False),
    sqlite_strict=True,
)
