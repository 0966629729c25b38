"""Visits of people from outside, and sessions that end at a moment of their own."""

import sqlalchemy as sa
from alembic import op

revision = "desk_0004"
down_revision = "desk_0003"
branch_labels = None
depends_on = None

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("sessions", sa.Column("ends_at", long, nullable=False, server_default="0"))
    op.create_table(
        "visits",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("code", sa.LargeBinary, nullable=False),
        sa.Column("ends_at", long, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise RuntimeError("An open visit is not thrown away; restore a backup instead.")
