"""After an officer has closed the case: what the owner still sends reaches the office."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from bot.domain.conversation import Owner
from bot.domain.messages import Attachment, OutgoingMessage
from bot.domain.request import RequestState
from bot.private_world import Said
from bot.services.cases import CaseService
from bot.services.requests import RequestService
from bot.storage.models import Conversation, Message, Request
from tests.support.seed import Seed
from tests.support.stage import Contact, Stage

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


def closed(stage: Stage, owner: Contact) -> Farewell:
    """The owner's case, filed, claimed and closed."""
    house = stage.world.house
    now = house.clock()
    with house.database.transaction() as session:
        conversation = session.scalars(
            select(Conversation).where(Conversation.chat_key == owner.chat_key)
        ).one()
        seed = Seed(session, now, seed=conversation.created_at.microsecond)
        officer = seed.officer()
        request = seed.request(conversation)
        RequestService(session).claim(request.id, officer, now=now)
        CaseService(session, house.texts).close(
            request.id, officer, last_words="", cause=f"close:{request.id}", now=now
        )
        return Farewell(owner, request.id)


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


def test_where_no_case_was_closed_all_is_as_before(stage: Stage) -> None:
    owner = stage.contact()
    said = owner.says("", [PAPER])
    assert "gửi kèm yêu cầu" in said.replies[0].text
    assert owner.says("số tài khoản là 123").understandings[0].outcome == "handover"


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
        assert conversation.owner == Owner.BOT
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
        officer = farewell_officer = session.get_one(Request, farewell.request_id).officer
        assert farewell_officer is not None
        office = house.library.current.offices["tdc"]
        CaseService(session, house.texts).reopen(
            farewell.request_id, officer, office, now=house.clock()
        )
        RequestService(session).reply(
            farewell.request_id,
            officer,
            OutgoingMessage(text="Đã nhận"),
            cause="reply:again",
            now=house.clock(),
        )
    assert stage.say(farewell.owner.chat_key, "ISO 9001 là gì").replies == []
    assert farewell.came()[-1] == "ISO 9001 là gì"
