"""Enterprises that may be asked, and a campaign that asks them, made through the services."""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.assessments.path import next_question
from bot.domain.assessments.question import UNKNOWN, Answer, Question, QuestionKind
from bot.domain.enterprise.profile import SurveyConsent, Value
from bot.domain.surveys.target import Target
from bot.domain.talk.messages import ChannelName
from bot.flow.job_runner import JobRunner
from bot.flow.works import works_of
from bot.house import House
from bot.services.assessments.step import Step
from bot.services.surveys.campaigns import CampaignDraft, CampaignService
from bot.storage.models import Conversation, Message, Officer, ProfileContact
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed

SURVEY = "khao-sat-hien-trang"
TITLE = "Khảo sát hiện trạng năm 2026"
WORDS = "Sở muốn biết doanh nghiệp đang cần gì để lập kế hoạch năm 2027."

FORMULA = "=1+1"
"""Free words that a table must not take for more than words."""

DIES_WHILE_INVITING = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from bot.flow.job_runner import JobRunner
from bot.flow.works import works_of
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.models import Message
from sqlalchemy import event

now = datetime.fromisoformat(sys.argv[2])
house = House(
    settings=Settings(_env_file=None, data_dir=Path(sys.argv[3])),
    database=Database(sys.argv[1]),
    library=Library(Path(sys.argv[4])),
    clock=lambda: now,
)
said = []

@event.listens_for(Message, "after_insert")
def dies(_mapper, _connection, message):
    said.append(message)
    if len(said) == int(sys.argv[5]):
        os.kill(os.getpid(), signal.SIGKILL)

runner = JobRunner(house, works_of(house), frozenset(), "dies")
while runner.step():
    pass
"""
"""A process that runs what is due and is killed while it writes a message; given: address of the
database, the instant, a folder, the knowledge base, at which message."""


class Asked:
    """Rows of one database, each call one more."""

    def __init__(self, session: Session, now: datetime, *, seed: int = 5) -> None:
        self.session = session
        self.now = now
        self._enterprises = Enterprises(session, now, seed=seed)
        self._seed = Seed(session, now, seed=400 + seed)
        self._number = itertools.count(seed * 10_000)

    def enterprise(self, name: str = "", **values: Value) -> int:
        """One of the register, of which nobody is noted yet."""
        return self._enterprises.known(name, **values).enterprise_id

    def chat(self, channel: ChannelName = ChannelName.WEB) -> Conversation:
        """A person's conversation."""
        return self._seed.conversation(channel=channel)

    def person(
        self,
        enterprise_id: int,
        *,
        chat: Conversation | None = None,
        says: str = SurveyConsent.YES,
        phone: str = "",
        email: str = "",
    ) -> ProfileContact:
        """Somebody of an enterprise, as the department noted her."""
        number = next(self._number)
        row = ProfileContact(
            enterprise_id=enterprise_id,
            name=f"Chị Hoa {number}",
            phone=phone or f"09{number:08d}",
            email=email,
            contact_id=chat.contact_id if chat is not None else None,
            surveys=says,
            created_at=self.now,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def in_chat(
        self, *, channel: ChannelName = ChannelName.WEB, **values: Value
    ) -> tuple[int, Conversation]:
        """An enterprise whose person agreed and writes in a chat."""
        enterprise_id, chat = self.enterprise(**values), self.chat(channel)
        self.person(enterprise_id, chat=chat)
        return enterprise_id, chat

    def by_link(self, **values: Value) -> int:
        """An enterprise whose person agreed and has no chat."""
        enterprise_id = self.enterprise(**values)
        self.person(enterprise_id)
        return enterprise_id

    def silent(self, **values: Value) -> int:
        """An enterprise of which nobody agreed."""
        enterprise_id = self.enterprise(**values)
        self.person(enterprise_id, says="")
        self.person(enterprise_id, says=SurveyConsent.NO)
        return enterprise_id


def draft(now: datetime, *, target: Target | None = None, **days: float | None) -> CampaignDraft:
    """A campaign of two weeks; `opens`, `closes`, `remind`: days from now."""
    span = {"opens": 0.0, "closes": 14.0, "remind": 7.0, **days}
    at = {name: None if v is None else now + timedelta(days=v) for name, v in span.items()}
    return CampaignDraft(
        title=TITLE,
        questionnaire=SURVEY,
        words=WORDS,
        target=target or Target(),
        opens_at=at["opens"],
        closes_at=at["closes"],
        remind_at=at["remind"],
    )


def open_campaign(house: House, officer: Officer, given: CampaignDraft | None = None) -> int:
    """A campaign that was made and opened by an officer."""
    tables, now = house.library.tables, house.clock()
    with house.database.transaction() as session:
        service = CampaignService(session, tables.surveys)
        campaign = service.create(given or draft(now), officer, now=now)
        service.open(campaign.id, tables.calendar, now=now)
        return campaign.id


def run_jobs(house: House) -> int:
    """Runs what is due; how many jobs that were."""
    runner = JobRunner(house, works_of(house), frozenset(), "a")
    done = 0
    while runner.step():
        done += 1
    return done


def told(session: Session, kind: str = "survey:") -> dict[str, list[str]]:
    """What each conversation reads of invitations, or of reminders (`survey-reminder:`)."""
    found: dict[str, list[str]] = {}
    rows = session.execute(
        select(Message.conversation_id, Message.text)
        .where(Message.cause.startswith(kind))
        .order_by(Message.id)
    )
    for conversation_id, text in rows:
        found.setdefault(conversation_id, []).append(text)
    return found


def some_answer(question: Question) -> Answer:
    """An answer that a question takes: the first choice, or its least number."""
    match question.kind:
        case QuestionKind.ONE_OF | QuestionKind.SEVERAL:
            return (question.choices[0].id,)
        case QuestionKind.NUMBER | QuestionKind.YEAR:
            return (str(int(question.least or 1)),)
        case QuestionKind.TEXT:
            return (FORMULA,)
        case _:
            return (UNKNOWN,)


def questions_left(step: Step) -> Iterator[Question]:
    """The questions that wait, one after another, as they are answered."""
    while (question := next_question(step.assessment, step.answers)) is not None:
        yield question
