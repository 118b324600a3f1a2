"""Messages of the web chat are out with the transaction that says them"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_DELIVERIES = sa.table(
    "deliveries",
    sa.column("channel", sa.String),
    sa.column("state", sa.String),
    sa.column("sent_at", sa.DateTime),
    sa.column("paused_at", sa.DateTime),
)


def upgrade() -> None:
    """Applies the change."""
    # However its sending stood: the pages read it when they come back, and nobody sends it now.
    op.execute(
        _DELIVERIES.update()
        .where(_DELIVERIES.c.channel == "web", _DELIVERIES.c.state != "sent")
        .values(state="sent", sent_at=_DELIVERIES.c.paused_at)
    )


def downgrade() -> None:
    """Takes the change back: what has gone out needs no sending then, either."""
