"""In which language the owner of a request writes: told from the words of the request."""

from bot.storage.models import Request
from bot.texts import Texts
from vietnamese.foreign.english_wishes import speaks_english


def writes_english(request: Request) -> bool:
    """Whether any line of what the owner asked is English; the rest may be names and numbers."""
    return any(map(speaks_english, request.question.splitlines()))


def texts_of(request: Request, texts: Texts) -> Texts:
    """The sentences in the language of the owner."""
    return texts.english if writes_english(request) else texts
