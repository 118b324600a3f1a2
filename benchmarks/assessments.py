"""How long self-assessments take: a run's steps, its paper, and the department's pages.

    .venv/bin/python -m benchmarks.assessments [--attempts 50000] [--database URL]

The runs are made up: each has the stored result that the pages count, and no answers. The pages
are asked for over the console's own routes, signed in, with the database on disk.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from benchmarks.staffed_house import staffed_house
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.path import next_question
from bot.domain.assessments.question import Answer, Question, QuestionKind
from bot.domain.talk.messages import ChannelName
from bot.house import House
from bot.services.assessments.assessment_replies import AssessmentReplies
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.lookup import lookup_of
from bot.services.assessments.sheet import ResultSheet
from bot.services.messaging.conversations import ConversationService
from bot.storage.models import Attempt, AttemptScore, Conversation, Request
from bot.texts import default_texts
from tests.support.stands.officer_browser import OfficerBrowser

PAGES = ("/assessments", "/assessments?period=all", "/assessments/5s", "/assessments/5s?period=all")
TABLE = "/assessments/5s/table?period=all"
TIMES = 40
ROWS_AT_ONCE = 5000

SENT = 5
"""Every fifth run was sent with a request."""


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=50_000)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with staffed_house(given.database) as house:
        print("| what | median | p95 |\n|---|---|---|")
        for assessment in house.library.tables.assessments.values():
            steps, paper = _a_run(house, assessment)
            print(f"| {assessment.id}: all steps of a run | {steps:.0f} ms | |")
            print(f"| {assessment.id}: its paper | {paper:.0f} ms | |")
        _fill(house, given.attempts)
        browser = OfficerBrowser(house)
        browser.enter("head")
        for page in PAGES:
            _print(f"{page}, {given.attempts:,} runs", _timed(lambda p=page: browser.get(p)))
        begun = time.perf_counter()
        browser.get(TABLE)
        print(f"| {TABLE}, once | {1000 * (time.perf_counter() - begun):.0f} ms | |")


def _a_run(house: House, assessment: Assessment) -> tuple[float, float]:
    dice = random.Random(3)
    now = house.clock()
    replies = AssessmentReplies(
        default_texts(), lookup_of(house.library, default_texts(), today=now.date())
    )
    begun = time.perf_counter()
    with house.database.transaction() as session:
        chat = ConversationService(session).open(ChannelName.WEB, assessment.id, name="", now=now)
        attempts = AttemptService(session, house.library.tables.assessments)
        step = attempts.start(chat.id, assessment.id, cause=f"{assessment.id}-s", now=now)
        number = 0
        while (question := next_question(assessment, step.answers)) is not None:
            number += 1
            given = _drawn(assessment, question, dice)
            step = attempts.answer(step.attempt, given, cause=f"{assessment.id}-{number}", now=now)
            if step.question is not None:
                replies.messages(step, cause=f"{assessment.id}-{number}")
        steps = time.perf_counter() - begun
        sheets = ResultSheet(default_texts(), replies, "Sở KH&CN")
        begun = time.perf_counter()
        sheets.pdf(step, None, made_at=now)
        return 1000 * steps, 1000 * (time.perf_counter() - begun)


def _drawn(assessment: Assessment, question: Question, dice: random.Random) -> Answer:
    match question.kind:
        case QuestionKind.SCALE:
            return (str(dice.choice(assessment.scale_of(question).choices).score),)
        case QuestionKind.PRODUCT:
            return ("khong_trong_danh_muc", "ten:ghế gỗ")
        case QuestionKind.NUMBER | QuestionKind.YEAR:
            return (str(int(question.least or 1)),)
        case _:
            return (dice.choice(question.choices).id,)


def _fill(house: House, count: int) -> None:
    dice = random.Random(5)
    now = house.clock()
    assessments = [one for one in house.library.tables.assessments.values() if one.is_scored]
    with house.database.transaction() as session:
        chat = ConversationService(session).open(ChannelName.WEB, "many", name="", now=now)
    for first in range(0, count, ROWS_AT_ONCE):
        with house.database.transaction() as session:
            runs, scores = [], []
            for number in range(first, min(first + ROWS_AT_ONCE, count)):
                one = dice.choice(assessments)
                at = now - timedelta(days=dice.randint(0, 700))
                runs.append(
                    {
                        "id": 1000 + number,
                        "conversation_id": chat.id,
                        "assessment": one.id,
                        "version": one.version,
                        "state": "finished",
                        "started_by": f"many-{number}",
                        "started_at": at,
                        "updated_at": at,
                        "finished_at": at,
                        "percent": dice.randint(0, 100),
                        "level": dice.choice(one.levels).title,
                    }
                )
                scores.extend(
                    {
                        "attempt_id": 1000 + number,
                        "dimension": dimension.id,
                        "percent": dice.randint(0, 100),
                    }
                    for dimension in one.dimensions
                )
            session.execute(insert(Attempt), runs)
            session.execute(insert(AttemptScore), scores)
            session.execute(insert(Request), [_sent(run, chat) for run in runs[::SENT]])


def _sent(run: dict[str, Any], chat: Conversation) -> dict[str, Any]:
    """A request that its owner sent with a run."""
    return {
        "code": f"HT-{run['id']}",
        "kind": "request",
        "conversation_id": chat.id,
        "contact_id": chat.contact_id,
        "topic": "nang_suat",
        "office": "tdc",
        "question": "q",
        "attachments": [],
        "created_by": f"many-request-{run['id']}",
        "promised_at": run["finished_at"],
        "created_at": run["finished_at"],
        "attempt_id": run["id"],
    }


def _timed(work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begun))
    return times


def _print(name: str, times: list[float]) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"| {name} | {statistics.median(times):.0f} ms | {p95:.0f} ms |")


if __name__ == "__main__":
    main()
