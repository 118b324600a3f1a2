"""The enterprise in the request form: as given, or another way on."""

from collections.abc import Callable

import pytest

from tests.support.stands.form_stand import FormStand, filed_by

Owners = Callable[..., FormStand]

WISH = "Cơ sở em làm bánh tráng 12 người, muốn được hướng dẫn làm 5S ở xưởng"
CODE, OTHER_CODE, WRONG = "0100109106", "0100112437", "0100109107"
PERSONAL = "072090001234"


@pytest.fixture
def owner(owners: Owners) -> FormStand:
    return at_the_enterprise(owners())


def at_the_enterprise(owner: FormStand) -> FormStand:
    owner.begins(WISH).says("/affirm")
    assert owner.wants == "request_enterprise"
    return owner


def files(owner: FormStand) -> FormStand:
    if owner.wants == "request_reach":
        owner.presses("Trả lời ở đây")
    return owner.presses("Không có file").presses("Gửi")


def test_a_household_is_filed_with_its_twelve_digits(owner: FormStand) -> None:
    owner.says(f"Hộ kinh doanh Lan, mã số thuế {PERSONAL}")
    assert owner.wants == "request_reach"

    request = filed_by(files(owner))

    assert request.enterprise_name == "Hộ kinh doanh Lan"
    assert request.enterprise.tax_code == PERSONAL


def test_the_second_owner_of_a_tax_code_gets_his_own_name_everywhere(owners: Owners) -> None:
    first, second = (at_the_enterprise(owners()) for _ in range(2))
    files(first.says(f"{CODE} Công ty Ma"))
    files(second.says(f"{CODE} Công ty Thật"))

    request = filed_by(second)
    assert request.enterprise_name == "Công ty Thật"
    assert request.enterprise_id == filed_by(first).enterprise_id
    second.begins(WISH).says("/affirm")
    assert second.wants == "request_reach"
    second.presses("Trả lời ở đây").presses("Không có file")
    assert f"Công ty Thật, mã số thuế {CODE}" in second.last.text
    assert not any("Công ty Ma" in message.text for message in second.said)


def test_only_a_code_learns_no_name(owners: Owners) -> None:
    first, second = (at_the_enterprise(owners()) for _ in range(2))
    files(first.says(f"{CODE} Công ty Ma"))
    files(second.says(CODE))

    second.begins(WISH)

    assert not any("Công ty Ma" in message.text for message in second.said)
    assert filed_by(second).enterprise_name == ""


def test_an_explanation_is_not_the_name_and_brings_another_way(owner: FormStand) -> None:
    owner.says(f"Cơ sở Lan, mst {WRONG}")
    first = owner.last.text
    assert "chưa đúng" in first

    owner.says("ủa mã này đúng mà, chị coi trên giấy phép")

    assert owner.wants == "request_enterprise"
    assert owner.last.text != first
    assert owner.buttons[:2] == ["Giữ mã này, cán bộ kiểm tra", "Ghi tên, bổ sung mã sau"]


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("mã số thuế này xài mấy năm nay rồi", "skip"),
        ("sai chỗ nào vậy", "ask"),
        ("thì mã đó đó", "insult"),
        ("dạ đúng mà", "affirm"),
        ("không sai đâu chị", "deny"),
        ("Công ty em, mã này đúng rồi", "inform"),
    ],
)
def test_whatever_rasa_takes_it_for_who_stands_by_his_code_may_keep_it(
    owner: FormStand, words: str, intent: str
) -> None:
    owner.says(WRONG).says(words, intent)

    assert owner.wants == "request_enterprise"
    assert "Giữ mã này, cán bộ kiểm tra" in owner.buttons


def test_who_has_no_code_after_all_goes_on(owner: FormStand) -> None:
    owner.says(WRONG).says("hộ nhỏ không có mst", "skip")

    assert owner.wants == "request_reach"
    assert owner.slots["request_enterprise"]["unchecked"] == ""


