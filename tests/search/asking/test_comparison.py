"""What a message compares: its two sides, and in what."""

import pytest

from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.comparison import Compared, compared


@pytest.mark.parametrize(
    ("words", "sides"),
    [
        ("so sánh TPM với OEE giúp em", ("TPM", "OEE")),
        ("TPM khác 5S chỗ nào vậy ad", ("TPM", "5S")),
        ("kpi voi oee khac nhau sao", ("kpi", "oee")),
        ("nên làm ISO 14001 hay ISO 45001", ("ISO 14001", "ISO 45001")),
        ("lean hay kaizen dễ hơn", ("lean", "kaizen")),
        ("nhãn hiệu với kiểu dáng cái nào rẻ hơn", ("nhãn hiệu", "kiểu dáng")),
        ("cho em hỏi sự khác nhau giữa hợp chuẩn và hợp quy", ("hợp chuẩn", "hợp quy")),
        ("5S khác lean chỗ nào và cái nào nên làm trước", ("5S", "lean")),
    ],
)
def test_the_two_sides(words: str, sides: tuple[str, str]) -> None:
    found = compared(words)
    assert found is not None
    assert (found.first, found.second) == sides


@pytest.mark.parametrize(
    ("words", "aspect"),
    [
        ("cái nào rẻ hơn", Aspect.COST),
        ("vậy bên nào nhanh hơn em", Aspect.HOW_LONG),
        ("cai nao de lam hon", Aspect.STEPS),
        ("cái nào tốt hơn", None),
        ("trong hai cái đó cái nào nên làm trước", None),
    ],
)
def test_between_what_was_spoken_of_before(words: str, aspect: Aspect | None) -> None:
    assert compared(words) == Compared(aspect=aspect)


@pytest.mark.parametrize(
    "words",
    [
        "đăng ký nhãn hiệu ở đâu và phí bao nhiêu",
        "cái nào phải hợp quy",
        "khách đòi ISO thì làm sao",
        "giấy phép hay giấy chứng nhận đều được",
        "",
    ],
)
def test_what_compares_nothing(words: str) -> None:
    found = compared(words)
    assert found is None or not found.first
    assert found is None


@pytest.mark.parametrize("words", ["so sánh a với", "a khác", "a hay b", "so sánh"])
def test_thousands_of_blanks_are_one(words: str) -> None:
    # Each rule tries every way to share blanks out: this once took longer than anybody waits.
    blanks = " " * 3900
    assert compared(f"{words}{blanks}5S") == compared(f"{words} 5S")
