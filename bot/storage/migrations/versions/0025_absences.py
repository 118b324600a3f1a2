"""Absences"""

import sqlalchemy as sa
from alembic import op

import bot.storage.base

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Applies the change."""
    instant = bot.storage.base.UtcDateTime(timezone=True)
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("handing", sa.String(length=20), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", instant, nullable=False),
        sa.Column("handed_over_at", instant, nullable=True),
        sa.Column("taken_back_at", instant, nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_absences_officer_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["officers.id"], name=op.f("fk_absences_substitute_id_officers")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["officers.id"], name=op.f("fk_absences_written_by_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_officer_id"), "absences", ["officer_id"])
    op.create_index(op.f("ix_absences_last_day"), "absences", ["last_day"])


def downgrade() -> None:
    """Takes the change back."""
    op.drop_table("absences")
