"""Plays: an owner changes a message after it was sent, or sends what cannot be taken."""

import pytest

from bot.domain.talk.messages import Attachment, EventKind
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.requests import RequestService
from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

WISH = "Em muốn nhờ sở cử người xuống xưởng bánh tráng hướng dẫn làm 5S, ghi nhận giúp"
BETTER = "Em muốn nhờ sở cử người xuống xưởng bún hướng dẫn làm 5S, ghi nhận giúp em"
NOT_TAKEN = "vẫn giữ tin ấy như lúc đầu"


def test_the_question_of_the_request_is_edited_while_the_form_asks_for_something_else(
    owner: Contact,
) -> None:
    owner.plays((WISH, "request"), ("đúng rồi", "request"))

    said = owner.does(EventKind.EDIT, BETTER, before=WISH, newest=False)

    assert "Đã sửa nội dung yêu cầu" in said.replies[0].text
    assert "mã số thuế" in said.replies[-1].text
    owner.plays(("chưa có doanh nghiệp", "request"), ("trả lời ở đây", "request"))
    assert BETTER in owner.says("không có file").replies[0].text
    owner.plays(("gửi đi", "request"))
    house = owner.stage.world.house
    with house.database.transaction() as session:
        conversation = ConversationService(session).find("terminal", owner.chat_key)
        assert conversation is not None
        (request,) = RequestService(session).of_conversation(conversation.id)
    assert request.question == BETTER


def test_the_newest_message_may_be_the_question_that_is_edited(owner: Contact) -> None:
    owner.plays((WISH, "request"))

    said = owner.does(EventKind.EDIT, BETTER, before=WISH, newest=True)

    assert "Đã sửa nội dung yêu cầu" in said.replies[0].text
    assert said.understandings[-1].outcome == "request"


@pytest.mark.parametrize(("before", "after"), [("5S là gì", "ISO 9001 là gì"), (WISH, "")])
def test_any_other_edit_within_the_form_is_told_and_the_form_comes_back(
    owner: Contact, before: str, after: str
) -> None:
    owner.plays(("5S là gì", "5s-la-gi"), (WISH, "request"))

    said = owner.does(EventKind.EDIT, after, before=before, newest=False)

    assert NOT_TAKEN in said.replies[0].text
    assert said.understandings[-1].outcome == "request"


def test_outside_a_form_an_edit_of_the_newest_message_is_answered_as_a_message(
    owner: Contact,
) -> None:
    owner.plays(("5S là gì", "5s-la-gi"))

    said = owner.does(EventKind.EDIT, "HACCP là gì", before="5S là gì", newest=True)
    assert said.understandings[0].article == "haccp-la-gi"

    said = owner.does(EventKind.EDIT, "cho tôi gặp cán bộ", before="HACCP là gì", newest=True)
    assert said.understandings[0].outcome == "handover"


def test_outside_a_form_an_edit_of_an_older_message_is_told(owner: Contact) -> None:
    owner.plays(("HACCP là gì", "haccp-la-gi"), ("5S là gì", "5s-la-gi"))

    said = owner.does(EventKind.EDIT, "ISO 9001 là gì", before="HACCP là gì", newest=False)

    assert [NOT_TAKEN in reply.text for reply in said.replies] == [True]


def test_within_the_assessment_an_edit_is_told_and_the_question_comes_back(owner: Contact) -> None:
    owner.plays(("tôi muốn tự chấm điểm 5S cho xưởng", "assessment"), ("4", "assessment"))

    said = owner.does(EventKind.EDIT, "3", before="4", newest=True)

    assert NOT_TAKEN in said.replies[0].text
    assert "2/25" in said.replies[-1].text


def test_a_caption_is_answered_after_one_sentence_on_the_video(owner: Contact) -> None:
    said = owner.does(
        EventKind.UNSUPPORTED, "HACCP là gì", note="[video]", refusal="Video: em chưa xem được."
    )

    assert said.replies[0].text == "Video: em chưa xem được."
    assert [one.article for one in said.understandings] == [None, "haccp-la-gi"]


def test_an_album_with_a_question_gets_one_reply_with_the_answer_and_the_files(
    owner: Contact,
) -> None:
    files = [
        Attachment(file_id=f"f{n}", name=f"anh-{n}.jpg", media_type="image/jpeg") for n in range(5)
    ]

    said = owner.does(EventKind.FILES, "HACCP là gì", attachments=files, album="135")

    (reply,) = said.replies
    assert said.understandings[0].article == "haccp-la-gi"
    assert "Đã nhận 5 file" in reply.text
    assert "Gửi yêu cầu hỗ trợ" in [choice.title for choice in reply.choices]
