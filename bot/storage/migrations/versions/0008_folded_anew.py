"""Folded anew"""

import re
import unicodedata
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

SEARCHED: Mapping[str, tuple[str, ...]] = {
    "requests": ("question", "reach", "enterprise_name", "unchecked_tax_code"),
    "contacts": ("display_name", "phone", "email"),
    "enterprises": ("name", "tax_code"),
}
ROWS_AT_ONCE = 500

# The rule of `domain.search_text` as it is at this revision: a migration must not change with it.
NUMBER = re.compile(r"[0-9](?:[ .,/_()‐–-]{0,3}[0-9]){5,}")
WORD = re.compile(r"\d+|[^\W\d_]+")
D_WITH_STROKE = str.maketrans(
    {**dict.fromkeys(("đ", "ð", "ɖ"), "d"), **dict.fromkeys(("Đ", "Ð", "Ɖ"), "D")}
)


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
            [{"row": row[0], "words": _words(row[1:])} for row in batch],
        )


def _words(texts: sa.Row[tuple[str | None, ...]] | tuple[str | None, ...]) -> str:
    folded = [_folded(text or "") for text in texts]
    words = [word for text in folded for word in WORD.findall(text)]
    runs = [run for text in folded for run in NUMBER.findall(text)]
    numbers = [re.sub(r"[^0-9]", "", run) for run in runs]
    return " ".join([*words, *(number for number in numbers if number not in words)])


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.translate(D_WITH_STROKE).lower()
