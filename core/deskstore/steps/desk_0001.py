"""Sessions, credentials, throttle, uploads."""

import sqlalchemy as sa
from alembic import op

revision = "desk_0001"
down_revision = None
branch_labels = ("desk",)
depends_on = "log_0001"

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("began_at", long, nullable=False),
        sa.Column("seen_at", long, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "credentials",
        sa.Column("name_lookup", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "throttle",
        sa.Column("lookup", sa.LargeBinary, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", long, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "uploads",
        sa.Column("upload_id", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", long, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for name in ("uploads", "throttle", "credentials", "sessions"):
        op.drop_table(name)
