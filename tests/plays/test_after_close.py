"""After an officer has closed the case: what the owner still sends reaches the office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.domain.talk.messages import Attachment, EventKind
from bot.private_world import Said
from bot.storage.models import Conversation, Message, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.stands.stage import Contact, Stage

pytestmark = pytest.mark.engine

PAPER = Attachment(file_id="f1", name="mau-nhan.pdf", media_type="application/pdf", size=9)


@dataclass
class Farewell:
    """An owner whose case has just been closed."""

    owner: Contact
    request_id: int

    @property
    def code(self) -> str:
        return self.request().code

    def request(self) -> Request:
        with self.owner.stage.world.house.database.transaction() as session:
            return session.get_one(Request, self.request_id)

    def came(self) -> list[str]:
        """What came to the case after its close: words, or the names of files."""
        with self.owner.stage.world.house.database.transaction() as session:
            rows = session.scalars(
                select(Message)
                .where(Message.request_id == self.request_id, Message.author == "owner")
                .order_by(Message.id)
            ).all()
        return [row.text or row.attachments[0]["name"] for row in rows]

    def presses(self, said: Said, number: int) -> Said:
        """Presses a button of a reply, by typing its title."""
        return self.owner.says(said.replies[-1].choices[number].title)


def closed(stage: Stage, owner: Contact, before: Callable[[], object] = lambda: None) -> Farewell:
    """The owner's case, filed, claimed and closed; `before`: what he does before it is claimed."""
    before()
    house = stage.world.house
    now = house.clock()
    with house.database.transaction() as session:
        conversation = session.scalars(
            select(Conversation).where(Conversation.chat_key == owner.chat_key)
        ).one()
        seed = Seed(session, now, seed=conversation.created_at.microsecond)
        officer = seed.officer(f"can-bo-{conversation.id}")
        request = seed.request(conversation)
        cases(session).claim(request.id, officer, now=now)
        cases(session).close(
            request.id, officer, last_words="", cause=f"close:{request.id}", now=now
        )
        return Farewell(owner, request.id)


def another(farewell: Farewell, waits_since: timedelta = timedelta(0)) -> Farewell:
    """A case of the same owner that waits at another office."""
    house = farewell.owner.stage.world.house
    with house.database.transaction() as session:
        conversation = session.get_one(Request, farewell.request_id).conversation
        seed = Seed(session, house.clock() - waits_since, seed=farewell.request_id)
        request = seed.request(conversation, office="shtt", topic="thuong_hieu_nhan_hieu")
        return Farewell(farewell.owner, request.id)


@pytest.fixture
def farewell(stage: Stage) -> Farewell:
    owner = stage.contact()
    owner.says("xin chào")
    return closed(stage, owner)


@pytest.mark.parametrize(
    "words",
    [
        "em quên gửi mẫu nhãn, em gửi lại đây ạ",
        "gui lai mau nhan",
        "em quen gui mau nhan, em gui lai day a",
        "em bổ sung thêm ảnh nhãn",
        "bổ sung thông tin: xưởng em 12 người",
        "dạ em xin bổ sung là sản phẩm em có đường",
        "còn một giấy nữa em gửi sau nha",
    ],
)
def test_words_that_say_they_send_come_to_the_case(farewell: Farewell, words: str) -> None:
    said = farewell.owner.says(words)
    assert len(said.replies) == 1
    assert farewell.code in said.replies[0].text
    assert farewell.came() == [words]
    request = farewell.request()
    assert request.late_at is not None
    assert request.state == RequestState.CLOSED


