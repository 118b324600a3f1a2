"""Replies of officers, held in the house for a moment in which they can be taken back.

While one is held it is no message: no channel knows of it, no clock has stopped, and history has
no line. It goes out with the hour at which it goes out. A case is locked before it is looked at.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.clock import CLOCK_SLACK
from bot.domain.requests.held_reply import HeldState, ReplyStep, hold_of
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.messages import Attachment, OutgoingMessage
from bot.knowledge.library import Knowledge
from bot.services.messaging.files import FileService
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.cases import Attach, CaseService, RequestRefused, check_chat, check_held
from bot.services.requests.holding import HoldingService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import HeldReply, Officer, Request
from bot.texts import Texts


def _nothing(_: Request) -> list[Attachment]:
    return []


@dataclass(frozen=True)
class Reply:
    """What an officer sends. `shown`: the newest message that her page showed; None: none known.

    `instead_of`: a reply that she took back and that this one follows; `again`: those of its files,
    by id, that go along. `attach` keeps the new ones.
    """

    text: str
    step: ReplyStep = ReplyStep.REPLY
    shown: int | None = None
    attach: Attach = _nothing
    instead_of: int | None = None
    again: Collection[str] = ()


class HeldReplies:
    """Holds replies, gives them back to who sent them, and lets them go."""

    def __init__(self, session: Session, texts: Texts, knowledge: Knowledge, files: Path) -> None:
        self._session = session
        self._cases = CaseService(session, texts, knowledge)
        self._files = FileService(session, files)
        self._holding = HoldingService(session)
        self._transcript = TranscriptService(session)

    # — an officer's steps —

    def send(  # noqa: PLR0913
        self,
        request_id: int,
        officer: Officer,
        reply: Reply,
        *,
        cause: str,
        now: datetime,
        undo_seconds: int,
    ) -> Request:
        """Takes a reply, once a cause, to let it go after a moment; what was held before goes now.

        `undo_seconds`: the installation's; 0: it goes at once.

        Raises:
            RequestRefused: closed, held by another officer or by nobody, without a chat; the same
                was taken back; another officer has answered what her page did not show; or it is to
                close the case, and the owner has written what that did not show.
            FileRefused: a file is not taken.
        """
        request, conversation = self._holding.lock(request_id)
        if self._is_known(cause):
            return request
        self.release([request.id], now=now)
        check_held(request, officer)
        check_chat(conversation)
        if reply.shown is not None and self._is_answered(request, officer, reply.shown):
            raise RequestRefused("answered_meanwhile")
        closes = reply.step is ReplyStep.CLOSE
        if closes and self._transcript.heard_since(request.id, reply.shown or 0):
            raise RequestRefused("unread")
        hold = hold_of(request.kind, undo_seconds)
        again = self._settle(request, officer, reply)
        row = HeldReply(
            request_id=request.id,
            officer_id=officer.id,
            text=reply.text,
            attachments=[*again, *(file.model_dump() for file in reply.attach(request))],
            step=reply.step,
            shown=reply.shown or 0,
            state=HeldState.HELD,
            cause=cause,
            pressed_at=now,
            due_at=now + hold,
        )
        self._session.add(row)
        self._session.flush()
        if not hold:
            self._go(request, row, now=now)
        return request

    def take_back(
        self, request_id: int, officer: Officer, held_id: int, *, now: datetime, typed: str = ""
    ) -> Request:
        """The reply does not go out, and its words are hers again; taken back already: a no-op.

        `typed`: what she has written since, which follows those words. As long as it has not left
        it can be taken back, even past its time.

        Raises:
            RequestRefused: it has gone out, or it is none of hers.
        """
        request, _ = self._holding.lock(request_id)
        row = self._fresh(held_id)
        if row is None or row.request_id != request.id or row.officer_id != officer.id:
            raise RequestRefused("not_yours")
        if row.state == HeldState.SENT:
            raise RequestRefused("gone")
        if row.state == HeldState.HELD:
            row.state = HeldState.TAKEN_BACK
            row.text = "\n\n".join(filter(None, (row.text, typed)))
            row.due_at = now
        return request

    # — the house's own —

    def due(self, *, now: datetime) -> list[int]:
        """What is to go out, in the order in which it was sent, by id."""
        query = select(HeldReply.id).where(_is_held(), _is_due(now)).order_by(HeldReply.id)
        return list(self._session.scalars(query))

    def next_due(self) -> datetime | None:
        """When the next reply is to go out; None where none is held."""
        return self._session.scalar(select(func.min(HeldReply.due_at)).where(_is_held()))

    def send_due(self, held_id: int, *, now: datetime) -> Request | None:
        """Lets a reply go that is due; None where it went already, or was taken back."""
        known = self._session.get_one(HeldReply, held_id)
        request, _ = self._holding.lock(known.request_id)
        due = select(HeldReply.id).where(HeldReply.id == held_id, _is_held(), _is_due(now))
        row = self._fresh(held_id)
        if row is None or self._session.scalar(due) is None:
            return None
        self._go(request, row, now=now)
        return request

    def release(self, request_ids: Collection[int], *, now: datetime) -> None:
        """What is held of requests goes out now: another step of an officer comes behind it."""
        held = select(HeldReply.id).where(HeldReply.request_id.in_(request_ids), _is_held())
        for held_id in self._session.scalars(held.order_by(HeldReply.id)).all():
            request, _ = self._holding.lock(self._session.get_one(HeldReply, held_id).request_id)
            row = self._fresh(held_id)
            if row is not None and row.state == HeldState.HELD:
                self._go(request, row, now=now)

    # — inside —

    def _is_known(self, cause: str) -> bool:
        """Whether the form was taken already.

        Raises:
            RequestRefused: it was, and taken back since.
        """
        state = self._session.scalar(select(HeldReply.state).where(HeldReply.cause == cause))
        if state in (HeldState.TAKEN_BACK, HeldState.OVER):
            raise RequestRefused("taken_back")
        return state is not None or self._transcript.said(cause) is not None

    def _is_answered(self, request: Request, officer: Officer, shown: int) -> bool:
        return self._transcript.answered_since(request.id, shown, officer.id) is not None

    def _fresh(self, held_id: int) -> HeldReply | None:
        return self._session.get(HeldReply, held_id, populate_existing=True)

    def _settle(self, request: Request, officer: Officer, reply: Reply) -> list[dict[str, object]]:
        """What was taken back is over with the reply that follows it; returns the files again."""
        row = self._fresh(reply.instead_of) if reply.instead_of is not None else None
        if row is None or row.request_id != request.id or row.officer_id != officer.id:
            return []
        if row.state != HeldState.TAKEN_BACK:
            return []
        again = [file for file in row.attachments if file["file_id"] in reply.again]
        self._files.drop([file["file_id"] for file in row.attachments if file not in again])
        _empty(row, HeldState.OVER)
        return again

    def _go(self, request: Request, row: HeldReply, *, now: datetime) -> None:
        """The reply becomes a message, and the case what the button said.

        Where the case is hers no longer its words go out and change nothing else. Where the owner
        wrote meanwhile it stays open: she has not read that.
        """
        officer = self._session.get_one(Officer, row.officer_id)
        files = [Attachment.model_validate(file) for file in row.attachments]
        words, cause, step = OutgoingMessage(text=row.text, attachments=files), row.cause, row.step
        shown = row.shown
        _empty(row, HeldState.SENT)
        if request.state == RequestState.CLOSED or request.officer_id != officer.id:
            self._transcript.say_of(request, officer, words, cause=cause, now=now)
            RequestHistory(self._session).note(request, Step.REPLIED, officer, now=now)
            return
        is_unread = self._transcript.heard_since(request.id, shown)
        if step == ReplyStep.CLOSE and not is_unread:
            self._cases.close(
                request.id,
                officer,
                last_words=words.text,
                attach=lambda _: words.attachments,
                cause=cause,
                now=now,
            )
            return
        self._cases.reply(
            request.id,
            officer,
            words.text,
            attach=lambda _: words.attachments,
            cause=cause,
            now=now,
            asks_back=step == ReplyStep.ASK_BACK,
        )
        if step == ReplyStep.CLOSE:
            RequestHistory(self._session).note(request, Step.NOT_CLOSED, now=now)


class HeldOfCase:
    """What the page of a case shows of its replies, and what goes with its owner's data."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def held(self, request: Request) -> HeldReply | None:
        """The reply that has not left yet, or None."""
        return self._newest(request, _is_held())

    def taken_back(self, request: Request, officer_id: int) -> HeldReply | None:
        """The words that an officer has taken back and not sent again, or None."""
        hers = HeldReply.officer_id == officer_id
        return self._newest(request, (HeldReply.state == HeldState.TAKEN_BACK) & hers)

    def forget(self, conversation_id: str) -> None:
        """The words of every case of an owner go with his data; their files go with his."""
        cases = select(Request.id).where(Request.conversation_id == conversation_id)
        self._session.execute(delete(HeldReply).where(HeldReply.request_id.in_(cases)))

    def _newest(self, request: Request, rule: ColumnElement[bool]) -> HeldReply | None:
        query = (
            select(HeldReply)
            .where(HeldReply.request_id == request.id, rule)
            .options(joinedload(HeldReply.officer))
            .order_by(HeldReply.id.desc())
            .limit(1)
        )
        return self._session.scalar(query)


def _is_held() -> ColumnElement[bool]:
    return HeldReply.state == HeldState.HELD


def _is_due(now: datetime) -> ColumnElement[bool]:
    # One sent after now was sent before the clock was set back: its moment is over.
    return or_(HeldReply.due_at <= now, HeldReply.pressed_at > now + CLOCK_SLACK)


def _empty(row: HeldReply, state: HeldState) -> None:
    row.state = state
    row.text, row.attachments = "", []
