"""What an owner says about the run itself, in the middle of it: why, what did I say, that one."""

import re

from bot.domain.assessments.attempt import CODE_LENGTH, CODE_LETTERS, is_code
from bot.domain.text.plain import plain

LONGEST = 60
"""Characters: what is longer is about something else."""

_WHY = re.compile(
    r"(?:(?:da|ua|a|ad|em|toi|anh|chi) )*(?:(?:khong|ko|k|hong|chua) hieu"
    r"|cau nay (?:la sao|nghia la gi|la gi|nghia gi|sao)|nghia la (?:sao|gi)|giai thich"
    r"|noi ro|(?:cho )?(?:vi du|vd))"
    r"(?: (?:cau|nay|vay|them|giup|di|la|sao|gi|y|noi|ro|hon|em|anh|chi|a|voi|lam|het|duoc))*|"
    r"(?:(?:da|ua|a|ad|em|la) )*(?:vi sao|tai sao|sao|de lam gi|chi vay|lam chi|hoi lam gi)"
    r"(?: (?:lai|phai|can|hoi|cau|nay|vay|the|do|ha|a|em|anh|chi|ad|biet|cai|ky|nhieu|lam|gi))*"
)
_WHAT_FOR = re.compile(
    r"(?:(?:da|ua|a|ad|em|ma) )*(?:(?:hoi|de|cau|cai|nay) )+(?:lam gi|lam chi|chi)"
    r"(?: (?:vay|the|do|ha|a|em|anh|chi|ad))*"
)
_SUMMARY = re.compile(
    r"(?:(?:cho|em|toi|minh|anh|chi|muon|xin|da) )*(?:xem|coi|doc|kiem tra) lai"
    r"(?: (?:cac|cau|tra|loi|dap|an|bai|lam|da|nhung|het|toan|bo|phan|truoc|di|nha|nhe|voi|cai))*"
)
_EDIT = re.compile(
    r"(?:(?:cho|em|toi|minh|anh|chi|muon|xin|da|a|thoi) )*"
    r"(?:sua|doi|chinh|tra loi|lam|quay|ve|xem)(?: (?:lai|sang|cho|ve))*(?: cau)?(?: so)?"
    r" (\d{1,2})"
    r"(?: (?:di|nha|nhe|giup|em|voi|lai|a|thanh))*"
)
_EDIT_BEHIND = re.compile(
    r"cau (?:so )?(\d{1,2}) (?:(?:em|toi|minh|bam|chon|tra loi|lam) )*(?:sai|nham|lon|sua)\b.*"
)
_DONE = re.compile(
    r"(?:(?:da|ok|oke|vay|the|roi|em|toi|minh|u|um) )*(?:xong|het|du|nhieu do|bay nhieu|vay)"
    r"(?: (?:roi|la|het|thoi|du|vay|nha|nhe|a|do|em|anh|chi))*|ok|oke|okay"
)
_GOES_ON = re.compile(
    r"(?:(?:cho|em|toi|minh|anh|chi|muon|xin|da|lam|tiep|tuc|tu|ma|bai|code|lai|nha|nhe|di|cua|la"
    r"|giup|gium|day|ne|voi|so) ?)*"
)
_HOW_FAR = re.compile(
    r"(?:(?:da|ua|a|ad|em|troi|sao|ma|cho|dai qua|met qua) )*"
    r"(?:con (?:bao nhieu|may|nhieu|bao lau)|bao (?:lau|nhieu cau) nua"
    r"|hoi (?:gi |chi |sao )?(?:ma )?(?:lam|nhieu|dai)"
    r"|(?:dai|met|nhieu|lau) qua|noi ngan|ngan (?:lai|thoi))"
    r"(?: (?:cau|nua|vay|the|qua|lam|xong|moi|la|thi|het|khong|hong|ko|k|a|em|ad|troi|duoc|lai"
    r"|met|ha))*"
)
_OVER = re.compile(
    r"(?:(?:cho|em|toi|minh|anh|chi|muon|xin|da|a|thoi|ok|the|vay) )*"
    r"(?:(?:lam|cham|tra loi|danh gia|tinh|lam bai|lam cai)(?: moi)? lai"
    r"(?: (?:tu dau|tu cau 1|tu cau dau|het|toan bo|tat ca|bai|bai nay|bai do|ca bai))+"
    r"|bat dau lai|lam moi lai|xoa het lam lai|tu dau lai)"
    r"(?: (?:tu|dau|het|di|nha|nhe|giup|em|voi|a|duoc|khong|luon|tu dau|bai|nay))*"
)
_AGAIN = re.compile(
    r"(?:(?:cho|em|toi|minh|anh|chi|muon|xin|da|a|thoi|ok|the|vay|gio|co the|ban|tui) )*"
    r"(?:(?:lam|cham|tra loi|danh gia|tu danh gia|tu cham|tinh|test|kiem tra)(?: (?:moi|thu))? lai"
    r"|(?:lam|cham|danh gia) (?:them|moi)(?= lan| mot lan| 1 lan| luot))"
    r"(?: (?:tu dau|tu cau 1|tu cau dau|het|toan bo|tat ca|bai|cai|nay|do|vua roi|hoi nay|ca|tu"
    r"|danh gia|lan nua|mot lan|1 lan|lan khac|lan|luot|nua|moi|coi|xem|thu|giup|gium|dum|cho|di"
    r"|nha|nhe|nhen|em|anh|chi|voi|a|duoc|khong|ko|k|hong|chua|luon))*"
)
_READY = re.compile(
    r"(?:(?:ok|oke|okay|u|um|da|roi|duoc|vay|thoi|san sang|bat dau|hoi|lam|tiep|di|nao|em|anh|chi"
    r"|nha|nhe|a|luon) ?)+"
)
_CODE = re.compile(rf"(?<![A-Za-z0-9])([{CODE_LETTERS}]{{{CODE_LENGTH}}})(?![A-Za-z0-9])")


