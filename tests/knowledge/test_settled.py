"""A settled question is known again whatever its accents and small slips; a new one is not."""

import pytest

from bot.knowledge.settled import SettledQuestion, SettledQuestions

MAI = "xin giấy phép chở cát trên sông ở đâu"
SETTLED = SettledQuestions(
    [
        SettledQuestion("cái sọc đen trắng trên bịch bánh xin chỗ nào", "ma-vach-dang-ky"),
        SettledQuestion(MAI, None),
    ]
)


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("cái sọc đen trắng trên bịch bánh xin chỗ nào", "ma-vach-dang-ky"),
        ("cai soc den trang tren bich banh xin cho nao", "ma-vach-dang-ky"),
        ("Cái sọc đen trắng trên bịch bánh xin chỗ nào vậy?", "ma-vach-dang-ky"),
        ("xin giay phep cho cat tren song o dau", None),
    ],
)
def test_it_is_known_again(text: str, article: str | None) -> None:
    found = SETTLED.find(text)
    assert found is not None
    assert found.article == article


@pytest.mark.parametrize(
    "text", ["", "!!!", "ở đâu", "đăng ký nhãn hiệu ở đâu", "giấy phép kinh doanh xin ở đâu"]
)
def test_another_question_is_not_taken_for_it(text: str) -> None:
    assert SETTLED.find(text) is None


def test_a_short_message_leans_on_what_was_said_before_and_is_never_settled() -> None:
    assert SettledQuestions([SettledQuestion("phí bao nhiêu", "x")]).find("phí bao nhiêu") is None


def test_what_was_settled_last_wins() -> None:
    twice = SettledQuestions([SettledQuestion(MAI, "cu"), SettledQuestion(MAI, "moi")])
    found = twice.find(MAI)
    assert found is not None
    assert found.article == "moi"
