"""What is served: one consistent reading of the knowledge base."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.domain.office.routing import GENERAL_QUEUE
from bot.domain.talk.understanding import CitedSource
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.called import by_name, names_in
from bot.knowledge.articles.family import families
from bot.knowledge.articles.goods import Goods
from bot.knowledge.english.english_article import EnglishArticle
from bot.knowledge.english.english_titles import EnglishTitle
from bot.knowledge.fees.fees import Fees
from bot.knowledge.forms.forms import Forms
from bot.knowledge.glossary import Glossary
from bot.knowledge.matters.matter import Matters
from bot.knowledge.office.office import Office, Topic
from bot.knowledge.office.office_names import NamedOffice, OfficeNames
from bot.knowledge.periods.period import Period
from bot.knowledge.products.products import Products
from bot.knowledge.products.risk_rule import RiskRule
from bot.knowledge.register import DocumentStatus, LegalDocument
from bot.knowledge.settled import SettledQuestions
from bot.knowledge.support.support import Support


@dataclass(frozen=True)
class Knowledge:
    """One consistent reading of the folder. All mappings are by id, in the order of the files."""

    articles: dict[str, Article]
    documents: dict[str, LegalDocument]
    offices: dict[str, Office]
    topics: dict[str, Topic]
    glossary: Glossary = field(default_factory=Glossary)
    settled: SettledQuestions = field(default_factory=SettledQuestions)
    products: Products = field(default_factory=Products)
    fees: Fees = field(default_factory=Fees)
    periods: tuple[Period, ...] = ()
    risk_rules: tuple[RiskRule, ...] = ()
    support: Support = field(default_factory=Support)
    matters: Matters = field(default_factory=Matters)
    forms: Forms = field(default_factory=Forms)
    english: Mapping[str, EnglishArticle] = field(default_factory=dict)
    english_titles: Mapping[str, EnglishTitle] = field(default_factory=dict)

    def called(self, text: str) -> Article | None:
        """The article whose title, subject or button a text is, but for words of politeness."""
        ids = (self._names.get(name, "") for name in names_in(text))
        return next((self.articles[one] for one in ids if one), None)

    def goods_in(self, text: str) -> frozenset[str]:
        """The articles that speak of a product which a text names, and of no other."""
        return self._goods.articles_of(text)

    @cached_property
    def _goods(self) -> Goods:
        return Goods(self.articles.values())

    def family(self, article_id: str) -> frozenset[str]:
        """The articles that speak of the same matter as one of them; empty where it is gone."""
        return self._families.get(article_id, frozenset())

    @cached_property
    def _families(self) -> Mapping[str, frozenset[str]]:
        return families(self.articles.values())

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return by_name(self.articles.values())

    def office(self, office_id: str) -> Office:
        """An office by its id; one that stands in for it, named by the id, where the file has none.

        People and requests name offices that the department's file may have lost since.
        """
        known = self.offices.get(office_id)
        return known or Office.model_construct(
            id=office_id, title=office_id, short=office_id, handles=""
        )

    def office_in(self, text: str) -> NamedOffice | None:
        """The one office that a text names, by its name or its work."""
        return self._office_names.named_in(text)

    @cached_property
    def _office_names(self) -> OfficeNames:
        return OfficeNames(self.offices.values())

    def answering(self, office_id: str) -> Office:
        """Who answers now for what was given to an office: itself, or the general queue.

        What owners read: the department may have lost the office since, and ids are not for them.
        """
        return self.office(office_id if self.answers(office_id) else GENERAL_QUEUE)

    def topic(self, topic_id: str) -> Topic:
        """A topic by its id; one that stands in for it where the file has none any more."""
        known = self.topics.get(topic_id)
        return known or Topic.model_construct(id=topic_id, title=topic_id, office=GENERAL_QUEUE)

    def answers(self, office_id: str) -> bool:
        """Whether an id names an office of the department, whose people answer in the console."""
        known = self.offices.get(office_id)
        return known is not None and not known.external

    def looked_after_by(self, article: Article) -> str:
        """The office that looks after an article: its own; its topic's, where that is another's."""
        office = self.offices.get(article.office)
        topic = self.topics.get(article.topic)
        if topic is not None and (office is None or office.external):
            return topic.office
        return article.office

    def sources(self, article: Article, day: date) -> list[CitedSource]:
        """The legal bases of an article as they stand on a day."""
        return [
            self.documents[source.document].cited(source.clause, day) for source in article.sources
        ]

    def is_served(self, article: Article, day: date) -> bool:
        """Whether the article may be given as an answer: some cited document must still hold.

        An article may cite what was replaced, to say so; it is not served once nothing that it
        leans on holds any more, nor once its last holding source has run out.
        """
        if not article.sources:
            return True
        return any(self.documents[source.document].holds_on(day) for source in article.sources)

    def forms_on(self, day: date) -> Forms:
        """The forms that may be handed out: of an article that is served, naming what holds.

        A form is filled in as if its documents held, so none of them may have run out.
        """
        return Forms(
            {
                form.id: form
                for form in self.forms.by_id.values()
                if (leading := self.articles.get(form.articles[0])) is not None
                and self.is_served(leading, day)
                and all(
                    (document := self.documents.get(id_)) is not None and document.holds_on(day)
                    for id_ in form.documents
                )
            }
        )

    def is_unverified(self, article: Article, day: date) -> bool:
        """Whether the reply must say that something is not confirmed."""
        return article.verify or any(
            self.documents[source.document].status_on(day) is DocumentStatus.UNVERIFIED
            for source in article.sources
        )
