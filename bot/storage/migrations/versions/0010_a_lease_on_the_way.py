"""A lease on the way"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Applies the change."""
    # What is on its way at the upgrade has no lease: its sender is dead, and known by its name.
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.add_column(
            sa.Column("lease_until", bot.storage.base.UtcDateTime(timezone=True), nullable=True)
        )


def downgrade() -> None:
    """Takes the change back."""
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_column("lease_until")
