"""By the way: greetings, thanks, who are you; giving up; going on; files without a form."""

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from actions.shape.house_action import HouseAction, Response
from actions.shape.sending import asks, speaks_of_sending
from actions.shape.turn import Turn
from actions.talking import after_close
from actions.talking.answer import answer, answer_if_any, asked_on
from actions.talking.at_once import answered_at_once, beside
from actions.talking.for_an_officer import told_for_an_officer
from actions.talking.form_asked import form_asked
from actions.talking.plain_wish import REQUEST_FORM
from bot.domain.assessments.run_words import code_in
from bot.domain.talk.conversation import Handler
from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import PICK_ARTICLE, payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.domain.text.plain import plain
from bot.services.answering.groundwork.question import A_BARE_TERM, ANY_WORDS
from bot.services.assessments.attempts import AttemptService
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.requests import RequestService
from bot.storage.models import Request

WITH_MENU = frozenset({"greet", "menu", "bot_identity", "nonsense", "smalltalk"})
MAY_HOLD_A_QUESTION = frozenset({"greet", "thanks", "goodbye", "affirm", "nonsense"})
"""Words of politeness, or none that the classifier knows, may have a question beside them."""

DOUBTED = 0.6
"""Confidence of the classifier below which other talk, too, may be a question behind an answer:
"còn thời gian?" has no word that tells it from impatience."""

ASKED_ALL_THE_SAME = 0.5
"""Confidence of the search from which a thanks or a greeting holds a question too."""

MAY_BE_FOR_AN_OFFICER = frozenset({"smalltalk", "nonsense", "bot_identity"})
"""Where the classifier puts words that fit nowhere."""

OF_A_GREETING = frozenset(
    {"xin", "chao", "kinh", "alo", "a", "lo", "hi", "hello", "da", "vang", "thua", "oi", "moi"}
    | {"em", "anh", "chi", "co", "chu", "bac", "ban", "ad", "admin", "sep", "minh", "toi", "nguoi"}
    | {"nha", "nhe", "ca", "buoi", "sang", "trua", "chieu", "ngay", "tot", "lanh", "khoe", "khong"}
)
_ASKS_WHO = re.compile(
    r"\b(?:ai|may|bot|robot|chatbot|tro ly|dong hanh|nguoi that|nguoi hay|ten gi|ten la|con nguoi"
    r"|(?:ban|em|ad|anh|chi|ben|so|o day|trang nay|cai nay) (?:\w+ ){0,2}"
    r"(?:giup|lam|biet|tra loi|ho tro)"
    r"|giup (?:duoc )?gi(?: cho)?(?: (?:toi|em|anh|chi|minh|tui|duoc|vay|khong|a))*$"
    r"|lam (?:duoc )?(?:gi|nhung gi))\b"
)
"""Words without which nothing is asked about the assistant."""

_PUTS_OFF = re.compile(
    r"^(?!.*\b(?:huy|bo di|khong gui|xoa|khoi|khong can|khong lam)\b)"
    r".*\b(?:mai|bua khac|hom khac|bua sau|hom sau|de sau|lat|lat nua|chut nua|khi khac)\b"
)
"""Who says when he goes on gives nothing up."""

POLITE = frozenset({"greet", "thanks", "goodbye", "affirm"})
"""Words of politeness ask nothing by a word in them: "rồi, già này hiểu" asks no price."""

SAYS_MORE = 2
"""Words that belong to no greeting, from which a greeting says more: “nó báo lỗi anh ơi”."""

WITH_OFFICER = frozenset({"insult"})


