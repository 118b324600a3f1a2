"""Whose password it is"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

# As in 0015: columns one by one, in words that both databases know. Passwords that stand are
# their people's own.
ADDED = (
    "ALTER TABLE officers ADD COLUMN temporary_password BOOLEAN DEFAULT false NOT NULL",
    (
        "ALTER TABLE setup_links ADD COLUMN officer_id INTEGER"
        " CONSTRAINT fk_setup_links_officer_id_officers REFERENCES officers (id)"
    ),
)

LINKS_OF_PEOPLE = "DELETE FROM setup_links WHERE officer_id IS NOT NULL"
"""To the version before they would make an administrator."""


def upgrade() -> None:
    """Applies the change."""
    for words in ADDED:
        op.execute(words)
    op.create_index(op.f("ix_setup_links_officer_id"), "setup_links", ["officer_id"])


def downgrade() -> None:
    """Takes the change back."""
    op.execute(sa.text(LINKS_OF_PEOPLE))
    op.drop_index(op.f("ix_setup_links_officer_id"), "setup_links")
    op.execute("ALTER TABLE setup_links DROP COLUMN officer_id")
    op.execute("ALTER TABLE officers DROP COLUMN temporary_password")
