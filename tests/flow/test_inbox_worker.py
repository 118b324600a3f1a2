"""What becomes of a message whose turn goes wrong: the guard over dialogues that break."""

import itertools
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.domain.talk.conversation import Handler
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.understanding import GivenArticle
from bot.domain.trouble import Trouble, trouble_of
from bot.flow.inbox_worker import ABSENT_SECONDS, InboxWorker
from bot.house import House
from bot.services.inbound.inbox import BACK_OFF_SECONDS, MAX_ATTEMPTS, InboxService
from bot.services.messaging.transcript import Author
from bot.storage.models import Conversation, GivenAnswer, InboxEvent, Message
from tests.support.data.events import inbound, reception
from tests.support.doubles.movable_clock import MovableClock
from tests.support.doubles.scripted_engine import AnsweringEngine, Mood, ScriptedEngine

_chats = itertools.count()


class Talk:
    """An owner's conversation with a worker; a step of time is a tenth of a second."""

    def __init__(self, house: House, script: Iterable[Mood]) -> None:
        self.clock = MovableClock(house.clock())
        self.house = replace(house, clock=self.clock)
        self.engine = ScriptedEngine(script)
        self.worker = InboxWorker(self.house, self.engine, [], "w")
        self._key = f"guard-{next(_chats)}"
        self.conversation_id = ""

    def writes(self, *texts: str) -> None:
        for text in texts:
            with self.house.database.transaction() as session:
                event = inbound(text, now=self.clock(), chat_key=self._key)
                accepted = reception(session).accept(event, now=self.clock())
                assert accepted is not None
                self.conversation_id = accepted.conversation_id

    async def goes_on(self, limit: float = 120.0) -> float:
        """Works until nothing is left; the seconds that took."""
        start: datetime = self.clock()
        while self._waiting():
            if not await self.worker.work_one():
                self.clock.move(seconds=0.1)
            assert (self.clock() - start).total_seconds() < limit, "it never ends"
        return (self.clock() - start).total_seconds()

    def events(self) -> list[InboxEvent]:
        with self.house.database.transaction() as session:
            return list(
                session.scalars(
                    select(InboxEvent)
                    .where(InboxEvent.conversation_id == self.conversation_id)
                    .order_by(InboxEvent.id)
                )
            )

    def read(self) -> list[Message]:
        """What the owner reads."""
        with self.house.database.transaction() as session:
            return list(
                session.scalars(
                    select(Message)
                    .where(
                        Message.conversation_id == self.conversation_id,
                        Message.author != Author.OWNER,
                    )
                    .order_by(Message.id)
                )
            )

    def held_by(self, handler: Handler) -> None:
        with self.house.database.transaction() as session:
            session.get_one(Conversation, self.conversation_id).handler = handler

    def _waiting(self) -> bool:
        return any(event.state in {"new", "taken"} for event in self.events())


