"""What the page of a request reads, and when it knows that it is out of date."""

from collections.abc import Callable

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from bot.domain.talk.messages import ChannelName, OutgoingMessage
from bot.services.messaging.outbox import OutboxService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.requests.case_record import CaseRecord
from bot.services.requests.sight import Sight
from bot.storage.database import Database
from bot.storage.models import Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

Change = Callable[[Session, Seed, Request], None]


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def request_(seed: Seed) -> Request:
    conversation = seed.conversation(channel=ChannelName.TELEGRAM)
    return seed.request(conversation, enterprise=("Công ty TNHH May Tân Trụ", "1100598642"))


def mark(session: Session, request: Request, offices: frozenset[str] | None = None) -> str:
    return CaseRecord(session).fingerprint(request, Sight(session, request, offices))


def owner_writes(session: Session, seed: Seed, request: Request) -> None:
    seed.owner_says(request.conversation, "còn hạn nộp thì sao ạ")


def officer_claims(session: Session, seed: Seed, request: Request) -> None:
    cases(session).claim(request.id, seed.officer("lan"), now=seed.now)


def delivery_fails(session: Session, seed: Seed, request: Request) -> None:
    for _ in range(20):
        taken = OutboxService(session).take("sender", ChannelName.TELEGRAM, now=seed.now)
        if taken is not None and taken.conversation_id == request.conversation_id:
            OutboxService(session).failed(taken.id, "refused")
            return
    raise AssertionError("the message never left")


def say(session: Session, seed: Seed, request: Request) -> None:
    TranscriptService(session).say(
        request.conversation,
        OutgoingMessage(text="Đã nhận"),
        author=Author.SYSTEM,
        cause=f"test:{request.id}",
        now=seed.now,
        request_id=request.id,
    )


def test_all_that_the_page_shows_is_read_at_once(session: Session, request_: Request) -> None:
    session.flush()
    session.expunge_all()

    found = CaseRecord(session).request(request_.id)

    unread = inspect(found).unloaded
    assert not unread & {"enterprise", "contact", "officer", "conversation"}
    assert found.enterprise is not None
    assert found.enterprise.tax_code == "1100598642"


def test_a_request_that_is_not_there_is_not_found(session: Session, seed: Seed) -> None:
    with pytest.raises(NoResultFound):
        CaseRecord(session).request(999_999)


@pytest.mark.parametrize("change", [owner_writes, officer_claims, delivery_fails])
def test_the_mark_changes_with_the_page(
    session: Session, seed: Seed, request_: Request, change: Change
) -> None:
    say(session, seed, request_)
    before = mark(session, request_)
    change(session, seed, request_)

    assert mark(session, request_) != before


def test_the_mark_stays_when_another_request_moves(
    session: Session, seed: Seed, request_: Request
) -> None:
    before = mark(session, request_)
    other = seed.request()
    officer_claims(session, seed, other)
    owner_writes(session, seed, other)

    assert mark(session, request_) == before


def test_the_mark_stays_when_what_is_out_of_sight_moves(
    session: Session, seed: Seed, request_: Request
) -> None:
    other = seed.request(request_.conversation, office="shtt", talk=True)
    before = mark(session, request_, frozenset({"tdc"}))
    say(session, seed, other)
    owner_writes(session, seed, other)

    assert mark(session, request_, frozenset({"tdc"})) == before
    assert mark(session, request_) != before
