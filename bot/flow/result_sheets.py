"""The paper of a finished self-assessment: drawn beside the talk, then sent into it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.talk import causes
from bot.domain.talk.messages import OutgoingMessage
from bot.house import House
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.sheet import SHEET_BYTES, sheets_of
from bot.services.enterprises.peers import PeerService
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.files import FileService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.upkeep.jobs import TakenJob


def draw_sheet(house: House, job: TakenJob) -> bytes | None:
    """The PDF that a job asks for; None where the run was erased or is open again."""
    now = house.clock()
    sheets = sheets_of(house.library, house.texts, today=now.astimezone(VIETNAM).date())
    with house.database.reading() as session:
        attempts = AttemptService(session, house.library.tables.assessments)
        attempt = attempts.finished(int(job.given["attempt"]))
        if attempt is None:
            return None
        step = attempts.stand(attempt)
        before, peers = attempts.finished_before(attempt), PeerService(session).compare(attempt)
        return sheets.pdf(step, before, made_at=now, peers=peers)


def send_sheet(house: House, session: Session, job: TakenJob, now: datetime) -> None:
    """Sends the paper into the conversation that asked for it, once."""
    say, assessments = house.texts.say, house.library.tables.assessments
    attempts = AttemptService(session, assessments)
    attempt = attempts.finished(int(job.given["attempt"]))
    transcript = TranscriptService(session)
    if attempt is None or not isinstance(job.prepared, bytes):
        return
    cause = causes.of_sheet(attempt.id, str(job.given["cause"]))
    if transcript.said(cause) is not None:
        return
    paper = FileService(session, house.settings.files_dir).keep(
        job.prepared,
        name=say("assessment.sheet_name", id=attempt.assessment),
        conversation_id=attempt.conversation_id,
        limit=SHEET_BYTES,
        now=now,
        trusted=True,
    )
    title = attempts.stand(attempt).assessment.title
    transcript.say(
        ConversationService(session).lock(attempt.conversation_id),
        OutgoingMessage(text=say("assessment.sheet_here", title=title), attachments=[paper]),
        author=Author.BOT,
        cause=cause,
        now=now,
    )
