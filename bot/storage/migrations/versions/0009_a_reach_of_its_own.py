"""A reach of its own"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ROWS_AT_ONCE = 500

# The rule of `domain.search_text` as it is at this revision: a migration must not change with it.
NUMBER = re.compile(r"[0-9](?:[ .,/_()‐–-]{0,3}[0-9]){5,}")
WORD = re.compile(r"\d+|[^\W\d_]+")
D_WITH_STROKE = str.maketrans(
    {**dict.fromkeys(("đ", "ð", "ɖ"), "d"), **dict.fromkeys(("Đ", "Ð", "Ɖ"), "D")}
)


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
            {"row": row.id, "name": _words(row.display_name), "reach": _words(row.phone, row.email)}
            for row in rows
        )


def downgrade() -> None:
    """Takes the change back."""
    for rows in _batches():
        _write(
            {"row": row.id, "name": _words(row.display_name, row.phone, row.email), "reach": ""}
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


def _words(*texts: str | None) -> str:
    folded = [_folded(text or "") for text in texts]
    words = [word for text in folded for word in WORD.findall(text)]
    runs = [run for text in folded for run in NUMBER.findall(text)]
    numbers = [re.sub(r"[^0-9]", "", run) for run in runs]
    return " ".join([*words, *(number for number in numbers if number not in words)])


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.translate(D_WITH_STROKE).lower()
