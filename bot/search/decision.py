"""What to do with the hits of a message: answer, for sure or not, ask back, offer, call it far."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.search.hit import Hit

KNOWN = 0.7
"""Below this chance that we know the matter, nothing is answered: the smallest tenth at which the
search alone answers at most 8 % of our own off-topic lines (it answers 16 of 201)."""

KNOWN_TO_BOTH = 0.6
"""The same where the classifier, too, takes the message for a question of our field: a second
witness, so the first need not be as sure."""

TAKEN_FOR_OURS = 0.1
"""Share of the classifier's word against us below which it is that second witness."""

ANSWER = 0.4
"""From here on the first hit is more often right than wrong: of our own held-out phrasings between
0.3 and 0.4 it is right in 45 %, between 0.4 and 0.6 in 56 %."""

FOLLOW_UP_WORDS = 5
KNOWN_BEHIND = 0.4
LEAD = 2.0
"""A message of so few words behind an answer ("còn phí?") tells little by itself: there it is
enough that the first hit is of the answer's topic and so many times as likely as the second. Of our
own follow-ups 88.8 % are answered instead of 82.8 %, as often rightly; of off-topic lines behind an
answer 8.5 % instead of 8.1 %."""

CLARIFY = 0.5
"""From here on it is more often one of the first two than any other."""

HAND_OVER = 0.35
"""Below this chance that we know the matter we say it is not ours: the least twentieth at which at
most one in ten lines that are none of ours gets suggestions (`docs/measurements/off-topic.md`)."""

SURELY_OURS = 0.05
NEAR_FIELD = 0.2
"""So small a word of the classifier against us, and so great a chance by the search, that what no
article answers is still a question of our field: the nearest and an officer, not "not ours"."""

HAND_OVER_BEHIND = 0.3
"""The same behind an answer of the topic, where a bare word is more often a question than not."""

USUAL_DOUBT = 0.15
"""The classifier's word against us that a question of our own may get. What is above speaks
against us."""

USUAL_DOUBT_BEHIND = 0.5
"""The same of a short message behind an answer: the classifier does not see what it follows, so
only more than an even chance speaks against us."""

LIKELY = 0.2
LIKELY_TOGETHER = 0.45
LIKELY_KNOWN = 0.9
LIKELY_KNOWN_TO_BOTH = 0.85
"""An article is given as what is probably meant where we know the matter for so sure, by all
articles and not only by those that were found, and where it has so great a chance, and so great a
one together with its siblings. Of what was asked back before, 2 of 6 own messages and 1 of 13 of
the development set are answered so, each rightly; of 201 off-topic lines one."""

BEHIND_FIRST = 0.25
BEHIND_FIRST_OF_OURS = 0.15
BEHIND_KNOWN = 0.65
BEHIND_DOUBT = 0.4
"""The same behind an answer, where the article is of its matter or its topic, and less where the
matter is surely ours: what is asked on is more often answered than not. Of 44 turns of the talks
that were asked back or refused behind an answer, the first hit was right in 22."""

LEADING = 1.8
LEADING_FIRST = 0.3
LEADING_KNOWN = 0.8
LEADING_DOUBT = 0.3
"""The same for a first message: the first hit is so many times as likely as the second. Of the sets
that may be looked at this answers five rightly and none wrongly that were asked back or refused."""

ALONE_FIRST = 0.7
ALONE_DOUBT = 0.9
"""One article so likely by the search is given as likely even where the classifier doubts."""

MOST_BESIDE = 2
"""Siblings beside a likely answer."""

SUREST = 0.99
"""The classifier is never believed more than this: it errs once in a hundred at best."""


class DecisionKind(StrEnum):
    """The five ways (rule 4 of the flow: ask, don't guess).

    `LIKELY`: given, and said to be what is probably meant, its siblings beside it.
    """

    ANSWER = "answer"
    LIKELY = "likely"
    CLARIFY = "clarify"
    UNSURE = "unsure"
    FAR = "far"


class Place(IntEnum):
    """How a message stands to the answer before it, each more than the one before.

    It stands alone; its first hit is of the matter that it names, or of the matter or topic
    answered before; it is a short one of the same topic; it names no matter, so that it can mean no
    other.
    """

    ALONE = 0
    BEHIND = 1
    SHORT_BEHIND = 2
    LEANING = 3


ASKING = frozenset({DecisionKind.CLARIFY, DecisionKind.UNSURE})
"""Ways that leave it to the owner to say what he meant."""

OFFERED = {
    DecisionKind.ANSWER: 1,
    DecisionKind.LIKELY: 3,
    DecisionKind.CLARIFY: 2,
    DecisionKind.UNSURE: 3,
    DecisionKind.FAR: 0,
}
"""Articles offered, by kind."""


@dataclass(frozen=True)
class Decision:
    """What is done, and with which articles.

    The answer, behind it its siblings where it is only likely; the two asked between; the nearest
    three; or none.
    """

    kind: DecisionKind
    articles: tuple[str, ...] = ()


