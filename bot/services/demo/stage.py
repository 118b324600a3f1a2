"""What the parts of a demo share while it is made: the house, the hour, and who is on already."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.office.roles import Role, answers_for
from bot.knowledge.library import Library
from bot.services.upkeep.demo_rows import DemoRows
from bot.storage.models import Contact, Conversation, Enterprise, Officer, Request
from bot.texts import Texts

SEED = 11

CAUSE = "demo"


@dataclass
class Stage:
    """A session, the knowledge, and what is there so far, each by its name in the play."""

    session: Session
    library: Library
    texts: Texts
    now: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    people: dict[str, Officer] = field(default_factory=dict)
    enterprises: dict[str, Enterprise] = field(default_factory=dict)
    chats: dict[str, Conversation] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def rows(self) -> DemoRows:
        """Where what is made up is marked."""
        return DemoRows(self.session)

    def ago(self, hours: float) -> datetime:
        """The instant before now by so much office time."""
        return self.library.tables.calendar.before(self.now, timedelta(hours=hours))

    def later(self, instant: datetime, hours: float) -> datetime:
        """The instant after another by so much office time; never after now."""
        if not hours:
            return instant
        return min(self.library.tables.calendar.add(instant, timedelta(hours=hours)), self.now)

    def cause(self) -> str:
        """A name under which one thing is done."""
        return f"{CAUSE}:{int(self.now.timestamp())}:{next(self._numbers)}"

    def answering(self, office: str) -> Officer | None:
        """Who of the made-up people answers for an office; an officer before a head."""
        able = [
            one for one in self.people.values() if answers_for(Role(one.role), one.office, office)
        ]
        return next((one for one in able if one.office == office), next(iter(able), None))

    def contact(self, company: str) -> Contact | None:
        """Who writes for a made-up enterprise, once she has written."""
        chat = self.chats.get(company)
        return chat.contact if chat is not None else None
