"""Documents that an article names in its words: known to the register, and cited beside them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.audit.shelf import Shelf, at, bare, told
from bot.knowledge.files.problem import Problem
from bot.knowledge.register import DocumentKind, LegalDocument

LEGAL = frozenset(
    {
        DocumentKind.LAW,
        DocumentKind.DECREE,
        DocumentKind.CIRCULAR,
        DocumentKind.DECISION,
        DocumentKind.RESOLUTION,
        DocumentKind.DIRECTIVE,
        DocumentKind.CONSOLIDATED,
    }
)
"""What gives an owner rights and duties; a standard may be named in passing."""

_KIND = r"(?:luat|nghi dinh|nd|thong tu|tt|quyet dinh|qd|nghi quyet|nq|chi thi|ct)"
_EDGE_BEFORE, _EDGE_BEHIND = r"(?<![\w/.])", r"(?![\w/-])"

_ANY_NUMBER = re.compile(
    rf"{_EDGE_BEFORE}(?:"
    r"\d+(?:\.\d+)?/(?:\d{4}/)?(?:qh\d+|(?:nd|tt|ttlt|qd|nq|ct|vbhn|pl)(?:-[a-z0-9]+)+)"
    r"|\d+-(?:nq|ct|kl|qd)/tw"
    rf"){_EDGE_BEHIND}"
)
"""The number of any Vietnamese legal document, in bare letters."""

_LETTER = re.compile("[a-z]")
_WITHOUT_ISSUER = re.compile(r"(\d+/\d{4})/")


@dataclass(frozen=True)
class Mention:
    """A document named at `start`–`end` of a text."""

    document: LegalDocument
    start: int
    end: int


class Numbers:
    """The numbers of a register, found in texts."""

    def __init__(self, documents: Iterable[LegalDocument]) -> None:
        self._documents = list(documents)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Known documents by their number, also as `Luật 78/2025`, in the order of the text."""
        for match in self._pattern.finditer(bare(text)):
            written = match["number"] or match["short"]
            yield Mention(self._by_number[written], match.start(), match.end())

    @cached_property
    def _by_number(self) -> dict[str, LegalDocument]:
        found: dict[str, LegalDocument] = {}
        ambiguous = set()
        for document in self._documents:
            number = bare(document.number or "")
            # A number without a letter, such as that of a certificate, is also just a number.
            if _LETTER.search(number) is None:
                continue
            found[number] = document
            short = _WITHOUT_ISSUER.match(number)
            if short is not None and short[1] in found:
                ambiguous.add(short[1])
            elif short is not None:
                found[short[1]] = document
        return {number: one for number, one in found.items() if number not in ambiguous}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        numbers = sorted(self._by_number, key=len, reverse=True)
        whole = _any_of(number for number in numbers if _LETTER.search(number))
        short = _any_of(number for number in numbers if not _LETTER.search(number))
        return re.compile(
            rf"{_EDGE_BEFORE}(?P<number>{whole}){_EDGE_BEHIND}"
            rf"|\b{_KIND}\s+(?P<short>{short}){_EDGE_BEHIND}"
        )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or "(?!)"


def unknown_documents(shelf: Shelf) -> Iterator[Problem]:
    """Legal documents that an article names and the register lacks."""
    numbers = Numbers(shelf.documents.values())
    for file, article in shelf.articles:
        text = told(article)
        known = [(mention.start, mention.end) for mention in numbers.mentions(text)]
        for match in _ANY_NUMBER.finditer(bare(text)):
            if not any(start <= match.start() < end for start, end in known):
                number = text[match.start() : match.end()]
                yield at(file, number, f"{number} is not in register.yml")


def uncited_documents(shelf: Shelf, today: date) -> Iterator[Problem]:
    """Legal documents that an article names without citing them: no dates stand beside them.

    An old one may be named where what replaced it is cited: the article says that it is old.
    """
    numbers = Numbers(shelf.documents.values())
    for file, article in shelf.articles:
        cited = {source.document for source in article.sources}
        text = told(article)
        for mention in numbers.mentions(text):
            document = mention.document
            is_cited = document.id in cited or _is_told_as_old(document, cited, today)
            if document.kind in LEGAL and not is_cited:
                words = text[mention.start : mention.end]
                yield at(file, words, f"names {words}, yet {document.id} is not among its sources")


def _is_told_as_old(document: LegalDocument, cited: set[str], today: date) -> bool:
    return not document.holds_on(today) and not cited.isdisjoint(document.replaced_by)
