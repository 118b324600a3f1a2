"""The stage that puts into replies what was found and decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.talk.understanding import Outcome
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import aspects_asked
from bot.search.asking.statement import asks_nothing, is_story
from bot.search.decision import Decision, DecisionKind
from bot.search.hit import Hit
from bot.services.answering.groundwork.answer_replies import ASKS_BACK
from bot.services.answering.groundwork.findings import Answered, Findings
from vietnamese.likeness import count_words
from vietnamese.question import sounds_like_question

NOT_OURS = 0.8
"""The classifier's word against us from which what is told is none of our matters."""

AN_IDEA = 0.35
"""Chance that we know the matter from which what may be meant is offered beside the question."""

HEARD_OFFERS = 2

OF_AN_ITEM = 0.4
"""Confidence from which an item of a list gets its article; below it is named as not known."""

NAME_WORDS = 3

BARE_WORDS = 5
"""So few words name a matter and ask nothing yet: what of it is meant is asked, not given up."""


def compose(so_far: Findings) -> Findings:
    """Several questions are all answered; of one it was decided how."""
    if so_far.answered is not None:
        return so_far
    decision = so_far.decision
    if decision is not None and _tells(so_far, decision):
        return replace(so_far, answered=_heard(so_far))
    if so_far.listed:
        answered = _list(so_far)
    else:
        answered = _each(so_far) if decision is None else _one(so_far, decision)
    return replace(so_far, answered=answered)


def _tells(so_far: Findings, decision: Decision) -> bool:
    """Whether the words tell something and ask nothing: no article follows from a word in them."""
    question = so_far.question
    if is_story(question.text) and (
        so_far.context is None or decision.kind is not DecisionKind.ANSWER
    ):
        return True
    if question.off_topic >= NOT_OURS or not asks_nothing(question.text):
        return False
    many_words = count_words(question.text) > BARE_WORDS
    return decision.kind is DecisionKind.FAR or (
        decision.kind is DecisionKind.UNSURE and many_words
    )


def _heard(so_far: Findings) -> Answered:
    """One short question back, with what may be meant on buttons where the search has an idea."""
    hits = so_far.found[0]
    has_an_idea = bool(hits) and hits[0].known >= AN_IDEA
    offered = (
        _ids(so_far)[:HEARD_OFFERS] if has_an_idea and so_far.question.off_topic < NOT_OURS else []
    )
    sentence = "answer.heard" if offered else "answer.heard_alone"
    offer = so_far.wording.offer(
        sentence, Outcome.CLARIFY, offered, nearest=_ids(so_far), confidence=_best(so_far)
    )
    return Answered([offer], None, _left_of(so_far, offered), heard=True)


def _each(so_far: Findings) -> Answered:
    """Each part that is surely known is answered; the same article is given once."""
    firsts = {hits[0].article_id: hits[0] for hits in so_far.found if hits}
    asked: dict[str, list[Aspect]] = {one: [] for one in firsts}
    for part, hits in zip(so_far.parts, so_far.found, strict=False):
        if hits:
            asked[hits[0].article_id] += aspects_asked(part)
    replies = [
        so_far.wording.short(
            so_far.knowledge.articles[hit.article_id],
            so_far.question.today,
            confidence=hit.confidence,
            alternatives=[other for other in firsts if other != hit.article_id],
            asked=asked[hit.article_id],
        )
        for hit in firsts.values()
    ]
    return Answered(replies, list(firsts)[-1])


def _list(so_far: Findings) -> Answered:
    """Each item in short, in its order and with its number; what is not known is named."""
    given: list[str] = []
    told: dict[str, set[Aspect]] = {}
    replies = []
    firsts = dict.fromkeys(hits[0].article_id for hits in so_far.found if hits)
    for number, (item, hits) in enumerate(zip(so_far.parts, so_far.found, strict=True), 1):
        first = hits[0] if hits and hits[0].confidence >= OF_AN_ITEM else None
        is_last = number == len(so_far.parts)
        if first is None:
            replies.append(so_far.wording.unknown_item(number, item))
        elif first.article_id in given and not _asks_more(so_far, first, item, told):
            place = given.index(first.article_id) + 1
            replies.append(so_far.wording.same_item(number, item, place))
        else:
            article = so_far.knowledge.articles[first.article_id]
            short = so_far.wording.short(
                article,
                so_far.question.today,
                confidence=first.confidence,
                alternatives=[name for name in firsts if name != article.id],
            )
            replies.append(
                so_far.wording.item(
                    number,
                    short,
                    so_far.question.today,
                    is_last=is_last,
                    asked=aspects_asked(item),
                )
            )
        if first is not None:
            told.setdefault(first.article_id, set()).update(aspects_asked(item))
        given.append(first.article_id if first else "")
    return Answered(replies, [article for article in given if article][-1])


