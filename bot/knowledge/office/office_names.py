"""The offices found in what an owner writes: by name, or by their work."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.office.reach_asked import MARK, OWN_NAME
from bot.domain.text.names import Names
from bot.domain.text.plain import plain
from bot.knowledge.office.office import Office
from vietnamese.accents import has_accents
from vietnamese.terms import words_of


@dataclass(frozen=True)
class NamedOffice:
    """An office that a text names. `is_own_name`: itself and not its work.

    `said`: the bare words of the text with `MARK` in place of the name. `is_inside`: by work that
    firms do of their own, too.
    """

    office: Office
    said: str
    is_own_name: bool
    is_inside: bool = False


class OfficeNames:
    """How every office is called. Immutable."""

    def __init__(self, offices: Iterable[Office]) -> None:
        named = [(name, office) for office in offices for name in _names_of(office)]
        self._accented = Names((" ".join(words_of(name)), office) for name, office in named)
        self._bare = Names(
            (plain(name), office)
            for name, office in named
            if " " in plain(name) or not has_accents(name)
        )

    def named_in(self, text: str) -> NamedOffice | None:
        """The one office that a text names, in any spelling; None where it names none, or several.

        What is named itself goes before what is named by its work. A name of one syllable needs
        its accents.
        """
        written = " ".join(words_of(text))
        readings = (
            (self._accented, written),
            (self._bare, plain(written)),
            (self._bare, plain(text)),
        )
        heard = [(names.found_in(words), words) for names, words in readings]
        found, words = max(heard, key=lambda one: sum(map(len, dict(one[0]))))
        itself = [one for one in found if _is_own(one[0])] or found
        if len({office.id for _, office in itself}) != 1:
            return None
        name, office = itself[0]
        said = plain(Names(itself).cut_out(words, put=MARK))
        is_inside = plain(name) in map(plain, office.called_inside)
        return NamedOffice(office, said, _is_own(name), is_inside)


def _is_own(name: str) -> bool:
    """Whether it is the name of an office and not of some work."""
    return OWN_NAME.match(plain(name)) is not None


def _names_of(office: Office) -> Iterator[str]:
    """What it is called; a title without what stands behind a comma or in brackets."""
    for title in (office.title, office.short):
        yield title.partition("(")[0].partition(",")[0].strip()
    yield from office.called
    yield from office.called_inside
