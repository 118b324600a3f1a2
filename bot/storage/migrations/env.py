"""Alembic's environment: runs on the connection that `Database.migrate` passes in."""

from alembic import context

from bot.storage.base import Base
from bot.storage.models import ALL_MODELS  # noqa: F401  (registers every table on the metadata)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
