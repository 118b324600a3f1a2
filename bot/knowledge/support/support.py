"""Sizes of enterprises, and what share of a contract each is paid. Amounts in whole đồng."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.text.told_figures import Role

PERCENT = 100


class Size(StrEnum):
    """Smallest first. `LARGE`: no small or medium enterprise any more."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Limits(BaseModel):
    """The most that an enterprise of a size has: staff, and revenue or capital."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: Size
    staff: int = Field(gt=0)
    revenue: int = Field(gt=0)
    capital: int = Field(gt=0)


class Sector(BaseModel):
    """A sector with limits of its own. `called`: bare words of an owner who works in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    called: list[str] = Field(min_length=1)
    limits: list[Limits] = Field(min_length=1)

    def size(self, staff: int, revenue: int | None, capital: int | None) -> Size:
        """The smallest size whose limits hold: staff, and one of revenue and capital.

        Where neither was told, staff alone decides.
        Source: NĐ 80/2021/NĐ-CP, Điều 5.
        """
        for one in self.limits:
            told = [
                told <= most
                for told, most in ((revenue, one.revenue), (capital, one.capital))
                if told is not None
            ]
            if staff <= one.staff and (not told or any(told)):
                return one.size
        return Size.LARGE


class Sizes(BaseModel):
    """How sizes are told apart."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str
    document: str
    clause: str = Field(min_length=1)
    sectors: list[Sector] = Field(min_length=1)


class Share(BaseModel):
    """`percent` of a contract, at most `most`; None: no amount is set.

    `sizes`: whose it is; empty: of any size. `women_most`: the most where women lead.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sizes: list[Size] = []
    percent: int = Field(gt=0)
    most: int | None = Field(default=None, gt=0)
    women_most: int | None = Field(default=None, gt=0)

    def of(self, contract: int, *, women: bool = False) -> int:
        """What is paid of a contract at most."""
        most = self.women_most if women and self.women_most is not None else self.most
        share = contract * self.percent // PERCENT
        return share if most is None else min(share, most)


class Grant(BaseModel):
    """A support that pays a share.

    `called`: bare words of a question without which it is not meant; empty: its articles tell.
    `of`: of what the share is; `figure`: which of an owner's figures that is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    articles: list[str] = Field(min_length=1)
    called: list[str] = []
    of: str = Field(min_length=1)
    figure: Role = Role.SPENT
    condition: str = ""
    shares: list[Share] = Field(min_length=1)
    document: str
    clause: str = Field(min_length=1)

    def share(self, size: Size) -> Share | None:
        """What an enterprise of a size is paid; None where nothing."""
        return next((one for one in self.shares if not one.sizes or size in one.sizes), None)

    @property
    def depends_on_size(self) -> bool:
        """Whether a size tells what is paid."""
        return any(one.sizes for one in self.shares)


class Support(BaseModel):
    """`support.yml`; nothing where there is no file."""

    model_config = ConfigDict(extra="forbid")

    sizes: Sizes | None = None
    grants: Sequence[Grant] = ()
