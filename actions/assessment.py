"""The self-assessment: one question at a time, back, pause, another day, a result that leads on."""

from typing import Any

from rasa_sdk.interfaces import ActionExecutionRejection
from sqlalchemy.orm import Session

from actions.filing.request_fields import ANSWERED_ELSEWHERE, SURE
from actions.shape.desk import Desk
from actions.shape.house_action import HouseAction, Response
from actions.shape.patience import SETTLED, failed, failures, offers_a_way_out
from actions.shape.turn import Turn
from actions.talking import after_close
from bot.domain.assessments.attempt import StepKind
from bot.domain.assessments.typed_score import is_unknown, read_score
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.payload import PICK_ARTICLE, payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.slip import is_slip
from bot.domain.talk.understanding import Outcome, Understanding
from bot.domain.text.plain import holds_words, plain
from bot.services.answering.groundwork.answer_replies import article_choice
from bot.services.assessments.assessment_replies import AssessmentReplies
from bot.services.assessments.attempts import AttemptService, Step
from bot.services.messaging.files import FileService

FORM = "assessment_form"

SLIPPED = "slipped"
"""Stands as the problem where a wrongly pressed button was owned up to."""

GONE = "gone"
"""Stands as the problem where there is no such assessment any more."""

GOES_ON = frozenset({"resume", "assessment", "affirm"})
REOPENS = frozenset({"resume", "assessment"})

OF_ASSESSMENT = (ANSWERED_ELSEWHERE | {"request_help", "send_files"}) - GOES_ON
"""Intents that have a rule inside the assessment."""


_OF_ANY_ASSESSMENT = frozenset(
    {"tu", "cham", "diem", "danh", "gia", "bai", "lam", "bat", "dau", "trac", "nghiem", "kiem"}
    | {"tra", "test", "cho", "toi", "em", "anh", "chi", "tui", "minh", "muon", "xin", "thu", "di"}
    | {"ve", "cua", "mot", "cai", "nha", "nhe", "a", "duoc", "khao", "sat", "chan", "doan", "mo"}
    | {"vao", "giup", "gium", "thi", "quiz", "hoi", "theo", "xuong", "cong", "ty", "co", "so"}
)
"""Words, in bare letters, that name no subject of an assessment."""


class AssessmentAction(HouseAction):
    """What the actions of the assessment share."""

    def attempts(self, session: Session) -> AttemptService:
        """Attempts over the newest reading of the assessments."""
        return AttemptService(session, self.desk.tables().assessments)

    @property
    def wording(self) -> AssessmentReplies:
        """Turns steps into messages."""
        return wording(self.desk)


def wording(desk: Desk) -> AssessmentReplies:
    """The wording of steps, with the titles of the articles to read."""
    articles = desk.knowledge.articles
    return AssessmentReplies(desk.texts, {name: a.title for name, a in articles.items()})


def can_be_taken(desk: Desk) -> bool:
    """Whether the files still have the assessment that is taken where none is named."""
    tables = desk.tables()
    return tables.menu.assessment in tables.assessments


def gone(desk: Desk) -> Reply:
    """Says that an assessment is no longer there, and what there is instead."""
    officer = desk.choice("answer.choice_officer", payload("handover"))
    taken = desk.choice("assessment.choice_take", payload("assessment"))
    choices = [taken, officer] if can_be_taken(desk) else [officer]
    return desk.say("assessment.gone", Outcome.ASSESSMENT, choices)


def elsewhere(desk: Desk, turn: Turn) -> str:
    """The article on the assessment that the words name, where it cannot be taken here; or empty.

    A button and a wish to go on name none.
    """
    if turn.pressed or turn.intent == "resume":
        return ""
    said = plain(turn.text)
    if any(holds_words(said, plain(one.subject)) for one in desk.tables().assessments.values()):
        return ""
    # "Làm bài ISO 9001" names the standard; looked for is the article on assessing oneself by it.
    wanted = f"{desk.texts.say('assessment.wanted')} {turn.text}"
    best = desk.retriever().search(wanted, limit=1)
    named = best[0].article_id if best else ""
    if named in desk.tables().menu.read_instead:
        return named
    matter = " ".join(word for word in said.split() if word not in _OF_ANY_ASSESSMENT)
    called = desk.knowledge.called(matter)
    return desk.knowledge.glossary.explained_by(matter) or (called.id if called else "")


