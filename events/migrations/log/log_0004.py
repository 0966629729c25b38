"""Cosignatures: lines that witnesses put under checkpoints."""

import sqlalchemy as sa
from alembic import op

from events.migrations.append_only import refuse_changes

revision = "log_0004"
down_revision = "log_0003"
branch_labels = None
depends_on = None

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "cosignatures",
        sa.Column("log", sa.LargeBinary, primary_key=True),
        sa.Column("epoch", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("size", long, primary_key=True, autoincrement=False),
        sa.Column("witness", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("line", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    refuse_changes("cosignatures")


def downgrade() -> None:
    raise RuntimeError("A log is never taken back; restore a backup instead.")
