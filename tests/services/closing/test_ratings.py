"""Why a rating is low: kept with the case, for a head until one has read it."""

from pathlib import Path

import pytest

from bot.domain.requests.rating import LONGEST_REASON, LowReason
from bot.services.closing.ratings import RatingService, tells_why
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import RequestService
from bot.storage.database import Database
from bot.storage.models import Officer, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def lan(seed: Seed) -> Officer:
    seed.noise(2)
    return seed.officer("lan")


def rated(seed: Seed, lan: Officer, stars: int) -> Request:
    request = seed.request()
    cases(seed.session).claim(request.id, lan, now=seed.now)
    cases(seed.session).close(request.id, lan, cause=f"form:{request.id}", now=seed.now)
    RequestService(seed.session).rate(request.code, request.conversation_id, stars, now=seed.now)
    return request


def explain(seed: Seed, request: Request, **why: object) -> Request | None:
    return RatingService(seed.session).explain(
        request.code,
        request.conversation_id,
        now=seed.now,
        **why,  # type: ignore[arg-type]
    )


def kinds(seed: Seed, request: Request) -> list[str]:
    return [line.kind for line in RequestHistory(seed.session).lines(request)]


@pytest.mark.parametrize("stars", [1, 2])
def test_a_reason_stands_with_the_case_once(seed: Seed, lan: Officer, stars: int) -> None:
    request = rated(seed, lan, stars)
    for _ in range(2):
        assert explain(seed, request, reason=LowReason.SLOW) is request

    assert (request.rating_reason, request.rating_words) == ("slow", "")
    assert kinds(seed, request).count("rated_why") == 1


def test_words_are_kept_as_written_and_no_longer_than_they_may_be(seed: Seed, lan: Officer) -> None:
    request = rated(seed, lan, 1)

    explain(seed, request, words="Chờ ba hôm " + "x" * 5000)

    assert request.rating_words.startswith("Chờ ba hôm")
    assert len(request.rating_words) == LONGEST_REASON


def test_nobody_else_and_nobody_content_says_why(seed: Seed, lan: Officer) -> None:
    low, high = rated(seed, lan, 1), rated(seed, lan, 4)
    stranger = seed.conversation().id
    service = RatingService(seed.session)

    assert service.explain(low.code, stranger, reason=LowReason.SLOW, now=seed.now) is None
    assert explain(seed, high, reason=LowReason.SLOW) is None
    assert (low.rating_reason, high.rating_reason) == ("", "")


def test_a_low_rating_is_unread_until_somebody_has_read_it_and_again_when_more_is_said(
    seed: Seed, lan: Officer
) -> None:
    low = rated(seed, lan, 2)
    rated(seed, lan, 3)
    service, head = RatingService(seed.session), seed.officer("truong")
    assert list(service.unread(None)) == [low]
    assert list(service.unread(frozenset({"shtt"}))) == []

    for _ in range(2):
        service.seen(low.id, head, now=seed.now)
    assert list(service.unread(None)) == []
    assert kinds(seed, low).count("rating_seen") == 1

    explain(seed, low, words="Vẫn chưa được")
    assert list(service.unread(None)) == [low]


def test_rated_well_after_all_it_is_no_low_rating_any_more(seed: Seed, lan: Officer) -> None:
    request = rated(seed, lan, 1)
    explain(seed, request, words="Chậm quá")

    RequestService(seed.session).rate(request.code, request.conversation_id, 5, now=seed.now)

    assert (request.rating_words, list(RatingService(seed.session).unread(None))) == ("", [])


def test_the_words_are_erased_with_the_owner_s_data_and_the_stars_stay(
    seed: Seed, lan: Officer, tmp_path: Path
) -> None:
    request = rated(seed, lan, 1)
    explain(seed, request, words="Chậm quá")

    privacy = PrivacyService(seed.session, tmp_path)
    privacy.erase(request.conversation_id, words="[đã xóa]", now=seed.now)

    seed.session.refresh(request)
    assert (request.rating, request.rating_words) == (1, "")


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Chờ lâu quá", True),
        ("cán bộ nói em không hiểu", True),
        ("5S là gì vậy em", False),
        ("Làm ISO 9001 hết bao nhiêu tiền?", False),
        ("/menu", False),
    ],
)
def test_a_question_is_no_reason(text: str, *, tells: bool) -> None:
    assert tells_why(text) == tells
