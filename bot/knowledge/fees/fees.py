"""Schedules of fees, and the sums that follow from them. All amounts in whole đồng."""

from collections.abc import Sequence
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.files.day import Day

PERCENT = 100


class FeeStage(StrEnum):
    """When a line is paid."""

    FILING = "filing"
    GRANT = "grant"


class Each(StrEnum):
    """What a line is paid for."""

    APPLICATION = "application"
    GROUP = "group"
    FURTHER_GROUP = "further_group"
    FURTHER_ITEM = "further_item"


class FeeLine(BaseModel):
    """One line of a schedule. `levy`: lệ phí, which may be cut, and no phí."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    stage: FeeStage
    each: Each
    amount: int = Field(gt=0)
    levy: bool = False


class Cut(BaseModel):
    """A levy lowered by `percent` up to and with a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    percent: int = Field(gt=0, le=PERCENT)
    until: Day
    document: str


class MarkFees(BaseModel):
    """What registering a mark costs. Source: TT 263/2016/TT-BTC, Điều 4 and its schedule.

    `covered`: goods of a group that cost no more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str
    document: str
    clause: str
    covered: int = Field(gt=0)
    lines: list[FeeLine]
    cut: Cut | None = None

    def counted(self, line: FeeLine, groups: Sequence[int]) -> int:
        """How often a line is paid. `groups`: the goods in each group."""
        match line.each:
            case Each.APPLICATION:
                return 1
            case Each.GROUP:
                return len(groups)
            case Each.FURTHER_GROUP:
                return len(groups) - 1
            case Each.FURTHER_ITEM:
                return sum(max(0, goods - self.covered) for goods in groups)

    def total(self, stage: FeeStage, groups: Sequence[int]) -> int:
        """The sum of a stage, nothing cut."""
        return sum(
            line.amount * self.counted(line, groups) for line in self.lines if line.stage is stage
        )

    def levies(self, stage: FeeStage, groups: Sequence[int]) -> int:
        """The levies of a stage: what a cut lowers."""
        return sum(
            line.amount * self.counted(line, groups)
            for line in self.lines
            if line.stage is stage and line.levy
        )


class Pack(BaseModel):
    """A prefix, the goods it is enough for, and its yearly fee."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    most: int = Field(gt=0)
    yearly: int = Field(gt=0)


class BarcodeFees(BaseModel):
    """What a barcode costs. Source: TT 232/2016/TT-BTC, Điều 4."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str
    document: str
    clause: str
    issuing: int = Field(gt=0)
    second_half_percent: int = Field(gt=0, le=PERCENT)
    packs: list[Pack] = Field(min_length=1)

    def pack_for(self, goods: int) -> Pack | None:
        """The smallest prefix that is enough; None where none is."""
        return next((pack for pack in self.packs if goods <= pack.most), None)

    def first_year(self, pack: Pack, *, second_half: bool) -> int:
        """Issuing and the first year's fee."""
        share = self.second_half_percent if second_half else PERCENT
        return self.issuing + pack.yearly * share // PERCENT


class Fees(BaseModel):
    """`fees.yml`; nothing where there is no file."""

    model_config = ConfigDict(extra="forbid")

    marks: MarkFees | None = None
    barcodes: BarcodeFees | None = None
