"""What officers approved, laid over the files: from the database that all processes share."""

from bot.knowledge.additions.additions import lay_over
from bot.knowledge.library import Knowledge
from bot.services.gaps.approved_additions import approved_additions, approved_stamp
from bot.storage.database import Database


class ApprovedLayer:
    """The layer of an installation (`knowledge.library.Layer`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stamp(self) -> object:
        """Changes whenever what is approved does."""
        with self._database.reading() as session:
            return approved_stamp(session)

    def over(self, knowledge: Knowledge) -> Knowledge:
        """The files' knowledge with everything approved."""
        with self._database.reading() as session:
            return lay_over(knowledge, approved_additions(session))
