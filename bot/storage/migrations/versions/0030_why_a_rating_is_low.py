"""Why a rating is low"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import UtcDateTime

revision = "0030"
down_revision = "0029"

# As in 0015: columns one by one, in words that both databases know.
ADDED = (
    "ALTER TABLE requests ADD COLUMN rating_reason VARCHAR(20) DEFAULT '' NOT NULL",
    "ALTER TABLE requests ADD COLUMN rating_words TEXT DEFAULT '' NOT NULL",
)

READ_LONG_AGO = (
    "UPDATE requests SET rating_seen_at = coalesce(closed_at, created_at) WHERE rating IS NOT NULL"
)
"""What was rated before is news for nobody."""


def upgrade() -> None:
    """Applies the change."""
    for words in ADDED:
        op.execute(words)
    op.add_column("requests", sa.Column("rating_seen_at", UtcDateTime(timezone=True)))
    op.execute(READ_LONG_AGO)


def downgrade() -> None:
    """Takes the change back."""
    for column in ("rating_seen_at", "rating_words", "rating_reason"):
        op.execute(f"ALTER TABLE requests DROP COLUMN {column}")
