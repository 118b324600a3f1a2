"""The stage that puts into replies what was found and decided."""

from dataclasses import replace

from bot.domain.talk.understanding import Outcome
from bot.search.decision import Decision, DecisionKind
from bot.services.answering.answer_replies import ASKS_BACK
from bot.services.answering.findings import Answered, Findings
from vietnamese.likeness import count_words

BARE_WORDS = 4
"""So few words name a matter and ask nothing yet: what of it is meant is asked, not given up."""


def compose(so_far: Findings) -> Findings:
    """Several questions are all answered; of one it was decided how."""
    if so_far.answered is not None:
        return so_far
    decision = so_far.decision
    answered = _each(so_far) if decision is None else _one(so_far, decision)
    return replace(so_far, answered=answered)


def _each(so_far: Findings) -> Answered:
    """Each part that is surely known is answered; the same article is given once."""
    firsts = {hits[0].article_id: hits[0] for hits in so_far.found if hits}
    replies = [
        so_far.wording.short(
            so_far.knowledge.articles[hit.article_id],
            so_far.question.today,
            confidence=hit.confidence,
            alternatives=[other for other in firsts if other != hit.article_id],
        )
        for hit in firsts.values()
    ]
    return Answered(replies, list(firsts)[-1])


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
        case DecisionKind.FAR:
            return Answered([so_far.wording.far(nearest=_ids(so_far))])


def _answer(so_far: Findings, decision: Decision) -> Answered:
    article = so_far.knowledge.articles[decision.articles[0]]
    left = _left(so_far, decision)
    reply = so_far.wording.short(
        article, so_far.question.today, confidence=_best(so_far), alternatives=left
    )
    return Answered([reply], article.id, left)


def _likely(so_far: Findings, decision: Decision) -> Answered:
    first, *siblings = decision.articles
    rest = [article for article in _ids(so_far) if article != first]
    reply = so_far.wording.likely(
        so_far.knowledge.articles[first],
        siblings,
        so_far.question.today,
        confidence=_best(so_far),
        alternatives=rest,
    )
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
    return [article for article in _ids(so_far) if article not in decision.articles]
