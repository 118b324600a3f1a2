"""Whatever stood in the outbox for the web chat at the upgrade is out: the page reads it."""

from datetime import datetime

import pytest
from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.models import Delivery
from tests.storage.test_sent_again_migration import bring, fill


@pytest.mark.parametrize("state", ["queued", "sending", "unknown", "failed"])
def test_nothing_of_the_web_chat_waits_after_the_upgrade(
    empty_database: Database, now: datetime, state: str
) -> None:
    bring(empty_database, "0002")
    fill(empty_database, now)
    with empty_database.engine.begin() as connection:
        connection.execute(text("UPDATE conversations SET channel = 'web'"))
        connection.execute(
            text("UPDATE deliveries SET channel = 'web', state = :state"), {"state": state}
        )

    bring(empty_database, "head")

    with empty_database.reading() as session:
        row = session.get_one(Delivery, 1)
        assert (row.state, row.sent_at) == ("sent", now)
