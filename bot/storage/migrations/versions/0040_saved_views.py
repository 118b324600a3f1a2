"""People keep the filters of their list"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("folded", sa.String(length=60), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("kept_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_saved_views_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("officer_id", "folded", name=op.f("uq_saved_views_officer_id")),
    )
    op.create_index(op.f("ix_saved_views_office"), "saved_views", ["office"])


def downgrade() -> None:
    """Takes the change back; the saved views go with it."""
    op.drop_table("saved_views")
