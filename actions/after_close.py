"""What is sent after the close: to the case where that is plain, asked where it may be."""

import re
from functools import lru_cache

from actions.desk import Desk
from actions.house_action import Response
from actions.turn import Turn
from bot.domain.payload import payload
from bot.domain.plain import holds_words, plain
from bot.domain.reply import Reply
from bot.domain.understanding import Outcome
from bot.services.after_close import AfterCloseService
from bot.storage.models import Request
from engine.vietnamese.question import sounds_like_question

TO_CASE = "send_files"
"""The intent of files, and of the two buttons under the question to whom words go."""

POLITE = frozenset({"thanks", "greet", "goodbye", "insult", "menu"})
"""Intents whose words are no message to anybody, whatever else they hold."""

BARE_POLITE_END = re.compile(r" a\W*$", re.IGNORECASE)
"""Who sends something and types no accents ends politely; he does not ask."""


def bring(desk: Desk, turn: Turn) -> Response | None:
    """Brings files, and words that say that something is sent, to the owner's case.

    None: they say nothing of the kind, or there is no case. Inside a form all belongs to the form.
    """
    if turn.active_form or not (turn.files or _sends(desk, turn)):
        return None
    with desk.house.database.transaction() as session:
        service = AfterCloseService(session)
        found = service.case(turn.conversation_id, desk.tables().calendar, now=desk.now())
        if found is None:
            return None
        files = [file.file_id for file in turn.files]
        if not service.bring(found.request, turn.cause, files, now=desk.now()):
            return None
        return Response([_brought(desk, found.request, len(files))])


def ask_whether_to_bring(desk: Desk, turn: Turn, *, idle: bool = False) -> Response | None:
    """Asks to whom words go that are no question and that the assistant cannot place.

    `idle`: they look like small talk, which only just after the farewell is for the officer.
    """
    if turn.pressed or turn.active_form or sounds_like_question(turn.text):
        return None
    with desk.house.database.transaction() as session:
        found = AfterCloseService(session).case(
            turn.conversation_id, desk.tables().calendar, now=desk.now()
        )
    if found is None or found.request.state != "closed" or (idle and not found.is_fresh):
        return None
    request = found.request
    to_case = payload(TO_CASE, code=request.code, about=turn.cause)
    to_us = payload(TO_CASE, code=request.code, confirmed="no")
    reply = desk.say(
        "after_close.to_whom",
        Outcome.REQUEST,
        [
            desk.choice("after_close.choice_case", to_case, code=request.code),
            desk.choice("after_close.choice_assistant", to_us),
        ],
        code=request.code,
        office=_office(desk, request),
    )
    return Response([reply])


def bring_as_asked(desk: Desk, turn: Turn) -> Response:
    """The button “to the case” was pressed: the words before it go there."""
    with desk.house.database.transaction() as session:
        service = AfterCloseService(session)
        request = service.by_code(turn.conversation_id, turn.entity("code"))
        about = turn.entity("about")
        if request is None or not service.bring(request, about, [], now=desk.now()):
            return Response([desk.say("talk.old_button", Outcome.CHITCHAT)])
        return Response([_brought(desk, request, 0)])


def _sends(desk: Desk, turn: Turn) -> bool:
    if turn.pressed or turn.intent in POLITE:
        return False
    words = plain(turn.text)
    phrases = _phrases(desk.texts.say("after_close.sending"))
    if turn.intent != TO_CASE and not any(holds_words(words, phrase) for phrase in phrases):
        return False
    return not sounds_like_question(BARE_POLITE_END.sub("", turn.text))


@lru_cache(maxsize=1)
def _phrases(listed: str) -> tuple[str, ...]:
    """The phrases of `after_close.sending`, as they are compared."""
    return tuple(plain(phrase) for phrase in listed.split("|"))


def _brought(desk: Desk, request: Request, count: int) -> Reply:
    return desk.say(
        "after_close.brought",
        Outcome.REQUEST,
        code=request.code,
        office=_office(desk, request),
        count=count,
        is_closed=request.state == "closed",
    )


def _office(desk: Desk, request: Request) -> str:
    return desk.knowledge.answering(request.office).title
