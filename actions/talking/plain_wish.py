"""A wish to send a request, said in so many words, wherever the classifier puts it."""

import re

from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.text.plain import plain
from vietnamese.question import sounds_like_question

REQUEST_FORM = "request_form"

_SENDS = re.compile(
    r"\b(?:muon|can|cho|xin|nho|thoi|vay|v|de|giup|gium|lam on) (?:\w+ ){0,3}"
    r"(?:gui|tao|lap|mo|viet|lam)(?: (?:mot|cai|1|to|luon|giup|gium|dum))*"
    r" (?:yeu cau|phieu|cau hoi (?:cho|toi|den|len|qua) (?:can bo|chuyen vien|nguoi|so|phong))\b"
)

_DOES_NOT = re.compile(
    r"\b(?:khong|ko|k|kg|hong|hok|hem|chua|dung|khoi|huy|rut|(?<!can )bo|roi|da gui)\b"
)
"""Words of who does not wish it, or has done it."""


def plain_wish(turn: Turn) -> Response | None:
    """Begins the request form; None where nothing says so, or a form is open already."""
    if turn.pressed or turn.active_form or sounds_like_question(turn.text):
        return None
    said = plain(turn.text)
    if _SENDS.search(said) is None or _DOES_NOT.search(said) is not None:
        return None
    return Response(events=[{"event": "followup", "name": REQUEST_FORM}])
