"""How each field of the request form is read from what the owner wrote."""

import re
from collections.abc import Callable
from enum import Enum
from typing import Any

from actions.filing.told_facts import told_facts
from actions.filing.topic_guess import guess_topic
from actions.shape.desk import Desk
from actions.shape.patience import SETTLED, failures
from actions.shape.turn import Turn
from actions.talking.about_office import office_asked
from bot.domain.talk.about_us import asked_about_us
from bot.domain.text.plain import plain
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import aspect_asked
from bot.search.asking.elliptical import is_elliptical
from bot.search.topic_guess import names_a_matter
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.result_reply import request_text
from bot.services.messaging.conversations import ConversationService
from bot.storage.models import Contact
from vietnamese import tokens
from vietnamese.foreign.english_wishes import asks_in_english, english_wish
from vietnamese.question import sounds_like_question

MATTER_WORDS = 5
"""Words from which the message that began the form already says what is wanted, where it names a
matter: "xin tư vấn ISO 9001"."""

MIN_QUESTION_WORDS = 2

SURE = 0.5
"""Confidence from which a typed message that is no answer is taken to speak of something else."""

ON_WITH_IT = frozenset({"resume", "request_help", "affirm"})
"""Asks the question again, without a word on what was wrong."""

ANSWERED_ELSEWHERE = frozenset(
    {"ask", "out_of_scope", "handover", "assessment", "request_status", "rate_request", "menu"}
    | {"privacy_see", "privacy_correct", "privacy_erase", "privacy_withdraw", "cancel", "pause"}
    | {"show_detail", "pick_article", "none_of_these", "rate_answer", "edit_message"}
    | {"greet", "thanks", "goodbye", "bot_identity", "smalltalk", "insult", "nonsense"}
)
"""Intents that have a rule inside the form."""

ASKING = frozenset({"ask", "out_of_scope"})

_WANTS_TO_ASK = re.compile(
    r"\b(?:muon|cho|xin|can|tinh)(?: (?:em|toi|anh|chi|minh|duoc))? (?:hoi|biet)\b"
)
"""Says that a question follows, however it ends."""

_ASKING_WORD = re.compile(
    r"\b(?:bao|may|nhieu|nhiu|gi|dau|ai|nao|sao|khong|ko|k|hong|hok|hem|chua|ha|vay|the|ton|mat)\b"
)
_BEGINS_A_NAME = re.compile(
    r"(?:co so|ho|cong ty|cty|dntn|doanh nghiep|htx|hop tac xa|tiem|quan|xuong|cua hang|nha may"
    r"|trai|to hop tac|trung tam|hoi|ong|ba)\b"
)

_HAS_NO_FILE = re.compile(
    r"(?:(?:da|a|u|hien|toi|em|chi|anh|gio|thoi) )*(?:khong|ko|k|hong|hok|hem|chua)"
    r" (?:co|con|chup|kip|can)(?: (?:file|tep|hinh|anh|giay|gi|san|duoc|chup)\b| *$)"
)
"""Said where files are asked for: "không có hình, chưa chụp được"."""

_GO_ON = re.compile(
    r"(?:thoi |ok |u )?gui(?: (?:di|nha|nhe|luon|phieu|yeu cau|giup|em|anh|chi|a))*"
)
"""Words that are "send it", and nothing else."""

ENDS_THE_QUESTION = frozenset({"cancel", "pause", "handover"})
"""While the owner tells what he needs, any question is part of it; only these are not."""

BY_THE_WAY = frozenset({"greet", "thanks", "goodbye", "menu", "bot_identity"})
"""A few such words are no need, and are answered."""

SAYS_NOTHING = frozenset({"affirm", "deny", "skip"})
"""Words that answer a question, and not this one."""


class Read(Enum):
    """Why a field was not filled."""

    UNCLEAR = "unclear"
    ELSEWHERE = "elsewhere"


Fields = dict[str, Any]
Reader = Callable[[Desk, Turn], Fields | Read]


def prefill(desk: Desk, turn: Turn) -> Fields:
    """What is known when the form begins: from the message, the conversation, the contact."""
    if turn.wish_asked_about and (turn.pressed or turn.intent == "affirm"):
        # The yes says nothing: what is wanted stands in the words that were asked about.
        turn = turn.before
    filled: Fields = {"request_topic_guess": guess_topic(desk, turn)}
    with desk.house.database.reading() as session:
        contact = ConversationService(session).get(turn.conversation_id).contact
        filled |= _known(contact)
    if turn.pressed:
        if of_assessment := _filled_by_assessment(desk, turn):
            filled |= of_assessment
        elif turn.slot("last_article") and not turn.entity("topic"):
            filled["request_question"] = _words_before(desk, turn)
    else:
        if says_what(turn.text):
            filled["request_question"] = turn.text
        filled |= told_facts(turn.text, today=desk.today())
    return SETTLED | {name: value for name, value in filled.items() if value is not None}


def says_what(text: str) -> bool:
    """Whether a wish tells already what is needed."""
    enough = len(tokens(text)) >= MATTER_WORDS and names_a_matter(text)
    return enough and english_wish(text) is None


