"""How many groups and goods a message speaks of: "2 nhóm, 8 + 4 sản phẩm"."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.text.plain import folded

MOST_GROUPS = 45
"""Classes of the Nice classification."""

MOST_GOODS = 1_000_000

_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "tram": 100,
}  # fmt: skip
"""In bare letters. Six is written as "after", and the other four as "from": "từ sản phẩm thứ 7"."""

_NUMBER = rf"(?:\d{{1,7}}|{'|'.join(_WORDS)})"
_GOODS = r"(?:san pham|sp|mat hang|mon(?: hang)?|loai(?: hang)?|items?|skus?|dich vu)"
_JOINT = r"\s*(?:\+|va|voi|,|/)\s*"

_GROUPS = re.compile(rf"\b({_NUMBER})\s*(?:nhom|lop|class(?:es)?)\b")
_EACH = re.compile(
    rf"\b(?:moi|tung)\s*(?:nhom|lop)\s*(?:co\s*|khoang\s*|gom\s*)?({_NUMBER})\b"
    rf"|\b({_NUMBER})\s*{_GOODS}\s*(?:moi|/)\s*(?:nhom|lop)\b"
)
_LIST = re.compile(rf"\b({_NUMBER}(?:{_JOINT}{_NUMBER})*)\s*{_GOODS}\b")
_OF_GROUPS = re.compile(
    rf"\bnhom\s*(?:dau|sau|thu\s*\w+|\d{{1,2}}|kia|nay|mot|hai|ba)?\s*(?:co|la|gom|:)?\s*"
    rf"({_NUMBER})\s*{_GOODS}\b"
)

_APART = re.compile(r"\bkhac (?:nhom|lop)\b|\bmoi (?:mon|loai|san pham) (?:mot|1) nhom\b")
"""The goods lie in groups of their own: “hai món này chắc khác nhóm”."""


@dataclass(frozen=True)
class GoodsCount:
    """`groups`: goods in each group, as told; empty where none are. `goods`: all of them, or 0.

    `says_groups`: whether groups were named at all.
    """

    groups: tuple[int, ...] = ()
    goods: int = 0
    says_groups: bool = False


def goods_count(text: str, *, unless_told: int) -> GoodsCount | None:
    """What is counted; None where nothing is. `unless_told`: goods of a group of which none is."""
    said = folded(unicodedata.normalize("NFC", text)[:2000])
    named = _GROUPS.search(said)
    groups = min(_value(named[1]), MOST_GROUPS) if named else 0
    each = _EACH.search(said)
    if each is not None:
        goods = _value(each[1] or each[2])
        return _counted([goods] * max(groups, 1), says_groups=True)
    by_group = [_value(found[1]) for found in _OF_GROUPS.finditer(said)]
    if len(by_group) > 1:
        return _counted(by_group, says_groups=True)
    listed = [re.findall(_NUMBER, found[1]) for found in _LIST.finditer(said)]
    goods_told = [_value(one) for numbers in listed for one in numbers]
    if not goods_told:
        return _counted([unless_told] * groups, says_groups=True) if groups else None
    if len(goods_told) == 1 and groups > 1:
        return _counted(_shared(goods_told[0], groups), says_groups=True)
    if len(goods_told) == 1 and groups <= 1 and _APART.search(said):
        return _counted([1] * min(goods_told[0], MOST_GROUPS), says_groups=True)
    missing = [unless_told] * max(0, groups - len(goods_told))
    return _counted([*goods_told, *missing], says_groups=bool(groups))


def _counted(groups: Sequence[int], *, says_groups: bool) -> GoodsCount | None:
    kept = tuple(groups[:MOST_GROUPS])
    if not kept or not all(0 < goods <= MOST_GOODS for goods in kept):
        return None
    return GoodsCount(kept, sum(kept), says_groups)


def _shared(goods: int, groups: int) -> list[int]:
    """So many goods over so many groups, as evenly as may be: nobody told which lie where."""
    whole, over = divmod(goods, groups)
    return [max(1, whole + (place < over)) for place in range(groups)]


def _value(word: str) -> int:
    return _WORDS.get(word) or int(word)
