"""The lines of an article that answer what the words ask and the visible answer does not say."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.articles.article import Article
from bot.search.asking.elliptical import names_nothing
from vietnamese.terms import bare_words

PAIR = 2
"""What a pair of words that stands in both counts; a single word counts 1."""

SURE = 6
"""From which a line is taken to answer: two pairs of the owner's words, and two more words."""

NEAR_THE_BEST = 0.7
MOST_LINES = 2
LONGEST = 320
"""Characters of a line: a longer one is a paragraph of its own, behind the button."""

LEAST_DIGITS = 2


@dataclass(frozen=True)
class _Terms:
    """The words and the pairs of neighbours that tell something."""

    words: frozenset[str]
    pairs: frozenset[str]


def passages(article: Article, text: str, visible: str) -> list[str]:
    """The nearest lines of the detail and of the aspects, best first; none where none is near.

    A word counts where neither the visible answer nor the title holds it: what they say is said.
    """
    asked, said = _terms(text), _terms(f"{article.title} {visible}")
    words, pairs = asked.words - said.words, asked.pairs - said.pairs
    if not pairs:
        return []
    scored = []
    for line in _lines(article):
        held = _terms(line)
        score = PAIR * len(pairs & held.pairs) + len(words & held.words)
        if score >= SURE and line not in visible:
            scored.append((score, line))
    scored.sort(key=lambda one: -one[0])
    best = scored[0][0] if scored else 0
    return [line for score, line in scored[:MOST_LINES] if score >= NEAR_THE_BEST * best]


def _lines(article: Article) -> Iterator[str]:
    for line in article.detail.split("\n"):
        bare = line.strip().lstrip("-0123456789. ")
        if bare and len(bare) <= LONGEST and not bare.endswith(":"):
            yield bare
    yield from (told.say for told in article.aspects.values())


def _terms(text: str) -> _Terms:
    words = bare_words(text)
    telling = [_tells(word) for word in words]
    pairs = (
        f"{first} {second}"
        for first, second, one, other in zip(words, words[1:], telling, telling[1:], strict=False)
        if one or other
    )
    return _Terms(
        frozenset(word for word, tells in zip(words, telling, strict=True) if tells),
        frozenset(pairs),
    )


def _tells(word: str) -> bool:
    return len(word) >= LEAST_DIGITS if word.isdigit() else not names_nothing(word)
