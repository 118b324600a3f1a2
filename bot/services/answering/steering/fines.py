"""The stages of fines: the article that states one, and its sentence on it first."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.talk.reply import Reply
from bot.domain.text.plain import folded, plain
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.comparison import compared
from bot.search.asking.elliptical import is_elliptical
from bot.search.hit import Hit
from bot.services.answering.groundwork.findings import Findings

SURE_OF_THE_MATTER = 0.35
"""Confidence of the search, without the words of fines, from which a matter is known."""

SURE_OF_THE_FINE = 0.6
"""Confidence from which an article on fines of another topic stands all the same."""

SURE_OF_OURS = 0.9
"""Confidence from which an article of ours stands though another authority's matter is named."""

SEARCHED = 60

SHORT_WORDS = 8

_FINE = re.compile(r"\bphat\b(?! (?:trien|minh|hanh|hien|am|sinh|huy|dong|nguon|tan|song|trong)\b)")
"""In bare letters, where the word may begin a development or an invention, too."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")

_ASKS = re.compile(
    r"\b(?:bi |co bi |se bi |thi |muc |tien |xu |coi chung |so )phat\b"
    r"|\bphat (?:bao nhieu|nhieu|nhiu|may|sao|the nao|gi|tien|nang|khong|ko|k|ra sao)\b"
)
_NO_FINE = re.compile(
    r"\b(?:phat (?:trien|minh|hanh|hien|sinh|am|song|trong|goc)|loi phat|khoi bi phat"
    r"|(?:nop|dong|gia han) (?:\w+ )?(?:tre|muon|cham)|(?:tre|qua) han)\b"
)
_WORDS_OF_FINES = re.compile(
    r"\b(?:co )?(?:bi )?(?:muc |tien |xu )?phat(?: tien)?"
    r"(?: (?:bao nhieu|nhieu|nhiu|may|sao|the nao"
    r"|khong|ko|k|ra sao|trieu|tien))*\b"
)


def asks_for_a_fine(text: str) -> bool:
    """Whether a message asks if, or how much, something is fined."""
    said = plain(text)
    return _ASKS.search(said) is not None and _NO_FINE.search(said) is None


def fine(so_far: Findings) -> Findings:
    """Puts first, of the matter asked about, the article that states its fine."""
    question = so_far.question
    if so_far.answered is not None or len(so_far.found) != 1 or not so_far.found[0]:
        return so_far
    if not asks_for_a_fine(question.text) or (so_far.context and is_elliptical(question.text)):
        return so_far
    if compared(question.text) is not None:
        # "Khác nhau chỗ nào, cái nào bị phạt": what is compared comes first.
        return so_far
    hits = so_far.found[0]
    if (authority := _authority(so_far)) is not None:
        return _led_to(so_far, authority, authority)
    matter = _matter(so_far)
    context = so_far.context
    if matter is not None and context is not None and _leads_away(so_far, matter, context):
        matter = context
    if matter is None or _stands(so_far, hits[0], matter):
        return so_far
    meant = _on_its_fine(so_far, matter)
    if meant is None or meant.id == hits[0].article_id:
        return so_far
    return _led_to(so_far, meant, matter)


def _led_to(so_far: Findings, meant: Article, matter: Article) -> Findings:
    """The article that states the fine first, and behind it the matter's own."""
    hits = so_far.found[0]
    every = {hit.article_id: hit for hit in hits}
    first = every.get(meant.id) or Hit(meant.id, 0.0, SURE_OF_THE_MATTER, hits[0].known)
    rest = [hit for hit in hits if hit.article_id not in (meant.id, matter.id)]
    beside = [every.get(matter.id) or Hit(matter.id, 0.0, 0.0, hits[0].known)]
    return replace(
        so_far, found=([first, *(beside if matter != meant else []), *rest],), leans=True
    )


