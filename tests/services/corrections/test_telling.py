"""Each conversation that has the old answer is told once, whatever dies meanwhile."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.correction import Audience, CorrectionState
from bot.domain.jobs import JobState
from bot.domain.talk.messages import ChannelName
from bot.domain.talk.payload import payload
from bot.domain.talk.way import DeliveryState
from bot.flow.heir import Heir
from bot.services.corrections.correction_list import CorrectionListService, Progress
from bot.services.corrections.corrections import CorrectionRefused
from bot.services.corrections.telling import PIECE
from bot.services.messaging.outbox import OutboxService
from bot.services.privacy.privacy import PrivacyService
from bot.settings import ROOT
from bot.storage.models import (
    Conversation,
    Correction,
    CorrectionNotice,
    Delivery,
    Job,
    Message,
)
from bot.storage.presence import Presence
from tests.services.corrections.conftest import ARTICLE, TEXT, Desk
from tests.support.data.given import OLD, give, give_to_many, notices

ENGLISH = "Earlier I told you fee A; since 1 April 2026 it is fee B."

DIES_WHILE_TELLING = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from bot.flow.job_runner import JobRunner
from bot.flow.works import works_of
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.models import CorrectionNotice
from sqlalchemy import event

now = datetime.fromisoformat(sys.argv[2])
house = House(
    settings=Settings(_env_file=None, data_dir=Path(sys.argv[3])),
    database=Database(sys.argv[1]),
    library=Library(Path(sys.argv[4])),
    clock=lambda: now,
)
told = []

@event.listens_for(CorrectionNotice, "after_insert")
def dies(_mapper, _connection, notice):
    told.append(notice)
    if len(told) == int(sys.argv[5]):
        os.kill(os.getpid(), signal.SIGKILL)

runner = JobRunner(house, works_of(house), frozenset(), "dies")
while runner.step():
    pass
"""


def progress(desk: Desk, correction_id: int) -> Progress:
    with desk.database.reading() as session:
        service = CorrectionListService(session, desk.house.library.current, now=desk.clock())
        found = session.get_one(Correction, correction_id)
        return service.progress([found])[correction_id]


def told_to(desk: Desk, correction_id: int) -> dict[str, list[str]]:
    with desk.database.reading() as session:
        return notices(session, correction_id)


def test_who_has_the_old_answer_is_told_with_a_button_to_the_new_one(desk: Desk) -> None:
    with desk.database.transaction() as session:
        old = give(session, ARTICLE, OLD, at=desk.ago(days=5)).id
        give(session, ARTICLE, desk.article.mark, at=desk.ago(days=1))
        give(session, "5s-la-gi", OLD, at=desk.ago(days=1))
        since = give(session, ARTICLE, OLD, at=desk.ago(days=9))
        give(session, ARTICLE, desk.article.mark, at=desk.ago(days=2), to=since)
        give(session, ARTICLE, OLD, at=desk.ago(days=91))
    correction_id = desk.propose()
    assert progress(desk, correction_id) == Progress(sent=0, waiting=1, lost=0)
    desk.approve(correction_id)

    assert desk.run_jobs() == 1

    assert told_to(desk, correction_id) == {old: [TEXT]}
    with desk.database.reading() as session:
        message = session.scalars(select(Message).where(Message.text == TEXT)).one()
        assert [one["payload"] for one in message.choices] == [
            payload("pick_article", article=ARTICLE)
        ]
    assert progress(desk, correction_id) == Progress(sent=1, waiting=0, lost=0)


def test_who_was_given_the_right_answer_between_approval_and_telling_is_left_in_peace(
    desk: Desk,
) -> None:
    with desk.database.transaction() as session:
        asks_again = give(session, ARTICLE, OLD, at=desk.ago(days=5))
        other = give(session, ARTICLE, OLD, at=desk.ago(days=5)).id
    correction_id = desk.propose()
    desk.approve(correction_id)
    with desk.database.transaction() as session:
        give(session, ARTICLE, desk.article.mark, at=desk.clock(), to=asks_again)

    desk.run_jobs()

    assert set(told_to(desk, correction_id)) == {other}


def test_who_was_given_something_newer_still_since_the_approval_is_left_in_peace(
    desk: Desk,
) -> None:
    with desk.database.transaction() as session:
        newer = give(session, ARTICLE, OLD, at=desk.ago(days=5))
        other = give(session, ARTICLE, OLD, at=desk.ago(days=5)).id
    correction_id = desk.propose(desk.draft(audience=Audience.EVERYONE))
    desk.approve(correction_id)
    desk.clock.move(minutes=1)
    with desk.database.transaction() as session:
        # Another application has read a further edit already.
        give(session, ARTICLE, "11111111", at=desk.clock(), to=newer)
    assert progress(desk, correction_id).waiting == 1

    desk.run_jobs()

    assert set(told_to(desk, correction_id)) == {other}


