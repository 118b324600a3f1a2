"""How requests end"""

from alembic import op

revision = "0024"
down_revision = "0023"

# As in 0015: columns one by one, in words that both databases know.
ADDED = (
    "ALTER TABLE requests ADD COLUMN ending VARCHAR(20)",
    "ALTER TABLE requests ADD COLUMN passed_to VARCHAR(200) DEFAULT '' NOT NULL",
    (
        "ALTER TABLE requests ADD COLUMN duplicate_of_id INTEGER"
        " CONSTRAINT fk_requests_duplicate_of_id_requests REFERENCES requests (id)"
    ),
)

GIVEN_UP = (
    "UPDATE requests SET ending = 'withdrawn' WHERE state = 'closed' AND (SELECT kind"
    " FROM request_events WHERE request_id = requests.id AND kind IN ('closed', 'withdrawn',"
    " 'erased') ORDER BY request_events.id DESC LIMIT 1) = 'withdrawn'"
)
"""Of what is closed already only this is known: that the owner gave it up himself."""


def upgrade() -> None:
    """Applies the change."""
    for words in ADDED:
        op.execute(words)
    op.create_index("ix_requests_duplicate_of_id", "requests", ["duplicate_of_id"])
    op.execute(GIVEN_UP)


def downgrade() -> None:
    """Takes the change back."""
    op.drop_index("ix_requests_duplicate_of_id", "requests")
    for column in ("duplicate_of_id", "passed_to", "ending"):
        op.execute(f"ALTER TABLE requests DROP COLUMN {column}")
