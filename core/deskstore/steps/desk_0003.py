"""Sessions that know how strong they are, second factors, recovery codes, links to set a password,
accounts with a provider, tokens for programs.

Sessions are made anew, so everybody signs in once more.
"""

import sqlalchemy as sa
from alembic import op

revision = "desk_0003"
down_revision = "desk_0002"
branch_labels = None
depends_on = None

long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.drop_table("sessions")
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("strength", sa.Text, nullable=False),
        sa.Column("began_at", long, nullable=False),
        sa.Column("seen_at", long, nullable=False),
        sa.Column("proved_at", long, nullable=False),
        sa.Column("locked", sa.Integer, nullable=False),
        sa.Column("browser", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("sessions_person", "sessions", ["person"])
    op.create_table(
        "factors",
        sa.Column("person", sa.LargeBinary, primary_key=True),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("added_at", long, nullable=False),
        sa.Column("last_step", long, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "recovery",
        sa.Column("lookup", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "links",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("ends_at", long, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "tokens",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sa.Column("called", sa.LargeBinary, nullable=False),
        sa.Column("writes", sa.Integer, nullable=False),
        sa.Column("made_at", long, nullable=False),
        sa.Column("ends_at", long, nullable=False),
        sa.Column("used_at", long, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "identities",
        sa.Column("lookup", sa.LargeBinary, primary_key=True),
        sa.Column("person", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise RuntimeError("A second factor is not thrown away; restore a backup instead.")
