"""Whether a message asks for a form to fill in, or which forms there are."""

import re
from collections.abc import Container
from enum import StrEnum

from bot.domain.text.typed_words import TypedWord, typed_words
from bot.search.asking.elliptical import names_nothing

MOST_WORDS = 24
"""A longer message tells a story in which a form stands by the way."""

BARE_WORDS = 6
"""So few words that begin with the form's name ask for it: "mẫu TCCS"."""


class FormWish(StrEnum):
    """What is wished: some form, or to know which there are."""

    SOME = "some"
    LIST = "list"


_SELF = r"(?:em|e|toi|tui|minh|mk|anh|a|chi|c|chau|con|co|chu|bac|ben em|ben minh|cty|ban)"
_OUTSIDE = r"(?! so\b| quan\b| hang\b)"
"""Behind a word for somebody: the first half of another word, as of "cơ sở", "bán hàng"."""
_SHEET = (
    r"(?:bieu mau|mau bieu|(?:file|form|ban|phieu|to|bang) mau"
    r"|mau (?:file|form|word|excel|phieu|san|giay)|(?:file|bang) (?:word|excel)|template|checklist"
    r"|form|mau)"
)
_SLIP = rf"(?:{_SHEET}|phieu(?! ket qua| thu\b| kiem| phan tich| tiep nhan| hen)|excel)"
"""What is a form behind a word of wishing alone: "phieu" may be any paper, "excel" any tool."""

_DOING = (
    r"(?:dang ky|nop|cong bo|thiet ke|kiem dinh|bao ho|duyet|lam|thu nghiem|chung nhan|tra|roi|da"
    r"|thi)"
)
_GAP = rf"(?: (?!{_DOING}\b)\w+){{0,6}}"
"""Words between the wish and the form; behind a word of doing something else is wished."""

_SHORT_GAP = rf"(?: (?!{_DOING}\b)\w+){{0,3}}"
_NO = r"(?:khong|ko|k|kg|khg|hong|hok|hem|chua)"
_BEGGED = re.compile(
    rf"\b(?:xin|down|download|share|chia se)(?: (?!hoi\b)\w+){{0,6}} {_SHEET}\b"
    rf"|\bcho (?:xin|{_SELF}{_OUTSIDE})(?: (?!hoi\b)\w+){{0,6}} {_SHEET}\b"
    rf"|\b(?:xin|cho (?:xin|{_SELF}{_OUTSIDE})){_SHORT_GAP} {_SLIP}|^cho {_SLIP}\b"
)
"""Wished in so many words."""

_ASKED_FOR = re.compile(
    rf"\b(?:can|kiem|tim|lay|tai|in){_GAP} {_SHEET}\b"
    rf"|\bco (?:san |cai |file |ban |to |luon ){{0,2}}{_SHEET}"
    rf"(?: (?!(?:co(?! so)|thi|roi|bi)\b)\w+){{0,10}} {_NO}\b"
    rf"|\b{_SHEET}(?: {_DOING})?{_GAP} (?:o dau|dau|cho nao|co {_NO}|cho (?:em|toi|minh) voi)\b"
    rf"|\b{_SHEET}(?: \w+){{0,6}} (?:tai|lay|xin) (?:o |tu )?(?:dau|cho nao|duoc)\b"
)
_OWNED = re.compile(
    rf"\bco (?:\w+ ){{0,2}}{_SLIP}\b.*\broi\b(?!.*\b(?:xin|gui|cho (?:em|toi|minh))\b)"
    rf"|\b(?:da|vua) co (?:\w+ ){{0,2}}{_SLIP}\b"
    rf"|\b{_SLIP}\b.*\bnho\b.*\b(?:duyet|xem|coi|soat|kiem tra|gop y|sua)\b"
)
"""Who has one already, and asks for something else or wants it looked at."""

_SENT_TO_US = re.compile(
    rf"\b(?:gui|send)(?: lai| giup| gium| dum| ho| qua| cho)* (?:{_SELF} )?(?:\w+ ){{0,3}}{_SLIP}"
    rf"(?: \w+){{0,6}} (?:cho|qua|giup|gium|dum|ho|di|nhe|nha|nghe|voi)\b"
    rf"|\b(?:gui|send)(?: giup| gium| dum| ho| cho| lai| qua)+ (?:{_SELF} )?(?:\w+ ){{0,3}}"
    rf"{_SLIP}\b"
    rf"|\b(?:gui|send) {_SELF} (?:xin |giup |cai |file |to |ban ){{0,3}}{_SLIP}\b"
)
_OWNER_SENDS = re.compile(
    r"\b(?:da|vua|se|moi|quen|lo|xin phep|muon|dinh|toi|tui|minh|ben em|cty|cong ty) (?:xin )?gui\b"
    r"|\bgui\b.*\b(?:xem|coi|kiem tra|duyet|gop y|soat|cho so|can bo|roi)\b"
    r"|\bgui lai\b(?!.*\b(?:cho|gium|giup|dum)\b)|\bnhan duoc (?:chua|khong|ko)\b"
)
_HANDED_OVER = re.compile(
    r"\b(?:mau|nhan|file|hinh|giay)(?: \w+){0,3} (?:day|ne)"
    r"(?: (?:a|nha|nhe|em|anh|chi|so|ban|ad))*$"
)
"""“Mẫu nhãn đây ạ”: it is here."""
"""Who sends something, or wants to have it looked at."""

