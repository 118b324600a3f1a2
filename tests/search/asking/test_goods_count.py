"""Groups and goods are counted as owners tell them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.asking.goods_count import goods_count


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("2 nhóm, 8 + 4 sản phẩm", (8, 4)),
        ("hai nhom, 8 va 4 sp het nhiu", (8, 4)),
        ("3 nhóm mỗi nhóm 7 mặt hàng", (7, 7, 7)),
        ("nhóm đầu 8 sản phẩm, nhóm sau 4 sản phẩm", (8, 4)),
        ("đăng ký 1 nhóm 10 sản phẩm", (10,)),
        ("mười sản phẩm", (10,)),
        ("2 nhóm thì sao", (6, 6)),
        ("2 nhóm 9 sản phẩm", (5, 4)),
        ("8 sản phẩm mỗi nhóm, 2 nhóm", (8, 8)),
        ("nhóm 30 có gạo không", None),
        ("nhãn hiệu là gì", None),
        ("từ sản phẩm thứ 7 tính thêm bao nhiêu", None),
        ("sau mục nào thì đóng tiền", None),
        ("mỗi năm hàng bán ra đóng bao nhiêu", None),
        ("0 sản phẩm", None),
        ("", None),
    ],
)
def test_what_is_counted(text: str, groups: tuple[int, ...] | None) -> None:
    found = goods_count(text, unless_told=6)
    assert (found.groups if found else None) == groups


@given(st.text(max_size=200))
def test_any_text_is_counted_or_not(text: str) -> None:
    found = goods_count(text, unless_told=6)
    assert found is None or (0 < len(found.groups) <= 45 and found.goods == sum(found.groups))


def test_a_long_text_is_read_at_once() -> None:
    goods_count("2 nhóm " + "1 + " * 50_000, unless_told=6)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("em bán mứt với trà, hai món này khác nhóm, phí nhãn hiệu sao", (1, 1)),
        ("3 sản phẩm mỗi món một nhóm", (1, 1, 1)),
        ("2 sản phẩm, phí nhãn hiệu bao nhiêu", (2,)),
    ],
)
def test_goods_of_groups_of_their_own(text: str, groups: tuple[int, ...]) -> None:
    counted = goods_count(text, unless_told=6)
    assert counted is not None
    assert counted.groups == groups
