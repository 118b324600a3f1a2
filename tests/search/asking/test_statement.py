"""Messages that tell and ask nothing, beside those that ask or name."""

import pytest

from bot.search.asking.statement import asks_nothing, is_story


@pytest.mark.parametrize(
    "words",
    [
        "Chị bán bánh pía ở Sóc Trăng hồi nhỏ tới giờ",
        "nha em co vuon buoi 5 cong",
        "HTX tụi tui mới mua máy sấy",
        "Chuyện là vầy",
        "để em kể anh nghe",
        "Năm ngoái lô hàng của em bị khách trả",
    ],
)
def test_a_story_is_heard(words: str) -> None:
    assert is_story(words)


@pytest.mark.parametrize(
    "words",
    [
        "Chị bán bánh pía có phải công bố không",
        "em muốn đăng ký nhãn hiệu cho quán",
        "đăng ký nhãn hiệu",
        "xưởng em 12 người nên làm ISO nào",
        "nhờ sở giúp em làm nhãn",
        "tự công bố sản phẩm thì nộp cho ai",
        "",
    ],
)
def test_a_question_a_wish_and_a_name_are_no_story(words: str) -> None:
    assert not is_story(words)


@pytest.mark.parametrize("words", ["kho em lộn xộn quá", "máy hư hoài thợ ngồi chơi"])
def test_a_complaint_of_the_workshop_asks_nothing(words: str) -> None:
    assert asks_nothing(words)


@pytest.mark.parametrize("words", ["hỗ trợ doanh nghiệp nhỏ", "chi phí đăng ký nhãn hiệu", "iso"])
def test_a_name_tells_nothing(words: str) -> None:
    assert not asks_nothing(words)
