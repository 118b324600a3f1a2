"""The columns of a table: what each one's title says that it holds."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from bot.domain.enterprise.profile import MONEY, ProfileField
from bot.domain.text.plain import folded, plain


class Beside(StrEnum):
    """What a column may hold beside the fields of a profile."""

    TAX_CODE = "tax_code"
    PERSON = "person"
    ROLE = "role"
    PHONE = "phone"
    EMAIL = "email"
    DISTRICT = "district"
    FOREIGN = "foreign"
    PASSED = "passed"
    NOTHING = ""


class MoneyUnit(StrEnum):
    """In what money is written; nothing where no one says it. Read back by `read_field`."""

    DONG = "dong"
    THOUSAND = "nghin"
    MILLION = "trieu"
    BILLION = "ty"
    UNSAID = ""


Use = ProfileField | Beside

USES: tuple[Use, ...] = (
    Beside.TAX_CODE,
    ProfileField.NAME,
    ProfileField.LEGAL_FORM,
    ProfileField.OWNERSHIP,
    ProfileField.PROVINCE,
    ProfileField.COMMUNE,
    Beside.DISTRICT,
    ProfileField.ADDRESS,
    ProfileField.SECTOR,
    ProfileField.STAFF,
    ProfileField.REVENUE,
    ProfileField.CAPITAL,
    ProfileField.FIGURES_YEAR,
    ProfileField.EXPORTS,
    ProfileField.MARKETS,
    ProfileField.PRODUCTS,
    ProfileField.REMARK,
    Beside.PERSON,
    Beside.ROLE,
    Beside.PHONE,
    Beside.EMAIL,
    Beside.FOREIGN,
)
"""What a person may choose for a column, in the order of a form."""

_OF = r"(?: (?:cua )?(?:doanh nghiep|dn|co so|cong ty|don vi|to chuc|ho kinh doanh|hkd|htx))*"
_KIND = (
    r"(?:doanh nghiep|dn|co so(?: san xuat)?|cong ty|don vi|to chuc|ho kinh doanh|hkd|hop tac xa"
    r"|htx|chu the|thuong nhan|co so sxkd|nha may)"
)
_NUMBER = r"(?:tong )?(?:so )?"

_TITLES: tuple[tuple[Use, re.Pattern[str]], ...] = tuple(
    (use, re.compile(pattern))
    for use, pattern in (
        (Beside.PASSED, r"stt|tt|so tt|so thu tu|thu tu|no|nr|quy mo(?: .*)?"),
        (
            Beside.TAX_CODE,
            r"(?:so )?(?:mst|msdn|mshkd|ma (?:so )?thue|ma (?:so )?(?:doanh nghiep|dn|hkd"
            r"|ho kinh doanh))(?: (?:mst|ma so (?:thue|doanh nghiep)|hoac .*|mst .*|msdn))*" + _OF,
        ),
        (Beside.EMAIL, r"(?:dia chi )?(?:email|e mail|mail|thu dien tu|hop thu)(?: lien he)?"),
        (
            Beside.PHONE,
            r"(?:so )?(?:dien thoai|dthoai|dt|sdt|di dong|dtdd|hotline|tel|phone|so dt|zalo)"
            r"(?: (?:di dong|lien he|lien lac|nguoi lien he|lh))*" + _OF,
        ),
        (Beside.ROLE, r"(?:chuc vu|chuc danh)(?: .*)?"),
        (
            Beside.PERSON,
            (r"(?:ho (?:va )?ten )?(?:nguoi (?:lien he|lien lac|dai dien.*|phu trach|dau moi)"
            r"|chu (?:co so|ho|doanh nghiep|dn)|giam doc|dai dien(?: phap luat)?|dau moi"
            r"(?: lien he)?|lien he)|ten nguoi (?:lien he|dai dien.*)|ho (?:va )?ten"),
        ),
        (ProfileField.NAME, rf"(?:ten )?{_KIND}(?: {_KIND})*|ten(?: day du| goi)?{_OF}"),
        (ProfileField.LEGAL_FORM, r"(?:loai hinh|hinh thuc phap ly)(?: .*)?"),
        (Beside.FOREIGN, r"(?:co )?(?:von )?(?:fdi|(?:dau tu )?nuoc ngoai|von nuoc ngoai)"),
        (
            ProfileField.OWNERSHIP,
            r"(?:hinh thuc )?so huu(?: .*)?|thanh phan kinh te|khu vuc kinh te",
        ),
        (
            ProfileField.COMMUNE,
            r"(?:ten )?(?:xa|phuong|thi tran|dac khu)(?: (?:xa|phuong|thi tran|tt|dac khu|moi))*",
        ),
        (Beside.DISTRICT, (r"(?:ten )?(?:huyen|quan|thi xa|tp)(?: (?:huyen|quan|thi xa|tx|tp"
                          r"|thanh pho))+|huyen|quan")),
        (ProfileField.PROVINCE, r"(?:ten )?(?:tinh|thanh pho|tp)(?: (?:tinh|thanh|thanh pho|tp))*"),
        (ProfileField.ADDRESS, r"(?:dia chi|tru so|dia diem)(?! email).*"),
        (
            ProfileField.SECTOR,
            (r"(?:ma )?(?:nganh|nganh nghe|linh vuc|nghe)(?: (?:nghe|chinh|cap \d|san xuat"
            r"|kinh doanh|hoat dong|kinh te|sxkd|dang ky|vsic))*"),
        ),
        (
            ProfileField.STAFF,
            _NUMBER + r"(?:lao dong|ld|nhan vien|cong nhan|nguoi lao dong|nhan su|cnv)"
            r"(?: (?:binh quan|hien co|dong bhxh|tham gia bhxh|nam|nguoi|trong nam|thuong xuyen))*",
        ),
        (
            ProfileField.REVENUE,
            r"(?:tong )?(?:doanh thu|doanh so)(?: (?:thuan|nam|ca nam|binh quan|uoc))*",
        ),
        (
            ProfileField.CAPITAL,
            r"(?:tong )?(?:nguon )?von(?: (?:cuoi nam|kinh doanh|nam|sxkd|san xuat kinh doanh))*",
        ),
        (ProfileField.FIGURES_YEAR, (r"nam(?: (?:so lieu|bao cao|tai chinh))?|so lieu cua"
                                    r"|so lieu(?: cua)? nam|ky bao cao|nien do")),
        (ProfileField.EXPORTS, (r"(?:co )?(?:xuat khau|xk)(?: (?:khong|hay khong|co khong))?"
                               r"|tinh hinh xuat khau")),
        (ProfileField.MARKETS, r"(?:cac )?(?:thi truong|nuoc xuat khau)(?: .*)?"),
        (
            ProfileField.PRODUCTS,
            r"(?:ten )?(?:cac )?(?:san pham|sp|mat hang|hang hoa|dich vu)(?: .*)?",
        ),
        (ProfileField.REMARK, r"ghi chu(?: .*)?|luu y"),
    )
)  # fmt: skip
"""Titles without accents; the first that a title is, as a whole, counts.

