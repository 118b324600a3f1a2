"""What every room of the application shares, made once at the start and passed in."""

from dataclasses import dataclass, field

from bot.domain.clock import Clock, system_clock
from bot.flow.signals import Signals
from bot.knowledge.library import Library
from bot.services.approved_additions import ApprovedAdditions
from bot.settings import Settings
from bot.storage.database import Database
from bot.texts import Texts, default_texts

KNOWLEDGE_COPIES = "knowledge-last-good"
"""Folder in the cache: what is served where an edit of the knowledge base cannot be read."""


@dataclass(frozen=True)
class House:
    """Settings, database, knowledge, sentences, time and signals."""

    settings: Settings
    database: Database
    library: Library
    texts: Texts = field(default_factory=default_texts)
    clock: Clock = system_clock
    signals: Signals = field(default_factory=Signals)


def open_house(settings: Settings) -> House:
    """The house of an installation: folders made, database migrated, knowledge read."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.sqlalchemy_url)
    database.migrate()
    library = Library(
        settings.knowledge_dir,
        ApprovedAdditions(database),
        copies=settings.cache / KNOWLEDGE_COPIES,
    )
    return House(settings=settings, database=database, library=library)
