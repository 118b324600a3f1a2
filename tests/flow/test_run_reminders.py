"""Who put a self-assessment aside is reminded once, in the daytime, and never beside an officer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.assessments.attempt import reminder_at
from bot.domain.clock import VIETNAM
from bot.domain.jobs import JobKind
from bot.domain.talk.messages import ChannelName
from bot.flow.job_runner import JobRunner
from bot.flow.works import works_of
from bot.house import House
from bot.services.assessments.attempts import AttemptService
from bot.services.messaging.conversations import ConversationService
from bot.services.upkeep.jobs import JobService
from bot.storage.models import Attempt, Conversation, Message
from tests.support.data.assessments import scored
from tests.support.data.seed import Seed


@pytest.fixture
def paused(house: House, now: datetime) -> Attempt:
    with house.database.transaction() as session:
        chat = ConversationService(session).open(ChannelName.WEB, "k", name="Lan", now=now)
        attempts = AttemptService(session, house.library.tables.assessments)
        attempt = attempts.start(chat.id, "5s", cause="s", now=now).attempt
        attempts.answer(attempt, scored(4), cause="a", now=now)
        attempts.pause(attempt, cause="p", now=now)
        return attempt


def due(house: House, attempt: Attempt, now: datetime) -> None:
    with house.database.transaction() as session:
        JobService(session).schedule(
            JobKind.REMIND_OF_RUN,
            attempt.started_by,
            due_at=now,
            given={"attempt": attempt.id, "started_by": attempt.started_by},
        )
    runner = JobRunner(house, works_of(house), frozenset(), "a")
    while runner.step():
        pass


def said(house: House) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(Message.text)))


def test_it_says_once_how_far_the_run_came(house: House, paused: Attempt, now: datetime) -> None:
    for _ in range(2):
        due(house, paused, now)
    [text] = said(house)
    assert "bài Tự đánh giá 5S đang làm dở (1/25 câu)" in text


@pytest.mark.parametrize(
    "turn", ["resumed", "abandoned", "unreachable", "another is open", "with an officer"]
)
def test_it_is_silent_where_there_is_nothing_to_remember(
    house: House, paused: Attempt, now: datetime, turn: str
) -> None:
    with house.database.transaction() as session:
        attempts = AttemptService(session, house.library.tables.assessments)
        attempt = session.get_one(Attempt, paused.id)
        chat = session.get_one(Conversation, paused.conversation_id)
        if turn == "resumed":
            attempts.resume(chat.id, cause="r", now=now)
        elif turn == "abandoned":
            attempts.abandon(attempt, cause="r", now=now)
        elif turn == "another is open":
            attempts.start(chat.id, "iso-9001", cause="other", now=now)
        elif turn == "unreachable":
            chat.reachable = False
        else:
            chat.request_id = _request(house, session, chat)
    due(house, paused, now)
    assert said(house) == []


def _request(house: House, session: Session, chat: Conversation) -> int:
    return Seed(session, house.clock()).request(chat, talk=True).id


@pytest.mark.parametrize("hour", [0, 2, 9, 16, 17, 23])
def test_nobody_is_reminded_at_night(hour: int) -> None:
    put_aside = datetime(2026, 11, 29, hour, 30, tzinfo=UTC)
    at = reminder_at(put_aside)
    assert at.astimezone(VIETNAM).hour == 9
    assert timedelta(days=2) < at - put_aside < timedelta(days=4)
