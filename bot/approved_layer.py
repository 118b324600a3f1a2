"""What officers approved and reviewed, laid over the files: from the database of all processes."""

from bot.knowledge.additions.additions import lay_over
from bot.knowledge.library import Knowledge
from bot.services.gaps.approved_additions import approved_additions, approved_stamp
from bot.services.reviews.reviews import lay_reviews, review_stamp
from bot.storage.database import Database


class ApprovedLayer:
    """The layer of an installation (`knowledge.library.Layer`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stamp(self) -> object:
        """Changes whenever what is approved or reviewed does."""
        with self._database.reading() as session:
            return approved_stamp(session), review_stamp(session)

    def over(self, knowledge: Knowledge) -> Knowledge:
        """The files' knowledge with everything approved, each article with its newest review."""
        with self._database.reading() as session:
            added = lay_over(knowledge, approved_additions(session))
            return lay_reviews(session, added)
