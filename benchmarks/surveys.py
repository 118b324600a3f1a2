"""How long the department's pages of survey campaigns take, and how fast a campaign is put.

    .venv/bin/python -m benchmarks.surveys [--enterprises 10000] [--runs 50000] [--database URL]

A campaign of all enterprises is open: of ten, seven have answered, one is at it, one is waiting and
one has not agreed. Further campaigns of the same enterprises make up the runs. Answers are drawn.
The pages are asked for over the console's own routes, signed in, with the database on disk.
"""

import argparse
import random
import secrets
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from benchmarks.staffed_house import staffed_house
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.path import next_question
from bot.domain.assessments.question import Answer, Question, QuestionKind
from bot.domain.surveys.target import Target
from bot.domain.talk.messages import ChannelName
from bot.flow.job_runner import JobRunner
from bot.flow.works import works_of
from bot.house import House
from bot.services.assessments.definitions import Definitions
from bot.services.surveys.campaigns import CampaignDraft, CampaignService
from bot.storage.models import (
    Attempt,
    AttemptAnswer,
    Campaign,
    Contact,
    Conversation,
    Enterprise,
    EnterpriseProfile,
    Invitation,
    Officer,
    ProfileContact,
)
from tests.support.stands.officer_browser import OfficerBrowser

SURVEY = "khao-sat-hien-trang"
PAGES = (
    "/surveys",
    "/surveys/1",
    "/surveys/1?part=con_so",
    "/surveys/1?part=nhu_cau",
    "/surveys/1/rows?state=answered",
    "/surveys/1/rows?state=answered&page=100",
    "/surveys/1/rows?question=nhu-cau&answer=dao_tao",
    "/surveys/1/rows?q=co+so",
    "/surveys/1/questions/nhu-cau?by=sector",
    "/surveys/1/questions/lao-dong?by=commune",
    "/surveys/1/invitations/1005",
)
TABLE = "/surveys/1/answers.xlsx"
TIMES = 40
AT_ONCE = 1000
FIRST = 1000

MIX = ("answered",) * 7 + ("begun", "sent", "out")
"""How ten enterprises stand."""

ASKED = 1000
"""Enterprises that a further campaign is put to, by its jobs."""


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=50_000)
    parser.add_argument("--database", default="")
    given = parser.parse_args()
    with staffed_house(given.database) as house:
        _register(house, given.enterprises)
        runs = _campaigns(house, given.enterprises, given.runs)
        print(f"{given.enterprises:,} enterprises, {runs:,} runs\n")
        print("| what | median | p95 |\n|---|---|---|")
        browser = OfficerBrowser(house)
        browser.enter("head")
        for page in PAGES:
            assert browser.get(page).is_success, page
            _print(page, _timed(lambda p=page: browser.get(p)))
        begun = time.perf_counter()
        browser.get(TABLE)
        print(f"| {TABLE}, once | {1000 * (time.perf_counter() - begun):.0f} ms | |")
        _put(house)


def _register(house: House, count: int) -> None:
    dice, now = random.Random(3), house.clock()
    tables = house.library.tables
    sectors = [one.code for one in tables.sectors.sectors] or ["10"]
    communes = [one.code for one in tables.places.communes] or ["1"]
    for first in range(0, count, AT_ONCE):
        ids = range(FIRST + first, FIRST + min(first + AT_ONCE, count))
        with house.database.transaction() as session:
            session.execute(
                insert(Enterprise), [{"id": id_, "name": "", "created_at": now} for id_ in ids]
            )
            session.execute(
                insert(EnterpriseProfile),
                [
                    {
                        "enterprise_id": id_,
                        "name": f"Cơ sở số {id_}",
                        "search_text": f"co so so {id_}",
                        "sector": dice.choice(sectors),
                        "commune": dice.choice(communes),
                        "size_class": dice.choice(("micro", "small", "medium")),
                        "created_at": now,
                        "updated_at": now,
                    }
                    for id_ in ids
                ],
            )
            session.execute(insert(Contact), [{"id": id_, "created_at": now} for id_ in ids])
            session.execute(
                insert(Conversation),
                [
                    {
                        "id": f"{id_:032d}",
                        "channel": ChannelName.WEB,
                        "chat_key": f"k{id_}",
                        "contact_id": id_,
                        "handler": "bot",
                        "reachable": True,
                        "created_at": now,
                    }
                    for id_ in ids
                ],
            )
            session.execute(
                insert(ProfileContact),
                [
                    {
                        "id": id_,
                        "enterprise_id": id_,
                        "phone": f"09{id_:08d}",
                        "contact_id": id_,
                        "surveys": "" if MIX[id_ % 10] == "out" else "yes",
                        "created_at": now,
                    }
                    for id_ in ids
                ],
            )


def _campaigns(house: House, enterprises: int, runs: int) -> int:
    """Campaigns until there are so many runs; how many there are."""
    questions = house.library.tables.surveys[SURVEY]
    made, number = 0, 0
    while made < runs:
        number += 1
        made += _campaign(house, questions, number, enterprises, runs - made)
    return made


