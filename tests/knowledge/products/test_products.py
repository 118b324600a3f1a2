"""Products of the ministries' lists are found as owners name them."""

from pathlib import Path

import pytest

from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.library import Library
from bot.knowledge.products.product import Product, Risk
from bot.knowledge.products.product_file import read_sound_products
from bot.knowledge.products.products import Products

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def products() -> Products:
    found, problems = read_sound_products(
        ROOT / "knowledge_base" / "products.yml", documents=_Any(), offices=_Any()
    )
    assert not problems
    return found


class _Any:
    def __contains__(self, _one: object) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("nồi cơm điện có phải hợp quy không", ["noi-com-dien"]),
        ("NOI COM DIEN nhap ve can gi", ["noi-com-dien"]),
        ("bán nón bảo hiểm với quạt máy", ["mu-bao-hiem", "quat-dien"]),
        ("mã 8516.60.10", ["noi-com-dien"]),
        ("hs 85166010 thuộc nhóm nào", ["noi-com-dien"]),
        ("sơn tường nội thất", ["son-tuong"]),
        ("em tên Sơn", ["son"]),
        ("máy cắt cỏ chạy xăng", []),
        ("moc treo quan ao", []),
        ("chậu xi măng trồng cây", []),
        ("xăng với máy cắt cỏ", ["xang"]),
        ("em ten son, vay von duoc khong", []),
        ("cho xin số điện thoại của sở", []),
        ("ngày 08.12.2017, 500.000 đồng", []),
        ("", []),
    ],
)
def test_products_are_found_by_name_and_code(products: Products, text: str, ids: list[str]) -> None:
    assert [one.id for one in products.named_in(text)] == ids


def test_a_bare_name_of_two_syllables_needs_its_accents_put_back(products: Products) -> None:
    assert products.named_in("hop quy nop thang may", "hợp quy nộp tháng mấy") == []
    [found] = products.named_in("thang may co phai hop quy", "thang máy có phải hợp quy")
    assert found.id == "thang-may"
    assert products.named_in("noi com dien hop quy", "nội com điện hợp quy") != []


def test_what_is_left_is_what_is_asked_of_any_product(products: Products) -> None:
    assert products.without_names("Nồi cơm điện công bố mất bao lâu") == "công bố mất bao lâu"
    assert products.without_names("noi com dien cong bo mat bao lau") == "cong bo mat bao lau"


def test_each_name_stands_for_one_product(products: Products) -> None:
    seen: dict[str, str] = {}
    for product in products.products:
        for name in (product.name, *product.called):
            assert seen.setdefault(name.lower(), product.id) == product.id, name


def test_each_product_is_found_by_each_of_its_names(products: Products) -> None:
    missed = [
        (product.id, name)
        for product in products.products
        for name in (product.name, *product.called)
        if product not in products.named_in(name)
    ]
    assert missed == []


def test_a_listed_product_has_its_document_and_its_codes() -> None:
    with pytest.raises(ValueError, match="document"):
        Product(id="noi", name="Nồi", risk=Risk.HIGH)
    with pytest.raises(ValueError, match="office"):
        Product(id="noi", name="Nồi", risk=Risk.ELSEWHERE)


def test_a_row_that_is_wrong_is_left_out_and_told(tmp_path: Path) -> None:
    file = tmp_path / "products.yml"
    file.write_text(
        "article: a\ngrounds: {}\nproducts:\n"
        '  - {id: noi, name: "Nồi", risk: high, document: tt-1, hs: ["8516"]}\n'
        '  - {id: am, name: "Ấm", risk: high, document: tt-2, hs: ["8516"]}\n'
        '  - {id: noi, name: "Nồi khác", risk: high, document: tt-1, hs: ["8516"]}\n',
        encoding="utf-8",
    )
    found, problems = read_sound_products(file, documents={"tt-1"}, offices=set())
    assert [one.id for one in found.products] == ["noi"]
    assert sorted(problem.line for problem in problems) == [5, 6]


def test_an_article_needs_one_of_its_words(products: Products) -> None:
    used = "may-cu-thu-tuc"
    assert products.is_mistaken(used, "nhập máy xông tinh dầu", "")
    assert products.is_mistaken(used, "nhập dụng cụ", "")
    assert not products.is_mistaken(used, "nhập máy cũ", "")
    assert not products.is_mistaken("ma-vach-phi", "nhập máy xông", "")


def test_a_sure_article_needs_no_word_unless_its_row_says_so(products: Products) -> None:
    text = "quạt điện cần gì"
    assert products.is_mistaken("dau-hop-quy", text, "", 0.89)
    assert not products.is_mistaken("dau-hop-quy", text, "", 0.9)
    assert products.is_mistaken("may-cu-thu-tuc", text, "", 1.0)


def test_the_lists_name_articles_and_a_receiver_that_are_there(
    products: Products, library: Library
) -> None:
    known = library.current
    named = {*products.only_with, *products.instead, *products.beside, products.article}
    named |= {*products.not_for_sale}
    assert named <= known.articles.keys()
    cooker, feed = (
        next(one for one in products.products if one.id == id_)
        for id_ in ("noi-com-dien", "thuc-an-chan-nuoi")
    )
    assert products.receiver(cooker) == "tdc"
    assert products.receiver(feed) == ""


def test_a_receiver_that_is_nowhere_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "products.yml"
    file.write_text(
        "article: x\ngrounds: {}\nproducts: []\nreceiving:\n  portal: a.vn\n  document: d\n"
        "  clause: c\n  offices: {d: so_nao}\n",
        encoding="utf-8",
    )
    with pytest.raises(KnowledgeError) as refused:
        read_sound_products(file, documents={"d"}, offices={"tdc"})
    assert "so_nao is not in offices.yml" in str(refused.value)
