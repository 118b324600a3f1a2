"""The stage of support: who asks what there is for a small firm, or for money, gets programmes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.text.plain import holds_words, plain
from bot.search.asking.elliptical import names_nothing
from bot.search.hit import Hit
from bot.services.answering.groundwork.findings import Findings

SUPPORT = "chuong_trinh_ho_tro"
"""The topic of programmes that pay a part."""

SURE = 0.5
"""Confidence from which a programme found already stands."""

MAY_FIT = 0.05
"""Confidence from which a programme is given as likely; below it the nearest are on offer."""

SEARCHED = 60

MOST_BESIDE = 3

_HELP = frozenset(
    {"ho", "tro", "giup", "do", "uu", "dai", "chinh", "sach", "goi", "chuong", "trinh", "che"}
    | {"quyen", "loi", "huong", "nha", "nuoc"}
)
_FIRMS = frozenset(
    {"doanh", "nghiep", "nho", "vua", "sieu", "dn", "dnnvv", "sme", "cong", "ty", "cty", "co"}
    | {"so", "xuong", "ho", "kinh", "doanh", "to", "hop", "tac", "xa", "htx", "tiem", "quan", "cua"}
    | {"hang", "gia", "dinh", "ca", "the", "tinh", "tay", "ninh", "minh", "mo", "moi", "it"}
    | {"va", "von", "la", "phai", "khi"}
)
_SUPPORT = re.compile(r"\b(?:ho tro|uu dai|giup (?:gi|do)|goi ho tro|chinh sach)\b")
_REQUEST = re.compile(r"\b(?:gui|yeu cau|phieu|ho so|da xin|nop)\b")
"""A request for help, not what help there is."""

_DEPARTMENT = re.compile(r"\bso (?:khcn|kh cn|khoa hoc(?: va)?(?: cong nghe)?)\b")

_HOUSEHOLD = "ho kinh doanh"
_MONEY = re.compile(
    r"\b(?:xin|muon xin|duoc cap|cho|ho tro|tai tro)(?: \w+){0,3}? "
    r"(?:\d+ ?(?:trieu|tr|ty|cu|chai)|kinh phi|tien|von)\b"
    r"|\b(?:kinh phi|tien|von)(?: \w+)? ho tro\b|\bho tro (?:kinh phi|tien|von|chi phi)\b"
)
_OTHER_MONEY = re.compile(
    r"\b(?:vay|lai suat|phat|thue|luong|phi dang ky|hoan|boi thuong|cho hoi)\b"
)


def support(so_far: Findings) -> Findings:
    """Puts a programme first where support is asked for; beside it, what else may fit."""
    if so_far.answered is not None or len(so_far.found) != 1:
        return so_far
    text, hits = so_far.question.text, so_far.found[0]
    said = plain(text)
    sure = bool(hits) and _is_support(so_far, hits[0]) and hits[0].confidence >= SURE
    if sure and (_HOUSEHOLD in said or not _is_for_households(so_far, hits[0])):
        return so_far
    if so_far.context is None and _is_general(said):
        return _led(so_far, so_far.wording.texts.say("answer.general_support"), said)
    sure_of_another = hits and so_far.knowledge.articles[hits[0].article_id].is_wrong_office
    asks_for_money = _MONEY.search(said) and not _OTHER_MONEY.search(said)
    if asks_for_money and so_far.context is None and not sure_of_another and _is_ours(hits):
        return _led(so_far, text, "")
    return so_far


def _is_support(so_far: Findings, hit: Hit) -> bool:
    return so_far.knowledge.articles[hit.article_id].topic == SUPPORT


def _is_ours(hits: Sequence[Hit]) -> bool:
    return bool(hits) and hits[0].known >= SURE


def _is_general(said: str) -> bool:
    """Whether it asks for support and names nothing but the kind of firm."""
    if _SUPPORT.search(said) is None or _REQUEST.search(said) or _OTHER_MONEY.search(said):
        return False
    said = _DEPARTMENT.sub(" ", said)
    return all(word in _HELP or word in _FIRMS or names_nothing(word) for word in said.split())


def _led(so_far: Findings, sought: str, said: str) -> Findings:
    """The programmes nearest to what is sought; for a household those that speak of it first."""
    near = [
        hit for hit in so_far.retriever.search(sought, limit=SEARCHED) if _is_support(so_far, hit)
    ]
    if _HOUSEHOLD in said:
        near.sort(key=lambda hit: not _speaks_of_households(so_far, hit))
    elif said:
        near.sort(key=lambda hit: _is_for_households(so_far, hit))
    if not near:
        return so_far
    known = max((hit.known for hit in so_far.found[0]), default=0.0)
    led = [replace(hit, known=max(hit.known, known)) for hit in near[: MOST_BESIDE + 1]]
    rest = [hit for hit in so_far.found[0] if hit.article_id not in {one.article_id for one in led}]
    is_meant = bool(said) or near[0].confidence >= MAY_FIT
    return replace(so_far, found=([*led, *rest],), leans=is_meant)


def _is_for_households(so_far: Findings, hit: Hit) -> bool:
    return holds_words(plain(so_far.knowledge.articles[hit.article_id].title), _HOUSEHOLD)


def _speaks_of_households(so_far: Findings, hit: Hit) -> bool:
    article = so_far.knowledge.articles[hit.article_id]
    return holds_words(plain(article.answer), _HOUSEHOLD)
