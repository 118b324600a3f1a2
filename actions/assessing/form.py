"""The self-assessment: one question at a time, back, pause, another day, a result that leads on."""

from typing import Any

from rasa_sdk.interfaces import ActionExecutionRejection
from sqlalchemy.orm import Session

from actions.assessing.said import Said, is_free_answer, read_turn_of
from actions.assessing.survey import SurveyTalk, is_of_survey
from actions.assessing.wanted import (
    GONE,
    WHICH,
    begins_another,
    can_be_taken,
    elsewhere,
    gone,
    offered,
    wanted,
)
from actions.assessing.wording import as_replies, wording
from actions.filing.request_fields import ANSWERED_ELSEWHERE, SURE
from actions.shape.house_action import HouseAction, Response
from actions.shape.patience import SETTLED, failed, failures, offers_a_way_out
from actions.shape.turn import Turn
from actions.talking import after_close
from actions.talking.taken_again import taken_again
from bot.domain.assessments.attempt import StepKind
from bot.domain.assessments.path import asked
from bot.domain.assessments.question import NOT_APPLICABLE
from bot.domain.assessments.run_words import (
    code_in,
    is_done,
    is_ready,
    question_to_edit,
    starts_over,
)
from bot.domain.assessments.typed_answer import exact_choice
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.slip import is_slip
from bot.domain.talk.understanding import Outcome
from bot.services.assessments.assessment_replies import AssessmentReplies
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.result_reply import ANSWERS, SHEET, WHY
from bot.services.assessments.step import Step
from bot.storage.models import Attempt

FORM = "assessment_form"

SLIPPED, REASK, ALWAYS = "slipped", "reask", "always"
REASON, SUMMARY, FAR, OVER = "reason", "summary", "far", "over"
"""Stand as the problem: what comes before the question that is put again."""

MOVED, NO_CODE, SURVEY = "moved", "no_code", "survey"
"""Stand as the problem where no run is open here any more, where a code names none, and where a
button of a survey asks for no questions."""

ABOUT = {WHY, ANSWERS, SHEET}
"""What a button under a result asks for; stands as the problem, with the assessment behind it."""

GOES_ON = frozenset({"resume", "assessment", "affirm"})
REOPENS = frozenset({"resume", "assessment"})

OF_ASSESSMENT = (ANSWERED_ELSEWHERE | {"request_help", "send_files"}) - GOES_ON
"""Intents that have a rule inside the assessment."""


class AssessmentAction(HouseAction):
    """What the actions of the assessment share."""

    def attempts(self, session: Session) -> AttemptService:
        """Attempts over the newest reading of the assessments."""
        return AttemptService(session, self.desk.tables().assessments)

    @property
    def wording(self) -> AssessmentReplies:
        """Turns steps into messages."""
        return wording(self.desk)


