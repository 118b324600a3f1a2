"""When an article that was reviewed is due again: staggered, so that no day brings them all."""

import hashlib
from datetime import date, timedelta

LONGEST = timedelta(days=182)
"""Half a year, as `docs/guides/editor.md` asks."""

SPREAD_DAYS = 91
"""The last quarter of it: each article has a day of its own there, by its id."""


def review_due(article: str, reviewed_on: date) -> date:
    """The day on which an article is due, never later than half a year after its review."""
    digest = hashlib.sha256(article.encode()).digest()
    return reviewed_on + LONGEST - timedelta(days=int.from_bytes(digest[:4]) % SPREAD_DAYS)
