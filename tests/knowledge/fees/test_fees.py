"""Sums follow from the lines of the schedules."""

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.fees.fee_file import read_sound_fees
from bot.knowledge.fees.fees import Fees, FeeStage
from bot.knowledge.library import Library
from bot.search.asking.goods_count import GoodsCount
from bot.services.answering.groundwork.fee_words import mark_words
from bot.settings import ROOT
from bot.texts import default_texts


@pytest.fixture
def fees(library: Library) -> Fees:
    return library.current.fees


@pytest.mark.parametrize(
    ("groups", "filing", "grant"),
    [
        ((6,), 1_000_000, 360_000),
        ((7,), 1_150_000, 360_000),
        ((8, 4), 2_030_000, 460_000),
        ((6, 6, 6), 2_460_000, 560_000),
    ],
)
def test_a_mark_costs_by_its_groups_and_goods(
    fees: Fees, groups: tuple[int, ...], filing: int, grant: int
) -> None:
    assert fees.marks is not None
    assert fees.marks.total(FeeStage.FILING, groups) == filing
    assert fees.marks.total(FeeStage.GRANT, groups) == grant


@pytest.mark.parametrize(("day", "is_cut"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_the_levy_is_cut_up_to_its_last_day(fees: Fees, day: date, *, is_cut: bool) -> None:
    assert fees.marks is not None
    words = mark_words(fees.marks, GoodsCount((6,), 6, says_groups=True), day, default_texts())
    assert ("giảm 50%" in words) is is_cut


@pytest.mark.parametrize(
    ("goods", "name", "first", "later"),
    [
        (1, "mã 10 số", 1_500_000, 1_250_000),
        (100, "mã 10 số", 1_500_000, 1_250_000),
        (101, "mã 9 số", 1_800_000, 1_400_000),
        (1001, "mã 8 số", 2_500_000, 1_750_000),
    ],
)
def test_the_smallest_prefix_that_is_enough(
    fees: Fees, goods: int, name: str, first: int, later: int
) -> None:
    assert fees.barcodes is not None
    pack = fees.barcodes.pack_for(goods)
    assert pack is not None
    assert pack.name == name
    assert fees.barcodes.first_year(pack, second_half=False) == first
    assert fees.barcodes.first_year(pack, second_half=True) == later
    assert fees.barcodes.pack_for(100_001) is None


def test_a_schedule_that_names_what_is_not_there_is_left_out_and_told() -> None:
    file = ROOT / "knowledge_base" / "fees.yml"
    found, problems = read_sound_fees(
        file, articles={"ma-vach-phi"}, documents={"tt-263-2016-tt-btc", "tt-232-2016-tt-btc"}
    )
    assert found.marks is None
    assert found.barcodes is not None
    [problem] = problems
    assert "nhan-hieu-chi-phi" in problem.message


def test_no_file_is_no_fee(tmp_path: Path) -> None:
    assert read_sound_fees(tmp_path / "fees.yml", articles=set(), documents=set()) == (Fees(), [])
