"""What an officer notes of an entered case: her answer, and a wish to be forgotten."""

from datetime import datetime

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from bot.console.cases.asked import MAY_ANSWER, WORDS_LIMIT, Form, shown_again, take
from bot.console.frame.forms import cause, field, instant
from bot.domain.requests.entered import AnswerWay
from bot.services.entering.entered_cases import EnteredCases
from bot.services.entering.noted_answers import NotedAnswers
from bot.services.privacy.privacy import PrivacyService
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

router = APIRouter(prefix="/requests/{request_id}")


@router.post("/told", name="note_answer", dependencies=MAY_ANSWER)
def note_answer(asked: Form) -> Response:
    """Keeps what she told the owner, how and when."""
    form, house = asked.form, asked.house
    text, way, typed = field(form, "text"), field(form, "way"), instant(form, "hour")
    problem = _unfit(text, way, typed)
    if problem or typed is None:
        return shown_again(asked, asked.visitor, problem, status=422)
    named = cause(form, asked.visitor, "told", text, way, typed.isoformat())

    def step(session: Session, officer: Officer) -> SupportRequest:
        return NotedAnswers(session).note(
            asked.request_id,
            officer,
            text,
            AnswerWay(way),
            typed,
            cause=named,
            now=house.clock(),
        )

    return take(asked, step, done="told")


@router.post("/erase-owner", name="erase_owner", dependencies=MAY_ANSWER)
def erase_owner(asked: Form) -> Response:
    """Erases what is kept of the owner, who asked for it by phone or at the counter."""
    house = asked.house

    def step(session: Session, officer: Officer) -> SupportRequest:
        return EnteredCases(session).erase(
            asked.request_id,
            officer,
            PrivacyService(session, house.settings.files_dir),
            words=house.texts.say("privacy.erased_text"),
            now=house.clock(),
        )

    return take(asked, step, done="owner_erased")


def _unfit(text: str, way: str, typed: datetime | None) -> str:
    if not text:
        return "empty"
    if len(text) > WORDS_LIMIT:
        return "long"
    if way not in set(AnswerWay):
        return "told_way"
    return "" if typed is not None else "told_at"
