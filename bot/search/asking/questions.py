"""Several questions in one message: "đăng ký ở đâu và mỗi năm đóng phí bao nhiêu"."""

import re
from dataclasses import dataclass

from bot.domain.text.plain import plain
from vietnamese import normalise
from vietnamese.accents import has_accents

MOST = 5
"""Questions told apart in one message; what follows stays with the last."""

SHORTEST = 2
"""Words of a question."""

_JOINT = re.compile(
    r"""
    [?!;\n]+\s*
    | (?<!\.)\.+(?:\s+|$)
    | ,\s*(?:(?:với\s+lại|voi\s+lai|rồi|roi|còn|và|va|mà|ma|vs)\s+)?
    | (?<!\s)\s+(?:với\s+lại|voi\s+lai|rồi|roi|còn|và|va|vs)\s+
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Where one question may end and the next begin."""

_BARE_JOINT = re.compile(_JOINT.pattern + r"| (?<!\s)\s+con\s+", re.VERBOSE | re.IGNORECASE)
"""Without accents "con" is mostly còn; with them it is a child, or counts animals."""

_ASKS = re.compile(
    r"""\b(?:
    gì | sao | đâu | nào | mấy | nhiêu | bao\ nhiêu | bao\ lâu | ai | hả | hở
    | gi | ở\ dau | o\ dau | nao | bao\ nhieu | bao\ lau
    | (?:phi|gia|ton|het|mat|tien)\ (?:nhieu|nhiu)
    | may\ (?:nam|thang|ngay|buoc|tien|nhom|trieu|loai)
    )\b
    | \b(?:không|khong|chưa|chua)(?:\ (?:ạ|a|vậy|vay|em|anh|chị|chi|bạn|ban|ad|admin|nhỉ))*$
    """,
    re.VERBOSE,
)
"""What makes a clause a question, in words written out. Bare `dau` and `may` may be dấu and máy, so
they count only beside what settles it."""


_NUMBER = re.compile(
    r"(?:^|(?<=[\s,;:.?!]))(?:c[âa]u\s+)?([1-9])\s*(?:[.):/]|-(?=\s))\s*(?=\S)", re.IGNORECASE
)
"""The number before an item of a list."""

_HEADS = re.compile(
    r"(?:phi|le phi|chi phi|gia|ho so|thu tuc|giay to|thoi gian|thoi han|muc phat|dieu kien"
    r"|quy trinh|cach)\b"
)
"""Beginnings by which the items of a list ask one thing of several matters."""

MANY = 3
"""So many clauses that each ask are a list, however they are joined."""

LONGEST_ITEM = 14
"""Words: who writes more between two question marks tells a story."""


@dataclass(frozen=True)
class Questions:
    """The questions of a message in their order; mostly one. `listed`: plainly several."""

    parts: tuple[str, ...]
    listed: bool = False


def questions_of(text: str) -> Questions:
    """The questions that a message holds, and whether it plainly lists them."""
    numbered = _numbered(text)
    if numbered:
        return Questions(numbered, listed=True)
    alike = _alike(text)
    if alike:
        return Questions(alike, listed=True)
    parts = tuple(split_questions(text))
    short = all(len(part.split()) <= LONGEST_ITEM for part in parts)
    marked = len(parts) > 1 and text.count("?") >= len(parts)
    return Questions(parts, listed=short and (len(parts) >= MANY or marked))


def _numbered(text: str) -> tuple[str, ...]:
    """The items of a list that counts from one; what stands before it leads in."""
    places: list[tuple[int, int]] = []
    for found in _NUMBER.finditer(text):
        if int(found[1]) == len(places) + 1:
            places.append(found.span())
    if not 1 < len(places) <= MOST:
        return ()
    ends = [*(start for start, _ in places[1:]), len(text)]
    items = [text[s:e].strip(" ,;\n") for (_, s), e in zip(places, ends, strict=True)]
    return tuple(items) if all(len(item.split()) >= SHORTEST for item in items) else ()


def _alike(text: str) -> tuple[str, ...]:
    """The items that begin with the same word of asking: "phí A, phí B, phí C là bao nhiêu"."""
    items = [item.strip() for item in re.split(r"[,;\n]|\s+(?:và|va)\s+", text) if item.strip()]
    if not 1 < len(items) <= MOST or not all(
        SHORTEST <= len(i.split()) <= LONGEST_ITEM for i in items
    ):
        return ()
    heads = [_HEADS.match(plain(item)) for item in items]
    named = {head[0] for head in heads if head}
    return tuple(items) if all(heads) and len(named) == 1 else ()


def split_questions(text: str) -> list[str]:
    """The questions of a message in their order; mostly one, the message itself.

    Cuts only between two clauses that each ask on their own. A clause that asks nothing stays with
    the question behind it, at the end with the one before: it tells what the question is about.
    """
    cuts: list[tuple[int, int]] = []
    gap: tuple[int, int] | None = None
    for start, end, behind in _clauses(text):
        if _asks(text[start:end]):
            if gap is not None and len(cuts) < MOST - 1:
                cuts.append(gap)
            gap = (end, behind)
    starts = [0, *(behind for _, behind in cuts)]
    ends = [*(end for end, _ in cuts), len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _clauses(text: str) -> list[tuple[int, int, int]]:
    """Start and end of each clause, and where the next one starts."""
    joint = _JOINT if has_accents(text) else _BARE_JOINT
    edges = [match.span() for match in joint.finditer(text)]
    starts = [0, *(behind for _, behind in edges)]
    return [
        (start, end, behind)
        for start, (end, behind) in zip(starts, [*edges, (len(text), len(text))], strict=True)
    ]


def _asks(clause: str) -> bool:
    words = normalise(clause)
    return words.count(" ") + 1 >= SHORTEST and _ASKS.search(words) is not None