_SAMPLE = re.compile(
    r"\bmau (?:thu(?! hoi)|kiem(?! tra| dinh)|nuoc thai|dat|xet|hang|san pham|vat|sac|ma|do"
    r"|xanh|vang|den|trang|nhuom)\b"
    r"|\blay mau (?:bao|may|the nao|nhu|lan|truoc|sau|roi|de|di)\b|\bco lay mau\b"
    r"|\b(?:can|phai|co) (?:phai |can )?(?:gui|nop|kem|mang|dem|dua|giao)(?: \w+)? mau\b"
    r"|(?<!\bco )(?<!tat ca )\b(?:bao nhieu|may|\d+) mau\b"
    r"|\b(?:thu nghiem|kiem nghiem|thu mau|test|xet nghiem|phan tich|hoi mau|luu mau|in mau)\b"
)
"""A sample of goods, or a colour: the same letters."""

_LIST = re.compile(rf"\b(?:nhung|cac|danh sach|liet ke|tat ca|toan bo|co may)(?: \w+)? {_SHEET}\b")
_OFFICIAL = re.compile(r"\b(?:dang ky|to khai|don|khai bao|ho so)\b")
"""Words of the forms of an office, which are no forms of ours."""

_QUESTION = re.compile(
    r"\b(?:bao (?:nhieu|nhiu|lau|gio|bi)|may(?! tinh| moc)|the nao|(?<!ban )sao|gi(?! cung)"
    r"|(?<!cho )(?<!noi )nao(?! cung)|gom|phai|ai|khac (?:gi|voi|nhau|nao)|kich thuoc|co can"
    r"|la(?! duoc)|(?:dung|nop|ban|xai|lam|in|thay|ghi|bo)(?: \w+){0,4} duoc (?:khong|ko|chua))\b"
)
"""Asks something about a form, and not for it."""

_ABOUT = re.compile(
    r"\b(?:the nao|(?<!ban )sao|bao (?:nhieu|lau)|kich thuoc|khac (?:gi|voi|nhau|nao)|co can)\b"
)
"""The same beside words of wishing, where "gi" and "nao" ask for any form."""

_MAU = TypedWord("mau", frozenset("\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING TILDE}"))
_BEFORE_FORMS = frozenset({"bang", "ban", "bieu", "cai", "file", "form", "phieu", "to", "xin"})
WRITES_ACCENTS = 2
"""Words with accents; where so many are typed, a word without them has none."""


_SAYS_NOTHING = frozenset({
    "bieu", "checklist", "danh", "dien", "down", "download", "excel", "liet", "link", "ke", "mail",
    "page", "sach", "san", "send", "share", "so", "tai", "template", "toan", "ve", "web",
    "word", "zalo",
})  # fmt: skip
"""Words, in bare letters, of asking for a form, beside those that may be said of any matter."""


def names_no_form(rest: str, known: Container[str] = ()) -> bool:
    """Whether plain words name nothing: which form is meant was said before, or was not said.

    `known`: words of the forms that were spoken of.
    """
    if _OFFICIAL.search(rest):
        return False
    return all(
        names_nothing(word) or word in _SAYS_NOTHING or word in known for word in rest.split()
    )


def form_wished(text: str) -> FormWish | None:
    """What a message wishes of our forms; None where it speaks of something else.

    "Có những mẫu nào" asks which there are; "gửi mẫu nhờ xem" sends one and asks for none.
    """
    said = _said(text)
    if len(said.split()) > MOST_WORDS or _SAMPLE.search(said) or _OWNED.search(said):
        return None
    if _HANDED_OVER.search(said):
        return None
    if re.search(r"\b(?:gui|send)\b", said):
        if _OWNER_SENDS.search(said):
            return None
        if _SENT_TO_US.search(said) and not _QUESTION.search(said):
            return FormWish.SOME
    if _LIST.search(said):
        return FormWish.LIST
    if _BEGGED.search(said) and not _ABOUT.search(said):
        return FormWish.SOME
    if (_ASKED_FOR.search(said) or _is_bare(said)) and not _QUESTION.search(said):
        return FormWish.SOME
    return None


def _said(text: str) -> str:
    """The plain words; "|" for "mau" where it is typed as another word: a colour, or soon."""
    words = typed_words(text)
    accents = sum(bool(word.marks) for word in words) >= WRITES_ACCENTS
    said: list[str] = []
    for word in words:
        is_bare = accents and not word.marks and not _BEFORE_FORMS.intersection(said[-1:])
        is_other = word.bare == _MAU.bare and (is_bare or not word.may_be(_MAU))
        said.append("|" if is_other else word.bare)
    return " ".join(said)


def _is_bare(said: str) -> bool:
    few = 1 < len(said.split()) <= BARE_WORDS
    return few and re.match(rf"{_SHEET} ", said) is not None
