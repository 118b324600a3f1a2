"""Where a request stands, and how its end is rated."""

from sqlalchemy.orm import Session

from actions.shape.house_action import HouseAction, Response
from actions.shape.sending import speaks_of_sending
from actions.shape.turn import Turn
from actions.talking.after_close import ask_whether_to_bring
from actions.talking.answer import answer_if_any
from bot.domain.requests.rating import SKIP, WORDS, LowReason, is_low
from bot.domain.requests.request import RequestState, find_code
from bot.domain.requests.standing import Standing, standing
from bot.domain.talk import causes
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.domain.talk.way import TOLD_BY_HAND
from bot.services.closing.ratings import RatingService
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.requests import RequestService
from bot.storage.models import Request


class ActionRequestStatus(HouseAction):
    """Says where the request of a code stands, or those of this conversation."""

    action_name = "action_request_status"

    def respond(self, turn: Turn) -> Response:
        """The code is hard to guess: who has it may ask."""
        code = turn.entity("code") or find_code(turn.text)
        if not code and speaks_of_sending(self.desk.texts, turn.text):
            # "Em gửi lại mẫu nhãn, anh thấy chưa": whether it came, only the officer knows.
            asked = ask_whether_to_bring(self.desk, turn, idle=True)
            if asked is not None:
                return asked
        officer = [self.desk.choice("answer.choice_officer", payload("handover"))]
        with self.desk.house.database.reading() as session:
            service = RequestService(session)
            if code:
                request = service.by_code(code)
                if request is None:
                    return Response([self._say("request.status_unknown", officer, code=code)])
                return Response([self._status([request], turn)])
            own = service.of_conversation(turn.conversation_id)
            if not own:
                return Response([self._say("request.status_none", officer)])
            return Response([self._status(own, turn)])

    def _status(self, requests: list[Request], turn: Turn) -> Reply:
        stands = [standing(request, now=self.desk.now()) for request in requests]
        lines = [
            self._line(request, stand, turn)
            for request, stand in zip(requests, stands, strict=True)
        ]
        if len(lines) > 1:
            lines.insert(0, self.desk.texts.say("request.status_list"))
        officer = self.desk.choice("answer.choice_officer", payload("handover"))
        return Reply(
            message=OutgoingMessage(
                text="\n\n".join(lines),
                choices=[officer] if Standing.OVERDUE in stands else [],
            ),
            understanding=Understanding(outcome=Outcome.REQUEST_STATUS),
        )

    def _line(self, request: Request, stand: Standing, turn: Turn) -> str:
        office = self.desk.office_title(request.office)
        first = request.first_reply_at
        stands = (
            self._ended(request, turn)
            if stand is Standing.CLOSED
            else self.desk.texts.say(
                f"request.stands_{stand}",
                office=office,
                due=request.promised_at,
                late=first is not None and first > request.first_answer_due,
                again=first is not None,
                here=request.conversation_id == turn.conversation_id,
                by_hand=request.conversation.channel in TOLD_BY_HAND,
            )
        )
        return self.desk.texts.say(
            "request.status",
            code=request.code,
            topic=self.desk.topic_title(request.topic),
            state=self.desk.texts.say(f"request.status_{request.state}"),
            stands=stands,
        )

    def _ended(self, request: Request, turn: Turn) -> str:
        kept = request.duplicate_of
        return self.desk.texts.say(
            f"request.ended_{request.ending or 'before'}",
            closed_at=request.closed_at or self.desk.now(),
            authority=self.desk.title_of(self.desk.knowledge.office(request.passed_to)),
            # Another's code is for that other.
            kept=kept.code if kept and kept.conversation_id == turn.conversation_id else "",
        )

    def _say(self, name: str, choices: list[Choice], **values: str) -> Reply:
        return self.desk.say(name, Outcome.REQUEST_STATUS, choices, **values)


class ActionRateRequest(HouseAction):
    """Keeps the owner's rating of a closed request."""

    action_name = "action_rate_request"

    def respond(self, turn: Turn) -> Response:
        """The request of the button, or the newest closed one of this conversation."""
        if turn.entity("value"):
            return self._why(turn)
        stars = _stars(turn)
        with self.desk.house.database.transaction() as session:
            service = RequestService(session)
            code = turn.entity("code") or self._last_closed(service, turn.conversation_id)
            rated = (
                service.rate(code, turn.conversation_id, stars, now=self.desk.now())
                if code and stars
                else None
            )
        if rated is None:
            # "Mấy điểm được 4 sao" rates nothing.
            asked = answer_if_any(self.desk, turn)
            if asked is not None:
                return asked
            return Response([self.desk.say("request.rate_unknown", Outcome.CHITCHAT)])
        if is_low(rated.rating):
            return Response([self._ask_why(rated, stars)])
        return Response([self.desk.say("request.rated", Outcome.CHITCHAT, stars=stars)])

    def _ask_why(self, rated: Request, stars: int) -> Reply:
        """One question, which the next words answer as well as a button."""
        choices = [
            self.desk.choice(
                f"request.choice_why_{value}",
                payload("rate_request", code=rated.code, stars=str(stars), value=value),
            )
            for value in (*LowReason, SKIP)
        ]
        return self.desk.say("request.rated_low", Outcome.CHITCHAT, choices, stars=stars)

    def _why(self, turn: Turn) -> Response:
        value = turn.entity("value")
        if value == SKIP:
            return Response([self.desk.say("request.why_skipped", Outcome.CHITCHAT)])
        with self.desk.house.database.transaction() as session:
            told = RatingService(session).explain(
                turn.entity("code"),
                turn.conversation_id,
                reason=LowReason(value) if value in set(LowReason) else None,
                words=_written(session, turn) if value == WORDS else "",
                now=self.desk.now(),
            )
        if told is None:
            return Response([self.desk.say("request.rate_unknown", Outcome.CHITCHAT)])
        officer = [self.desk.choice("answer.choice_officer", payload("handover"))]
        return Response([self.desk.say("request.why_kept", Outcome.CHITCHAT, officer)])

    def _last_closed(self, service: RequestService, conversation_id: str) -> str:
        for request in service.of_conversation(conversation_id):
            if request.state == RequestState.CLOSED and request.rating is None:
                return request.code
        return ""


def _written(session: Session, turn: Turn) -> str:
    """What the owner wrote: the turn itself carries the button's language only."""
    row_id = causes.event_of(turn.cause)
    said = TranscriptService(session).said(causes.of_words(row_id)) if row_id else None
    return said.text if said is not None else ""


def _stars(turn: Turn) -> int:
    given = turn.entity("stars") or next((c for c in turn.text if c in "12345"), "")
    return int(given) if given in {"1", "2", "3", "4", "5"} else 0
