"""A date that an article writes beside a document is the register's."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import zip_longest

from bot.audit.named_documents import Mention, Numbers
from bot.audit.shelf import Shelf, at, bare, told
from bot.knowledge.files.problem import Problem
from bot.knowledge.register import LegalDocument

REACH = 40
"""Characters behind a document's number within which a date is taken to be its own."""

_DATE = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})"
_CLAIM = re.compile(
    rf"(?P<over>het hieu luc (?:ke )?(?:tu )?(?:ngay )?)?"
    rf"(?P<until>hieu luc den (?:het )?(?:ngay )?)?"
    rf"(?P<from>\b(?:ke )?tu (?:ngay )?)?"
    rf"(?P<issued>\bban hanh (?:ngay )?|\bngay )?"
    rf"(?P<bracket>\()?{_DATE}"
)
"""What is said of a date: from when, until when, or issued on; of a date alone nothing is said."""


def contradicting_dates(shelf: Shelf) -> Iterator[Problem]:
    """Dates beside a document in an article that differ from those of the register."""
    numbers = Numbers(shelf.documents.values())
    for file, article in shelf.articles:
        text = told(article)
        mentions = list(numbers.mentions(text))
        for mention, behind in zip_longest(mentions, mentions[1:]):
            clause = _clause(text, mention, behind)
            found = _CLAIM.search(clause)
            wrong = _contradiction(mention.document, found) if found is not None else ""
            if wrong:
                yield at(file, text[mention.start : mention.end], wrong)


def _clause(text: str, mention: Mention, behind: Mention | None) -> str:
    """What follows a document within its clause, in bare letters, up to the next document."""
    reach = mention.end + REACH + len("dd/mm/yyyy")
    end = min(reach, behind.start) if behind is not None else reach
    return re.split(r"[;\n]|\.\s|\)\s*[^\s,.;:)]", bare(text[mention.end : end]), maxsplit=1)[0]


def _contradiction(document: LegalDocument, found: re.Match[str]) -> str:
    """What contradicts what; empty where nothing does, or where the register does not know."""
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return f"{found[0]} beside {document.id} is no day"
    name, known = _claimed(document, found)
    if not known or None in known or day in known:
        return ""
    register = " or ".join(str(one) for one in sorted(one for one in known if one is not None))
    return f"says that {document.id} is {name} {day}; the register says {register}"


def _claimed(document: LegalDocument, found: re.Match[str]) -> tuple[str, set[date | None]]:
    """What the article says of the day, and the days that the register has for it."""
    end = document.in_force_to
    if found["over"]:
        return "over from", {end + timedelta(days=1) if end is not None else None}
    if found["until"]:
        return "in force until", {end}
    if found["from"]:
        return "in force from", {document.in_force_from}
    if found["issued"]:
        return "issued on", {document.issued_on}
    if found["bracket"]:
        return "issued or in force on", {document.issued_on, document.in_force_from}
    return "", set()