BROUGHT = (
    "em quên gởi mẫu nhãn, em gởi lại đây ạ",
    "gởi lại mẫu nhãn",
    "dạ em gởi lại anh bản công bố nha",
    "chị ơi em gởi bổ sung tờ khai nè",
    "em gởi thêm hai tấm hình bao bì đó anh",
    "quen goi mau nhan, goi bo sung ne anh",
    "gui not giay kiem nghiem cho anh nhe",
    "em gửi nốt tờ khai còn thiếu ạ",
    "anh ơi em quên đính kèm bảng kê",
    "cho em bổ sung thông tin: xưởng có 20 công nhân",
    "tụi em xin bổ sung thêm hình nhãn mặt sau",
    "em nhắn thêm là sản phẩm có chất bảo quản",
    "toi quen chua gui giay uy quyen, gui lai day",
    "em gửi lại rồi đó anh",
    "xin chào anh, em gửi lại mẫu nhãn",
    "chào chị, em gửi thêm hợp đồng thuê xưởng",
    "dạ cảm ơn chị, em gửi bổ sung giấy phép đây ạ",
)
ASKED = (
    "nó báo lỗi anh ơi",
    "alo anh, in nhãn bị mờ rồi",
    "máy vẫn chạy sai số anh ạ",
    "dạ bên em chưa hiểu chỗ này",
    "hôm trước em gửi nhầm bản cũ, nay gửi lại bản mới ạ",
    "em gửi lại mẫu nhãn nha anh, anh nhận được chưa",
    "em gửi lại rồi anh nhận được chưa ạ?",
    "anh nhận được mẫu nhãn chưa?",
    "e gửi lại mẫu nhãn nhé?",
    "em quên gửi mẫu nhãn rồi, giờ gửi được không ạ?",
    "anh thấy mẫu nhãn em gửi lại được chưa ạ?",
    "em muốn gửi thêm ảnh được không chị?",
    "em muốn bổ sung thêm ngành nghề",
    "thủ tục gửi kèm hàng mẫu",
    "bổ sung hồ sơ nhãn hiệu",
    "công ty cần bổ sung thêm máy móc",
)
OR_A_WISH = (
    "chị coi giùm em cái nhãn mới nha",
    "bo sung ho so xin ho tro",
    "em cần tư vấn bổ sung thêm dây chuyền ISO 22000",
)
"""What the classifier takes for a wish that it doubts, and so asks about."""

FOR_THE_ASSISTANT = (
    "nhãn hàng hóa phải ghi những gì",
    "phí đăng ký nhãn hiệu bao nhiêu",
    "mã vạch đăng ký ở đâu vậy",
    "bạn là robot hả?",
    "tôi muốn tự chấm điểm 5S",
    "anh gọi lại cho em được không?",
    "chao em",
    "cam on chi nhieu nghen",
    "dạ em hiểu rồi, cảm ơn anh nhiều",
    "mai em gởi lại sau nha, cảm ơn anh",
)


@pytest.mark.parametrize("words", BROUGHT)
def test_however_it_is_said_what_is_sent_comes_to_the_case(farewell: Farewell, words: str) -> None:
    said = farewell.owner.says(words)
    assert farewell.code in said.replies[0].text
    assert farewell.came() == [words]
    assert farewell.request().late_at is not None


@pytest.mark.parametrize("words", ASKED)
def test_what_may_be_for_the_officer_is_asked_about(farewell: Farewell, words: str) -> None:
    said = farewell.owner.says(words)
    assert farewell.code in said.replies[0].text
    assert [farewell.code in choice.title for choice in said.replies[0].choices] == [True, False]
    assert farewell.came() == []
    farewell.presses(said, 0)
    assert farewell.came() == [words]


@pytest.mark.parametrize("words", OR_A_WISH)
def test_where_a_wish_is_asked_about_the_officer_is_a_button_away(
    farewell: Farewell, words: str
) -> None:
    said = farewell.owner.says(words)
    titles = [choice.title for choice in said.replies[0].choices]
    number = next(n for n, title in enumerate(titles) if farewell.code in title)
    assert farewell.came() == []
    farewell.presses(said, number)
    assert farewell.came() == [words]


@pytest.mark.parametrize("words", FOR_THE_ASSISTANT)
def test_what_is_for_the_assistant_stays_with_it(farewell: Farewell, words: str) -> None:
    said = farewell.owner.says(words)
    assert all(farewell.code not in reply.text for reply in said.replies)
    assert farewell.came() == []


@pytest.mark.parametrize("words", ["em gửi lại mẫu nhãn", "mẫu nhãn đây ạ"])
def test_a_photo_and_its_words_get_one_reply(farewell: Farewell, words: str) -> None:
    said = farewell.owner.says(words, [PAPER])
    assert [("1 file" in reply.text, reply.choices) for reply in said.replies] == [(True, [])]
    assert farewell.came() == [words]


def test_what_cannot_be_taken_is_seen_by_the_office_all_the_same(farewell: Farewell) -> None:
    for note, refusal in (("[nhãn dán]", "Nhãn dán"), ("[tin thoại]", "Chưa nghe được")):
        said = farewell.owner.does(EventKind.UNSUPPORTED, note=note, refusal=refusal)
        assert [reply.text for reply in said.replies] == [refusal]
    assert farewell.came() == ["[tin thoại]"]
    assert farewell.request().late_at is not None


