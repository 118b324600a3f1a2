"""Which aspects of a matter a message asks about, and which a title answers."""

import re

from bot.domain.text.plain import plain
from bot.knowledge.articles.aspect import Aspect
from bot.search.asking.elliptical import is_elliptical

_ASKED: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    # Conditions are whose it may be, however they are asked for: "điều kiện thế nào".
    (Aspect.WHO, re.compile(r"\bdieu kien\b")),
    (
        Aspect.FINE,
        re.compile(r"\b(?:phat(?: tien)?(?: bao nhieu| nhieu| nhiu| may)?|vi pham|pham luat)\b"),
    ),
    (
        Aspect.COST,
        re.compile(
            r"\b(?:phi|tien|ton|mac|re|gia(?! han| tri))\b|\bbao nhieu(?: (?:vay|a|the|nhi))?$"
            r"|\bnhiu$"
        ),
    ),
    (
        Aspect.VALID_FOR,
        re.compile(
            r"\b(?:(?:may|nhieu|nhiu) nam|hieu luc|thoi han|gia han|het han|con han"
            r"|xai may|dung may|(?:bao ho|gia tri|xai|giu|dung)(?: duoc| trong)? (?:bao )?lau)\b"
        ),
    ),
    (
        Aspect.HOW_LONG,
        re.compile(r"\b(?:bao lau|lau|may thang|may ngay|may tuan|chung nao|thoi gian)\b"),
    ),
    (
        Aspect.FORM,
        re.compile(
            r"\b(?:mau (?:nao|gi|don|so|to khai|dang ky|bieu|ho so)|bieu mau|xin mau|cho mau|co mau"
            r"|form|file mau)\b"
        ),
    ),
    (
        Aspect.PAPERS,
        re.compile(
            r"\b(?:(?<!nop )(?<!gui )ho so|giay to|giay gi|can gi|to khai|gom gi|gom nhung)\b"
        ),
    ),
    (
        Aspect.WHERE,
        re.compile(r"\b(?:dau|cho nao|noi nao|so nao|(?:nop|gui) (?:cho )?(?:ai|co quan nao))\b"),
    ),
    (
        Aspect.STEPS,
        re.compile(
            r"\b(?:lam sao|the nao|cac buoc|quy trinh|thu tuc|trinh tu|bat dau"
            r"|cach (?:lam|dang ky))\b"
        ),
    ),
    (Aspect.WHO, re.compile(r"\b(?:ai|don vi nao|co quan nao)\b")),
    (Aspect.YES_NO, re.compile(r"\b(?:bat buoc|co phai|co can)\b")),
)

_TOLD: dict[Aspect, re.Pattern[str]] = {
    Aspect.FINE: re.compile(r"\b(?:phat|xu ly)\b"),
    Aspect.COST: re.compile(r"\b(?:phi|(?<!cai )tien(?! tien)|ton|bao nhieu tien)\b"),
    Aspect.HOW_LONG: re.compile(r"\b(?:bao lau|thoi gian|may thang)\b"),
    Aspect.VALID_FOR: re.compile(r"\b(?:hieu luc|thoi han|gia han|may nam)\b"),
    Aspect.PAPERS: re.compile(r"\b(?:ho so|giay to|can gi)\b"),
    Aspect.WHERE: re.compile(r"\b(?:dau|noi)\b"),
    Aspect.STEPS: re.compile(
        r"\b(?:cac buoc|quy trinh|the nao|thu tuc|bat dau|trien khai|lam sao)\b"
    ),
    Aspect.WHO: re.compile(r"\b(?:ai|don vi|to chuc nao|co quan)\b"),
    Aspect.FORM: re.compile(r"\b(?:mau|to khai|bieu mau)\b"),
    Aspect.YES_NO: re.compile(r"\b(?:bat buoc|co phai|co can)\b"),
}


_MANY = r"(?:may|bao nhieu|bn|nhiu)"
_WHERE = r"(?<!khac )(?<!khac nhau )(?:o dau|cho nao|noi nao)"
_DO = (
    r"(?:nop|gui|dang ky|lam|xin|mua|kiem dinh|thu nghiem|kiem nghiem|tra cuu|tra|lay|tai|den|toi"
    r"|ra|lien he|hoi|xem|cong bo|khai|bao)"
)
_END_NO = r"(?:khong|ko|k|hong|hok|hem|hay khong|chua|chu|ha|hen)"

