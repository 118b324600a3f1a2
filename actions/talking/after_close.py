"""What is sent after the close: to the case where that is plain, asked where it may be."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.sending import TO_CASE, Sending, asks, sending
from actions.shape.turn import Turn
from bot.domain.talk import causes
from bot.domain.talk.messages import Choice
from bot.domain.talk.payload import payload
from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.services.requests.after_close import AfterCloseService, CaseOfOwner
from bot.storage.models import Message, Request

BROUGHT = "brought"
"""Stands as a form's problem where the words were no answer but belonged to a case."""

ASSESSMENT = "assessment_form"
"""It wants scores only: whatever is sent is for somebody else."""

ASKED_FOR = {
    "files": frozenset({"request_files"}),
    "words": frozenset(
        {"request_question", "request_enterprise", "request_reach", "request_files"}
        | {"correction_reach"}
    ),
}
"""Fields that an owner answers by sending files, or by words that say that he sends something."""


def bring(desk: Desk, turn: Turn) -> Response | None:
    """Brings files, and words that say that something is sent, to the owner's case.

    Words that only may say so are asked about. None: they say nothing of the kind, or there is no
    case. A form takes care of it by itself (`belongs`).
    """
    if turn.active_form:
        return None
    says = Sending.PLAINLY if turn.files else sending(desk.texts, turn)
    if says is Sending.NO:
        return None
    if says is Sending.MAYBE:
        return ask_whether_to_bring(desk, turn)
    return _bring_to_case(desk, turn)


def ask_whether_to_bring(desk: Desk, turn: Turn, *, idle: bool = False) -> Response | None:
    """Asks to whom words go that the assistant cannot place; beside a file they go with it.

    `idle`: they look like small talk. That, and a question, are only just after the farewell for
    the officer.
    """
    if turn.pressed or turn.active_form:
        return None
    is_question = asks(turn.text)
    with desk.house.database.reading() as session:
        found = _found(desk, session, turn)
        if found is None or found.closed_at is None:
            return None
        if (idle or is_question) and not found.is_fresh:
            return None
        service = AfterCloseService(session)
        goes_along = not is_question and service.holds_more_than_words(
            turn.conversation_id, turn.cause
        )
    if goes_along:
        return _bring_to_case(desk, turn)
    return Response([_to_whom(desk, turn, found.request)])


def goes_along(desk: Desk, turn: Turn) -> Response | None:
    """Brings words that ask nothing and stand beside a file, just after the farewell.

    "Mẫu nhãn đây ạ" beside a picture is near to many articles, and meant for none.
    """
    if turn.pressed or turn.active_form or asks(turn.text):
        return None
    with desk.house.database.reading() as session:
        found = _found(desk, session, turn)
        if found is None or found.closed_at is None or not found.is_fresh:
            return None
        beside = AfterCloseService(session).holds_more_than_words(turn.conversation_id, turn.cause)
    return _bring_to_case(desk, turn) if beside else None


def choice_of_fresh_case(desk: Desk, turn: Turn) -> list[Choice]:
    """The button that brings the words to the case whose farewell was just said, if one was."""
    if turn.pressed or turn.active_form:
        return []
    with desk.house.database.reading() as session:
        found = _found(desk, session, turn)
    return [_choice_case(desk, turn, found.request)] if found and found.is_fresh else []


def bring_as_asked(desk: Desk, turn: Turn) -> Response:
    """The button “to the case” was pressed: the words before it go there."""
    with desk.house.database.transaction() as session:
        service = AfterCloseService(session)
        request = service.by_code(turn.conversation_id, turn.entity("code"))
        about = turn.entity("about")
        heard = service.bring(request, about, [], now=desk.now()) if request else []
        if request is None or not heard:
            return Response([desk.say("talk.old_button", Outcome.CHITCHAT)])
        return Response([_brought(desk, turn, CaseOfOwner(request), heard)])


def belongs(desk: Desk, turn: Turn) -> bool:
    """Whether what was sent within a form belongs to a case, and not to the form.

    A form that was begun before the farewell is not what the owner has in mind behind it; until
    its question was asked again, he answers the officer. Then he may answer the question.
    """
    if not turn.files and sending(desk.texts, turn) is not Sending.PLAINLY:
        return False
    with desk.house.database.reading() as session:
        found = _found(desk, session, turn)
        if found is None or turn.active_form == ASSESSMENT:
            return found is not None
        began = turn.form_began
        is_older = began is not None and found.closed_at is not None and began < found.closed_at
        if not (found.is_fresh and is_older):
            return False
        if AfterCloseService(session).has_last_word(found.request):
            return True
    return turn.slot("requested_slot") not in ASKED_FOR["files" if turn.files else "words"]


def brought_within(desk: Desk, turn: Turn) -> list[Reply]:
    """What a form says before it asks again, where it found that the turn `belongs` to a case."""
    if turn.slot("problem") != BROUGHT:
        return []
    response = _bring_to_case(desk, turn)
    return response.replies if response else []


def problem_of(turn: Turn) -> str:
    """What was wrong with the last answer to a form; what belonged to a case was none."""
    problem = turn.slot("problem")
    return "" if problem == BROUGHT else problem


def _found(desk: Desk, session: Session, turn: Turn) -> CaseOfOwner | None:
    calendar = desk.tables().calendar
    return AfterCloseService(session).case(turn.conversation_id, calendar, now=desk.now())


def _bring_to_case(desk: Desk, turn: Turn) -> Response | None:
    """None where there is no case, or nothing to bring."""
    files = [file.file_id for file in turn.files]
    with desk.house.database.transaction() as session:
        found = _found(desk, session, turn)
        if found is None:
            return None
        heard = AfterCloseService(session).bring(found.request, turn.cause, files, now=desk.now())
        return Response([_brought(desk, turn, found, heard)]) if heard else None


def _brought(desk: Desk, turn: Turn, found: CaseOfOwner, heard: Sequence[Message]) -> Reply:
    """Says where it went; a closed case that may be meant as well is a button away."""
    request, other = found.request, found.other
    return desk.say(
        "after_close.brought",
        Outcome.REQUEST,
        [_choice_case(desk, turn, other)] if other else [],
        code=request.code,
        office=_office(desk, request),
        count=sum(len(message.attachments) for message in heard),
        is_closed=request.state == "closed",
    )


def _to_whom(desk: Desk, turn: Turn, request: Request) -> Reply:
    to_us = payload(TO_CASE, code=request.code, confirmed="no")
    return desk.say(
        "after_close.to_whom",
        Outcome.REQUEST,
        [
            _choice_case(desk, turn, request),
            desk.choice("after_close.choice_assistant", to_us),
        ],
        code=request.code,
        office=_office(desk, request),
    )


def _choice_case(desk: Desk, turn: Turn, request: Request) -> Choice:
    # One button for the words and the files of a message, which are two turns.
    to_case = payload(TO_CASE, code=request.code, about=causes.whole_event(turn.cause))
    return desk.choice("after_close.choice_case", to_case, code=request.code)


def _office(desk: Desk, request: Request) -> str:
    return desk.office_title(request.office)
