"""A reach of its own"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.words_of_0008 import words_of

revision = "0009"
down_revision = "0008"

ROWS_AT_ONCE = 500

CONTACTS = sa.table(
    "contacts",
    *map(sa.column, ("id", "display_name", "phone", "email", "search_text", "reach_text")),
)


def upgrade() -> None:
    """Applies the change."""
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reach_text", sa.Text(), server_default="", nullable=False))
    for rows in _batches():
        _write(
            {
                "row": row.id,
                "name": words_of(row.display_name),
                "reach": words_of(row.phone, row.email),
            }
            for row in rows
        )


def downgrade() -> None:
    """Takes the change back."""
    for rows in _batches():
        _write(
            {"row": row.id, "name": words_of(row.display_name, row.phone, row.email), "reach": ""}
            for row in rows
        )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_column("reach_text")


def _batches() -> Iterator[Sequence[sa.Row[Any]]]:
    """Rows that were there before, some at a time."""
    last = 0
    while batch := (
        op.get_bind()
        .execute(
            sa.select(CONTACTS)
            .where(CONTACTS.c.id > last)
            .order_by(CONTACTS.c.id)
            .limit(ROWS_AT_ONCE)
        )
        .all()
    ):
        yield batch
        last = batch[-1].id


def _write(words: Iterable[Mapping[str, Any]]) -> None:
    op.get_bind().execute(
        sa.update(CONTACTS)
        .where(CONTACTS.c.id == sa.bindparam("row"))
        .values(search_text=sa.bindparam("name"), reach_text=sa.bindparam("reach")),
        list(words),
    )
