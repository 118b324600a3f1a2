"""The product that is named in an assessment: found where it is the thing itself."""

import pytest

from bot.knowledge.library import Library
from bot.services.assessments.product_asked import (
    NOT_LISTED,
    OF_RISK,
    is_listed,
    named,
    product_answer,
    product_of,
)


@pytest.mark.parametrize(
    "typed",
    ["nồi cơm điện", "em bán quạt điện", "nhập khẩu đồ chơi trẻ em", "mã HS 8516.60.10"],
)
def test_it_is_looked_up_by_name_or_code(library: Library, typed: str) -> None:
    answer = product_answer(library.current.products, typed)
    assert answer is not None
    product = product_of(library.current.products, answer)
    assert product is not None
    assert OF_RISK[product.risk] in answer
    assert named(answer) == product.name
    assert is_listed(answer)


@pytest.mark.parametrize(
    "typed",
    ["bàn ghế inox", "tủ bếp gỗ MDF", "túi vải", "khẩu trang vải", "bún gạo khô", "tủ quần áo"],
)
def test_a_thing_is_not_its_material(library: Library, typed: str) -> None:
    answer = product_answer(library.current.products, typed)
    assert answer == (NOT_LISTED, f"ten:{typed}")


@pytest.mark.parametrize("typed", ["", "   ", "/pause"])
def test_nothing_is_no_product(library: Library, typed: str) -> None:
    assert product_answer(library.current.products, typed) is None


def test_a_long_name_is_cut(library: Library) -> None:
    answer = product_answer(library.current.products, "bánh " * 100)
    assert answer is not None
    assert all(len(token) <= 120 for token in answer)