class ActionSmallTalk(HouseAction):
    """Answers in kind, and shows what the assistant can do where that helps."""

    action_name = "action_small_talk"

    def respond(self, turn: Turn) -> Response:
        """One sentence; inside a form no menu, for the form comes back.

        "Cảm ơn, cho hỏi mã vùng trồng hỏi bên nào" is a question all the same.
        """
        heard = (
            after_close.bring(self.desk, turn)
            or answered_at_once(self.desk, turn)
            # The classifier knows some bare numbers for no word at all.
            or (told_for_an_officer(self.desk, turn) if turn.intent == "nonsense" else None)
            or (asked_on(self.desk, turn) if turn.intent not in POLITE else None)
            or self._asked(turn)
            or self._for_an_officer(turn)
        )
        if heard is not None:
            return heard
        choices: list[Choice] = []
        if not turn.active_form and turn.intent in WITH_MENU:
            choices = self._menu()
        elif not turn.active_form and turn.intent in WITH_OFFICER:
            choices = [self.desk.choice("answer.choice_officer", payload("handover"))]
        return Response([self.desk.say(f"talk.{turn.intent}", Outcome.CHITCHAT, choices)])

    def _asked(self, turn: Turn) -> Response | None:
        """The answer, where the search is sure of one; None where it is talk and nothing else."""
        if turn.pressed:
            return None
        doubted = turn.confidence < DOUBTED and turn.slot("last_article")
        may_ask = turn.intent in MAY_HOLD_A_QUESTION or doubted
        asked_from = ASKED_ALL_THE_SAME if may_ask else A_BARE_TERM
        if turn.intent == "bot_identity" and not _ASKS_WHO.search(plain(turn.text)):
            # Whatever "Lean giúp gì cho xưởng may" asks, it asks nothing about the assistant.
            asked_from = ANY_WORDS
        found = answer(self.desk, turn, off_topic=0.0, asked_from=asked_from)
        return found if found.replies else None

    def _for_an_officer(self, turn: Turn) -> Response | None:
        """Words that look idle and may answer the officer who has just closed the case."""
        is_question = asks(turn.text)
        if is_question and turn.intent == "bot_identity":
            return None
        may_be = (
            turn.intent in MAY_BE_FOR_AN_OFFICER
            or (turn.intent == "greet" and _says_more(turn))
            or (is_question and speaks_of_sending(self.desk.texts, turn.text))
        )
        return after_close.ask_whether_to_bring(self.desk, turn, idle=True) if may_be else None

    def _menu(self) -> list[Choice]:
        articles = self.desk.knowledge.articles
        return [
            *(
                Choice(title=one.button, payload=payload(PICK_ARTICLE, article=one.article))
                for one in self.desk.tables().menu.questions
                if one.article in articles
            ),
            self.desk.choice("talk.menu_assessment", payload("assessment")),
            self.desk.choice("talk.menu_request", payload("request_help")),
            self.desk.choice("talk.menu_officer", payload("handover")),
        ]


def _says_more(turn: Turn) -> bool:
    return sum(word not in OF_A_GREETING for word in plain(turn.text).split()) >= SAYS_MORE


class ActionCancel(HouseAction):
    """Gives up what is in progress: a form, or waiting for a person. A pause only puts it aside."""

    action_name = "action_cancel"

    def respond(self, turn: Turn) -> Response:
        """Says what was dropped; a form's slots are emptied."""
        said = None if turn.active_form else beside(self.desk, turn)
        if said is not None:
            return said
        cleared = dict.fromkeys(FORM_SLOTS)
        puts_off = turn.intent == "pause" or _PUTS_OFF.search(plain(turn.text))
        if turn.active_form == REQUEST_FORM and puts_off:
            return Response([self._parked()], {**cleared, PARKED: _filled(turn)})
        if turn.active_form:
            return Response([self.desk.say("talk.cancelled_form", Outcome.CHITCHAT)], cleared)
        with self.desk.house.database.transaction() as session:
            if turn.doubtful and self._waits(session, turn):
                return Response([self._ask()])
            left = self._leave_queue(session, turn)
        asked = answer_if_any(self.desk, turn) if turn.doubtful and not left else None
        if asked is not None:
            return asked
        name = "talk.cancelled_queue" if left else "talk.cancelled"
        return Response([self.desk.say(name, Outcome.CHITCHAT)])

    def _parked(self) -> Reply:
        again = [self.desk.choice("talk.choice_resume", payload("resume"))]
        return self.desk.say("talk.parked", Outcome.REQUEST, again)

    def _leave_queue(self, session: Session, turn: Turn) -> Request | None:
        """Unless a button names what else is cancelled: that nothing be erased."""
        if turn.entity("wish"):
            return None
        return RequestService(session).leave_queue(turn.conversation_id, now=self.desk.now())

    def _waits(self, session: Session, turn: Turn) -> bool:
        return ConversationService(session).get(turn.conversation_id).handler == Handler.QUEUE

    def _ask(self) -> Reply:
        choices = [
            self.desk.choice("wish.choice_cancel", payload("cancel")),
            self.desk.choice("wish.choice_wait", payload("thanks")),
        ]
        return self.desk.say("wish.ask_cancel", Outcome.CLARIFY, choices)


