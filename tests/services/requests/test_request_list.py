"""The list: what is urgent first, and what a search finds."""

import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState
from bot.domain.requests.standing import Standing, standing
from bot.services.requests.request_filter import RequestFilter
from bot.services.requests.request_list import OPEN_STATES, RequestList
from bot.storage.database import Database
from bot.storage.models import Delivery, Message, Officer, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

ALL = RequestFilter()


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    return Seed(session, now)


@pytest.fixture
def listing(session: Session) -> RequestList:
    return RequestList(session)


def answered(seed: Seed, officer: Officer, request: Request, *, asks_back: bool = False) -> Request:
    service = cases(seed.session)
    service.claim(request.id, officer, now=seed.now)
    cause = f"form:{request.id}"
    service.reply(request.id, officer, "Chào", cause=cause, now=seed.now, asks_back=asks_back)
    return request


def found(listing: RequestList, text: str) -> set[int]:
    wanted = RequestFilter(text=text)
    rows = listing.page(wanted, limit=50)
    once = listing.found(wanted)
    assert listing.page(once, limit=50) == rows, "looked for once it is the same"
    assert listing.tally(once) == listing.tally(wanted)
    return {row.id for row in rows}


def test_what_an_officer_owes_comes_first(listing: RequestList, seed: Seed, lan: Officer) -> None:
    waiting = answered(seed, lan, seed.request(due=timedelta(hours=-9)), asks_back=True)
    quiet = answered(seed, lan, seed.request(due=timedelta(hours=-8)))
    soon = seed.request(due=timedelta(hours=1))
    late = seed.request(due=timedelta(hours=-2))
    wrote = answered(seed, lan, seed.request(due=timedelta(minutes=30)))
    seed.owner_says(wrote.conversation, "Còn một việc nữa")
    closed = answered(seed, lan, seed.request(due=timedelta(hours=-20)))
    cases(seed.session).close(closed.id, lan, cause="f", now=seed.now)
    order = [row.id for row in listing.page(ALL, limit=50)]
    assert order == [late.id, wrote.id, soon.id, quiet.id, waiting.id, closed.id]


def test_what_is_handed_on_or_put_back_is_owed_again(
    listing: RequestList, seed: Seed, lan: Officer
) -> None:
    quiet = answered(seed, lan, seed.request(due=timedelta(hours=-9)))
    service = cases(seed.session)
    passed_on = answered(seed, lan, seed.request(due=timedelta(hours=1)))
    service.transfer(passed_on.id, lan, "shtt", "của SHTT", cause="form:t", now=seed.now)
    put_back = answered(seed, lan, seed.request(due=timedelta(hours=2)), asks_back=True)
    service.release(put_back.id, lan, now=seed.now)
    taken = answered(seed, lan, seed.request(due=timedelta(hours=3)))
    service.transfer(taken.id, lan, "shtt", "của SHTT", cause="form:u", now=seed.now)
    service.claim(taken.id, seed.officer(office="shtt"), now=seed.now)
    order = [row.id for row in listing.page(ALL, limit=50)]
    assert order == [passed_on.id, put_back.id, taken.id, quiet.id]


def test_who_waits_in_the_chat_for_a_person_comes_before_all_others(
    listing: RequestList, seed: Seed, lan: Officer
) -> None:
    late = seed.request(due=timedelta(hours=-30))
    waits = seed.request(due=timedelta(minutes=25), talk=True)
    talked = answered(seed, lan, seed.request(due=timedelta(hours=-20), talk=True))
    wrote = answered(seed, lan, seed.request(due=timedelta(minutes=20), talk=True))
    seed.owner_says(wrote.conversation, "Còn một việc nữa")
    order = [row.id for row in listing.page(ALL, limit=50)]
    assert order == [wrote.id, waits.id, late.id, talked.id]


def test_of_two_promised_for_the_same_instant_the_older_one_goes_first(
    listing: RequestList, seed: Seed
) -> None:
    made = [seed.request(due=timedelta(hours=2)).id for _ in range(4)]
    assert [row.id for row in listing.page(ALL, limit=50)] == made


def delivered(seed: Seed, request: Request, state: str) -> None:
    """How the sending of an officer's newest words ended."""
    seed.session.scalars(
        select(Delivery)
        .join(Message, Delivery.message_id == Message.id)
        .where(Message.request_id == request.id, Message.author == "officer")
        .order_by(Delivery.id.desc())
        .limit(1)
    ).one().state = state
    seed.session.flush()


