"""How each field of the request form is read from what the owner wrote."""

import re
from collections.abc import Callable
from enum import Enum
from typing import Any

from actions.shape.desk import Desk
from actions.shape.patience import SETTLED, failed, failures
from actions.shape.turn import Turn
from bot.domain.talk.about_us import asked_about_us
from bot.domain.text.plain import folded, plain
from bot.services.assessments.assessment_replies import AssessmentReplies
from bot.services.assessments.attempts import AttemptService
from bot.services.messaging.conversations import ConversationService
from bot.storage.models import Contact
from vietnamese import tokens
from vietnamese.question import sounds_like_question

QUESTION_WORDS = 8
"""Words from which the message that began the form already says what is wanted."""

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

_ASKS_FOR_HELP = re.compile(
    r"\b(?:yeu cau|ho tro|tu van|huong dan|can bo|dang ky|ben so|toi|em|minh|anh|chi|a|da|ad|oi|nha"
    r"|nhe|voi|gium|giup|dum|ho|cho|muon|can|nho|xin|duoc|gui|lap|mo|lam|phieu|don|so|gap)\b"
)
"""Words that say that help is wanted, and nothing of the matter."""

_NOT_THAT = re.compile(r"\b(?:khong|ko|k|hong|chua) phai\b")

ENDS_THE_QUESTION = frozenset({"cancel", "pause", "handover"})
"""While the owner tells what he needs, any question is part of it; only these are not."""


class Read(Enum):
    """Why a field was not filled."""

    UNCLEAR = "unclear"
    ELSEWHERE = "elsewhere"


Fields = dict[str, Any]
Reader = Callable[[Desk, Turn], Fields | Read]


def prefill(desk: Desk, turn: Turn) -> Fields:
    """What is known when the form begins: from the message, the conversation, the contact."""
    filled: Fields = {"request_topic_guess": _guess_topic(desk, turn)}
    if turn.wish_asked_about:
        # The yes says nothing: what is wanted stands in the words that were asked about.
        turn = turn.before
    if turn.pressed:
        if question := _question_of_assessment(desk, turn):
            filled["request_question"] = question
        elif turn.slot("last_article") and not turn.entity("topic"):
            filled["request_question"] = _words_before(turn)
    elif len(tokens(turn.text)) >= QUESTION_WORDS:
        filled["request_question"] = turn.text
    with desk.house.database.reading() as session:
        contact = ConversationService(session).get(turn.conversation_id).contact
        filled |= _known(contact)
    return SETTLED | {name: value for name, value in filled.items() if value is not None}


def _known(contact: Contact) -> Fields:
    code = (contact.enterprise.tax_code if contact.enterprise else None) or ""
    given = {
        "tax_code": code,
        "name": contact.enterprise_name,
        "unchecked": contact.unchecked_tax_code,
    }
    return {
        "request_enterprise": given if any(given.values()) else None,
        "request_reach": contact.phone or contact.email or None,
    }


def _guess_topic(desk: Desk, turn: Turn) -> str | None:
    """The topic of the button, of the message, or of the article answered last."""
    knowledge = desk.knowledge
    if turn.entity("topic") in knowledge.topics:
        return turn.entity("topic")
    if not turn.pressed and _names_a_matter(turn.text):
        found = topic_of(desk, turn.text)
        if found is not None:
            return found
    last = knowledge.articles.get(turn.slot("last_article"))
    return last.topic if last and last.topic != ASKING_FOR_HELP else None


def _names_a_matter(text: str) -> bool:
    """Whether a wish says more than that help is wanted: "gửi yêu cầu hỗ trợ" does not."""
    return bool(_ASKS_FOR_HELP.sub(" ", plain(text)).strip())


def topic_of(desk: Desk, text: str) -> str | None:
    """The matter that a message speaks of; None where the search has no idea.

    Wanting help is itself a topic of articles and says nothing about the matter: "hỗ trợ đăng ký
    nhãn hiệu" is about trademarks.
    """
    retriever = desk.retriever()
    known = retriever.knowledge.articles
    topics = [(hit.confidence, known[hit.article_id].topic) for hit in retriever.search(text)]
    matters = [topic for sure, topic in topics if sure >= GUESS_CONFIDENCE]
    known_topics = retriever.knowledge.topics
    plain_matters = (one for one in matters if not known_topics[one].last_resort)
    return next(plain_matters, next(iter(matters), None))


