"""Desk moves: what is owed, known devices, erasures that wait"""

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
    op.create_table(
        "known_devices",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("used_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_known_devices_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_known_devices")),
    )
    with op.batch_alter_table("known_devices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_known_devices_officer_id"), ["officer_id"])
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("erase_asked_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_conversations_erase_asked_at"), ["erase_asked_at"])
    op.execute(
        f"UPDATE requests SET answered_at = first_reply_at WHERE {_SPOKEN} > {_HANDED_ON}"  # noqa: S608
    )


def downgrade() -> None:
    """Takes the change back."""
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversations_erase_asked_at"))
        batch_op.drop_column("erase_asked_at")
    op.drop_table("known_devices")
    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_column("answered_at")
