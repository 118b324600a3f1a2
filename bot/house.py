"""What every room of the application shares, made once at the start and passed in."""

from dataclasses import dataclass, field

from bot.approved_layer import ApprovedLayer
from bot.domain.access.second_factor import SecondFactorRule
from bot.domain.clock import Clock, system_clock
from bot.given_settings import wrong_setting
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.signals import Signals
from bot.storage.database import Database, DatabaseUnfit
from bot.storage.seal import Seal
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

    @property
    def seal(self) -> Seal:
        """What closes the secrets that stand in the database."""
        return Seal(self.settings.secret_key.get_secret_value())

    @property
    def second_factor(self) -> SecondFactorRule:
        """Who is asked for a code beside the password."""
        return SecondFactorRule(self.settings.second_factor)


def open_house(settings: Settings) -> House:
    """The house of an installation: folders made, database migrated, knowledge read.

    Raises:
        WrongSettings: the data folder cannot be made, or the database cannot be used.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise wrong_setting("data_dir", f"{settings.data_dir}: {error.strerror}") from None
    database = Database(settings.sqlalchemy_url)
    try:
        database.migrate()
    except DatabaseUnfit as unfit:
        database.close()
        # Without a URL the database lies in the data folder.
        name = "database_url" if settings.database_url else "data_dir"
        raise wrong_setting(name, str(unfit)) from None
    library = Library(
        settings.knowledge_dir,
        ApprovedLayer(database),
        copies=settings.cache / KNOWLEDGE_COPIES,
    )
    return House(settings=settings, database=database, library=library)
