"""A matter, and the article on each thing that may be asked about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.text.plain import holds_words, plain
from bot.knowledge.articles.aspect import Aspect
from vietnamese.normal import normalise

REMEMBERED = 64
"""Messages whose matter is kept."""


class Matter(BaseModel):
    """`names`: as owners call it, in any spelling; `what`: the article on what it is.

    `told`: the article on each aspect; of the others `what` tells what it holds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    names: list[str] = Field(min_length=1)
    what: str
    told: Mapping[Aspect, str] = {}

    def is_named_in(self, text: str) -> bool:
        """Whether a text holds one of its names."""
        said = plain(text)
        return any(holds_words(said, plain(name)) for name in self.names)


class MatterFile(BaseModel):
    """`matters.yml`; nothing where there is no file."""

    model_config = ConfigDict(extra="forbid")

    matters: list[Matter] = []


@dataclass(frozen=True)
class Named:
    """A matter that a message names, and the message's plain words without its name."""

    matter: Matter
    rest: str


@dataclass(frozen=True)
class Matters:
    """Matters by name and by article."""

    rows: tuple[Matter, ...] = ()

    def named_in(self, text: str) -> Named | None:
        """The one matter that a message names, by its longest name; None where it names several.

        Shorthand is written out where the words as they stand name none: "giải thưởng clqg".
        """
        return self._remembered(text)

    @cached_property
    def _remembered(self) -> Callable[[str], Named | None]:
        # Several stages ask for the same message within one turn.
        return lru_cache(REMEMBERED)(
            lambda text: self._named(plain(text)) or self._named(plain(normalise(text)))
        )

    def _named(self, words: str) -> Named | None:
        said = f" {words} "
        found: Matter | None = None
        for name, matter in self._by_name:
            if f" {name} " not in said:
                continue
            if found is not None and found != matter:
                return None
            found, said = matter, said.replace(f" {name} ", " ")
        return Named(found, said.strip()) if found is not None else None

    def of(self, article_id: str) -> Matter | None:
        """The matter that an article speaks of: it tells what it is, or one of its aspects."""
        return self._by_article.get(article_id)

    @cached_property
    def _by_name(self) -> list[tuple[str, Matter]]:
        names = [(plain(name), matter) for matter in self.rows for name in matter.names]
        return sorted(names, key=lambda one: -len(one[0]))

    @cached_property
    def _by_article(self) -> Mapping[str, Matter]:
        told = {id_: matter for matter in reversed(self.rows) for id_ in matter.told.values()}
        return told | {matter.what: matter for matter in reversed(self.rows)}