def test_words_beside_what_cannot_be_taken_go_with_it(farewell: Farewell) -> None:
    farewell.owner.does(
        EventKind.UNSUPPORTED, "máy chạy sai số đây ạ", note="[video]", refusal="Chưa xem được"
    )
    assert farewell.came() == ["[video]\nmáy chạy sai số đây ạ"]


def test_a_file_comes_to_the_case_and_is_not_kept_for_another(farewell: Farewell) -> None:
    said = farewell.owner.says("", [PAPER])
    assert "1 file" in said.replies[0].text
    assert farewell.code in said.replies[0].text
    assert farewell.came() == ["mau-nhan.pdf"]
    form = farewell.owner.says("Nhờ sở cử người xuống hướng dẫn xưởng em làm 5S, ghi nhận giúp em")
    assert "file" not in form.replies[0].text


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("ISO 9001 là gì", "answer"),
        ("đăng ký nhãn hiệu ở đâu", "answer"),
        ("cảm ơn em nhiều nha", "chitchat"),
        ("dạ vâng em cảm ơn anh, em gửi lại sau", "chitchat"),
        ("xin chào", "chitchat"),
        ("gửi lại hồ sơ đăng ký nhãn hiệu ở đâu vậy", "answer"),
    ],
)
def test_questions_and_thanks_stay_what_they_are(
    farewell: Farewell, words: str, outcome: str
) -> None:
    said = farewell.owner.says(words)
    assert said.understandings[0].outcome == outcome
    assert farewell.code not in said.replies[0].text
    assert farewell.came() == []
    assert farewell.request().late_at is None


def test_stars_stay_a_rating(farewell: Farewell) -> None:
    farewell.owner.says("5 ★")
    assert farewell.request().rating == 5
    assert farewell.came() == []


@pytest.mark.parametrize("words", ["số tài khoản là 123", "em làm theo rồi mà vẫn hư hoài"])
def test_words_that_fit_nowhere_are_asked_about_and_go_where_the_owner_wants(
    farewell: Farewell, words: str
) -> None:
    said = farewell.owner.says(words)
    assert farewell.code in said.replies[0].text
    assert farewell.came() == []
    assert farewell.request().late_at is None
    brought = farewell.presses(said, 0)
    assert farewell.code in brought.replies[0].text
    assert farewell.came() == [words]
    assert farewell.request().late_at is not None


def test_or_the_assistant_is_asked_after_all(farewell: Farewell) -> None:
    said = farewell.owner.says("em làm theo rồi mà vẫn hư hoài")
    answer = farewell.presses(said, 1)
    assert answer.understandings[0].outcome in {"handover", "clarify", "out_of_scope"}
    assert farewell.came() == []


def test_inside_a_form_all_belongs_to_the_form(farewell: Farewell) -> None:
    farewell.owner.plays(
        ("Nhờ sở cử người xuống hướng dẫn xưởng em làm 5S, ghi nhận giúp em với", "request"),
        ("đúng rồi", "request"),
    )
    farewell.owner.says("em gửi lại tên: Cơ sở mộc Tân Tiến")
    farewell.owner.says("", [PAPER])
    assert farewell.came() == []


def test_a_form_begun_before_the_farewell_leaves_to_the_case_what_is_sent_to_it(
    stage: Stage,
) -> None:
    owner = stage.contact()
    owner.says("xin chào")
    farewell = closed(
        stage,
        owner,
        before=lambda: owner.says(
            "Nhờ sở cử người xuống hướng dẫn xưởng em làm 5S, ghi nhận giúp em với"
        ),
    )
    sent = "em gửi lại mẫu nhãn đây ạ"
    for words, files in ((sent, []), ("", [PAPER])):
        brought, question = owner.says(words, files).replies
        assert farewell.code in brought.text
        assert "đúng không ạ?" in question.text
    assert farewell.came() == [sent, "mau-nhan.pdf"]
    assert "file" not in owner.says("đúng rồi").replies[0].text
    # The form has asked for a name again: now words may answer it.
    owner.says("em gửi lại tên: Cơ sở mộc Tân Tiến")
    assert farewell.came() == [sent, "mau-nhan.pdf"]


