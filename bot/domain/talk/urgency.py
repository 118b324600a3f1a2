"""Words of whoever has inspectors at his place while he writes."""

import re

from bot.domain.text.plain import plain

_INSPECTORS = (
    r"(?:doan|thanh tra|quan ly thi truong|qltt|kiem soat vien|can bo kiem tra|lien nganh"
    r"|nguoi kiem tra|ben kiem tra|may ong kiem tra|cong an kinh te|an toan thuc pham)"
)
_THEM = rf"(?:{_INSPECTORS}|ho|may ong|may ba|may ong ba|may anh|nguoi ta|tui no|may chu)"
_ACTS = (
    r"(?:lap bien ban|niem phong|thu giu|tich thu|tam giu|ky (?:vao |vo )?bien ban|giu hang"
    r"|hot hang|ky lien|lay mau|luc soat|kham xuong|kham kho)"
)
_AT_WORK = (
    r"(?:dang (?:o|ngoi|dung|lam viec|lam|kiem|coi|xem|xet|lap|doi|niem|thu|tich|giu|luc|kham"
    r"|co mat|hoi|bat|yeu cau|lay mau|truoc)"
    r"|(?:vua|moi) (?:vo|vao|toi|den|ap|ghe|xuong|keo|buoc))"
)
_DEMANDS = r"(?:doi|bat|ep|buoc|muon|tinh|dinh|keu)"
_NOW = r"(?:ngay|bay gio|lien|luc nay|gap|hien gio|gio nay|hien tai|hien dang|lap tuc)"

_HAPPENS = re.compile(
    rf"\b{_INSPECTORS}\b(?: \w+){{0,6}} {_AT_WORK}\b"
    rf"|\b{_THEM}(?: \w+){{0,2}} dang (?:\w+ ){{0,3}}{_ACTS}\b"
    rf"|\bdang (?:bi|co) (?:\w+ ){{0,3}}{_INSPECTORS}\b"
    rf"|\b(?:{_DEMANDS}|dang)\b(?: \w+){{0,3}} {_ACTS}\b.*\b{_NOW}\b"
    rf"|\b{_INSPECTORS}\b.*\b{_DEMANDS}\b(?: \w+){{0,3}} {_ACTS}\b"
    rf"|\b{_INSPECTORS}\b(?: \w+){{0,2}} (?:toi|den|vo|vao|xuong)\b.*\b(?:roi|bay gio|{_NOW})\b"
)

_NOT_NOW = re.compile(
    r"\b(?:sap|mai|tuan sau|tuan toi|thang sau|thang toi|bua sau|hom sau|nghe noi|nghe don|lo la"
    r"|neu|nho|khi|chuan bi|hom qua|hom kia|hom truoc|hom bua|bua truoc|tuan truoc|thang truoc"
    r"|nam ngoai|da bi|tung|hoi truoc|tuan roi|thang roi|muc phat|phat bao nhieu|phat nhieu"
    r"|phat may|may lan|bao nhieu tien|khung phat|la ai|la gi|co quyen niem phong)\b"
)
"""Another time than now, or a question about fines and rules."""

LONGEST_WORDS = 60


def is_under_inspection(text: str) -> bool:
    """Whether inspectors are there now, or demand something at once; not a visit to come."""
    said = plain(text)
    if len(said.split()) > LONGEST_WORDS or _NOT_NOW.search(said):
        return False
    return _HAPPENS.search(said) is not None
