"""A survey in the talk: what the buttons of an invitation do, and the yes and no to being asked."""

from sqlalchemy.orm import Session

from actions.filing.survey_offer import agree_choice
from actions.shape.desk import Desk
from actions.shape.turn import Turn
from bot.domain.input.row_id import read_row_id
from bot.domain.talk.messages import OutgoingMessage
from bot.services.assessments.step import Step
from bot.services.surveys.answering import Asked, Standing, SurveyRuns
from bot.services.surveys.consents import SurveyConsents
from bot.services.surveys.invitation_message import AGREE, ANSWER, LATER, NEVER, InvitationMessage

_PRESSES = frozenset({ANSWER, LATER, NEVER, AGREE})

_COME_BACK = frozenset({"request_form", "correction_form"})
"""Forms that a button of a survey leaves as they are."""


def is_of_survey(turn: Turn) -> bool:
    """Whether a button of a survey was pressed."""
    return turn.pressed and turn.intent == "assessment" and turn.entity("about") in _PRESSES


def form_before(turn: Turn) -> str:
    """The form in whose midst the button was pressed, where it comes back; or empty."""
    named = ""
    by_owner = [place for place, event in enumerate(turn.events) if event["event"] == "user"]
    for event in turn.events[: by_owner[-1]] if by_owner else []:
        if event["event"] == "active_loop":
            named = str(event.get("name") or "")
    return named if named in _COME_BACK else ""


class SurveyTalk:
    """What a pressed button of a survey comes to. Each step may run twice for one message."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self._desk = desk
        self._session = session
        self._runs = SurveyRuns(session)

    def begins(self, turn: Turn) -> bool:
        """Whether questions follow."""
        asked = self._asked(turn)
        return (
            turn.entity("about") == ANSWER and asked is not None and asked.standing is Standing.OPEN
        )

    def begin(self, turn: Turn) -> Step | None:
        """The run of the invitation, begun or gone on with; None: it was closed this moment.

        Raises:
            LookupError: there is no such invitation here.
        """
        asked = self._asked(turn)
        if asked is None:
            raise LookupError(turn.entity("value"))
        return self._runs.take_up(
            asked,
            turn.conversation_id,
            cause=turn.cause,
            consent_version=self._desk.texts.say("survey.consent_version"),
            now=self._desk.now(),
        )

    def settle(self, turn: Turn) -> None:
        """A no is noted before it is looked at what waits: it ends the survey's own questions."""
        if turn.entity("about") == NEVER:
            self._refuse(turn)

    def respond(self, turn: Turn) -> list[OutgoingMessage]:
        """What is said where no question follows."""
        about = turn.entity("about")
        if about == AGREE:
            return [self._agree(turn)]
        if about == NEVER:
            return [self._refuse(turn)]
        asked = self._asked(turn)
        if asked is None:
            return [self._said("survey.unknown")]
        if asked.standing is Standing.ANSWERED:
            return [self._said("survey.already")]
        if asked.standing is Standing.CLOSED:
            return [self._said("survey.closed")]
        again = InvitationMessage(self._desk.texts, "").answer_choice(asked.invitation.id)
        text = self._desk.texts.say("survey.later", closes_at=asked.campaign.closes_at)
        return [OutgoingMessage(text=text, choices=[again])]

    def left(self, turn: Turn) -> list[OutgoingMessage]:
        """That the campaign ended in the midst of answering; nothing where none did."""
        if not self._runs.was_left(turn.conversation_id):
            return []
        return [self._said("survey.left")]

    def _agree(self, turn: Turn) -> OutgoingMessage:
        say = self._desk.texts.say
        is_noted = SurveyConsents(self._session).agree(
            turn.conversation_id,
            how=say("survey.how_agreed"),
            version=say("survey.agree_version"),
            now=self._desk.now(),
        )
        return self._said("survey.agreed" if is_noted else "survey.not_agreed")

    def _refuse(self, turn: Turn) -> OutgoingMessage:
        say = self._desk.texts.say
        SurveyConsents(self._session).refuse(
            turn.conversation_id,
            how=say("survey.how_refused"),
            version=say("survey.agree_version"),
            now=self._desk.now(),
        )
        return OutgoingMessage(text=say("survey.refused"), choices=[agree_choice(self._desk)])

    def _asked(self, turn: Turn) -> Asked | None:
        named = read_row_id(turn.entity("value"))
        if named is None:
            return None
        return self._runs.in_chat(named, turn.conversation_id, now=self._desk.now())

    def _said(self, name: str) -> OutgoingMessage:
        return OutgoingMessage(text=self._desk.texts.say(name))