def _asks_more(so_far: Findings, hit: Hit, item: str, told: Mapping[str, set[Aspect]]) -> bool:
    """Whether an item asks of its article what none before it did: the fee, not the place."""
    aspects = so_far.knowledge.articles[hit.article_id].aspects
    new = set(aspects_asked(item)) - told.get(hit.article_id, set())
    return not new.isdisjoint(aspects)


def _one(so_far: Findings, decision: Decision) -> Answered:
    match decision.kind:
        case DecisionKind.ANSWER:
            return _answer(so_far, decision)
        case DecisionKind.LIKELY:
            return _likely(so_far, decision)
        case DecisionKind.CLARIFY:
            return _offer(so_far, decision, ASKS_BACK, Outcome.CLARIFY)
        case DecisionKind.UNSURE if count_words(so_far.question.text) <= BARE_WORDS:
            return _offer(so_far, decision, "answer.which", Outcome.CLARIFY)
        case DecisionKind.UNSURE:
            return _offer(so_far, decision, "answer.unsure", Outcome.HANDOVER)
        case DecisionKind.FAR if _only_names(so_far):
            return Answered([so_far.wording.say("answer.about_what", Outcome.CLARIFY)], heard=True)
        case DecisionKind.FAR:
            return Answered([so_far.wording.far(nearest=_ids(so_far))])


def _only_names(so_far: Findings) -> bool:
    """Whether so few words name something and ask nothing, and may be of ours: "nến thơm"."""
    question = so_far.question
    words = count_words(question.text)
    few = 0 < words <= NAME_WORDS and not sounds_like_question(question.text)
    return few and question.off_topic < NOT_OURS


def _answer(so_far: Findings, decision: Decision) -> Answered:
    article = so_far.knowledge.articles[decision.articles[0]]
    left = _left(so_far, decision)
    reply = so_far.wording.short(
        article,
        so_far.question.today,
        confidence=_best(so_far),
        alternatives=left,
        asked=aspects_asked(so_far.question.text),
    )
    return Answered([reply], article.id, left)


def _likely(so_far: Findings, decision: Decision) -> Answered:
    first, *siblings = decision.articles
    rest = [article for article in _ids(so_far) if article != first]
    short = so_far.wording.short(
        so_far.knowledge.articles[first],
        so_far.question.today,
        confidence=_best(so_far),
        alternatives=rest,
        asked=aspects_asked(so_far.question.text),
    )
    reply = so_far.wording.likely(short, siblings)
    return Answered([reply], first, rest)


def _offer(so_far: Findings, decision: Decision, sentence: str, outcome: Outcome) -> Answered:
    """The articles on offer, none of them served: the likeliest is what the next words lean on."""
    offer = so_far.wording.offer(
        sentence, outcome, decision.articles, nearest=_ids(so_far), confidence=_best(so_far)
    )
    subject = next(iter(decision.articles), None)
    return Answered([offer], None, _left(so_far, decision), subject)


def _ids(so_far: Findings) -> list[str]:
    return [hit.article_id for hit in so_far.found[0]]


def _best(so_far: Findings) -> float:
    hits = so_far.found[0]
    return hits[0].confidence if hits else 0.0


def _left(so_far: Findings, decision: Decision) -> list[str]:
    """What was found and not offered: the next best for who says that it was none of these."""
    return _left_of(so_far, decision.articles)


def _left_of(so_far: Findings, offered: Sequence[str]) -> list[str]:
    return [article for article in _ids(so_far) if article not in offered]
