"""The words of what people said, for the console's search over the transcript."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, ForeignKey, String, delete, event, insert, inspect
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.input.lengths import SAID_WORD
from bot.domain.text.search_text import search_text
from bot.storage.base import Base
from bot.storage.models.conversation import Message

SEARCHED_AUTHORS = frozenset({"owner", "officer"})
"""Whose words are looked for: what the assistant says is the same in every conversation."""

BY_CODE_POINT = String(SAID_WORD).with_variant(String(SAID_WORD, collation="C"), "postgresql")
"""Words in the order of their code points, whatever the language of the server."""


class MessageWord(Base):
    """One folded word of one message of an owner or an officer, once.

    The key begins with the word, so that the beginning of one is a short walk on any database.
    """

    __tablename__ = "message_words"
    __table_args__ = ({"sqlite_with_rowid": False},)

    word: Mapped[str] = mapped_column(BY_CODE_POINT, primary_key=True)
    message_id: Mapped[int] = mapped_column(
        ForeignKey("messages.id"), primary_key=True, autoincrement=False
    )


def words_said(text: str) -> list[str]:
    """The different words of a text as they are kept."""
    return list(dict.fromkeys(word[:SAID_WORD] for word in search_text(text).split()))


def word_rows(message_id: int, words: Iterable[str]) -> list[dict[str, Any]]:
    """Rows of the table for a message."""
    return [{"word": word, "message_id": message_id} for word in words]


@event.listens_for(Message, "after_insert")
def _keep(_mapper: Any, connection: Connection, message: Message) -> None:
    if message.author in SEARCHED_AUTHORS and message.text:
        rows = word_rows(message.id, words_said(message.text))
        if rows:
            connection.execute(insert(MessageWord), rows)


@event.listens_for(Message, "after_update")
def _keep_anew(mapper: Any, connection: Connection, message: Message) -> None:
    if not inspect(message).attrs["text"].history.has_changes():
        return
    connection.execute(delete(MessageWord).where(MessageWord.message_id == message.id))
    _keep(mapper, connection, message)
