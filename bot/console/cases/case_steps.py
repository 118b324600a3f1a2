"""What an officer does with a request: each step is one form, one transaction, one notice."""

from fastapi import APIRouter, Depends, Response
from sqlalchemy.orm import Session

from bot.console.cases.asked import (
    MAY_ANSWER,
    Form,
    cases_of,
    shown_again,
    take,
)
from bot.console.frame.forms import cause, field, row_id
from bot.console.frame.gate import requires
from bot.console.frame.offices import is_answering
from bot.domain.office.roles import Permission
from bot.domain.office.routing import GENERAL_QUEUE
from bot.house import House
from bot.services.assigning.placing import Placement, Placing
from bot.services.requests.lost_messages import LostMessages
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

router = APIRouter(prefix="/requests/{request_id}")

MAY_TRANSFER = [Depends(requires(Permission.TRANSFER))]

REASON_LIMIT = 500


@router.post("/claim", name="claim", dependencies=MAY_ANSWER)
def claim(asked: Form) -> Response:
    """Takes the request."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        return cases_of(session, asked.house).claim(
            asked.request_id, officer, now=asked.house.clock()
        )

    return take(asked, step, done="claimed")


@router.post("/transfer", name="transfer", dependencies=MAY_TRANSFER)
def transfer(asked: Form) -> Response:
    """Puts the request where it belongs: matter, office or another authority, with a reason."""
    house, form = asked.house, asked.form
    topic, office, reason = (field(form, name) for name in ("topic", "office", "reason"))
    named = cause(form, asked.visitor, topic, office, reason)
    place = _place(house, topic, office)
    if place is None or not reason:
        return shown_again(asked, asked.visitor, "transfer", status=422)

    def step(session: Session, officer: Officer) -> SupportRequest:
        return Placing(session, house.texts, house.library.current).put(
            asked.request_id, officer, place, reason[:REASON_LIMIT], cause=named, now=house.clock()
        )

    return take(asked, step, done="transferred", cause=named)


@router.post("/release", name="release", dependencies=MAY_ANSWER)
def release(asked: Form) -> Response:
    """Puts the request back into the queue; heads also do it for whoever is away."""
    house = asked.house
    # Her page may be old: only the hold that it showed ends.
    anybodys = asked.visitor.may(Permission.SEE_ALL_OFFICES)
    holder = row_id(asked.form, "holder") if anybodys else None

    def step(session: Session, officer: Officer) -> SupportRequest:
        return cases_of(session, house).release(
            asked.request_id, officer, now=house.clock(), holder=holder
        )

    return take(asked, step, done="released")


@router.post("/reopen", name="reopen", dependencies=MAY_ANSWER)
def reopen(asked: Form) -> Response:
    """Takes up a closed request again."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        return cases_of(session, asked.house).reopen(
            asked.request_id, officer, now=asked.house.clock()
        )

    return take(asked, step, done="reopened")


@router.post("/seen", name="late_seen", dependencies=MAY_ANSWER)
def late_seen(asked: Form) -> Response:
    """What came after the close has been read, and nothing is to be done."""
    shown = row_id(asked.form, "shown") or 0

    def step(session: Session, officer: Officer) -> SupportRequest:
        return cases_of(session, asked.house).seen(
            asked.request_id, officer, now=asked.house.clock(), shown=shown
        )

    return take(asked, step, done="seen")


@router.post("/messages/{message_id}/again", name="send_again", dependencies=MAY_ANSWER)
def send_again(asked: Form, message_id: int) -> Response:
    """Sends a message anew of which nobody knows whether it arrived."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        now = asked.house.clock()
        return LostMessages(session).send_again(asked.request_id, officer, message_id, now=now)

    return take(asked, step, done="sent_again")


def _place(house: House, topic: str, chosen: str) -> Placement | None:
    """What was chosen; None where it names nothing. Another authority: one-stop passes it on."""
    knowledge = house.library.current
    if topic and topic not in knowledge.topics:
        return None
    if is_answering(house, chosen):
        return Placement(topic, chosen)
    if chosen not in knowledge.offices:
        return None
    return Placement(topic, GENERAL_QUEUE, authority=chosen)
