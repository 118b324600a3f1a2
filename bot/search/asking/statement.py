"""Messages that ask nothing: a story, a complaint of the workshop, who somebody is."""

import re

from bot.domain.text.plain import plain
from vietnamese.question import sounds_like_question

FEWEST_WORDS = 3
STORY_WORDS = 5

_WISHES = re.compile(
    r"\b(?:muon|can|xin|cho (?:em |toi |anh |chi |chu |minh )?hoi|giup|gium|dum|huong dan|tu van"
    r"|dang ky|nho (?:so|anh|chi|em|cac|ben)|duoc khong|yeu cau|gap|goi (?:lai|cho)|gui|ra sao"
    r"|hay la|khong biet|chua biet|y la|y em|y chu|y toi|chu khong phai|noi lai|nhac lai"
    r"|giai thich|so sanh|mien phi)\b"
)
"""Words of who wants something, or goes back to what was said."""

_ASKS = re.compile(r"\b(?:ai|khong|ko|k|kg|hong|hok|hem|hay|nao|co phai|co can)\b")
"""Words that may ask wherever they stand; better a question too many than one not heard."""

_WHO = re.compile(
    r"(?:(?:da|a|thua|chao|alo|ad|chuyen la|noi nghe|ke nghe|tui ke nghe)\s+)*"
    r"(?:(?:ben|nha|o|ca|hai|may|tui|htx|cong ty|cty|xuong|co so|quan|tiem|shop|lo|trai|nhom|vuon"
    r"|hop tac xa|doanh nghiep|ho|gia dinh|con)\s+)*"
    r"(?:em|e|toi|tui|tao|minh|mk|anh|chi|chu|co|bac|con|chau|ong|ba|no|htx|nguoi ta|may dua"
    r"|nam ngoai|hom qua|hom roi|bua hop|bua|hoi truoc|truoc gio"
    r"|thang (?:hai|ba|tu|nam|sau|bay|tam|chin|ut|em|chau|con|nho))\b"
)
"""How people begin who tell of themselves and of others."""

_TELLS = re.compile(r"\b(?:qua|roi|hoai|mai|suot|luon|nua|lam|ghe|du|tung|moi|dang|bi|co)\b")
"""Words of how something is or went; names of matters have none."""

_CLAUSE = re.compile(r"[,.;!\n]+")

_BEGINS = re.compile(
    r"(?:(?:da|a|em|chu|anh|chi) )*(?:chuyen (?:la )?(?:vay|the nay|nhu vay|nhu the nay|cua \w+ la)"
    r"|de (?:em|toi|tui|chu|anh|chi|co) ke|(?:em|toi|tui|chu) ke (?:cho )?(?:nghe|chuyen nay))"
    r"(?: (?:nghe|nha|ne|a|em|anh|chi|chu|co|con|chau|cho))*"
)
"""The beginning of a story, told in a message of its own."""


def asks_nothing(text: str) -> bool:
    """Whether a message tells something, and neither asks nor wishes, as far as its words tell.

    "Xưởng bừa bộn quá" tells; "hỗ trợ doanh nghiệp nhỏ" only names.
    """
    said = plain(text)
    return (
        len(said.split()) >= FEWEST_WORDS
        and (_TELLS.search(said) is not None or _WHO.match(said) is not None)
        and not sounds_like_question(text)
        and _ASKS.search(said) is None
        and _WISHES.search(said) is None
    )


def is_story(text: str) -> bool:
    """Whether it asks nothing and begins with whom it tells of: "Chị bán mật ong ở Tân Biên"."""
    said = plain(text)
    if _BEGINS.fullmatch(said):
        return True
    if len(said.split()) < STORY_WORDS or _WHO.match(said) is None:
        return False
    last = [clause for clause in _CLAUSE.split(text) if clause.strip()][-1:]
    return _WISHES.search(said) is None and all(_asks_nothing_at_all(one) for one in last)


def _asks_nothing_at_all(clause: str) -> bool:
    return not sounds_like_question(clause) and _ASKS.search(plain(clause)) is None
