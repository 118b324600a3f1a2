"""What the actions work with: the house, the search, the tables of the knowledge base."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.clock import VIETNAM
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome, Understanding
from bot.house import House
from bot.knowledge.library import Knowledge
from bot.knowledge.tables import Tables
from bot.search.retriever import Retriever
from bot.texts import Texts


@dataclass(frozen=True)
class Desk:
    """Everything an action may use. `retriever` gives the newest index at each call."""

    house: House
    tables: Callable[[], Tables]
    retriever: Callable[[], Retriever]

    @property
    def knowledge(self) -> Knowledge:
        """The newest reading of the knowledge base."""
        return self.house.library.current

    @property
    def texts(self) -> Texts:
        """The bot's sentences."""
        return self.house.texts

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
