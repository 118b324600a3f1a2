"""Sent again, and what comes after a close"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Applies the change."""
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.add_column(sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("parts_sent", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(
            sa.Column("paused_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True)
        )
    # When a pause was set is not known of the rows that wait now: they are due at once.
    op.execute("UPDATE deliveries SET paused_at = available_at")
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.alter_column("paused_at", nullable=False)
        batch_op.alter_column("doubts", server_default=None)
        batch_op.alter_column("parts_sent", server_default=None)

    with op.batch_alter_table("requests") as batch_op:
        batch_op.add_column(
            sa.Column("solved_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("late_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True)
        )
    op.execute("UPDATE requests SET solved_at = closed_at")


def downgrade() -> None:
    """Takes the change back."""
    with op.batch_alter_table("requests") as batch_op:
        batch_op.drop_column("late_at")
        batch_op.drop_column("solved_at")
    with op.batch_alter_table("deliveries") as batch_op:
        batch_op.drop_column("paused_at")
        batch_op.drop_column("parts_sent")
        batch_op.drop_column("doubts")
