"""The desk store's tables: the only rows that change. Personal values are sealed; names are looked up blind."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text

from events.tables import long

desk_tables = MetaData()

sessions = Table(
    "sessions",
    desk_tables,
    Column("token_hash", LargeBinary, primary_key=True),  # SHA-256 of the cookie's token
    Column("name", Text, nullable=False),  # as it stands in the log
    Column("person", LargeBinary, nullable=False),
    Column("strength", Text, nullable=False),  # password, waiting (for the second factor), second
    Column("began_at", long, nullable=False),  # seconds since 1970 UTC, as all here
    Column("seen_at", long, nullable=False),
    Column("proved_at", long, nullable=False),  # when the person last proved who they are
    Column("locked", Integer, nullable=False),
    Column("browser", LargeBinary, nullable=False),  # what it says it is; sealed
    Column("ends_at", long, nullable=False, server_default="0"),  # whatever is done until then; 0 for no such moment
    Index("sessions_person", "person"),
    sqlite_strict=True,
)

factors = Table(  # the secret of the person's authenticator app; sealed
    "factors",
    desk_tables,
    Column("person", LargeBinary, primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("added_at", long, nullable=False),
    Column("last_step", long, nullable=False),  # of the last code that was taken: none is taken twice
    sqlite_strict=True,
)

recovery = Table(  # codes for whoever has lost the app; each goes as it is used
    "recovery",
    desk_tables,
    Column("lookup", LargeBinary, primary_key=True),  # HMAC of person and code
    Column("person", LargeBinary, nullable=False),
    sqlite_strict=True,
)

passkeys = Table(  # of a person: each by what it is known by, with its public key; sealed
    "passkeys",
    desk_tables,
    Column("id_hash", LargeBinary, primary_key=True),  # SHA-256 of the credential's id
    Column("person", LargeBinary, nullable=False),
    Column("credential", LargeBinary, nullable=False),
    Column("called", LargeBinary, nullable=False),  # what its owner calls it; sealed
    Column("counter", long, nullable=False),  # as it told it last
    Column("added_at", long, nullable=False),
    Column("used_at", long, nullable=False),
    sqlite_strict=True,
)

links = Table(  # with which a person sets a password, once
    "links",
    desk_tables,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("person", LargeBinary, nullable=False),
    Column("ends_at", long, nullable=False),
    sqlite_strict=True,
)

visits = Table(  # of people from outside, until their time is over
    "visits",
    desk_tables,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("person", LargeBinary, nullable=False),
    Column("code", LargeBinary, nullable=False),  # HMAC of token and code
    Column("ends_at", long, nullable=False),
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

identities = Table(  # accounts with a provider
    "identities",
    desk_tables,
    Column("lookup", LargeBinary, primary_key=True),  # HMAC of issuer and subject
    Column("person", LargeBinary, nullable=False),
    sqlite_strict=True,
)

tokens = Table(  # with which somebody's programs act as them
    "tokens",
    desk_tables,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),  # as it stands in the log
    Column("person", LargeBinary, nullable=False),
    Column("called", LargeBinary, nullable=False),  # what it is for; sealed
    Column("writes", Integer, nullable=False),
    Column("made_at", long, nullable=False),
    Column("ends_at", long, nullable=False),
    Column("used_at", long, nullable=False),
    Column("reach", Text, nullable=False, server_default=""),  # rooms and plugins by name; "" for all
    sqlite_strict=True,
)

handovers = Table(  # files that leave by link, each sealed by the link and the code that goes with it
    "handovers",
    desk_tables,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("place", LargeBinary, nullable=False),  # the academy or the trust it leaves
    Column("ends_at", long, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
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
