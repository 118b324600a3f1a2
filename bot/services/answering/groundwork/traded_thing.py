"""Whether a message asks what must be done for a thing that is made, imported or sold."""

import re
from collections.abc import Iterable

from bot.domain.text.plain import plain

LONGEST_WORDS = 30
"""A longer message tells a story, and names many things."""

_DUTY = re.compile(
    r"\b(?:hop quy|chung nhan|dau cr|tem cr|giay (?:to )?(?:gi|nao)|giay phep|can gi"
    r"|thu tuc (?:gi|nao)|(?:phai|can) (?:lam|co|xin|chuan bi|khai|thu) gi|can cong bo|cong bo gi"
    r"|dieu kien (?:gi|nao)|kiem tra (?:chat luong|nha nuoc)|phai kiem tra|rui ro|danh muc"
    r"|nhom (?:2|hai)|quy chuan|qcvn)\b"
)

_ASKS = re.compile(
    r"\b(?:gi|nao|khong|ko|k|hong|hok|hem|kg|sao|chua|co (?:phai|can|bat buoc|thuoc|bi))\b"
)

_SOMETHING = re.compile(r"\b(?:gi|nao) (?:do|day|ay|het)\b")
"""Asks nothing: "nghe nói phải hợp quy gì đó"."""

_OTHER_MATTER = re.compile(
    r"\b(?:iso|haccp|gmp|ssop|brc|fssc|vietgap|globalgap|ocop|halal|kosher|huu co|organic|5s"
    r"|kaizen|lean|tpm|kpi|ma vach|barcode|gs1|ma so|nhan (?:hieu|hang|mac|phu|san pham|chinh)"
    r"|ghi nhan|dan nhan|thuong hieu|logo|tem (?!cr)|tccs|tcvn|tieu chuan|hop chuan|sang che"
    r"|sang kien|kieu dang|giai phap|ban quyen|tac gia|chuyen giao|cong nghe|truy xuat|ma qr"
    r"|dinh luong|kiem dinh|hieu chuan|phong (?:thu|kiem|xet)|thu nghiem|dich vu|thue|hoa don|vay"
    r"|ho tro|voucher|du an|de tai|dao tao|mien|bi phat|phat bao|bi giu|giai thuong|thi giai"
    r"|moi truong|phan mem|app|website|an ninh mang|khac nhau|khac gi|tu van|to chuc|thanh lap"
    r"|dau tu|la gi|day chuyen|xuat khau|xuat xu|hai quan|het han|gia han"
    r"|nghia la|lam lai|cap lai)\b"
)
"""A system, a standard, a mark, a code, a service: whatever thing stands beside, they are meant."""

_A_MACHINE = r"\b(?:may|thiet bi|xe|hang|do|noi hoi|robot)"
_USED = re.compile(
    rf"{_A_MACHINE} (?:\w+ ){{0,4}}(?:(?<!dung )(?<!cong )cu\b(?! (?:the|ly|rich))"
    r"|bai (?:nhat|han|my|duc|dai|tau|ve|ben|nuoc)\b|luot\b(?! (?:song|web|mang|van))"
    r"|(?:xai|dung|chay) (?:roi|qua|(?:\d+|may|vai|hai|ba|muoi) nam)\b"
    r"|da (?:xai|dung|su dung)\b|su dung (?:roi|qua|\d+ nam)\b|qua tay\b)"
    r"|\b(?:nghia dia|hang bai|may bai|do bai|tan trang|like ?new|refurb\w*|2(?:nd)? ?hand"
    r"|second ?hand|qua (?:su dung|tay)|su dung roi|thanh ly)\b"
)

_EATEN = re.compile(
    r"\b(?:thuc pham|do an|do uong|mon an|mo quan)\b"
    r"|\b(?:ban|nhap|khau|xuat|sx|(?<!cu )(?<!may )lam|nau|doanh)"
    r" (?:banh|keo|mut|mam|nuoc (?:mam|tuong|ep|ngot|uong"
    r"|dua|da|mat|mia|cot|yen)|ruou|bia|ca phe|cafe|tra|gao|bun|mien|pho|cha|nem(?! \w+ (?:su|mut))"
    r"|gio|lap xuong|thit|kho|tom|muc|trai cay|rau|mat ong|sua|gia vi|muoi|duong|tuong|yen|hat dieu"
    r"|com|xoi|che|kem|dau (?:an|phong|me)|sa te|thanh long|mi|sot)\b"
)
"""Food: other authorities' matter, and on no list by its risk."""

