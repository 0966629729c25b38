"""Passkeys."""

import sqlalchemy as sa
from alembic import op

revision = "desk_0005"
down_revision = "desk_0004"
branch_labels = None
depends_on = None

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id_hash", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("credential", sa.LargeBinary, nullable=False),
        sa.Column("called", sa.LargeBinary, nullable=False),
        sa.Column("counter", long, nullable=False),
        sa.Column("added_at", long, nullable=False),
        sa.Column("used_at", long, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise RuntimeError("A way in is not thrown away; restore a backup instead.")
