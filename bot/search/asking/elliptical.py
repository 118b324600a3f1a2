"""Messages that name no matter of their own: "nộp đâu", "còn tiền?", "hồ sơ cần gì ạ"."""

from bot.domain.text.plain import plain

MOST_WORDS = 9
"""A longer message tells more than it leaves out."""

_NAMES_NOTHING = frozenset({
    "a", "ad", "admin", "ai", "alo", "anh", "apply", "ba", "bac", "ban", "bang", "bao", "bat",
    "ben", "bi", "bn", "bo", "buoc", "cac", "cach", "cai", "can", "cap", "cau", "chac", "chau",
    "check", "chi", "cho", "chu", "chuan", "chung", "chut", "co", "coi", "con", "cung", "da",
    "dang", "dau", "day", "dc", "de", "dem", "den", "di", "dieu", "do", "don", "dong", "dum",
    "dung", "duoc", "e", "em", "fee", "file", "form", "gi", "gia", "gian", "giay", "gio", "giu",
    "gium", "giup", "gom", "gui", "ha", "han", "hay", "he", "het", "hieu", "hin", "ho", "hoi",
    "hok",
    "hon", "hong", "ich", "j", "k", "ket", "kg", "khai", "khi", "khoan", "khong", "kiem", "kien",
    "kieu", "ko", "ky", "la", "lai", "lam", "lan", "lau", "le", "len", "lien", "loi", "luc", "luon",
    "ma", "mac", "mat", "mau", "may", "mi", "minh", "moi", "mot", "mua", "muon", "nam", "nao",
    "nay", "ne", "nen", "ng", "ngay", "nguoi", "nha", "nhanh", "nhat", "nhe", "nhi", "nhieu",
    "nhiu", "nhu", "nhung", "noi", "nop", "nua", "o", "oi", "ok", "oke", "okie", "ong", "phai",
    "phat", "phep", "phi", "q", "qua", "quy", "r", "ra", "re", "ri", "rieng", "ro", "roi", "rong",
    "s", "sao", "sau", "se", "so", "ta", "tac", "tam", "tao", "tat", "thang", "thay", "the",
    "them", "thi", "thoi", "thu", "tien", "tiep", "tim", "to", "toi", "ton", "tong", "tot", "tra",
    "trc", "tren", "tri", "trinh", "trong", "truoc", "tu", "tuan", "tuc", "tui", "uh", "um", "ung",
    "v", "va", "vay", "viec", "vo", "voi", "vu", "vua", "xai", "xem", "xin", "xong", "y", "yeu",
    "z",
})  # fmt: skip
"""Words, in bare letters, of asking, of politeness and of what may be asked about any matter."""


_MATTERS = ("kieu dang",)
"""Names made of such words."""


def is_elliptical(text: str, most: int = MOST_WORDS) -> bool:
    """Whether each of the few words may be said of any matter: what is meant was named before."""
    said = plain(text)
    words = said.split()
    if any(matter in said for matter in _MATTERS):
        return False
    return 0 < len(words) <= most and all(names_nothing(word) for word in words)


def names_nothing(word: str) -> bool:
    """Whether a word, in bare letters, may be said of any matter."""
    return word in _NAMES_NOTHING or word.isdigit()
