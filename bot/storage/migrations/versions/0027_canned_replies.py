"""Offices keep replies"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("written_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_canned_replies_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_replies")),
        sa.UniqueConstraint("cause", name=op.f("uq_canned_replies_cause")),
    )
    op.create_index("ix_canned_replies_office", "canned_replies", ["office"])


def downgrade() -> None:
    """Takes the change back; the replies go with it."""
    op.drop_table("canned_replies")
