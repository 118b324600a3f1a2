"""Who asks what help there is for a small firm gets the programmes."""

from collections.abc import Callable

import pytest

from bot.services.answering.groundwork.findings import Answered


@pytest.mark.parametrize(
    "words",
    [
        "cơ sở nhỏ như em nhà nước có hỗ trợ gì không",
        "dnnvv duoc huong uu dai gi",
        "sở khcn có gói hỗ trợ nào cho xưởng nhỏ",
        "có chính sách hỗ trợ gì k",
    ],
)
def test_help_for_a_small_firm(real: Callable[[str], Answered], words: str) -> None:
    assert real(words).article == "ho-tro-tay-ninh"


def test_a_household_gets_what_speaks_of_households(real: Callable[[str], Answered]) -> None:
    assert real("hộ kinh doanh có được hỗ trợ gì không").article == "ho-kinh-doanh-duoc-ho-tro"


def test_money_for_a_matter_leads_to_its_programme(real: Callable[[str], Answered]) -> None:
    assert real("xin kinh phí làm iso 22000").article == "ho-tro-iso-bao-nhieu"


@pytest.mark.parametrize("words", ["gửi yêu cầu hỗ trợ", "doanh nghiệp khcn được ưu đãi gì"])
def test_a_request_and_a_named_matter_are_not_general(
    real: Callable[[str], Answered], words: str
) -> None:
    assert real(words).article != "ho-tro-tay-ninh"
