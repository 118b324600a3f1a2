"""Where people are signed in"""

from alembic import op

revision = "0026"
down_revision = "0025"

ADDED = (
    "ALTER TABLE officer_sessions ADD COLUMN address VARCHAR(60) DEFAULT '' NOT NULL",
    "ALTER TABLE officer_sessions ADD COLUMN agent VARCHAR(300) DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    """Applies the change. Sessions that are open say nothing of their place until they end."""
    for words in ADDED:
        op.execute(words)


def downgrade() -> None:
    """Takes the change back."""
    for name in ("agent", "address"):
        op.execute(f"ALTER TABLE officer_sessions DROP COLUMN {name}")
