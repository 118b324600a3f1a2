"""What was said before there was a search over it is found after the upgrade."""

from sqlalchemy import select, text

from bot.domain.text.search_text import search_text
from bot.storage.database import Database
from bot.storage.models import MessageWord

SAID = {1: ("owner", "Thép không gỉ, gọi 0935.345 678"), 2: ("bot", "Kẹo dừa"), 3: ("owner", "")}
SAID_BY_AN_OFFICER = (4, "officer", "Chào " + "ờ" * 90)


def test_what_people_said_before_gets_its_words(empty_database: Database) -> None:
    empty_database.migrate("0018")
    rows = [*((number, *said) for number, said in SAID.items()), SAID_BY_AN_OFFICER]
    with empty_database.engine.begin() as connection:
        for statement in OWNER:
            connection.execute(text(statement))
        for number, author, words in rows:
            row = {"number": number, "author": author, "text": words, "cause": str(number)}
            connection.execute(text(MESSAGE), row)

    empty_database.migrate()

    with empty_database.transaction() as session:
        kept = session.execute(select(MessageWord.message_id, MessageWord.word)).all()
    expected = {(1, word) for word in search_text(SAID[1][1]).split()}
    assert {tuple(row) for row in kept} == expected | {(4, "chao"), (4, "o" * 40)}
    assert len(kept) == len(set(kept))


OWNER = (
    (
        "INSERT INTO contacts (id, display_name, phone, email, created_at)"
        " VALUES (1, '', '', '', '2026-11-24')"
    ),
    (
        "INSERT INTO conversations"
        " (id, channel, chat_key, contact_id, handler, reachable, created_at)"
        " VALUES ('c', 'web', 'k', 1, 'bot', true, '2026-11-24')"
    ),
)
MESSAGE = (
    "INSERT INTO messages (id, conversation_id, author, text, choices, attachments, cause,"
    " ordinal, created_at)"
    " VALUES (:number, 'c', :author, :text, '[]', '[]', :cause, 0, '2026-11-24')"
)
