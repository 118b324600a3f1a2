"""Articles are reviewed"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import UtcDateTime

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "article_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_article_reviews_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_reviews")),
    )
    op.create_index(op.f("ix_article_reviews_article"), "article_reviews", ["article"])


def downgrade() -> None:
    """Takes the change back."""
    op.drop_table("article_reviews")
