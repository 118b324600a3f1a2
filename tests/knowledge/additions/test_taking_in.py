"""What was approved goes into the files, once, and the files still read."""

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.additions.added_article import AddedArticle, id_of, wrong_fields
from bot.knowledge.additions.taking_in import (
    CannotTakeIn,
    take_in_article,
    take_in_not_ours,
    take_in_phrasing,
    with_phrasings,
)
from bot.knowledge.library import read_knowledge

TEXT = 'bịch bánh: muốn lên "kệ siêu thị" thì thiếu gì'

WRITTEN = AddedArticle(
    id="may-do-do-on",
    title="Thuê máy đo độ ồn ở đâu?",
    button="Thuê máy đo độ ồn",
    subject="máy đo độ ồn",
    topic="do_luong",
    office="tdc",
    phrasings=["đo tiếng ồn xưởng", "thuê thiết bị đo ồn", "đo ồn xưởng gỗ: ai làm?"],
    sources=[],
    facts=[],
    verify=False,
    reviewed_on=date(2026, 11, 24),
    reviewed_by="Nguyễn Thị Lan",
    review_due=date(2027, 5, 24),
    related=[],
    answer="Anh/chị hỏi **trung tâm kỹ thuật** của tỉnh.",
    detail="- Gọi trước.",
)


def test_a_phrasing_is_appended_to_the_header_once(folder: Path) -> None:
    before = read_knowledge(folder).articles["ma-vach-dang-ky"]
    take_in_phrasing(folder, "ma-vach-dang-ky", TEXT)
    file = take_in_phrasing(folder, "ma-vach-dang-ky", TEXT)
    after = read_knowledge(folder).articles["ma-vach-dang-ky"]
    assert after.phrasings == [*before.phrasings, TEXT]
    assert after.answer == before.answer
    assert file.stem == "ma-vach-dang-ky"


def test_an_article_without_a_file_takes_none(folder: Path) -> None:
    with pytest.raises(CannotTakeIn, match="no file"):
        take_in_phrasing(folder, "may-do-do-on", TEXT)


def test_a_new_article_waits_until_it_has_phrasings_enough_for_a_file(folder: Path) -> None:
    with pytest.raises(CannotTakeIn, match="5 more"):
        take_in_article(folder, WRITTEN)
    more = [f"hỏi cách số {n} về đo ồn" for n in range(5)]
    full = with_phrasings(WRITTEN, [*more, WRITTEN.title])
    file = take_in_article(folder, full)
    assert file == folder / "articles" / "do_luong" / "may-do-do-on.md"
    read = read_knowledge(folder).articles["may-do-do-on"]
    assert read.model_dump() == full.model_dump()


def test_a_wording_that_is_not_ours_is_known_from_its_file(folder: Path) -> None:
    assert read_knowledge(folder).settled.find(TEXT) is None
    take_in_not_ours(folder, TEXT)
    file = take_in_not_ours(folder, TEXT)
    take_in_not_ours(folder, "xin giấy phép chở cát ở đâu")
    settled = read_knowledge(folder).settled
    assert [one.text for one in settled.questions] == [TEXT, "xin giấy phép chở cát ở đâu"]
    assert settled.find(TEXT) is not None
    assert file.name == "out_of_scope.yml"


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("Đồ chơi gỗ có phải dán dấu CR không?", "do-choi-go-co-phai-dan-dau-cr-khong"),
        ("dài " * 30, "-".join(["dai"] * 15)),
        ("???", ""),
    ],
)
def test_an_id_is_made_of_the_titles_words(title: str, id_: str) -> None:
    assert id_of(title) == id_


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"phrasings": ["một"], "button": "x" * 33}, ["button", "phrasings"]),
        ({"answer": "x" * 601}, ["answer"]),
        ({"detail": "# Đầu"}, ["detail"]),
    ],
)
def test_the_rules_of_the_files_name_the_wrong_fields(
    changes: dict[str, object], fields: list[str]
) -> None:
    assert wrong_fields(WRITTEN.model_dump(mode="json") | changes) == fields
