"""The form asks for the need, guesses its matter from it, and asks for nothing that was told."""

from collections.abc import Callable

import pytest

from actions.filing.about_form import AboutForm, about_form
from actions.filing.topic_field import AT_ONCE
from tests.support.stands.form_stand import FormStand

Owners = Callable[..., FormStand]

NEED = "Nhờ sở cử người xuống hướng dẫn xưởng em làm nhãn cho mật ong rừng"
GUESSED = "Việc này thuộc mảng **"


@pytest.mark.parametrize(
    "text", ["Gửi yêu cầu hỗ trợ", "em muon gui yeu cau ho tro", "nhờ sở tư vấn giúp em với ạ"]
)
def test_a_bare_wish_is_asked_what_it_is_about(owners: Owners, text: str) -> None:
    owner = owners().begins(text)
    assert owner.wants == "request_question"
    assert "giúp việc gì" in owner.last.text


@pytest.mark.parametrize("words", ["đúng rồi", "dạ đúng rồi anh", "ok em"])
def test_a_yes_to_the_question_for_the_need_is_no_need(owners: Owners, words: str) -> None:
    owner = owners().begins("Gửi yêu cầu hỗ trợ").says(words, "affirm")
    assert owner.wants == "request_question"


def test_a_wish_that_names_its_matter_is_the_need(owners: Owners) -> None:
    owner = owners().begins("xin tư vấn ISO 9001")
    assert owner.slots["request_question"] == "xin tư vấn ISO 9001"
    assert owner.wants == "request_topic"
    assert GUESSED in owner.last.text


def test_the_guess_is_one_of_six_buttons(owners: Owners) -> None:
    owner = owners().begins("Gửi yêu cầu hỗ trợ").says(NEED)
    assert owner.wants == "request_topic"
    assert GUESSED in owner.last.text
    assert owner.buttons[0] == "Đúng rồi"
    assert owner.buttons[AT_ONCE:] == ["Mảng khác", "Hủy"]


def test_declined_topics_make_room_for_the_next_until_all_were_seen(owners: Owners) -> None:
    owner = owners().begins("Gửi yêu cầu hỗ trợ").says(NEED)
    seen = owner.buttons[1:AT_ONCE]
    for _ in range(2):
        owner.presses("Mảng khác")
        assert "mảng nào" in owner.last.text
        assert not set(seen) & set(owner.buttons)
        assert len(owner.buttons) <= AT_ONCE + 3
        seen += owner.buttons[: -3 if "Mảng khác" in owner.buttons else -2]
    assert "Chưa rõ, nhờ cán bộ xếp" in owner.buttons
    assert "Mảng khác" not in owner.buttons


def test_who_does_not_know_the_matter_lets_an_officer_say(owners: Owners) -> None:
    owner = owners().begins("Gửi yêu cầu hỗ trợ").says(NEED).presses("Mảng khác")
    owner.presses("Chưa rõ, nhờ cán bộ xếp")
    assert owner.wants == "request_enterprise"


def test_no_request_is_guessed_to_be_for_another_authority(owners: Owners) -> None:
    owner = owners().begins("nhờ sở coi giúp em xin giấy phép mỹ phẩm")
    assert "cơ quan khác" not in owner.last.text
    assert all("cơ quan khác" not in title for title in owner.buttons)


def test_not_right_at_the_guess_shows_the_others(owners: Owners) -> None:
    owner = owners().begins("nhờ sở giúp em đăng ký nhãn hiệu").says("chưa đúng", "rate_answer")
    assert owner.wants == "request_topic"
    assert "mảng nào" in owner.last.text


@pytest.mark.parametrize("words", ["mã vạch", "Ma so ma vach", "mã số mã vạch"])
def test_a_topic_named_is_taken(owners: Owners, words: str) -> None:
    owner = owners().begins("Gửi yêu cầu hỗ trợ").says("chưa biết làm sao cho 4 loại bánh", "ask")
    owner.says(words, "ask")
    assert owner.slots["request_topic"] == "ma_so_ma_vach"


def test_a_sentence_instead_of_a_topic_adds_to_the_need(owners: Owners) -> None:
    owner = owners().begins("Gửi yêu cầu hỗ trợ").says("kê khai mã", "ask")
    more = "tôi muốn nhờ sở hướng dẫn kê khai mã vạch cho 4 loại bánh tráng"
    owner.says(more, "request_help")
    assert owner.slots["request_question"].endswith(more)


