"""Invitations are counted from an index alone"""

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Applies the change."""
    op.drop_index("ix_invitations_campaign_id_state", "invitations")
    op.create_index(
        "ix_invitations_counted", "invitations", ["campaign_id", "state", "way", "attempt_id"]
    )


def downgrade() -> None:
    """Takes it back."""
    op.drop_index("ix_invitations_counted", "invitations")
    op.create_index("ix_invitations_campaign_id_state", "invitations", ["campaign_id", "state"])
