"""The request form: asks only what is missing, confirms, files."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import ActionExecutionRejection

from actions.filing.about_form import AboutForm, about_form, asked_of_the_request
from actions.filing.amendment import Amendment, read_amendment, wants_to_amend
from actions.filing.enterprise_field import (
    TriedEnterprise,
    enterprise_choices,
    enterprise_line,
    enterprise_slot,
    left_open,
    read_enterprise_field,
)
from actions.filing.reach_field import HERE, reach_choices, read_reach_field
from actions.filing.request_fields import (
    ANSWERED_ELSEWHERE,
    ON_WITH_IT,
    SURE,
    Fields,
    Read,
    Reader,
    prefill,
    read_confirmed,
    read_files,
    read_question,
    wants_it_sent,
)
from actions.filing.topic_field import DECLINED, guess_shown, read_topic, topic_choices
from actions.shape.desk import Desk
from actions.shape.house_action import HouseAction, Response
from actions.shape.patience import (
    FAILURES,
    FAILURES_BEFORE_A_WAY_OUT,
    SETTLED,
    TRIED,
    failed,
    failures,
    goes_on,
    offers_a_way_out,
)
from actions.shape.turn import Turn
from actions.talking import after_close
from actions.talking.answer import answer
from actions.talking.plain_wish import REQUEST_FORM
from bot.domain.enterprise.reach import Reach, read_reach
from bot.domain.talk.messages import Choice
from bot.domain.talk.own_data import wished_of_data
from bot.domain.talk.payload import payload
from bot.domain.talk.understanding import Outcome
from bot.domain.text.plain import plain
from bot.search.asking.aspects import aspect_asked
from bot.search.topic_guess import ASKING_FOR_HELP
from bot.services.requests.promises import PromiseService
from vietnamese import tokens

FORM = REQUEST_FORM

READERS: dict[str, Reader] = {
    "request_question": read_question,
    "request_topic": read_topic,
    "request_enterprise": read_enterprise_field,
    "request_reach": read_reach_field,
    "request_files": read_files,
    "request_confirmed": read_confirmed,
}

LEFT_OPEN: dict[str, Callable[[Turn], Any]] = {
    "request_topic": lambda _turn: ASKING_FOR_HELP,
    "request_enterprise": left_open,
    "request_reach": lambda _turn: HERE,
    "request_files": lambda turn: list(turn.slots.get("request_collected_files") or []),
}
"""Fields that may stay open, and what stands there then."""

ASKED_WITHOUT_NUMBERS = frozenset({"request_topic", "request_files", "request_confirmed"})
"""Fields beside which a telephone number can only be one: a tax code looks the same."""

SENDS = frozenset({"request_files", "request_confirmed"})
"""Fields where "gửi đi" leads on."""

MOST_WORDS_BESIDE = 12

TAKEN_AT_ANY_STEP: dict[str, tuple[str, Any]] = {
    "request.choice_no_enterprise": ("request_enterprise", enterprise_slot()),
    "request.choice_here": ("request_reach", HERE),
    "request.choice_no_files": ("request_files", []),
}
"""Titles of the form's own buttons that are as plain before or after their question as under it."""