async def test_a_turn_that_goes_in_circles_resets_the_dialogue_at_once_and_the_next_is_answered(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    talk = Talk(house, [Mood.STUCK])
    talk.writes("sửa liên hệ", "ISO 9001 là gì")

    assert await talk.goes_on() == 0

    sorry, answer = talk.read()
    assert sorry.text == house.texts.say("talk.trouble")
    assert [choice["payload"] for choice in sorry.choices] == ["/handover"]
    assert sorry.author == Author.SYSTEM
    assert answer.text == "Nghe: ISO 9001 là gì"
    assert talk.engine.resets == [talk.conversation_id]
    dead, done = talk.events()
    assert (dead.state, trouble_of(dead.error)[0], done.state) == ("dead", Trouble.LOOP, "done")
    assert "is set aside" in caplog.text
    assert "sửa liên hệ" not in caplog.text


@pytest.mark.parametrize("mood", [Mood.FAILS, Mood.BREAKS])
async def test_a_turn_that_fails_each_time_ends_within_seconds_with_one_sentence(
    house: House, mood: Mood
) -> None:
    talk = Talk(house, [mood] * MAX_ATTEMPTS)
    talk.writes("một", "hai")

    assert await talk.goes_on() <= sum(BACK_OFF_SECONDS) + 0.5 <= 6

    assert [message.text for message in talk.read()] == [
        house.texts.say("talk.trouble"),
        "Nghe: hai",
    ]
    assert talk.engine.resets == [talk.conversation_id]


async def test_a_turn_that_fails_less_often_loses_nothing(house: House) -> None:
    talk = Talk(house, [Mood.FAILS] * (MAX_ATTEMPTS - 1))
    talk.writes("một")

    await talk.goes_on()

    assert [message.text for message in talk.read()] == ["Nghe: một"]
    assert talk.engine.resets == []


async def test_an_engine_that_is_away_is_waited_for_however_long(house: House) -> None:
    minutes = int(60 / ABSENT_SECONDS)
    talk = Talk(house, [Mood.AWAY] * minutes)
    talk.writes("một")

    assert await talk.goes_on() >= 60 * 0.9

    assert [message.text for message in talk.read()] == ["Nghe: một"]


async def test_an_engine_that_goes_away_before_the_reset_is_waited_for(house: House) -> None:
    talk = Talk(house, [Mood.STUCK, Mood.AWAY, Mood.AWAY])
    talk.writes("một")

    await talk.goes_on()

    assert [message.text for message in talk.read()] == [house.texts.say("talk.trouble")]
    assert talk.engine.resets == [talk.conversation_id]


async def test_the_bot_does_not_apologise_while_an_officer_speaks(house: House) -> None:
    talk = Talk(house, [Mood.STUCK])
    talk.engine.before_reset = lambda: talk.held_by(Handler.OFFICER)
    talk.writes("một")

    await talk.goes_on()

    assert talk.read() == []
    assert [event.state for event in talk.events()] == ["dead"]


async def test_what_breaks_beside_an_officer_is_given_up_and_the_next_is_taken(
    house: House,
) -> None:
    talk = Talk(house, [Mood.AWAY] * 100)
    talk.writes("xóa dữ liệu của tôi")
    talk.held_by(Handler.OFFICER)
    await talk.goes_on()
    talk.writes("Xóa hẳn", "hai")
    with house.database.transaction() as session:
        # The case that holds the erasure up is gone from its table: to look it up breaks.
        session.get_one(Conversation, talk.conversation_id).request_id = 10**6

    assert await talk.goes_on() <= sum(BACK_OFF_SECONDS) + 0.5

    _, dead, done = talk.events()
    assert (dead.state, dead.attempts, done.state) == ("dead", MAX_ATTEMPTS, "done")
    assert trouble_of(dead.error)[0] == Trouble.OTHER
    assert (talk.engine.turns, talk.engine.resets) == ([], [])
    assert [message.choices[0]["title"] for message in talk.read()] == ["Xóa hẳn"]


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    script=st.lists(st.sampled_from(list(Mood)), max_size=25),
    texts=st.integers(1, 4),
    dies=st.booleans(),
)
async def test_whatever_happens_each_message_is_answered_or_excused_once_in_order(
    house: House, script: list[Mood], texts: int, *, dies: bool
) -> None:
    talk = Talk(house, script)
    talk.writes(*(f"tin {number}" for number in range(texts)))
    if dies:
        with talk.house.database.transaction() as session:
            InboxService(session).take("w", now=talk.clock())
            InboxService(session).release("w")

    await talk.goes_on()

    sorry = house.texts.say("talk.trouble")
    events = talk.events()
    assert {event.state for event in events} <= {"done", "dead"}
    expected = [
        sorry if event.state == "dead" else f"Nghe: tin {number}"
        for number, event in enumerate(events)
    ]
    assert [message.text for message in talk.read()] == expected
    assert talk.engine.stuck == set()
    assert len(talk.engine.resets) >= expected.count(sorry)
    talk.engine.script.clear()
    talk.writes("còn đó không")
    assert await talk.goes_on() < timedelta(seconds=1).total_seconds()
    assert talk.read()[-1].text == "Nghe: còn đó không"


@pytest.mark.parametrize("handler", [Handler.BOT, Handler.OFFICER])
async def test_what_a_turn_gives_is_noted_with_its_replies_and_only_where_they_are_said(
    house: House, handler: Handler
) -> None:
    given = [GivenArticle(article=name, mark="0" * 8) for name in ("5s-la-gi", "kaizen-la-gi")]
    engine = AnsweringEngine(lambda text: OutgoingMessage(text=f"Nghe: {text}"), given)
    talk = Talk(house, [])
    talk.worker = InboxWorker(talk.house, engine, [], "w")
    talk.writes("5S khác Kaizen thế nào")
    work = talk.worker.take_one()
    assert work is not None
    # An officer takes the case while the turn is under way.
    talk.held_by(handler)

    await talk.worker.work_on(work)

    with house.database.reading() as session:
        noted = session.scalars(select(GivenAnswer).order_by(GivenAnswer.article)).all()
    said = talk.read()
    assert len(said) == (1 if handler is Handler.BOT else 0)
    assert [(one.message_id, one.article, one.mark, one.given_at) for one in noted] == [
        (message.id, one.article, one.mark, message.created_at) for message in said for one in given
    ]
    assert {one.conversation_id for one in noted} <= {talk.conversation_id}
