"""Colours of the console have names, so that the dark page can give them other values."""

import re

from bot.console.application import STATIC

SHEET = (STATIC / "console.css").read_text(encoding="utf-8")
ROOTS = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)
REST = re.sub(r":root \{.*?\}", "", SHEET, flags=re.DOTALL)


def names(block: str) -> set[str]:
    return set(re.findall(r"(--[\w-]+):", block))


def test_no_rule_has_a_colour_of_its_own() -> None:
    assert re.findall(r"#[0-9a-f]{3,8}\b[^{}]*;", REST) == []


def test_every_name_has_a_value_and_every_value_is_used() -> None:
    light, dark = map(names, ROOTS)
    assert dark <= light == set(re.findall(r"var\((--[\w-]+)\)", REST))
