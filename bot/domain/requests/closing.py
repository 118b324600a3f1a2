"""How a request ends: what came of it, and what belongs to that."""

from dataclasses import dataclass
from enum import StrEnum


class Ending(StrEnum):
    """What came of a request.

    Officers choose one of the first five; `withdrawn` is the owner's own: he no longer waits, or
    had his data erased. `silent` is the house's: he was asked, reminded, and said nothing. Requests
    that were closed before endings were kept have none.
    """

    ANSWERED = "answered"
    PASSED_ON = "passed_on"
    DUPLICATE = "duplicate"
    NOT_OURS = "not_ours"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"
    SILENT = "silent"

    @property
    def asks_rating(self) -> bool:
        """Whether the owner is asked how content he is: of what another case answers he is not."""
        return self in RATED

    @property
    def is_told(self) -> bool:
        """Whether the owner hears of it at all."""
        return self is not Ending.SPAM


RATED = frozenset({Ending.ANSWERED, Ending.PASSED_ON, Ending.NOT_OURS})

ASIDE = frozenset({Ending.DUPLICATE, Ending.SPAM})
"""Nothing that the department had to answer: figures tell it apart."""

CHOSEN = (
    Ending.ANSWERED,
    Ending.PASSED_ON,
    Ending.DUPLICATE,
    Ending.NOT_OURS,
    Ending.SPAM,
)
"""What an officer may choose, in the order of her form."""


class ClosingRefused(Exception):
    """The ending lacks what belongs to it. `reason`: authority, kept, words_to_spam."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Closing:
    """An ending with what belongs to it.

    `authority`: to whom the matter was passed on: an id of `offices.yml`, or a name as written.
    `kept`: the id of the request that goes on in place of a duplicate.
    """

    ending: Ending
    authority: str = ""
    kept: int | None = None

    def check(self, last_words: str = "") -> None:
        """Whether everything is there that the ending needs.

        Raises:
            ClosingRefused: it is not; or something would be said to a sender of spam.
        """
        if self.ending is Ending.PASSED_ON and not self.authority:
            raise ClosingRefused("authority")
        if self.ending is Ending.DUPLICATE and self.kept is None:
            raise ClosingRefused("kept")
        if self.ending is Ending.SPAM and last_words:
            raise ClosingRefused("words_to_spam")


ANSWERED = Closing(Ending.ANSWERED)

SIGN = ": "


def detail_of(ending: Ending, of: str = "") -> str:
    """What the history keeps of a close: the ending, and which authority or which code."""
    return f"{ending}{SIGN}{of}" if of else ending
