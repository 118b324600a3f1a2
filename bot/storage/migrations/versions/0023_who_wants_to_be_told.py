"""People say of what they want to be told, and when not"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import JsonColumn

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Applies the change: nobody has said anything yet."""
    op.create_table(
        "alert_wishes",
        sa.Column(
            "officer_id",
            sa.Integer,
            sa.ForeignKey("officers.id", name="fk_alert_wishes_officer_id_officers"),
            primary_key=True,
        ),
        sa.Column("kinds", JsonColumn, nullable=False),
        sa.Column("sounds", sa.Boolean, nullable=False),
        sa.Column("quiet_from", sa.String(5), nullable=False),
        sa.Column("quiet_to", sa.String(5), nullable=False),
    )


def downgrade() -> None:
    """Takes the change back: everybody is told of everything."""
    op.drop_table("alert_wishes")
