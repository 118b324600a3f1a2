"""Articles by what they are called: their titles, subjects and buttons, in any spelling."""

from collections.abc import Iterable, Iterator, Mapping

from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article

_BEFORE = frozenset(
    {"da", "vang", "alo", "chao", "ad", "admin", "anh", "chi", "em", "toi", "minh", "tui", "oi"}
    | {"cho", "xin", "muon", "can", "hoi", "biet", "ve", "giup", "voi"}
)
_BEHIND = frozenset(
    {"a", "ah", "nhe", "nha", "nhen", "voi", "vay", "the", "di", "gium", "giup"}
    | {"em", "anh", "chi", "ad", "oi"}
)
"""Words of politeness around a name: "cho em hỏi chi phí đăng ký nhãn hiệu ạ"."""

LONGEST = 30
"""Words of a text that is looked into: what is longer is no name."""


def by_name(articles: Iterable[Article]) -> Mapping[str, str]:
    """The article of each name that only one article has, the names in bare letters."""
    found: dict[str, set[str]] = {}
    for article in articles:
        for name in (article.title, article.subject, article.button):
            found.setdefault(plain(name), set()).add(article.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def names_in(text: str) -> Iterator[str]:
    """What a text may name, in bare letters: all of it, and it without words of politeness."""
    words = plain(text).split()
    if len(words) > LONGEST:
        return
    first = next((n for n, word in enumerate(words) if word not in _BEFORE), len(words))
    polite = next((n for n, word in enumerate(reversed(words)) if word not in _BEHIND), len(words))
    for start in range(first + 1):
        for end in range(len(words), max(start, len(words) - polite - 1), -1):
            yield " ".join(words[start:end])
