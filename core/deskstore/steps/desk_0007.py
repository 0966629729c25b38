"""What a token reaches: rooms and plugins, by name; "" for everything its person does."""

import sqlalchemy as sa
from alembic import op

revision = "desk_0007"
down_revision = "desk_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tokens", sa.Column("reach", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    raise RuntimeError("A token would reach more than it was made for; restore a backup instead.")
