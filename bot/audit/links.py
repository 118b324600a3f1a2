"""Whether the pages that articles name are there."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

from bot.knowledge.articles.article import Article

AT_ONCE = 8
SECONDS = 15.0
GONE = 400
"""From this status on a page is not what it was."""

REFUSES_PROGRAMS = frozenset({401, 403, 405, 429})
"""There, and open to browsers alone."""


@dataclass(frozen=True)
class Page:
    """An address and the articles that name it."""

    address: str
    articles: tuple[str, ...]


def pages_of(articles: Iterable[Article]) -> list[Page]:
    """Each address once, in the order of the articles."""
    named: dict[str, list[str]] = {}
    for article in articles:
        for link in article.links:
            named.setdefault(link.address, []).append(article.id)
    return [Page(address, tuple(ids)) for address, ids in named.items()]


def unreachable(pages: Iterable[Page], *, seconds: float = SECONDS) -> Iterator[tuple[Page, str]]:
    """The pages that do not answer, and why; in their order."""
    listed = list(pages)
    with (
        httpx.Client(timeout=seconds, follow_redirects=True) as client,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        found = pool.map(lambda page: _fault(client, page.address), listed)
        yield from ((page, fault) for page, fault in zip(listed, found, strict=True) if fault)


def _fault(client: httpx.Client, address: str) -> str:
    try:
        with client.stream("GET", address) as response:
            status = response.status_code
    except httpx.HTTPError as error:
        return type(error).__name__
    return "" if status < GONE or status in REFUSES_PROGRAMS else f"HTTP {status}"
