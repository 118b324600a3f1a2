"""Words said"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.words_of_0008 import words_of

revision = "0019"
down_revision = "0018"

ROWS_AT_ONCE = 500
LONGEST = 40

WORD = sa.String(LONGEST).with_variant(sa.String(LONGEST, collation="C"), "postgresql")

MESSAGES = sa.table("messages", *map(sa.column, ("id", "author", "text")))
WORDS = sa.table("message_words", *map(sa.column, ("word", "message_id")))


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "message_words",
        sa.Column("word", WORD, nullable=False),
        sa.Column("message_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_message_words_message_id_messages")
        ),
        sa.PrimaryKeyConstraint("word", "message_id", name=op.f("pk_message_words")),
        sqlite_with_rowid=False,
    )
    for rows in _batches():
        words = [
            {"word": word, "message_id": row.id}
            for row in rows
            for word in dict.fromkeys(one[:LONGEST] for one in words_of(row.text).split())
        ]
        if words:
            op.get_bind().execute(sa.insert(WORDS), words)


def downgrade() -> None:
    """Takes the change back."""
    op.drop_table("message_words")


def _batches() -> Iterator[Sequence[sa.Row[Any]]]:
    """What people said before, some messages at a time."""
    last = 0
    while batch := (
        op.get_bind()
        .execute(
            sa.select(MESSAGES)
            .where(MESSAGES.c.id > last, MESSAGES.c.author.in_(("owner", "officer")))
            .order_by(MESSAGES.c.id)
            .limit(ROWS_AT_ONCE)
        )
        .all()
    ):
        yield batch
        last = batch[-1].id