def decide(
    hits: Sequence[Hit],
    *,
    off_topic: float | None = None,
    place: Place = Place.ALONE,
    siblings: Collection[str] | None = None,
) -> Decision:
    """The decision over the hits of one message, best first.

    `siblings`: the articles beside which the first may be given although one of them may be meant;
    None where it is given for sure or not at all.
    Sure of the first: answer. Of it and its siblings: likely. About nothing we know: far. One of
    the first two it is: clarify. Else unsure: the nearest three and an officer. `off_topic` is how
    sure the classifier is that the message asks nothing of ours; None where nobody asked it.
    """
    follows = place >= Place.SHORT_BEHIND
    usual = USUAL_DOUBT_BEHIND if follows else USUAL_DOUBT
    left = 1.0 if off_topic is None else _left(hits, off_topic, usual)
    chances = [hit.confidence * left for hit in hits]
    doubt = 1.0 if off_topic is None else off_topic
    answered_from = KNOWN_TO_BOTH if doubt < TAKEN_FOR_OURS else KNOWN
    ours_from = HAND_OVER_BEHIND if follows else HAND_OVER
    kind = _kind(chances, answered_from, ours_from)
    if kind is DecisionKind.FAR and doubt < SURELY_OURS and sum(chances) >= NEAR_FIELD:
        kind = DecisionKind.UNSURE
    if follows and kind is not DecisionKind.ANSWER and _leads(chances):
        kind = DecisionKind.ANSWER
    if kind is DecisionKind.ANSWER or not hits:
        return Decision(kind, tuple(hit.article_id for hit in hits[: OFFERED[kind]]))
    asks = kind in ASKING and siblings is not None
    if (
        place is Place.LEANING
        or (place >= Place.BEHIND and _is_likely_behind(hits, doubt))
        or (asks and _is_likely(hits, left, doubt, siblings or ()))
        or (siblings is not None and _leads_alone(hits, doubt))
    ):
        return _likely(hits, siblings or ())
    return Decision(kind, tuple(hit.article_id for hit in hits[: OFFERED[kind]]))


def _likely(hits: Sequence[Hit], siblings: Collection[str]) -> Decision:
    """The first hit as what is probably meant; beside it its siblings, else the next."""
    others = [hit.article_id for hit in hits[1:]]
    beside = [article for article in others if article in siblings] or others
    return Decision(DecisionKind.LIKELY, (hits[0].article_id, *beside[:MOST_BESIDE]))


def _is_likely_behind(hits: Sequence[Hit], doubt: float) -> bool:
    first = hits[0]
    if doubt > BEHIND_DOUBT:
        return False
    if first.confidence >= ANSWER and _leads([hit.confidence for hit in hits]):
        return True
    enough = BEHIND_FIRST if first.known < LIKELY_KNOWN else BEHIND_FIRST_OF_OURS
    return first.confidence >= enough and first.known >= BEHIND_KNOWN


def _leads_alone(hits: Sequence[Hit], doubt: float) -> bool:
    first = hits[0]
    second = hits[1].confidence if len(hits) > 1 else 0.0
    if first.confidence >= ALONE_FIRST and doubt < ALONE_DOUBT:
        return True
    enough = first.confidence >= LEADING_FIRST and first.known >= LEADING_KNOWN
    return enough and first.confidence >= LEADING * second and doubt < LEADING_DOUBT


def _is_likely(hits: Sequence[Hit], left: float, doubt: float, siblings: Collection[str]) -> bool:
    """Whether the matter is known, and the first of the hits and its siblings are most of it."""
    enough = LIKELY_KNOWN_TO_BOTH if doubt < TAKEN_FOR_OURS else LIKELY_KNOWN
    first, *others = hits
    together = first.confidence + sum(
        hit.confidence for hit in others if hit.article_id in siblings
    )
    return (
        first.known * left >= enough
        and first.confidence * left >= LIKELY
        and together * left >= LIKELY_TOGETHER
    )


def _left(hits: Sequence[Hit], off_topic: float, usual: float) -> float:
    """What the classifier's doubt leaves of each confidence: two witnesses, combined by Bayes.

    It only takes away: that the classifier calls a message a question says nothing about which.
    """
    known = sum(hit.confidence for hit in hits)
    if off_topic <= usual or known <= 0:
        return 1.0
    doubt = min(off_topic, SUREST)
    # How much rarer so great a doubt is in a question of ours than in what is none.
    likelihood = (1 - doubt) / doubt * usual / (1 - usual)
    for_us = known * likelihood
    return for_us / (for_us + max(1 - known, 0)) / known


def _leads(chances: Sequence[float]) -> bool:
    first, second = (*chances, 0.0)[:2]
    return sum(chances) >= KNOWN_BEHIND and first >= LEAD * second


def _kind(chances: Sequence[float], enough: float, ours_from: float) -> DecisionKind:
    # The hits share the chance that we know the matter.
    known = sum(chances)
    if known < ours_from:
        return DecisionKind.FAR
    if known >= enough and chances[0] >= ANSWER:
        return DecisionKind.ANSWER
    if sum(chances[:2]) >= CLARIFY:
        return DecisionKind.CLARIFY
    return DecisionKind.UNSURE