MAY_BE_THE_NEED = frozenset({AboutForm.SO_FAR, AboutForm.WHY, AboutForm.MANY})
"""Words about the form that may as well tell what is needed."""

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
            # One that was put aside comes back as it was.
            begun = dict(SETTLED) if turn.intent == "resume" else prefill(self.desk, turn)
            return Response(slots=begun)
        beside = self._beside(turn, requested)
        return Response(slots=self._read(turn, requested) if beside is None else beside)

    def _beside(self, turn: Turn, requested: str) -> Fields | None:
        """What the turn is, where it does not answer the question; None where it may.

        Raises:
            ActionExecutionRejection: it wishes something of the owner's data, which is no name.
        """
        if _comes_back(turn):
            return {"problem": None}
        if after_close.belongs(self.desk, turn):
            return {"problem": after_close.BROUGHT}
        if turn.intent == "inform" and turn.entity("field"):
            return _reopened(turn.entity("field"))
        is_answered = turn.intent in ANSWERED_ELSEWHERE and not turn.pressed
        if is_answered and wished_of_data(turn.text):
            raise ActionExecutionRejection(FORM, "the owner speaks of his data")
        if not turn.pressed and (told := self._told(turn, requested)) is not None:
            return told
        if turn.intent == "affirm" and turn.wish_asked_about and not turn.pressed:
            # A yes to which of the two questions? The form asks its own again.
            return {"problem": None}
        if turn.files and requested != "request_files":
            # Sent before they are asked for: they go along, and the question stays.
            return {"problem": None, "request_collected_files": turn.files_so_far}
        return None

    def _read(self, turn: Turn, requested: str) -> Fields:
        """The field that was asked for, or what was wrong with the answer.

        Raises:
            ActionExecutionRejection: the turn is about something else, which Rasa's rules answer.
        """
        read = READERS[requested](self.desk, turn)
        if read is Read.ELSEWHERE:
            raise ActionExecutionRejection(FORM, "the owner speaks of something else")
        if read is Read.UNCLEAR:
            name = requested.removeprefix("request_")
            read = failed(turn, None if turn.intent in ON_WITH_IT else f"problem_{name}")
        return _after(requested, turn, read)

    def _told(self, turn: Turn, requested: str) -> Fields | None:
        """Words about the form itself, a correction, or the answer to another of its questions."""
        asked = about_form(turn.text)
        if asked is None and not turn.slot("last_article"):
            asked = asked_of_the_request(turn.text)
            if asked and self._need_tells(turn):
                # "Phí bao nhiêu" beside a request on a mark asks for the mark's.
                return None
        if asked in MAY_BE_THE_NEED and requested == "request_question":
            # Nothing was given yet: "xem lại phiếu công bố em khai" is the need itself.
            asked = None
        if asked:
            return {"problem": f"about_{asked}"}
        if requested not in SENDS and wants_it_sent(turn.text):
            return {"problem": "about_sending"}
        if amendment := read_amendment(turn.text):
            return self._amended(turn, amendment)
        if wants_to_amend(turn.text):
            at_the_summary = requested == "request_confirmed"
            return {"problem": "which_to_amend" if at_the_summary else "which_to_amend_typed"}
        if turn.intent == "privacy_correct" and requested != "request_question":
            # Within the form it is the form's own number that is to be another.
            beside = _reach_beside(turn)
            return beside or (_reopened("reach") if turn.confidence >= SURE else None)
        return self._of_another_field(turn, requested)

    def _need_tells(self, turn: Turn) -> bool:
        """Whether an article on what the request is about answers it."""
        if turn.intent not in ANSWERED_ELSEWHERE:
            return False
        found = answer(self.desk, turn, off_topic=0.0).replies[0].understanding.article
        article = self.desk.knowledge.articles.get(found or "")
        matters = {turn.slot("request_topic"), turn.slot("request_topic_guess")}
        asked = aspect_asked(turn.text)
        return article is not None and article.topic in matters and asked in article.aspects

    def _of_another_field(self, turn: Turn, requested: str) -> Fields | None:
        said = plain(turn.text)
        for title, (field, value) in TAKEN_AT_ANY_STEP.items():
            if field != requested and said == plain(self.desk.texts.say(title)):
                return {field: value, "problem": "note_field"}
        return _reach_beside(turn) if requested in ASKED_WITHOUT_NUMBERS else None

    def _amended(self, turn: Turn, amendment: Amendment) -> Fields:
        """The field with its new value; asked for anew where none was said, or none was read."""
        field = f"request_{amendment.field}"
        if amendment.field == "question" and amendment.value:
            return {**SETTLED, field: amendment.value, "problem": "amended_question"}
        if amendment.value:
            said = replace(turn, text=amendment.value, intent="inform", confidence=1.0)
            read = READERS[field](self.desk, said)
            if isinstance(read, dict):
                filled: Fields = {**SETTLED, **read, "problem": f"amended_{amendment.field}"}
                return filled if field in read else {**_reopened(amendment.field), **read}
        return _reopened(amendment.field)


def _reach_beside(turn: Turn) -> Fields | None:
    """A number or an address given before or after it is asked for: "0909 123 456 gặp chị Lan"."""
    if len(tokens(turn.text)) > MOST_WORDS_BESIDE:
        return None
    reach = read_reach(turn.text)
    return (
        {"request_reach": reach.text, "problem": "note_reach"} if isinstance(reach, Reach) else None
    )


