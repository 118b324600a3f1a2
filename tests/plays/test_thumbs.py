"""Plays: an owner says what he thinks of an answer, and the gap closes."""

import time

import pytest
from sqlalchemy import select

from bot.domain.talk.gap import ConclusionKind, GapReason
from bot.domain.talk.messages import ChannelName
from bot.private_world import Said
from bot.services.gaps.conclusions import ConclusionService, Proposal
from bot.services.messaging.conversations import ConversationService
from bot.storage.models import AnswerVerdict, Gap
from tests.support.data.seed import Seed
from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

SHELF = "bịch bánh muốn lên kệ siêu thị thì còn thiếu món gì"

PATIENCE_SECONDS = 90.0

QUESTION = "đăng ký nhãn hiệu ở đâu"


def gaps(owner: Contact) -> list[Gap]:
    with owner.stage.world.house.database.transaction() as session:
        conversation = ConversationService(session).find(ChannelName.TERMINAL, owner.chat_key)
        assert conversation is not None
        mine = select(Gap).where(Gap.conversation_id == conversation.id)
        return list(session.scalars(mine))


def test_a_thumb_down_offers_other_ways_and_makes_the_question_a_gap(owner: Contact) -> None:
    asked = owner.says(QUESTION)
    titles = [choice.title for choice in asked.replies[0].choices]
    assert titles[-2:] == ["👍 Đúng ý", "👎 Chưa đúng"]

    said = owner.says("👎 Chưa đúng")

    assert said.understandings[0].outcome == "clarify"
    assert said.replies[0].choices[-1].title == "Gặp cán bộ"
    (gap,) = gaps(owner)
    assert (gap.words, gap.reason, gap.served) == (
        QUESTION,
        GapReason.THUMB_DOWN,
        "nhan-hieu-ho-so-nop-o-dau",
    )


def test_a_thumb_up_is_thanked_for_and_is_no_gap(owner: Contact) -> None:
    owner.says(QUESTION)
    assert "cảm ơn" in owner.says("👍 Đúng ý").replies[0].text
    assert gaps(owner) == []
    with owner.stage.world.house.database.transaction() as session:
        assert "up" in session.scalars(select(AnswerVerdict.verdict)).all()


def test_within_a_form_nobody_is_asked_for_a_thumb(owner: Contact) -> None:
    owner.says("tôi muốn gửi yêu cầu hỗ trợ")
    replies = owner.says('/pick_article{"article":"5s-la-gi"}').replies
    titles = [choice.title for reply in replies for choice in reply.choices]
    assert "👍 Đúng ý" not in titles


def test_what_was_not_answered_is_answered_once_two_officers_settled_it(owner: Contact) -> None:
    house = owner.stage.world.house
    first = owner.says(SHELF).understandings[0]
    assert first.article != "ma-vach-dang-ky"
    if first.article:
        owner.says("👎 Chưa đúng")
    (gap,) = gaps(owner)

    with house.database.transaction() as session:
        seed = Seed(session, house.clock(), seed=41)
        lan, minh = seed.officer("lan-play"), seed.officer("minh-play")
        service = ConclusionService(session, house.library)
        proposal = Proposal(ConclusionKind.LINK, (gap.words,), "ma-vach-dang-ky")
        made = service.propose(gap.group_id, proposal, lan, now=house.clock())
        service.approve(gap.group_id, made.id, minh, now=house.clock())

    said = asked_until_answered(owner)
    article = house.library.current.articles["ma-vach-dang-ky"]
    assert said.replies[0].text.startswith(article.answer)


def asked_until_answered(owner: Contact) -> Said:
    """New contacts ask until the search that runs has taken the approval up."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        said = owner.stage.contact().says(SHELF)
        if said.understandings[0].article == "ma-vach-dang-ky":
            return said
        time.sleep(0.2)
    raise AssertionError("the approval was not taken up")
