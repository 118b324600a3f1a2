"""What was noted of people is remembered"""

from alembic import op

revision = "0018"
down_revision = "0017"

# As in 0016: a column by itself, in words that both databases know.
ADDED = (
    "ALTER TABLE profile_changes ADD COLUMN person_id INTEGER"
    " CONSTRAINT fk_profile_changes_person_id_profile_contacts REFERENCES profile_contacts (id)"
)


def upgrade() -> None:
    """Applies the change."""
    op.execute(ADDED)
    op.create_index("ix_profile_changes_person_id", "profile_changes", ["person_id"])


def downgrade() -> None:
    """Takes the change back: lines of people say nothing to the version before, and go."""
    op.execute("DELETE FROM profile_changes WHERE substr(field, 1, 8) = 'contact_'")
    op.drop_index("ix_profile_changes_person_id", "profile_changes")
    op.execute("ALTER TABLE profile_changes DROP COLUMN person_id")
