"""The finished runs of an enterprise are found in an index alone"""

from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Applies the change."""
    op.drop_index("ix_attempts_enterprise_id", "attempts")
    op.create_index(
        "ix_attempts_of_enterprise", "attempts", ["enterprise_id", "campaign_id", "finished_at"]
    )


def downgrade() -> None:
    """Takes it back."""
    op.drop_index("ix_attempts_of_enterprise", "attempts")
    op.create_index("ix_attempts_enterprise_id", "attempts", ["enterprise_id"])
