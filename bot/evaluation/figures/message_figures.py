"""The figures that are counted over messages; each a pure function of the table of results."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pydantic import BaseModel, ConfigDict

from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.result import MessageResult
from bot.evaluation.figures.share import Share, share

WANTED_DONE = (
    Outcome.REQUEST,
    Outcome.REQUEST_STATUS,
    Outcome.HANDOVER,
    Outcome.ASSESSMENT,
    Outcome.PRIVACY,
)
"""What an owner wants done rather than answered."""

Results = Iterable[MessageResult]


class Headline(BaseModel):
    """The figures that stand for a set, and for each way of spelling it."""

    model_config = ConfigDict(frozen=True)

    right_first: Share
    in_three: Share
    two_questions: Share
    off_topic_answered: Share
    asked_back_or_refused: Share


class StyleFigures(BaseModel):
    """How messages of one style fared."""

    model_config = ConfigDict(frozen=True)

    right_first: Share
    in_three: Share


def headline(results: Results) -> Headline:
    """All headline figures of a table."""
    table = list(results)
    return Headline(
        right_first=right_first(table),
        in_three=in_three(table),
        two_questions=two_questions(table),
        off_topic_answered=off_topic_answered(table),
        asked_back_or_refused=asked_back_or_refused(table),
    )


def right_first(results: Results) -> Share:
    """The served article is accepted, of the messages that an article answers."""
    return share(result.is_right_first for result in _answerable(results))


def in_three(results: Results) -> Share:
    """An accepted article is the served one or an alternative, the first three of them."""
    return share(result.is_in_three for result in _answerable(results))


def two_questions(results: Results) -> Share:
    """Every part is met, of the messages with two questions."""
    return share(result.meets_all_parts for result in results if result.label.parts)


def off_topic_answered(results: Results) -> Share:
    """An article was served, of the messages that none answers: the lower, the better."""
    return share(result.turn.article is not None for result in results if result.label.is_off_topic)


def asked_back_or_refused(results: Results) -> Share:
    """No article was served, of the messages that one answers: the lower, the better."""
    return share(result.turn.article is None for result in _answerable(results))


def recognised(results: Results) -> dict[str, Share]:
    """Of what owners want done, how much was understood as such; by outcome."""
    table = list(results)
    return {
        outcome.value: share(
            result.is_recognised for result in table if result.label.outcome is outcome
        )
        for outcome in WANTED_DONE
    }


def outcomes(results: Results) -> dict[str, dict[str, int]]:
    """What came for each labelled outcome, most frequent first; `none`: no reply."""
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for result in results:
        came = result.turn.outcome.value if result.turn.outcome else "none"
        counts[result.label.outcome.value][came] += 1
    return {
        outcome.value: dict(
            sorted(counts[outcome.value].items(), key=lambda item: (-item[1], item[0]))
        )
        for outcome in Outcome
        if outcome.value in counts
    }


def by_topic(results: Results, topic_of: Mapping[str, str]) -> dict[str, Share]:
    """Right first by the topic of the best accepted article that exists."""
    groups: defaultdict[str, list[MessageResult]] = defaultdict(list)
    for result in _answerable(results):
        topic = next((topic_of[a] for a in result.label.accept if a in topic_of), "")
        groups[topic].append(result)
    return {topic: right_first(groups[topic]) for topic in sorted(groups)}


def by_style(results: Results) -> dict[str, StyleFigures]:
    """Right first and in three by style of writing."""
    groups: defaultdict[str, list[MessageResult]] = defaultdict(list)
    for result in _answerable(results):
        groups[result.label.style].append(result)
    return {
        style: StyleFigures(right_first=right_first(group), in_three=in_three(group))
        for style, group in sorted(groups.items())
    }


def clarified(results: Results) -> Share:
    """An accepted article was on a button, of the answerable messages that were asked back."""
    return share(
        _offers_an_accepted(result)
        for result in _answerable(results)
        if result.turn.outcome is Outcome.CLARIFY
    )


def nearest_offered(results: Results) -> Share:
    """The same, where the nearest articles were offered beside an officer."""
    return share(
        _offers_an_accepted(result)
        for result in _answerable(results)
        if result.turn.outcome is Outcome.HANDOVER and result.turn.offered
    )


def _offers_an_accepted(result: MessageResult) -> bool:
    return not set(result.turn.offered).isdisjoint(result.label.accept)


def _answerable(results: Results) -> list[MessageResult]:
    return [result for result in results if result.label.wants_article]
