"""What the page of a request shows of its end, and of the requests that ask the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.domain.requests.closing import CHOSEN, Ending
from bot.domain.requests.request import RequestState
from bot.house import House
from bot.services.closing.duplicates import DuplicateService
from bot.services.requests.farewells import Farewells
from bot.storage.models import Request


@dataclass(frozen=True)
class EndingChoice:
    """One ending that may be chosen, with the last words that go with it."""

    code: Ending
    words: str


@dataclass(frozen=True)
class AuthorityChoice:
    """An authority to whom a matter may be passed on; `words` as for the ending."""

    id: str
    title: str
    words: str


@dataclass(frozen=True)
class ClosingView:
    """How a request may end, and its relatives.

    `same`: others that go on and of which this one may be a duplicate; `alike`: others that may be
    duplicates of this one; `merged`: those that are. `kept`: the one of which this one is, and
    `sees_kept` whether its page is open to the visitor.
    """

    endings: Sequence[EndingChoice]
    authorities: Sequence[AuthorityChoice]
    same: Sequence[Request]
    alike: Sequence[Request]
    merged: Sequence[Request]
    kept: Request | None
    sees_kept: bool


def closing_view(
    session: Session, house: House, request: Request, offices: frozenset[str] | None
) -> ClosingView:
    """The values of `_closing.html` and `_duplicates.html`; `offices`: those she sees."""
    knowledge = house.library.current
    farewells = Farewells(house.texts, knowledge)
    duplicates = DuplicateService(session, house.texts, knowledge)
    others = duplicates.offered(request, offices)
    kept = request.duplicate_of
    is_open = request.state != RequestState.CLOSED
    return ClosingView(
        endings=[
            EndingChoice(ending, farewells.prepared(request, ending))
            for ending in CHOSEN
            if ending is not Ending.DUPLICATE or _open_ones(others)
        ],
        authorities=[
            AuthorityChoice(
                office.id,
                office.title,
                farewells.prepared(request, Ending.PASSED_ON, office.id),
            )
            for office in knowledge.offices.values()
            if office.external
        ],
        same=_open_ones(others),
        alike=others if is_open else [],
        merged=duplicates.of(request, offices),
        kept=kept,
        sees_kept=kept is not None and (offices is None or kept.office in offices),
    )


def _open_ones(others: Sequence[Request]) -> list[Request]:
    return [other for other in others if other.state != RequestState.CLOSED]
