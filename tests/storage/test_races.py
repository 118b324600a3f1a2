"""Two people at the same instant on PostgreSQL: one gets the case, the other one is told."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.domain.requests.request import CODE_LENGTH, RequestState
from bot.domain.talk.conversation import Handler
from bot.services.requests.cases import RequestRefused
from bot.services.requests.requests import RequestDraft, RequestService
from bot.storage.database import Database
from bot.storage.models import Conversation, Message, Officer, Request, RequestEvent
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

ROUNDS = 8


def claim(database: Database, request_id: int, officer_id: int, now: datetime) -> str:
    try:
        with database.transaction() as session:
            officer = session.get_one(Officer, officer_id)
            cases(session).claim(request_id, officer, now=now)
    except RequestRefused as refused:
        return refused.reason
    return "mine"


@pytest.mark.parametrize("talk", [True, False])
def test_of_two_officers_who_claim_at_once_one_gets_the_case(
    any_database: Database, now: datetime, *, talk: bool
) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(4)
        officers = [seed.officer().id for _ in range(2)]
        requests = [seed.request(talk=talk).id for _ in range(ROUNDS)]

    with ThreadPoolExecutor(2) as pool:
        for request_id in requests:
            told = [
                pool.submit(claim, any_database, request_id, officer, now) for officer in officers
            ]
            assert sorted(one.result(timeout=30) for one in told) == ["mine", "taken"]

    with any_database.transaction() as session:
        for request_id in requests:
            request = session.get_one(Request, request_id)
            claims = session.scalars(
                select(RequestEvent).where(
                    RequestEvent.request_id == request_id, RequestEvent.kind == "claimed"
                )
            ).all()
            assert [line.officer_id for line in claims] == [request.officer_id]
            assert request.state == RequestState.CLAIMED
            assert request.conversation.handler == Handler.OFFICER


def test_an_owner_who_leaves_the_queue_and_an_officer_who_claims_do_not_both_win(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        officer = seed.officer().id
        requests = [seed.request(talk=True) for _ in range(ROUNDS)]
        waiting = [(request.id, request.conversation_id) for request in requests]

    def leave(conversation_id: str) -> bool:
        with any_database.transaction() as session:
            return RequestService(session).leave_queue(conversation_id, now=now) is not None

    with ThreadPoolExecutor(2) as pool:
        for request_id, conversation_id in waiting:
            left = pool.submit(leave, conversation_id)
            claimed = pool.submit(claim, any_database, request_id, officer, now)
            outcome = (left.result(timeout=30), claimed.result(timeout=30))
            assert outcome in {(True, "closed"), (False, "mine")}

    with any_database.transaction() as session:
        for _, conversation_id in waiting:
            conversation = session.get_one(Conversation, conversation_id)
            held = conversation.handler == Handler.OFFICER
            assert (conversation.request_id is not None) == held


def test_a_form_that_is_sent_twice_at_once_replies_once(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        officer = seed.officer().id
        requests = [seed.request().id for _ in range(ROUNDS)]
    for request_id in requests:
        claim(any_database, request_id, officer, now)

    def reply(request_id: int) -> None:
        with any_database.transaction() as session:
            cases(session).reply(
                request_id,
                session.get_one(Officer, officer),
                "Dạ có",
                cause=f"form:{request_id}",
                now=now,
            )

    with ThreadPoolExecutor(2) as pool:
        for request_id in requests:
            for sent in [pool.submit(reply, request_id) for _ in range(2)]:
                assert sent.exception(timeout=30) is None

    with any_database.transaction() as session:
        causes = session.scalars(select(Message.cause).where(Message.cause.like("form:%"))).all()
        noted = session.scalars(
            select(RequestEvent.request_id).where(RequestEvent.kind == "replied")
        ).all()
    assert sorted(noted) == sorted(requests)
    assert sorted(causes) == sorted(f"form:{request_id}" for request_id in requests)


def test_a_code_that_is_taken_is_drawn_again(any_database: Database, now: datetime) -> None:
    letters = itertools.chain("A" * CODE_LENGTH * 2, "B" * CODE_LENGTH)
    with any_database.transaction() as session:
        conversation = Seed(session, now).conversation()
        service = RequestService(session, lambda _alphabet: next(letters))
        codes = [
            service.file(conversation.id, draft(now), cause=f"in:{number}", now=now).code
            for number in range(2)
        ]

    assert codes == ["HT-26-AAAAA", "HT-26-BBBBB"]


def test_the_database_itself_refuses_a_second_request_of_a_code(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        conversation = Seed(session, now).conversation()
        first = RequestService(session).file(conversation.id, draft(now), cause="in:1", now=now)

        second = RequestService(session).file(conversation.id, draft(now), cause="in:2", now=now)
        second.code = first.code

        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def draft(now: datetime) -> RequestDraft:
    return RequestDraft(topic="quy_chuan", office="tdc", question="Có phải?", promised_at=now)
