"""Answers of every kind"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0015"
down_revision = "0014"

# Columns are added one by one, by words that both databases know: SQLite would rebuild a table for
# a constraint, and cannot drop one that other tables point to.
ADDED = (
    (
        "ALTER TABLE attempts ADD COLUMN definition_id VARCHAR(64)"
        " CONSTRAINT fk_attempts_definition_id_assessment_definitions"
        " REFERENCES assessment_definitions (id)"
    ),
    "ALTER TABLE attempts ADD COLUMN question VARCHAR(60) DEFAULT '' NOT NULL",
    "ALTER TABLE attempts ADD COLUMN code VARCHAR(12)",
    "ALTER TABLE attempts ADD COLUMN consent_version VARCHAR(20) DEFAULT '' NOT NULL",
    "ALTER TABLE attempts ADD COLUMN percent INTEGER",
    "ALTER TABLE attempts ADD COLUMN level VARCHAR(60) DEFAULT '' NOT NULL",
    "ALTER TABLE attempts DROP COLUMN position",
    (
        "ALTER TABLE requests ADD COLUMN attempt_id INTEGER"
        " CONSTRAINT fk_requests_attempt_id_attempts REFERENCES attempts (id)"
    ),
)

REMOVED = (
    "ALTER TABLE requests DROP COLUMN attempt_id",
    "ALTER TABLE attempts DROP COLUMN definition_id",
    "ALTER TABLE attempts DROP COLUMN question",
    "ALTER TABLE attempts DROP COLUMN code",
    "ALTER TABLE attempts DROP COLUMN consent_version",
    "ALTER TABLE attempts DROP COLUMN percent",
    "ALTER TABLE attempts DROP COLUMN level",
    "ALTER TABLE attempts ADD COLUMN position INTEGER DEFAULT 0 NOT NULL",
)

LONGEST_SCORE = 2
"""Digits: a year or a figure is no score."""


def upgrade() -> None:
    """Applies the change. A run that was open goes on with its first question without answer."""
    op.create_table(
        "assessment_definitions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("assessment", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("kept_at", bot.storage.base.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_definitions")),
    )
    for words in ADDED:
        op.execute(words)
    op.create_index("ix_attempts_code", "attempts", ["code"], unique=True)
    op.create_index(
        "ix_attempts_counted", "attempts", ["assessment", "finished_at", "started_at", "percent"]
    )
    op.create_index("ix_requests_attempt_id", "requests", ["attempt_id"])
    op.create_table(
        "attempt_scores",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(length=60), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_attempt_scores_attempt_id_attempts")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "dimension", name=op.f("pk_attempt_scores")),
    )
    _scores_as_answers()


def downgrade() -> None:
    """Takes the change back: answers that are no score go, and runs begin at their start."""
    _answers_as_scores()
    op.drop_table("attempt_scores")
    op.drop_index("ix_requests_attempt_id", "requests")
    op.drop_index("ix_attempts_counted", "attempts")
    op.drop_index("ix_attempts_code", "attempts")
    for words in REMOVED:
        op.execute(words)
    op.drop_table("assessment_definitions")


def _answer() -> "sa.ColumnClause[Any]":
    return sa.column("answer", bot.storage.base.JsonColumn)


def _scores_as_answers() -> None:
    with op.batch_alter_table("attempt_answers") as table:
        table.add_column(sa.Column("answer", bot.storage.base.JsonColumn, nullable=True))
    rows = sa.table("attempt_answers", sa.column("score"), _answer())
    connection = op.get_bind()
    for (score,) in connection.execute(sa.select(rows.c.score).distinct()).all():
        connection.execute(sa.update(rows).where(rows.c.score == score).values(answer=[str(score)]))
    with op.batch_alter_table("attempt_answers") as table:
        table.alter_column("answer", nullable=False, existing_type=bot.storage.base.JsonColumn)
        table.drop_column("score")


def _answers_as_scores() -> None:
    with op.batch_alter_table("attempt_answers") as table:
        table.add_column(sa.Column("score", sa.Integer(), nullable=True))
    rows = sa.table("attempt_answers", sa.column("id"), sa.column("score"), _answer())
    connection = op.get_bind()
    for row in connection.execute(sa.select(rows.c.id, rows.c.answer)).all():
        given = row.answer[0] if len(row.answer) == 1 else ""
        if given.isdecimal() and len(given) <= LONGEST_SCORE:
            connection.execute(sa.update(rows).where(rows.c.id == row.id).values(score=int(given)))
    connection.execute(sa.delete(rows).where(rows.c.score.is_(None)))
    with op.batch_alter_table("attempt_answers") as table:
        table.alter_column("score", nullable=False, existing_type=sa.Integer())
        table.drop_column("answer")
