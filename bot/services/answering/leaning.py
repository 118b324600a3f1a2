"""The stage of questions that name no matter: they mean the one answered before."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import aspect_asked, tells
from bot.search.asking.elliptical import is_elliptical, names_nothing
from bot.search.hit import Hit
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.matter_asked import article_on
from vietnamese.question import leans_on_the_question_before, sounds_like_question

SURE = 0.5
SURE_OF_ANOTHER = 0.8
"""Confidence from which the search has settled what is meant, within the matter and out of it. Of
110 such questions of the sets that may be looked at, 101 get their article so."""

FOR_THE_TOPIC = frozenset({Aspect.COST, Aspect.FINE})

WEAK = frozenset({Aspect.YES_NO})
"""What is asked in so many ways that it says little about the article that tells it."""

FAMILY_SEARCHED = 60
"""Hits among which the matter's own articles are looked for."""


def lean(so_far: Findings) -> Findings:
    """Puts first, of the matter answered before, the article on what is asked."""
    context, question = so_far.context, so_far.question
    if so_far.answered is not None or so_far.leans or context is None or len(so_far.found) != 1:
        return so_far
    if not is_elliptical(question.text) or not _asks(question.text):
        return so_far
    hits = so_far.found[0]
    kept = _kept_for(so_far, context)
    if kept is not None:
        return _led_by(
            so_far, next((hit for hit in hits if hit.article_id == kept), Hit(kept, 0, 0))
        )
    if hits:
        enough = SURE if _is_of_the_matter(so_far, hits[0]) else SURE_OF_ANOTHER
        if hits[0].confidence >= enough:
            return replace(so_far, leans=True)
    every = so_far.retriever.search(question.text, context=context, limit=FAMILY_SEARCHED)
    meant = _told_by(so_far, context, every) or _meant(so_far, context, every)
    return so_far if meant is None else _led_by(so_far, meant)


def _led_by(so_far: Findings, meant: Hit) -> Findings:
    rest = [hit for hit in so_far.found[0] if hit.article_id != meant.article_id]
    return replace(so_far, found=([meant, *rest],), leans=True)


def _kept_for(so_far: Findings, context: Article) -> str | None:
    """The article that is kept for what is asked of the matter answered before."""
    knowledge, aspect = so_far.knowledge, aspect_asked(so_far.question.text)
    matter = knowledge.matters.of(context.id)
    if matter is None or aspect is None:
        return None
    if aspect not in matter.told and aspect in context.aspects:
        return context.id
    article = article_on(knowledge, matter, aspect)
    return article.id if article else None


def _told_by(so_far: Findings, context: Article, hits: Sequence[Hit]) -> Hit | None:
    """The article answered before, where it tells itself what is asked and no matter keeps it."""
    aspect = aspect_asked(so_far.question.text)
    kept = so_far.knowledge.matters.of(context.id) is not None
    if kept or aspect is None or aspect in WEAK or aspect not in context.aspects:
        return None
    return next((hit for hit in hits if hit.article_id == context.id), Hit(context.id, 0, 0))


def _is_of_the_matter(so_far: Findings, hit: Hit) -> bool:
    return hit.article_id in so_far.knowledge.family(so_far.question.last_article)


def _meant(so_far: Findings, context: Article, hits: Sequence[Hit]) -> Hit | None:
    """The hit of the matter that tells what is asked, else the nearest one of the matter."""
    articles, family = so_far.knowledge.articles, so_far.knowledge.family(context.id)
    if context.is_wrong_office:
        # Another authority's neighbours are other authorities: only itself goes on.
        return next((hit for hit in hits if hit.article_id == context.id), None)
    # What speaks of one product only is another matter, unless it is the one spoken of.
    own = [
        hit
        for hit in hits
        if hit.article_id in family
        and (not articles[hit.article_id].goods or hit.article_id == context.id)
    ]
    aspect = aspect_asked(so_far.question.text)
    if aspect is None:
        return next(iter(own), None)
    # Of money and fines one article often speaks for all that its topic holds.
    of_topic = [hit for hit in hits if articles[hit.article_id].topic == context.topic]
    telling = (
        hit
        for hit in [*own, *(of_topic if aspect in FOR_THE_TOPIC else ())]
        if tells(f"{articles[hit.article_id].title} {articles[hit.article_id].button}", aspect)
    )
    holding = (hit for hit in own if aspect in articles[hit.article_id].aspects)
    of_context = (hit for hit in own if hit.article_id == context.id)
    rest = chain((hit for hit in of_context if aspect in context.aspects), holding, own)
    # Of several that tell it, the one that is named most like the matter.
    named = sorted(telling, key=lambda hit: -_shared(articles[hit.article_id], context))
    return next(iter(named), next(rest, None))


def _shared(article: Article, context: Article) -> int:
    """Words that two articles are called by alike."""
    names = [
        set(plain(f"{one.subject} {one.button} {one.title}").split()) for one in (article, context)
    ]
    return sum(not names_nothing(word) for word in names[0] & names[1])


def _asks(text: str) -> bool:
    leans = leans_on_the_question_before(text) or sounds_like_question(text)
    return leans or aspect_asked(text) is not None
