"""Requests name the authority that is thought to be in charge"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Applies the change."""
    op.add_column(
        "requests",
        sa.Column("authority", sa.String(length=60), nullable=False, server_default=""),
    )


def downgrade() -> None:
    """Takes the change back; who was thought to be in charge is known no more."""
    op.drop_column("requests", "authority")
