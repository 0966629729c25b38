"""Turns: who does now what only one server may do."""

import sqlalchemy as sa
from alembic import op

revision = "desk_0002"
down_revision = "desk_0001"
branch_labels = None
depends_on = None

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "turns",
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("taken_at", long, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("turns")
