"""Officers write notes to each other on a case"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("created_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_case_notes_officer_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["requests.id"], name=op.f("fk_case_notes_request_id_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
        sa.UniqueConstraint("cause", name=op.f("uq_case_notes_cause")),
    )
    op.create_index("ix_case_notes_request_id", "case_notes", ["request_id"])
    op.create_table(
        "note_mentions",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", bot.storage.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["note_id"], ["case_notes.id"], name=op.f("fk_note_mentions_note_id_case_notes")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_note_mentions_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("note_id", "officer_id", name=op.f("pk_note_mentions")),
    )
    op.create_index("ix_note_mentions_officer_id", "note_mentions", ["officer_id"])


def downgrade() -> None:
    """Takes the change back; the notes go with it."""
    op.drop_table("note_mentions")
    op.drop_table("case_notes")
