"""Products that articles speak of are found in owners' words, with and without accents."""

import pytest

from bot.knowledge.articles.article import Article
from bot.knowledge.articles.goods import Goods

SPEAK = {
    "toys": ["Đồ chơi"],
    "cloth": ["vải"],
    "fuel-shop": ["xăng"],
    "fuel": ["xăng dầu"],
    "fees": [],
}
GOODS = Goods(Article.model_construct(id=name, goods=goods) for name, goods in SPEAK.items())


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
    assert GOODS.articles_of(text) == articles


def test_where_no_article_has_goods_nothing_is_found() -> None:
    assert Goods([]).articles_of("đồ chơi") == frozenset()
