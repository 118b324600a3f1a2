"""Two requests that ask the same become one, and two again where that was wrong."""

from datetime import timedelta

import pytest

from bot.domain.office.roles import Role
from bot.domain.requests.closing import Ending
from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.cases import RequestRefused
from bot.services.requests.request_history import RequestHistory
from bot.storage.database import Database
from bot.storage.models import Officer, Request
from tests.support.data.cases import EVERY_DAY, cases, duplicates, told
from tests.support.data.seed import Seed

MAY = ("Công ty Đồ Chơi Gỗ", "0101243150")


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def lan(seed: Seed) -> Officer:
    seed.noise(3)
    return seed.officer("lan")


@pytest.fixture
def pair(seed: Seed) -> tuple[Request, Request]:
    """Two requests of one owner, as (the second, the first)."""
    first = seed.request()
    return seed.request(first.conversation, due=timedelta(hours=3)), first


def merge(seed: Seed, pair: tuple[Request, Request], officer: Officer, cause: str = "f:1") -> None:
    duplicate, kept = pair
    duplicates(seed.session).merge(duplicate.id, kept.id, officer, cause=cause, now=seed.now)


def kinds(seed: Seed, request: Request) -> list[str]:
    return [line.kind for line in RequestHistory(seed.session).lines(request)]


def refusal(seed: Seed, pair: tuple[Request, Request], officer: Officer) -> str:
    with pytest.raises(RequestRefused) as refused:
        merge(seed, pair, officer)
    return refused.value.reason


