"""An officer answers: her reply is held for a moment, in which she can take it back."""

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from bot.console.cases.asked import (
    MAY_ANSWER,
    WORDS_LIMIT,
    Asked,
    Form,
    held_replies,
    shown_again,
    take,
)
from bot.console.frame.forms import cause, every_field, field, row_id, uploads
from bot.domain.requests.held_reply import ReplyStep
from bot.domain.talk.messages import FILES_A_MESSAGE, Attachment
from bot.services.messaging.files import FileService, Upload
from bot.services.replying.held_replies import Reply
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

router = APIRouter(prefix="/requests/{request_id}")

DONE = {ReplyStep.REPLY: "replied", ReplyStep.ASK_BACK: "asked_back", ReplyStep.CLOSE: "closed"}
"""What is said after a reply that went out at once, by its button."""


@router.post("/reply", name="reply", dependencies=MAY_ANSWER)
def reply(asked: Form) -> Response:
    """Sends words and files to the owner.

    The button `ask_back` makes the request wait, `close` ends it with these as the last words.
    """
    house, form = asked.house, asked.form
    text, step = field(form, "text"), _step(asked)
    files = uploads(form, "files", limit=house.settings.max_upload_bytes)
    again = every_field(form).get("again", [])
    # With another button it is another wish: an answer that went out closes nothing.
    closing = [step.value] if step is ReplyStep.CLOSE else []
    contents = (file.content for file in files)
    named = cause(form, asked.visitor, text, *closing, *again, *contents)
    problem = _unfit(text, files, again)
    if problem:
        return shown_again(asked, asked.visitor, problem, status=422)
    seconds = house.settings.undo_seconds

    def send(session: Session, officer: Officer) -> SupportRequest:
        written = Reply(
            text=text,
            step=step,
            shown=row_id(form, "shown"),
            attach=lambda request: _keep(session, asked, request, files),
            instead_of=row_id(form, "instead_of"),
            again=again,
        )
        return held_replies(session, house).send(
            asked.request_id, officer, written, cause=named, now=house.clock(), undo_seconds=seconds
        )

    return take(asked, send, done="held" if seconds else DONE[step], behind_held=False)


@router.post("/held/{held_id}/back", name="take_back_reply", dependencies=MAY_ANSWER)
def take_back(asked: Form, held_id: int) -> Response:
    """Takes a reply back that has not left; its words stand in the box again."""

    def step(session: Session, officer: Officer) -> SupportRequest:
        return held_replies(session, asked.house).take_back(
            asked.request_id,
            officer,
            held_id,
            typed=field(asked.form, "text"),
            now=asked.house.clock(),
        )

    return take(asked, step, done="reply_back", behind_held=False)


def _step(asked: Asked) -> ReplyStep:
    button = field(asked.form, "step")
    return ReplyStep(button) if button in list(ReplyStep) else ReplyStep.REPLY


def _keep(
    session: Session, asked: Asked, request: SupportRequest, files: list[Upload]
) -> list[Attachment]:
    settings = asked.house.settings
    return FileService(session, settings.files_dir).keep_all(
        files,
        conversation_id=request.conversation_id,
        limit=settings.max_upload_bytes,
        now=asked.house.clock(),
    )


def _unfit(text: str, files: list[Upload], again: list[str]) -> str:
    if not text and not files and not again:
        return "empty"
    if len(text) > WORDS_LIMIT:
        return "long"
    return "many" if len(files) + len(again) > FILES_A_MESSAGE else ""
