"""Answers of every kind"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0015"
down_revision = "0014"


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
    with op.batch_alter_table("attempts") as table:
        table.add_column(sa.Column("definition_id", sa.String(length=64), nullable=True))
        table.add_column(
            sa.Column("question", sa.String(length=60), nullable=False, server_default="")
        )
        table.add_column(sa.Column("code", sa.String(length=12), nullable=True))
        table.create_foreign_key(
            op.f("fk_attempts_definition_id_assessment_definitions"),
            "assessment_definitions",
            ["definition_id"],
            ["id"],
        )
        table.add_column(
            sa.Column("consent_version", sa.String(length=20), nullable=False, server_default="")
        )
        table.add_column(sa.Column("percent", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("level", sa.String(length=60), nullable=False, server_default="")
        )
        table.create_unique_constraint(op.f("uq_attempts_code"), ["code"])
        table.create_index(
            "ix_attempts_counted", ["assessment", "finished_at", "started_at", "percent"]
        )
        table.drop_column("position")
    with op.batch_alter_table("attempts") as table:
        table.alter_column("question", server_default=None)
        table.alter_column("consent_version", server_default=None)
        table.alter_column("level", server_default=None)
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
    with op.batch_alter_table("requests") as table:
        table.add_column(sa.Column("attempt_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_requests_attempt_id_attempts"), "attempts", ["attempt_id"], ["id"]
        )
    _scores_as_answers()


def downgrade() -> None:
    """Takes the change back: answers that are no score go, and runs begin at their start."""
    with op.batch_alter_table("requests") as table:
        table.drop_constraint(op.f("fk_requests_attempt_id_attempts"), type_="foreignkey")
        table.drop_column("attempt_id")
    op.drop_table("attempt_scores")
    with op.batch_alter_table("attempt_answers") as table:
        table.add_column(sa.Column("score", sa.Integer(), nullable=True))
    rows = sa.table("attempt_answers", sa.column("id"), sa.column("score"), _answer())
    connection = op.get_bind()
    for row in connection.execute(sa.select(rows.c.id, rows.c.answer)).all():
        number = row.answer[0] if len(row.answer) == 1 else ""
        score = int(number) if number.isdecimal() else None
        connection.execute(sa.update(rows).where(rows.c.id == row.id).values(score=score))
    connection.execute(sa.delete(rows).where(rows.c.score.is_(None)))
    with op.batch_alter_table("attempt_answers") as table:
        table.alter_column("score", nullable=False, existing_type=sa.Integer())
        table.drop_column("answer")
    with op.batch_alter_table("attempts") as table:
        table.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        table.drop_index("ix_attempts_counted")
        table.drop_constraint(op.f("uq_attempts_code"), type_="unique")
        table.drop_constraint(
            op.f("fk_attempts_definition_id_assessment_definitions"), type_="foreignkey"
        )
        table.drop_column("definition_id")
        table.drop_column("question")
        table.drop_column("code")
        table.drop_column("consent_version")
        table.drop_column("percent")
        table.drop_column("level")
    with op.batch_alter_table("attempts") as table:
        table.alter_column("position", server_default=None)
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
