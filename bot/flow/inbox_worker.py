"""Works on an event of the inbox: once, its replies in one transaction."""

import asyncio
import logging
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from bot import signals
from bot.channels.channel import Channel
from bot.domain.talk.conversation import Handler
from bot.domain.talk.erasure_wish import wants_erasure
from bot.domain.talk.messages import Choice, EventKind, OutgoingMessage, parse_choice_token
from bot.domain.talk.payload import payload
from bot.domain.talk.reply import Reply, each_once, joined
from bot.domain.talk.understanding import Outcome, Understanding
from bot.domain.talk.way import READ_HERE
from bot.domain.trouble import Trouble
from bot.flow.engine import (
    Engine,
    EngineAbsent,
    EngineError,
    EngineMessage,
    TurnFailed,
    TurnLooped,
)
from bot.flow.gathering import FinishedTurn, gather
from bot.flow.held_wishes import HeldWishes
from bot.flow.wording import HouseAnswers, engine_messages
from bot.house import House
from bot.services.corrections.given_answers import GivenAnswers
from bot.services.inbound.inbox import InboxService, TakenEvent
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.privacy.erasures import takes_back
from bot.services.requests.after_close import AfterCloseService
from bot.storage.models import Message

log = logging.getLogger(__name__)

ABSENT_SECONDS = 0.5
"""How long a message waits before Rasa is tried again."""


@dataclass(frozen=True)
class Work:
    """An event with what its wording needs, read in the transaction that took it.

    `wish_stands`: the owner's data are to be erased, once nothing holds it up.
    """

    taken: TakenEvent
    handler: Handler
    pressed: Message | None
    last: Message | None
    wish_stands: bool

    @cached_property
    def messages(self) -> list[EngineMessage]:
        """What the engine is given.

        Raises:
            HouseAnswers: nothing is.
        """
        return engine_messages(self.taken.event, self.taken.cause, self.pressed, self.last)

    @cached_property
    def said(self) -> str:
        """What the engine reads of the event, or what was pressed; empty where there is neither."""
        try:
            first, *_ = self.messages
        except HouseAnswers as answered:
            return answered.said
        return first.outside_form or first.text

    @property
    def takes_wish_back(self) -> bool:
        """Whether it plainly says that nothing is to be erased after all."""
        return self.wish_stands and takes_back(self.said)


