"""The request form: asks only what is missing, confirms, files."""

from typing import Any

from rasa_sdk.interfaces import ActionExecutionRejection

from actions.desk import Desk
from actions.house_action import HouseAction, Response
from actions.request_fields import FIELDS, ON_WITH_IT, Read, prefill
from actions.talk import FORM_SLOTS
from actions.turn import Turn
from bot.domain.messages import Attachment, Choice
from bot.domain.payload import payload
from bot.domain.understanding import Outcome
from bot.services.promises import PromiseService
from bot.services.requests import RequestDraft, RequestService

FORM = "request_form"
CONSENT_VERSION = "2026-11-24"
"""The version of the consent sentence in `texts/request.yml: confirm`."""

EDITABLE = ("topic", "question", "enterprise", "reach", "files")


class ValidateRequestForm(HouseAction):
    """Reads the owner's words into the field that was asked for."""

    action_name = "validate_request_form"

    def respond(self, turn: Turn) -> Response:
        """The fields filled by this turn.

        Raises:
            ActionExecutionRejection: the turn is about something else, which Rasa's rules answer.
        """
        requested = turn.slots.get("requested_slot")
        if requested is None:
            return Response(slots=prefill(self.desk, turn))
        if _comes_back(turn):
            return Response(slots={"problem": None})
        if turn.intent == "inform" and turn.entity("field"):
            return Response(slots=_reopened(turn.entity("field")))
        read = FIELDS[requested](self.desk, turn)
        if read is Read.ELSEWHERE:
            raise ActionExecutionRejection(FORM, "the owner speaks of something else")
        if read is Read.UNCLEAR:
            name = requested.removeprefix("request_")
            problem = None if turn.intent in ON_WITH_IT else f"problem_{name}"
            return Response(slots={"problem": problem})
        return Response(slots={"problem": None, **read})


def _comes_back(turn: Turn) -> bool:
    """Whether another action has answered this message already: the form only asks again."""
    return any(name != FORM for name in turn.actions_since_message())


def _reopened(field: str) -> dict[str, Any]:
    """Empties a field that the owner wants to correct, so that it is asked for again."""
    if field not in EDITABLE:
        return {"problem": None}
    emptied: dict[str, Any] = {f"request_{field}": None, "problem": None}
    if field == "topic":
        emptied["request_topic_guess"] = None
    if field == "files":
        emptied["request_collected_files"] = None
    return emptied


class AskRequestField(HouseAction):
    """Asks for one field; what was wrong with the last answer is said first."""

    def __init__(self, desk: Desk, field: str) -> None:
        super().__init__(desk)
        self._field = field

    def name(self) -> str:
        """Rasa looks it up by the form's and the slot's names."""
        return f"action_ask_{FORM}_request_{self._field}"

    def respond(self, turn: Turn) -> Response:
        """One question with its buttons."""
        problem = turn.slot("problem")
        values: dict[str, Any] = {
            "problem": self.desk.texts.say(f"request.{problem}") if problem else ""
        }
        name, choices = self._field, self._choices(turn)
        if self._field == "topic":
            guess = self.desk.knowledge.topics.get(turn.slot("request_topic_guess"))
            name = "topic_guess" if guess else "topic"
            values["topic"] = guess.title if guess else ""
        elif self._field == "files" and turn.slots.get("request_collected_files"):
            name = "more_files"
            values["count"] = len(turn.slots["request_collected_files"])
        elif self._field == "confirmed":
            values |= summary(self.desk, turn)
        sentence = "request.confirm" if name == "confirmed" else f"request.ask_{name}"
        return Response([self.desk.say(sentence, Outcome.REQUEST, choices, **values)])

    def _choices(self, turn: Turn) -> list[Choice]:
        cancel = self.desk.choice("request.choice_cancel", payload("cancel"))
        return [*self._own_choices(turn), cancel]

    def _own_choices(self, turn: Turn) -> list[Choice]:
        say = self.desk.choice
        match self._field:
            case "topic" if turn.slot("request_topic_guess"):
                return [
                    say("request.choice_yes", payload("affirm")),
                    say("request.choice_other_topic", payload("deny")),
                ]
            case "topic":
                return [
                    Choice(title=topic.title, payload=payload("inform", topic=topic.id))
                    for topic in self.desk.knowledge.topics.values()
                    if topic.id != "co_quan_khac"
                ]
            case "enterprise":
                return [say("request.choice_no_enterprise", payload("skip"))]
            case "reach":
                return [say("request.choice_here", payload("skip"))]
            case "files" if turn.slots.get("request_collected_files"):
                return [say("request.choice_files_done", payload("skip"))]
            case "files":
                return [say("request.choice_no_files", payload("skip"))]
            case "confirmed":
                return [
                    say("request.choice_send", payload("affirm")),
                    *(
                        say(f"request.choice_edit_{field}", payload("inform", field=field))
                        for field in EDITABLE
                    ),
                ]
        return []


def summary(desk: Desk, turn: Turn) -> dict[str, str]:
    """The request as the owner confirms it."""
    enterprise = turn.slots.get("request_enterprise") or {}
    named = enterprise.get("name") or enterprise.get("tax_code")
    files = turn.slots.get("request_files") or []
    return {
        "topic": desk.knowledge.topic(turn.slot("request_topic")).title,
        "question": turn.slot("request_question"),
        "enterprise": desk.texts.say("request.enterprise_line", **enterprise)
        if named
        else desk.texts.say("request.enterprise_none"),
        "reach": turn.slot("request_reach").replace("chat", "")
        or desk.texts.say("request.reach_chat"),
        "files": ", ".join(file["name"] for file in files) or desk.texts.say("request.files_none"),
    }


class ActionSubmitRequest(HouseAction):
    """Files the confirmed request and says its code, its office and the promised hour."""

    action_name = "action_submit_request"

    def respond(self, turn: Turn) -> Response:
        """Files once for one message, however often it runs."""
        promise = PromiseService(self.desk.tables().routing, self.desk.tables().calendar).promise(
            turn.slot("request_topic"), turn.slot("request_question"), now=self.desk.now()
        )
        enterprise = turn.slots.get("request_enterprise") or {}
        reach = turn.slot("request_reach")
        draft = RequestDraft(
            topic=turn.slot("request_topic"),
            office=promise.route.office,
            question=turn.slot("request_question"),
            promised_at=promise.due,
            tax_code=enterprise.get("tax_code") or "",
            enterprise_name=enterprise.get("name") or "",
            reach="" if reach == "chat" else reach,
            consent_version=CONSENT_VERSION,
            attachments=[
                Attachment.model_validate(file) for file in turn.slots.get("request_files") or []
            ],
        )
        with self.desk.house.database.transaction() as session:
            request = RequestService(session).file(
                turn.conversation_id, draft, cause=turn.cause, now=self.desk.now()
            )
        knowledge = self.desk.knowledge
        authority = promise.route.authority
        reply = self.desk.say(
            "request.forwarded" if authority else "request.filed",
            Outcome.REQUEST,
            code=request.code,
            office=knowledge.office(request.office).title,
            authority=knowledge.office(authority).title if authority else "",
            due=request.promised_at,
        )
        return Response([reply], dict.fromkeys(FORM_SLOTS))
