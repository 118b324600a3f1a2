"""What an owner has with the department: requests, results and files of his chat, as JSON."""

from typing import Any

from sqlalchemy.orm import Session

from bot.channels.web.view import file_view
from bot.domain.forms.form_file import is_form
from bot.domain.talk.messages import Attachment, ChannelName
from bot.house import House
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.step import Step
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.requests import RequestService
from bot.storage.models import Message, Request
from bot.texts.filters import day

REQUESTS = 50


class Mine:
    """One list a kind, the newest first; empty lists for a chat that has not begun."""

    def __init__(self, house: House) -> None:
        self._house = house

    def of(self, chat_key: str) -> dict[str, list[dict[str, Any]]]:
        """What belongs to a chat. Blocking."""
        with self._house.database.reading() as session:
            conversation = ConversationService(session).find(ChannelName.WEB, chat_key)
            if conversation is None:
                return {"requests": [], "results": [], "files": []}
            own = RequestService(session).of_conversation(conversation.id, limit=REQUESTS)
            return {
                "requests": [self._request(request) for request in own],
                "results": self._results(session, conversation.id),
                "files": [
                    self._file(message, Attachment.model_validate(file))
                    for message in TranscriptService(session).with_files(conversation.id)
                    for file in message.attachments
                    if not is_form(file["file_id"])
                ],
            }

    def _request(self, request: Request) -> dict[str, Any]:
        say = self._house.texts.say
        return {
            "title": say(
                "channels.mine_request",
                code=request.code,
                topic=self._house.library.current.topic(request.topic).title,
            ),
            "state": say(
                "channels.mine_state",
                state=say(f"request.status_{request.state}"),
                filed_at=request.created_at,
            ),
            "ask": say("channels.mine_ask_request", code=request.code),
        }

    def _results(self, session: Session, conversation_id: str) -> list[dict[str, Any]]:
        service = AttemptService(session, self._house.library.tables.assessments)
        transcript = TranscriptService(session)
        return [
            self._result(service.stand(attempt), transcript.said(attempt.last_cause))
            for attempt in service.newest_of_each(conversation_id)
        ]

    def _result(self, step: Step, told: Message | None) -> dict[str, Any]:
        say = self._house.texts.say
        finished = step.attempt.finished_at
        done, of = step.done, step.count
        return {
            "title": step.assessment.title,
            "state": say("channels.mine_unfinished", done=done, of=of)
            if finished is None
            else say("channels.mine_result", percent=step.result.percent, finished_at=finished),
            "message": told.id if told is not None else 0,
            "ask": say("channels.mine_ask_resume") if finished is None else "",
        }

    def _file(self, message: Message, file: Attachment) -> dict[str, Any]:
        who = self._house.texts.say(f"channels.author_{message.author}")
        return {**file_view(self._house.texts, file), "state": f"{who} · {day(message.created_at)}"}