@pytest.mark.parametrize("state", ["unknown", "failed"])
def test_a_case_whose_answer_may_not_have_arrived_needs_its_officer(
    listing: RequestList, seed: Seed, lan: Officer, state: str
) -> None:
    quiet = answered(seed, lan, seed.request(due=timedelta(hours=-9)))
    lost = answered(seed, lan, seed.request(due=timedelta(hours=3)), asks_back=True)
    before = listing.fingerprint(None)
    for end, is_first in (("sent", False), (state, True), ("queued", False)):
        delivered(seed, lost, end)
        order = [row.id for row in listing.page(ALL, limit=50)]
        assert order == ([lost.id, quiet.id] if is_first else [quiet.id, lost.id])
        assert listing.unsure(order) == ({lost.id} if is_first else set())
        assert (listing.fingerprint(None) != before) == is_first


def test_last_words_that_may_not_have_arrived_lead_the_closed_cases(
    listing: RequestList, seed: Seed, lan: Officer
) -> None:
    lost, blocked, done = (answered(seed, lan, seed.request()) for _ in range(3))
    service = cases(seed.session)
    for number, request in enumerate((lost, blocked, done)):
        now = seed.now + timedelta(minutes=number)
        service.close(request.id, lan, cause=f"close:{number}", now=now)
    delivered(seed, lost, "unknown")
    delivered(seed, blocked, "failed")
    blocked.conversation.reachable = False
    seed.session.flush()

    order = [row.id for row in listing.page(ALL, limit=50)]

    # Who has blocked us is not reached by sending again: marked, and no more.
    assert order == [lost.id, done.id, blocked.id]
    assert listing.unsure(order) == {lost.id, blocked.id}


@pytest.mark.parametrize("step", ["file", "claim", "reply", "ask", "transfer", "release", "close"])
def test_the_list_puts_first_what_the_rule_calls_owed(
    listing: RequestList, seed: Seed, lan: Officer, step: str
) -> None:
    quiet = answered(seed, lan, seed.request(due=timedelta(hours=-99)))
    request = seed.request()
    service = cases(seed.session)
    if step == "claim":
        service.claim(request.id, lan, now=seed.now)
    elif step != "file":
        answered(seed, lan, request, asks_back=step == "ask")
    if step == "transfer":
        service.transfer(request.id, lan, "shtt", "của SHTT", cause="form:t", now=seed.now)
    elif step == "release":
        service.release(request.id, lan, now=seed.now)
    elif step == "close":
        service.close(request.id, lan, cause="f", now=seed.now)
    first = listing.page(ALL, limit=50)[0].id == request.id
    assert first == (standing(request, now=seed.now) is Standing.OWED)
    assert quiet.id in {row.id for row in listing.page(ALL, limit=50)}


def test_forty_cases_come_in_pages_without_gaps(listing: RequestList, seed: Seed) -> None:
    made = {request.id for request in seed.noise(40)}
    pages = [listing.page(ALL, limit=15, offset=offset) for offset in (0, 15, 30)]
    assert [len(page) for page in pages] == [15, 15, 10]
    assert {row.id for page in pages for row in page} == made


def test_counts_are_by_state_and_within_the_filter(
    listing: RequestList, seed: Seed, lan: Officer
) -> None:
    for request in (seed.request(), seed.request(), seed.request(office="shtt")):
        assert request.state == RequestState.NEW
    answered(seed, lan, seed.request(), asks_back=True)
    counted = listing.counts(RequestFilter(offices=frozenset({"tdc"})))
    assert counted == {
        RequestState.NEW: 2,
        RequestState.CLAIMED: 0,
        RequestState.WAITING_OWNER: 1,
        RequestState.WAITING_AUTHORITY: 0,
        RequestState.CLOSED: 0,
    }


def test_filters_narrow_by_office_state_and_person(
    listing: RequestList, seed: Seed, lan: Officer
) -> None:
    seed.noise(6)
    mine = answered(seed, lan, seed.request())
    wanted = RequestFilter(frozenset({"tdc"}), OPEN_STATES, lan.id)
    assert [row.id for row in listing.page(wanted, limit=50)] == [mine.id]