def only_this(desk: Desk, named: str) -> Reply:
    """Says what there is instead, and offers the article on what was named."""
    choices = [desk.choice("assessment.choice_take", payload("assessment"))]
    tables = desk.tables()
    if named not in tables.menu.read_instead and named in desk.knowledge.articles:
        choices.append(article_choice(desk.knowledge.articles[named]))
        subjects = ", ".join(one.subject for one in tables.assessments.values())
        return desk.say("assessment.not_this", Outcome.ASSESSMENT, choices, subjects=subjects)
    if named in desk.knowledge.articles:
        choices.append(desk.choice("assessment.choice_read", payload(PICK_ARTICLE, article=named)))
    return desk.say("assessment.only_this", Outcome.ASSESSMENT, choices)


def as_replies(messages: list[OutgoingMessage]) -> list[Reply]:
    """Messages of an assessment as replies."""
    understanding = Understanding(outcome=Outcome.ASSESSMENT)
    return [Reply(message=message, understanding=understanding) for message in messages]


class ValidateAssessmentForm(AssessmentAction):
    """Takes the answer to the question that waits."""

    action_name = "validate_assessment_form"

    def respond(self, turn: Turn) -> Response:
        """Writes the score down, goes back, or ends the form.

        Raises:
            ActionExecutionRejection: the turn is about something else.
        """
        if turn.slots.get("requested_slot") is None:
            return self._begin(turn)
        if any(name != FORM for name in turn.actions_since_message()):
            return Response(slots={"problem": None})
        if after_close.belongs(self.desk, turn):
            return Response(slots={"problem": after_close.BROUGHT})
        with self.desk.house.database.transaction() as session:
            return Response(slots=self._take(turn, self.attempts(session)))

    def _begin(self, turn: Turn) -> Response:
        if not can_be_taken(self.desk):
            return Response(slots={"requested_slot": None, "problem": GONE})
        if offered := elsewhere(self.desk, turn):
            # No slot to ask for: Rasa ends the form, and `action_end_assessment` makes the offer.
            return Response(slots={"requested_slot": None, "problem": offered})
        return Response(slots={**SETTLED, "assessment_finished": None})

    def _take(self, turn: Turn, attempts: AttemptService) -> dict[str, Any]:
        attempt = attempts.open_attempt(turn.conversation_id)
        if attempt is None:
            finished = attempts.finished_attempt(turn.conversation_id)
            if finished is not None and finished.last_cause == turn.cause:
                return {"assessment_finished": str(finished.id)}
            if attempts.lost(turn.conversation_id, cause=turn.cause, now=self.desk.now()):
                return {"requested_slot": None, "problem": GONE}
            return {"problem": None}
        if turn.intent == "go_back":
            attempts.back(attempt, cause=turn.cause, now=self.desk.now())
            return {"problem": None}
        if not turn.pressed and is_slip(turn.text):
            if not failures(turn):
                # What was pressed was taken: it is asked again.
                attempts.back(attempt, cause=turn.cause, now=self.desk.now())
            return {**SETTLED, "problem": SLIPPED}
        step = attempts.stand(attempt)
        score = _score(turn, step)
        if score is None and not _skips(turn):
            return self._unread(turn)
        if score is None:
            before = attempt.position
            step = attempts.skip(attempt, cause=turn.cause, now=self.desk.now())
            if attempt.position == before and attempt.last_cause != turn.cause:
                return self._unread(turn)
        else:
            step = attempts.answer(
                attempt,
                score,
                cause=turn.cause,
                now=self.desk.now(),
                question=turn.entity("question"),
            )
        done = step.kind is StepKind.FINISHED
        return {**SETTLED, "assessment_finished": str(attempt.id) if done else None}

    def _unread(self, turn: Turn) -> dict[str, Any]:
        if turn.intent in GOES_ON:
            return {"problem": None}
        if turn.intent in OF_ASSESSMENT and (turn.pressed or turn.confidence >= SURE):
            raise ActionExecutionRejection(FORM, "the owner speaks of something else")
        return failed(turn, "reask")