def _campaign(house: House, questions: Assessment, number: int, enterprises: int, most: int) -> int:
    now, dice = house.clock(), random.Random(number)
    with house.database.transaction() as session:
        officer = session.scalars(select(Officer)).first()
        assert officer is not None
        session.execute(
            insert(Campaign),
            {
                "id": number,
                "title": f"Khảo sát {number}",
                "questionnaire": questions.id,
                "definition_id": Definitions(session, {}).keep(questions, now=now),
                "target": {},
                "state": "open",
                "secret": secrets.token_hex(32),
                "opens_at": now - timedelta(days=5),
                "closes_at": now + timedelta(days=5),
                "officer_id": officer.id,
                "created_at": now,
            },
        )
    runs = 0
    for first in range(0, enterprises, AT_ONCE):
        attempts: list[dict[str, Any]] = []
        answers: list[dict[str, Any]] = []
        invitations: list[dict[str, Any]] = []
        for enterprise in range(FIRST + first, FIRST + min(first + AT_ONCE, enterprises)):
            state = MIX[enterprise % 10]
            attempt = number * 1_000_000 + enterprise
            is_run = state in ("answered", "begun") and runs < most
            if is_run:
                runs += 1
                given = _drawn_run(questions, dice, whole=state == "answered")
                attempts.append(_attempt(questions, number, enterprise, attempt, given, now))
                answers.extend(
                    {
                        "attempt_id": attempt,
                        "question": question,
                        "answer": list(answer),
                        "cause": f"c{attempt}",
                        "answered_at": now,
                    }
                    for question, answer in given.items()
                )
            is_answered = is_run and state == "answered"
            invitations.append(
                {
                    "id": (number - 1) * 1_000_000 + enterprise,
                    "campaign_id": number,
                    "enterprise_id": enterprise,
                    "profile_contact_id": enterprise,
                    "way": "" if state == "out" else "chat",
                    "state": "answered" if is_answered else "out" if state == "out" else "sent",
                    "answered_at": now if is_answered else None,
                    "attempt_id": attempt if is_run else None,
                }
            )
        with house.database.transaction() as session:
            if attempts:
                session.execute(insert(Attempt), attempts)
                session.execute(insert(AttemptAnswer), answers)
            session.execute(insert(Invitation), invitations)
    return runs


def _attempt(  # noqa: PLR0913, PLR0917
    questions: Assessment,
    campaign: int,
    enterprise: int,
    attempt: int,
    given: dict[str, Answer],
    now: datetime,
) -> dict[str, Any]:
    waiting = next_question(questions, given)
    return {
        "id": attempt,
        "conversation_id": f"{enterprise:032d}",
        "assessment": questions.id,
        "version": questions.version,
        "definition_id": questions.digest,
        "state": "finished" if waiting is None else "paused",
        "question": waiting.id if waiting is not None else "",
        "started_by": f"many-{attempt}",
        "started_at": now,
        "updated_at": now,
        "finished_at": now if waiting is None else None,
        "enterprise_id": enterprise,
        "campaign_id": campaign,
    }


def _drawn_run(questions: Assessment, dice: random.Random, *, whole: bool) -> dict[str, Answer]:
    given: dict[str, Answer] = {}
    most = 100 if whole else dice.randint(1, 6)
    while len(given) < most and (question := next_question(questions, given)) is not None:
        given[question.id] = _drawn(question, dice)
    return given


def _drawn(question: Question, dice: random.Random) -> Answer:
    match question.kind:
        case QuestionKind.NUMBER | QuestionKind.YEAR:
            least, most = int(question.least or 0), int(question.most or 10_000)
            return (str(min(most, least + int(dice.lognormvariate(3, 1.5)))),)
        case QuestionKind.SEVERAL:
            chosen = [one.id for one in question.choices if dice.random() < 0.3]  # noqa: PLR2004
            return tuple(chosen) or ("khong_co",)
        case QuestionKind.TEXT:
            return (f"ISO 9001:{dice.randint(2008, 2026)}"[: question.longest],)
        case _:
            return (dice.choice(question.choices).id,)


def _put(house: House) -> None:
    """Puts a campaign to the first enterprises by its jobs."""
    now = house.clock()
    with house.database.transaction() as session:
        officer = session.scalars(select(Officer)).first()
        assert officer is not None
        service = CampaignService(session, house.library.tables.surveys)
        target = Target(enterprises=tuple(range(FIRST, FIRST + ASKED)))
        draft = CampaignDraft("Đợt đo", SURVEY, "", target, now, now + timedelta(days=9))
        campaign = service.create(draft, officer, now=now)
        service.open(campaign.id, house.library.tables.calendar, now=now)
    runner = JobRunner(house, works_of(house), frozenset(), "measures")
    pieces, begun = [], time.perf_counter()
    while runner.step():
        pieces.append(1000 * (time.perf_counter() - begun))
        begun = time.perf_counter()
    _print(f"a piece of inviting, {len(pieces)} pieces", pieces)


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
