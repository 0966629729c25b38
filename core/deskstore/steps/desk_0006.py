"""Files handed over by link."""

import sqlalchemy as sa
from alembic import op

revision = "desk_0006"
down_revision = "desk_0005"
branch_labels = None
depends_on = None

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("place", sa.LargeBinary, nullable=False),
        sa.Column("ends_at", long, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise RuntimeError("What waits to be fetched is not thrown away; restore a backup instead.")
