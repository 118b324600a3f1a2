"""What the page sends: checked, and stored before it is acknowledged. Blocking."""

import json
import re
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy.orm import Session

from bot.channels.web.limits import WebLimits
from bot.channels.web.refusal import Refused
from bot.channels.web.view import event_id_of
from bot.domain.input.cleaning import clean_words, storable
from bot.domain.input.file_name import safe_name
from bot.domain.talk.messages import (
    TEXT_LIMIT,
    Attachment,
    ChannelName,
    EventKind,
    InboundEvent,
    parse_choice_token,
)
from bot.house import House
from bot.services.inbound.inbox import InboxService
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.files import FileRefused, FileService
from bot.services.messaging.received import ReceivedEvents

FILES_A_MESSAGE = 5
MEGABYTE = 1024 * 1024

CLIENT_ID = r"^[A-Za-z0-9-]{8,64}$"
_CLIENT_ID = re.compile(CLIENT_ID)


def _storable(text: Any) -> Any:
    # Half of a surrogate pair: what a page makes of an emoji that was cut in two.
    return storable(text) if isinstance(text, str) else text


class Posted(BaseModel):
    """A message of the page. `id` is made by the page: sent again, it is stored once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=CLIENT_ID)
    text: Annotated[str, BeforeValidator(_storable)] = ""
    choice: str = Field(default="", max_length=64)

    @classmethod
    def read(cls, body: bytes) -> Self:
        """Reads a JSON body; what no text can hold falls out of the words.

        Raises:
            ValueError: no JSON, or not a message of the page.
        """
        try:
            return cls.model_validate(json.loads(body))
        except RecursionError as error:
            raise ValueError("brackets without end") from error


class Upload(BaseModel):
    """A file of the page."""

    model_config = ConfigDict(frozen=True)

    name: str
    content: bytes


class WebInbound:
    """Stores what one chat sends; the conversation's id, or None for a duplicate."""

    def __init__(self, house: House, limits: WebLimits, *, chat_key: str, address: str) -> None:
        self._house = house
        self._limits = limits
        self._chat_key = chat_key
        self._address = address

    def message(self, posted: Posted) -> str | None:
        """Stores words or a pressed button.

        Raises:
            Refused: empty, too long, or too many at once.
        """
        if posted.choice:
            if parse_choice_token(posted.choice) is None:
                raise Refused(422, self._say("not_allowed"))
            return self._store(self._event(posted.id, EventKind.CHOICE, choice=posted.choice))
        self._check_text(posted.text)
        if not clean_words(posted.text, TEXT_LIMIT).strip():
            raise Refused(422, self._say("text_empty"))
        return self._store(self._event(posted.id, EventKind.TEXT, text=posted.text))

    def files(self, client_id: str, text: str, uploads: list[Upload]) -> str | None:
        """Stores files with their caption, all or none.

        Raises:
            Refused: too many, one that is not taken, or too many messages at once.
        """
        if not uploads or _CLIENT_ID.fullmatch(client_id) is None:
            raise Refused(422, self._say("not_allowed"))
        if len(uploads) > FILES_A_MESSAGE:
            raise Refused(413, self._say("too_many_files", limit=FILES_A_MESSAGE))
        self._check_text(text)
        return self._store(self._event(client_id, EventKind.FILES, text=text), uploads)

    def _store(self, event: InboundEvent, uploads: list[Upload] | None = None) -> str | None:
        now = self._house.clock()
        with self._house.database.transaction() as session:
            if ReceivedEvents(session).knows(event.channel, event.event_id):
                return None
            conversations = ConversationService(session)
            is_new = conversations.find(ChannelName.WEB, self._chat_key) is None
            self._limits.let_write(self._chat_key, self._address, is_new_chat=is_new)
            if uploads:
                conversation = conversations.open(ChannelName.WEB, self._chat_key, name="", now=now)
                kept = self._keep_all(session, conversation.id, uploads)
                event = event.but(attachments=kept)
            return InboxService(session).accept(event, now=now)

    def _keep_all(
        self, session: Session, conversation_id: str, uploads: list[Upload]
    ) -> list[Attachment]:
        kept: list[Attachment] = []
        try:
            for upload in uploads:
                file = self._keep(session, conversation_id, upload)
                kept.append(file)
        except Exception:
            # Their rows go with the transaction, their bytes would stay for ever.
            for file in kept:
                (self._house.settings.files_dir / file.file_id).unlink(missing_ok=True)
            raise
        return kept

    def _keep(self, session: Session, conversation_id: str, upload: Upload) -> Attachment:
        limit = self._house.settings.max_upload_mb
        try:
            return FileService(session, self._house.settings.files_dir).keep(
                upload.content,
                name=upload.name,
                conversation_id=conversation_id,
                limit=limit * MEGABYTE,
                now=self._house.clock(),
            )
        except FileRefused as refused:
            name = safe_name(upload.name)
            sentence = self._say(f"file_{refused.reason}", name=name, limit=limit)
            raise Refused(413 if refused.reason == "too_large" else 422, sentence) from refused

    def _check_text(self, text: str) -> None:
        if len(text) > TEXT_LIMIT:
            raise Refused(413, self._say("text_too_long", limit=TEXT_LIMIT))

    def _event(
        self, client_id: str, kind: EventKind, *, text: str = "", choice: str = ""
    ) -> InboundEvent:
        return InboundEvent(
            channel=ChannelName.WEB,
            event_id=event_id_of(self._chat_key, client_id),
            chat_key=self._chat_key,
            kind=kind,
            text=text,
            choice=choice,
            occurred_at=self._house.clock(),
        )

    def _say(self, sentence: str, /, **values: object) -> str:
        return self._house.texts.say(f"channels.{sentence}", **values)
