from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.audit.phrasings import (
    NEAR_COPY,
    distinct,
    lacks,
    overlap,
    phrasings_twice,
    uniform_phrasings,
)
from bot.audit.shelf import read_shelf
from bot.settings import ROOT
from tests.support.data.small_knowledge import article_file, edit

GOOD = [
    "giá mã vạch",
    "Đăng ký mã số mã vạch hết bao nhiêu tiền?",
    "mỗi năm đóng bao nhiêu",
    "phi duy tri gs1 nam nay",
    "Cơ sở nước mắm của em có 12 loại chai, xin mã thì tốn chừng nào ạ?",
    "barcode có miễn phí không",
    "nộp lệ phí ở ngân hàng nào",
    "hộ kinh doanh có được giảm không",
]


def test_a_phrasing_in_two_articles_is_told_at_both_places(folder: Path) -> None:
    for name, phrasing in (
        ("5s-la-gi", "Chuyện này là sao?"),
        ("co-quan-thue", "chuyen nay la sao"),
    ):
        edit(article_file(folder, name), "phrasings:\n", f'phrasings:\n  - "{phrasing}"\n')
    found = sorted(phrasings_twice(read_shelf(folder)), key=lambda one: one.file.stem)
    assert {(problem.file.stem, problem.message) for problem in found} == {
        ("5s-la-gi", "“Chuyện này là sao?” stands in co-quan-thue too"),
        ("co-quan-thue", "“chuyen nay la sao” stands in 5s-la-gi too"),
    }
    lines = found[0].file.read_text(encoding="utf-8").splitlines()
    assert "này là sao" in lines[found[0].line - 1].replace("nay", "này").replace("la", "là")


def test_our_own_articles_have_varied_phrasings() -> None:
    assert list(uniform_phrasings(read_shelf(ROOT / "knowledge_base"))) == []


def test_good_phrasings_lack_nothing() -> None:
    assert list(lacks(GOOD)) == []


def test_near_copies_count_once() -> None:
    copied = [*GOOD[:-1], "gia ma vach", "dang ky ma so ma vach het bao nhieu tien ạ"]
    assert list(lacks(copied)) == ["only 7 of 9 phrasings differ; at least 8 must"]


def test_they_are_not_all_long() -> None:
    long = [f"{text} xin cho tôi hỏi cho rõ với nhé" for text in GOOD]
    assert "no phrasing has 7 words or fewer" in list(lacks(long))


def test_they_are_not_all_short() -> None:
    short = [" ".join(text.split()[:6]) for text in GOOD]
    assert list(lacks(short)) == ["no phrasing has 10 words or more"]


def test_one_is_typed_without_accents() -> None:
    accented = [text for text in GOOD if not text.isascii()] + ["phí duy trì năm nay ra sao"]
    assert list(lacks(accented)) == ["no phrasing is typed without accents"]


def test_they_are_not_all_of_one_template() -> None:
    template = [f"cho hoi {text}" for text in GOOD]
    assert list(lacks(template)) == ["100% of the phrasings begin with “cho hoi”"]


def test_the_line_of_the_phrasings_is_told(folder: Path) -> None:
    file = article_file(folder, "5s-la-gi")
    text = file.read_text(encoding="utf-8")
    head, rest = text.split("phrasings:\n", 1)
    copies = "".join(f'  - "{"ạ " * count}5S là gì"\n' for count in range(9))
    file.write_text(f"{head}phrasings:\n{copies}{rest[rest.index('sources:') :]}", encoding="utf-8")
    problems = list(uniform_phrasings(read_shelf(folder)))
    assert {problem.file for problem in problems} == {file}
    assert "only 1 of 9 phrasings differ; at least 8 must" in {one.message for one in problems}
    assert text.splitlines()[problems[0].line - 1] == "phrasings:"


WORDS = st.frozensets(st.sampled_from("abcdefgh"), max_size=8)


@given(WORDS, WORDS)
def test_overlap_is_a_share_and_the_same_both_ways(
    one: frozenset[str], other: frozenset[str]
) -> None:
    assert 0 <= overlap(one, other) == overlap(other, one) <= 1
    assert overlap(one, one) == (1 if one else 0)


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1).map(" ".join), max_size=9))
def test_of_what_is_kept_no_two_are_near_copies(phrasings: list[str]) -> None:
    kept = distinct(phrasings)
    words = [frozenset(text.split()) for text in kept]
    assert len(kept) <= len(phrasings)
    assert all(
        overlap(one, other) <= NEAR_COPY
        for place, one in enumerate(words)
        for other in words[:place]
    )