def test_filters_narrow_by_topic_by_who_holds_it_and_by_when_it_came(
    listing: RequestList, seed: Seed, lan: Officer
) -> None:
    held = answered(seed, lan, seed.request(topic="quy_chuan"))
    free = seed.request(topic="ma_so_ma_vach")
    free.created_at = seed.now - timedelta(days=3)
    seed.session.flush()

    def ids(**given: Any) -> set[int]:
        return {row.id for row in listing.page(RequestFilter(**given), limit=50)}

    assert ids(topic="quy_chuan") == ids(officer_id=lan.id) == {held.id}
    assert ids(unclaimed=True) == {free.id}
    day = timedelta(days=1)
    assert ids(received_from=seed.now - day) == {held.id}
    assert ids(received_before=seed.now) == {free.id}
    assert ids(received_from=free.created_at, received_before=seed.now + day) == {held.id, free.id}
    assert ids(received_from=seed.now + day) == set()


@pytest.mark.parametrize("step", ["file", "claim", "reply", "ask", "transfer", "close"])
@pytest.mark.parametrize("hours", [-2, 2])
def test_the_overdue_are_those_that_the_rule_calls_so(
    listing: RequestList, seed: Seed, lan: Officer, step: str, hours: int
) -> None:
    request = seed.request(due=timedelta(hours=hours))
    service = cases(seed.session)
    if step == "claim":
        service.claim(request.id, lan, now=seed.now)
    elif step != "file":
        answered(seed, lan, request, asks_back=step == "ask")
    if step == "transfer":
        service.transfer(request.id, lan, "shtt", "của SHTT", cause="form:t", now=seed.now)
    elif step == "close":
        service.close(request.id, lan, cause="f", now=seed.now)

    rows = listing.page(RequestFilter(overdue_at=seed.now), limit=9)

    is_overdue = standing(request, now=seed.now) is Standing.OVERDUE
    assert [row.id for row in rows] == ([request.id] if is_overdue else [])


def test_only_words_after_the_officers_last_count_as_unanswered(
    listing: RequestList, seed: Seed, lan: Officer
) -> None:
    request, other = seed.request(talk=True), seed.request()
    seed.owner_says(request.conversation, "Alo")
    assert listing.unanswered([request.id, other.id]) == {request.id: 1}
    answered(seed, lan, request)
    assert listing.unanswered([request.id, other.id]) == {}
    seed.owner_says(request.conversation, "Dạ")
    seed.owner_says(request.conversation, "Em cảm ơn")
    assert listing.unanswered([request.id, other.id]) == {request.id: 2}


@pytest.mark.parametrize(
    "text",
    [
        "ĐẠI LỘC",
        "đại lộc phát",
        "0312345678",
        "03123",
        "0312345678-001",
        "0312 345 678",
        "htx thanh",
        "0912 345 678",
        "0912345678",
        "+84 912.345.678",
        "345678",
        "nhãn hiệu bị",
        "CHỊ LAN",
    ],
)
def test_a_search_finds_by_what_an_officer_knows(
    listing: RequestList, seed: Seed, text: str
) -> None:
    for _ in range(3):
        seed.request(seed.conversation(), enterprise=("Cơ sở khác", "0101243150"))
    noise = seed.conversation()
    noise.contact.display_name = "Anh Tư"
    conversation = seed.conversation()
    wanted = seed.request(
        conversation,
        question="Nhãn hiệu bị từ chối, của Đại Lộc Phát",
        enterprise=("HTX Thanh long", "0312345678001"),
        reach="0912.345 678",
    )
    hits = found(listing, text)
    assert wanted.id in hits
    assert hits == {wanted.id} or text == "CHỊ LAN"


NAMES = ("Đặng Thị Hương", "Cơ sở Mộc Đức Hòa", "Phương An")
"""The contacts of three requests; the second is asked about by its enterprise too."""


