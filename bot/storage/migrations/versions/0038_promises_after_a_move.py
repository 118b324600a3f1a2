"""The hour that a first answer is held against, where a later one was told behind it"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import UtcDateTime

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Applies the change: until now no hour was told behind a first answer."""
    op.add_column("requests", sa.Column("counted_promise_at", UtcDateTime(timezone=True)))


def downgrade() -> None:
    """Takes the change back: the first answer is held against what was told last."""
    op.execute("ALTER TABLE requests DROP COLUMN counted_promise_at")
