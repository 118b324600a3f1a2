"""Hours told anew"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Applies the change. No hour was told anew before: the one that stands is the first."""
    # Not in a batch: there SQLite's table would be made anew, to which others point.
    op.add_column(
        "requests",
        sa.Column("first_promised_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True),
    )


def downgrade() -> None:
    """Takes the change back."""
    op.drop_column("requests", "first_promised_at")
