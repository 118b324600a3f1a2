"""Lists read less"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

HEARD = sa.text("author = 'owner' AND request_id IS NOT NULL")
LOW = sa.text("rating <= 2 AND rating_seen_at IS NULL")


def upgrade() -> None:
    """Applies the change."""
    op.create_index("ix_requests_office_state_late_at", "requests", ["office", "state", "late_at"])
    op.drop_index("ix_requests_office_state", table_name="requests")
    op.create_index("ix_requests_low", "requests", ["id"], sqlite_where=LOW, postgresql_where=LOW)
    op.create_index("ix_messages_request_id_author_id", "messages", ["request_id", "author", "id"])
    op.drop_index("ix_messages_request_id", table_name="messages")
    op.create_index(
        "ix_messages_heard",
        "messages",
        ["id", "request_id"],
        sqlite_where=HEARD,
        postgresql_where=HEARD,
    )


def downgrade() -> None:
    """Takes the change back."""
    op.drop_index("ix_messages_heard", table_name="messages")
    op.create_index("ix_messages_request_id", "messages", ["request_id"])
    op.drop_index("ix_messages_request_id_author_id", table_name="messages")
    op.drop_index("ix_requests_low", table_name="requests")
    op.create_index("ix_requests_office_state", "requests", ["office", "state"])
    op.drop_index("ix_requests_office_state_late_at", table_name="requests")
