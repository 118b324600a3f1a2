"""The keys of a word in the Telex way of typing, in no order: `hiệu`, `hieeụ`, `hieuej` are one."""

import unicodedata

_MARKS = {
    "\u0300": "f",
    "\u0301": "s",
    "\u0303": "x",
    "\u0309": "r",
    "\u0323": "j",
    "\u0306": "w",
    "\u031b": "w",
}
_HAT = "\u0302"


def keystrokes(word: str) -> str:
    """The keys, sorted: so that a tone typed late, early, or left as a letter changes nothing."""
    keys: list[str] = []
    for letter in word:
        base, *marks = list(unicodedata.normalize("NFD", letter))
        # A hat is its vowel typed twice; đ is d typed twice.
        keys.extend("dd" if base == "đ" else base)
        keys.extend(base if mark == _HAT else _MARKS.get(mark, "") for mark in marks)
    return "".join(sorted(keys))
