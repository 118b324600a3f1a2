"""What the page sends: checked, and translated into an event."""

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.channels.web.refusal import Refused
from bot.channels.web.view import event_id_of
from bot.domain.input.cleaning import clean_words, storable
from bot.domain.talk.messages import (
    FILES_A_MESSAGE,
    TEXT_LIMIT,
    ChannelName,
    EventKind,
    InboundEvent,
    parse_choice_token,
)
from bot.house import House
from bot.services.messaging.files import Upload

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


class Posts:
    """Makes events of what pages send; what cannot be taken is refused in words."""

    def __init__(self, house: House) -> None:
        self._house = house

    def message(self, chat_key: str, posted: Posted) -> InboundEvent:
        """Words or a pressed button.

        Raises:
            Refused: empty, or too long.
        """
        if posted.choice:
            if parse_choice_token(posted.choice) is None:
                raise Refused(422, self._say("not_allowed"))
            return self._event(chat_key, posted.id, EventKind.CHOICE, choice=posted.choice)
        self._check_text(posted.text)
        if not clean_words(posted.text, TEXT_LIMIT).strip():
            raise Refused(422, self._say("text_empty"))
        return self._event(chat_key, posted.id, EventKind.TEXT, text=posted.text)

    def files(
        self, chat_key: str, client_id: str, text: str, uploads: Sequence[Upload]
    ) -> InboundEvent:
        """The caption of files, which go with it all or none.

        Raises:
            Refused: none or too many files, or too long a caption.
        """
        if not uploads or _CLIENT_ID.fullmatch(client_id) is None:
            raise Refused(422, self._say("not_allowed"))
        if len(uploads) > FILES_A_MESSAGE:
            raise Refused(413, self._say("too_many_files", limit=FILES_A_MESSAGE))
        self._check_text(text)
        return self._event(chat_key, client_id, EventKind.FILES, text=text)

    def _check_text(self, text: str) -> None:
        if len(text) > TEXT_LIMIT:
            raise Refused(413, self._say("text_too_long", limit=TEXT_LIMIT))

    def _event(
        self, chat_key: str, client_id: str, kind: EventKind, *, text: str = "", choice: str = ""
    ) -> InboundEvent:
        return InboundEvent(
            channel=ChannelName.WEB,
            event_id=event_id_of(chat_key, client_id),
            chat_key=chat_key,
            kind=kind,
            text=text,
            choice=choice,
            occurred_at=self._house.clock(),
        )

    def _say(self, sentence: str, /, **values: object) -> str:
        return self._house.texts.say(f"channels.{sentence}", **values)