def _known(contact: Contact) -> Fields:
    given = {
        "tax_code": contact.tax_code,
        "name": contact.enterprise_name,
        "unchecked": contact.unchecked_tax_code,
    }
    return {
        "request_enterprise": given if any(given.values()) else None,
        "request_reach": contact.phone or contact.email or None,
    }


def _words_before(desk: Desk, turn: Turn) -> str | None:
    """What was asked before the button; how the department is reached is no need of anybody."""
    before = turn.last_user_text_before()
    if not before or before.startswith("/") or _asks_for_reach(desk, before):
        return None
    return before


def _asks_for_reach(desk: Desk, words: str) -> bool:
    return bool(asked_about_us(words) or office_asked(desk.knowledge, words))


def _filled_by_assessment(desk: Desk, turn: Turn) -> Fields:
    """The question and the run, where the button stood under a result."""
    if not turn.entity("about"):
        return {}
    with desk.house.database.reading() as session:
        attempts = AttemptService(session, desk.tables().assessments)
        attempt = attempts.finished_attempt(turn.conversation_id, turn.entity("assessment"))
        if attempt is None:
            return {}
        step = attempts.stand(attempt)
        return {
            "request_question": request_text(desk.texts, step.assessment, step.result),
            "request_attempt": str(attempt.id),
        }


def elsewhere(turn: Turn) -> bool:
    """Whether the turn is no answer but something that a rule of the form answers.

    A name such as "Cơ sở mộc Tân Tiến" looks to the classifier like a question of the field;
    only what sounds like one interrupts.
    """
    if turn.intent not in ANSWERED_ELSEWHERE:
        return False
    if turn.pressed or asks_of_any_matter(turn.text):
        return True
    if turn.intent in ASKING:
        if turn.in_english:
            return asks_in_english(turn.text)
        return wants_to_ask(turn.text) or (
            turn.confidence >= SURE and sounds_like_question(turn.text)
        )
    return turn.confidence >= SURE


def asks_of_any_matter(text: str) -> bool:
    """Whether the words ask how long, how much or where of what was spoken of.

    "Nam Tiến" and "cơ sở Bảo Phi" are names: nothing in them asks.
    """
    said = plain(text)
    asks = "?" in text or _ASKING_WORD.search(said) is not None
    if not asks or _BEGINS_A_NAME.match(said):
        return False
    return is_elliptical(text) and aspect_asked(text) not in (None, Aspect.YES_NO)


def wants_to_ask(text: str) -> bool:
    """Whether the words say that a question follows: "cho em hỏi …"."""
    return _WANTS_TO_ASK.search(plain(text)) is not None


def unread(turn: Turn) -> Read:
    """Why a turn filled nothing."""
    return Read.ELSEWHERE if elsewhere(turn) else Read.UNCLEAR


def read_question(desk: Desk, turn: Turn) -> Fields | Read:
    """The owner's own words, whatever they are, but for giving up or wanting a person.

    What matter it is, is guessed from them; what else they tell is not asked for again.
    """
    if turn.pressed:
        return unread(turn)
    if turn.intent in ENDS_THE_QUESTION and turn.confidence >= SURE:
        return Read.ELSEWHERE
    words = len(tokens(turn.text))
    if (turn.intent in ASKING and wants_to_ask(turn.text)) or (
        turn.intent in BY_THE_WAY and words < MATTER_WORDS and turn.confidence >= SURE
    ):
        return Read.ELSEWHERE
    # Asked for more and given no more: then these are his words.
    is_enough = failures(turn) or (
        words >= MIN_QUESTION_WORDS
        and names_a_matter(turn.text)
        and turn.intent not in SAYS_NOTHING
    )
    if turn.intent == "resume" or not words or not is_enough:
        return Read.UNCLEAR
    told = told_facts(turn.text, today=desk.today())
    return {**_unknown(turn, told), **_matter(desk, turn), "request_question": turn.text}


def _matter(desk: Desk, turn: Turn) -> Fields:
    if turn.slot("request_topic"):
        return {}
    return {"request_topic_guess": guess_topic(desk, turn) or turn.slots.get("request_topic_guess")}


def _unknown(turn: Turn, told: Fields) -> Fields:
    """Of what was told, the fields that nothing stands in yet."""
    return {name: value for name, value in told.items() if turn.slots.get(name) is None}


def read_files(_desk: Desk, turn: Turn) -> Fields | Read:
    """Files, gathered until the owner says that there are no more."""
    gathered = turn.files_so_far
    if turn.files:
        return {"request_collected_files": gathered}
    said = plain(turn.text)
    goes_on = (
        turn.intent in ("skip", "deny", "affirm", "thanks")
        or wants_it_sent(turn.text)
        or _HAS_NO_FILE.match(said) is not None
    )
    if goes_on or (turn.intent == "resume" and gathered):
        return {"request_files": gathered}
    return unread(turn)


def wants_it_sent(text: str) -> bool:
    """Whether the words are "send it", and nothing else."""
    return _GO_ON.fullmatch(plain(text)) is not None


def read_confirmed(_desk: Desk, turn: Turn) -> Fields | Read:
    """A yes to the summary."""
    if turn.intent == "affirm":
        return {"request_confirmed": "yes"}
    return Read.UNCLEAR if turn.intent in ON_WITH_IT else unread(turn)