def test_what_one_message_tells_is_not_asked_for_again(owners: Owners) -> None:
    owner = owners().begins(
        "em là Lan, cty TNHH Mật Ong Vàng, mst 0100109106, số 0900000123, nhờ sở coi nhãn mật ong"
    )
    owner.says("đúng rồi", "affirm")
    assert owner.wants == "request_files"
    owner.presses("Không có file")
    assert "Mật Ong Vàng" in owner.last.text
    assert "0100109106" in owner.last.text
    assert "0900000123" in owner.last.text


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("Chưa có doanh nghiệp", "request_enterprise"),
        ("tra loi o day", "request_reach"),
        ("Không có file", "request_files"),
    ],
)
def test_an_answer_given_before_its_question_is_taken(
    owners: Owners, words: str, field: str
) -> None:
    owner = owners().begins(NEED)
    assert owner.wants == "request_topic"
    owner.says(words, "skip")
    assert owner.wants == "request_topic"
    assert owner.slots[field] is not None
    assert "đã ghi vào phiếu" in owner.last.text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("có mất phí không", "không mất phí"),
        ("khỏi tốn tiền gì hết hả em", "không mất phí"),
        ("khong dong phi nao phai hong", "không mất phí"),
        ("gui xong bao lau thi tra loi", "trả lời chậm nhất"),
        ("ai đọc cái này vậy", "Cán bộ của"),
        ("khoan đợi em xíu", "thong thả"),
        ("ok để chị coi lại đã", "vẫn để đây"),
        ("gửi đi em", "vài câu nữa"),
        ("trời ơi hỏi gì mà nhiều dữ vậy", "còn 5 bước nữa"),
        ("lấy tên cơ sở chi vậy", "để cán bộ biết trả lời ai"),
        ("chắc mấy ngày vậy em", "chậm nhất"),
    ],
)
@pytest.mark.parametrize("intent", ["ask", "bot_identity", "nonsense"])
def test_a_word_on_the_form_is_answered_and_the_question_stays(
    owners: Owners, words: str, told: str, intent: str
) -> None:
    owner = owners().begins(NEED)
    wanted, question = owner.wants, owner.last.text
    owner.says(words, intent)
    assert owner.wants == wanted
    assert told in owner.last.text
    assert owner.last.text.endswith(question)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("vậy có tốn tiền không em", AboutForm.FEE),
        ("miễn phí không", AboutForm.FEE),
        ("chừng nào có người gọi lại", AboutForm.TIME),
        ("gửi rồi bao giờ cán bộ liên hệ em ạ", AboutForm.TIME),
        ("phòng nào giải quyết vậy", AboutForm.READER),
        ("phí nhãn hiệu bao nhiêu", None),
        ("khoan, chưa gửi nha", AboutForm.WAIT),
        ("chờ em chút", AboutForm.WAIT),
        ("ủa cái này có tốn tiền hông em 😅", AboutForm.FEE),
        ("cho em hỏi phí", None),
        ("khai quài mệt ghê", None),
        ("khai hoài mệt ghê", AboutForm.MANY),
        ("gì mà rườm rà quá", AboutForm.MANY),
        ("hỏi nhiều quá à", AboutForm.MANY),
        ("khách hỏi nhiều về giấy tờ của hàng", None),
        ("khách hàng hỏi cũng được trả lời nhiều", None),
        ("hướng dẫn thực hành dán nhãn phụ hàng nhập", None),
        ("tem bảo hành dán lên máy", None),
        ("Hội cung ứng lao động Bến Lức", None),
        ("gì mà như hỏi cung vậy", AboutForm.MANY),
        ("lấy số 0909123456 của chị vậy", None),
        ("ghi tên công ty chị vậy", None),
        ("lấy tên công ty chi vậy", AboutForm.WHY),
        ("đăng ký kiểu dáng cần làm gì", None),
        ("xin giấy phép thì cần làm gì", None),
        ("ghi nhãn phụ để làm gì", None),
        ("cần chứng nhận ISO để làm gì", None),
        ("sao phải ghi thông tin cảnh báo", None),
        ("giờ em cần làm gì nữa", None),
        ("xin số điện thoại để làm gì", AboutForm.WHY),
        ("sao phải khai mã số thuế", AboutForm.WHY),
        ("Cơ sở Làm Gì Cũng Được", None),
        ("đăng ký mã vạch bao lâu có kết quả", None),
        ("ai được đăng ký nhãn hiệu", None),
        ("", None),
    ],
)
def test_only_words_on_the_form_alone_are_about_it(words: str, asked: AboutForm | None) -> None:
    assert about_form(words) == asked


@pytest.mark.parametrize(
    "words",
    ["không có hình, con gái chưa chụp được", "dạ chưa có gì hết", "hông có file", "gửi đi em"],
)
def test_who_has_no_file_goes_on_to_the_summary(owners: Owners, words: str) -> None:
    owner = owners().begins(NEED).says("đúng rồi", "affirm")
    owner.says("Cơ sở Mật Ong Tân Biên").says("0900000123")
    assert owner.wants == "request_files"
    owner.says(words, "out_of_scope")
    assert owner.wants == "request_confirmed"


def test_a_need_that_sounds_like_a_correction_is_the_need(owners: Owners) -> None:
    need = "em muốn đổi địa chỉ trên nhãn hàng đã in"
    owner = owners().begins("Gửi yêu cầu hỗ trợ").says(need, "privacy_correct")
    assert owner.slots["request_question"] == need


@pytest.mark.parametrize(
    "name",
    ["Nam Tiến", "cơ sở Hồng Tiến", "Hộ ông Tiên", "hộ Năm Lâu", "Nhật Tiến", "Cơ sở Tư Đậu"],
)
@pytest.mark.parametrize("intent", ["inform", "ask"])
def test_a_name_in_words_of_money_and_time_is_a_name(
    owners: Owners, name: str, intent: str
) -> None:
    owner = owners().begins(NEED).says("đúng rồi", "affirm")
    assert owner.wants == "request_enterprise"
    owner.says(name, intent)
    assert owner.slots["request_enterprise"]["name"] == name


@pytest.mark.parametrize(
    "words", ["mất mấy ngày vậy em", "chừng nào xong hết vậy", "tốn nhiêu tiền"]
)
def test_what_is_asked_of_no_matter_is_no_name(owners: Owners, words: str) -> None:
    owner = owners().begins(NEED).says("đúng rồi", "affirm").says(words, "inform")
    assert owner.wants == "request_enterprise"


def test_a_need_that_is_tired_of_asking_is_a_need(owners: Owners) -> None:
    need = "nhờ chỉ cách khai mã vạch mà khai dài quá trời"
    owner = owners().begins("Gửi yêu cầu hỗ trợ").says(need)
    assert owner.slots["request_question"] == need