@pytest.fixture
def three(seed: Seed) -> list[Request]:
    made = []
    for name in NAMES:
        conversation = seed.conversation()
        conversation.contact.display_name = name
        made.append(
            seed.request(
                conversation,
                question=f"Ghế gỗ hỏi ISO9001 cho xưởng {len(made)}",
                enterprise=("HTX Gỗ Tân Thuý", "0309876543-001") if len(made) == 1 else ("", ""),
                reach=("0912.345 678", "huong.dang@go.example", "")[len(made)],
            )
        )
    seed.noise(6)
    seed.session.flush()
    return made


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("dang thi huong", [0]),
        ("huong dang", [0, 1]),
        ("Hương ĐẶNG thị", [0]),
        ("ĐẶNG THỊ HƯƠNG", [0]),
        (unicodedata.normalize("NFD", "Đặng Thị Hương"), [0]),
        ("dang huo", [0, 1]),
        ("hương ghế", [0, 1]),
        ("hương xưởng thị", [0]),
        ("đức hoà", [1]),
        ("hoa duc", [1]),
        ("tân thúy", [1]),
        ("thuy 0309876543", [1]),
        ("030 987 6543", [1]),
        ("0309876543001", [1]),
        ("0309876543-001", [1]),
        ("huong 0912345678", [0]),
        ("+84 912 345 678 huong", [0]),
        ("uong", []),
        ("ương", []),
        ("dang thi huong duc", []),
        ("iso 9001 ghe", [0, 1, 2]),
        ("ISO9001 ghế", [0, 1, 2]),
        ("huong.dang@go.example", [1]),
    ],
)
def test_a_search_reads_through_accents_order_and_spelling(
    listing: RequestList, three: list[Request], text: str, positions: list[int]
) -> None:
    assert found(listing, text) == {three[position].id for position in positions}
    assert sum(listing.counts(RequestFilter(text=text)).values()) == len(positions)


def test_a_search_follows_what_changes(listing: RequestList, seed: Seed) -> None:
    wanted = seed.request(enterprise=("", "0312345678"), reach="0912345678")
    contact, enterprise = wanted.contact, wanted.enterprise
    assert enterprise is not None
    contact.display_name, contact.phone, enterprise.name = "Lê Bưởi", "0987654321", "HTX Ổi"
    wanted.question = "Tem nhãn"

    for text in ("le buoi", "0987 654 321", "oi htx", "tem nhan"):
        assert found(listing, text) == {wanted.id}
    assert found(listing, "lam iso 9001 mat bao lau") == set()


def test_a_closed_case_is_found_by_what_was_given_with_it_and_not_by_what_was_given_since(
    listing: RequestList, seed: Seed
) -> None:
    seed.noise(4)
    wanted = seed.request(reach="0966 444 555")
    wanted.contact.phone, wanted.contact.email = "0977222333", "moi@go.example"
    assert found(listing, "0977 222 333") == found(listing, "moi@go") == {wanted.id}

    wanted.state = RequestState.CLOSED

    assert found(listing, "0966 444 555") == {wanted.id}
    assert found(listing, "0977 222 333") == found(listing, "moi@go") == set()


def test_who_sees_one_office_finds_in_it_alone(listing: RequestList, three: list[Request]) -> None:
    shtt = RequestFilter(offices=frozenset({"shtt"}), text="dang thi huong")
    assert listing.page(shtt, limit=9) == []


@pytest.mark.parametrize(
    "write",
    [
        str,
        str.lower,
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: code[-5:],
        lambda code: code[3:].lower(),
        lambda code: code[-4:],
    ],
)
def test_a_search_by_code_forgives_how_it_is_written(
    listing: RequestList, seed: Seed, write: Callable[[str], str]
) -> None:
    wanted = seed.noise(5)[2]
    assert found(listing, write(wanted.code)) == {wanted.id}


@pytest.mark.parametrize("text", ["%", "_", "100%", "/", "🙂", "\x00", "a\x00\ud83d", "%_" * 5000])
def test_signs_of_the_database_mean_themselves(listing: RequestList, seed: Seed, text: str) -> None:
    seed.noise(4)
    assert found(listing, text) == set()


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(st.characters()))
def test_no_query_breaks_a_search(listing: RequestList, text: str) -> None:
    assert found(listing, text) == set() or not text.strip()


def test_the_fingerprint_moves_with_what_a_list_shows(
    listing: RequestList, seed: Seed, lan: Officer
) -> None:
    offices = frozenset({"tdc"})
    seen = {listing.fingerprint(offices)}
    request = seed.request()
    seen.add(listing.fingerprint(offices))
    answered(seed, lan, request)
    seen.add(listing.fingerprint(offices))
    seed.owner_says(request.conversation, "Dạ")
    seen.add(listing.fingerprint(offices))
    seed.owner_says(seed.conversation(), "Hỏi trợ lý")
    seen.add(listing.fingerprint(offices))
    assert len(seen) == 4