@pytest.mark.parametrize("change", [Desk.changes_the_article, Desk.lets_the_article_lapse])
def test_an_article_that_changes_between_two_pieces_ends_the_telling(
    desk: Desk, change: Callable[[Desk], None]
) -> None:
    with desk.database.transaction() as session:
        give_to_many(session, ARTICLE, [OLD] * (PIECE + 5), at=desk.ago(days=5))
    correction_id = desk.propose()
    desk.approve(correction_id)
    assert desk.runner().step()
    told = told_to(desk, correction_id)
    assert len(told) == PIECE

    change(desk)

    assert desk.run_jobs() == 1
    assert told_to(desk, correction_id) == told
    assert progress(desk, correction_id) == Progress(sent=PIECE, waiting=0, lost=0)
    with desk.database.reading() as session:
        stopped = session.get_one(Correction, correction_id)
        assert (stopped.state, stopped.told_at) == (CorrectionState.STOPPED, None)
    for step in (desk.approve, desk.withdraw):
        with pytest.raises(CorrectionRefused, match="approved"):
            step(correction_id)


def test_a_telling_that_was_given_up_goes_on_where_it_stopped_once_a_person_says_so(
    desk: Desk,
) -> None:
    with desk.database.transaction() as session:
        all_ = give_to_many(session, ARTICLE, [OLD] * (PIECE + 5), at=desk.ago(days=5))
    correction_id = desk.propose()
    desk.approve(correction_id)
    other = desk.propose(desk.draft(article="5s-la-gi", mark=mark_of_another(desk)))
    assert desk.runner().step()
    with desk.database.transaction() as session:
        # Of all its tries the outbox could not be written to.
        session.scalars(select(Job).where(Job.state == JobState.WAITING)).one().state = "failed"
    assert desk.run_jobs() == 0

    for _ in range(2):
        desk.tries_again(correction_id)
    assert desk.run_jobs() == 1
    desk.tries_again(correction_id)

    assert desk.run_jobs() == 0
    assert told_to(desk, correction_id) == {one: [TEXT] for one in all_}
    with pytest.raises(CorrectionRefused, match="idle"):
        desk.tries_again(other)
    with pytest.raises(CorrectionRefused, match="gone"):
        desk.tries_again(999)


def mark_of_another(desk: Desk) -> str:
    with desk.database.transaction() as session:
        give(session, "5s-la-gi", OLD, at=desk.ago(days=5))
    return desk.house.library.current.articles["5s-la-gi"].mark


def test_who_was_erased_or_has_blocked_us_is_not_written_to(desk: Desk, tmp_path: Path) -> None:
    with desk.database.transaction() as session:
        erased, blocked, other = give_to_many(session, ARTICLE, [OLD] * 3, at=desk.ago(days=5))
        session.get_one(Conversation, blocked).reachable = False
    correction_id = desk.propose()
    desk.approve(correction_id)
    with desk.database.transaction() as session:
        PrivacyService(session, tmp_path).erase(erased, words="(đã xóa)", now=desk.clock())

    desk.run_jobs()

    assert set(told_to(desk, correction_id)) == {other}


def test_who_is_erased_after_it_is_counted_no_more(desk: Desk, tmp_path: Path) -> None:
    with desk.database.transaction() as session:
        erased, _ = give_to_many(session, ARTICLE, [OLD] * 2, at=desk.ago(days=5))
    correction_id = desk.propose()
    desk.approve(correction_id)
    desk.run_jobs()
    assert progress(desk, correction_id).sent == 2

    with desk.database.transaction() as session:
        PrivacyService(session, tmp_path).erase(erased, words="(đã xóa)", now=desk.clock())

    assert progress(desk, correction_id) == Progress(sent=1, waiting=0, lost=0)


def test_everyone_who_was_given_it_may_be_meant(desk: Desk) -> None:
    with desk.database.transaction() as session:
        all_ = give_to_many(session, ARTICLE, [OLD, desk.article.mark], at=desk.ago(days=5))
    correction_id = desk.propose(desk.draft(audience=Audience.EVERYONE))
    desk.approve(correction_id)
    desk.clock.move(minutes=1)
    with desk.database.transaction() as session:
        give(session, ARTICLE, desk.article.mark, at=desk.clock())

    desk.run_jobs()

    assert set(told_to(desk, correction_id)) == set(all_)


