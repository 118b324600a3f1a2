"""Approved answers change"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import UtcDateTime

revision = "0033"
down_revision = "0032"

# As in 0015: columns one by one, in words that both databases know.
ADDED = (
    (
        "ALTER TABLE gap_conclusions ADD COLUMN replaces_id INTEGER"
        " CONSTRAINT fk_gap_conclusions_replaces_id_gap_conclusions"
        " REFERENCES gap_conclusions (id)"
    ),
    "ALTER TABLE gap_conclusions ADD COLUMN why TEXT DEFAULT '' NOT NULL",
    (
        "ALTER TABLE gap_conclusions ADD COLUMN withdrawn_by INTEGER"
        " CONSTRAINT fk_gap_conclusions_withdrawn_by_officers REFERENCES officers (id)"
    ),
    "ALTER TABLE gap_conclusions ADD COLUMN withdrawn_why TEXT DEFAULT '' NOT NULL",
)

NOT_SERVED = (
    "UPDATE gap_conclusions SET state = 'returned' WHERE state IN ('withdrawn', 'replaced')"
)
"""The version before knows no other word for what is not served."""


def upgrade() -> None:
    """Applies the change."""
    for words in ADDED:
        op.execute(words)
    op.add_column("gap_conclusions", sa.Column("withdrawn_at", UtcDateTime(timezone=True)))


def downgrade() -> None:
    """Takes the change back: versions that are no longer served count as returned."""
    op.execute(NOT_SERVED)
    for column in ("withdrawn_at", "withdrawn_why", "withdrawn_by", "why", "replaces_id"):
        op.execute(f"ALTER TABLE gap_conclusions DROP COLUMN {column}")
