"""Names found in a text in one spelling, the longest that fits: "xăng dầu" is no "xăng"."""

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Names(Generic[T]):
    """What several names stand for; one name may stand for several things. Immutable."""

    def __init__(self, named: Iterable[tuple[str, T]]) -> None:
        self._meant: dict[str, list[T]] = {}
        for name, thing in named:
            self._meant.setdefault(name, []).append(thing)
        longest_first = sorted(self._meant, key=len, reverse=True)
        self._any = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})\b")

    def found_in(self, words: str) -> list[tuple[str, T]]:
        """Each name with what it stands for, in the order of the words."""
        return [(name, thing) for name in self._any.findall(words) for thing in self._meant[name]]

    def cut_out(self, words: str, put: str = "") -> str:
        """The words without the names; with another word `put` in place of each."""
        return " ".join(self._any.sub(f" {put} ", words).split())
