"""Who was asked and says nothing is reminded once and closed later; nobody else is."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.office.roles import Role
from bot.domain.requests.closing import Ending
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk.conversation import Handler
from bot.domain.talk.messages import ChannelName
from bot.domain.talk.way import DeliveryState
from bot.knowledge.library import Library
from bot.services.assigning.assignments import Assignments
from bot.services.closing.silent_owners import SilentOwners
from bot.services.privacy.erasures import ErasureService
from bot.services.replying.held_replies import Reply
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.cases import RequestRefused
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import RequestService
from bot.storage.database import Database
from bot.storage.models import Delivery, Message, Officer, Request
from bot.texts import default_texts
from tests.support.data.cases import cases, held_replies
from tests.support.data.seed import Seed
from tests.support.data.small_knowledge import copy_small_knowledge, edit

ASKED = datetime(2027, 2, 3, 9, 0, tzinfo=VIETNAM)
"""The Wednesday before Tết: five working days off follow the Thursday."""

REMINDED = datetime(2027, 2, 15, 9, 0, tzinfo=VIETNAM)
CLOSED = datetime(2027, 2, 22, 9, 0, tzinfo=VIETNAM)
HOUR = timedelta(hours=1)


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def now() -> datetime:
    return ASKED


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    return Seed(session, now)


@pytest.fixture
def silent(session: Session, library: Library) -> SilentOwners:
    return SilentOwners(session, default_texts(), library)


@pytest.fixture
def asked(seed: Seed, lan: Officer) -> Request:
    return ask(seed, lan)


def ask(seed: Seed, officer: Officer, **given: object) -> Request:
    request = seed.request(**given)  # type: ignore[arg-type]
    service = cases(seed.session)
    service.claim(request.id, officer, now=seed.now)
    said = "Xưởng có mấy người ạ?"
    service.reply(
        request.id, officer, said, cause=f"form:{request.id}", now=seed.now, asks_back=True
    )
    return request


def told(session: Session, request: Request) -> list[str]:
    """What the house said in the case, the notice of the claim aside."""
    said = select(Message.text).where(Message.request_id == request.id, Message.author == "system")
    return list(session.scalars(said.order_by(Message.id)))[1:]


def kinds(session: Session, request: Request) -> list[str]:
    return [line.kind for line in RequestHistory(session).lines(request)]


def looks(silent: SilentOwners, start: datetime, end: datetime) -> Iterator[datetime]:
    """Looks each hour, day and night; the instants at which something was done."""
    now = start
    while now <= end:
        for request_id in silent.due(now=now):
            if silent.step(request_id, now=now):
                yield now
        now += HOUR


def test_an_owner_is_reminded_once_and_closed_behind_tet(
    silent: SilentOwners, seed: Seed, asked: Request
) -> None:
    seed.noise(6)
    assert list(looks(silent, ASKED, CLOSED + timedelta(days=2))) == [REMINDED, CLOSED]

    reminded, farewell = told(seed.session, asked)
    assert "đang chờ anh/chị trả lời" in reminded
    assert "09:00 thứ Hai, 22/02/2027" in reminded
    assert f"**{asked.code}** được đóng lại. Mã vẫn giữ" in farewell
    assert (asked.state, asked.ending) == (RequestState.CLOSED, Ending.SILENT)
    assert (asked.closed_at, asked.first_closed_at) == (CLOSED, CLOSED)
    assert asked.solved_at is None, "a silence solves nothing"
    assert (asked.conversation.handler, asked.conversation.request_id) == (Handler.BOT, None)
    assert kinds(seed.session, asked)[-2:] == [Step.SILENCE_REMINDED, Step.CLOSED]


def test_whatever_the_owner_writes_ends_it_also_behind_the_reminder(
    silent: SilentOwners, seed: Seed, asked: Request
) -> None:
    assert list(looks(silent, ASKED, REMINDED)) == [REMINDED]
    RequestService(seed.session).owner_wrote(asked.conversation_id, now=REMINDED + HOUR)
    assert list(looks(silent, REMINDED, CLOSED + timedelta(days=5))) == []
    assert silent.step(asked.id, now=CLOSED) is None
    assert asked.state == RequestState.CLAIMED


def test_a_further_question_is_a_silence_of_its_own(
    silent: SilentOwners, seed: Seed, asked: Request, lan: Officer
) -> None:
    assert list(looks(silent, ASKED, REMINDED)) == [REMINDED]
    again = REMINDED + timedelta(days=2)
    service = cases(seed.session)
    service.reply(asked.id, lan, "Chị gửi ảnh ạ", cause="form:2", now=again, asks_back=True)
    found = list(looks(silent, again, CLOSED + timedelta(days=10)))
    assert found == [again + timedelta(days=5), again + timedelta(days=12)]


@pytest.mark.parametrize("why", ["blocked", "erase", "answered", "authority", "released", "closed"])
def test_some_are_never_reminded_and_never_closed(
    silent: SilentOwners, seed: Seed, asked: Request, lan: Officer, why: str
) -> None:
    service = cases(seed.session)
    if why == "blocked":
        asked.conversation.reachable = False
    elif why == "erase":
        ErasureService(seed.session).ask(asked.conversation_id, now=ASKED + HOUR)
    elif why == "answered":
        service.reply(asked.id, lan, "Dạ xong", cause="form:2", now=ASKED + HOUR)
    elif why == "authority":
        asked.state = RequestState.WAITING_AUTHORITY
    elif why == "released":
        service.release(asked.id, lan, now=ASKED + HOUR)
    else:
        service.close(asked.id, lan, cause="form:2", now=ASKED + HOUR)
    seed.session.flush()
    before, state = told(seed.session, asked), asked.state
    assert list(looks(silent, REMINDED, CLOSED + timedelta(days=1))) == []
    assert silent.step(asked.id, now=REMINDED) is None
    assert (told(seed.session, asked), asked.state) == (before, state)


@pytest.mark.parametrize("why", ["blocked", "erase"])
def test_who_has_blocked_us_or_asked_to_be_erased_since_the_reminder_is_not_closed(
    silent: SilentOwners, seed: Seed, asked: Request, why: str
) -> None:
    assert list(looks(silent, REMINDED, REMINDED)) == [REMINDED]
    if why == "blocked":
        asked.conversation.reachable = False
    else:
        asked.conversation.erase_asked_at = REMINDED + HOUR
    seed.session.flush()
    assert list(looks(silent, CLOSED, CLOSED + HOUR)) == []
    assert silent.step(asked.id, now=CLOSED) is None


@pytest.mark.parametrize(
    ("state", "closes"),
    [
        (DeliveryState.SENT, [CLOSED]),
        (DeliveryState.QUEUED, []),
        (DeliveryState.UNKNOWN, []),
        (DeliveryState.FAILED, []),
    ],
)
def test_who_may_not_have_read_the_reminder_is_not_closed(
    silent: SilentOwners, seed: Seed, lan: Officer, state: DeliveryState, closes: list[datetime]
) -> None:
    conversation = seed.conversation(channel=ChannelName.TELEGRAM)
    request = ask(seed, lan, conversation=conversation)
    for delivery in seed.session.scalars(select(Delivery)):
        delivery.state = DeliveryState.SENT
    seed.session.flush()
    assert list(looks(silent, REMINDED, REMINDED)) == [REMINDED]
    newest = seed.session.scalars(select(Delivery).order_by(Delivery.id.desc()).limit(1)).one()
    newest.state = state
    seed.session.flush()
    assert list(looks(silent, CLOSED, CLOSED)) == closes
    assert (request.state == RequestState.CLOSED) == bool(closes)


def test_what_was_lost_before_the_question_keeps_nothing_open(
    silent: SilentOwners, seed: Seed, lan: Officer
) -> None:
    conversation = seed.conversation(channel=ChannelName.TELEGRAM)
    request = seed.request(conversation)
    cases(seed.session).claim(request.id, lan, now=ASKED - HOUR)
    service = cases(seed.session)
    service.reply(request.id, lan, "?", cause="form:1", now=ASKED, asks_back=True)
    assert list(looks(silent, REMINDED, REMINDED)) == [REMINDED]
    rows = seed.session.scalars(select(Delivery).order_by(Delivery.id)).all()
    for row, state in zip(rows, (DeliveryState.FAILED, *[DeliveryState.SENT] * 2), strict=True):
        row.state = state
    seed.session.flush()
    assert list(looks(silent, CLOSED, CLOSED)) == [CLOSED]


def test_the_holder_leaves_a_silence_alone_and_counts_it_again(
    silent: SilentOwners, seed: Seed, asked: Request, lan: Officer
) -> None:
    for _ in range(2):
        silent.leave(asked.id, lan, is_left=True, now=ASKED + HOUR)
    assert list(looks(silent, REMINDED, CLOSED + timedelta(days=7))) == []
    again = CLOSED + timedelta(days=7)
    for _ in range(2):
        silent.leave(asked.id, lan, is_left=False, now=again)
    assert list(looks(silent, again, again)) == [again]
    assert kinds(seed.session, asked)[-3:] == [
        Step.SILENCE_LEFT,
        Step.SILENCE_COUNTED,
        Step.SILENCE_REMINDED,
    ]


@pytest.mark.parametrize("reason", ["closed", "not_yours", "not_waiting"])
def test_only_the_holder_of_a_case_that_waits_says_so(
    silent: SilentOwners, seed: Seed, asked: Request, lan: Officer, reason: str
) -> None:
    officer = seed.officer() if reason == "not_yours" else lan
    if reason == "closed":
        cases(seed.session).close(asked.id, lan, cause="form:2", now=ASKED)
    elif reason == "not_waiting":
        RequestService(seed.session).owner_wrote(asked.conversation_id, now=ASKED)
    with pytest.raises(RequestRefused) as refused:
        silent.leave(asked.id, officer, is_left=True, now=ASKED)
    assert refused.value.reason == reason


def test_a_case_that_a_head_gave_on_is_closed_under_its_new_holder(
    silent: SilentOwners, seed: Seed, asked: Request, library: Library
) -> None:
    head, minh = seed.officer(role=Role.HEAD), seed.officer()
    assigning = Assignments(seed.session, default_texts(), library.current)
    assigning.give(asked.id, minh, head, now=ASKED + HOUR)
    assert list(looks(silent, REMINDED, REMINDED)) == [REMINDED]
    assert list(looks(silent, CLOSED, CLOSED)) == [CLOSED]
    assert asked.officer_id == minh.id


def test_killed_in_between_it_has_not_happened_and_then_happens_once(
    database: Database, library: Library
) -> None:
    with database.transaction() as session:
        seed = Seed(session, ASKED)
        request_id = ask(seed, seed.officer("lan")).id
    for now in (REMINDED, CLOSED):
        with suppress(KeyboardInterrupt), database.transaction() as session:
            assert SilentOwners(session, default_texts(), library).step(request_id, now=now)
            raise KeyboardInterrupt
        for is_due in (True, False):
            with database.transaction() as session:
                service = SilentOwners(session, default_texts(), library)
                assert service.due(now=now) == [request_id] * is_due
                assert (service.step(request_id, now=now) is not None) == is_due
    with database.transaction() as session:
        assert len(told(session, session.get_one(Request, request_id))) == 2


def test_a_case_is_not_closed_under_a_reply_that_is_about_to_leave(
    silent: SilentOwners, seed: Seed, asked: Request, lan: Officer, tmp_path: Path
) -> None:
    list(looks(silent, REMINDED, REMINDED))
    held = held_replies(seed.session, tmp_path)
    again = Reply("Em gửi lại câu hỏi ạ.")
    held.send(asked.id, lan, again, cause="form:9", now=CLOSED, undo_seconds=10)
    assert list(looks(silent, CLOSED, CLOSED)) == []
    assert silent.step(asked.id, now=CLOSED) is None
    assert asked.state == RequestState.WAITING_OWNER


def test_nought_turns_it_off(session: Session, seed: Seed, asked: Request, tmp_path: Path) -> None:
    folder = copy_small_knowledge(tmp_path / "kb")
    edit(folder / "routing.yml", "remind_days: 3", "remind_days: 0")
    off = SilentOwners(session, default_texts(), Library(folder))
    assert list(looks(off, REMINDED, CLOSED)) == []
    assert asked.state == RequestState.WAITING_OWNER


def test_who_writes_english_is_reminded_in_english(
    silent: SilentOwners, seed: Seed, lan: Officer
) -> None:
    request = ask(seed, lan, question="How long does ISO 9001 take?")
    assert list(looks(silent, REMINDED, REMINDED)) == [REMINDED]
    assert list(looks(silent, CLOSED, CLOSED)) == [CLOSED]
    reminded, farewell = told(seed.session, request)
    assert f"Request **{request.code}**" in reminded
    assert "We have heard nothing more from you" in farewell


def test_an_officer_opens_it_again_and_what_solves_it_is_the_later_close(
    silent: SilentOwners, seed: Seed, asked: Request, lan: Officer
) -> None:
    list(looks(silent, REMINDED, REMINDED))
    list(looks(silent, CLOSED, CLOSED))
    service, later = cases(seed.session), CLOSED + timedelta(days=1)
    service.reopen(asked.id, lan, now=later)
    service.close(asked.id, lan, cause="form:2", now=later + HOUR)
    assert (asked.first_closed_at, asked.solved_at) == (CLOSED, later + HOUR)


def test_what_the_owner_sends_within_ten_days_behind_it_belongs_to_the_case(
    silent: SilentOwners, seed: Seed, asked: Request, library: Library
) -> None:
    list(looks(silent, REMINDED, REMINDED))
    list(looks(silent, CLOSED, CLOSED))
    calendar, service = library.tables.calendar, AfterCloseService(seed.session)
    end = CLOSED + timedelta(days=14)
    for later, is_found in ((end, True), (end + HOUR, False)):
        found = service.case(asked.conversation_id, calendar, now=later)
        assert (found is not None and found.request is asked) == is_found