_IN_ANY: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    (
        Aspect.FINE,
        re.compile(
            r"\b(?:bi|muc|tien|xu|co|thi) phat\b(?! (?:trien|minh|hanh|hien))"
            r"|\bphat (?:bao nhieu|nhieu|may|sao|the nao|tien|nang|khong|ko|k)\b"
        ),
    ),
    (
        Aspect.VALID_FOR,
        re.compile(
            rf"\b(?:hieu luc|gia tri|thoi han|bao ho|con han|xai|dung|giu)(?: \w+){{0,3}}"
            rf" (?:bao lau|{_MANY} nam|{_MANY} thang|toi khi nao|den khi nao)\b"
            rf"|\b(?:bao lau|{_MANY} (?:nam|thang))(?: \w+){{0,3}} (?:gia han|kiem dinh|lam lai"
            r"|cap lai|danh gia lai|mot lan|1 lan|het han)\b"
            r"|\bchu ky\b|\bbao lau (?:mot|1) lan\b|\bgia han\b|\bhet han\b|\bthoi han\b"
        ),
    ),
    (
        Aspect.HOW_LONG,
        re.compile(
            rf"\b(?:bao lau|{_MANY} (?:ngay|tuan|thang|hom)|mat {_MANY} nam|chung nao|lau khong"
            r"|lau ko|lau k|(?<!moc )thoi gian|bao gio (?:co|xong|moi|duoc)"
            r"|khi nao (?:co|xong|duoc)|nhanh nhat|kip)\b"
        ),
    ),
    (
        Aspect.COST,
        re.compile(
            r"\b(?:bao nhieu tien|nhiu tien|may tien|chi phi|le phi|kinh phi|ton (?:bao nhieu|kem"
            rf"|tien|phi|nhiu|nhieu (?:tien|phi)|{_MANY})|het {_MANY}|mat (?:phi|tien)"
            r"|phi (?:bao nhieu|nhieu|dang ky"
            rf"|duy tri|cap|la|gi|sao|the nao|nam)|dong phi|nop phi|tra phi|gia (?:ca|{_MANY}|sao)"
            r"|(?<!duoc )nhieu tien (?:khong|ko|k|hong|hok|hem)"
            r"|bao nhieu (?:trieu|dong)|may trieu|mien phi|ho tro (?:toi da )?(?:bao nhieu|may)"
            r"|duoc (?:bao nhieu|may phan tram)|re nhat|mac khong|mac ko|muc phi|muc ho tro)\b"
        ),
    ),
    (
        Aspect.FORM,
        re.compile(
            r"\b(?:mau (?:nao|gi|don|so|to khai|dang ky|bieu|ho so|ban)|bieu mau|to khai|xin mau"
            r"|cho mau|co mau|form|file mau)\b"
        ),
    ),
    (
        Aspect.PAPERS,
        re.compile(
            r"\b(?:ho so (?:gom|can|nhung|gi|dang ky|the nao|ra sao)|giay to|giay gi"
            r"|can (?:nhung )?giay|can chuan bi|chuan bi (?:gi|nhung)|gom (?:nhung )?(?:gi|giay)"
            r"|giay nao)\b"
        ),
    ),
    (
        Aspect.WHERE,
        re.compile(
            rf"\b{_WHERE}\b|\b{_DO} (?:\w+ ){{0,2}}(?<!bat )(?<!tu )dau\b"
            r"|\b(?:nop|gui)(?: \w+){0,3} (?:co quan|don vi|so) nao\b"
            r"|\bnop(?: \w+){0,3} so (?:khcn|kh cn|khoa hoc)\b"
            r"|\b(?:trang|web|cong|duong link|link) (?:nao|gi)\b|\b(?:nop|gui) (?:cho )?ai\b"
        ),
    ),
    (
        Aspect.WHO,
        re.compile(
            r"\bai (?:cap|lam|ky|chiu|kiem|phat|duoc|phai|quan|tham|co quyen|lo|duyet|xet|danh)\b"
            r"|\b(?:co quan|don vi|so|to chuc|ben|cap) nao\b|\bdoi tuong\b"
        ),
    ),
    (
        Aspect.YES_NO,
        re.compile(
            rf"\b(?:co (?:phai|bat buoc|can|duoc|nen|the)|bat buoc|duoc phep)\b"
            rf"|\b(?:phai|duoc|can|nen)(?: \w+){{0,8}} {_END_NO}\b"
        ),
    ),
)
"""The same of any message, whatever matter it names: such words seldom stand beside a matter
without asking."""


def aspects_asked(text: str) -> tuple[Aspect, ...]:
    """What a message, which may name its matter, asks about it, in the order of its words.

    "Bao lâu thì gia hạn" asks how long it holds and not how long it takes: what lies within the
    words of an aspect tells no other. Whether something is needed counts where nothing else does.
    """
    said = plain(text)
    found: list[tuple[int, int, Aspect]] = []
    for aspect, words in _IN_ANY:
        for match in words.finditer(said):
            start, end = match.span()
            if not any(first < end and start < last for first, last, _ in found):
                found.append((start, end, aspect))
    every = [one for _, _, one in sorted(found)]
    asked = [one for one in every if one is not Aspect.YES_NO] or every
    if not asked and is_elliptical(text):
        asked = [one for one in [aspect_asked(text)] if one is not None]
    return tuple(dict.fromkeys(asked))


def aspect_asked(text: str) -> Aspect | None:
    """What a message asks about its matter; None where no word tells."""
    said = plain(text)
    return next((aspect for aspect, words in _ASKED if words.search(said)), None)


def every_aspect_asked(text: str) -> tuple[Aspect, ...]:
    """All that a message of such words may ask about its matter, in their order.

    What lies within the words of one tells no other: "bảo hộ bao lâu" asks how long it holds.
    """
    said = plain(text)
    found: list[tuple[int, int, Aspect]] = []
    for aspect, words in _ASKED:
        for match in words.finditer(said):
            start, end = match.span()
            if not any(first < end and start < last for first, last, _ in found):
                found.append((start, end, aspect))
    return tuple(dict.fromkeys(aspect for _, _, aspect in sorted(found)))


def tells(title: str, aspect: Aspect) -> bool:
    """Whether an article of this title or button answers such a question."""
    return _TOLD[aspect].search(plain(title)) is not None
