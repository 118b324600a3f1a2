"""Replies that may be taken back"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "held_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("attachments", bot.storage.base.JsonColumn, nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("pressed_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_held_replies_officer_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_held_replies_request_id_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_replies")),
        sa.UniqueConstraint("cause", name=op.f("uq_held_replies_cause")),
    )
    op.create_index("ix_held_replies_request_id", "held_replies", ["request_id"])
    op.create_index("ix_held_replies_state_due_at", "held_replies", ["state", "due_at"])


def downgrade() -> None:
    """Takes the change back; what had not left is lost with it."""
    op.drop_table("held_replies")
