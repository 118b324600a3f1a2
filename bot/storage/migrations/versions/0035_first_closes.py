"""When a request was first closed, which may have solved nothing"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import UtcDateTime

revision = "0035"
down_revision = "0034"

KNOWN = "UPDATE requests SET first_closed_at = coalesce(solved_at, closed_at)"
"""Until now each first close was held to be the solution."""


def upgrade() -> None:
    """Applies the change."""
    op.add_column("requests", sa.Column("first_closed_at", UtcDateTime(timezone=True)))
    op.execute(KNOWN)


def downgrade() -> None:
    """Takes the change back; a first close that solved nothing is told as a solution again."""
    op.execute("UPDATE requests SET solved_at = first_closed_at WHERE first_closed_at IS NOT NULL")
    op.execute("ALTER TABLE requests DROP COLUMN first_closed_at")
