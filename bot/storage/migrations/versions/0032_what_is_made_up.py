"""What is made up"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import UtcDateTime

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "demo_rows",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_demo_rows")),
    )


def downgrade() -> None:
    """Takes the change back."""
    op.drop_table("demo_rows")
