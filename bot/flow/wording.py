"""Turns what an owner did into what the dialogue engine reads."""

import json

from bot.domain.requests.rating import SKIP, WORDS
from bot.domain.talk import causes
from bot.domain.talk.choices import match_choice
from bot.domain.talk.messages import Choice, EventKind, InboundEvent, parse_choice_token
from bot.domain.talk.payload import payload, read_payload
from bot.domain.talk.verdict import RATE_INTENT, Verdict
from bot.flow.engine import EngineMessage
from bot.services.closing.ratings import tells_why
from bot.storage.models import Message

COMMANDS = {
    "start": "greet",
    "help": "bot_identity",
    "menu": "menu",
    "huy": "cancel",
    "canbo": "handover",
    "yeucau": "request_help",
    "5s": "assessment",
}
"""What may be typed with a slash, on any channel: `/menu`."""


class HouseAnswers(Exception):
    """The house answers by itself, with the sentence of this name or with this text.

    `said`: what was pressed, where it is written down all the same.
    """

    def __init__(self, name: str = "", text: str = "", said: str = "") -> None:
        super().__init__(name or text)
        self.name = name
        self.text = text
        self.said = said


def engine_messages(
    event: InboundEvent, cause: str, pressed: Message | None, last: Message | None
) -> list[EngineMessage]:
    """What is handed over for an event, in order; one turn each.

    `pressed`: the message whose button it is; `last`: the newest message to the owner.

    Raises:
        HouseAnswers: nothing is to be handed over.
    """
    match event.kind:
        case EventKind.START:
            return [EngineMessage(cause, payload("greet"))]
        case EventKind.CHOICE:
            said = _pressed(event, pressed)
            _thank_for_thumb(said, pressed, last)
            return [EngineMessage(cause, said)]
        case EventKind.FILES:
            return _files(event, cause)
        case EventKind.TEXT:
            said = _typed(event.text, last)
            _thank_for_thumb(said, last, last)
            return [EngineMessage(cause, said)]
        case EventKind.EDIT:
            return [_edited(event, cause, last)]
        case EventKind.UNSUPPORTED if event.text.strip():
            return [EngineMessage(cause, _escaped(event.text))]
        case EventKind.ERASURE:
            return [EngineMessage(cause, payload("privacy_erase", confirmed="yes"))]
        case EventKind.UNSUPPORTED:
            raise HouseAnswers(text=event.refusal, name="" if event.refusal else "talk.unsupported")


def _pressed(event: InboundEvent, message: Message | None) -> str:
    named = parse_choice_token(event.choice)
    if message is None or named is None or named[1] >= len(message.choices):
        raise HouseAnswers("talk.old_button")
    return str(message.choices[named[1]]["payload"])


def _thank_for_thumb(said: str, rated: Message | None, last: Message | None) -> None:
    """A thumb up is only to be thanked for: it needs no dialogue.

    Under an older answer it does: something else has been asked since, and is asked again.

    Raises:
        HouseAnswers: it is one, under the newest message.
    """
    intent, entities = read_payload(said)
    is_up = intent == RATE_INTENT and entities.get("verdict") == Verdict.UP
    if is_up and rated is not None and last is not None and rated.id == last.id:
        raise HouseAnswers("answer.thumb_up", said=said)


def _files(event: InboundEvent, cause: str) -> list[EngineMessage]:
    """The words beside the files are a turn of their own, before them."""
    files = json.dumps(
        {"files": [file.model_dump() for file in event.attachments]}, ensure_ascii=False
    )
    turns = [EngineMessage(causes.of_its_files(cause), f"/send_files{files}")]
    if event.text.strip():
        turns.insert(0, EngineMessage(cause, _escaped(event.text)))
    return turns


def _edited(event: InboundEvent, cause: str, last: Message | None) -> EngineMessage:
    """An edit of the newest message is that message anew, unless a form has gone on from it."""
    said = payload("edit_message", before=event.before, after=event.text)
    is_new = event.newest and event.text.strip()
    return EngineMessage(cause, said, outside_form=_typed(event.text, last) if is_new else "")


def _typed(text: str, last: Message | None) -> str:
    if not text.strip():
        raise HouseAnswers("talk.nonsense")
    choices = [Choice.model_validate(choice) for choice in last.choices] if last else []
    index = match_choice(text, choices)
    if index is not None:
        return choices[index].payload
    return _reason(text, choices) or _escaped(text)


def _reason(text: str, choices: list[Choice]) -> str:
    """The words that answer why a rating is low, as the button that says nothing would go."""
    for choice in choices:
        intent, entities = read_payload(choice.payload)
        if intent == "rate_request" and entities.get("value") == SKIP and tells_why(text):
            return payload(intent, **entities | {"value": WORDS})
    return ""


def _escaped(text: str) -> str:
    """Words only: `/intent{…}` is the buttons' language, and nobody else may speak it."""
    if not text.lstrip().startswith("/"):
        return text
    bare = text.lstrip().lstrip("/").lstrip()
    command = COMMANDS.get(bare.split("@")[0].strip().lower())
    return payload(command) if command else bare or "?"
