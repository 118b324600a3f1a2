"""What the owner reads when a request ends: by what came of it, and nothing where it is spam."""

from bot.domain.requests.closing import Ending
from bot.domain.requests.request import MOST_STARS, RequestState
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import payload
from bot.knowledge.library import Knowledge
from bot.knowledge.office.office import Office
from bot.services.requests.owner_language import texts_of, writes_english
from bot.storage.models import Request
from bot.texts import Texts

WAYS = ("telephone", "email", "address", "site")
"""How an authority is reached, as far as the knowledge base has it."""


class Farewells:
    """Words the end of a request, and the officer's last words before it."""

    def __init__(self, texts: Texts, knowledge: Knowledge) -> None:
        self._texts = texts
        self._knowledge = knowledge

    def of(self, request: Request) -> OutgoingMessage | None:
        """The farewell of a request that has just ended; None where the owner is told nothing."""
        ending = Ending(request.ending) if request.ending else Ending.ANSWERED
        if not ending.is_told:
            return None
        texts = texts_of(request, self._texts)
        if ending is Ending.DUPLICATE:
            return OutgoingMessage(text=self._duplicate(request, texts))
        if ending is Ending.PASSED_ON:
            text = texts.say(
                "closing.passed_on",
                code=request.code,
                authority=self.authority(request, request.passed_to),
                lines=self.reach(request.passed_to, texts),
            )
        else:
            text = texts.say(f"closing.{ending}", code=request.code)
        stars = _stars(request, texts) if ending.asks_rating else []
        return OutgoingMessage(text=text, choices=stars)

    def prepared(self, request: Request, ending: Ending, authority: str = "") -> str:
        """Last words that an officer may send as they are, or change; empty where there are none.

        `authority`: an id of `offices.yml`, or a name as written.
        """
        texts = texts_of(request, self._texts)
        if ending is Ending.ANSWERED or ending is Ending.NOT_OURS:
            return texts.say(f"closing.words_{ending}")
        if ending is Ending.PASSED_ON and authority:
            return texts.say(
                "closing.words_passed_on", authority=self.authority(request, authority)
            )
        return ""

    def authority(self, request: Request, authority: str) -> str:
        """The name of an authority in the language of the owner."""
        known = self._knowledge.office(authority)
        return (known.english if writes_english(request) else "") or known.title

    def reach(self, authority: str, texts: Texts) -> list[str]:
        """How it is reached, a line each; empty where nobody has filled that in."""
        return reach_lines(self._knowledge.office(authority), texts)

    def _duplicate(self, request: Request, texts: Texts) -> str:
        kept = request.duplicate_of
        # Another's code is for that other: who has it reads where that request stands.
        if kept is None or kept.conversation_id != request.conversation_id:
            return texts.say("closing.duplicate_of_another", code=request.code)
        is_owed = kept.state != RequestState.CLOSED and kept.answered_at is None
        return texts.say(
            "closing.duplicate",
            code=request.code,
            kept=kept.code,
            due=kept.promised_at if is_owed else None,
        )


def reach_lines(office: Office, texts: Texts) -> list[str]:
    """Telephone, e-mail, address and site of an office, as far as they are filled in."""
    filled = ((way, getattr(office, way)) for way in WAYS)
    return [
        texts.say(f"department.office_{way}", value=value, map=office.map)
        for way, value in filled
        if value
    ]


def _stars(request: Request, texts: Texts) -> list[Choice]:
    return [
        Choice(
            title=texts.say("closing.stars", stars=count),
            payload=payload("rate_request", code=request.code, stars=str(count)),
        )
        for count in range(MOST_STARS, 0, -1)
    ]