def _after(requested: str, turn: Turn, read: Fields) -> Fields:
    """The slots after an answer; a field asked for too often is left open."""
    if requested in LEFT_OPEN and goes_on(read.get(FAILURES) or 0):
        problem = f"moved_on_{requested.removeprefix('request_')}"
        return {**SETTLED, requested: LEFT_OPEN[requested](turn), "problem": problem}
    # What was tried stays known until the field is filled.
    tried = {} if requested in read else {TRIED: turn.slots.get(TRIED)}
    return {**SETTLED, **tried, **read}


def _comes_back(turn: Turn) -> bool:
    """Whether another action has answered this message already: the form only asks again."""
    return any(name != FORM for name in turn.actions_since_message())


def _reopened(field: str) -> dict[str, Any]:
    """Empties a field that the owner wants to correct, so that it is asked for again."""
    if field not in EDITABLE:
        return {"problem": None}
    emptied: dict[str, Any] = {**SETTLED, f"request_{field}": None}
    if field == "topic":
        emptied |= {"request_topic_guess": None, DECLINED: None}
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
        brought = after_close.brought_within(self.desk, turn)
        problem = after_close.problem_of(turn)
        values: dict[str, Any] = {"problem": self._problem(turn, problem) if problem else ""}
        if self._field == "confirmed":
            values |= summary(self.desk, turn)
        if self._field == "topic" and (guess := guess_shown(turn)):
            values["topic"] = self.desk.topic_title(guess)
        if self._field == "files":
            values["count"] = len(turn.slots.get("request_collected_files") or [])
        if self._field == "enterprise":
            values["typed"] = bool(TriedEnterprise.of(turn).codes)
        sentence = f"request.{self._sentence(turn)}"
        question = self.desk.say(sentence, Outcome.REQUEST, self._choices(turn), **values)
        return Response([*brought, question])

    def _problem(self, turn: Turn, problem: str) -> str:
        """What is said before the question: what was wrong, or the answer to a word on the form."""
        tables = self.desk.tables()
        topic = turn.slot("request_topic") or turn.slot("request_topic_guess") or ASKING_FOR_HELP
        promise = PromiseService(tables.routing, tables.calendar).promise(
            topic, turn.slot("request_question"), now=self.desk.now()
        )
        office = self.desk.office_title(promise.route.office)
        open_fields = [name for name in READERS if turn.slots.get(name) is None]
        return self.desk.texts.say(
            f"request.{problem}",
            office=office,
            due=promise.due,
            left=len(open_fields),
            open_fields=open_fields,
            **summary(self.desk, turn),
        )

    def _sentence(self, turn: Turn) -> str:
        name = "confirm" if self._field == "confirmed" else f"ask_{self._field}"
        if self._field == "enterprise" and turn.slot("problem") == "problem_two_codes":
            return name
        if offers_a_way_out(turn):
            return f"{name}_again"
        if self._field == "topic" and guess_shown(turn):
            return "ask_topic_guess"
        if self._field == "files" and turn.slots.get("request_collected_files"):
            return "ask_more_files"
        if self._field == "enterprise" and TriedEnterprise.of(turn).is_naming:
            return "ask_enterprise_name"
        return name

    def _choices(self, turn: Turn) -> list[Choice]:
        person = self.desk.choice("answer.choice_officer", payload("handover"))
        cancel = self.desk.choice("request.choice_cancel", payload("cancel"))
        needs_a_person = self._field in ("question", "confirmed") and self._ways_out(turn)
        return [*self._own_choices(turn), *([person] if needs_a_person else []), cancel]

    def _ways_out(self, turn: Turn) -> bool:
        return failures(turn) >= FAILURES_BEFORE_A_WAY_OUT

    def _own_choices(self, turn: Turn) -> list[Choice]:
        say, ways_out = self.desk.choice, self._ways_out(turn)
        match self._field:
            case "topic":
                return topic_choices(self.desk, turn)
            case "enterprise":
                return enterprise_choices(self.desk, turn, ways_out=ways_out)
            case "reach":
                return reach_choices(self.desk, turn, ways_out=ways_out)
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
    reach = turn.slot("request_reach")
    files = turn.slots.get("request_files") or []
    return {
        "topic": desk.topic_title(turn.slot("request_topic")),
        "question": turn.slot("request_question"),
        "enterprise": enterprise_line(desk, turn.slots.get("request_enterprise") or {}),
        "reach": desk.texts.say("request.reach_chat") if reach == HERE else reach,
        "files": ", ".join(file["name"] for file in files) or desk.texts.say("request.files_none"),
    }