def asks_why(text: str) -> bool:
    """Whether somebody asks why he is asked: “vì sao”, “hỏi câu này chi vậy”."""
    said = plain(text)
    if len(text) > LONGEST:
        return False
    return _WHY.fullmatch(said) is not None or _WHAT_FOR.fullmatch(said) is not None


def asks_for_answers(text: str) -> bool:
    """Whether somebody wants to see what he answered: “xem lại”."""
    return len(text) <= LONGEST and _SUMMARY.fullmatch(plain(text)) is not None


def is_done(text: str) -> bool:
    """Whether somebody ends a choice of several: “xong”, “hết rồi”."""
    return len(text) <= LONGEST and _DONE.fullmatch(plain(text)) is not None


def asks_how_far(text: str) -> bool:
    """Whether somebody asks how many questions are left, or has enough of them."""
    return len(text) <= LONGEST and _HOW_FAR.fullmatch(plain(text)) is not None


def starts_over(text: str) -> bool:
    """Whether somebody wants to take the whole assessment anew: “làm lại từ đầu”."""
    return len(text) <= LONGEST and _OVER.fullmatch(plain(text)) is not None


def takes_again(text: str) -> bool:
    """Whether somebody behind a result wants to take it once more: “làm lại bài này”, “chấm lại”.

    Elsewhere the same words may mean a paper, a product, a certificate.
    """
    return len(text) <= LONGEST and _AGAIN.fullmatch(plain(text)) is not None


def is_ready(text: str) -> bool:
    """Whether somebody only says that it may begin: “bắt đầu đi”, “ok em”."""
    return len(text) <= LONGEST and _READY.fullmatch(plain(text)) is not None


def question_to_edit(text: str) -> int | None:
    """The number of the question that somebody wants to answer anew: “sửa câu 3”."""
    said = plain(text)
    if len(text) > LONGEST or "cau" not in said.split():
        return None
    found = _EDIT.fullmatch(said) or _EDIT_BEHIND.fullmatch(said)
    return int(found[1]) if found is not None else None


def code_in(text: str) -> str:
    """The code with which a run is to be taken up; empty where there is none.

    It stands alone or behind “làm tiếp”, and holds a digit, so that no word is taken for one.
    """
    found = _CODE.findall(text.upper())
    code = next((one for one in found if is_code(one)), "")
    others = plain(text.upper().replace(code, "")) if code else ""
    return code if _GOES_ON.fullmatch(others) else ""
