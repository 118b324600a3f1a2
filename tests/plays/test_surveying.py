"""Plays: an enterprise is invited to a survey and answers, puts it off, or wants none any more."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.enterprise.profile import SurveyConsent
from bot.domain.office.roles import Role
from bot.domain.surveys.target import Target
from bot.domain.talk import causes
from bot.domain.talk.messages import ChannelName, EventKind, OutgoingMessage, choice_token
from bot.domain.talk.payload import payload
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import TranscriptService
from bot.services.surveys.campaigns import CampaignService
from bot.services.surveys.invitation_message import InvitationMessage
from bot.services.surveys.inviting import SurveyInviting
from bot.storage.models import Invitation, ProfileContact
from tests.support.data.seed import Seed
from tests.support.data.surveys import Asked, draft, open_campaign
from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

HOUSEHOLD = (
    *("Hộ kinh doanh", "4", "Tôi chưa rõ", "xong", "Nhãn hàng đủ nội dung", "xong"),
    *("xong", "xong", "Thiếu vốn", "xong", "Mã vạch, truy xuất", "xong"),
    *("Càng sớm càng tốt", "Chỉ góp công, góp người", "khu mình hay cúp điện"),
)
"""What a household business types or presses, from the first question to the last."""


@dataclass
class Invited:
    """An owner whose enterprise was invited in this chat."""

    owner: Contact
    campaign_id: int
    invitation_id: int

    def invitation(self) -> Invitation:
        with self.owner.stage.world.house.database.reading() as session:
            row = session.get_one(Invitation, self.invitation_id)
            assert row.attempt is None or row.attempt.answers is not None
            return row

    def presses(self, about: str) -> list[OutgoingMessage]:
        """Presses a button of the invitation, however far above it stands."""
        with self.owner.stage.world.house.database.reading() as session:
            message = TranscriptService(session).said(causes.of_invitation(self.invitation_id))
            assert message is not None
            places = [one["payload"] for one in message.choices]
        named = payload("assessment", about=about, value=str(self.invitation_id))
        token = choice_token(message.id, places.index(named))
        said = self.owner.does(EventKind.CHOICE, choice=token)
        assert said.replies
        return said.replies

    def ends(self) -> None:
        house = self.owner.stage.world.house
        with house.database.transaction() as session:
            CampaignService(session, {}).stop(self.campaign_id, now=house.clock())

    def consents(self) -> set[str]:
        with self.owner.stage.world.house.database.reading() as session:
            chat = ConversationService(session).find(ChannelName.TERMINAL, self.owner.chat_key)
            assert chat is not None
            rows = session.scalars(
                select(ProfileContact).where(ProfileContact.contact_id == chat.contact_id)
            )
            return {row.surveys for row in rows}


@pytest.fixture
def invited(owner: Contact) -> Invited:
    """Who has written before, and agreed to be asked."""
    owner.says("chào em")
    house = owner.stage.world.house
    now = house.clock()
    with house.database.transaction() as session:
        chat = ConversationService(session).find(ChannelName.TERMINAL, owner.chat_key)
        assert chat is not None
        seed = int(chat.id[:6], 16)
        asked = Asked(session, now, seed=seed)
        enterprise_id = asked.enterprise()
        asked.person(enterprise_id, chat=chat)
        head = Seed(session, now, seed=seed).officer(f"head-{chat.id}", role=Role.HEAD)
    target = Target(enterprises=(enterprise_id,))
    campaign_id = open_campaign(house, head, draft(now - timedelta(minutes=1), target=target))
    with house.database.transaction() as session:
        message = InvitationMessage(house.texts, "Sở KH&CN thử")
        SurveyInviting(session, message).invite(campaign_id, 0, now=now)
        row = session.scalars(select(Invitation).where(Invitation.campaign_id == campaign_id)).one()
        assert row.state == "sent"
        return Invited(owner, campaign_id, row.id)


def buttons(message: OutgoingMessage) -> list[str]:
    return [choice.title for choice in message.choices]


def test_it_is_answered_to_the_end_and_thanked_for_without_a_score(invited: Invited) -> None:
    owner = invited.owner
    intro, question = owner.says("Trả lời").replies
    assert "cán bộ nào vào tiếp cuộc trò chuyện này cũng thấy" in intro.text
    assert "**Câu 1/" in question.text
    for words in HOUSEHOLD:
        said = owner.says(words).replies
    assert "Em cảm ơn anh/chị đã trả lời khảo sát" in said[-1].text
    assert "chọn nội dung hỗ trợ" in said[-1].text
    assert "%" not in said[-1].text
    row = invited.invitation()
    assert row.state == "answered"
    assert row.attempt is not None
    assert (row.attempt.campaign_id, row.attempt.enterprise_id) == (
        invited.campaign_id,
        row.enterprise_id,
    )
    assert row.attempt.consent_version
    assert "đã trả lời xong rồi" in invited.presses("survey")[0].text


def test_it_is_put_aside_gone_on_with_and_put_right(invited: Invited) -> None:
    owner = invited.owner
    owner.says("Trả lời")
    owner.says("Công ty, doanh nghiệp")
    owner.says("25")
    paused = owner.says("tạm dừng").replies[0].text
    assert "Em đã giữ phần làm dở: 2/" in paused
    assert "**Câu 3/" in owner.says("làm tiếp").replies[-1].text
    assert "**Câu 2/" in owner.says("← Câu trước").replies[-1].text
    assert "**Câu 1/" in owner.says("sửa câu 1").replies[-1].text
    assert "Hộ kinh doanh" in owner.says("Hộ kinh doanh").replies[-1].text
    owner.says("tạm dừng")
    resumed = invited.presses("survey")
    assert f"mình làm tiếp bài {resumed[0].text.partition('bài ')[2][:10]}" in resumed[0].text
    assert "**Câu " in resumed[-1].text
    assert invited.invitation().state == "sent"


def test_a_question_in_between_is_answered_and_the_survey_comes_back(invited: Invited) -> None:
    owner = invited.owner
    owner.says("Trả lời")
    said = owner.says("5S là gì?").replies
    assert "**Câu 1/" in said[-1].text
    assert "Hộ kinh doanh được hỏi gọn hơn" in owner.says("vì sao").replies[0].text


def test_who_wants_no_surveys_any_more_is_left_in_peace_and_may_change_his_mind(
    invited: Invited,
) -> None:
    owner = invited.owner
    [said] = owner.says("Không nhận khảo sát nữa").replies
    assert "không gửi khảo sát" in said.text
    assert invited.consents() == {SurveyConsent.NO}
    assert invited.invitation().state == "refused"
    assert "đồng ý nhận khảo sát" in owner.says("Nhận khảo sát của Sở").replies[0].text
    assert invited.consents() == {SurveyConsent.YES}


def test_who_wants_no_surveys_any_more_in_the_midst_of_one_is_not_asked_on(
    invited: Invited,
) -> None:
    owner = invited.owner
    owner.says("Trả lời")
    owner.says("Hộ kinh doanh")
    [said] = invited.presses("survey_never")
    assert "không gửi khảo sát" in said.text
    assert invited.invitation().state == "refused"
    assert "**Câu " not in owner.says("chào em").replies[-1].text


def test_later_changes_nothing_and_leads_back(invited: Invited) -> None:
    owner = invited.owner
    [said] = owner.says("Để sau").replies
    assert buttons(said) == ["Trả lời"]
    assert invited.invitation().state == "sent"
    assert "**Câu 1/" in owner.says("Trả lời").replies[-1].text


def test_later_within_a_request_leaves_the_request_as_it_was(invited: Invited) -> None:
    owner = invited.owner
    before = owner.says("Tôi muốn gửi yêu cầu hỗ trợ làm ISO 9001 cho xưởng may").replies[-1]
    said = invited.presses("survey_later")
    assert "lúc nào tiện" in said[0].text
    assert said[-1].text == before.text


def test_later_within_a_self_assessment_asks_its_question_again(invited: Invited) -> None:
    owner = invited.owner
    owner.says("tự đánh giá 5S")
    owner.says("4")
    said = invited.presses("survey_later")
    assert "lúc nào tiện" in said[0].text
    assert "**Câu 2/25" in said[-1].text


def test_answering_within_a_self_assessment_lets_that_one_wait(invited: Invited) -> None:
    owner = invited.owner
    owner.says("tự đánh giá 5S")
    owner.says("4")
    assert "**Câu 1/" in invited.presses("survey")[-1].text
    assert "**Câu 2/25" in owner.says("tự đánh giá 5S").replies[-1].text


def test_a_press_after_the_end_and_an_answer_in_its_midst_are_told_kindly(
    invited: Invited,
) -> None:
    owner = invited.owner
    owner.says("Trả lời")
    owner.says("Hộ kinh doanh")
    invited.ends()
    assert "vừa kết thúc" in owner.says("4").replies[0].text
    assert "đã kết thúc" in invited.presses("survey")[0].text
    assert "đã kết thúc" in invited.presses("survey_later")[0].text


def test_an_officer_called_in_its_midst_is_of_its_topic(invited: Invited) -> None:
    owner = invited.owner
    owner.says("Trả lời")
    owner.plays(("cho tôi gặp cán bộ", "handover"))
    [request] = owner.requests()
    assert request.topic == "chuong_trinh_ho_tro"


def test_under_a_request_with_a_result_surveys_are_offered_once(owner: Contact) -> None:
    def sends() -> list[OutgoingMessage]:
        owner.says("tự đánh giá truy xuất nguồn gốc")
        for _ in range(40):
            if "**Câu " not in owner.says("chưa rõ").replies[-1].text:
                break
        owner.plays(("Nhờ cán bộ hỗ trợ", "request"))
        for words in ("đúng rồi", "Cơ sở Bánh tráng Bà Hai", "trả lời ở đây", "không có file"):
            if "Nội dung" in owner.says(words).replies[-1].text:
                break
        return owner.says("Gửi").replies

    first = sends()
    assert buttons(first[-1]) == ["Nhận khảo sát của Sở"]
    assert "đồng ý nhận khảo sát" in owner.says("Nhận khảo sát của Sở").replies[0].text
    with owner.stage.world.house.database.reading() as session:
        chat = ConversationService(session).find(ChannelName.TERMINAL, owner.chat_key)
        assert chat is not None
        row = session.scalars(
            select(ProfileContact).where(ProfileContact.contact_id == chat.contact_id)
        ).one()
        assert (row.surveys, bool(row.surveys_at), bool(row.surveys_version)) == (
            SurveyConsent.YES,
            True,
            True,
        )