def _filled(turn: Turn) -> dict[str, object]:
    """What the request form holds by now."""
    return {
        name: value
        for name in FORM_SLOTS
        if name.startswith("request_") and (value := turn.slots.get(name)) is not None
    }


class ActionResume(HouseAction):
    """Goes on with what was left: the request that was put aside, or the paused assessment."""

    action_name = "action_resume"

    def respond(self, turn: Turn) -> Response:
        """Sends Rasa on into the form, or says that nothing is open.

        "Em gửi nốt tờ khai" goes on with something else.
        """
        brought = after_close.bring(self.desk, turn) or answered_at_once(self.desk, turn)
        if brought is not None:
            return brought
        if parked := turn.slots.get(PARKED):
            return Response(
                slots={**parked, PARKED: None},
                events=[{"event": "followup", "name": REQUEST_FORM}],
            )
        if code_in(turn.text):
            return Response(events=[{"event": "followup", "name": "assessment_form"}])
        with self.desk.house.database.reading() as session:
            attempts = AttemptService(session, self.desk.tables().assessments)
            left = attempts.paused_attempt(turn.conversation_id) or attempts.open_attempt(
                turn.conversation_id
            )
        if left is None:
            nothing = Response([self.desk.say("talk.nothing_to_resume", Outcome.CHITCHAT)])
            return answer_if_any(self.desk, turn) or nothing
        if turn.doubtful:
            again = [self.desk.choice("wish.choice_resume", payload("resume"))]
            return Response([self.desk.say("wish.ask_resume", Outcome.CLARIFY, again)])
        return Response(events=[{"event": "followup", "name": "assessment_form"}])


class ActionKeepFiles(HouseAction):
    """Brings files sent outside a form to the owner's case, or keeps them for the next request."""

    action_name = "action_keep_files"

    def respond(self, turn: Turn) -> Response:
        """Without a case, adds the files to those that the next request takes along."""
        if turn.entity("code"):
            return self._to_whom(turn)
        brought = after_close.bring(self.desk, turn)
        if brought is None and not turn.files:
            # "Gửi file word giúp chị": it is we who send.
            brought = form_asked(self.desk, turn)
        if brought is not None:
            return brought
        if not turn.files:
            asked = after_close.ask_whether_to_bring(self.desk, turn, idle=True)
            return asked or Response([self._offer("talk.affirm", turn, 0)])
        kept = turn.files_so_far
        return Response(
            [self._offer("talk.files_kept", turn, len(kept))], {"request_collected_files": kept}
        )

    def _to_whom(self, turn: Turn) -> Response:
        """The owner said to whom the words before go: to the case, or to the assistant."""
        if turn.entity("confirmed") != "no":
            return after_close.bring_as_asked(self.desk, turn)
        words = turn.last_user_text_before()
        if not words or words.startswith("/"):
            return Response([self.desk.say("talk.old_button", Outcome.CHITCHAT)])
        return answer(self.desk, replace(turn, text=words), off_topic=0.0)

    def _offer(self, name: str, turn: Turn, count: int) -> Reply:
        choices = (
            []
            if turn.active_form
            else [self.desk.choice("answer.choice_request", payload("request_help"))]
        )
        return self.desk.say(name, Outcome.REQUEST, choices, count=count)


PARKED = "parked_request"
"""The slot of a request that was put aside."""

FORM_SLOTS = (
    "request_topic",
    "request_topic_guess",
    "request_topics_declined",
    "request_question",
    "request_attempt",
    "request_enterprise",
    "request_reach",
    "request_files",
    "request_collected_files",
    "request_confirmed",
    "correction_reach",
    "problem",
    "failures",
    "tried",
)
"""What a form leaves behind; emptied at its end."""
