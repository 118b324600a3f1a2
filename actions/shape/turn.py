"""One turn as an action sees it: who wrote what, and what was understood."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from rasa_sdk import Tracker

from bot.domain.talk.messages import Attachment
from bot.domain.talk.payload import read_payload
from vietnamese.foreign.english import is_english, is_vietnamese
from vietnamese.foreign.english_wishes import loose_wish, speaks_english

DOUBTFUL_WISH = "doubtful_wish"
"""The intent of a message that may wish something done: it is asked about first."""

WISH_ASKED = "wish_asked"
"""The slot of the wish that was asked about last; empty where the words were answered instead."""

LANGUAGE = "language"
"""The slot of the language that the talk goes on in: `ENGLISH`, or empty for Vietnamese."""

ENGLISH = "en"
VIETNAMESE = "vi"

NAMES = frozenset({"request_enterprise", "request_reach"})
"""Fields whose answers hold Vietnamese names whatever language the owner writes."""

PLAIN = 0.8
"""Confidence from which words that leave the queue or take up what was paused are taken at their
word; below it they are asked about."""


@dataclass(frozen=True)
class Turn:
    """A reading of Rasa's tracker. `cause` names the inbound message: side effects hang on it."""

    conversation_id: str
    cause: str
    text: str
    intent: str
    confidence: float
    ranking: dict[str, float]
    entities: dict[str, Any]
    slots: dict[str, Any]
    events: list[dict[str, Any]]
    given_files: list[dict[str, Any]] = field(default_factory=list)

    @property
    def pressed(self) -> bool:
        """Whether it was a button: `/intent{…}`."""
        return self.text.startswith("/")

    @property
    def doubtful(self) -> bool:
        """Whether what was typed only may mean its intent."""
        return not self.pressed and self.confidence < PLAIN

    @property
    def in_english(self) -> bool:
        """Whether the turn is answered in English: by its words, or else as the talk went on."""
        if self.pressed:
            is_english = self.slot(LANGUAGE) == ENGLISH
            return is_english and self.entity("value") != VIETNAMESE
        if speaks_english(self.text):
            return True
        if self.slot(LANGUAGE) != ENGLISH:
            return False
        names = self.active_form and self.slot("requested_slot") in NAMES
        return bool(names) or not is_vietnamese(self.text)

    @property
    def active_form(self) -> str:
        """The form in progress, or empty."""
        return str(self.slots.get("__loop__") or "")

    @property
    def form_began(self) -> datetime | None:
        """Since when the form is in progress; None without one."""
        if not self.active_form:
            return None
        stamps = [event["timestamp"] for event in self.events if event["event"] == "active_loop"]
        return datetime.fromtimestamp(stamps[-1], UTC) if stamps else None

    def entity(self, name: str) -> str:
        """A button's value, or empty."""
        return str(self.entities.get(name) or "")

    def slot(self, name: str) -> str:
        """A slot's text, or empty."""
        return str(self.slots.get(name) or "")

    @property
    def files(self) -> list[Attachment]:
        """The files of this turn."""
        return [Attachment.model_validate(file) for file in self.given_files]

    @property
    def files_so_far(self) -> list[dict[str, Any]]:
        """The files kept for a request by the turns before, and those of this one."""
        kept = list(self.slots.get("request_collected_files") or [])
        return [*kept, *(file.model_dump() for file in self.files)]

    def actions_since_message(self) -> list[str]:
        """The actions run since the owner's message, first to last."""
        names: list[str] = []
        for event in reversed(self.events):
            if event["event"] == "user":
                break
            if event["event"] == "action" and event.get("name"):
                names.append(event["name"])
        return names[::-1]

    def bot_texts(self) -> list[str]:
        """What the bot said in this conversation so far, first to last."""
        return [text for one in self.events if (text := str(_message(one).get("text") or ""))]

    @property
    def articles_so_far(self) -> list[str]:
        """The articles that questions leaned on so far, in their order; two may be compared."""
        return [
            str(event["value"])
            for event in self.events
            if event["event"] == "slot" and event.get("name") == "last_article" and event["value"]
        ]

    @property
    def offered(self) -> frozenset[str]:
        """The intents of the buttons under what was said between the message before and this."""
        return frozenset(intent for intent, _ in self._offers())

    @property
    def offered_assessments(self) -> list[str]:
        """The assessments that those buttons begin, in their order."""
        begun = [
            given.get("assessment", "")
            for intent, given in self._offers()
            if intent == "assessment" and "about" not in given
        ]
        return [id_ for id_ in begun if id_]

    @property
    def came_to(self) -> frozenset[str]:
        """The outcomes of what was said between the message before and this."""
        marks = (_custom(event).get("understanding") or {} for event in self._said_before())
        return frozenset(str(mark["outcome"]) for mark in marks if mark.get("outcome"))

    def _offers(self) -> list[tuple[str, dict[str, str]]]:
        """The intents and entities of the buttons between the message before and this."""
        choices = chain.from_iterable(map(_choices, self._said_before()))
        return [read_payload(choice["payload"]) for choice in choices]

    def _said_before(self) -> list[dict[str, Any]]:
        """What happened between the message before and this."""
        by_owner = [place for place, event in enumerate(self.events) if event["event"] == "user"]
        before, this = [-1, -1, *by_owner][-2:]
        return self.events[before + 1 : this]

    def last_user_text_before(self) -> str:
        """The owner's message before this one, or empty."""
        return str(self._user_event_before().get("text") or "")

    @property
    def wish_asked_about(self) -> str:
        """The wish of the message before, where it was doubtful and so asked about; or empty.

        What was answered instead was not asked about: a yes to it wishes nothing.
        """
        parsed = self._user_event_before().get("parse_data") or {}
        if (parsed.get("intent") or {}).get("name") != DOUBTFUL_WISH:
            return ""
        return self.slot(WISH_ASKED)

    @property
    def before(self) -> "Turn":
        """This turn with the words of the message before."""
        return replace(self, text=self.last_user_text_before())

    def _user_event_before(self) -> dict[str, Any]:
        of_owner = (event for event in reversed(self.events) if event["event"] == "user")
        next(of_owner, None)
        return next(of_owner, {})