The charter capital is not the capital of the size classes (Nghi dinh 80/2021, Dieu 8), nor is a
part of the staff or of the revenue the whole: such titles are left for a person to choose.
"""

_BRACKETED = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MONEY_WORDS: Mapping[MoneyUnit, re.Pattern[str]] = {
    MoneyUnit.BILLION: re.compile(r"\b(?:ty|ti)(?: (?:dong|vnd|d))?\b"),
    MoneyUnit.MILLION: re.compile(r"\b(?:trieu|tr|trd|1000000)(?: (?:dong|vnd|d))?\b"),
    MoneyUnit.THOUSAND: re.compile(r"\b(?:nghin|ngan|1000|1 000|k)(?: (?:dong|vnd|d))?\b"),
    MoneyUnit.DONG: re.compile(r"\b(?:dong|vnd|vn d|d)\b"),
}
_OF_MONEY = re.compile(r"(?:tong )?(?:doanh|von|nguon)\b")
_UNIT_WORDS = re.compile(r"\b(?:(?:don vi tinh|dvt|don vi)\b.*|(?:tinh )?(?:bang|theo)\b.*)")


@dataclass(frozen=True)
class Column:
    """A column as it is read. `place`: from 0. `year`: of which its title speaks."""

    place: int
    title: str
    use: str = ""
    unit: str = ""
    year: int | None = None

    @property
    def is_money(self) -> bool:
        """Whether it holds money, which may be written in several units."""
        return self.use in MONEY

    @property
    def is_known(self) -> bool:
        """Whether anything is read from it, or it is known to count the rows."""
        return bool(self.use)

    def as_json(self) -> dict[str, Any]:
        """How it is kept."""
        return asdict(self)


def column_of(place: int, title: str) -> Column:
    """A column by its title, with accents or without, with a unit and a year or without."""
    said = folded(title)
    use = _use_of(said)
    year = _YEAR.search(said)
    return Column(
        place,
        " ".join(title.split()),
        use,
        unit_in(said) if use in MONEY else "",
        int(year[0]) if year and use is not ProfileField.FIGURES_YEAR else None,
    )


def unit_in(text: str) -> MoneyUnit:
    """The unit of money that words name."""
    said = plain(text)
    return next(
        (unit for unit, words in _MONEY_WORDS.items() if words.search(said)), MoneyUnit.UNSAID
    )


def _use_of(said: str) -> Use:
    for words in (_BRACKETED.sub(" ", said), said, " ".join(_BRACKETED.findall(said))):
        title = _without_unit(plain(words))
        if title and (found := _titled(title)) is not None:
            return found
    return Beside.NOTHING


def _titled(title: str) -> Use | None:
    return next((use for use, words in _TITLES if words.fullmatch(title)), None)


def _without_unit(title: str) -> str:
    title = " ".join(_UNIT_WORDS.sub(" ", _YEAR.sub(" ", title)).split())
    if _OF_MONEY.match(title):
        for words in _MONEY_WORDS.values():
            title = words.sub(" ", title)
    title = re.sub(r" (?:nguoi|nam)$", "", " ".join(title.split()))
    return title.strip()
