"""What an officer says of a case's time: a new hour, a wait for an authority, a long silence."""

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from bot.console.cases.asked import MAY_ANSWER, Form, shown_again, take
from bot.console.cases.case_steps import REASON_LIMIT
from bot.console.frame.forms import field, instant
from bot.services.clocks.authority_waits import AuthorityWaits
from bot.services.clocks.new_hours import NewHours
from bot.services.closing.silent_owners import SilentOwners
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

router = APIRouter(prefix="/requests/{request_id}")


@router.post("/hour", name="tell_hour", dependencies=MAY_ANSWER)
def tell_hour(asked: Form) -> Response:
    """Tells the owner a new hour for the first answer, with a reason for colleagues."""
    house, hour = asked.house, instant(asked.form, "hour")
    reason = field(asked.form, "why")[:REASON_LIMIT]
    if hour is None or not reason:
        return shown_again(asked, asked.visitor, "hour_reason" if hour else "hour", status=422)

    def step(session: Session, officer: Officer) -> SupportRequest:
        return NewHours(session, house.texts, house.library).set_by_hand(
            asked.request_id, officer, hour, reason, now=house.clock()
        )

    return take(asked, step, done="hour_told")


@router.post("/wait", name="await_authority", dependencies=MAY_ANSWER)
def await_authority(asked: Form) -> Response:
    """The case waits for another authority; a note says for which."""
    note = field(asked.form, "note")[:REASON_LIMIT]
    if not note:
        return shown_again(asked, asked.visitor, "wait_note", status=422)

    def step(session: Session, officer: Officer) -> SupportRequest:
        now = asked.house.clock()
        return AuthorityWaits(session).begin(asked.request_id, officer, note, now=now)

    return take(asked, step, done="awaits_authority")


@router.post("/resume", name="resume_case", dependencies=MAY_ANSWER)
def resume_case(asked: Form) -> Response:
    """The wait is over."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        return AuthorityWaits(session).end(asked.request_id, officer, now=asked.house.clock())

    return take(asked, step, done="resumed")


@router.post("/silence", name="leave_silence", dependencies=MAY_ANSWER)
def leave_silence(asked: Form) -> Response:
    """Whether the owner's silence is left alone: neither a reminder nor a close by itself."""
    house, is_left = asked.house, field(asked.form, "leave") == "yes"

    def step(session: Session, officer: Officer) -> SupportRequest:
        return SilentOwners(session, house.texts, house.library).leave(
            asked.request_id, officer, is_left=is_left, now=house.clock()
        )

    return take(asked, step, done="silence_left" if is_left else "silence_counted")
