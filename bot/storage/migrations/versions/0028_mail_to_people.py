"""Mail to the department's people"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import JsonColumn, UtcDateTime

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Applies the change: nobody has given an address yet."""
    op.create_table(
        "mail_boxes",
        _of_a_person("mail_boxes", is_key=True),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("verified_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("code_sent_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("code_tries", sa.Integer, nullable=False),
        sa.Column("mornings", sa.Boolean, nullable=False),
        sa.Column("summed_on", sa.Date, nullable=True),
        sa.Column("told", JsonColumn, nullable=False),
        sa.Column("fresh_since", UtcDateTime(timezone=True), nullable=True),
    )
    op.create_table(
        "outgoing_mails",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_a_person("outgoing_mails", is_key=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("message_id", sa.String(120), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_outgoing_mails_officer_id", "outgoing_mails", ["officer_id"])


def _of_a_person(table: str, *, is_key: bool) -> sa.Column[int]:
    person = sa.ForeignKey("officers.id", name=f"fk_{table}_officer_id_officers")
    return sa.Column("officer_id", sa.Integer, person, primary_key=is_key, nullable=False)


def downgrade() -> None:
    """Takes the change back: addresses and mails on their way are gone."""
    op.drop_table("outgoing_mails")
    op.drop_table("mail_boxes")
