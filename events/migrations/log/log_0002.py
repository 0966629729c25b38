"""Documents, sealed beside the log."""

import sqlalchemy as sa
from alembic import op

from events.migrations.append_only import refuse_changes

revision = "log_0002"
down_revision = "log_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("log", sa.LargeBinary, primary_key=True),
        sa.Column("document_id", sa.LargeBinary, primary_key=True),
        sa.Column("key_id", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE documents ALTER COLUMN sealed SET STORAGE EXTERNAL")  # ciphertext does not compress
    refuse_changes("documents")


def downgrade() -> None:
    raise RuntimeError("A log is never taken back; restore a backup instead.")