def test_one_is_closed_as_a_duplicate_and_its_owner_is_told_once(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    duplicate, kept = pair
    for _ in range(2):
        merge(seed, pair, lan)

    assert (duplicate.state, duplicate.ending) == (RequestState.CLOSED, Ending.DUPLICATE)
    assert (duplicate.duplicate_of_id, kept.state) == (kept.id, RequestState.NEW)
    (said,) = told(seed.session, duplicate)
    assert kept.code in said.text
    assert not said.choices
    assert not told(seed.session, kept)
    assert (kinds(seed, duplicate)[-1], kinds(seed, kept)[-1]) == ("closed", "merged")


def test_the_hour_that_was_promised_first_is_kept(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    duplicate, kept = pair
    assert duplicate.promised_at < kept.promised_at

    merge(seed, pair, lan)

    assert kept.promised_at == duplicate.promised_at


def test_what_was_closed_before_keeps_what_came_of_it_and_nobody_is_told(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    duplicate, _ = pair
    cases(seed.session).claim(duplicate.id, lan, now=seed.now)
    cases(seed.session).close(duplicate.id, lan, cause="form:c", now=seed.now)
    before = len(told(seed.session, duplicate))

    merge(seed, pair, lan)

    assert duplicate.ending == Ending.ANSWERED
    assert len(told(seed.session, duplicate)) == before
    assert kinds(seed, duplicate)[-1] == "merged"


def test_another_owner_of_the_same_enterprise_does_not_read_the_other_s_code(
    seed: Seed, lan: Officer
) -> None:
    kept, duplicate = seed.request(enterprise=MAY), seed.request(enterprise=MAY)

    merge(seed, (duplicate, kept), lan)

    (said,) = told(seed.session, duplicate)
    assert kept.code not in said.text
    assert duplicate.code in said.text


def test_an_officer_who_holds_the_one_that_goes_on_still_holds_the_conversation(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    duplicate, kept = pair
    for request in pair:
        cases(seed.session).claim(request.id, lan, now=seed.now)

    merge(seed, pair, lan)

    conversation = duplicate.conversation
    assert (conversation.handler, conversation.request_id) == (Handler.OFFICER, kept.id)


def test_what_comes_after_belongs_to_the_one_that_goes_on(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    _, kept = pair
    merge(seed, pair, lan)

    case = AfterCloseService(seed.session).case(
        kept.conversation_id, EVERY_DAY, now=seed.now + timedelta(minutes=1)
    )

    assert case is not None
    assert (case.request, case.other) == (kept, None)


def test_taken_back_it_is_open_again_with_who_took_it_back(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    duplicate, kept = pair
    merge(seed, pair, lan)
    for _ in range(2):
        duplicates(seed.session).part(duplicate.id, lan, now=seed.now)

    assert (duplicate.state, duplicate.officer_id) == (RequestState.CLAIMED, lan.id)
    assert (duplicate.ending, duplicate.duplicate_of_id) == (None, None)
    assert "đã mở lại" in told(seed.session, duplicate)[-1].text
    assert kinds(seed, kept)[-1] == "parted"
    assert kinds(seed, duplicate).count("parted") == 1
    merge(seed, pair, lan, cause="f:2")
    assert duplicate.ending == Ending.DUPLICATE


def test_taken_back_what_was_closed_before_stays_closed(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    duplicate, _ = pair
    cases(seed.session).claim(duplicate.id, lan, now=seed.now)
    cases(seed.session).close(duplicate.id, lan, cause="form:c", now=seed.now)
    merge(seed, pair, lan)

    duplicates(seed.session).part(duplicate.id, lan, now=seed.now)

    assert (duplicate.state, duplicate.ending) == (RequestState.CLOSED, Ending.ANSWERED)
    assert duplicate.duplicate_of_id is None


def test_strangers_requests_are_not_merged(seed: Seed, lan: Officer) -> None:
    assert refusal(seed, (seed.request(), seed.request()), lan) == "unrelated"


def test_a_request_is_no_duplicate_of_itself(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    assert refusal(seed, (pair[0], pair[0]), lan) == "unrelated"


def test_one_of_another_office_is_not_hers_to_merge_but_a_head_s(seed: Seed, lan: Officer) -> None:
    kept = seed.request()
    duplicate = seed.request(kept.conversation, office="shtt")

    assert refusal(seed, (duplicate, kept), lan) == "not_yours"
    assert refusal(seed, (kept, duplicate), lan) == "not_yours"
    merge(seed, (duplicate, kept), seed.officer("truong", role=Role.HEAD))

    assert duplicate.ending == Ending.DUPLICATE


def test_one_that_a_colleague_holds_is_not_closed_under_her_hands(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    cases(seed.session).claim(pair[0].id, seed.officer("minh"), now=seed.now)

    assert refusal(seed, pair, lan) == "taken"


def test_two_are_never_duplicates_of_each_other(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    duplicate, kept = pair
    merge(seed, pair, lan)

    assert refusal(seed, (kept, duplicate), lan) == "kept_closed"


def test_one_that_is_merged_already_goes_to_no_third(
    seed: Seed, lan: Officer, pair: tuple[Request, Request]
) -> None:
    third = seed.request(pair[1].conversation)
    merge(seed, pair, lan)

    assert refusal(seed, (pair[0], third), lan) == "merged"


def test_offered_are_those_of_the_owner_and_the_enterprise_that_she_sees(
    seed: Seed, lan: Officer
) -> None:
    mine = seed.request(enterprise=MAY)
    same_owner = seed.request(mine.conversation)
    same_enterprise = seed.request(enterprise=MAY)
    elsewhere = seed.request(mine.conversation, office="shtt")
    closed = seed.request(mine.conversation)
    cases(seed.session).claim(closed.id, lan, now=seed.now)
    cases(seed.session).close(closed.id, lan, cause="f", now=seed.now)
    service = duplicates(seed.session)

    own = frozenset({lan.office})
    assert service.offered(mine, own) == [same_enterprise, same_owner, closed]
    assert elsewhere in service.offered(mine, None)
    merge(seed, (same_owner, mine), lan)
    assert same_owner not in service.offered(mine, own)
    assert list(service.of(mine, own)) == [same_owner]
