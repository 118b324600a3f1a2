"""The name of an enterprise in an owner's words: without the words around it, and if it is one."""

import re

from bot.domain.enterprise.tax_code import CODE_LABEL
from bot.domain.text.plain import folded

MIN_LETTERS = 2

_WHO = r"(?:ben )?(?:em|e|toi|tui|minh|chung toi|ben em|ben minh|anh|chi)"
_KIND = (
    r"(?:cong ty|cong ti|cty|ct|doanh nghiep|dntn|dn|ho kinh doanh|hkd|ho kd|hop tac xa|htx"
    r"|to hop tac|co so|cs|xuong|nha may|nha xuong|lo|trang trai|trai|vuon|quan|tiem|cua hang"
    r"|nha hang|nha nghi|khach san|shop|vua|garage|gara|salon|spa|tap doan|truong|trung tam"
    r"|phong kham|nha thuoc|lang nghe|dai ly|chi nhanh|xi nghiep|nong trai|nha vuon|studio)"
)
"""What names of enterprises begin with."""

_BEGINS_AS_A_NAME = re.compile(rf"{_KIND}\b")
_LEAD = re.compile(
    rf"(?:(?:\d{{1,2}}[.)](?= )|(?:da|thua|chao|alo) {_WHO}(?=\s*[,:.])"
    rf"|cho {_WHO} (?:hoi|gui|bao|xin)|da|vang|thua|alo|chao|ok|la|ten goi"
    rf"|ten (?:{_KIND} )?(?:cua )?(?:{_WHO} )?la"
    rf"|ten(?: {_KIND})?(?=\s*:)|ten(?! ?\w+ la\b)|{_KIND} (?:cua )?{_WHO} (?:ten )?la"
    rf"|(?:ben )?{_WHO} (?:ten )?la|{CODE_LABEL}(?: (?:cua )?{_WHO})?(?: la)?"
    rf"|cua {_WHO}|ma(?: (?:cua )?{_WHO})? la|{_WHO}(?=\s*$)|cua(?= {_KIND}\b))(?!\w)[\s:,.-]*)+"
)
_TAIL = re.compile(rf"(?<!\w)(?:{CODE_LABEL}(?: (?:cua )?{_WHO})?(?: la)?|va)[\s:.)(]*$")
_BEFORE_A_TAIL = " ,;:(.-"
_POLITE_LEAD = re.compile(r"^ạ[\s,]+")
_POLITE_TAIL = re.compile(
    r"(?<=[\s,.])(?:ạ|(?:nha|nhé|nhe|nghen|nè)(?: (?:em|anh|chị|ad|bạn))?"
    r"|đó (?:em|anh|chị|ad|bạn))$"
)
"""Only where accents are typed: without them "nha" may be a house."""

_EXPLAINS = re.compile(
    r"\b(?:ma (?:nay|do|ay|kia|dung|sai|moi)|so (?:nay|do|dinh danh)|cai nay|ma so|mst"
    r"|so thue|giay phep|giay (?:dang ky|dkkd|to)|tren giay|dang ky kinh doanh|can cuoc|cccd"
    r"|thong tu|quy dinh|dung (?:ma|roi|het|vay)|kiem tra|(?:xem|coi|go|nhap|ghi|tra) lai"
    r"|go sai|ghi sai|sai (?:cho|o|sao|roi|gi)|co sai|khong sai)\b"
)
"""Words of somebody who speaks of his code or his papers: no name holds them."""

CALLED_A_NAME = re.compile(r"^\W*(?:(?:da|vang|thi|thoi|ok|a)\W+)*ten\b")
"""The beginning of words that say that a name comes."""

_FILLERS = frozenset({
    "a", "ad", "anh", "ay", "ban", "ben", "cai", "cho", "chi", "chinh", "cua", "da", "dang",
    "day", "dc", "do", "dua", "duoc", "dung", "e", "em", "ghi", "gium", "giup", "gui", "ha", "hay",
    "hoac", "la", "len", "ma", "minh", "nay", "ne", "nha", "nhan", "nhap", "nhe", "nhu", "oi", "ok",
    "ra", "roi", "so", "thi", "thoi", "toi", "tren", "tui", "va", "vang", "voi", "xac", "xin",
})  # fmt: skip
"""Words that are no name, however many of them stand together."""

_COUNTS = re.compile(r"\d+ (?:nguoi|cong nhan|nhan cong|nhan vien|lao dong|tho)\b")

_EDGES = " ,.;:-/|&+\n\t"
_SYMBOLS_BEFORE = re.compile(r"[^\w“\"'(\[]+")
_SYMBOLS_BEHIND = re.compile(r"[^\w”\"')\].!]+")
"""The second is read from the end."""

_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))
_MOST_LAYERS = 20
"""Of words around a name that are taken off, one behind the other: nobody says more."""

_LETTER = re.compile(r"[^\W\d_]")
_FEWEST_CAPITALS = 2


def name_in(words: str) -> str:
    """Words in NFC without what is said around a name; empty where no letters are left."""
    name = re.sub(r"\s+", " ", words)
    for _ in range(_MOST_LAYERS):
        before, name = name, _without_words_around(_unpaired(_without_symbols(name.strip(_EDGES))))
        if name == before:
            break
    return name if len(_LETTER.findall(name)) >= MIN_LETTERS else ""


def is_name(words: str, *, is_doubtful: bool) -> bool:
    """Whether words are a name: more than its beginning; in doubt they are written like one."""
    read = folded(words)
    begins = _BEGINS_AS_A_NAME.match(read)
    if (begins and begins[0] == read) or _COUNTS.match(read):
        return False
    if _EXPLAINS.search(read) and (is_doubtful or not begins):
        return False
    if _FILLERS.issuperset(re.findall(r"\w+", read)):
        return False
    if not is_doubtful or begins:
        return True
    spelled = [word for word in words.split() if _LETTER.match(word)]
    capitals = sum(word[0].isupper() for word in spelled)
    return capitals >= _FEWEST_CAPITALS and capitals * 2 >= len(spelled)


def _without_words_around(name: str) -> str:
    """Without one layer of words that are none of the name's."""
    read = folded(name)
    if lead := _LEAD.match(read):
        return name[lead.end() :]
    if tail := _TAIL.search(read):
        return name[: tail.start()].rstrip(_BEFORE_A_TAIL)
    return name if name.isascii() else _POLITE_TAIL.sub("", _POLITE_LEAD.sub("", name))


def _without_symbols(name: str) -> str:
    before, behind = _SYMBOLS_BEFORE.match(name), _SYMBOLS_BEHIND.match(name[::-1])
    return name[before.end() if before else 0 : len(name) - (behind.end() if behind else 0)]


def _unpaired(name: str) -> str:
    """Without the brackets at an edge whose partners are not there."""
    for opened, closed in _PAIRS:
        while name.startswith((opened, closed)) and name.count(opened) != name.count(closed):
            name = name[1:].strip(_EDGES)
        while name.endswith((opened, closed)) and name.count(opened) != name.count(closed):
            name = name[:-1].strip(_EDGES)
    return name
