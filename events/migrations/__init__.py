"""The tables' history. Steps of one database are run in one transaction, and never backwards: a log is for ever."""

from __future__ import annotations

from pathlib import Path

from events.database import Database

HERE = Path(__file__).parent
LOG_STEPS = HERE / "log"
KEY_STEPS = HERE / "keys"


def upgrade(database: Database, *steps: Path) -> None:
    """Brings a database up to the newest tables; does nothing when it is.

    Args:
        steps: Folders of Alembic revisions, each a branch of its own.
    """
    from alembic import command  # noqa: PLC0415 - a second to import, and only set-up needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, steps)))
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "heads")
