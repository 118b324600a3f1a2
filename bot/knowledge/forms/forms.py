"""The forms of a knowledge base, by article and by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.domain.text.typed_words import TypedWord, places_of, typed_words
from bot.knowledge.articles.article import Article
from bot.knowledge.forms.form import Form

_TAKEN = TypedWord("|", frozenset())
"""Stands where a name was heard."""


@dataclass(frozen=True)
class Forms:
    """Forms by id, in the order of their files."""

    by_id: Mapping[str, Form] = field(default_factory=dict)

    def among(self, articles: Mapping[str, Article], topics: Iterable[str]) -> "Forms":
        """The forms whose leading article is served, in the order of its topic."""
        places = {topic: place for place, topic in enumerate(topics)}
        served = [form for form in self.by_id.values() if form.articles[0] in articles]
        # An article may be served whose topic is not: those stand last.
        served.sort(key=lambda form: places.get(articles[form.articles[0]].topic, len(places)))
        return Forms({form.id: form for form in served})

    def of(self, article_id: str) -> list[Form]:
        """The forms of an article, first those that it leads."""
        found = [form for form in self.by_id.values() if article_id in form.articles]
        return sorted(found, key=lambda form: form.articles.index(article_id))

    def heard_in(self, text: str) -> tuple[list[Form], str]:
        """The forms whose name a text holds, and its plain words without these names.

        What lies within a longer name names no other: "nhan" in "nhan hieu"; nor does a word that
        is typed with other accents. A form is not meant beside a word that is `unlike` it.
        """
        typed = typed_words(text)
        said, found = list(typed), dict[str, Form]()
        for name, forms in self._by_name.items():
            places = places_of(name, said)
            for place in reversed(places):
                said[place : place + len(name)] = [_TAKEN]
            if places:
                found |= {form.id: form for form in forms if not _is_another(form, typed)}
        return list(found.values()), " ".join(word.bare for word in said)

    def of_file(self, file_name: str) -> Form | None:
        """The form whose file bears a name."""
        form = self.by_id.get(file_name.rpartition(".")[0])
        return form if form is not None and form.file_name == file_name else None

    @cached_property
    def words(self) -> frozenset[str]:
        """The plain words by which any of them is named and called."""
        return frozenset[str]().union(*(form.words for form in self.by_id.values()))

    @cached_property
    def _by_name(self) -> Mapping[tuple[TypedWord, ...], list[Form]]:
        """The longest names first."""
        named: dict[tuple[TypedWord, ...], list[Form]] = {}
        for form in self.by_id.values():
            for name in dict.fromkeys(tuple(typed_words(name)) for name in form.called):
                named.setdefault(name, []).append(form)
        return dict(sorted(named.items(), key=lambda one: -sum(len(w.bare) + 1 for w in one[0])))


def _is_another(form: Form, words: list[TypedWord]) -> bool:
    return any(places_of(typed_words(other), words) for other in form.unlike)
