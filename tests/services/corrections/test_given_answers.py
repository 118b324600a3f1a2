"""What was given to whom: noted once, remembered 90 days, erased with its owner."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.domain.correction import REMEMBERED
from bot.domain.jobs import JobKind
from bot.domain.talk.messages import ChannelName
from bot.domain.talk.understanding import GivenArticle
from bot.flow.job_runner import JobRunner
from bot.flow.works import works_of
from bot.services.corrections.given_answers import PIECE, GivenAnswers
from bot.services.corrections.receivers import receivers
from bot.services.messaging.transcript import TranscriptService
from bot.services.privacy.privacy import PrivacyService
from bot.storage.models import GivenAnswer
from tests.services.corrections.conftest import ARTICLE, Desk
from tests.support.data.given import OLD, give, give_to_many


def test_what_a_message_tells_is_noted_once(desk: Desk) -> None:
    with desk.database.transaction() as session:
        conversation = give(session, ARTICLE, OLD, at=desk.clock())
        message = TranscriptService(session).last_reply(conversation.id)
        assert message is not None
        GivenAnswers(session).note(message, [GivenArticle(article=ARTICLE, mark=OLD)])
        session.flush()

        assert session.scalars(select(GivenAnswer.article)).all() == [ARTICLE]


def test_the_newest_of_what_a_conversation_was_given_counts(desk: Desk) -> None:
    with desk.database.transaction() as session:
        conversation = give(session, ARTICLE, OLD, at=desk.ago(days=3))
        give(session, ARTICLE, "11111111", at=desk.ago(days=1), to=conversation)
        give(session, "5s-la-gi", OLD, at=desk.clock(), to=conversation)

        given = GivenAnswers(session)
        last = given.last(conversation.id, ARTICLE)
        assert last is not None
        assert (last.mark, last.at) == ("11111111", desk.ago(days=1))
        assert [(one.article, one.last.mark) for one in given.holders(now=desk.clock())] == [
            ("5s-la-gi", OLD),
            (ARTICLE, "11111111"),
        ]


def test_receivers_are_counted_by_channel_and_each_conversation_once(desk: Desk) -> None:
    with desk.database.transaction() as session:
        both = give(session, ARTICLE, desk.article.mark, at=desk.ago(days=80))
        give(session, "5s-la-gi", OLD, at=desk.ago(days=2), to=both)
        give(session, ARTICLE, OLD, at=desk.ago(days=2), channel=ChannelName.TELEGRAM)
        give(session, ARTICLE, OLD, at=desk.clock() - REMEMBERED - timedelta(minutes=1))
        give(session, "kaizen-la-gi", OLD, at=desk.clock())

        found = receivers(
            session, desk.house.library.current, [ARTICLE, "5s-la-gi"], now=desk.clock()
        )

    assert found.of(ARTICLE).channels == {"telegram": 1, "web": 1}
    assert found.of(ARTICLE).older == 1
    assert found.of("5s-la-gi").channels == {"web": 1}
    assert found.of("iso9001-la-gi").channels == {}
    assert found.conversations == 2


def test_who_was_erased_is_counted_nowhere(desk: Desk, tmp_path: Path) -> None:
    with desk.database.transaction() as session:
        gone, stays = give_to_many(session, ARTICLE, [OLD, OLD], at=desk.ago(days=1))
        PrivacyService(session, tmp_path).erase(gone, words="(đã xóa)", now=desk.clock())

        holders = GivenAnswers(session).holders(now=desk.clock())
        assert [one.conversation_id for one in holders] == [stays]


def test_after_90_days_what_was_given_is_forgotten_by_night_piece_by_piece(desk: Desk) -> None:
    with desk.database.transaction() as session:
        old = give(session, ARTICLE, OLD, at=desk.clock() - REMEMBERED - timedelta(minutes=1))
        message = TranscriptService(session).last_reply(old.id)
        assert message is not None
        session.add_all(
            GivenAnswer(
                message_id=message.id,
                article=f"bai-{number}",
                mark=OLD,
                conversation_id=old.id,
                given_at=message.created_at + timedelta(seconds=number % 7),
            )
            for number in range(PIECE)
        )
        kept = give(session, ARTICLE, OLD, at=desk.ago(days=89)).id
    kind = JobKind.FORGET_GIVEN
    runner = JobRunner(desk.house, works_of(desk.house), frozenset({kind}), "a")
    assert not runner.step()
    with desk.database.reading() as session:
        assert len(session.scalars(select(GivenAnswer.article)).all()) == PIECE + 2

    desk.clock.move(hours=17)
    while runner.step():
        pass

    with desk.database.reading() as session:
        assert session.scalars(select(GivenAnswer.conversation_id)).all() == [kept]
