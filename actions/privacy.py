"""The owner's rights over his data: see, correct, erase, withdraw."""

from rasa_sdk.interfaces import ActionExecutionRejection

from actions.filing.request_fields import ANSWERED_ELSEWHERE, SURE
from actions.shape.house_action import HouseAction, Response
from actions.shape.patience import (
    FAILURES_BEFORE_A_WAY_OUT,
    SETTLED,
    failed,
    failures,
    offers_a_way_out,
)
from actions.shape.turn import Turn
from actions.talking import after_close
from actions.talking.own_data import what_is_kept
from actions.talking.talk import FORM_SLOTS
from bot.domain.enterprise.reach import Reach, ReachProblem, read_reach
from bot.domain.talk.messages import OutgoingMessage
from bot.domain.talk.payload import payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.slip import is_slip
from bot.domain.talk.understanding import Outcome, Understanding
from bot.services.privacy.erasures import ErasureService, confirmation, noted
from bot.services.privacy.privacy import PrivacyService

CORRECTION_FORM = "correction_form"

ON_WITH_CORRECTION = frozenset({"privacy_correct", "resume", "affirm"})
"""Asks the question again, without a word on what was wrong."""

OF_CORRECTION = (ANSWERED_ELSEWHERE | {"request_help", "send_files"}) - ON_WITH_CORRECTION
"""Intents that have a rule inside the correction form."""


class ActionPrivacySee(HouseAction):
    """Shows everything that is kept of the owner."""

    action_name = "action_privacy_see"

    def respond(self, turn: Turn) -> Response:
        """One list, with the ways to change it."""
        return Response([what_is_kept(self.desk, turn)])


class ActionPrivacyErase(HouseAction):
    """Erases after a second yes; while an officer holds a case, the wish is kept for later."""

    action_name = "action_privacy_erase"

    def respond(self, turn: Turn) -> Response:
        """Asks once, then erases, and forgets the conversation in Rasa too."""
        if turn.entity("confirmed") != "yes":
            asked = _reply(confirmation(self.desk.texts))
            return Response([asked], dict.fromkeys(FORM_SLOTS))
        house = self.desk.house
        with house.database.transaction() as session:
            erasures = ErasureService(session)
            held = erasures.holder(turn.conversation_id)
            if held is not None:
                erasures.ask(turn.conversation_id, now=self.desk.now())
                return Response([_reply(noted(self.desk.texts, held.code))])
            PrivacyService(session, house.settings.files_dir).erase(
                turn.conversation_id,
                words=self.desk.texts.say("privacy.erased_text"),
                now=self.desk.now(),
            )
        return Response(
            [self.desk.say("privacy.erased", Outcome.PRIVACY)],
            {"forget_conversation": True},
        )


class ValidateCorrectionForm(HouseAction):
    """Reads the new phone number or e-mail address."""

    action_name = "validate_correction_form"

    def respond(self, turn: Turn) -> Response:
        """The address, or what was wrong with it.

        Raises:
            ActionExecutionRejection: the turn is about something else.
        """
        beginning = turn.slots.get("requested_slot") is None
        if any(name != CORRECTION_FORM for name in turn.actions_since_message()):
            return Response(slots={"problem": None})
        reach = ReachProblem.NOTHING if turn.pressed else read_reach(turn.text)
        if isinstance(reach, Reach):
            return Response(slots={**SETTLED, "correction_reach": reach.text})
        if beginning:
            return Response(slots=SETTLED)
        if after_close.belongs(self.desk, turn):
            return Response(slots={"problem": after_close.BROUGHT})
        if not turn.pressed and is_slip(turn.text):
            return Response(slots={"problem": "about_slip_here"})
        if turn.intent in ON_WITH_CORRECTION:
            return Response(slots={"problem": None})
        is_elsewhere = turn.intent in OF_CORRECTION and (turn.pressed or turn.confidence >= SURE)
        if is_elsewhere and reach is ReachProblem.NOTHING:
            raise ActionExecutionRejection(CORRECTION_FORM, "the owner speaks of something else")
        problem = ReachProblem.WRONG if reach is ReachProblem.NOTHING else reach
        return Response(slots=failed(turn, f"problem_{problem}"))


class AskCorrection(HouseAction):
    """Asks for the new phone number or e-mail address."""

    action_name = "action_ask_correction_form_correction_reach"

    def respond(self, turn: Turn) -> Response:
        """One question."""
        brought = after_close.brought_within(self.desk, turn)
        problem = after_close.problem_of(turn)
        choices = []
        if failures(turn) >= FAILURES_BEFORE_A_WAY_OUT:
            choices.append(self.desk.choice("answer.choice_officer", payload("handover")))
        reply = self.desk.say(
            "privacy.ask_reach_again" if offers_a_way_out(turn) else "privacy.ask_reach",
            Outcome.PRIVACY,
            [*choices, self.desk.choice("request.choice_cancel", payload("cancel"))],
            problem=self.desk.texts.say(f"request.{problem}") if problem else "",
        )
        return Response([*brought, reply])


class ActionSubmitCorrection(HouseAction):
    """Writes the new address down."""

    action_name = "action_submit_correction"

    def respond(self, turn: Turn) -> Response:
        """Also on the requests that are still open."""
        house = self.desk.house
        reach = turn.slot("correction_reach")
        with house.database.transaction() as session:
            PrivacyService(session, house.settings.files_dir).correct_reach(
                turn.conversation_id, reach
            )
        reply = self.desk.say("privacy.corrected", Outcome.PRIVACY, reach=reach)
        return Response([reply], dict.fromkeys(FORM_SLOTS))


def _reply(message: OutgoingMessage) -> Reply:
    return Reply(message=message, understanding=Understanding(outcome=Outcome.PRIVACY))
