"""Entries, epochs, checkpoints and tiles."""

import sqlalchemy as sa
from alembic import op

from events.migrations.append_only import refuse_changes

revision = "log_0001"
down_revision = None
branch_labels = ("log",)
depends_on = None

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "entries",
        # Numbers first: PostgreSQL aligns each to its size, and bytes of odd lengths between them cost 16 bytes a row.
        sa.Column("position", long, autoincrement=False),
        sa.Column("n", long, nullable=False),
        sa.Column("recorded_at", long, nullable=False),
        sa.Column("flags", sa.Integer, nullable=False),
        sa.Column("log", sa.LargeBinary),
        sa.Column("event_id", sa.LargeBinary, nullable=False),
        sa.Column("key_id", sa.LargeBinary, nullable=False),
        sa.Column("commitment", sa.LargeBinary, nullable=False),
        sa.Column("mac", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("log", "position"),
        sqlite_strict=True,
    )
    op.create_index("entries_event", "entries", ["log", "event_id"], unique=True)
    op.create_index("entries_stream", "entries", ["log", "key_id", "n"], unique=True)
    op.create_table(
        "epochs",
        sa.Column("log", sa.LargeBinary, primary_key=True),
        sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("first_position", long, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("epochs_origin", "epochs", ["origin"], unique=True)
    op.create_table(
        "checkpoints",
        sa.Column("log", sa.LargeBinary, primary_key=True),
        sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("size", long, primary_key=True, autoincrement=False),
        sa.Column("note", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "tiles",
        sa.Column("log", sa.LargeBinary, primary_key=True),
        sa.Column("level", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("index", long, primary_key=True, autoincrement=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE entries ALTER COLUMN sealed SET STORAGE EXTERNAL")  # ciphertext does not compress
        op.execute("ALTER TABLE tiles ALTER COLUMN hashes SET STORAGE EXTERNAL")
    for table in ("entries", "epochs", "checkpoints"):
        refuse_changes(table)


def downgrade() -> None:
    raise RuntimeError("A log is never taken back; restore a backup instead.")
