"""Puts the conversation into an office's queue."""

from actions.filing.topic_guess import topic_of
from actions.shape.house_action import HouseAction, Response
from actions.shape.turn import Turn
from actions.talking.about_us import about_us
from actions.talking.talk import FORM_SLOTS
from actions.talking.urgent import pressing_article, rights
from bot.domain.requests.request import RequestKind
from bot.domain.talk.conversation import Handler
from bot.domain.talk.payload import payload
from bot.domain.talk.understanding import Outcome
from bot.services.assessments.attempts import AttemptService
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.promises import PromiseService
from bot.services.requests.requests import RequestDraft, RequestService, known_reach

WORDS_OF_CONTEXT = 2000


NO_MATTER = "yeu_cau_ho_tro"
"""The topic of who only says that he wants a person."""


class ActionHandOver(HouseAction):
    """Calls a person; waiting already, says which request waits."""

    action_name = "action_hand_over"

    def respond(self, turn: Turn) -> Response:
        """Queues once for one message, however often it runs.

        Who asks for the department's number is told it, and calls nobody by that; not within a
        form, which Rasa ends behind this action: it would be gone without a word.
        """
        told = None if turn.active_form else about_us(self.desk, turn)
        if told is not None:
            return told
        pressing = pressing_article(self.desk, turn)
        told_rights = [rights(self.desk, pressing)] if pressing else []
        topic = pressing.topic if pressing else self._topic(turn)
        question = self._question(turn)
        tables = self.desk.tables()
        promise = PromiseService(tables.routing, tables.calendar).promise(
            topic, question, now=self.desk.now(), kind=RequestKind.TALK
        )
        draft = RequestDraft(
            topic=topic,
            office=promise.route.office,
            authority=promise.route.authority or "",
            question=question,
            promised_at=promise.due,
            # Called from within a request that began under a result: it goes along.
            attempt_id=int(turn.slot("request_attempt") or 0) or None,
        )
        with self.desk.house.database.transaction() as session:
            conversation = ConversationService(session).lock(turn.conversation_id)
            waiting = conversation.handler == Handler.QUEUE
            service = RequestService(session)
            request = service.hand_over(
                turn.conversation_id, draft, cause=turn.cause, now=self.desk.now()
            )
            fresh = not waiting or request.created_by == turn.cause
            reach = request.reach or known_reach(conversation.contact)
        reply = self.desk.say(
            "request.handed_over" if fresh else "request.already_waiting",
            Outcome.HANDOVER,
            [self.desk.choice("request.choice_withdraw_talk", payload("cancel"))],
            code=request.code,
            office=self.desk.office_title(request.office),
            due=request.promised_at,
            reach=reach,
            open_now=tables.calendar.is_open(self.desk.now()),
        )
        return Response([*told_rights, reply], dict.fromkeys(FORM_SLOTS))

    def _topic(self, turn: Turn) -> str:
        """The matter: of the form in progress, of the message, of the article answered last."""
        chosen = turn.slot("request_topic") or turn.slot("request_topic_guess")
        if chosen:
            return chosen
        found = "" if turn.pressed else topic_of(self.desk, turn.text)
        if found and found != NO_MATTER:
            return found
        if of_run := self._topic_of_run(turn):
            return of_run
        if found:
            return found
        last = self.desk.knowledge.articles.get(turn.slot("last_article"))
        return last.topic if last else NO_MATTER

    def _topic_of_run(self, turn: Turn) -> str:
        """The topic of the assessment in whose middle an officer is called; or empty."""
        with self.desk.house.database.reading() as session:
            attempts = AttemptService(session, self.desk.tables().assessments)
            attempt = attempts.open_attempt(turn.conversation_id)
            return attempts.stand(attempt).assessment.request_topic if attempt is not None else ""

    def _question(self, turn: Turn) -> str:
        """What the officer reads first: the form's words, or what the owner wrote."""
        said = turn.slot("request_question")
        own = "" if turn.pressed else turn.text
        before = turn.last_user_text_before()
        parts = [said, "" if before.startswith("/") else before, own]
        return "\n".join(dict.fromkeys(part for part in parts if part))[:WORDS_OF_CONTEXT]
