"""What an installation already holds survives the change, and goes on."""

from datetime import datetime, timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, insert

from bot.domain.talk.messages import ChannelName
from bot.services.messaging.outbox import OutboxService
from bot.storage.database import MIGRATIONS, Database
from bot.storage.models import Delivery, Request

BEFORE = "0002"


def bring(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def fill(database: Database, now: datetime) -> None:
    """A closed request and a message on its way, as the version before wrote them."""
    tables = MetaData()
    tables.reflect(database.engine)
    rows: dict[str, dict[str, object]] = {
        "contacts": {"id": 1, "display_name": "Lan", "phone": "", "email": "", "created_at": now},
        "conversations": {
            "id": "c",
            "channel": "telegram",
            "chat_key": "k",
            "contact_id": 1,
            "owner": "bot",
            "reachable": True,
            "created_at": now,
        },
        "requests": {
            "id": 1,
            "code": "HT-26-00000",
            "kind": "request",
            "conversation_id": "c",
            "contact_id": 1,
            "topic": "t",
            "office": "tdc",
            "question": "q",
            "reach": "",
            "attachments": [],
            "state": "closed",
            "created_by": "in:1",
            "consent_version": "",
            "promised_at": now,
            "created_at": now,
            "closed_at": now,
        },
        "messages": {
            "id": 1,
            "conversation_id": "c",
            "author": "bot",
            "text": "tin",
            "choices": [],
            "attachments": [],
            "cause": "in:1",
            "ordinal": 0,
            "created_at": now,
        },
        "deliveries": {
            "id": 1,
            "message_id": 1,
            "conversation_id": "c",
            "channel": "telegram",
            "state": "queued",
            "attempts": 1,
            "available_at": now,
            "taken_by": "",
            "channel_message_id": "",
            "error": "",
        },
    }
    with database.engine.begin() as connection:
        for name, values in rows.items():
            connection.execute(insert(tables.tables[name]), values)


def test_rows_of_the_version_before_go_on(empty_database: Database, now: datetime) -> None:
    bring(empty_database, BEFORE)
    fill(empty_database, now)

    bring(empty_database, "head")

    with empty_database.transaction() as session:
        row = session.get_one(Delivery, 1)
        assert (row.parts_sent, row.doubts, row.paused_at) == (0, 0, now)
        request = session.get_one(Request, 1)
        assert (request.solved_at, request.first_closed_at) == (now, now)
        assert request.late_at is None
        taken = OutboxService(session).take(
            "s", ChannelName.TELEGRAM, now=now + timedelta(seconds=1)
        )
        assert taken is not None
        assert taken.id == 1