_FRAME = re.compile(
    r"\b(?:mat hang|san pham|hang hoa|hang nay|cai nay|mon nay|loai nay|danh muc|hop quy"
    r"|chung nhan|cong bo|giay to|giay phep|thu tuc|dieu kien|kiem tra|chat luong|nha nuoc|rui ro"
    r"|quy chuan|bat buoc|dang ky"
    r"|lam sao|the nao|trung quoc|quang chau|han quoc|thai lan|nhat ban|dai loan|nuoc ngoai|cong ty"
    r"|co so|doanh nghiep|ho kinh doanh|thi truong|phuong thuc|chung toi|chung em|nhom (?:2|hai))\b"
)

_NO_THING = frozenset(
    word
    for line in (
        "a ah da u oi em e anh chi con chau chu bac co ad admin ban toi tui minh mk ta cho gium",
        "giup dum ho voi di nha nhe nghen khong ko k kg hong hok hem duoc dc biet xin hoi muon",
        "can cua thi la gi bao nhieu nao vay v z the nhi ha hen luon them lai hien nay bay gio",
        "moi va ve viec chuyen o tai ben nguoi de nho ai chao day ne kia ay dang sao hay hoac ten",
        "nhung cac mot lo it ra vo vao tu qua phai bi thuoc hang loai mon cai dinh",
        "tinh sap ma cung nua roi chua neu khi nhap san xuat sx lam ban xuong don order mua giay",
        "dau tem cr muc cao thap trung binh hs qcvn vn dot nghe noi cty dn theo truoc sau y thu",
        "trong gom chia doi thanh goi nop so thang coi het tren online thoi xep dua nam",
        "dien mo lap khau",
        "kinh doanh danh gia cong phan phoi khai nguyen lieu cach",
    )
    for word in line.split()
)
"""Words that name no thing."""

_CONFORMITY = re.compile(
    r"\b(?:hop quy|dau cr|tem cr|rui ro|danh muc|kiem tra (?:chat luong|nha nuoc)"
    r"|nhom (?:2|hai)|quy chuan|qcvn)\b"
)
"""Asked of goods alone; papers and permits are asked of a marriage, too."""

_TRADE = (
    r"(?:ban|nhap|nhap khau|san xuat|sx|kinh doanh|phan phoi|lam|duc|gia cong|che tao|order|dong)"
)
_BEHIND_TRADE = re.compile(rf"\b{_TRADE}((?: \w+){{1,3}})")
_BEFORE_ASKING = re.compile(
    r"^(.*?)\b(?:co (?:-|phai|can|bat buoc|thuoc|dinh|bi)|thuoc|phai|can)(?= |$)"
)

_BROUGHT = r"(?:ban|nhap|san xuat|sx)"
_BEHIND_BROUGHT = re.compile(rf"\b{_BROUGHT}((?: (?!(?:thi|can|phai|co) )\w+){{1,3}})")
_BEFORE_BROUGHT = re.compile(rf"^(.*?) {_BROUGHT}\b")

