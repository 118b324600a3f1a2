"""The second factor"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import JsonColumn, UtcDateTime

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Applies the change: nobody has one yet."""
    op.create_table(
        "second_factors",
        _of_a_person("second_factors", is_key=True),
        sa.Column("secret", sa.String(300), nullable=False),
        sa.Column("begun_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("recovery_salt", sa.String(32), nullable=False),
        sa.Column("recovery_hashes", JsonColumn, nullable=False),
    )
    op.create_table(
        "half_sign_ins",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _of_a_person("half_sign_ins", is_key=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_half_sign_ins_officer_id", "half_sign_ins", ["officer_id"])


def _of_a_person(table: str, *, is_key: bool) -> sa.Column[int]:
    person = sa.ForeignKey("officers.id", name=f"fk_{table}_officer_id_officers")
    return sa.Column("officer_id", sa.Integer, person, primary_key=is_key, nullable=False)


def downgrade() -> None:
    """Takes the change back: second factors are gone, passwords alone open again."""
    op.drop_table("half_sign_ins")
    op.drop_table("second_factors")
