"""Answers propose to the register"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import UtcDateTime

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "proposal_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_proposal_decisions_attempt_id_attempts")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_proposal_decisions_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_decisions")),
        sa.UniqueConstraint(
            "attempt_id", "field", "value", name=op.f("uq_proposal_decisions_attempt_id")
        ),
    )
    op.execute("ALTER TABLE profile_changes ADD COLUMN origin VARCHAR(500) DEFAULT '' NOT NULL")


def downgrade() -> None:
    """Takes the change back: what was taken over stays in the profiles."""
    op.execute("ALTER TABLE profile_changes DROP COLUMN origin")
    op.drop_table("proposal_decisions")