class ValidateAssessmentForm(AssessmentAction):
    """Takes the answer to the question that waits."""

    action_name = "validate_assessment_form"

    def respond(self, turn: Turn) -> Response:
        """Writes the answer down, goes back, or ends the form.

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
            slots = self._survey(turn, session) or self._take(turn, self.attempts(session))
        if slots is None:
            raise ActionExecutionRejection(FORM, "the owner speaks of something else")
        return Response(slots=slots)

    def _begin(self, turn: Turn) -> Response:
        """No slot to ask for: Rasa ends the form, and `action_end_assessment` says the rest."""
        if is_of_survey(turn) and not self._begins_survey(turn):
            return Response(slots={"requested_slot": None, "problem": SURVEY})
        if is_of_survey(turn):
            return Response(slots={**SETTLED, "assessment_finished": None})
        if not can_be_taken(self.desk):
            return Response(slots={"requested_slot": None, "problem": GONE})
        if turn.entity("about") in ABOUT:
            problem = f"{turn.entity('about')} {turn.entity('assessment')}"
            return Response(slots={"requested_slot": None, "problem": problem})
        if (code := code_in(turn.text)) and not self._goes_on(turn):
            return Response(slots={"requested_slot": None, "problem": f"{NO_CODE} {code}"})
        if taken_again(self.desk, turn) or wanted(self.desk, turn) or self._goes_on(turn):
            return Response(slots={**SETTLED, "assessment_finished": None})
        problem = elsewhere(self.desk, turn) or WHICH
        return Response(slots={"requested_slot": None, "problem": problem})

    def _begins_survey(self, turn: Turn) -> bool:
        with self.desk.house.database.reading() as session:
            return SurveyTalk(self.desk, session).begins(turn)

    def _goes_on(self, turn: Turn) -> bool:
        """Whether there is the run that is to be gone on with: by its code, an answer, a wish."""
        with self.desk.house.database.reading() as session:
            attempts, chat = self.attempts(session), turn.conversation_id
            if code := code_in(turn.text):
                return attempts.by_code(code) is not None
            takes_up = question_to_edit(turn.text) is not None or starts_over(turn.text)
            if takes_up and attempts.finished_attempt(chat):
                return True
            left = attempts.open_attempt(chat) or attempts.paused_attempt(chat)
            return turn.intent == "resume" and left is not None

    def _survey(self, turn: Turn, session: Session) -> dict[str, Any]:
        """The slots where a button of a survey was pressed; none for anything else."""
        if not is_of_survey(turn):
            return {}
        talk = SurveyTalk(self.desk, session)
        if talk.begins(turn):
            return {"problem": None}
        talk.settle(turn)
        waits = self.attempts(session).open_attempt(turn.conversation_id) is not None
        return {"problem": SURVEY, **({} if waits else {"requested_slot": None})}

    def _take(self, turn: Turn, attempts: AttemptService) -> dict[str, Any] | None:
        """The slots; None where the turn is about something else."""
        attempt = attempts.open_attempt(turn.conversation_id)
        if attempt is None:
            finished = attempts.finished_by(turn.conversation_id, turn.cause)
            if finished is not None:
                return {"assessment_finished": str(finished.id)}
            if attempts.lost(turn.conversation_id, cause=turn.cause, now=self.desk.now()):
                return {"requested_slot": None, "problem": GONE}
            if turn.intent in REOPENS or wanted(self.desk, turn):
                return {"problem": None}
            # Put aside, or taken up elsewhere by its code: no other begins by itself.
            return {"requested_slot": None, "problem": MOVED}
        step = attempts.stand(attempt)
        waiting = step.question
        is_answer = is_free_answer(turn, waiting)
        goes_back = turn.intent == "go_back" and not is_answer
        if goes_back and (turn.pressed or question_to_edit(turn.text) is None):
            attempts.back(attempt, cause=turn.cause, now=self.desk.now())
            return {"problem": None}
        if not turn.pressed and is_slip(turn.text):
            if not failures(turn):
                # What was pressed was taken: it is asked again.
                attempts.back(attempt, cause=turn.cause, now=self.desk.now())
            return {**SETTLED, "problem": SLIPPED}
        if waiting is not None and exact_choice(turn.text, waiting.choices) is not None:
            is_answer = True
        if not is_answer and begins_another(self.desk, turn, attempt.assessment):
            return {"problem": None}
        said = read_turn_of(self.desk, turn, step)
        return self._written(turn, attempts, step, said)

    def _written(
        self, turn: Turn, attempts: AttemptService, step: Step, said: Said
    ) -> dict[str, Any] | None:
        attempt, now = step.attempt, self.desk.now()
        if said.asks_why or said.asks_for_answers or said.asks_how_far:
            return {**SETTLED, "problem": _about_the_run(said)}
        if said.edits is not None or said.restarts or said.toggles:
            return self._moved(turn, attempts, step, said)
        if said.settles:
            step = attempts.settle(attempt, cause=turn.cause, now=now, question=said.question)
            return self._taken(step)
        if said.answer is None:
            slots = failed(turn, REASK) if said.unclear else self._unread(turn)
            if slots is None and said.aside is not None:
                attempts.answer(attempt, said.aside, cause=turn.cause, now=now)
            return slots
        waiting = step.question
        if said.answer == (NOT_APPLICABLE,) and waiting and not waiting.may_not_apply:
            return failed(turn, ALWAYS)
        before = step.answers
        step = attempts.answer(
            attempt, said.answer, cause=turn.cause, now=now, question=said.question
        )
        if step.answers == before and attempt.last_cause != turn.cause and not turn.pressed:
            return self._unread(turn)
        return self._taken(step)

    def _taken(self, step: Step) -> dict[str, Any]:
        done = step.kind is StepKind.FINISHED
        return {**SETTLED, "assessment_finished": str(step.attempt.id) if done else None}

    def _moved(
        self, turn: Turn, attempts: AttemptService, step: Step, said: Said
    ) -> dict[str, Any]:
        """Nothing is answered: another question waits, or a choice is taken in or out."""
        if said.edits is not None:
            return self._edit(turn, attempts, step, said.edits)
        attempt, now = step.attempt, self.desk.now()
        if said.restarts:
            attempts.restart(attempt, cause=turn.cause, now=now)
            return {**SETTLED, "problem": OVER}
        attempts.toggle(attempt, said.toggles, cause=turn.cause, now=now, question=said.question)
        return dict(SETTLED)

    def _edit(
        self, turn: Turn, attempts: AttemptService, step: Step, number: int
    ) -> dict[str, Any]:
        way = asked(step.assessment, step.answers)
        if not 1 <= number <= len(way):
            return {**SETTLED, "problem": SUMMARY}
        attempts.go_to(step.attempt, way[number - 1].id, cause=turn.cause, now=self.desk.now())
        return dict(SETTLED)

    def _unread(self, turn: Turn) -> dict[str, Any] | None:
        if turn.intent in GOES_ON:
            return {"problem": None}
        if not turn.pressed and is_ready(turn.text):
            return {"problem": None}
        is_marked = not any(letter.isalpha() for letter in turn.text)
        if not turn.pressed and (is_marked or is_done(turn.text)):
            # “1, 3”, “xong”: meant for the question, whatever else they may mean.
            return failed(turn, REASK)
        if turn.intent in OF_ASSESSMENT and (turn.pressed or turn.confidence >= SURE):
            return None
        return failed(turn, REASK)


class AskAssessment(AssessmentAction):
    """Asks the question that waits; begins or takes up the attempt where that is wanted."""

    action_name = "action_ask_assessment_form_assessment_finished"

    def respond(self, turn: Turn) -> Response:
        """The question, with the introduction at the start."""
        brought = after_close.brought_within(self.desk, turn)
        with self.desk.house.database.transaction() as session:
            attempts = self.attempts(session)
            if is_of_survey(turn):
                said = self._of_survey(turn, session, attempts)
                return Response([*brought, *as_replies(said, Outcome.ASSESSMENT)])
            attempt = attempts.open_attempt(turn.conversation_id)
            if attempt is not None and (brought or not self._opens(turn, attempt.assessment)):
                step = attempts.stand(attempt)
                said = self._again(turn, step)
                return Response([*brought, *as_replies(said, Outcome.ASSESSMENT)])
            if not can_be_taken(self.desk):
                return Response([gone(self.desk)])
            step = self._open(turn, attempts)
            return Response(as_replies(self.wording.messages(step), Outcome.ASSESSMENT))

    def _of_survey(
        self, turn: Turn, session: Session, attempts: AttemptService
    ) -> list[OutgoingMessage]:
        """The survey's question; where none follows, that of the run which waits."""
        talk = SurveyTalk(self.desk, session)
        step = talk.begin(turn) if talk.begins(turn) else None
        if step is not None:
            return self.wording.messages(step)
        said, attempt = talk.respond(turn), attempts.open_attempt(turn.conversation_id)
        if attempt is None:
            return said
        return [*said, *self.wording.messages(attempts.stand(attempt))]

    def _opens(self, turn: Turn, taken: str) -> bool:
        return turn.intent in REOPENS or begins_another(self.desk, turn, taken)

    def _again(self, turn: Turn, step: Step) -> list[OutgoingMessage]:
        words = self.wording
        match turn.slot("problem"):
            case "slipped":
                return words.slipped(step)
            case "reask":
                return words.reask(step, in_vain=offers_a_way_out(turn))
            case "always":
                return words.always_applies(step)
            case "reason":
                return words.why(step)
            case "summary":
                return words.summary(step)
            case "far":
                return words.how_far(step)
            case "over":
                return words.begun_anew(step)
            case _:
                return words.messages(step, cause=turn.cause)

    def _open(self, turn: Turn, attempts: AttemptService) -> Step:
        now = self.desk.now()
        if code := code_in(turn.text):
            brought = attempts.resume_by_code(turn.conversation_id, code, cause=turn.cause, now=now)
            if brought is not None:
                return brought
        number = question_to_edit(turn.text)
        is_free = attempts.open_attempt(turn.conversation_id) is None
        finished = attempts.finished_attempt(turn.conversation_id)
        if number is not None and is_free and finished is not None:
            return self._put_right(turn, attempts, finished, number)
        if turn.intent == "resume":
            resumed = attempts.resume(turn.conversation_id, cause=turn.cause, now=now)
            if resumed is not None:
                return resumed
        attempt = attempts.open_attempt(turn.conversation_id)
        if attempt is None and starts_over(turn.text):
            attempt = finished
        named = taken_again(self.desk, turn) or wanted(self.desk, turn)
        if not named and attempt is not None:
            named = attempt.assessment
        return attempts.start(
            turn.conversation_id,
            named or offered(self.desk)[0].id,
            cause=turn.cause,
            now=now,
            consent_version=self.desk.texts.say("assessment.consent_version"),
        )

    def _put_right(
        self, turn: Turn, attempts: AttemptService, finished: Attempt, number: int
    ) -> Step:
        """Opens a finished attempt again at one of its questions; the last where there is none."""
        step = attempts.stand(finished)
        way = asked(step.assessment, step.answers)
        wanted_ = way[min(max(number, 1), len(way)) - 1]
        return attempts.go_to(finished, wanted_.id, cause=turn.cause, now=self.desk.now())


def _about_the_run(said: Said) -> str:
    if said.asks_how_far:
        return FAR
    return REASON if said.asks_why else SUMMARY
