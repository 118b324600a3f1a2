"""A wish that the words leave in doubt is asked about first, and done once it is affirmed."""

import re

from actions.assessing.wanted import elsewhere, not_this
from actions.filing.hand_over import ActionHandOver
from actions.privacy import CORRECTION_FORM, ActionPrivacyErase, ActionPrivacySee
from actions.requests import ActionRequestStatus
from actions.shape.desk import Desk
from actions.shape.house_action import HouseAction, Response
from actions.shape.turn import WISH_ASKED, Turn
from actions.talking import after_close
from actions.talking.answer import ActionNoneOfThese, answer, asked_on
from actions.talking.at_once import answered_at_once, beside
from actions.talking.talk import ActionSmallTalk
from bot.domain.assessments.run_words import is_done
from bot.domain.requests.request import find_code
from bot.domain.talk.payload import payload
from bot.domain.talk.understanding import Outcome
from bot.domain.text.plain import plain

WISH_ACTIONS: dict[str, type[HouseAction]] = {
    "handover": ActionHandOver,
    "request_status": ActionRequestStatus,
    "privacy_see": ActionPrivacySee,
    "privacy_erase": ActionPrivacyErase,
    "privacy_withdraw": ActionPrivacyErase,
}

WISH_FORMS = {
    "request_help": "request_form",
    "assessment": "assessment_form",
    "privacy_correct": CORRECTION_FORM,
}

WISHES = frozenset({*WISH_ACTIONS, *WISH_FORMS})
"""Intents that are asked about where the classifier doubts them (`engine/nlu/wish.json`)."""

ON_A_BUTTON = WISHES - {"handover", "request_help"}
"""Wishes that words which fit a button of the reply before them are enough for.

They show something or ask the next question; the others put a case before officers.
"""

MAY_BE_FOR_AN_OFFICER = frozenset({"handover", "request_help"})
"""Wishes whose words may as well be for the officer who has just closed a case."""

MAY_ASK = frozenset({"handover", "request_help"})
"""Wishes that the classifier sees in questions, too."""

ASKED_FROM = 0.5
"""Confidence of the search from which words in which no wish is said are a question."""

_WISHES = re.compile(
    r"\b(?:can bo|chuyen vien|gap|goi|nguoi that|nguoi (?:tu van|ho tro|giup|huong dan)|yeu cau"
    r"|phieu"
    r"|nho|gium|giup (?:em|toi|anh|chi|minh|tui|voi|do|dum|gium)|tu van (?:cho|giup|gium|em|toi)"
    r"|huong dan (?:cho|giup|gium|em|toi|minh)|lien he|de lai|xuong|cu nguoi|noi chuyen)\b"
)
"""Words by which somebody or something is wished for."""

_ASKS_TO_BE_HELPED = re.compile(r"\b(?:huong dan|coi|xem|kiem tra|soat|ra soat|lam ho so)\b")
"""What is wished of an officer that is written down: a request, no talk at once."""

LIKELIEST = "handover"
"""Asked about where a doubtful wish comes without its name: a button of long ago."""


class ActionConfirmWish(HouseAction):
    """Asks whether a doubtful wish is meant; nothing happens before a yes."""

    action_name = "action_confirm_wish"

    def respond(self, turn: Turn) -> Response:
        """One sentence, a button that does it, and one that asks the assistant instead."""
        instead = self._instead(turn)
        if instead is not None:
            return Response(instead.replies, {**instead.slots, WISH_ASKED: None}, instead.events)
        wish = _wish_of(turn)
        choices = [self.desk.choice(f"wish.choice_{wish}", payload(wish))]
        if wish in MAY_BE_FOR_AN_OFFICER:
            choices += after_close.choice_of_fresh_case(self.desk, turn)
        if not turn.active_form:
            choices.append(self.desk.choice("wish.choice_ask", payload("deny")))
        reply = self.desk.say(f"wish.ask_{wish}", Outcome.CLARIFY, choices)
        return Response([reply], {WISH_ASKED: wish})

    def _instead(self, turn: Turn) -> Response | None:
        """What is done without asking: words that are plain, or that ask something."""
        if find_code(turn.text):
            # Nobody writes the code of a request by the way.
            return ActionRequestStatus(self.desk).respond(turn)
        if is_done(turn.text):
            # “Xong”, behind what is over: no wish at all, least of all to have data erased.
            return ActionSmallTalk(self.desk).respond(turn)
        told = answered_at_once(self.desk, turn) or asked_on(self.desk, turn)
        if told is not None:
            return told
        wish = _wish_of(turn)
        if wish in ON_A_BUTTON & turn.offered:
            # "Xóa hết đi" below a button “Xóa thông tin”.
            return _done(self.desk, turn, wish)
        if wish == "assessment" and (named := elsewhere(self.desk, turn)):
            # "Làm bài ISO 9001": whether 5S is meant is no question.
            return Response([not_this(self.desk, named)])
        if wish == "handover" and (brought := after_close.bring(self.desk, turn)):
            # Who sends something to an officer speaks as who wants one.
            return brought
        return self._asked(turn, wish)

    def _asked(self, turn: Turn, wish: str) -> Response | None:
        """The answer where no word wishes and the search is sure; the wish stays a button away."""
        if turn.active_form or wish not in MAY_ASK or _WISHES.search(plain(turn.text)):
            return None
        if after_close.choice_of_fresh_case(self.desk, turn):
            return None
        found = answer(self.desk, turn, off_topic=0.0, asked_from=ASKED_FROM)
        if not found.replies or found.replies[0].understanding.article is None:
            return None
        first, *rest = found.replies
        wished = self.desk.choice(f"wish.choice_{wish}", payload(wish))
        message = first.message.model_copy(update={"choices": [*first.message.choices, wished]})
        return Response([first.model_copy(update={"message": message}), *rest], found.slots)


def _wish_of(turn: Turn) -> str:
    """The wish that a doubtful message may have."""
    wish = turn.entity("wish")
    if wish == "handover" and _ASKS_TO_BE_HELPED.search(plain(turn.text)):
        return "request_help"
    return wish if wish in WISHES else LIKELIEST


class ActionAffirm(HouseAction):
    """A yes: to a wish that was asked about, or by the way."""

    action_name = "action_affirm"

    def respond(self, turn: Turn) -> Response:
        """Does the wish that was asked about."""
        return beside(self.desk, turn) or _done(self.desk, turn, turn.wish_asked_about)


class ActionDeny(HouseAction):
    """A no: to a wish that was asked about, or to the articles on offer."""

    action_name = "action_deny"

    def respond(self, turn: Turn) -> Response:
        """What was no wish was a question, and is answered as one."""
        said = beside(self.desk, turn)
        if said is not None:
            return said
        if not turn.wish_asked_about:
            brought = after_close.bring(self.desk, turn)
            return brought or ActionNoneOfThese(self.desk).respond(turn)
        return answer(self.desk, turn.before, off_topic=0.0)


def _done(desk: Desk, turn: Turn, wish: str) -> Response:
    """Does a wish; begins its form where it has one. No wish: a word by the way."""
    if wish in WISH_FORMS:
        return Response(events=[{"event": "followup", "name": WISH_FORMS[wish]}])
    action = WISH_ACTIONS.get(wish, ActionSmallTalk)
    return action(desk).respond(turn)
