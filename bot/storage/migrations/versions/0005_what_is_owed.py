"""What is owed: when an officer answered, as long as nothing new is owed since"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0005"
down_revision = "0004"

_LAST_LINE = "COALESCE((SELECT MAX(id) FROM request_events WHERE request_id = requests.id AND kind IN ({kinds})), 0)"  # noqa: E501

_SPOKEN = _LAST_LINE.format(kinds="'replied', 'asked_back'")
_HANDED_ON = _LAST_LINE.format(kinds="'transferred', 'released'")


def upgrade() -> None:
    """Applies the change; what was answered before stays answered, unless it was handed on."""
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("answered_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True)
        )
    op.execute(
        f"UPDATE requests SET answered_at = first_reply_at WHERE {_SPOKEN} > {_HANDED_ON}"  # noqa: S608
    )


def downgrade() -> None:
    """Takes the change back."""
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_column("answered_at")
