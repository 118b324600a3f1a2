"""What cannot be taken, and albums"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "set_aside_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat_key", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("received_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_aside_updates")),
        sa.UniqueConstraint("channel", "digest", name=op.f("uq_set_aside_updates_channel")),
    )
    with op.batch_alter_table("inbox_events", schema=None) as batch_op:
        # Events that are there already were sent one by one.
        batch_op.add_column(
            sa.Column("album", sa.String(length=200), nullable=False, server_default="")
        )


def downgrade() -> None:
    """Takes the change back."""
    with op.batch_alter_table("inbox_events", schema=None) as batch_op:
        batch_op.drop_column("album")
    op.drop_table("set_aside_updates")
