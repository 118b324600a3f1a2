"""An answer as it stands in its row: JSON, always written the same way."""

import json
from functools import lru_cache

from sqlalchemy import Text, cast

from bot.domain.assessments.question import Answer
from bot.storage.models import AttemptAnswer

KEPT_ANSWER = cast(AttemptAnswer.answer, Text)
"""The words in the row: they can be counted by the database, and read once for all that match."""


@lru_cache(4096)
def read_kept(words: str) -> Answer:
    """The answer that the words of a row stand for."""
    return tuple(str(one) for one in json.loads(words))