class InboxWorker:
    """`name` marks the events in its hands, so that they are found again after a crash."""

    def __init__(
        self, house: House, engine: Engine, channels: list[Channel], name: str = "worker"
    ) -> None:
        self._house = house
        self._engine = engine
        self._channels = {channel.name: channel for channel in channels}
        self._name = name
        # Held while they run: the loop itself keeps no task alive.
        self._showing: set[asyncio.Task[None]] = set()

    def release(self) -> int:
        """Frees what a worker of our name held when it died; returns how many."""
        with self._house.database.transaction() as session:
            return InboxService(session).release(self._name)

    def take(self, session: Session) -> Work | None:
        """The oldest event that is due, marked as in our hands; None where none is."""
        taken = InboxService(session).take(self._name, now=self._house.clock())
        if taken is None:
            return None
        conversation = ConversationService(session).get(taken.conversation_id)
        named = parse_choice_token(taken.event.choice)
        transcript = TranscriptService(session)
        return Work(
            taken=taken,
            handler=Handler(conversation.handler),
            pressed=transcript.message(conversation.id, named[0]) if named else None,
            last=transcript.last_reply(conversation.id),
            wish_stands=conversation.erase_asked_at is not None,
        )

    def take_one(self) -> Work | None:
        """The same, in a transaction of its own."""
        with self._house.database.transaction() as session:
            return self.take(session)

    async def work_one(self) -> bool:
        """Works on one event; False where none was due."""
        work = await asyncio.to_thread(self.take_one)
        if work is None:
            return False
        await self.work_on(work)
        return True

    async def work_on(self, work: Work) -> None:
        """Works on what was taken, to its end or to its next try.

        Raises:
            DBAPIError: the database is away; the lease runs out, and the event is taken up again.
        """
        try:
            replies = [] if work.handler is Handler.OFFICER else await self._reply(work)
            await asyncio.to_thread(self._finish, work, replies)
        except EngineAbsent as error:
            await asyncio.to_thread(self._wait, work.taken, repr(error))
        except EngineError as error:
            log.warning("event %d: %r", work.taken.id, error)
            await self._fail(work, error)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("event %d", work.taken.id)
            await self._fail(work, TurnFailed(Trouble.OTHER, type(error).__name__))

    async def _fail(self, work: Work, error: EngineError) -> None:
        """Tries again, or, where that is of no use, resets the dialogue and tells the owner.

        Beside an officer the dialogue was not asked, and is left as it is.
        """
        taken = work.taken
        if not isinstance(error, TurnLooped) and not taken.is_last_try:
            await asyncio.to_thread(self._retry, taken, str(error))
            return
        # First: whoever dies behind it finds the event again, and a dialogue that works.
        if work.handler is Handler.OFFICER or await self._reset(taken):
            await asyncio.to_thread(self._give_up, taken, str(error))

    async def _reset(self, taken: TakenEvent) -> bool:
        """Lets the dialogue begin anew; False where Rasa is waited for first."""
        try:
            await self._engine.reset(taken.conversation_id)
        except EngineAbsent as absent:
            await asyncio.to_thread(self._wait, taken, repr(absent))
            return False
        except EngineError:
            log.exception("the dialogue of event %d could not be reset", taken.id)
        return True

    async def _reply(self, work: Work) -> list[Reply]:
        taken = work.taken
        self._show_typing(taken)
        try:
            messages = work.messages
        except HouseAnswers as answered:
            text = answered.text or self._house.texts.say(answered.name)
            return [_plain(text)]
        if work.takes_wish_back and not taken.event.attachments:
            # All is said and done by the house: the engine knows nothing of the wish.
            return []
        replies = _refusal(taken)
        for message in messages:
            replies += await self._engine.turn(
                taken.conversation_id, message, maybe_seen=taken.maybe_seen
            )
        replies = each_once(replies)
        return [joined(replies)] if taken.event.album else replies

    def _show_typing(self, taken: TakenEvent) -> None:
        channel = self._channels.get(taken.event.channel)
        if channel is None:
            return
        task = asyncio.create_task(channel.typing(taken.event.chat_key))
        self._showing.add(task)
        task.add_done_callback(self._showing.discard)

    # — transactions —

    def _finish(self, work: Work, replies: list[Reply]) -> None:
        """Ends the event with its replies at once.

        Beside an officer the assistant is silent; only that something was not taken is still told,
        as a notice of the system.
        """
        taken = work.taken
        with self._house.database.transaction() as session:
            now = self._house.clock()
            conversation = ConversationService(session).lock(taken.conversation_id)
            if not InboxService(session).finish(taken, now=now):
                return
            silent = conversation.handler == Handler.OFFICER
            if silent:
                replies = _refusal(taken)
            for ordinal, reply in enumerate(replies):
                said = TranscriptService(session).say(
                    conversation,
                    reply.message,
                    author=Author.SYSTEM if silent else Author.BOT,
                    cause=taken.cause,
                    ordinal=ordinal,
                    now=now,
                    understanding=reply.understanding,
                    request_id=conversation.request_id,
                )
                GivenAnswers(session).note(said, reply.understanding.given)
            wishes = HeldWishes(session, self._house.texts)
            if silent or work.handler is Handler.OFFICER:
                wishes.hear(taken, work.said, conversation, ordinal=len(replies), now=now)
            else:
                if work.takes_wish_back or (work.wish_stands and _cancels(work.said, replies)):
                    wishes.take_back(taken, conversation, ordinal=len(replies), now=now)
                self._gather(session, work, replies)
                self._bring_untaken(session, taken)
            goes_on = InboxService(session).goes_on(taken.conversation_id)
        self._notify(taken, goes_on=goes_on)

    def _gather(self, session: Session, work: Work, replies: list[Reply]) -> None:
        turn = FinishedTurn(
            cause=work.taken.cause,
            conversation_id=work.taken.conversation_id,
            said=work.said,
            replies=replies,
            answer=work.pressed or work.last,
        )
        gather(session, turn, now=self._house.clock())

    def _bring_untaken(self, session: Session, taken: TakenEvent) -> None:
        """The dialogue hears the words beside it only; a sticker says nothing to anybody."""
        event = taken.event
        nothing = ("", self._house.texts.say("channels.sent_sticker"))
        if event.kind is EventKind.UNSUPPORTED and event.note not in nothing:
            AfterCloseService(session).bring_untaken(
                taken.conversation_id, taken.cause, now=self._house.clock()
            )

    def _retry(self, taken: TakenEvent, error: str) -> None:
        with self._house.database.transaction() as session:
            InboxService(session).retry(taken, error, now=self._house.clock())

    def _give_up(self, taken: TakenEvent, error: str) -> None:
        """Sets the event aside and tells its owner, unless an officer speaks with him."""
        with self._house.database.transaction() as session:
            now = self._house.clock()
            conversation = ConversationService(session).lock(taken.conversation_id)
            if not InboxService(session).give_up(taken, error, now=now):
                return
            if conversation.handler != Handler.OFFICER:
                TranscriptService(session).say(
                    conversation,
                    self._apology(),
                    author=Author.SYSTEM,
                    cause=taken.cause,
                    now=now,
                )
            goes_on = InboxService(session).goes_on(taken.conversation_id)
        log.error("event %d is set aside, its dialogue was reset: %s", taken.id, error)
        self._notify(taken, goes_on=goes_on)

    def _apology(self) -> OutgoingMessage:
        say = self._house.texts.say
        officer = Choice(title=say("answer.choice_officer"), payload=payload("handover"))
        return OutgoingMessage(text=say("talk.trouble"), choices=[officer])

    def _wait(self, taken: TakenEvent, error: str) -> None:
        with self._house.database.transaction() as session:
            InboxService(session).wait(
                taken, error, now=self._house.clock(), seconds=ABSENT_SECONDS
            )

    def _notify(self, taken: TakenEvent, *, goes_on: bool) -> None:
        """`goes_on`: more of the conversation waits in the inbox."""
        news = [signals.conversation(taken.conversation_id), signals.CONSOLE]
        if taken.event.channel not in READ_HERE:
            news.append(signals.OUTBOX)
        if goes_on:
            news.append(signals.INBOX)
        self._house.signals.notify(*news)


def _cancels(said: str, replies: list[Reply]) -> bool:
    """Whether the engine took what was said for giving something up, and did not ask what."""
    return not wants_erasure(said) and any(
        reply.understanding.intent == "cancel" and reply.understanding.outcome != Outcome.CLARIFY
        for reply in replies
    )


def _refusal(taken: TakenEvent) -> list[Reply]:
    """What the owner is told of what could not be taken, whoever holds the conversation."""
    return [_plain(taken.event.refusal)] if taken.event.refusal else []


def _plain(text: str) -> Reply:
    return Reply(
        message=OutgoingMessage(text=text),
        understanding=Understanding(outcome=Outcome.CHITCHAT),
    )
