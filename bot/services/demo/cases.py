"""The made-up cases, walked step by step through the services, each step at its own hour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.clock import VIETNAM
from bot.domain.office.roles import Role, answers_for
from bot.domain.requests.closing import Closing, Ending
from bot.domain.requests.request import RequestKind
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.understanding import Outcome, Understanding
from bot.services.answering.groundwork.answer_replies import AnswerReplies
from bot.services.clocks.authority_waits import AuthorityWaits
from bot.services.closing.duplicates import DuplicateService
from bot.services.closing.ratings import RatingService
from bot.services.closing.silent_owners import SilentOwners
from bot.services.demo.companies import open_chat
from bot.services.demo.play import Case, CaseStep, Play
from bot.services.demo.stage import Stage
from bot.services.desk.insertion import insertion
from bot.services.desk.notes import NoteService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.cases import CaseService
from bot.services.requests.promises import PromiseService
from bot.services.requests.requests import RequestDraft, RequestService
from bot.storage.models import Conversation, Officer, Request

SURE = 0.9
"""How sure the assistant says that it was."""

OF_NO_OFFICER = ("owner", "rate", "late", "leave", "silence")
"""Steps that are the owner's or the house's own."""

TALKED_BEFORE = 0.2
"""Hours of office time between two questions before the filing."""


@dataclass(frozen=True)
class _Moment:
    """One step at its hour: on what, and whose it is."""

    step: CaseStep
    request: Request
    chat: Conversation
    holder: Officer | None
    at: datetime


class Cases:
    """Plays cases. A step for whom nobody is there, as an office is gone, ends its case there."""

    def __init__(self, stage: Stage, play: Play) -> None:
        self._stage = stage
        self._play = play
        self._knowledge = stage.library.current
        self._requests = RequestService(stage.session)
        self._cases = CaseService(stage.session, stage.texts, self._knowledge)
        self._transcript = TranscriptService(stage.session)
        self._verbs: Mapping[str, Callable[[_Moment], None]] = {
            "claim": self._claim,
            "reply": self._reply,
            "ask": self._reply,
            "owner": self._owner,
            "note": self._note,
            "transfer": self._transfer,
            "release": self._release,
            "await": self._await,
            "close": self._close,
            "rate": self._rate,
            "late": self._late,
            "leave": self._leave,
            "merge": self._merge,
            "silence": self._silence,
        }

    def play(self) -> None:
        """All of them, the oldest first."""
        for case in sorted(self._play.cases, key=lambda one: -one.ago):
            if case.topic in self._knowledge.topics:
                self._play_one(case)

    # — one case —

    def _play_one(self, case: Case) -> None:
        name = case.enterprise or case.id
        chat = self._stage.chats.get(name) or open_chat(self._stage, name, case.owner)
        at = self._stage.ago(case.ago)
        self._talk_before(case, chat)
        request = self._file(case, chat, at)
        self._stage.requests[case.id] = request
        for step in case.steps:
            at = self._stage.later(at, step.after)
            moment = _Moment(step, request, chat, self._doer(step, request), at)
            if step.verb not in OF_NO_OFFICER and moment.holder is None:
                return
            self._verbs[step.verb](moment)
            self._stage.session.flush()

    def _doer(self, step: CaseStep, request: Request) -> Officer | None:
        named = step.said if step.verb == "claim" else step.by
        if not named:
            return request.officer
        person = self._stage.people.get(named)
        if person is None or not answers_for(Role(person.role), person.office, request.office):
            return self._stage.answering(request.office)
        return person

    def _talk_before(self, case: Case, chat: Conversation) -> None:
        today = self._stage.now.astimezone(VIETNAM).date()
        asked = [one for one in case.chat if one.article in self._knowledge.articles]
        for back, one in zip(range(len(asked), 0, -1), asked, strict=True):
            at = self._stage.ago(case.ago + back * TALKED_BEFORE)
            self._hear(chat, one.owner, at)
            article = self._knowledge.articles[one.article]
            reply = AnswerReplies(self._knowledge, self._stage.texts).short(article, today)
            understood = Understanding(
                outcome=Outcome.ANSWER,
                article=article.id,
                confidence=SURE,
                alternatives=[article.id],
            )
            self._transcript.say(
                chat,
                OutgoingMessage(text=reply.message.text, choices=reply.message.choices),
                author=Author.BOT,
                cause=self._stage.cause(),
                now=at,
                understanding=understood,
            )

    def _file(self, case: Case, chat: Conversation, at: datetime) -> Request:
        tables, company = self._stage.library.tables, self._play.company(case.enterprise)
        kind = RequestKind.TALK if case.talk else RequestKind.REQUEST
        promise = PromiseService(tables.routing, tables.calendar).promise(
            case.topic, case.question, now=at, kind=kind
        )
        draft = RequestDraft(
            topic=case.topic,
            office=promise.route.office,
            question=case.question,
            promised_at=promise.due,
            enterprise_name=company.name if company else "",
            unchecked_tax_code=company.code if company else "",
            reach=company.reach if company else "",
        )
        put = self._requests.hand_over if case.talk else self._requests.file
        return put(chat.id, draft, cause=self._stage.cause(), now=at)

    # — steps —

    def _claim(self, moment: _Moment) -> None:
        self._cases.claim(moment.request.id, _known(moment), now=moment.at)

    def _reply(self, moment: _Moment) -> None:
        words = moment.step.said
        article = self._knowledge.articles.get(moment.step.article)
        if article is not None:
            today = moment.at.astimezone(VIETNAM).date()
            told = insertion(self._knowledge, self._stage.texts, article, today)
            words = f"{words}\n\n{told}".strip()
        self._cases.reply(
            moment.request.id,
            _known(moment),
            words,
            cause=self._stage.cause(),
            now=moment.at,
            asks_back=moment.step.verb == "ask",
        )

    def _owner(self, moment: _Moment) -> None:
        self._hear(moment.chat, moment.step.said, moment.at, moment.request)
        self._requests.owner_wrote(moment.chat.id, now=moment.at)

    def _note(self, moment: _Moment) -> None:
        words = moment.step.said
        for one in self._play.people:
            if one.id not in self._stage.people:
                words = words.replace(f"@{one.username}", one.name)
        NoteService(self._stage.session).write(
            moment.request.id, _known(moment), words, cause=self._stage.cause(), now=moment.at
        )

    def _transfer(self, moment: _Moment) -> None:
        if not self._knowledge.answers(moment.step.said):
            return
        self._cases.transfer(
            moment.request.id,
            _known(moment),
            moment.step.said,
            moment.step.words,
            cause=self._stage.cause(),
            now=moment.at,
        )

    def _release(self, moment: _Moment) -> None:
        self._cases.release(moment.request.id, _known(moment), now=moment.at)

    def _await(self, moment: _Moment) -> None:
        waits = AuthorityWaits(self._stage.session)
        waits.begin(moment.request.id, _known(moment), moment.step.said, now=moment.at)

    def _close(self, moment: _Moment) -> None:
        self._cases.close(
            moment.request.id,
            _known(moment),
            cause=self._stage.cause(),
            now=moment.at,
            last_words=moment.step.words,
            closing=Closing(Ending(moment.step.said), moment.step.authority),
        )

    def _rate(self, moment: _Moment) -> None:
        request, step = moment.request, moment.step
        self._requests.rate(request.code, moment.chat.id, int(step.said), now=moment.at)
        if step.reason is not None:
            RatingService(self._stage.session).explain(
                request.code, moment.chat.id, reason=step.reason, words=step.why, now=moment.at
            )

    def _late(self, moment: _Moment) -> None:
        self._hear(moment.chat, moment.step.said, moment.at, moment.request)
        AfterCloseService(self._stage.session).came_to(moment.request, now=moment.at)

    def _leave(self, moment: _Moment) -> None:
        self._requests.leave_queue(moment.chat.id, now=moment.at)

    def _merge(self, moment: _Moment) -> None:
        kept = self._stage.requests.get(moment.step.said)
        if kept is None:
            return
        duplicates = DuplicateService(self._stage.session, self._stage.texts, self._knowledge)
        duplicates.merge(
            moment.request.id, kept.id, _known(moment), cause=self._stage.cause(), now=moment.at
        )

    def _silence(self, moment: _Moment) -> None:
        silent = SilentOwners(self._stage.session, self._stage.texts, self._stage.library)
        silent.step(moment.request.id, now=moment.at)

    def _hear(
        self, chat: Conversation, text: str, at: datetime, request: Request | None = None
    ) -> None:
        self._transcript.hear(
            chat,
            text=text,
            attachments=[],
            cause=self._stage.cause(),
            now=at,
            request_id=request.id if request is not None else None,
        )
        chat.last_inbound_at = at


def _known(moment: _Moment) -> Officer:
    """Who takes the step; that somebody does was looked at before."""
    if moment.holder is None:
        raise LookupError(moment.step.verb)
    return moment.holder
