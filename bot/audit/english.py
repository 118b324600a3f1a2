"""Articles in English tell what their Vietnamese articles tell: no other number, no less doubt."""

import calendar
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bot.audit.figures import stated
from bot.audit.shelf import Shelf, at, bare
from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from bot.knowledge.english.english_article import EnglishArticle
from bot.knowledge.files.problem import Problem

_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b")
_ENGLISH_DATE = re.compile(
    rf"\b(\d{{1,2}}) ({'|'.join(calendar.month_name[1:])})(?: (\d{{4}}))?\b", re.IGNORECASE
)
_MONTHS = {name.lower(): place for place, name in enumerate(calendar.month_name) if name}
_VIETNAMESE_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)(?: (nghin|ngan|trieu|ty)\b)?"
)
_ENGLISH_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?: (thousand|million|billion)\b)?"
)
_SCALE = {
    "nghin": 1000,
    "ngan": 1000,
    "thousand": 1000,
    "trieu": 10**6,
    "million": 10**6,
    "ty": 10**9,
    "billion": 10**9,
}
_IN_WORDS = {
    word: Decimal(number)
    for number, word in enumerate(
        (
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ),
        start=2,
    )
}
_TERM_IN_WORDS = re.compile(
    rf"\b({'|'.join(_IN_WORDS)})(?: |-)(?:working |calendar )?"
    r"(?:hour|day|week|month|year|percent|time)s?\b",
    re.IGNORECASE,
)
"""Terms that are written out count as numbers; "the seven wastes" is none."""


def numbers_of_its_own(shelf: Shelf) -> Iterator[Problem]:
    """Numbers and dates in English that the Vietnamese article does not hold."""
    for file, english, article in _pairs(shelf):
        told = f"{english.short}\n{english.unconfirmed}"
        source = bare("\n".join([article.title, stated(article), article.verify_note]))
        source += "\n" + "\n".join(bare(one.clause or "") for one in article.sources)
        known, dates = _vietnamese_numbers(source), set(_dates(source))
        for words, date in _english_dates(told):
            if not any(_agree(date, other) for other in dates):
                yield at(file, words, f"says “{words}”, and {article.id} does not")
        for words, number in _english_numbers(told):
            if number not in known:
                yield at(file, words, f"says “{words}”, and {article.id} does not")


def silent_doubts(shelf: Shelf) -> Iterator[Problem]:
    """Doubt that the Vietnamese article tells and the English one does not."""
    for file, english, article in _pairs(shelf):
        if article.verify and not english.unconfirmed.strip():
            yield at(file, "id:", f"{article.id} is not verified: `unconfirmed` must say what")


def asks_twice(shelf: Shelf) -> Iterator[Problem]:
    """Ways of asking that stand in two articles, or twice in one."""
    seen: dict[str, tuple[str, int]] = {}
    for file, english in shelf.english:
        for place, ask in enumerate(english.asks):
            first = seen.setdefault(plain(ask), (english.id, place))
            if first != (english.id, place):
                yield at(file, ask, f"“{ask}” stands in {first[0]} too")


def changed_since(shelf: Shelf) -> Iterator[Problem]:
    """Articles whose Vietnamese text is another one since they were made from it."""
    for file, english, article in _pairs(shelf):
        if english.made_from != article.mark:
            message = (
                f"{article.id} has changed since: look through both, "
                f'then write made_from: "{article.mark}"'
            )
            yield at(file, "made_from:", message)


def _pairs(shelf: Shelf) -> Iterator[tuple[Path, EnglishArticle, Article]]:
    articles = {article.id: article for _, article in shelf.articles}
    for file, english in shelf.english:
        if english.id in articles:
            yield file, english, articles[english.id]


_Day = tuple[int, int, int | None]


def _dates(text: str) -> Iterator[_Day]:
    for day, month, year in _DATE.findall(text):
        yield int(day), int(month), int(year) if year else None


def _english_dates(text: str) -> Iterator[tuple[str, _Day]]:
    for found in _ENGLISH_DATE.finditer(text):
        day, month, year = found.groups()
        yield found[0], (int(day), _MONTHS[month.lower()], int(year) if year else None)
    for found in _DATE.finditer(text):
        yield found[0], next(_dates(found[0]))


def _agree(one: _Day, other: _Day) -> bool:
    return one[:2] == other[:2] and (one[2] is None or one[2] == other[2])


def _vietnamese_numbers(text: str) -> frozenset[Decimal]:
    """The numbers of a text, each as it stands, and with the word of its size."""
    found: set[Decimal] = set()
    for digits, size in _VIETNAMESE_NUMBER.findall(_parted(text)):
        number = Decimal(digits.replace(".", "").replace(",", "."))
        found |= {number, number * _SCALE.get(size, 1)}
    return frozenset(found)


def _english_numbers(text: str) -> Iterator[tuple[str, Decimal]]:
    without_dates = _ENGLISH_DATE.sub(" ", text)
    for found in _ENGLISH_NUMBER.finditer(_parted(without_dates)):
        number = Decimal(found[1].replace(",", ""))
        yield found[0], number * _SCALE.get(found[2], 1)
    for found in _TERM_IN_WORDS.finditer(text):
        yield found[0], _IN_WORDS[found[1].lower()]


def _parted(text: str) -> str:
    """The text with the numbers of names and documents apart: `9001:2015`, `37/2026`, `QCVN3`."""
    return re.sub(r"[/:–\-+]", " ", re.sub(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])", " ", text))
