"""Sums of fees in words, line by line."""

from collections.abc import Sequence
from datetime import date

from bot.knowledge.fees.fees import BarcodeFees, FeeStage, MarkFees, Pack
from bot.search.asking.goods_count import GoodsCount
from bot.texts import Texts


def mark_words(fees: MarkFees, count: GoodsCount, today: date, texts: Texts) -> str:
    """What a mark for these groups costs, at filing and at the grant."""
    groups = count.groups
    filing, grant = (fees.total(stage, groups) for stage in (FeeStage.FILING, FeeStage.GRANT))
    cut = fees.cut if fees.cut is not None and today <= fees.cut.until else None
    levies = fees.levies(FeeStage.FILING, groups)
    return texts.say(
        "fee.marks",
        groups=len(groups),
        counts=" + ".join(str(goods) for goods in groups),
        total=filing + grant,
        filing=filing,
        grant=grant,
        filing_lines=_lines(fees, FeeStage.FILING, groups, texts),
        grant_lines=_lines(fees, FeeStage.GRANT, groups, texts),
        until=cut.until if cut else None,
        percent=cut.percent if cut else 0,
        less=levies * cut.percent // 100 if cut else 0,
    )


def barcode_words(fees: BarcodeFees, pack: Pack, goods: int, texts: Texts) -> str:
    """What the prefix that is enough costs in the first year and later."""
    return texts.say(
        "fee.barcodes",
        goods=goods,
        pack=pack.name,
        most=pack.most,
        issuing=fees.issuing,
        yearly=pack.yearly,
        first=fees.first_year(pack, second_half=False),
        later=fees.first_year(pack, second_half=True),
    )


def _lines(fees: MarkFees, stage: FeeStage, groups: Sequence[int], texts: Texts) -> list[str]:
    counted = [(line, fees.counted(line, groups)) for line in fees.lines if line.stage is stage]
    return [
        texts.say("fee.line", name=line.name, count=count, amount=line.amount)
        for line, count in counted
        if count
    ]
