"""Products that articles speak of are found in owners' words, with and without accents."""

import pytest

from bot.knowledge.goods import articles_of_goods_in

GOODS = {
    "đồ chơi": frozenset({"toys"}),
    "vải": frozenset({"cloth"}),
    "xăng": frozenset({"fuel-shop"}),
    "xăng dầu": frozenset({"fuel"}),
}


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("đồ chơi trẻ em có phải hợp quy không", {"toys"}),
        ("nhap do choi tu trung quoc", {"toys"}),
        ("em bán vải", {"cloth"}),
        ("vài hôm nữa em gửi", set()),
        ("trạm xăng dầu của tôi", {"fuel"}),
        ("cây xăng", {"fuel-shop"}),
        ("vải với đồ chơi", {"cloth", "toys"}),
        ("", set()),
    ],
)
def test_the_longest_name_of_a_product_counts(text: str, articles: set[str]) -> None:
    assert articles_of_goods_in(text, GOODS) == articles
