"""Gaps are kept once, masked, in groups of like questions; what was answered goes again."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.talk.gap import GapReason, GroupState
from bot.services.gaps.gap_list import GapListService
from bot.services.gaps.gaps import PATIENCE, GapService, Unanswered
from bot.storage.database import Database
from bot.storage.models import Gap, GapGroup
from tests.support.data.gaps import NOISE, SOC, gather, gather_noise
from tests.support.data.seed import Seed


def test_like_questions_are_one_group_and_the_largest_stands_first(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        gather_noise(session, now)
        for words in (SOC, "cai soc den trang tren bich banh xin cho nao z", f"{SOC} ạ"):
            gather(session, now, words)

    with any_database.transaction() as session:
        rows = GapListService(session, now=now).page(GroupState.OPEN)
    assert [row.count for row in rows] == [3, 1, 1, 1]
    assert rows[0].examples[0] == SOC
    assert rows[0].nearest == ["ma-vach-dang-ky", "ma-vach-phi"]
    assert rows[0].reasons == {"unsure": 3}
    assert {row.examples[0] for row in rows[1:]} == set(NOISE)


def test_a_question_is_kept_once_a_cause(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        conversation = Seed(session, now).conversation()
        unanswered = Unanswered("in:7", conversation.id, SOC, GapReason.UNSURE)
        service = GapService(session)
        assert service.gather(unanswered, now=now) is not None
        assert service.gather(unanswered, now=now) is None
        assert session.scalar(select(func.count(Gap.id))) == 1


def test_what_names_a_person_is_not_kept(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        gap = gather(session, now, "em tên là Trần Thị Mai\n0912345678 hỏi mã vạch")
    assert gap.words == "em tên là [tên] [số] hỏi mã vạch"


@pytest.mark.parametrize("words", ["", "👍", "…"])
def test_what_holds_no_word_is_no_question(database: Database, now: datetime, words: str) -> None:
    with database.transaction() as session:
        conversation = Seed(session, now).conversation()
        unanswered = Unanswered("in:1", conversation.id, words, GapReason.UNSURE)
        assert GapService(session).gather(unanswered, now=now) is None


def test_asked_back_it_counts_only_where_no_article_is_picked(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        picked = gather(session, now, SOC, reason=GapReason.ASKED_BACK)
        left = gather(session, now, NOISE[0], reason=GapReason.ASKED_BACK, nearest=())
        gather(session, now, NOISE[1], reason=GapReason.ASKED_BACK, nearest=())
        listed = GapListService(session, now=now)
        assert listed.page(GroupState.OPEN) == []
        GapService(session).went_on(picked.conversation_id, picked=True)
        GapService(session).went_on(left.conversation_id, picked=False)
        session.expire_all()
        assert [row.examples for row in listed.page(GroupState.OPEN)] == [[NOISE[0]]]
        assert session.scalar(select(func.count(GapGroup.id))) == 2

    later = now + PATIENCE + timedelta(seconds=1)
    with database.transaction() as session:
        rows = GapListService(session, now=later).page(GroupState.OPEN)
        assert {row.examples[0] for row in rows} == {NOISE[0], NOISE[1]}


def test_a_closed_group_opens_again_and_a_dismissed_one_does_not(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        closed, dismissed = gather(session, now, SOC), gather(session, now, NOISE[0], nearest=())
        closed.group.state, dismissed.group.state = GroupState.CLOSED, GroupState.DISMISSED
        session.flush()
        gather(session, now, SOC)
        gather(session, now, NOISE[0], nearest=())
        assert closed.group.state == GroupState.OPEN
        assert dismissed.group.state == GroupState.DISMISSED


def test_erasing_takes_a_persons_questions_and_leaves_those_of_others(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        mine = gather(session, now, SOC)
        gather(session, now, f"{SOC} vậy em")
        alone = gather(session, now, NOISE[2], conversation_id=mine.conversation_id, nearest=())
        GapService(session).forget(mine.conversation_id)
        session.expire_all()
        rows = GapListService(session, now=now).page(GroupState.OPEN)
        assert [row.examples for row in rows] == [[f"{SOC} vậy em"]]
        assert session.get(GapGroup, alone.group_id) is None
