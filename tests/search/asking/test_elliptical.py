"""Questions that name no matter, and what they ask about the one before."""

import pytest

from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.aspects import aspect_asked, tells
from bot.search.asking.elliptical import is_elliptical


@pytest.mark.parametrize(
    ("words", "aspect"),
    [
        ("nộp đâu", Aspect.WHERE),
        ("còn tiền thì sao em", Aspect.COST),
        ("hồ sơ cần gì ạ", Aspect.PAPERS),
        ("bao lau co bang", Aspect.HOW_LONG),
        ("xài được mấy năm", Aspect.VALID_FOR),
        ("không làm có bị phạt không", Aspect.FINE),
        ("ai làm", Aspect.WHO),
        ("có bắt buộc không", Aspect.YES_NO),
    ],
)
def test_a_short_question_leans_and_tells_what_it_asks(words: str, aspect: Aspect) -> None:
    assert is_elliptical(words)
    assert aspect_asked(words) is aspect


@pytest.mark.parametrize(
    "words", ["mã vạch nộp đâu", "còn kiểu dáng thì sao", "5S", "", "đo lường", "tem nhãn cần gì"]
)
def test_words_that_name_a_matter_do_not_lean(words: str) -> None:
    assert not is_elliptical(words)


def test_a_title_tells_what_is_asked() -> None:
    assert tells("Kiểm định cân, đồng hồ ở đâu, giá bao nhiêu?", Aspect.WHERE)
    assert not tells("Sáng chế là gì?", Aspect.COST)
