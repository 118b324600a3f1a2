"""The forms of a knowledge base, by article and by name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from bot.knowledge.forms.form import Form


@dataclass(frozen=True)
class Forms:
    """Forms by id, in the order of their files."""

    by_id: Mapping[str, Form] = field(default_factory=dict)

    def among(self, articles: Mapping[str, Article], topics: Iterable[str]) -> "Forms":
        """The forms whose leading article is served, in the order of its topic."""
        order = list(topics)
        served = [form for form in self.by_id.values() if form.articles[0] in articles]
        served.sort(key=lambda form: order.index(articles[form.articles[0]].topic))
        return Forms({form.id: form for form in served})

    def of(self, article_id: str) -> list[Form]:
        """The forms of an article, first those that it leads."""
        found = [form for form in self.by_id.values() if article_id in form.articles]
        return sorted(found, key=lambda form: form.articles.index(article_id))

    def heard_in(self, text: str) -> tuple[list[Form], str]:
        """The forms whose name a text holds, and its plain words without these names.

        What lies within a longer name names no other: "nhãn" in "nhãn hiệu".
        """
        said, found = f" {plain(text)} ", dict[str, Form]()
        for name, forms in self._by_name.items():
            if f" {name} " in said:
                found |= {form.id: form for form in forms}
                said = said.replace(f" {name} ", " | ")
        return list(found.values()), said

    def of_file(self, file_name: str) -> Form | None:
        """The form whose file bears a name."""
        form = self.by_id.get(file_name.rpartition(".")[0])
        return form if form is not None and form.file_name == file_name else None

    @cached_property
    def _by_name(self) -> Mapping[str, list[Form]]:
        """The longest names first."""
        named: dict[str, list[Form]] = {}
        for form in self.by_id.values():
            for name in dict.fromkeys(map(plain, form.called)):
                named.setdefault(name, []).append(form)
        return dict(sorted(named.items(), key=lambda one: -len(one[0])))
