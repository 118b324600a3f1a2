"""The words of texts as a search compares them, from revision 0008 on.

`domain.search_text` as it was then: migrations must not change with it. Another rule gets a file of
its own.
"""

import re
import unicodedata

NUMBER = re.compile(r"[0-9](?:[ .,/_()‐–-]{0,3}[0-9]){5,}")
WORD = re.compile(r"\d+|[^\W\d_]+")
D_WITH_STROKE = str.maketrans(
    {**dict.fromkeys(("đ", "ð", "ɖ"), "d"), **dict.fromkeys(("Đ", "Ð", "Ɖ"), "D")}
)


def words_of(*texts: str | None) -> str:
    """The folded words of texts, and behind them the numbers that were written in groups."""
    folded = [_folded(text or "") for text in texts]
    words = [word for text in folded for word in WORD.findall(text)]
    runs = [run for text in folded for run in NUMBER.findall(text)]
    numbers = [re.sub(r"[^0-9]", "", run) for run in runs]
    return " ".join([*words, *(number for number in numbers if number not in words)])


def _folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare.translate(D_WITH_STROKE).lower()
