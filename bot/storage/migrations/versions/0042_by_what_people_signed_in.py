"""By what people signed in"""

from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Applies the change: until now there was the password alone."""
    op.execute(
        "ALTER TABLE officer_sessions ADD COLUMN way VARCHAR(10) DEFAULT 'password' NOT NULL"
    )


def downgrade() -> None:
    """Takes the change back."""
    op.execute("ALTER TABLE officer_sessions DROP COLUMN way")
