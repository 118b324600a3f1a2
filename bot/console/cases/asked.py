"""What was sent for a request, and how a step on it is taken: one form, one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from bot import signals
from bot.console.cases.case import case_page
from bot.console.frame.forms import field
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor, at_this_instant, requires
from bot.console.frame.pages import path_of
from bot.domain.office.roles import Permission
from bot.domain.requests.closing import ClosingRefused
from bot.domain.talk.way import TOLD_BY_HAND
from bot.services.messaging.files import FileRefused
from bot.services.messaging.transcript import TranscriptService
from bot.services.replying.held_replies import HeldReplies
from bot.services.requests.cases import CaseService, RequestRefused
from bot.services.requests.holding import HoldingService
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

MAY_ANSWER = [Depends(requires(Permission.ANSWER))]

WORDS_LIMIT = 3500
"""Characters of one reply: below Telegram's 4,096, with room for formatting."""

KEPT_FIELDS = (
    *("text", "last_words", "reason", "office", "topic", "hour", "why", "note"),
    *("ending", "authority", "authority_name", "kept", "way"),
)
"""What a form shows again where it is refused."""

BY_HAND = {
    **{one: f"{one}_by_hand" for one in ("claimed", "assigned", "hour_told", "reopened")},
    "closed": "closed_quietly",
}
"""What is said after a step where the owner has no chat in which he was told."""

Step = Callable[[Session, Officer], SupportRequest]


@dataclass(frozen=True)
class Asked:
    """What was sent, by whom, and for which request."""

    request: Request
    house: InHouse
    visitor: SignedIn
    form: Submitted
    request_id: int


Form = Annotated[Asked, Depends()]


def cases_of(session: Session, house: InHouse) -> CaseService:
    """The steps of officers, with the sentences and the offices of the house."""
    return CaseService(session, house.texts, house.library.current)


def held_replies(session: Session, house: InHouse) -> HeldReplies:
    """The replies that are held for a moment."""
    return HeldReplies(session, house.texts, house.library.current, house.settings.files_dir)


def take(  # noqa: PLR0913
    asked: Asked,
    step: Step,
    *,
    done: str,
    cause: str = "",
    other: int | None = None,
    behind_held: bool = True,
) -> Response:
    """Takes a step in one transaction, wakes who waits, and shows the request again.

    `cause`: of a step after which she may not see the request any more. `other`: a second request
    that the step changes. `behind_held`: a reply that can still be taken back goes out before it.
    """
    request, house, visitor = asked.request, asked.house, asked.visitor
    try:
        with house.database.transaction() as session:
            officer, visitor = at_this_instant(session, visitor)
            _hold(session, visitor, asked.request_id, cause, other)
            if behind_held:
                ids = [one for one in (asked.request_id, other) if one is not None]
                held_replies(session, house).release(ids, now=house.clock())
            changed = step(session, officer)
            has_no_chat = changed.conversation.channel in TOLD_BY_HAND
    except RequestRefused as refused:
        return shown_again(asked, visitor, refused.reason, status=409)
    except ClosingRefused as refused:
        return shown_again(asked, visitor, f"closing_{refused.reason}", status=422)
    except FileRefused as refused:
        return shown_again(asked, visitor, f"file_{refused.reason}", status=422)
    house.signals.notify(
        signals.CONSOLE,
        signals.OUTBOX,
        signals.REPLIES,
        signals.conversation(changed.conversation_id),
    )
    if has_no_chat:
        done = BY_HAND.get(done, done)
    if not visitor.sees(changed.office):
        return RedirectResponse(f"{path_of(request, 'list_requests')}?done={done}", status_code=303)
    page = path_of(request, "show_case", request_id=asked.request_id)
    return RedirectResponse(f"{page}?done={done}#newest", status_code=303)


def _hold(
    session: Session, visitor: Visitor, request_id: int, cause: str, other: int | None
) -> None:
    """The request stays as it is until the step is taken, and so does the other one.

    Raises:
        HTTPException: 404, there is none, or she does not see it, and no step of hers is why.
    """
    try:
        held, *others = HoldingService(session).lock_all(
            [request_id] if other is None else [request_id, other]
        )
    except NoResultFound:
        raise HTTPException(404) from None
    if not visitor.sees(held.office) and TranscriptService(session).said(cause) is None:
        raise HTTPException(404)
    if not all(visitor.sees(one.office) for one in others):
        raise HTTPException(404)


def shown_again(asked: Asked, visitor: Visitor, problem: str, *, status: int) -> Response:
    """The page with why a step was refused (a key of `_problems.html`), and what was written."""
    draft = {name: field(asked.form, name) for name in KEPT_FIELDS}
    return case_page(
        asked.request,
        asked.house,
        visitor,
        asked.request_id,
        status=status,
        problem=problem,
        draft=draft,
    )
