"""What the channels ask of the inbox, on both databases."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.talk.messages import ChannelName
from bot.services.messaging.received import Heard, ReceivedEvents
from bot.storage.database import Database
from bot.storage.models import InboxEvent
from tests.support.data.events import inbound, reception

TELEGRAM, WEB = ChannelName.TELEGRAM, ChannelName.WEB


@pytest.fixture
def session(any_database: Database, now: datetime) -> Iterator[Session]:
    """Three events of other chats are there already."""
    with any_database.transaction() as session:
        for number in range(3):
            reception(session).accept(
                inbound(f"tin {number}", now=now, chat_key=f"other-{number}"), now=now
            )
        yield session


@pytest.fixture
def received(session: Session) -> ReceivedEvents:
    return ReceivedEvents(session)


def hear(session: Session, text: str, event_id: str, *, at: datetime, album: str = "") -> str:
    event = inbound(text, now=at, event_id=event_id, channel=TELEGRAM, chat_key="5")
    event = event.model_copy(update={"album": album})
    accepted = reception(session).accept(event, now=at)
    assert accepted is not None
    return accepted.conversation_id


def test_an_event_is_known_by_its_id_on_its_own_channel(
    session: Session, received: ReceivedEvents, now: datetime
) -> None:
    hear(session, "chào", "1:m:5:10", at=now)

    assert received.knows(TELEGRAM, "1:m:5:10")
    assert not received.knows(TELEGRAM, "1:m:5:1")
    assert not received.knows(WEB, "1:m:5:10")


def test_a_message_was_last_heard_in_the_words_of_its_newest_edit(
    session: Session, received: ReceivedEvents, now: datetime
) -> None:
    hear(session, "đăng ky", "1:m:5:10", at=now)
    assert received.heard(TELEGRAM, "1:m:5:10", edits="1:e:5:10:") == Heard(
        "đăng ky", "1:m:5:10", is_newest=True
    )

    hear(session, "đăng ký", "1:e:5:10:77:ab", at=now)
    assert received.heard(TELEGRAM, "1:m:5:10", edits="1:e:5:10:") == Heard(
        "đăng ký", "1:e:5:10:77:ab", is_newest=True
    )
    hear(session, "tin khác", "1:e:5:100:78:cd", at=now)

    assert received.heard(TELEGRAM, "1:m:5:10", edits="1:e:5:10:") == Heard(
        "đăng ký", "1:e:5:10:77:ab", is_newest=False
    )


def test_a_message_without_words_is_known_and_one_that_never_came_is_not(
    session: Session, received: ReceivedEvents, now: datetime
) -> None:
    hear(session, "", "1:m:5:10", at=now)

    assert received.heard(TELEGRAM, "1:m:5:10", edits="1:e:5:10:") == Heard(
        "", "1:m:5:10", is_newest=True
    )
    assert received.heard(WEB, "1:m:5:10", edits="1:e:5:10:") is None
    assert received.heard(TELEGRAM, "1:m:5:11", edits="1:e:5:11:") is None


def test_the_other_pictures_of_its_album_came_with_a_message_and_not_after_it(
    session: Session, received: ReceivedEvents, now: datetime
) -> None:
    for number, album in ((10, "135"), (11, "135"), (12, "136")):
        hear(session, "nhãn", f"1:m:5:{number}", at=now, album=album)
        if number == 11:
            first = received.heard(TELEGRAM, "1:m:5:10", edits="1:e:5:10:")
            assert first == Heard("nhãn", "1:m:5:10", is_newest=True)

    assert received.heard(TELEGRAM, "1:m:5:10", edits="1:e:5:10:") == Heard(
        "nhãn", "1:m:5:10", is_newest=False
    )


@pytest.mark.parametrize("edits", ["%", "1_e_5"])
def test_a_sign_that_means_anything_to_a_database_means_itself(
    session: Session, received: ReceivedEvents, now: datetime, edits: str
) -> None:
    hear(session, "sửa", "1:e:5:10:77:ab", at=now)

    assert received.heard(TELEGRAM, "unknown", edits=edits) is None


def test_events_are_given_their_own_ids_back(
    session: Session, received: ReceivedEvents, now: datetime
) -> None:
    hear(session, "chào", "1:m:5:10", at=now)
    row_id = session.scalars(select(InboxEvent.id).order_by(InboxEvent.id.desc())).first()
    assert row_id is not None

    assert received.event_ids([row_id, row_id + 9]) == {row_id: "1:m:5:10"}
    assert received.event_ids([]) == {}
