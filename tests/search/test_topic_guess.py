"""The matter that words speak of, guessed alike for an owner's form and for an officer's."""

import pytest

from bot.domain.office.routing import EXTERNAL_TOPIC
from bot.search.retriever import Retriever
from bot.search.topic_guess import names_a_matter, topics_of


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Đăng ký mã vạch cho mắm ở đâu?", "ma_so_ma_vach"),
        ("hỗ trợ đăng ký nhãn hiệu", "thuong_hieu_nhan_hieu"),
    ],
)
def test_the_nearest_articles_tell_the_matter(by_words: Retriever, text: str, topic: str) -> None:
    assert topics_of(by_words, text)[0] == topic


def test_what_others_are_in_charge_of_is_no_guess(by_words: Retriever) -> None:
    assert EXTERNAL_TOPIC not in topics_of(by_words, "xin giấy phép xây dựng nhà xưởng", 0.0)


@pytest.mark.parametrize("text", ["", "gửi yêu cầu hỗ trợ", "anh chị ơi giúp em với"])
def test_wanting_help_names_no_matter(text: str) -> None:
    assert not names_a_matter(text)
