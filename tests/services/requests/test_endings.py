"""What came of a request: kept with it, written in its history, and told by it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from bot.domain.requests.closing import Closing, ClosingRefused, Ending
from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.knowledge.library import Knowledge, Library
from bot.knowledge.office.office import Office
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.cases import RequestRefused
from bot.services.requests.farewells import Farewells
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import RequestService
from bot.storage.database import Database
from bot.storage.models import Officer, Request
from bot.texts import default_texts
from tests.support.data.cases import EVERY_DAY, cases, told
from tests.support.data.seed import Seed

CLOSINGS: Mapping[Ending, Closing] = {
    Ending.ANSWERED: Closing(Ending.ANSWERED),
    Ending.PASSED_ON: Closing(Ending.PASSED_ON, authority="so_cong_thuong"),
    Ending.NOT_OURS: Closing(Ending.NOT_OURS),
}


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def lan(seed: Seed) -> Officer:
    return seed.officer("lan", full_name="Nguyễn Thị Lan")


def closed(seed: Seed, lan: Officer, closing: Closing, **words: str) -> Request:
    request = seed.request()
    service = cases(seed.session)
    service.claim(request.id, lan, now=seed.now)
    service.close(request.id, lan, cause="form:1", now=seed.now, closing=closing, **words)
    return request


@pytest.mark.parametrize("ending", CLOSINGS)
def test_an_ending_is_kept_told_and_rated_and_claims_no_solution(
    seed: Seed, lan: Officer, ending: Ending
) -> None:
    request = closed(seed, lan, CLOSINGS[ending])

    farewell = told(seed.session, request)[-1]
    assert (request.state, request.ending) == (RequestState.CLOSED, ending)
    assert request.code in farewell.text
    assert "giải quyết xong" not in farewell.text
    assert len(farewell.choices) == 5
    assert RequestHistory(seed.session).lines(request)[-1].detail.split(":")[0] == ending


def test_what_is_passed_on_names_the_authority_and_no_way_that_nobody_has_filled_in(
    seed: Seed, lan: Officer
) -> None:
    request = closed(seed, lan, CLOSINGS[Ending.PASSED_ON])

    text = told(seed.session, request)[-1].text
    assert "**Sở Công Thương**" in text
    assert "Điện thoại" not in text
    assert RequestHistory(seed.session).lines(request)[-1].detail == "passed_on: so_cong_thuong"


def test_a_way_to_the_authority_is_told_where_it_is_filled_in(
    seed: Seed, lan: Officer, library: Library
) -> None:
    request = closed(seed, lan, CLOSINGS[Ending.PASSED_ON])
    farewell = Farewells(default_texts(), with_telephone(library.current, "0276 382 1234"))

    said = farewell.of(request)

    assert said is not None
    assert "- Điện thoại cơ quan: **0276 382 1234**" in said.text


def test_an_authority_that_is_not_in_the_file_is_told_by_the_name_as_written(
    seed: Seed, lan: Officer
) -> None:
    request = closed(seed, lan, Closing(Ending.PASSED_ON, authority="UBND xã Tân Trụ"))

    assert "**UBND xã Tân Trụ**" in told(seed.session, request)[-1].text


def test_spam_is_told_nothing_and_pressed_twice_is_closed_once(seed: Seed, lan: Officer) -> None:
    spam = Closing(Ending.SPAM)
    request = closed(seed, lan, spam)
    before = [message.text for message in told(seed.session, request)]

    cases(seed.session).close(request.id, lan, cause="form:1", now=seed.now, closing=spam)

    assert (request.state, request.ending) == (RequestState.CLOSED, Ending.SPAM)
    assert request.conversation.handler == Handler.BOT
    assert [message.text for message in told(seed.session, request)] == before
    assert len(before) == 1  # who has claimed it
    kinds = [line.kind for line in RequestHistory(seed.session).lines(request)]
    assert kinds.count("closed") == 1


def test_another_ending_behind_spam_is_refused(seed: Seed, lan: Officer) -> None:
    request = closed(seed, lan, Closing(Ending.SPAM))

    with pytest.raises(RequestRefused):
        cases(seed.session).close(request.id, lan, cause="form:2", now=seed.now)

    assert request.ending == Ending.SPAM


def test_nothing_that_comes_after_spam_belongs_to_the_case(seed: Seed, lan: Officer) -> None:
    request = closed(seed, lan, Closing(Ending.SPAM))

    after = AfterCloseService(seed.session)
    assert after.case(request.conversation_id, EVERY_DAY, now=seed.now) is None


def test_an_ending_that_lacks_something_ends_nothing(seed: Seed, lan: Officer) -> None:
    request = seed.request()
    service = cases(seed.session)
    service.claim(request.id, lan, now=seed.now)

    with pytest.raises(ClosingRefused):
        service.close(request.id, lan, cause="f", now=seed.now, closing=Closing(Ending.PASSED_ON))

    assert (request.state, request.ending) == (RequestState.CLAIMED, None)


def test_opened_anew_nothing_has_come_of_it_yet_and_the_first_solution_stays_known(
    seed: Seed, lan: Officer
) -> None:
    request = closed(seed, lan, CLOSINGS[Ending.PASSED_ON])
    solved_at = request.solved_at

    cases(seed.session).reopen(request.id, lan, now=seed.now)

    assert (request.ending, request.passed_to) == (None, "")
    assert request.solved_at == solved_at


def test_who_leaves_the_queue_has_given_his_request_up(seed: Seed) -> None:
    request = seed.request(talk=True)

    RequestService(seed.session).leave_queue(request.conversation_id, now=seed.now)

    assert (request.state, request.ending) == (RequestState.CLOSED, Ending.WITHDRAWN)


@pytest.mark.parametrize("question", ["Làm ISO 9001 mất bao lâu?", "How long does ISO 9001 take?"])
def test_prepared_words_are_there_for_what_is_answered_and_in_the_owner_s_language(
    session: Session, seed: Seed, library: Library, question: str
) -> None:
    farewells = Farewells(default_texts(), library.current)
    request = seed.request(question=question)
    english = "How" in question

    prepared = {ending: farewells.prepared(request, ending, "thue") for ending in Ending}

    assert {ending for ending, words in prepared.items() if words} == set(CLOSINGS)
    assert all("giải quyết xong" not in words for words in prepared.values())
    assert ("Tax office" in prepared[Ending.PASSED_ON]) == english
    assert ("Cơ quan Thuế" in prepared[Ending.PASSED_ON]) != english


def with_telephone(knowledge: Knowledge, telephone: str) -> Knowledge:
    """The same with one line filled in."""
    known = knowledge.offices["so_cong_thuong"]
    filled = Office.model_validate(known.model_dump() | {"telephone": telephone})
    return replace(knowledge, offices={**knowledge.offices, filled.id: filled})
