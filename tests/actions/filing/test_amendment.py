"""A correction in the midst of the form is made there, and the form goes on."""

from collections.abc import Callable

import pytest

from actions.filing.amendment import Amendment, read_amendment, wants_to_amend
from tests.support.stands.form_stand import FormStand

Owners = Callable[..., FormStand]

NEED = "Nhờ sở cử người xuống hướng dẫn xưởng em làm nhãn cho mật ong rừng"


@pytest.mark.parametrize(
    ("text", "amendment"),
    [
        ("sửa số điện thoại thành 0918222333", Amendment("reach", "0918222333")),
        ("sua sdt 0909 123 456", Amendment("reach", "0909 123 456")),
        ("À, đổi mail sang Lan@Mat-Ong.vn", Amendment("reach", "Lan@Mat-Ong.vn")),
        ("sửa lại tên công ty là Mật Ong Vàng", Amendment("enterprise", "Mật Ong Vàng")),
        ("đổi nội dung: xin coi nhãn 500ml", Amendment("question", "xin coi nhãn 500ml")),
        ("à mà đổi tên thành HTX Tân Tiến", Amendment("enterprise", "HTX Tân Tiến")),
        ("ghi lộn rồi, sửa lại số điện thoại thành 0900000002", Amendment("reach", "0900000002")),
        ("cho em sửa lại liên hệ", Amendment("reach")),
        ("sửa mảng", Amendment("topic")),
        ("đổi tên công ty thì giấy chứng nhận ISO có sao không", None),
        ("đổi tên công ty là phải làm lại nhãn hiệu không ạ", None),
        ("thay đổi nội dung nhãn có phải xin phép không", None),
        ("sửa nhãn hiệu đã đăng ký", None),
        ("", None),
    ],
)
def test_field_and_value_are_read_in_the_owners_letters(
    text: str, amendment: Amendment | None
) -> None:
    assert read_amendment(text) == amendment


@pytest.mark.parametrize("text", ["sửa", "Sửa lại giúp em", "em muốn sửa thông tin", "sua phieu"])
def test_something_is_to_be_changed_and_not_said_what(text: str) -> None:
    assert wants_to_amend(text)
    assert read_amendment(text) is None


@pytest.fixture
def at_the_summary(owners: Owners) -> FormStand:
    owner = owners().begins(NEED)
    if owner.wants == "request_topic":
        owner.says("đúng rồi", "affirm")
    owner.says("Cơ sở Mật Ong Tân Biên").says("0909123456").says("không có", "skip")
    assert owner.wants == "request_confirmed"
    return owner


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sửa số điện thoại thành 0918222333", "0918222333"),
        ("sửa lại tên công ty là Mật Ong Vàng", "Mật Ong Vàng"),
        ("đổi nội dung: xin coi nhãn mật ong hoa cà phê", "xin coi nhãn mật ong hoa cà phê"),
    ],
)
@pytest.mark.parametrize("intent", ["privacy_correct", "ask", "inform", "nonsense"])
def test_at_the_summary_the_new_value_is_shown_at_once(
    at_the_summary: FormStand, text: str, told: str, intent: str
) -> None:
    at_the_summary.says(text, intent)
    assert at_the_summary.wants == "request_confirmed"
    assert told in at_the_summary.last.text
    assert "Mật Ong Tân Biên" in at_the_summary.last.text or "Mật Ong Vàng" in told


def test_without_a_value_the_field_is_asked_for_anew(at_the_summary: FormStand) -> None:
    at_the_summary.says("sửa số điện thoại", "privacy_correct")
    assert at_the_summary.wants == "request_reach"
    at_the_summary.says("0274.3822.999", "nonsense")
    assert at_the_summary.wants == "request_confirmed"
    assert "02743822999" in at_the_summary.last.text


def test_a_value_that_cannot_be_read_is_asked_for_anew(at_the_summary: FormStand) -> None:
    at_the_summary.says("sửa số điện thoại thành 123", "privacy_correct")
    assert at_the_summary.wants == "request_reach"


def test_a_bare_wish_to_change_asks_what(at_the_summary: FormStand) -> None:
    at_the_summary.says("sửa", "privacy_correct")
    assert at_the_summary.wants == "request_confirmed"
    assert "muốn sửa phần nào" in at_the_summary.last.text
    assert "Sửa liên hệ" in at_the_summary.buttons


def test_before_its_turn_a_field_is_filled_and_the_question_stays(owners: Owners) -> None:
    owner = owners().begins(NEED)
    wanted = owner.wants
    owner.says("sửa số điện thoại thành 0918222333", "privacy_correct")
    assert owner.wants == wanted
    assert owner.slots["request_reach"] == "0918222333"


@pytest.mark.parametrize("text", ["à thôi, tôi muốn hỏi về mã vạch", "cho em hỏi phí nhãn hiệu"])
def test_who_says_that_he_asks_is_no_enterprise(owners: Owners, text: str) -> None:
    from rasa_sdk.interfaces import ActionExecutionRejection  # noqa: PLC0415  (a rule answers it)

    owner = owners().begins(NEED)
    if owner.wants == "request_topic":
        owner.says("đúng rồi", "affirm")
    assert owner.wants == "request_enterprise"
    with pytest.raises(ActionExecutionRejection):
        owner.says(text, "ask")


@pytest.mark.parametrize("wanted", ["request_topic", "request_files", "request_confirmed"])
def test_a_number_given_beside_goes_into_the_request(owners: Owners, wanted: str) -> None:
    owner = owners().begins("Gửi yêu cầu hỗ trợ").says(NEED)
    if wanted != "request_topic":
        owner.says('/inform{"topic": "ma_so_ma_vach"}')
        owner.says("Cơ sở Mật Ong Tân Biên").says("0909123456")
    if wanted == "request_confirmed":
        owner.says("không có", "skip")
    assert owner.wants == wanted
    owner.says("0918 222 333 gặp chị Lan", "handover")
    assert owner.wants == wanted
    assert owner.slots["request_reach"] == "0918222333"
    assert "đã ghi vào phiếu" in owner.last.text
