"""Snapshots, sealed beside the log. They may be dropped and made again, so nothing refuses to change them."""

import sqlalchemy as sa
from alembic import op

revision = "log_0003"
down_revision = "log_0002"
branch_labels = None
depends_on = None

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "snapshots",
        sa.Column("log", sa.LargeBinary, primary_key=True),
        sa.Column("key_id", sa.LargeBinary, primary_key=True),
        sa.Column("view", sa.LargeBinary, primary_key=True),
        sa.Column("upto", long, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE snapshots ALTER COLUMN sealed SET STORAGE EXTERNAL")  # ciphertext does not compress


def downgrade() -> None:
    raise RuntimeError("A log is never taken back; restore a backup instead.")
