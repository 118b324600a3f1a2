"""Sizes at their edges, shares at their ceilings, and rows that are wrong."""

from pathlib import Path

import pytest

from bot.knowledge.library import Library
from bot.knowledge.support.support import Share, Size, Sizes, Support
from bot.knowledge.support.support_file import read_sound_support

BILLION = 10**9
MAKING, TRADE = 0, 1


@pytest.fixture
def sizes(library: Library) -> Sizes:
    found = library.current.support.sizes
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sector", "staff", "amounts", "size"),
    [
        (MAKING, 10, (3, None), Size.MICRO),
        (MAKING, 11, (1, 1), Size.SMALL),
        (MAKING, 9, (3.8, 2.5), Size.MICRO),
        (MAKING, 9, (3.8, 3.1), Size.SMALL),
        (MAKING, 45, (60, None), Size.MEDIUM),
        (MAKING, 100, (50, None), Size.SMALL),
        (MAKING, 101, (50, None), Size.MEDIUM),
        (MAKING, 200, (201, 100), Size.MEDIUM),
        (MAKING, 201, (1, 1), Size.LARGE),
        (TRADE, 6, (9, None), Size.MICRO),
        (TRADE, 12, (8, None), Size.SMALL),
        (TRADE, 51, (8, None), Size.MEDIUM),
        (TRADE, 101, (8, None), Size.LARGE),
        (TRADE, 10, (None, None), Size.MICRO),
    ],
)
def test_a_size_is_staff_and_one_of_revenue_and_capital(
    sizes: Sizes, sector: int, staff: int, amounts: tuple[float | None, float | None], size: Size
) -> None:
    revenue, capital = (None if one is None else int(one * BILLION) for one in amounts)
    assert sizes.sectors[sector].size(staff, revenue, capital) is size


@pytest.mark.parametrize(
    ("contract", "women", "paid"), [(160, False, 80), (360, False, 100), (360, True, 150)]
)
def test_a_share_ends_at_its_ceiling(contract: int, *, women: bool, paid: int) -> None:
    share = Share(percent=50, most=100, women_most=150)
    assert share.of(contract, women=women) == paid


def test_each_grant_cites_a_document_that_an_article_of_it_cites(library: Library) -> None:
    assert len(library.current.support.grants) > 5
    for grant in library.current.support.grants:
        articles = [library.current.articles[id_] for id_ in grant.articles]
        assert grant.document in {one.document for a in articles for one in a.sources}, grant.name


def test_what_names_something_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "support.yml"
    grant = (
        "  - {{name: n, articles: [{}], of: x, shares: [{{percent: 5}}], document: d, clause: c}}"
    )
    rows = "\n".join(["grants:", grant.format("a"), grant.format("b")])
    file.write_text(rows, encoding="utf-8")
    support, problems = read_sound_support(file, articles={"a"}, documents={"d"})
    assert [one.articles for one in support.grants] == [["a"]]
    assert [problem.line for problem in problems] == [3]


def test_no_file_is_no_support(tmp_path: Path) -> None:
    support, problems = read_sound_support(tmp_path / "support.yml", articles=(), documents=())
    assert (support, problems) == (Support(), [])
