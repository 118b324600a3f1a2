"""A self-assessment that was put aside is remembered once, some days later."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.assessments.attempt import AttemptState
from bot.domain.talk import causes
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.house import House
from bot.services.assessments.attempts import AttemptService
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.upkeep.jobs import TakenJob


def remind_of_run(house: House, session: Session, job: TakenJob, now: datetime) -> None:
    """Says once how far the run came, where it still waits and nobody speaks with an officer."""
    attempts = AttemptService(session, house.library.tables.assessments)
    found = attempts.in_state(int(job.given["attempt"]), AttemptState.PAUSED)
    if found is None or found.started_by != job.given["started_by"]:
        return
    conversation = ConversationService(session).lock(found.conversation_id)
    session.refresh(found)
    if found.state != AttemptState.PAUSED or attempts.open_attempt(found.conversation_id):
        return
    if not conversation.reachable or conversation.request_id is not None:
        return
    say, step = house.texts.say, attempts.stand(found)
    text = say("assessment.reminded", title=step.assessment.title, done=step.done, count=step.count)
    again = Choice(
        title=say("assessment.resume"),
        payload=payload("assessment", assessment=step.assessment.id),
    )
    TranscriptService(session).say(
        conversation,
        OutgoingMessage(text=text, choices=[again]),
        author=Author.SYSTEM,
        cause=causes.of_reminder(found.started_by),
        now=now,
    )