def test_who_was_answered_in_english_is_told_in_english_where_there_is_english(
    desk: Desk,
) -> None:
    with desk.database.transaction() as session:
        vietnamese = give(session, ARTICLE, OLD, at=desk.ago(days=5)).id
        english = give(session, ARTICLE, OLD, at=desk.ago(days=5), english=True).id
    correction_id = desk.propose(desk.draft(english=ENGLISH))
    desk.approve(correction_id)
    desk.run_jobs()
    assert told_to(desk, correction_id) == {vietnamese: [TEXT], english: [ENGLISH]}


def test_without_english_words_an_english_talk_is_told_in_vietnamese(desk: Desk) -> None:
    with desk.database.transaction() as session:
        english = give(session, ARTICLE, OLD, at=desk.ago(days=5), english=True).id
    correction_id = desk.propose()
    desk.approve(correction_id)

    desk.run_jobs()

    assert told_to(desk, correction_id) == {english: [TEXT]}


def test_on_a_channel_that_sends_it_waits_in_the_outbox(desk: Desk) -> None:
    with desk.database.transaction() as session:
        give(session, ARTICLE, OLD, at=desk.ago(days=5), channel=ChannelName.TELEGRAM)
        give(session, ARTICLE, OLD, at=desk.ago(days=5))
    with desk.database.transaction() as session:
        outbox = OutboxService(session)
        while taken := outbox.take("s", ChannelName.TELEGRAM, now=desk.clock()):
            outbox.sent(taken.id, "1", now=desk.clock())
            session.flush()
    correction_id = desk.propose()
    desk.approve(correction_id)
    desk.run_jobs()
    assert progress(desk, correction_id) == Progress(sent=1, waiting=1, lost=0)

    with desk.database.transaction() as session:
        outbox = OutboxService(session)
        taken = outbox.take("s", ChannelName.TELEGRAM, now=desk.clock())
        assert taken is not None
        assert taken.message.text == TEXT
        outbox.failed(taken.id, "blocked", unreachable=True)

    assert progress(desk, correction_id) == Progress(sent=1, waiting=0, lost=1)
    with desk.database.reading() as session:
        states = session.scalars(
            select(Delivery.state)
            .join(CorrectionNotice, CorrectionNotice.message_id == Delivery.message_id)
            .where(CorrectionNotice.correction_id == correction_id)
        )
        assert sorted(states) == [DeliveryState.FAILED, DeliveryState.SENT]


def test_many_are_told_piece_by_piece(desk: Desk) -> None:
    with desk.database.transaction() as session:
        all_ = give_to_many(session, ARTICLE, [OLD] * (2 * PIECE + 1), at=desk.ago(days=5))
    correction_id = desk.propose()
    desk.approve(correction_id)

    assert desk.run_jobs() == 3

    assert told_to(desk, correction_id) == {one: [TEXT] for one in all_}


@pytest.mark.parametrize("at", [1, PIECE // 2, PIECE + 3])
def test_killed_in_the_midst_of_telling_each_is_told_exactly_once(
    desk: Desk, tmp_path: Path, at: int
) -> None:
    with desk.database.transaction() as session:
        all_ = give_to_many(session, ARTICLE, [OLD] * (PIECE + 20), at=desk.ago(days=5))
    correction_id = desk.propose()
    desk.approve(correction_id)
    address = desk.database.engine.url.render_as_string(hide_password=False)
    given = [address, desk.clock().isoformat(), str(tmp_path), str(desk.house.library.folder)]
    died = subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", DIES_WHILE_TELLING, *given, str(at)],
        cwd=ROOT,
        check=False,
        env=os.environ,
    )
    assert died.returncode == -signal.SIGKILL
    # What was told before the piece in which it died stands; of that piece nothing does.
    assert len(told_to(desk, correction_id)) == (0 if at <= PIECE else PIECE)
    assert progress(desk, correction_id).waiting > 0

    presence = Presence(desk.database, "heir")
    Heir(desk.house, [], presence).look()
    presence.leave()
    desk.run_jobs()

    assert told_to(desk, correction_id) == {one: [TEXT] for one in all_}
    assert progress(desk, correction_id) == Progress(sent=len(all_), waiting=0, lost=0)


def test_a_second_run_of_the_same_telling_says_nothing_twice(desk: Desk) -> None:
    with desk.database.transaction() as session:
        all_ = give_to_many(session, ARTICLE, [OLD] * 3, at=desk.ago(days=5))
    correction_id = desk.propose(desk.draft(audience=Audience.EVERYONE))
    desk.approve(correction_id)
    desk.run_jobs()
    with desk.database.transaction() as session:
        session.scalars(select(Job)).one().state = "waiting"

    assert desk.run_jobs() == 1

    assert told_to(desk, correction_id) == {one: [TEXT] for one in all_}
