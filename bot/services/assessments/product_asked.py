"""The product that an owner names in an assessment, as the tokens of an answer."""

import re

from bot.domain.assessments.answer import LONGEST_TOKEN
from bot.domain.assessments.question import Answer
from bot.domain.text.plain import plain
from bot.knowledge.products.product import Product, Risk
from bot.knowledge.products.products import Products

NAME = "ten:"
"""Before the name that was typed, or that the lists give."""

NOT_LISTED = "khong_trong_danh_muc"

OF_RISK = {
    Risk.HIGH: "rui_ro_cao",
    Risk.MEDIUM: "rui_ro_trung_binh",
    Risk.ELSEWHERE: "noi_khac",
}
"""The token of how a product is listed; conditions of an assessment name it."""

_BEFORE = re.compile(
    r"(?:(?:da|em|toi|anh|chi|minh|ben em|ben minh|co so|cong ty|xuong|nha em|chuyen|dang|thi|la"
    r"|lam ra|lam|san xuat|sx|ban le|ban si|ban|mua ban|kinh doanh|nhap khau|nhap ve|nhap"
    r"|phan phoi|gia cong|mat hang|san pham|hang|cac loai|loai|cac|may loai|ma hs|hs|ma|ve) )*"
)
"""Words before the name of the product."""

_BETWEEN = re.compile(
    r"\s*(?:[,;+&]|\bv(?:a|\N{LATIN SMALL LETTER A WITH GRAVE})\b"
    r"|\bv(?:oi|\N{LATIN SMALL LETTER O WITH HORN AND ACUTE}i)\b)\s*",
    re.IGNORECASE,
)

SELF_ASSESSED = "tu_danh_gia"
INSPECTED = "kiem_tra_nhap"


def product_answer(products: Products, text: str, restored: str = "") -> Answer | None:
    """What a typed name or HS code stands for; None where nothing was typed.

    `restored`: the text with its accents put back. Of several products the first named counts.
    """
    typed = " ".join(text.split())
    if not typed or typed.startswith("/"):
        return None
    found = [one for one in products.named_in(typed, restored) if _is_the_thing(typed, one)]
    if not found:
        return (NOT_LISTED, f"{NAME}{typed}"[:LONGEST_TOKEN])
    return _tokens(found[0])


def _is_the_thing(typed: str, product: Product) -> bool:
    """Whether what was typed begins with the product, or is its code.

    “Bàn ghế inox” and “tủ bếp gỗ MDF” name a material, and are no steel and no board.
    """
    said = _BEFORE.sub("", plain(typed), count=1)
    if said[:1].isdecimal():
        return True
    names = (plain(name) for name in (product.name, *product.called))
    return any(re.match(rf"{re.escape(name)}\b", said) for name in names)


def several_products(products: Products, text: str, restored: str = "") -> list[str]:
    """The names of the products where a text lists more than one: each has duties of its own."""
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    found = [product_answer(products, part, restored) for part in parts]
    listed = [named(one) for one in found if one is not None and is_listed(one)]
    return list(dict.fromkeys(listed)) if len(listed) > 1 else []


def named(answer: Answer) -> str:
    """The name of the product."""
    return next((one.removeprefix(NAME) for one in answer if one.startswith(NAME)), "")


def is_listed(answer: Answer) -> bool:
    """Whether a list has it."""
    return NOT_LISTED not in answer


def product_of(products: Products, answer: Answer) -> Product | None:
    """The product of the lists that an answer stands for."""
    return next((one for one in products.products if one.id in answer), None)


def _tokens(product: Product) -> Answer:
    tags = [OF_RISK[product.risk]]
    if product.self_assessed:
        tags.append(SELF_ASSESSED)
    if product.inspected_by is not None:
        tags.append(INSPECTED)
    return (product.id, *tags, f"{NAME}{product.name}"[:LONGEST_TOKEN])
