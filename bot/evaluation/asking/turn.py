"""What the assistant did with a message, and who can be asked."""

from dataclasses import dataclass, field
from typing import Protocol

from bot.domain.talk.understanding import Outcome


@dataclass(frozen=True)
class Turn:
    """What came back for one message.

    `outcome`, `article`, `confidence`, `intent`: of the first reply; no outcome: there was none.
    `alternatives`: article ids as `donghanh ask` gives them, best first; `offered`: those on
    buttons; `last_outcome`: of the last reply; `words`: of all replies; `asked_about`: intents on
    the buttons of a reply that asks back; `ms`: from message in to replies stored.
    """

    outcome: Outcome | None
    article: str | None = None
    alternatives: list[str] = field(default_factory=list)
    confidence: float = 0.0
    ms: float = 0.0
    last_outcome: Outcome | None = None
    offered: list[str] = field(default_factory=list)
    intent: str = ""
    words: str = ""
    asked_about: frozenset[str] = frozenset()

    @property
    def articles(self) -> list[str]:
        """The served article, if any, and the alternatives."""
        served = [self.article] if self.article else []
        return [*served, *(other for other in self.alternatives if other != self.article)]


class Asker(Protocol):
    """An assistant that can be asked; every call is a new contact."""

    async def ask(self, text: str) -> Turn:
        """A first message."""
        ...

    async def talk(self, turns: list[str]) -> list[Turn]:
        """A whole conversation, a turn for each message."""
        ...
