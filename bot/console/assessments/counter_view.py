"""What the console shows of runs at the counter: those of an enterprise, one with its result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.console.frame.gate import Visitor
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState
from bot.domain.assessments.path import asked
from bot.domain.clock import VIETNAM
from bot.domain.enterprise.tax_code import discreet
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.sheet import ResultSheet, sheets_of
from bot.services.assessments.step import Step
from bot.services.assessments.told_answer import told_answer
from bot.services.enterprises.counter_runs import CounterRun, CounterRuns
from bot.services.enterprises.enterprise_list import EnterpriseList, NamedEnterprise
from bot.services.enterprises.enterprise_timeline import Onlooker
from bot.services.enterprises.peers import PeerService
from bot.storage.models import Attempt


@dataclass(frozen=True)
class ListedRun:
    """A run as a line. `done` of `count` questions are answered."""

    id: int
    title: str
    at: datetime
    officer: str
    finished: bool
    percent: int | None
    level: str
    done: int
    count: int


@dataclass(frozen=True)
class Counter:
    """The counter of an enterprise: what can be begun, gone on with, and read again."""

    enterprise: NamedEnterprise
    assessments: Sequence[Assessment]
    consent: str
    unfinished: Sequence[ListedRun]
    finished: Sequence[ListedRun]


@dataclass(frozen=True)
class Part:
    """A part of a result in percent, and what it was the time before."""

    title: str
    percent: int
    before: int | None


@dataclass(frozen=True)
class RunResult:
    """A finished run. `before`: the last run at the same assessment that is seen, its percent.

    `sections`: a heading each, with paragraphs of which each may begin with a bold part.
    """

    title: str
    caveat: str
    percent: int | None
    level: str
    meaning: str
    finished_at: datetime | None
    before: int | None
    before_at: datetime | None
    other_questions: bool
    parts: Sequence[Part]
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    answers: Sequence[tuple[str, str]]


def onlooker(visitor: Visitor) -> Onlooker:
    """What a visitor may see of what happened with an enterprise."""
    return Onlooker(
        officer_id=visitor.id,
        offices=visitor.offices,
        sees_runs=visitor.may(Permission.SEE_ASSESSMENTS),
    )


def counter_of(
    session: Session, house: House, enterprise_id: int, visitor: Visitor
) -> Counter | None:
    """The counter of an enterprise as a visitor may see it, or None where there is none."""
    assessments = house.library.tables.assessments
    runs = CounterRuns(session, assessments, onlooker(visitor))
    enterprise = EnterpriseList(session).named(enterprise_id)
    if enterprise is None:
        return None
    attempts = AttemptService(session, assessments)
    listed = [_listed(attempts, one) for one in runs.of(enterprise.id)]
    return Counter(
        enterprise=enterprise,
        assessments=list(assessments.values()),
        consent=house.texts.say("assessment.counter_consent"),
        unfinished=[one for one in listed if not one.finished],
        finished=[one for one in listed if one.finished],
    )


def run_result(session: Session, house: House, attempt: Attempt, visitor: Visitor) -> RunResult:
    """What a finished run came to, as its page shows it."""
    tables = house.library.tables
    step = AttemptService(session, tables.assessments).stand(attempt)
    before = CounterRuns(session, tables.assessments, onlooker(visitor)).before(attempt)
    result, peers = step.result, PeerService(session).compare(attempt)
    return RunResult(
        title=step.assessment.title,
        caveat=step.assessment.caveat,
        percent=result.percent,
        level=result.level.title if result.level is not None else "",
        meaning=result.level.meaning if result.level is not None else "",
        finished_at=attempt.finished_at,
        before=before.result.percent if before is not None else None,
        before_at=before.attempt.finished_at if before is not None else None,
        other_questions=before is not None and before.attempt.version != attempt.version,
        parts=_parts(step, before),
        sections=[(one.heading, one.paragraphs) for one in _sheets(house).sections(step, peers)],
        answers=[
            (one.text, told_answer(house.texts.say, step.assessment, one, step.answers[one.id]))
            for one in asked(step.assessment, step.answers)
            if one.id in step.answers
        ],
    )


def run_paper(
    session: Session, house: House, attempt: Attempt, visitor: Visitor
) -> tuple[str, bytes]:
    """The paper of a finished run: the name of the file, and the PDF."""
    tables = house.library.tables
    runs = CounterRuns(session, tables.assessments, onlooker(visitor))
    step = AttemptService(session, tables.assessments).stand(attempt)
    enterprise = EnterpriseList(session).named(attempt.enterprise_id or 0)
    paper = _sheets(house).pdf(
        step,
        runs.before(attempt),
        made_at=house.clock(),
        peers=PeerService(session).compare(attempt),
        # A name that somebody only gave under a tax code is not printed as the enterprise's own.
        enterprise=enterprise.name or enterprise.tax_code if enterprise is not None else "",
    )
    return house.texts.say("assessment.sheet_name", id=step.assessment.id), paper


def shown_name(enterprise: NamedEnterprise) -> str:
    """What an enterprise is called on a page; by its tax code where it has no name."""
    return enterprise.name or enterprise.given or discreet(enterprise.tax_code)


def _sheets(house: House) -> ResultSheet:
    today = house.clock().astimezone(VIETNAM).date()
    return sheets_of(house.library, house.texts, today=today)


def _listed(attempts: AttemptService, run: CounterRun) -> ListedRun:
    attempt, step = run.attempt, attempts.stand(run.attempt)
    return ListedRun(
        id=attempt.id,
        title=step.assessment.title,
        at=attempt.finished_at or attempt.updated_at,
        officer=run.officer.full_name,
        finished=attempt.state == AttemptState.FINISHED,
        percent=attempt.percent,
        level=attempt.level,
        done=step.done,
        count=step.count,
    )


def _parts(step: Step, before: Step | None) -> list[Part]:
    earlier = {one.dimension.id: one.percent for one in before.result.dimensions} if before else {}
    return [
        Part(one.dimension.title, one.percent, earlier.get(one.dimension.id))
        for one in step.result.dimensions
    ]
