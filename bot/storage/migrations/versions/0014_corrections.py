"""Corrections"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Applies the change. What was given before is not known by its mark, and is not made up."""
    op.create_table(
        "given_answers",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=8), nullable=False),
        sa.Column("english", sa.Boolean(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("given_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_given_answers_message_id_messages")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_given_answers_conversation_id_conversations"),
        ),
        sa.PrimaryKeyConstraint("message_id", "article", name=op.f("pk_given_answers")),
    )
    op.create_index("ix_given_answers_article_given_at", "given_answers", ["article", "given_at"])
    op.create_index("ix_given_answers_conversation_id", "given_answers", ["conversation_id"])
    op.create_index("ix_given_answers_given_at", "given_answers", ["given_at"])
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(length=80), nullable=False),
        sa.Column("mark", sa.String(length=8), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("english", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["written_by"], ["officers.id"], name=op.f("fk_corrections_written_by_officers")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["officers.id"], name=op.f("fk_corrections_decided_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    waiting = sa.text("state = 'proposed'")
    op.create_index(
        "ix_corrections_waiting",
        "corrections",
        ["article"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "correction_notices",
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["corrections.id"],
            name=op.f("fk_correction_notices_correction_id_corrections"),
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_correction_notices_conversation_id_conversations"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
            name=op.f("fk_correction_notices_message_id_messages"),
        ),
        sa.PrimaryKeyConstraint(
            "correction_id", "conversation_id", name=op.f("pk_correction_notices")
        ),
        sa.UniqueConstraint("message_id", name=op.f("uq_correction_notices_message_id")),
    )
    op.create_index(
        "ix_correction_notices_conversation_id", "correction_notices", ["conversation_id"]
    )


def downgrade() -> None:
    """Takes the change back."""
    op.drop_table("correction_notices")
    op.drop_table("corrections")
    op.drop_table("given_answers")
