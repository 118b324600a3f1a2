"""Requests and the one owner of their conversation: every step, each race, each repetition."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, object_session

from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.cases import CaseService, RequestRefused
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import RequestDraft, RequestService
from bot.storage.database import Database
from bot.storage.models import (
    Conversation,
    Delivery,
    Enterprise,
    Message,
    Officer,
    Request,
    RequestEvent,
)
from tests.support.data.cases import cases as cases_of
from tests.support.data.events import inbound, reception
from tests.support.data.seed import Seed

WORDS = "Chào anh/chị"


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def service(session: Session) -> RequestService:
    return RequestService(session)


@pytest.fixture
def cases(session: Session) -> CaseService:
    return cases_of(session)


def draft(now: datetime, **changes: object) -> RequestDraft:
    values: dict[str, object] = {
        "topic": "quy_chuan",
        "office": "tdc",
        "question": "Hỏi",
        "promised_at": now + timedelta(hours=4),
    }
    return RequestDraft(**(values | changes))  # type: ignore[arg-type]


def lines(request: Request) -> list[RequestEvent]:
    session = object_session(request)
    assert session is not None
    return RequestHistory(session).lines(request)


def kinds(request: Request) -> list[str]:
    return [line.kind for line in lines(request)]


# — the owner's side —


def test_filing_writes_a_code_the_enterprise_and_a_first_line(
    service: RequestService, seed: Seed, now: datetime
) -> None:
    conversation = seed.conversation()
    wanted = draft(now, tax_code="0312345678", enterprise_name="HTX Một", reach="0912345678")
    request = service.file(conversation.id, wanted, cause="in:1", now=now)
    assert request.code.startswith("HT-26-")
    assert request.enterprise_id == conversation.contact.enterprise_id is not None
    assert conversation.contact.phone == "0912345678"
    assert request.state == RequestState.NEW
    assert kinds(request) == ["created"]
    assert conversation.handler == Handler.BOT


def test_filing_twice_for_one_cause_files_once(
    service: RequestService, seed: Seed, session: Session, now: datetime
) -> None:
    conversation = seed.conversation()
    before = session.scalar(select(func.count()).select_from(Request))
    first = service.file(conversation.id, draft(now), cause="in:1", now=now)
    second = service.file(conversation.id, draft(now, question="Khác"), cause="in:1", now=now)
    assert first is second
    assert session.scalar(select(func.count()).select_from(Request)) == (before or 0) + 1


def test_a_code_that_is_taken_is_drawn_again(session: Session, seed: Seed, now: datetime) -> None:
    drawn = iter("000000000000001")
    service = RequestService(session, lambda _alphabet: next(drawn))
    one = service.file(seed.conversation().id, draft(now), cause="in:1", now=now)
    two = service.file(seed.conversation().id, draft(now), cause="in:2", now=now)
    assert (one.code, two.code) == ("HT-26-00000", "HT-26-00001")


def test_an_email_and_a_phone_are_remembered_apart(
    service: RequestService, seed: Seed, now: datetime
) -> None:
    conversation = seed.conversation()
    service.file(conversation.id, draft(now, reach="a@b.vn"), cause="in:1", now=now)
    service.file(conversation.id, draft(now, reach="0987654321"), cause="in:2", now=now)
    assert (conversation.contact.email, conversation.contact.phone) == ("a@b.vn", "0987654321")


def test_what_is_given_with_a_request_stays_with_it(
    service: RequestService, seed: Seed, now: datetime
) -> None:
    conversation = seed.conversation()
    one = service.file(
        conversation.id,
        draft(now, tax_code="0101243150", enterprise_name="Một"),
        cause="a",
        now=now,
    )
    two = service.file(
        conversation.id,
        draft(now, tax_code="0101243150", enterprise_name="Hai"),
        cause="b",
        now=now,
    )
    assert (one.enterprise_name, two.enterprise_name) == ("Một", "Hai")
    assert one.enterprise_id == two.enterprise_id


def test_who_wants_a_person_brings_along_what_he_gave_before(
    service: RequestService, seed: Seed, now: datetime
) -> None:
    conversation = seed.conversation()
    given = draft(now, tax_code="0101243150", enterprise_name="Một")
    service.file(conversation.id, given, cause="a", now=now)
    talk = service.hand_over(conversation.id, draft(now), cause="b", now=now)
    assert (talk.enterprise_name, talk.enterprise_id) == (
        "Một",
        conversation.contact.enterprise_id,
    )


def test_who_files_without_an_enterprise_has_none(
    service: RequestService, seed: Seed, now: datetime
) -> None:
    conversation = seed.conversation()
    given = draft(now, tax_code="0101243150", enterprise_name="Một")
    service.file(conversation.id, given, cause="a", now=now)
    without = service.file(conversation.id, draft(now), cause="b", now=now)
    assert (without.enterprise_id, without.enterprise_name) == (None, "")


def test_one_tax_code_is_one_enterprise(
    service: RequestService, seed: Seed, session: Session, now: datetime
) -> None:
    for number in range(2):
        service.file(
            seed.conversation().id, draft(now, tax_code="0101243150"), cause=f"in:{number}", now=now
        )
    found = session.scalars(select(Enterprise).where(Enterprise.tax_code == "0101243150")).all()
    assert len(found) == 1


def test_asking_for_a_person_puts_the_conversation_into_the_queue(
    service: RequestService, seed: Seed, now: datetime
) -> None:
    conversation = seed.conversation()
    request = service.hand_over(conversation.id, draft(now), cause="in:1", now=now)
    assert (conversation.handler, conversation.request_id) == (Handler.QUEUE, request.id)
    assert request.kind == "talk"


@pytest.mark.parametrize("cause", ["in:1", "in:2"])
def test_asking_again_while_waiting_makes_no_second_request(
    service: RequestService, seed: Seed, now: datetime, cause: str
) -> None:
    conversation = seed.conversation()
    first = service.hand_over(conversation.id, draft(now), cause="in:1", now=now)
    assert service.hand_over(conversation.id, draft(now), cause=cause, now=now) is first


def test_asking_for_a_person_while_an_officer_holds_gives_the_held_request(
    service: RequestService, cases: CaseService, seed: Seed, lan: Officer, now: datetime
) -> None:
    request = seed.request(talk=True)
    cases.claim(request.id, lan, now=now)
    again = service.hand_over(request.conversation_id, draft(now), cause="in:9", now=now)
    assert again.id == request.id


def test_leaving_the_queue_closes_the_talk_and_wakes_the_bot(
    service: RequestService, seed: Seed, now: datetime
) -> None:
    request = seed.request(talk=True)
    assert service.leave_queue(request.conversation_id, now=now) is request
    assert request.state == RequestState.CLOSED
    assert request.conversation.handler == Handler.BOT
    assert kinds(request) == ["created", "withdrawn"]


def test_leaving_no_queue_does_nothing(
    service: RequestService, cases: CaseService, seed: Seed, lan: Officer, now: datetime
) -> None:
    assert service.leave_queue(seed.conversation().id, now=now) is None
    held = seed.request(talk=True)
    cases.claim(held.id, lan, now=now)
    assert service.leave_queue(held.conversation_id, now=now) is None
    assert held.conversation.handler == Handler.OFFICER


def test_leaving_the_queue_keeps_a_filed_request_open(
    service: RequestService, cases: CaseService, seed: Seed, lan: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    cases.release(request.id, lan, now=now)
    service.leave_queue(request.conversation_id, now=now)
    assert (request.state, request.conversation.handler) == (RequestState.NEW, Handler.BOT)


@pytest.mark.parametrize(("stars", "kept"), [(0, None), (1, 1), (5, 5), (6, None)])
def test_a_rating_is_one_to_five(
    service: RequestService, seed: Seed, now: datetime, stars: int, kept: int | None
) -> None:
    request = seed.request()
    service.rate(request.code, request.conversation_id, stars, now=now)
    assert request.rating == kept


def test_a_rating_is_noted_once_and_may_be_changed(
    service: RequestService, seed: Seed, now: datetime
) -> None:
    request = seed.request()
    for stars in (4, 4, 2):
        service.rate(request.code, request.conversation_id, stars, now=now)
    assert request.rating == 2
    assert kinds(request) == ["created", "rated", "rated"]


def test_nobody_rates_the_request_of_another(
    service: RequestService, seed: Seed, now: datetime
) -> None:
    request = seed.request()
    assert service.rate(request.code, seed.conversation().id, 5, now=now) is None
    assert service.rate("HT-26-ZZZZZ", request.conversation_id, 5, now=now) is None


# — the officers' side —


def test_claiming_silences_the_bot(
    cases: CaseService, seed: Seed, lan: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    assert (request.state, request.officer_id) == (RequestState.CLAIMED, lan.id)
    assert (request.conversation.handler, request.conversation.request_id) == (
        Handler.OFFICER,
        request.id,
    )


def test_claiming_twice_is_one_claim(
    cases: CaseService, seed: Seed, lan: Officer, now: datetime
) -> None:
    request = seed.request()
    for _ in range(2):
        cases.claim(request.id, lan, now=now)
    assert kinds(request) == ["created", "claimed"]


def test_a_claimed_request_is_refused_to_another(
    cases: CaseService, seed: Seed, lan: Officer, minh: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    with pytest.raises(RequestRefused) as refused:
        cases.claim(request.id, minh, now=now)
    assert refused.value.reason == "taken"


def test_a_request_that_is_not_there_is_refused_as_closed(
    cases: CaseService, lan: Officer, now: datetime
) -> None:
    with pytest.raises(RequestRefused, match="closed"):
        cases.claim(99_999, lan, now=now)


def test_a_reply_goes_out_once_a_form(
    cases: CaseService, seed: Seed, session: Session, lan: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    for _ in range(3):
        cases.reply(request.id, lan, WORDS, cause="form:1", now=now)
    said = session.scalars(select(Message).where(Message.cause == "form:1")).all()
    sent = session.scalars(select(Delivery).where(Delivery.message_id == said[0].id)).all()
    assert (len(said), len(sent)) == (1, 1)
    assert kinds(request) == ["created", "claimed", "replied"]
    assert request.first_reply_at == now


def test_the_first_reply_keeps_its_time(
    cases: CaseService, seed: Seed, lan: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    cases.reply(request.id, lan, WORDS, cause="form:1", now=now)
    cases.reply(request.id, lan, WORDS, cause="form:2", now=now + timedelta(hours=1))
    assert request.first_reply_at == now


def test_asking_back_waits_until_the_owner_writes(
    service: RequestService, cases: CaseService, seed: Seed, lan: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    cases.reply(request.id, lan, WORDS, cause="form:1", now=now, asks_back=True)
    assert request.state == RequestState.WAITING_OWNER
    service.owner_wrote(request.conversation_id, now=now)
    service.owner_wrote(request.conversation_id, now=now)
    assert request.state == RequestState.CLAIMED
    assert kinds(request)[-2:] == ["asked_back", "answered"]


@pytest.mark.parametrize("step", ["reply", "close"])
@pytest.mark.parametrize("holder", [None, "minh"])
def test_only_the_holder_replies_and_closes(  # noqa: PLR0917
    cases: CaseService,
    seed: Seed,
    lan: Officer,
    minh: Officer,
    now: datetime,
    step: str,
    holder: str | None,
) -> None:
    request = seed.request()
    if holder:
        cases.claim(request.id, minh, now=now)
    steps = {
        "reply": lambda: cases.reply(request.id, lan, WORDS, cause="form:1", now=now),
        "close": lambda: cases.close(request.id, lan, last_words=WORDS, cause="form:1", now=now),
    }
    with pytest.raises(RequestRefused, match="not_yours"):
        steps[step]()


def test_closing_gives_the_conversation_back_and_says_goodbye_once(
    cases: CaseService, seed: Seed, session: Session, lan: Officer, now: datetime
) -> None:
    request = seed.request(talk=True)
    cases.claim(request.id, lan, now=now)
    for _ in range(2):
        cases.close(request.id, lan, cause="form:1", now=now)
    assert (request.state, request.closed_at) == (RequestState.CLOSED, now)
    assert (request.conversation.handler, request.conversation.request_id) == (Handler.BOT, None)
    count = select(func.count()).select_from(Message).where(Message.cause == "form:1")
    assert session.scalar(count) == 1


@pytest.mark.parametrize("step", ["claim", "reply", "transfer", "release", "close"])
def test_a_closed_request_stays_closed(
    cases: CaseService, seed: Seed, lan: Officer, now: datetime, step: str
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    cases.close(request.id, lan, cause="form:1", now=now)
    steps = {
        "claim": lambda: cases.claim(request.id, lan, now=now),
        "reply": lambda: cases.reply(request.id, lan, WORDS, cause="form:2", now=now),
        "transfer": lambda: cases.transfer(
            request.id, lan, "shtt", "nhầm", cause="form:t", now=now
        ),
        "release": lambda: cases.release(request.id, lan, now=now),
        "close": lambda: cases.close(request.id, lan, cause="form:3", now=now),
    }
    with pytest.raises(RequestRefused, match="closed"):
        steps[step]()


def test_transfer_puts_the_conversation_into_the_queue_of_the_other_office(
    cases: CaseService, seed: Seed, lan: Officer, now: datetime
) -> None:
    request = seed.request(talk=True)
    cases.claim(request.id, lan, now=now)
    cases.transfer(request.id, lan, "shtt", "về nhãn hiệu", cause="form:t", now=now)
    assert (request.office, request.officer_id, request.state) == ("shtt", None, RequestState.NEW)
    assert (request.conversation.handler, request.conversation.request_id) == (
        Handler.QUEUE,
        request.id,
    )
    assert lines(request)[-1].detail == "tdc → shtt: về nhãn hiệu"


def test_transfer_of_a_filed_request_leaves_the_bot_where_it_is(
    cases: CaseService, seed: Seed, lan: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.transfer(request.id, lan, "shtt", "nhầm", cause="form:t", now=now)
    assert (request.office, request.conversation.handler) == ("shtt", Handler.BOT)


def test_nobody_transfers_what_another_holds(
    cases: CaseService, seed: Seed, lan: Officer, minh: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    with pytest.raises(RequestRefused, match="not_yours"):
        cases.transfer(request.id, minh, "shtt", "nhầm", cause="form:t", now=now)


def test_release_gives_back_to_the_queue_and_another_goes_on(
    cases: CaseService, seed: Seed, lan: Officer, minh: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    cases.release(request.id, lan, now=now)
    cases.release(request.id, lan, now=now)
    assert (request.state, request.conversation.handler) == (RequestState.NEW, Handler.QUEUE)
    cases.claim(request.id, minh, now=now)
    assert kinds(request) == ["created", "claimed", "released", "claimed"]


def test_only_a_head_releases_what_another_holds(
    cases: CaseService, seed: Seed, lan: Officer, minh: Officer, now: datetime
) -> None:
    request = seed.request()
    cases.claim(request.id, lan, now=now)
    with pytest.raises(RequestRefused, match="not_yours"):
        cases.release(request.id, minh, now=now)
    assert cases.release(request.id, minh, now=now, holder=lan.id).officer_id is None


# — two requests of one conversation —


@pytest.fixture
def two(seed: Seed) -> tuple[Request, Request]:
    """The owner filed a request and, in the same conversation, waits for a person."""
    conversation = seed.conversation()
    return seed.request(conversation), seed.request(conversation, talk=True)


def test_closing_one_of_two_claimed_leaves_the_other_officer_in_charge(
    cases: CaseService,
    two: tuple[Request, Request],
    lan: Officer,
    minh: Officer,
    now: datetime,
) -> None:
    one, other = two
    cases.claim(one.id, lan, now=now)
    cases.claim(other.id, minh, now=now)
    conversation = one.conversation
    cases.close(one.id, lan, cause="form:1", now=now)
    assert (conversation.handler, conversation.request_id) == (Handler.OFFICER, other.id)
    cases.close(other.id, minh, cause="form:2", now=now)
    assert (conversation.handler, conversation.request_id) == (Handler.BOT, None)


@pytest.mark.parametrize("step", ["transfer", "release"])
def test_letting_one_of_two_claimed_go_keeps_the_bot_silent(  # noqa: PLR0917
    cases: CaseService,
    two: tuple[Request, Request],
    lan: Officer,
    minh: Officer,
    now: datetime,
    step: str,
) -> None:
    one, other = two
    cases.claim(one.id, lan, now=now)
    cases.claim(other.id, minh, now=now)
    if step == "transfer":
        cases.transfer(one.id, lan, "shtt", "nhầm", cause="form:t", now=now)
    else:
        cases.release(one.id, lan, now=now)
    assert (one.conversation.handler, one.conversation.request_id) == (Handler.OFFICER, other.id)


def test_closing_one_brings_an_owner_who_waits_back_into_the_queue(
    cases: CaseService, two: tuple[Request, Request], lan: Officer, now: datetime
) -> None:
    filed, talk = two
    cases.claim(filed.id, lan, now=now)
    cases.close(filed.id, lan, cause="form:1", now=now)
    assert (talk.conversation.handler, talk.conversation.request_id) == (Handler.QUEUE, talk.id)


def test_what_the_owner_writes_belongs_to_the_request_spoken_of_last(
    cases: CaseService,
    two: tuple[Request, Request],
    lan: Officer,
    minh: Officer,
    now: datetime,
) -> None:
    one, other = two
    cases.claim(one.id, lan, now=now)
    cases.claim(other.id, minh, now=now)
    cases.reply(other.id, minh, WORDS, cause="form:1", now=now)
    assert one.conversation.request_id == other.id
    cases.reply(one.id, lan, WORDS, cause="form:2", now=now)
    assert one.conversation.request_id == one.id


# — races —


def _race(database: Database, now: datetime, steps: list[tuple[str, int, int]]) -> list[str]:
    """Takes steps (name, request, officer) at once, each in a thread and session of its own."""
    start = threading.Barrier(len(steps))
    ends: list[str] = []

    def run(name: str, request_id: int, officer_id: int) -> None:
        start.wait()
        try:
            with database.transaction() as session:
                service, steps_of = RequestService(session), cases_of(session)
                officer = session.get_one(Officer, officer_id)
                if name == "claim":
                    steps_of.claim(request_id, officer, now=now)
                elif name == "close":
                    steps_of.close(request_id, officer, cause=f"f:{officer_id}", now=now)
                else:
                    request = session.get_one(Request, request_id)
                    service.leave_queue(request.conversation_id, now=now)
            ends.append(name)
        except RequestRefused as refused:
            ends.append(refused.reason)

    threads = [threading.Thread(target=run, args=step) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def test_of_two_who_claim_at_once_one_gets_it(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        seed = Seed(session, now)
        people = [seed.officer().id for _ in range(2)]
        wanted = [request.id for request in seed.noise(8)]
    for request_id in wanted:
        ends = _race(database, now, [("claim", request_id, person) for person in people])
        assert ends == ["claim", "taken"]
    with database.transaction() as session:
        holders = session.scalars(select(Request.officer_id)).all()
        owners = session.scalars(select(Conversation.handler)).all()
    assert set(holders) <= set(people)
    assert set(owners) == {Handler.OFFICER}


def test_claiming_while_the_owner_leaves_ends_in_one_owner(
    database: Database, now: datetime
) -> None:
    for _ in range(5):
        with database.transaction() as session:
            seed = Seed(session, now, seed=_)
            person = seed.officer(f"nguoi-{_}").id
            conversation = ConversationService(session).open(
                "web",  # type: ignore[arg-type]
                f"race-{_}",
                name="",
                now=now,
            )
            draft_ = draft(now)
            service = RequestService(session)
            request_id = service.hand_over(conversation.id, draft_, cause=f"race:{_}", now=now).id
        _race(database, now, [("claim", request_id, person), ("leave", request_id, person)])
        with database.transaction() as session:
            request = session.get_one(Request, request_id)
            held = request.conversation.handler == Handler.OFFICER
            assert held == (request.state == RequestState.CLAIMED)
            assert (request.conversation.handler == Handler.BOT) == (
                request.state == RequestState.CLOSED
            )


@pytest.mark.parametrize("talk", [True, False], ids=["a talk", "a request"])
@pytest.mark.parametrize("step", ["transferred", "released"])
def test_what_the_owner_writes_while_a_case_changes_hands_belongs_to_it(
    cases: CaseService,
    session: Session,
    seed: Seed,
    lan: Officer,
    now: datetime,
    *,
    step: str,
    talk: bool,
) -> None:
    request = seed.request(talk=talk)
    cases.claim(request.id, lan, now=now)
    if step == "transferred":
        cases.transfer(request.id, lan, "shtt", "mảng khác", cause="form:t", now=now)
    else:
        cases.release(request.id, lan, now=now)
    reception(session).accept(
        inbound("còn ai đó không", now=now, chat_key=request.conversation.chat_key), now=now
    )

    heard = session.scalars(select(Message).where(Message.text == "còn ai đó không")).one()
    assert heard.request_id == request.id
    assert request.conversation.handler == Handler.QUEUE


def test_a_number_told_while_waiting_is_the_newest_and_the_contacts_too(
    service: RequestService, seed: Seed
) -> None:
    request = seed.request(talk=True)
    for reach in ("0900000123", "0911000222"):
        assert service.told_reach(request.conversation_id, reach) is request
    assert (request.reach, request.contact.phone) == ("0911000222", "0911000222")


def test_a_number_is_kept_with_no_case_that_does_not_wait_for_a_person(
    service: RequestService, cases: CaseService, seed: Seed, lan: Officer
) -> None:
    filed, held = seed.request(), seed.request(talk=True)
    cases.claim(held.id, lan, now=seed.now)
    for request in (filed, held):
        assert service.told_reach(request.conversation_id, "0900000123") is None
        assert request.reach == ""
