"""All sectors: by code, and by what is typed for one."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.enterprise.size_class import BusinessField
from bot.domain.text.names import Names
from bot.domain.text.plain import holds_words, plain
from bot.knowledge.sectors.sector import Section, Sector
from vietnamese.accents import has_accents
from vietnamese.terms import words_of

Spelling = Callable[[str], str]

_CODE = re.compile(r"(?:[a-z] ?)?(\d{2})\d{0,3}(?!\d)")
"""At the start: a code of two to five digits, maybe behind the letter of its section."""


@dataclass(frozen=True)
class Sectors:
    """The list, in the order of the file; empty where there is no file."""

    sections: Sequence[Section] = ()
    sectors: Sequence[Sector] = ()

    def sector(self, code: str) -> Sector | None:
        """The sector of a code of two digits."""
        return self._by_code.get(code)

    def section(self, letter: str) -> Section | None:
        """The group of sectors of a letter."""
        return self._by_letter.get(letter)

    def field_of(self, sector: str) -> BusinessField | None:
        """The field of a sector's code; None where there is no such sector."""
        found = self._by_code.get(sector)
        section = self._by_letter.get(found.section) if found is not None else None
        return section.field if section is not None else None

    def find(self, text: str) -> list[Sector]:
        """The sectors that a text means: one where it is clear, several where it is not.

        It may begin with a code of two to five digits, of which the first two count; it may be the
        letter or the name of a section; else its words are looked for, with accents where it has
        any.
        """
        typed = plain(text)
        if code := _CODE.match(typed):
            return self._coded(code[1])
        if len(typed) == 1 and typed.upper() in self._by_letter:
            return self._in_section(typed.upper())
        if has_accents(text):
            said = _accented(text)
            found = self._said(said, _accented) or _named_in(said, self._accented)
            if found:
                return found
        return self._said(typed, plain) or _named_in(typed, self._bare)

    def _coded(self, code: str) -> list[Sector]:
        known = self._by_code.get(code)
        return [known] if known is not None else [s for s in self.sectors if code in s.before]

    def _in_section(self, letter: str) -> list[Sector]:
        return [one for one in self.sectors if one.section == letter]

    def _said(self, said: str, spelt: Spelling) -> list[Sector]:
        """The sectors whose name it is, whole or in part, by the closest likeness there is."""
        if not said:
            return []
        names = self._names[spelt]
        if found := [one for one, name in names if name == said]:
            return _once(found)
        if section := next((one for one in self.sections if spelt(one.name) == said), None):
            return self._in_section(section.letter)
        if found := [one for one, name in names if holds_words(name, said)]:
            return _once(found)
        words = set(said.split())
        return _once(one for one, name in names if words <= set(name.split()))

    @cached_property
    def _names(self) -> Mapping[Spelling, list[tuple[Sector, str]]]:
        return {
            spelt: [(one, spelt(name)) for one in self.sectors for name in (one.name, *one.called)]
            for spelt in (_accented, plain)
        }

    @cached_property
    def _accented(self) -> Names[Sector]:
        return Names((name, one) for one, name in self._names[_accented])

    @cached_property
    def _bare(self) -> Names[Sector]:
        """One syllable without its accents is any word: it names nothing within a text."""
        return Names((name, one) for one, name in self._names[plain] if " " in name)

    @cached_property
    def _by_code(self) -> Mapping[str, Sector]:
        return {one.code: one for one in self.sectors}

    @cached_property
    def _by_letter(self) -> Mapping[str, Section]:
        return {one.letter: one for one in self.sections}


def _accented(text: str) -> str:
    return " ".join(words_of(text))


def _named_in(said: str, names: Names[Sector]) -> list[Sector]:
    """The sectors whose names stand in it; several where it speaks of several."""
    return _once(one for _, one in names.found_in(said))


def _once(sectors: Iterable[Sector]) -> list[Sector]:
    return list({one.code: one for one in sectors}.values())
