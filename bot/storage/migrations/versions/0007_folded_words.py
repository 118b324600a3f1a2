"""Folded words"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

SEARCHED = ("requests", "contacts", "enterprises")


def upgrade() -> None:
    """Applies the change."""
    # What stands in the column is written by 0008.
    for table in SEARCHED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(
                sa.Column("search_text", sa.Text(), server_default="", nullable=False)
            )


def downgrade() -> None:
    """Takes the change back."""
    for table in SEARCHED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("search_text")
