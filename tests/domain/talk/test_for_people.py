"""What a person must deal with, in owners' own words."""

import pytest

from bot.domain.talk.for_people import ForPeople, needs_people


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        ("tôi sẽ khiếu nại sở vì làm việc kiểu này", ForPeople.COMPLAINT),
        ("can bo lam kho dan qua", ForPeople.COMPLAINT),
        ("thái độ cán bộ bữa trước em không chịu được", ForPeople.COMPLAINT),
        ("anh coi giùm cái nhãn này đúng chưa", ForPeople.REVIEW),
        ("nhan cua em in vay duoc chua", ForPeople.REVIEW),
        ("xem giúp hồ sơ em còn thiếu gì", ForPeople.REVIEW),
        ("đối thủ nhái hàng tôi kiện được không", None),
        ("thẩm quyền giải quyết khiếu nại của sở là gì", None),
        ("nhãn hàng hóa phải ghi những gì", None),
        ("điều kiện để được sở hỗ trợ là gì", None),
        ("em góp ý kiến với sở", None),
        ("sáng kiến gửi sở nào", None),
        ("xem hồ sơ trên mạng được không", None),
        ("hồ sơ nhãn hiệu gồm gì", None),
        ("kiểm tra nhà nước về chất lượng là gì", None),
        ("", None),
    ],
)
def test_complaints_and_papers_to_be_looked_at_are_told_apart(
    words: str, needed: ForPeople | None
) -> None:
    assert needs_people(words) is needed
