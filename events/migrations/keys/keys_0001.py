"""Data keys, the keys that wrap them, and what the signer last signed."""

import sqlalchemy as sa
from alembic import op

revision = "keys_0001"
down_revision = None
branch_labels = ("keys",)
depends_on = None

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "keys",
        sa.Column("log", sa.LargeBinary, primary_key=True),
        sa.Column("key_id", sa.LargeBinary, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kek_id", long, nullable=False),
        sa.Column("lookup", sa.LargeBinary),
        sa.Column("wrapped", sa.LargeBinary),
        sa.Column("state", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("keys_lookup", "keys", ["log", "lookup", "version"], unique=True)
    op.create_table(
        "held",
        sa.Column("log", sa.LargeBinary, primary_key=True),
        sa.Column("purpose", sa.Text, primary_key=True),
        sa.Column("own_id", long, primary_key=True, autoincrement=False),
        sa.Column("parent_id", long, nullable=False),
        sa.Column("wrapped", sa.LargeBinary),
        sa.Column("state", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "signed",
        sa.Column("log", sa.LargeBinary, primary_key=True),
        sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("size", long, nullable=False),
        sa.Column("root", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise RuntimeError("Keys are never taken back; restore a backup instead.")
