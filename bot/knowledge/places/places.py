"""All provinces, and the communes of the department's own: by code, and by what is typed."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.text.plain import without_accents
from bot.knowledge.places.gazetteer import Gazetteer
from bot.knowledge.places.place import Commune, Province
from vietnamese.accents import has_accents, place_tones


@dataclass(frozen=True)
class Places:
    """Provinces and communes in the order of the file; empty where there is no file.

    `home_code`: of the province whose communes they are.
    """

    provinces: Sequence[Province] = ()
    communes: Sequence[Commune] = ()
    home_code: str = ""

    @property
    def home(self) -> Province | None:
        """The department's own province."""
        return self.province(self.home_code)

    def province(self, code: str) -> Province | None:
        """The province of a code."""
        return self._provinces.get(code)

    def commune(self, code: str) -> Commune | None:
        """The commune of a code."""
        return self._communes.get(code)

    def find_commune(self, text: str) -> list[Commune]:
        """The communes that a text means: one where it is clear, several where it is not.

        A code, a name, or an address of the two levels or of the three before, with accents or
        without, with what the place is or without, in short or in full. A district or an old
        province tells old units of one name apart; a whole name without a district is one of
        today. Of an old unit that was divided, all that it went into. None in another province.
        """
        known = self._communes.get(text.strip())
        if known is not None:
            return [known]
        found = self._accented.communes_in(text) if has_accents(text) else []
        return found or self._bare.communes_in(text)

    def find_province(self, text: str) -> list[Province]:
        """The provinces that a text names, by a code, a name of today or one from before."""
        known = self._provinces.get(text.strip())
        if known is not None:
            return [known]
        found = self._accented.provinces_in(text) if has_accents(text) else []
        return found or self._bare.provinces_in(text)

    @cached_property
    def _provinces(self) -> Mapping[str, Province]:
        return {one.code: one for one in self.provinces}

    @cached_property
    def _communes(self) -> Mapping[str, Commune]:
        return {one.code: one for one in self.communes}

    @cached_property
    def _accented(self) -> Gazetteer:
        return Gazetteer(self.provinces, self.communes, self.home, _with_accents)

    @cached_property
    def _bare(self) -> Gazetteer:
        return Gazetteer(self.provinces, self.communes, self.home, _without_accents)


def _with_accents(text: str) -> str:
    return place_tones(unicodedata.normalize("NFC", text).lower())


def _without_accents(text: str) -> str:
    return without_accents(text.casefold())
