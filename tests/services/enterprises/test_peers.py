"""Counted at night in blocks of six; what two answers differ by is six enterprises or none."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.assessments.peers import BLOCK, Place
from bot.services.enterprises.peers import PeerService
from bot.services.messaging.conversations import ConversationService
from bot.storage.database import Database
from bot.storage.models import Attempt, Enterprise, Officer, PeerResult, ProfileContact
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed


@pytest.fixture
def there(any_database: Database, now: datetime) -> Iterator[Enterprises]:
    with any_database.transaction() as session:
        there = Enterprises(session, now)
        there.noise(10)
        yield there


def counted(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(PeerResult)) or 0


def at_the_counter(there: Enterprises) -> Officer:
    """Who typed a run, so that it is known whose it is."""
    known = there.session.scalars(select(Officer)).first()
    return known or Seed(there.session, there.now).officer("lan")


def run_each(there: Enterprises, percents: list[int]) -> list[int]:
    """A run of an enterprise of its own for each percent, a minute apart; their enterprises."""
    ids, lan = [], at_the_counter(there)
    for number, percent in enumerate(percents):
        profile = there.known()
        ago = timedelta(minutes=100 - number)
        there.run(profile.enterprise_id, percent, ago=ago, officer=lan)
        ids.append(profile.enterprise_id)
    return ids


def test_five_enterprises_are_compared_with_nobody(there: Enterprises) -> None:
    mine = run_each(there, [40, 50, 60, 50, 50])[0]
    peers = PeerService(there.session)

    peers.count_new(now=there.now)

    assert peers.compare(there.run(mine, 80)) is None


def test_six_of_a_sector_and_size_are_told_by_their_mean(there: Enterprises) -> None:
    mine = run_each(there, [40, 60, 40, 60, 40, 60])[0]
    peers = PeerService(there.session)

    peers.count_new(now=there.now)
    told = peers.compare(there.run(mine, 80))

    assert told is not None
    assert (told.count, told.mean, told.place) == (6, 50, Place.ABOVE)


def test_another_sector_or_size_is_another_group(there: Enterprises) -> None:
    run_each(there, [40, 60, 40, 60, 40, 60])
    peers = PeerService(there.session)
    peers.count_new(now=there.now)

    for values in ({"sector": "14"}, {"staff": 5, "revenue": 1_000_000_000}, {"staff": None}):
        other = there.known(**values)  # type: ignore[arg-type]
        assert peers.compare(there.run(other.enterprise_id, 80)) is None


def test_who_gave_his_enterprise_in_the_chat_is_compared_too(there: Enterprises) -> None:
    mine = run_each(there, [40, 60, 40, 60, 40, 60])[0]
    peers = PeerService(there.session)
    peers.count_new(now=there.now)
    attempt = there.run(None, 30)
    ConversationService(there.session).get(attempt.conversation_id).contact.enterprise_id = mine

    told = peers.compare(attempt)

    assert told is not None
    assert told.place is Place.BELOW


def test_a_run_of_nobody_known_is_compared_with_nobody(there: Enterprises) -> None:
    run_each(there, [40, 60] * 3)
    peers = PeerService(there.session)
    peers.count_new(now=there.now)

    assert peers.compare(there.run(None, 80)) is None


def test_an_enterprise_counts_once_with_its_first_result(there: Enterprises) -> None:
    ids = run_each(there, [50] * 5)
    lan = at_the_counter(there)
    for percent in (90, 95, 100):
        there.run(ids[0], percent, officer=lan)
    peers = PeerService(there.session)

    assert peers.count_new(now=there.now) == 0

    there.run(there.known().enterprise_id, 20, officer=lan)
    assert peers.count_new(now=there.now) == BLOCK
    assert peers.count_new(now=there.now) == 0
    figures = there.session.scalars(select(PeerResult.percent)).all()
    assert sorted(figures) == [20, 50, 50, 50, 50, 50]


def test_a_figure_stays_when_nobody_may_know_any_more_whose_it_was(there: Enterprises) -> None:
    ids = run_each(there, [40, 60] * 3)
    peers = PeerService(there.session)
    peers.count_new(now=there.now)

    peers.forget(ids[0])

    told = peers.compare(there.run(ids[1], 50))
    assert told is not None
    assert (told.count, told.mean) == (6, 50)


def test_a_tax_code_that_anybody_can_type_brings_no_figure(there: Enterprises) -> None:
    peers, ids = PeerService(there.session), []
    for percent in (40, 60) * 3:
        profile = there.known()
        attempt = there.run(profile.enterprise_id, percent)
        ids.append((profile.enterprise_id, attempt.conversation_id))

    assert peers.count_new(now=there.now) == 0

    for enterprise_id, conversation_id in ids:
        contact = ConversationService(there.session).get(conversation_id).contact
        noted = ProfileContact(
            enterprise_id=enterprise_id, contact_id=contact.id, created_at=there.now
        )
        there.session.add(noted)
    there.session.flush()
    assert peers.count_new(now=there.now) == BLOCK


def test_a_run_that_moved_with_a_merge_is_not_counted_again(there: Enterprises) -> None:
    ids = run_each(there, [40, 60] * 3)
    peers = PeerService(there.session)
    peers.count_new(now=there.now)
    kept = there.known()
    there.session.get_one(Enterprise, ids[0]).merged_into_id = kept.enterprise_id
    there.run(kept.enterprise_id, 40, officer=at_the_counter(there))
    run_each(there, [50] * 5)

    assert peers.count_new(now=there.now) == 0


def test_an_erased_run_leaves_its_figure_without_a_name(there: Enterprises) -> None:
    ids = run_each(there, [40, 60] * 3)
    peers = PeerService(there.session)
    peers.count_new(now=there.now)
    first = there.session.scalars(select(Attempt).where(Attempt.enterprise_id == ids[0])).one()
    later = there.run(ids[1], 90, officer=at_the_counter(there))

    peers.forget_runs(first.conversation_id)
    peers.forget_runs(later.conversation_id)

    there.session.expire_all()
    named = there.session.scalars(select(PeerResult.enterprise_id)).all()
    assert sorted(one for one in named if one is not None) == sorted(ids[1:])
    assert len(named) == BLOCK


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=st.lists(st.integers(0, 9), min_size=1, max_size=12), seed=st.integers(0, 10_000))
def test_two_answers_never_differ_by_one_enterprise(
    database: Database, now: datetime, arrivals: list[int], seed: int
) -> None:
    """Whoever asks, and whenever: between two nights a whole block came, or nobody."""
    chance = random.Random(seed)
    with database.transaction() as session:
        there = Enterprises(session, now, seed=seed)
        lan = at_the_counter(there)
        peers, seen = PeerService(session), [set[int]()]
        for number in arrivals:
            for _ in range(number):
                there.run(there.known().enterprise_id, chance.randint(0, 100), officer=lan)
            peers.count_new(now=now)
            seen.append(set(session.scalars(select(PeerResult.id))))
        session.rollback()

    for before in seen:
        for after in seen:
            difference = before ^ after
            assert not difference or len(difference) >= BLOCK
