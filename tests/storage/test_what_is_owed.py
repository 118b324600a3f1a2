"""The migration that tells what is owed keeps what was answered, and sees what was handed on."""

from datetime import datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from bot.storage.database import MIGRATIONS, Database

BEFORE = "0002"

HISTORIES = {
    1: ["created"],
    2: ["created", "claimed", "replied"],
    3: ["created", "claimed", "replied", "transferred"],
    4: ["created", "claimed", "asked_back", "answered", "released", "claimed"],
    5: ["created", "claimed", "replied", "transferred", "claimed", "replied", "closed"],
}

ANSWERED = {2, 5}


def test_what_was_answered_before_stays_answered_unless_it_was_handed_on(
    empty_database: Database, now: datetime
) -> None:
    _upgrade(empty_database, BEFORE)
    with empty_database.engine.begin() as connection:
        connection.execute(text("INSERT INTO contacts (id, display_name, phone, email, created_at)"
            " VALUES (1, 'Lan', '', '', :now)"), {"now": now})  # fmt: skip
        connection.execute(
            text(
                "INSERT INTO conversations (id, channel, chat_key, contact_id, owner, reachable,"
                " created_at) VALUES ('c', 'web', 'k', 1, 'bot', :yes, :now)"
            ),
            {"yes": True, "now": now},
        )
        for number, kinds in HISTORIES.items():
            connection.execute(
                text(
                    "INSERT INTO requests (id, code, kind, conversation_id, contact_id, topic,"
                    " office, question, reach, attachments, state, created_by, consent_version,"
                    " promised_at, created_at, first_reply_at) VALUES (:id, :code, 'request', 'c',"
                    " 1, 't', 'tdc', 'q', '', '[]', 'new', :code, '', :now, :now, :first)"
                ),
                {
                    "id": number,
                    "code": f"HT-{number}",
                    "now": now,
                    "first": now if {"replied", "asked_back"} & set(kinds) else None,
                },
            )
            for kind in kinds:
                connection.execute(
                    text(
                        "INSERT INTO request_events (request_id, kind, detail, created_at)"
                        " VALUES (:id, :kind, '', :now)"
                    ),
                    {"id": number, "kind": kind, "now": now},
                )

    empty_database.migrate()

    with empty_database.engine.begin() as connection:
        answered = connection.execute(
            text("SELECT id FROM requests WHERE answered_at IS NOT NULL")
        ).scalars()
        assert set(answered) == ANSWERED
        kept = connection.execute(text("SELECT COUNT(*) FROM request_events")).scalar_one()
        assert kept == sum(map(len, HISTORIES.values()))


def _upgrade(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
