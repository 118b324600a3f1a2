"""The trail"""

import sqlalchemy as sa
from alembic import op

from bot.storage.base import UtcDateTime

revision = "0021"
down_revision = "0020"

ON_SQLITE = (
    (
        "CREATE TRIGGER trail_lines_stay BEFORE UPDATE ON trail_lines"
        " BEGIN SELECT RAISE(ABORT, 'the trail is never changed'); END"
    ),
    (
        "CREATE TRIGGER trail_lines_keep BEFORE DELETE ON trail_lines"
        " WHEN OLD.at > datetime('now', '-365 days')"
        " BEGIN SELECT RAISE(ABORT, 'the trail is kept for a year'); END"
    ),
)

ON_POSTGRESQL = (
    (
        "CREATE FUNCTION trail_lines_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF TG_OP = 'DELETE' THEN"
        " IF OLD.at <= now() - interval '365 days' THEN RETURN OLD; END IF;"
        " RAISE EXCEPTION 'the trail is kept for a year';"
        " END IF;"
        " RAISE EXCEPTION 'the trail is never changed'; END $$"
    ),
    (
        "CREATE TRIGGER trail_lines_guard BEFORE UPDATE OR DELETE ON trail_lines"
        " FOR EACH ROW EXECUTE FUNCTION trail_lines_guard()"
    ),
    (
        "CREATE TRIGGER trail_lines_whole BEFORE TRUNCATE ON trail_lines"
        " FOR EACH STATEMENT EXECUTE FUNCTION trail_lines_guard()"
    ),
)


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "trail_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officers.id"], name=op.f("fk_trail_lines_officer_id_officers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail_lines")),
    )
    op.create_index("ix_trail_lines_officer_id_id", "trail_lines", ["officer_id", "id"])
    op.create_index("ix_trail_lines_kind_id", "trail_lines", ["kind", "id"])
    op.create_index("ix_trail_lines_subject_id", "trail_lines", ["subject", "id"])
    op.create_index("ix_trail_lines_at", "trail_lines", ["at"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for words in ON_SQLITE if is_sqlite else ON_POSTGRESQL:
        op.execute(words)


def downgrade() -> None:
    """Takes the change back: the trail goes with its triggers."""
    op.drop_table("trail_lines")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION trail_lines_guard()")
