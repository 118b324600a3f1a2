"""Who handles a conversation"""

from alembic import op

revision = "0012"
down_revision = "0011"

# Not in a batch: there SQLite's table would be made anew, to which all others point.
_RENAME = "ALTER TABLE conversations RENAME COLUMN {} TO {}"


def upgrade() -> None:
    """Applies the change."""
    # The owner is the person of the enterprise; who answers him is the handler.
    op.execute(_RENAME.format("owner", "handler"))


def downgrade() -> None:
    """Takes the change back."""
    op.execute(_RENAME.format("handler", "owner"))