_NO_WARES = re.compile(
    # Brought in and no goods: a school, a citizenship, a hospital, the data.
    r"\b(?:nhap (?:hoc|tich|quoc tich|ho khau|khau (?:cho|vao|thuong tru|theo)|vien|ngu|canh|cu"
    r"|trach|hoi|the|du lieu|thong tin|lieu|tam|dinh)"
    # Sold and no goods: land and houses, a vehicle's papers, shares, tickets, a way of selling.
    r"|ban (?:(?:\w+ ){0,2}(?:dat(?! (?:set|trong|sach|mun))|can ho|chung cu|biet thu|nha tro"
    r"|nha (?:dat|o|pho|cho|rieng|cap)|co phan|co phieu|chung khoan|trai phieu|ngoai te|do la"
    r"|vang|tin chi)|ruong|mat bang|kiot|ki ot|bao hiem|ve (?:so|may bay|xe|tau|xem)|thuoc la"
    r"|quan|xe(?! (?:day|dap|dien|lan|nang|keo|tap|rua|cho|lac|truot))|hang (?:rong|da cap|online"
    r"|qua|tren|via)|dau gia|tra gop|sung|vu khi|doanh nghiep|cong ty)"
    # Alive, or a licence of its own whatever it is made of.
    r"|(?:ban|nhap)(?: khau)? (?:cho|meo|chim|ca|ga|cay|hoa|rua) (?:canh|kieng|con)"
    r"|(?:ban|nhap)(?: khau)? (?:thu cung|cay giong|phao)"
    # Produced and no goods.
    r"|(?:san xuat|sx) (?:\w+ )?(?:phim|nhac|video|clip|chuong trinh|game|noi dung|nong nghiep)"
    # No selling at all: the friend, the copy, the board.
    r"|ban (?:oi|sao|chinh|goc|giup|hanh|than|be|biet|quan ly|co biet|cho (?:em|minh|toi) hoi)"
    r"|(?:cac|nho|hoi|may) ban"
    # Who opens a shop asks for the shop.
    r"|mo (?:\w+ )?(?:tiem|quan|shop|cua hang|dai ly|sap|nha thuoc|quay|sieu thi|ki ot|kiot|spa"
    r"|xuong|nha may|co so|lop)"
    r".*)\b"
)


_FOR_SALE = re.compile(r"\b(?:ve|de|nhap (?:\w+ ){1,6}?)\s?ban\b")
_KEPT = re.compile(
    r"\b(?:(?:khong|ko|k|chua|chang) ban|mau|quang cao|qua|bieu|tang|trien lam|hoi cho|trung bay"
    r"|tai xuat|xuat lai|tam nhap|chuyen khau|trung chuyen|qua canh|nghien cuu|thu nghiem"
    r"|(?:dung|xai|chay) thu|tu (?:dung|xai)|ca nhan|hanh ly|xach tay|gia dinh|tra (?:ve|lai)"
    r"|dhl|fedex|chuyen phat|it|mien|khoi|che xuat|gia cong|xuat khau|nguyen lieu|vat tu|linh kien"
    r"|phu tung|de (?:san xuat|sx|lam|lap|sua)"
    r"|(?:mot|hai|ba|vai|may|\d{1,2}) (?:cai|chiec|bo|con|chai|hop|cay|mon))\b"
)
"""Not put on sale, raw material, or too little: what may be exempt from inspection."""


def asks_duties_of_a_thing(text: str) -> bool:
    """Whether it asks for the duties of some thing, by whatever name, and of nothing else."""
    said = _SOMETHING.sub(" ", plain(text))
    if len(said.split()) > LONGEST_WORDS or _DUTY.search(said) is None:
        return False
    asked = _FRAME.sub(" - ", said)
    if _ASKS.search(said) is None or _OTHER_MATTER.search(asked) or _USED.search(said):
        return False
    if _EATEN.search(said) is not None:
        return False
    return _names_a_thing(said) if asks_conformity(text) else _brings_a_thing(said)


def asks_conformity(text: str) -> bool:
    """Whether a word is said that is asked of goods and of nothing else."""
    return _CONFORMITY.search(plain(text)) is not None


def is_for_sale(text: str) -> bool:
    """Whether a thing is brought in to be sold, and no reason is told why it would not be."""
    said = plain(text)
    return _FOR_SALE.search(said) is not None and _KEPT.search(said) is None


def _names_a_thing(said: str) -> bool:
    """Whether a word that may be a thing stands behind what is done with it, or begins."""
    kept = " ".join(_FRAME.sub(" - ", said).split())
    behind = [found[1] for found in _BEHIND_TRADE.finditer(kept)]
    before = _BEFORE_ASKING.match(kept)
    return _is_a_thing([*behind, before[1] if before else ""])


def _brings_a_thing(said: str) -> bool:
    """The same of what is imported, produced or sold: the words behind it, or right before."""
    kept = " ".join(_FRAME.sub(" - ", _NO_WARES.sub(" - ", said)).split())
    behind = [found[1] for found in _BEHIND_BROUGHT.finditer(kept)]
    before = _BEFORE_BROUGHT.match(kept)
    return _is_a_thing([*behind, before[1] if before else ""])


def _is_a_thing(spans: Iterable[str]) -> bool:
    words = " ".join(spans).split()
    return any(word not in _NO_THING and word.isalpha() for word in words)