ASKING_FOR_HELP = "yeu_cau_ho_tro"
"""The topic of articles on how to ask us: it is no matter that one could be helped with."""

GUESS_CONFIDENCE = 0.05
"""A guess is confirmed by the owner, so it may be bold."""


def _words_before(turn: Turn) -> str | None:
    """What was asked before the button; how the department is reached is no need of anybody."""
    before = turn.last_user_text_before()
    if not before or before.startswith("/") or asked_about_us(before):
        return None
    return before


def _question_of_assessment(desk: Desk, turn: Turn) -> str | None:
    if not turn.entity("about"):
        return None
    with desk.house.database.reading() as session:
        attempts = AttemptService(session, desk.tables().assessments)
        attempt = attempts.finished_attempt(turn.conversation_id)
        if attempt is None:
            return None
        step = attempts.stand(attempt)
        return AssessmentReplies(desk.texts, {}).request_text(step.assessment, step.result)


def elsewhere(turn: Turn) -> bool:
    """Whether the turn is no answer but something that a rule of the form answers.

    A name such as "Cơ sở mộc Tân Tiến" looks to the classifier like a question of the field;
    only what sounds like one interrupts.
    """
    if turn.intent not in ANSWERED_ELSEWHERE:
        return False
    if turn.pressed:
        return True
    if turn.intent in ASKING and not _asks(turn.text):
        return False
    return turn.confidence >= SURE


def _asks(text: str) -> bool:
    return sounds_like_question(text) or _WANTS_TO_ASK.search(plain(text)) is not None


def unread(turn: Turn) -> Read:
    """Why a turn filled nothing."""
    return Read.ELSEWHERE if elsewhere(turn) else Read.UNCLEAR


def read_topic(desk: Desk, turn: Turn) -> Fields | Read:
    """A topic button, a yes to the guess, or a topic named in words."""
    if turn.entity("topic") in desk.knowledge.topics:
        return {"request_topic": turn.entity("topic")}
    guess = turn.slot("request_topic_guess")
    if turn.intent == "affirm" and guess:
        return {"request_topic": guess}
    # "Chưa đúng" is no thumb here: nothing was answered.
    denies = turn.intent in ("deny", "none_of_these") or (
        turn.intent == "rate_answer" and not turn.pressed
    )
    is_another = denies or _NOT_THAT.search(folded(turn.text))
    if is_another and guess:
        return {"request_topic_guess": None}
    if denies or (turn.intent in ON_WITH_IT and turn.intent != "request_help"):
        return Read.UNCLEAR
    if elsewhere(turn):
        return Read.ELSEWHERE
    named = None if turn.pressed or is_another else topic_of(desk, turn.text)
    if named is None:
        return Read.UNCLEAR
    says_what = len(tokens(turn.text)) >= QUESTION_WORDS and not turn.slot("request_question")
    need: Fields = {"request_question": turn.text} if says_what else {}
    if named == guess:
        return {"request_topic": named, **need}
    # Asked for another topic each time, he gets to see them all.
    return failed(turn, None, request_topic_guess=named, **need)


def read_question(_desk: Desk, turn: Turn) -> Fields | Read:
    """The owner's own words, whatever they are, but for giving up or wanting a person."""
    if turn.pressed:
        return unread(turn)
    if turn.intent in ENDS_THE_QUESTION and turn.confidence >= SURE:
        return Read.ELSEWHERE
    words = len(tokens(turn.text))
    # Asked for more and given no more: then these are his words.
    is_enough = words >= (1 if failures(turn) else MIN_QUESTION_WORDS)
    if turn.intent == "resume" or not is_enough:
        return Read.UNCLEAR
    return {"request_question": turn.text}


def read_files(_desk: Desk, turn: Turn) -> Fields | Read:
    """Files, gathered until the owner says that there are no more."""
    gathered = turn.files_so_far
    if turn.files:
        return {"request_collected_files": gathered}
    if turn.intent in ("skip", "deny", "affirm", "thanks") or (
        turn.intent == "resume" and gathered
    ):
        return {"request_files": gathered}
    return unread(turn)


def read_confirmed(_desk: Desk, turn: Turn) -> Fields | Read:
    """A yes to the summary."""
    if turn.intent == "affirm":
        return {"request_confirmed": "yes"}
    return Read.UNCLEAR if turn.intent in ON_WITH_IT else unread(turn)
