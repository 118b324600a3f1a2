"""Plays: what an owner gives of himself is taken as given, or he is shown another way."""

import pytest

from tests.plays.test_wanting import WISH
from tests.support.stands.stage import Contact, Stage

pytestmark = pytest.mark.engine


def at_the_enterprise(owner: Contact) -> Contact:
    owner.plays((WISH, "request"), ("đúng rồi", "request"))
    return owner


def sent(owner: Contact) -> str:
    """What the summary said before it was sent."""
    summary = owner.says("không có file").replies[0].text
    owner.plays(("gửi đi", "request"))
    return summary


def test_a_household_gives_its_twelve_digits(owner: Contact) -> None:
    at_the_enterprise(owner).plays(
        ("Hộ kinh doanh Lan, mã số thuế 072090001234", "request"),
        ("+82 10-1234-5678", "request"),
    )

    summary = sent(owner)

    assert "Hộ kinh doanh Lan, mã số thuế 072090001234" in summary
    assert "+821012345678" in summary
    (request,) = owner.requests()
    assert (request.enterprise_name, request.reach) == ("Hộ kinh doanh Lan", "+821012345678")


def test_the_second_of_one_tax_code_is_shown_his_own_name(stage: Stage) -> None:
    first, second = stage.contact(), stage.contact()
    for owner, name in ((first, "Công ty Ma"), (second, "Công ty Thật")):
        at_the_enterprise(owner).plays(
            (f"0100109106 {name}", "request"), ("trả lời ở đây", "request")
        )
        sent(owner)

    kept = second.says("bot đang giữ thông tin gì của tôi").replies[0].text

    assert "Công ty Thật 0100109106" in kept
    assert "Công ty Ma" not in kept


def test_who_stands_by_a_wrong_code_gets_another_way(owner: Contact) -> None:
    at_the_enterprise(owner)
    first = owner.says("Cơ sở Lan, mst 0100109107").replies[0]
    second = owner.says("ủa mã này đúng mà, chị coi trên giấy phép").replies[0]
    assert first.text != second.text
    assert "Giữ mã này, cán bộ kiểm tra" in [choice.title for choice in second.choices]

    owner.plays(("giữ mã này, cán bộ kiểm tra", "request"), ("trả lời ở đây", "request"))
    sent(owner)

    (request,) = owner.requests()
    assert (request.enterprise_name, request.unchecked_tax_code) == ("Cơ sở Lan", "0100109107")


@pytest.mark.parametrize(
    "explanation",
    [
        "ủa mã này đúng mà, chị coi trên giấy phép",
        "em gõ y như trong giấy đăng ký luôn đó",
        "đúng rồi mà",
        "mã số thuế này xài mấy năm nay rồi",
        "sao lại sai được, thuế cấp mà",
        "từ 1/7 hộ kinh doanh dùng căn cước làm mã số thuế mà em",
    ],
)
def test_no_explanation_becomes_the_name(owner: Contact, explanation: str) -> None:
    at_the_enterprise(owner).says("mst 0100109107")

    said = owner.says(explanation)

    assert not any("số điện thoại** hay" in reply.text for reply in said.replies)


@pytest.mark.parametrize(
    ("email", "told"), [("a" * 230 + "@gmail.com", "dài quá"), ("lan@gmail", "Email này")]
)
def test_an_email_that_cannot_be_kept_is_asked_for_again_at_once(
    owner: Contact, email: str, told: str
) -> None:
    at_the_enterprise(owner).plays(("chưa có doanh nghiệp", "request"))

    assert told in owner.says(email).replies[0].text

    owner.plays(("lan @ gmail . com", "request"))
    assert "lan@gmail.com" in sent(owner)
