"""The header of an article refuses sentences without ground and links to anywhere."""

from pathlib import Path

import pytest

from bot.knowledge.articles.article import read_article
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.files.problem import KnowledgeError
from tests.support.data.small_knowledge import article_file, cite_only, edit

SOURCE = "nd-37-2026-nd-cp"


def with_header(folder: Path, lines: str) -> Path:
    file = article_file(folder, "5s-la-gi")
    cite_only(file, SOURCE)
    edit(file, "\nfacts:", f"\n{lines}\nfacts:")
    return file


def test_a_sentence_with_its_clause_is_read(folder: Path) -> None:
    file = with_header(
        folder,
        f'aspects:\n  how_long:\n    say: "Bảy ngày."\n    document: {SOURCE}\n'
        '    clause: "Điều 31"\n  cost:\n    say: "Không tốn."',
    )
    aspects = read_article(file).aspects
    assert aspects[Aspect.HOW_LONG].clause == "Điều 31"
    assert aspects[Aspect.COST].document is None


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('aspects:\n  colour:\n    say: "Đỏ."', "colour"),
        ('aspects:\n  steps:\n    say: "Bước một."', "steps"),
        ('aspects:\n  cost:\n    say: "Một đồng."\n    document: nd-1-2000', "no source of it"),
        ('aspects:\n  cost:\n    say: "Một đồng."\n    clause: "Điều 1"', "no document"),
        (f'aspects:\n  cost:\n    say: "{"dài " * 90}"', "300"),
        ('changed: "Đã khác."', "go together"),
        ("changed_on: 2026-01-23", "go together"),
        ('links:\n  - {title: "Nơi lạ", address: "https://example.com"}', "official host"),
        ('links:\n  - {title: "Giả", address: "https://gov.vn.example.com"}', "official host"),
        ('links:\n  - {title: "Thường", address: "http://dichvucong.gov.vn"}', "official host"),
    ],
)
def test_what_has_no_ground_is_refused(folder: Path, lines: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        read_article(with_header(folder, lines))


def test_an_official_page_may_be_named(folder: Path) -> None:
    file = with_header(
        folder, 'links:\n  - {title: "Nhãn điện tử", address: "https://elabel.gov.vn"}'
    )
    assert read_article(file).links[0].address == "https://elabel.gov.vn"
    edit(file, "elabel.gov.vn", "www.iso.org/standard")
    assert read_article(file).links