def read_turn(tracker: Tracker) -> Turn:
    """The turn of a tracker."""
    latest = tracker.latest_message
    metadata = latest.get("metadata") or {}
    slots = dict(tracker.slots)
    slots["__loop__"] = (tracker.active_loop or {}).get("name")
    entities = _values(latest)
    intent = str((latest.get("intent") or {}).get("name") or "")
    if intent == DOUBTFUL_WISH and slots["__loop__"]:
        # A form reads the words as the wish that they may be, and doubts it by its confidence.
        intent = str(entities.get("wish") or intent)
    text = str(metadata.get("text") or latest.get("text") or "")
    if slots.get(LANGUAGE) == ENGLISH and not text.startswith("/"):
        # The classifier, which hears one message, takes "no" and "Green Farm" for Vietnamese.
        if wish := loose_wish(text):
            intent = wish
        elif not (is_english(text) or is_vietnamese(text)):
            intent = "inform" if slots["__loop__"] else "ask"
    return Turn(
        conversation_id=tracker.sender_id,
        cause=str(metadata.get("message_id") or latest.get("message_id") or ""),
        text=text,
        intent=intent,
        confidence=float((latest.get("intent") or {}).get("confidence") or 0.0),
        ranking={
            str(ranked["name"]): float(ranked["confidence"])
            for ranked in latest.get("intent_ranking") or []
        },
        entities=entities,
        slots=slots,
        events=list(tracker.events),
        # Rasa makes one entity of each item of a list.
        given_files=[
            entity["value"]
            for entity in latest.get("entities") or []
            if entity["entity"] == "files" and isinstance(entity.get("value"), dict)
        ],
    )


def _message(event: dict[str, Any]) -> dict[str, Any]:
    """The message that an event of the bot sent; empty for any other event."""
    return _custom(event).get("message") or {}


def _custom(event: dict[str, Any]) -> dict[str, Any]:
    return (event.get("data") or {}).get("custom") or {}


def _choices(event: dict[str, Any]) -> list[dict[str, str]]:
    return _message(event).get("choices") or []


def _values(parsed: dict[str, Any]) -> dict[str, Any]:
    return {str(entity["entity"]): entity.get("value") for entity in parsed.get("entities") or []}
