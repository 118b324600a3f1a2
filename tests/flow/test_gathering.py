"""What a finished turn leaves behind: a gap, a verdict, or nothing; once a cause."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.talk.gap import GapReason
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.payload import payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.flow.gathering import FinishedTurn, gather
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.database import Database
from bot.storage.models import AnswerVerdict, Conversation, Gap, Message
from tests.support.data.seed import Seed

QUESTION = "máy đo độ ồn thuê ở đâu"
NEAR = ["a", "b"]

Say = Callable[..., None]


def reply(**understood: object) -> Reply:
    return Reply(
        message=OutgoingMessage(text="x"), understanding=Understanding.model_validate(understood)
    )


@pytest.fixture
def conversation(database: Database, now: datetime) -> Conversation:
    with database.transaction() as session:
        Seed(session, now, seed=3).noise(3)
        return Seed(session, now).conversation()


@pytest.fixture
def finish(database: Database, now: datetime, conversation: Conversation) -> Say:
    def finish_turn(said: str, *replies: Reply, answer: Message | None = None) -> None:
        with database.transaction() as session:
            turn = FinishedTurn("in:9", conversation.id, said, list(replies), answer)
            gather(session, turn, now=now)

    return finish_turn


def gaps(database: Database) -> list[tuple[str, str]]:
    with database.transaction() as session:
        return [(gap.words, gap.reason) for gap in session.scalars(select(Gap))]


@pytest.mark.parametrize(
    ("understood", "reason"),
    [
        ({"outcome": Outcome.OUT_OF_SCOPE, "alternatives": NEAR}, GapReason.OUT_OF_SCOPE),
        ({"outcome": Outcome.HANDOVER, "alternatives": NEAR}, GapReason.UNSURE),
        ({"outcome": Outcome.CLARIFY, "alternatives": NEAR}, GapReason.ASKED_BACK),
    ],
)
def test_an_open_question_is_a_gap(
    finish: Say, database: Database, understood: dict[str, object], reason: GapReason
) -> None:
    finish(QUESTION, reply(intent="ask", **understood))
    finish(QUESTION, reply(intent="ask", **understood))
    assert gaps(database) == [(QUESTION, reason)]


@pytest.mark.parametrize(
    "understood",
    [
        {"outcome": Outcome.ANSWER, "article": "a", "alternatives": NEAR, "intent": "ask"},
        {"outcome": Outcome.HANDOVER, "intent": "handover"},
        {"outcome": Outcome.CHITCHAT, "intent": "greet"},
        {"outcome": Outcome.REQUEST, "intent": "request_help"},
        {"outcome": Outcome.CLARIFY, "alternatives": NEAR, "intent": "none_of_these"},
        {"outcome": Outcome.OUT_OF_SCOPE, "confidence": 1.0, "intent": "ask"},
    ],
)
def test_whatever_is_answered_wanted_or_settled_is_none(
    finish: Say, database: Database, understood: dict[str, object]
) -> None:
    finish(QUESTION, reply(**understood))
    assert gaps(database) == []


def test_a_pressed_button_is_no_question(finish: Say, database: Database) -> None:
    finish(payload("pick_article", article="a"), reply(outcome=Outcome.CLARIFY, alternatives=NEAR))
    assert gaps(database) == []


@pytest.fixture
def answer(database: Database, now: datetime, conversation: Conversation) -> Message:
    with database.transaction() as session:
        return said(session, conversation, now)


def said(session: Session, conversation: Conversation, now: datetime) -> Message:
    service = TranscriptService(session)
    service.hear(
        conversation, text=QUESTION, attachments=[], cause="heard:5", now=now, request_id=None
    )
    return service.say(
        conversation,
        OutgoingMessage(text="Trả lời"),
        author=Author.BOT,
        cause="in:5",
        now=now,
        understanding=Understanding(outcome=Outcome.ANSWER, article="a", alternatives=["b"]),
    )


def thumb(verdict: str) -> str:
    return payload("rate_answer", verdict=verdict, article="a")


def test_a_thumb_down_makes_the_question_a_gap_and_a_later_thumb_up_takes_it_back(
    finish: Say, database: Database, answer: Message
) -> None:
    finish(thumb("down"), answer=answer)
    finish(thumb("down"), answer=answer)
    assert gaps(database) == [(QUESTION, GapReason.THUMB_DOWN)]
    with database.transaction() as session:
        gap = session.scalars(select(Gap)).one()
        assert (gap.served, gap.nearest) == ("a", ["b"])

    finish(thumb("up"), answer=answer)

    assert gaps(database) == []
    with database.transaction() as session:
        assert [row.verdict for row in session.scalars(select(AnswerVerdict))] == ["up"]


@pytest.mark.parametrize("verdict", ["", "sideways"])
def test_a_strange_verdict_is_none(
    finish: Say, database: Database, answer: Message, verdict: str
) -> None:
    finish(thumb(verdict), answer=answer)
    with database.transaction() as session:
        assert session.scalars(select(AnswerVerdict)).all() == []
