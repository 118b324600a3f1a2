"""Two questions in one message: "đăng ký ở đâu và mỗi năm đóng phí bao nhiêu"."""

import re

from vietnamese import normalise
from vietnamese.accents import has_accents

MOST = 3
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
