"""What was about to wake a page of the web chat at the upgrade is out: the page reads it."""

from datetime import datetime

from sqlalchemy import select, update

from bot.domain.talk.messages import ChannelName, OutgoingMessage
from bot.domain.talk.way import DeliveryState
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.database import Database
from bot.storage.models import Delivery
from tests.storage.test_sent_again_migration import bring
from tests.support.data.seed import Seed


def test_nothing_of_the_web_chat_waits_after_the_upgrade(
    empty_database: Database, now: datetime
) -> None:
    bring(empty_database, "0010")
    with empty_database.transaction() as session:
        seed = Seed(session, now)
        for channel in (ChannelName.WEB, ChannelName.WEB, ChannelName.TELEGRAM):
            TranscriptService(session).say(
                seed.conversation(channel=channel),
                OutgoingMessage(text="tin"),
                author=Author.BOT,
                cause=f"in:{len(seed.session.scalars(select(Delivery)).all())}",
                now=now,
            )
        session.execute(update(Delivery).values(state=DeliveryState.QUEUED, sent_at=None))
        first = session.scalars(select(Delivery).order_by(Delivery.id)).first()
        assert first is not None
        first.state = DeliveryState.SENDING

    bring(empty_database, "head")

    with empty_database.reading() as session:
        rows = session.scalars(select(Delivery).order_by(Delivery.id)).all()
        assert [(row.channel, row.state, row.sent_at) for row in rows] == [
            ("web", "sent", now),
            ("web", "sent", now),
            ("telegram", "queued", None),
        ]
