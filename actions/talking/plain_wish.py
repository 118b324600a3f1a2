"""A wish for a request or a self-assessment in so many words, wherever the classifier puts it."""

import re

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from actions.talking.taken_again import taken_again
from bot.domain.assessments.assessment_wish import takes_the_first, wishes_for_assessment
from bot.domain.assessments.run_words import code_in, question_to_edit
from bot.domain.text.plain import plain
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.named import (
    assessment_named,
    assessment_titled,
    named_with_rest,
)
from vietnamese.question import sounds_like_question

REQUEST_FORM, ASSESSMENT_FORM = "request_form", "assessment_form"

_SENDS = re.compile(
    r"\b(?:muon|can|cho|xin|nho|thoi|vay|v|de|giup|gium|lam on) (?:\w+ ){0,3}"
    r"(?:gui|tao|lap|mo|viet|lam)(?: (?:mot|cai|1|to|luon|giup|gium|dum))*"
    r" (?:yeu cau|phieu|cau hoi (?:cho|toi|den|len|qua) (?:can bo|chuyen vien|nguoi|so|phong))\b"
)

_DOES_NOT = re.compile(
    r"\b(?:khong|ko|k|kg|hong|hok|hem|chua|dung|khoi|huy|rut|(?<!can )bo|roi|da gui)\b"
)
"""Words of who does not wish it, or has done it."""


def plain_wish(desk: Desk, turn: Turn) -> Response | None:
    """Begins the form that is wished for; None where nothing says so, or a form is open already."""
    if turn.pressed or turn.active_form:
        return None
    if _goes_on_with_a_run(desk, turn) or _names_an_assessment(
        desk, turn.text, is_offered=bool(turn.offered_assessments)
    ):
        return Response(events=[{"event": "followup", "name": ASSESSMENT_FORM}])
    if sounds_like_question(turn.text):
        return None
    said = plain(turn.text)
    if _SENDS.search(said) is None or _DOES_NOT.search(said) is not None:
        return None
    return Response(events=[{"event": "followup", "name": REQUEST_FORM}])


def _goes_on_with_a_run(desk: Desk, turn: Turn) -> bool:
    """By its code, by the number of an answer that is to be put right, or once more behind it."""
    if code_in(turn.text) or taken_again(desk, turn):
        return True
    if question_to_edit(turn.text) is None:
        return False
    with desk.house.database.reading() as session:
        attempts = AttemptService(session, desk.tables().assessments)
        return attempts.finished_attempt(turn.conversation_id) is not None


def _names_an_assessment(desk: Desk, text: str, *, is_offered: bool) -> bool:
    """“Tự đánh giá ISO 9001”, or the title of one; “tự đánh giá … cần gì” asks."""
    assessments = desk.tables().assessments
    if assessment_titled(assessments, text):
        return True
    if is_offered and (takes_the_first(text) or assessment_named(assessments, text)):
        # Under buttons of assessments a bare name will do, and who cannot tell gets the first.
        return takes_the_first(text) or not sounds_like_question(text)
    if not wishes_for_assessment(text) or "?" in text.rstrip("? "):
        return False
    # “Làm bài nào bây giờ”: the name itself may ask.
    named, rest = named_with_rest(assessments, text)
    return bool(named) and not sounds_like_question(rest)
