"""A self-assessment that was put aside is remembered once, some days later."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.assessments.attempt import AttemptState
from bot.domain.talk import causes
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.house import House
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.question_reply import RESUME
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.upkeep.jobs import TakenJob


def remind_of_run(house: House, session: Session, job: TakenJob, now: datetime) -> None:
    """Says once how far the run came, where it still waits and nobody speaks with an officer."""
    attempts = AttemptService(session, house.library.tables.assessments)
    attempt = attempts.in_state(int(job.given["attempt"]), AttemptState.PAUSED)
    if attempt is None:
        return
    conversation = ConversationService(session).lock(attempt.conversation_id)
    if not conversation.reachable or conversation.request_id is not None:
        return
    say, step = house.texts.say, attempts.stand(attempt)
    text = say("assessment.reminded", title=step.assessment.title, done=step.done, count=step.count)
    TranscriptService(session).say(
        conversation,
        OutgoingMessage(
            text=text, choices=[Choice(title=say("assessment.resume"), payload=RESUME)]
        ),
        author=Author.SYSTEM,
        cause=causes.of_reminder(attempt.id),
        now=now,
    )
