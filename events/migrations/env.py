"""What Alembic runs; the connection, inside its transaction, is handed over by `upgrade`."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
