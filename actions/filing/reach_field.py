"""How the owner wants to be reached, in the request form."""

import re
import unicodedata

from actions.filing.request_fields import Fields, Read, elsewhere, unread
from actions.shape.desk import Desk
from actions.shape.patience import TRIED, failed
from actions.shape.turn import Turn
from bot.domain.enterprise.reach import Reach, ReachProblem, read_reach
from bot.domain.input.lengths import REACH
from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import payload
from bot.domain.text.plain import folded, plain

FIELD = "request_reach"

HERE = "chat"
"""In this very conversation."""

KEEP_REACH = "keep_reach"

_SAYS_HERE = re.compile(
    r"\b(?:o day|qua day|tai day|vao day|cho nay|trong day|day luon|chat|nhan tin|tin nhan|nhan qua"
    r"|kenh nay|khung nay|zalo nay|telegram|messenger|tra loi)\b"
)

_PLAINLY_HERE = re.compile(
    r"\b(?:tra loi|nhan tin|nhan lai|nhan|chat)"
    r"(?: (?:luon|ngay|lai|cho|toi|em|chi|anh|minh))*"
    r" (?:(?:o|tai|qua|vao|trong) )?(?:day|trong nay|cho nay|khung nay|doan chat)\b"
    r"|\b(?:noi|bao)(?: (?:luon|ngay|lai|cho|toi|em|chi|anh|minh))*"
    r" (?:o|tai|qua|vao|trong) (?:day|nay|cho nay|khung nay|doan chat)\b"
    r"|\b(?:ngai|khoi|dung|khong muon|ko muon|khong tien|ko tien)(?: (?:phai|bi|co))*"
    r" (?:nghe (?:may|dien thoai|goi)|goi dien|goi)\b"
)
"""Said in so many words, whatever the classifier makes of them."""

_CALLS = re.compile(r"\bgoi\b")

_AFRAID = re.compile(r"\bso (?:phai )?(?:nghe|bi goi|goi)\b")
_OF_FEAR = re.compile(r"\bs\N{LATIN SMALL LETTER O WITH HORN AND DOT BELOW}\b")
"""Without its accents “so” is also a number and the department."""


def read_reach_field(_desk: Desk, turn: Turn) -> Fields | Read:
    """Phone numbers, an e-mail address, this very chat, or what was typed as it stands."""
    here: Fields = {FIELD: HERE}
    if turn.pressed:
        typed = tried_reach(turn)
        if turn.entity("value") == KEEP_REACH and typed:
            return {FIELD: typed}
        return here if turn.intent == "skip" else unread(turn)
    reach = read_reach(turn.text)
    if isinstance(reach, Reach):
        return {FIELD: reach.text, "problem": "note_renumbered" if reach.renumbered else None}
    if reach is not ReachProblem.NOTHING:
        return failed(turn, f"problem_{reach}", **{TRIED: {"reach": _as_typed(turn.text)}})
    if turn.intent == "skip" or _wants_no_call(turn.text):
        return here
    if elsewhere(turn):
        return Read.ELSEWHERE
    is_told = turn.intent == "inform" and not _CALLS.search(plain(turn.text))
    if is_told and _SAYS_HERE.search(folded(turn.text)):
        return here
    return Read.UNCLEAR


def _wants_no_call(text: str) -> bool:
    accented = unicodedata.normalize("NFC", text).lower()
    is_afraid = _OF_FEAR.search(accented) and _AFRAID.search(plain(text))
    return bool(is_afraid or _PLAINLY_HERE.search(plain(text)))


def tried_reach(turn: Turn) -> str:
    """What was typed and not understood, or empty."""
    return str((turn.slots.get(TRIED) or {}).get("reach") or "")


def reach_choices(desk: Desk, turn: Turn, *, ways_out: bool) -> list[Choice]:
    """The buttons under the question."""
    keep = [desk.choice("request.choice_keep_reach", payload("inform", value=KEEP_REACH))]
    return [
        *(keep if ways_out and tried_reach(turn) else []),
        desk.choice("request.choice_here", payload("skip")),
    ]


def _as_typed(text: str) -> str:
    """As it is kept where nothing was understood; empty where it is more than can be kept."""
    typed = " ".join(text.split())
    return typed if len(typed) <= REACH else ""
