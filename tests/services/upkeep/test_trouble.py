"""What could not be answered, as the administrator reads it."""

from datetime import datetime, timedelta

import pytest

from bot.domain.trouble import Trouble, trouble_of
from bot.services.inbound.inbox import InboxService
from bot.services.upkeep.trouble import KEPT, DeadEvent, TroubleService
from bot.storage.database import Database
from tests.support.data.events import inbound, reception


def set_aside(database: Database, now: datetime, error: str, chat: str = "a") -> int:
    with database.transaction() as session:
        inbox = InboxService(session)
        reception(session).accept(inbound(now=now, chat_key=chat), now=now)
        taken = inbox.take("w", now=now)
        assert taken is not None
        assert inbox.give_up(taken, error, now=now)
        return taken.id


def test_what_was_set_aside_lately_is_told_newest_first_and_nothing_else(
    any_database: Database, now: datetime
) -> None:
    set_aside(any_database, now - KEPT, "loop: ")
    first = set_aside(any_database, now - timedelta(days=6), "action: action_answer")
    second = set_aside(any_database, now, "loop: ")
    with any_database.transaction() as session:
        inbox = InboxService(session)
        reception(session).accept(inbound(now=now, chat_key="b"), now=now)
        reception(session).accept(inbound(now=now, chat_key="c"), now=now)
        done = inbox.take("w", now=now)
        assert done is not None
        inbox.finish(done, now=now)

    with any_database.transaction() as session:
        trouble = TroubleService(session, now=now)
        assert trouble.count() == 2
        assert trouble.recent() == [
            DeadEvent(second, "web", now, Trouble.LOOP, ""),
            DeadEvent(first, "web", now - timedelta(days=6), Trouble.ACTION, "action_answer"),
        ]


@pytest.mark.parametrize(
    ("error", "read"),
    [
        ("action: action_answer, tracker_store", (Trouble.ACTION, "action_answer, tracker_store")),
        ("no_answer: TimeoutError", (Trouble.NO_ANSWER, "TimeoutError")),
        ("TurnFailed('of an older version')", (Trouble.OTHER, "")),
        ("", (Trouble.OTHER, "")),
    ],
)
def test_an_error_is_read_as_its_kind(error: str, read: tuple[Trouble, str]) -> None:
    assert trouble_of(error) == read
