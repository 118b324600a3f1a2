"""A message of the transcript as the web page shows it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.forms.form_file import address_of, form_file_of
from bot.domain.talk import causes
from bot.domain.talk.messages import Attachment, choice_token
from bot.domain.talk.payload import read_payload
from bot.domain.talk.verdict import RATE_INTENT
from bot.services.messaging.received import ReceivedEvents
from bot.services.messaging.transcript import Author
from bot.services.staff.officers import OfficerService
from bot.storage.models import Message
from bot.texts import Texts
from bot.texts.filters import day
from bot.texts.html import owner_html, to_html

DRAWN_TYPE = "image/png"
"""Of the pictures that the house draws."""


def event_id_of(chat_key: str, client_id: str) -> str:
    """The inbox's id of what a page sent: one chat's ids cannot meet another's."""
    return f"{chat_key[:12]}:{client_id}"


def view(session: Session, texts: Texts, messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Messages as JSON objects, in their order.

    `erased`: nothing is left of it; `erases`: it tells that nothing is left of those before.
    """
    names = _officers(session, messages)
    sent = _client_ids(session, messages)
    gone, told_gone = texts.say("privacy.erased_text"), texts.say("privacy.erased")
    return [
        {
            **_message(
                texts, message, names.get(message.officer_id or 0, ""), sent.get(message.id, "")
            ),
            **({"erased": True, "choices": []} if message.text == gone else {}),
            **({"erases": True} if message.text == told_gone else {}),
        }
        for message in messages
    ]


def _message(texts: Texts, message: Message, officer: str, client_id: str) -> dict[str, Any]:
    local = message.created_at.astimezone(VIETNAM)
    is_owner = message.author == Author.OWNER
    understanding = message.understanding or {}
    return {
        "id": message.id,
        "client_id": client_id,
        "author": message.author,
        "name": texts.say(f"channels.author_{message.author}"),
        "officer": officer if message.author == Author.OFFICER else "",
        "html": (owner_html if is_owner else to_html)(message.text) if message.text else "",
        "time": f"{local:%H:%M}",
        "day": day(message.created_at),
        "worth_keeping": message.author == Author.OFFICER or bool(understanding.get("article")),
        "choices": [
            {
                "title": choice["title"],
                "token": choice_token(message.id, index),
                "thumb": read_payload(choice["payload"])[0] == RATE_INTENT,
            }
            for index, choice in enumerate(message.choices)
        ],
        "files": [
            _shown_file(texts, message, Attachment.model_validate(file))
            for file in message.attachments
        ],
    }


def _shown_file(texts: Texts, message: Message, file: Attachment) -> dict[str, Any]:
    """A file of a message; `dark`: where the house drew it, its picture for a dark page."""
    shown = file_view(texts, file)
    is_drawn = message.author == Author.BOT and file.media_type == DRAWN_TYPE
    return {**shown, "dark": f"{shown['url']}/dark"} if is_drawn else shown


def file_view(texts: Texts, file: Attachment) -> dict[str, Any]:
    """A file as the page links to it; its content is `WebPages.file`, or that of `FormPages`.

    A form has no size: it is made when it is asked for.
    """
    if form := form_file_of(file):
        name = texts.say("form.download", name=file.name)
        return {"url": address_of(form), "name": name, "size": 0, "image": False}
    return {
        "url": f"/chat/files/{file.file_id}",
        "name": file.name,
        "size": file.size,
        "image": file.is_image,
    }


def _officers(session: Session, messages: Sequence[Message]) -> dict[int, str]:
    return OfficerService(session).full_names(
        {message.officer_id for message in messages if message.officer_id is not None}
    )


def _client_ids(session: Session, messages: Sequence[Message]) -> dict[int, str]:
    """The page's own id of each of the owner's messages, so that it finds its copy again."""
    heard = {
        row_id: message.id
        for message in messages
        if causes.are_words(message.cause) and (row_id := causes.event_of(message.cause))
    }
    sent = ReceivedEvents(session).event_ids(heard.keys())
    return {heard[row_id]: event_id.partition(":")[2] for row_id, event_id in sent.items()}
