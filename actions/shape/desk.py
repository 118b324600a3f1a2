"""What the actions work with: the house, the search, the tables of the knowledge base."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.clock import VIETNAM
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.house import House
from bot.knowledge.library import Knowledge
from bot.knowledge.office.office import Office, Topic
from bot.knowledge.tables import Tables
from bot.search.retriever import Retriever
from bot.texts import Texts


@dataclass(frozen=True)
class Desk:
    """Everything an action may use. `retriever` gives the newest index at each call.

    `english`: whether the talk is in English.
    """

    house: House
    tables: Callable[[], Tables]
    retriever: Callable[[], Retriever]
    english: bool = False

    @property
    def knowledge(self) -> Knowledge:
        """The newest reading of the knowledge base."""
        return self.house.library.current

    @property
    def texts(self) -> Texts:
        """The bot's sentences."""
        return self.house.texts

    @property
    def in_english(self) -> "Desk":
        """The same desk, which says in English what it has English words for."""
        return replace(self, house=replace(self.house, texts=self.texts.english), english=True)

    def office_title(self, office_id: str) -> str:
        """Who answers for an office, as owners read it in the language of the talk."""
        return self.title_of(self.knowledge.answering(office_id))

    def title_of(self, named: Office | Topic) -> str:
        """An office or a topic as owners read it in the language of the talk."""
        return (named.english if self.english else "") or named.title

    def topic_title(self, topic_id: str) -> str:
        """A topic as owners read it in the language of the talk."""
        return self.title_of(self.knowledge.topic(topic_id))

    def sittings(self) -> str:
        """The hours of a working day, as the calendar has them."""
        return ", ".join(
            self.texts.say("department.sitting", start=f"{one.start:%H:%M}", end=f"{one.end:%H:%M}")
            for one in self.tables().calendar.sessions
        )

    def now(self) -> datetime:
        """The present instant."""
        return self.house.clock()

    def today(self) -> date:
        """The present day in Vietnam."""
        return self.now().astimezone(VIETNAM).date()

    def say(
        self,
        name: str,
        outcome: Outcome,
        choices: list[Choice] | None = None,
        /,
        **values: object,
    ) -> Reply:
        """A reply of one sentence of `bot/texts/`."""
        return Reply(
            message=OutgoingMessage(text=self.texts.say(name, **values), choices=choices or []),
            understanding=Understanding(outcome=outcome),
        )

    def choice(self, name: str, payload: str, **values: object) -> Choice:
        """A button whose title is a sentence of `bot/texts/`."""
        return Choice(title=self.texts.say(name, **values), payload=payload)