def test_a_wrong_code_twice_may_be_kept_for_an_officer_to_check(owner: FormStand) -> None:
    owner.says(f"Cơ sở Lan, mst {WRONG}").says(f"mst {WRONG}")

    owner.presses("Giữ mã này, cán bộ kiểm tra")
    assert owner.wants == "request_reach"
    owner.presses("Trả lời ở đây").presses("Không có file")
    assert f"Cơ sở Lan, mã số thuế {WRONG} (chưa khớp" in owner.last.text
    request = filed_by(owner.presses("Gửi"))

    assert (request.enterprise_name, request.unchecked_tax_code) == ("Cơ sở Lan", WRONG)
    assert request.enterprise is None or request.enterprise.tax_code is None


def test_a_wrong_code_twice_may_be_left_for_the_name(owner: FormStand) -> None:
    owner.says(WRONG).says(WRONG).presses("Ghi tên, bổ sung mã sau")
    assert "tên" in owner.last.text
    assert owner.wants == "request_enterprise"

    owner.says("bà hai mắm ruốc")

    assert filed_by(files(owner)).enterprise_name == "bà hai mắm ruốc"


def test_the_name_beside_a_wrong_code_needs_no_second_typing(owner: FormStand) -> None:
    owner.says(f"Cơ sở Lan, mst {WRONG}").says(WRONG).presses("Ghi tên, bổ sung mã sau")

    assert owner.wants == "request_reach"
    assert owner.slots["request_enterprise"]["name"] == "Cơ sở Lan"


def test_the_right_code_after_a_wrong_one_keeps_the_name_given_with_it(owner: FormStand) -> None:
    owner.says(f"Cơ sở Lan, mst {WRONG}").says(CODE)

    assert owner.slots["request_enterprise"] == {
        "tax_code": CODE,
        "name": "Cơ sở Lan",
        "unchecked": "",
    }


def test_of_two_codes_one_is_chosen(owner: FormStand) -> None:
    owner.says(f"{CODE} hay {OTHER_CODE} cũng được")
    assert owner.buttons[:2] == [CODE, OTHER_CODE]

    owner.presses(OTHER_CODE)

    assert owner.slots["request_enterprise"]["tax_code"] == OTHER_CODE


def test_a_phone_number_instead_of_a_code_is_called_one(owner: FormStand) -> None:
    owner.says("0912345678")

    assert "giống số điện thoại" in owner.last.text


def test_a_phone_number_beside_the_name_is_taken_along(owner: FormStand) -> None:
    owner.says(f"Cơ sở Bà Hai, MST {CODE}, sđt 0912 345 678")

    assert owner.wants == "request_files"
    assert owner.slots["request_reach"] == "0912345678"
    assert owner.slots["request_enterprise"]["name"] == "Cơ sở Bà Hai"


@pytest.mark.parametrize(
    "spelling", ["{}–001", "{} — 001", "{}/001", "{} 001", "{}001", "{}.001", "{} - 001"]
)
def test_a_branch_is_kept_and_shown_as_papers_print_it(owner: FormStand, spelling: str) -> None:
    owner.says(spelling.format(CODE)).presses("Trả lời ở đây").presses("Không có file")

    assert f"mã số thuế {CODE}-001" in owner.last.text
    assert owner.slots["request_enterprise"]["tax_code"] == f"{CODE}001"


def test_none_yet_after_one_before_is_none(owner: FormStand) -> None:
    files(owner.says(f"{CODE} Công ty Ma"))
    owner.begins(WISH).says("/affirm").presses("Trả lời ở đây").presses("Không có file")
    owner.presses("Sửa doanh nghiệp")

    owner.presses("Chưa có doanh nghiệp").presses("Gửi")

    request = filed_by(owner)
    assert (request.enterprise_id, request.enterprise_name) == (None, "")


def test_what_is_never_understood_is_left_as_typed(owner: FormStand) -> None:
    for _ in range(4):
        owner.says(WRONG)

    assert owner.wants == "request_reach"
    assert "tạm ghi" in owner.last.text
    assert owner.slots["request_enterprise"]["unchecked"] == WRONG
