"""A run that is put aside."""

from actions.assessing.form import AssessmentAction
from actions.assessing.wording import as_replies
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.assessments.attempt import StepKind, reminder_at
from bot.domain.jobs import JobKind
from bot.domain.talk.understanding import Outcome
from bot.services.upkeep.jobs import JobService


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
            if step.kind is StepKind.PAUSED and step.done and attempt.campaign_id is None:
                # Of a survey its campaign reminds, once.
                JobService(session).schedule(
                    JobKind.REMIND_OF_RUN,
                    attempt.started_by,
                    due_at=reminder_at(self.desk.now()),
                    given={"attempt": attempt.id, "started_by": attempt.started_by},
                )
        outcome = Outcome.CHITCHAT if turn.intent == "cancel" else Outcome.ASSESSMENT
        return Response(as_replies(messages, outcome))