def test_an_assessment_leaves_to_the_case_what_is_sent_to_it(farewell: Farewell) -> None:
    owner = farewell.owner
    owner.says("tự đánh giá 5S")
    sent = ["em gửi lại mẫu nhãn đây ạ", "em gửi nốt tờ khai còn thiếu ạ"]
    for words, files in ((sent[0], []), (sent[1], []), ("", [PAPER])):
        said = owner.says(words, files)
        assert farewell.code in said.replies[0].text
        assert "Câu 1/25" in said.replies[1].text
    assert farewell.came() == [*sent, "mau-nhan.pdf"]
    assert "Câu 2/25" in owner.says("4").replies[0].text


def test_who_corrects_his_number_and_is_asked_for_a_paper_sends_it_to_the_case(
    stage: Stage,
) -> None:
    owner = stage.contact()
    owner.says("xin chào")
    farewell = closed(stage, owner, before=lambda: owner.says("sửa số điện thoại của tôi"))
    brought, question = owner.says("em gửi lại mẫu nhãn đây ạ").replies
    assert farewell.code in brought.text
    assert "số" in question.text
    assert "0912345678" in owner.says("em gửi lại số: 0912 345 678").replies[0].text
    assert farewell.came() == ["em gửi lại mẫu nhãn đây ạ"]


def test_of_two_cases_the_one_whose_officer_has_just_spoken_is_meant(farewell: Farewell) -> None:
    waiting = another(farewell, waits_since=timedelta(hours=1))
    farewell.owner.says("em gửi lại mẫu nhãn đây ạ")
    farewell.owner.says("", [PAPER])
    assert farewell.came() == ["em gửi lại mẫu nhãn đây ạ", "mau-nhan.pdf"]
    assert waiting.came() == []


def test_where_both_may_be_meant_the_other_is_a_button_away(farewell: Farewell) -> None:
    newer = another(farewell)
    said = farewell.owner.says("em gửi lại mẫu nhãn", [PAPER])
    assert len(said.replies) == 1
    assert newer.code in said.replies[0].text
    assert newer.came() == ["em gửi lại mẫu nhãn"]
    farewell.presses(said, 0)
    assert farewell.came() == ["em gửi lại mẫu nhãn"]
    assert newer.came() == []
    assert farewell.request().late_at is not None


def test_where_no_case_was_closed_all_is_as_before(stage: Stage) -> None:
    owner = stage.contact()
    said = owner.says("", [PAPER])
    assert "gửi kèm yêu cầu" in said.replies[0].text
    assert owner.says("số tài khoản là 123").understandings[0].outcome in ("handover", "clarify")


def test_an_open_case_gets_the_file(stage: Stage) -> None:
    owner = stage.contact()
    owner.says("xin chào")
    house = stage.world.house
    with house.database.transaction() as session:
        conversation = session.scalars(
            select(Conversation).where(Conversation.chat_key == owner.chat_key)
        ).one()
        code = (
            Seed(session, house.clock(), seed=conversation.created_at.microsecond)
            .request(conversation)
            .code
        )
        assert conversation.handler == Handler.BOT
    said = owner.says("", [PAPER])
    assert code in said.replies[0].text


def test_after_an_erasure_nothing_is_brought(farewell: Farewell) -> None:
    farewell.owner.says("xóa hết thông tin của tôi")
    farewell.owner.says("Xóa hẳn")
    said = farewell.owner.says("em gửi lại mẫu nhãn ạ", [PAPER])
    assert all(farewell.code not in reply.text for reply in said.replies)
    assert farewell.came() == []


def test_opened_again_the_officer_speaks_and_the_bot_is_silent(farewell: Farewell) -> None:
    stage = farewell.owner.stage
    house = stage.world.house
    farewell.owner.says("em gửi lại mẫu nhãn ạ")
    with house.database.transaction() as session:
        officer = session.get_one(Request, farewell.request_id).officer
        assert officer is not None
        cases(session).reopen(farewell.request_id, officer, now=house.clock())
        cases(session).reply(
            farewell.request_id,
            officer,
            "Dạ, em đã nhận",
            cause="reply:again",
            now=house.clock(),
        )
    assert stage.say(farewell.owner.chat_key, "ISO 9001 là gì").replies == []
    assert farewell.came()[-1] == "ISO 9001 là gì"
