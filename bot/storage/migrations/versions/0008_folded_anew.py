"""Folded anew"""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.words_of_0008 import words_of

revision = "0008"
down_revision = "0007"

SEARCHED: Mapping[str, tuple[str, ...]] = {
    "requests": ("question", "reach", "enterprise_name", "unchecked_tax_code"),
    "contacts": ("display_name", "phone", "email"),
    "enterprises": ("name", "tax_code"),
}
ROWS_AT_ONCE = 500


def upgrade() -> None:
    """Applies the change."""
    for table, columns in SEARCHED.items():
        _fill(table, columns)


def downgrade() -> None:
    """Takes the change back: the words of either version can be searched by the other."""


def _fill(table: str, columns: tuple[str, ...]) -> None:
    """Words of rows that were there before, some rows at a time."""
    connection = op.get_bind()
    rows = sa.table(table, sa.column("id"), *map(sa.column, (*columns, "search_text")))
    last = 0
    while True:
        batch = connection.execute(
            sa.select(rows.c.id, *(rows.c[name] for name in columns))
            .where(rows.c.id > last)
            .order_by(rows.c.id)
            .limit(ROWS_AT_ONCE)
        ).all()
        if not batch:
            return
        last = batch[-1].id
        connection.execute(
            sa.update(rows)
            .where(rows.c.id == sa.bindparam("row"))
            .values(search_text=sa.bindparam("words")),
            [{"row": row[0], "words": words_of(*row[1:])} for row in batch],
        )