def _authority(so_far: Findings) -> Article | None:
    """The other authority whose matter is named, whatever of ours the search finds near it."""
    named = so_far.knowledge.matters.named_in(so_far.question.text)
    article = so_far.knowledge.articles.get(named.matter.what) if named else None
    if article is None or not article.is_wrong_office:
        return None
    first = so_far.found[0][0]
    is_ours = not so_far.knowledge.articles[first.article_id].is_wrong_office
    return None if is_ours and first.confidence >= SURE_OF_OURS else article


def fine_first(so_far: Findings) -> Findings:
    """The stage after the replies stand: what an article says of fines goes first where asked."""
    answered = so_far.answered
    if answered is None or len(answered.replies) != 1 or not asks_for_a_fine(so_far.question.text):
        return so_far
    (reply,) = answered.replies
    article = so_far.knowledge.articles.get(reply.understanding.article or "")
    sentence = _late_sentence(article) if article else ""
    if not sentence:
        return so_far
    return replace(so_far, answered=replace(answered, replies=[_behind(so_far, sentence, reply)]))


def _leads_away(so_far: Findings, matter: Article, context: Article) -> bool:
    """Whether a few words behind an answer were taken for another matter: "ghi thiếu bị phạt?"."""
    is_short = len(plain(so_far.question.text).split()) <= SHORT_WORDS
    return is_short and matter.id not in so_far.knowledge.family(context.id)


def _matter(so_far: Findings) -> Article | None:
    own = unicodedata.normalize("NFC", so_far.question.text)
    words = own
    for found in reversed(list(_WORDS_OF_FINES.finditer(folded(own)))):
        words = f"{words[: found.start()]} {words[found.end() :]}"
    hits = so_far.retriever.search(words, context=so_far.context, limit=1) if words.split() else []
    if not hits or hits[0].confidence < SURE_OF_THE_MATTER:
        return None
    return so_far.knowledge.articles[hits[0].article_id]


def _stands(so_far: Findings, hit: Hit, matter: Article) -> bool:
    """Whether the first hit states a fine already, and of this matter."""
    found = so_far.knowledge.articles[hit.article_id]
    if found.is_wrong_office:
        return True
    near = found.topic == matter.topic or hit.confidence >= SURE_OF_THE_FINE
    return near and _FINE.search(plain(f"{found.title} {found.answer}")) is not None


def _on_its_fine(so_far: Findings, matter: Article) -> Article | None:
    if Aspect.FINE in matter.aspects and not _is_on_fines(matter):
        return matter
    articles = so_far.knowledge.articles
    stating = [one for one in articles.values() if _is_on_fines(one)]
    general = _general(stating)
    family = so_far.knowledge.family(matter.id)
    near = [
        articles[hit.article_id]
        for hit in so_far.retriever.search(so_far.question.text, limit=SEARCHED)
        if _is_on_fines(articles[hit.article_id])
        and hit.article_id in _near(matter, family, stating)
    ]
    own = next((one for one in near if one != general), None)
    if own is not None:
        return own
    return matter if _FINE.search(plain(matter.answer)) else general


def _is_on_fines(article: Article) -> bool:
    return _FINE.search(plain(article.title)) is not None


def _near(matter: Article, family: frozenset[str], stating: Iterable[Article]) -> frozenset[str]:
    return family | {one.id for one in stating if one.topic == matter.topic}


def _general(stating: list[Article]) -> Article | None:
    """The article that most others on fines name as related: where fines are looked up."""
    if not stating:
        return None
    named = [sum(one.id in other.related for other in stating) for one in stating]
    return stating[named.index(max(named))]


def _late_sentence(article: Article) -> str:
    """The first sentence on fines, where the article neither is about them nor begins with one."""
    first, *_ = article.answer.strip().split("\n\n")
    if _is_on_fines(article) or _FINE.search(plain(first)):
        return ""
    told = (one for one in _SENTENCE_END.split(article.answer) if _FINE.search(plain(one)))
    return next(told, "").strip()


def _behind(so_far: Findings, sentence: str, reply: Reply) -> Reply:
    text = so_far.wording.texts.say(
        "answer.remarked", remark=sentence, answer=reply.message.text.replace(sentence, "").strip()
    )
    return reply.model_copy(update={"message": reply.message.model_copy(update={"text": text})})