def _skips(turn: Turn) -> bool:
    """Whether the question is passed over: by the button, or by words that know no answer."""
    return turn.intent == "skip" if turn.pressed else is_unknown(turn.text)


def _score(turn: Turn, step: Step) -> int | None:
    if turn.pressed:
        given = turn.entity("score")
        return int(given) if given.isdecimal() and len(given) <= 2 else None  # noqa: PLR2004
    return read_score(turn.text, step.assessment.scale)


class AskAssessment(AssessmentAction):
    """Asks the question that waits; begins or takes up the attempt where that is wanted."""

    action_name = "action_ask_assessment_form_assessment_finished"

    def respond(self, turn: Turn) -> Response:
        """The question, with the introduction at the start."""
        brought = after_close.brought_within(self.desk, turn)
        with self.desk.house.database.transaction() as session:
            attempts = self.attempts(session)
            attempt = attempts.open_attempt(turn.conversation_id)
            if attempt is not None and (brought or turn.intent not in REOPENS):
                step = attempts.stand(attempt)
                if turn.slot("problem") == SLIPPED:
                    return Response(as_replies(self.wording.slipped(step)))
                if turn.slot("problem") == "reask":
                    again = self.wording.reask(step, in_vain=offers_a_way_out(turn))
                    return Response(as_replies(again))
                return Response([*brought, *as_replies(self.wording.messages(step))])
            if not can_be_taken(self.desk):
                return Response([gone(self.desk)])
            step = self._open(turn, attempts)
            return Response(as_replies(self.wording.messages(step)))

    def _open(self, turn: Turn, attempts: AttemptService) -> Step:
        if turn.intent == "resume":
            resumed = attempts.resume(turn.conversation_id, cause=turn.cause, now=self.desk.now())
            if resumed is not None:
                return resumed
        tables = self.desk.tables()
        named = turn.entity("assessment")
        return attempts.start(
            turn.conversation_id,
            named if named in tables.assessments else tables.menu.assessment,
            cause=turn.cause,
            now=self.desk.now(),
        )


class ActionEndAssessment(AssessmentAction):
    """Shows the result with its picture, or offers what there is instead."""

    action_name = "action_end_assessment"

    def respond(self, turn: Turn) -> Response:
        """The result of the attempt just finished."""
        cleared = {"assessment_finished": None, "problem": None}
        if not turn.slot("assessment_finished"):
            named = turn.slot("problem")
            offer = gone(self.desk) if named == GONE else only_this(self.desk, named)
            return Response([offer], cleared)
        house = self.desk.house
        with house.database.transaction() as session:
            attempts = self.attempts(session)
            finished = attempts.finished_attempt(turn.conversation_id)
            if finished is None:
                return Response(as_replies(self.wording.nothing_to_resume()), cleared)
            step = attempts.stand(finished)
            picture = self.wording.keep_picture(
                FileService(session, house.settings.files_dir), step, now=self.desk.now()
            )
            return Response(as_replies(self.wording.messages(step, picture=picture)), cleared)


class ActionPauseAssessment(AssessmentAction):
    """Puts the assessment aside; nothing that was answered is lost."""

    action_name = "action_pause_assessment"

    def respond(self, turn: Turn) -> Response:
        """Says how to go on."""
        with self.desk.house.database.transaction() as session:
            attempts = self.attempts(session)
            attempt = attempts.open_attempt(turn.conversation_id) or attempts.paused_attempt(
                turn.conversation_id
            )
            if attempt is None:
                return Response([self.desk.say("talk.cancelled", Outcome.CHITCHAT)])
            step = attempts.pause(attempt, cause=turn.cause, now=self.desk.now())
            messages = self.wording.messages(step)
        outcome = Outcome.CHITCHAT if turn.intent == "cancel" else Outcome.ASSESSMENT
        return Response(
            [
                Reply(message=message, understanding=Understanding(outcome=outcome))
                for message in messages
            ]
        )
