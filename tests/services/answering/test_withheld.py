"""An answer whose documents stop holding is withheld within a minute of the edit."""

import time
from datetime import date
from pathlib import Path

from bot.domain.talk.understanding import Outcome
from bot.knowledge.library import Library
from bot.search.searcher import LOOK_EVERY_SECONDS, Searcher
from bot.services.answering.answers import AnswerService
from bot.texts import default_texts
from tests.support.data.small_knowledge import article_file, cite_only, edit, registered

TODAY = date(2026, 11, 29)
A_MINUTE = 60.0


def outcome(searcher: Searcher) -> Outcome:
    answers = AnswerService(searcher.current, default_texts())
    return answers.give("5s-la-gi", today=TODAY).understanding.outcome


def test_it_is_withheld_within_a_minute(folder: Path) -> None:
    registered(folder, "status: in_force; in_force_to: 2026-11-29")
    cite_only(article_file(folder, "5s-la-gi"), "thu-nghiem")
    searcher = Searcher(Library(folder), None)
    assert outcome(searcher) is Outcome.ANSWER

    searcher.follow(every_seconds=LOOK_EVERY_SECONDS / 10)
    edited = time.monotonic()
    edit(folder / "register.yml", "in_force_to: 2026-11-29", "in_force_to: 2026-11-28")
    while outcome(searcher) is Outcome.ANSWER and time.monotonic() - edited < A_MINUTE:
        time.sleep(0.05)

    searcher.close()
    assert outcome(searcher) is Outcome.HANDOVER
    assert LOOK_EVERY_SECONDS * 2 < A_MINUTE
