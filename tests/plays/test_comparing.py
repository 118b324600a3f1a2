"""Plays: an owner compares two things, or asks several at once."""

import pytest

from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine


def test_two_things_are_compared_and_then_asked_which_is_faster(owner: Contact) -> None:
    said = owner.says("so sánh nhãn hiệu với sáng chế")
    assert "**Nhãn hiệu**" in said.replies[0].text
    assert "**Sáng chế**" in said.replies[0].text
    said = owner.says("vậy cái nào lâu hơn")
    assert "5 tháng" in said.replies[0].text
    assert "12 tháng" in said.replies[0].text


def test_the_fees_of_both_stand_beside_each_other(owner: Contact) -> None:
    owner.plays(("iso 9001 là gì", "iso9001-la-gi"), ("haccp là gì", "haccp-la-gi"))
    said = owner.says("bên nào đỡ tốn hơn")
    assert "**HACCP**: " in said.replies[0].text
    assert "trợ lý chưa có" not in said.replies[0].text
    owner.says("Chi tiết: Chi phí làm ISO 9001")


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("1. tpm là gì 2. kpi là gì", ["tpm-la-gi", "kpi-la-gi"]),
        (
            "lean là gì, haccp là gì, với lại mã vạch đăng ký ở đâu",
            ["lean-la-gi", "haccp-la-gi", "ma-vach-dang-ky"],
        ),
    ],
)
def test_several_questions_are_answered_in_their_order(
    owner: Contact, text: str, articles: list[str]
) -> None:
    said = owner.says(text)
    assert [one.article for one in said.understandings] == articles
    assert [reply.text[:6] for reply in said.replies] == [
        f"**{number}.**" for number in range(1, len(articles) + 1)
    ]


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("tcvn khác qcvn sao vậy em", "tieu-chuan-khac-quy-chuan"),
        ("lean hay six sigma tốt hơn", "lean-six-sigma-khac"),
    ],
)
def test_an_article_that_compares_is_given_whatever_the_sides_are_called(
    owner: Contact, text: str, article: str
) -> None:
    owner.plays((text, article))


def test_an_item_that_names_no_matter_means_the_one_before(owner: Contact) -> None:
    """What one article tells stands in one reply: how long, and where."""
    said = owner.says("phí mã vạch bao nhiêu, bao lâu có, nộp ở đâu")
    assert [one.article for one in said.understandings] == ["ma-vach-phi", "ma-vach-dang-ky"]
    second = said.replies[1].text
    assert second.startswith("**2.**")
    assert "ngày làm việc" in second
    assert "Dịch vụ công" in second


def test_a_question_behind_a_comparison_gets_its_answer_too(owner: Contact) -> None:
    said = owner.says("hợp quy với hợp chuẩn khác gì nhau, đăng ký mã vạch tốn bao nhiêu")
    articles = [one.article for one in said.understandings]
    assert articles == ["hop-quy-khac-hop-chuan", "ma-vach-phi"]
