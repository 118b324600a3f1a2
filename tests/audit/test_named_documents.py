from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.audit.named_documents import Numbers, uncited_documents, unknown_documents
from bot.audit.shelf import read_shelf
from bot.knowledge.files.problem import Problem
from bot.knowledge.register import DocumentKind, DocumentStatus, LegalDocument
from tests.support.data.small_knowledge import article_file

TODAY = date(2026, 11, 29)


def document(id_: str, number: str | None) -> LegalDocument:
    return LegalDocument(
        id=id_,
        kind=DocumentKind.DECREE,
        number=number,
        short=id_,
        title=id_,
        issuer=None,
        status=DocumentStatus.IN_FORCE,
        checked_on=TODAY,
    )


NUMBERS = Numbers(
    [
        document("nd-37", "37/2026/NĐ-CP"),
        document("qd-10", "10/2026/QĐ-TTg"),
        document("tt-10", "10/2026/TT-BKHCN"),
        document("iso", "ISO 9001:2015"),
        document("tcvn-iso", "TCVN ISO 9001:2015"),
        document("ct-38", "38-CT/TW"),
        document("gcn", "00085"),
        document("khong-so", None),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Theo Điều 42 NĐ 37/2026/NĐ-CP.", ["nd-37"]),
        ("theo nghị định 37/2026, và Nghị định số 5", ["nd-37"]),
        ("TCVN ISO 9001:2015 và ISO 9001:2015", ["tcvn-iso", "iso"]),
        ("Chỉ thị 38-CT/TW", ["ct-38"]),
        ("ngày 10/2026, mã 00085, 137/2026/NĐ-CP, 37/2026/NĐ-CPX", []),
        ("Thông tư 10/2026", []),
        ("Thông tư 10/2026/TT-BKHCN", ["tt-10"]),
    ],
)
def test_documents_are_found_by_their_numbers(text: str, found: list[str]) -> None:
    assert [mention.document.id for mention in NUMBERS.mentions(text)] == found


def test_a_register_without_numbers_finds_nothing() -> None:
    assert list(Numbers([document("khong-so", None)]).mentions("Luật 37/2026")) == []


def add(folder: Path, words: str, name: str = "5s-la-gi") -> None:
    file = article_file(folder, name)
    file.write_text(f"{file.read_text(encoding='utf-8')}\n- {words}\n", encoding="utf-8")


def only(found: Iterator[Problem]) -> list[tuple[str, str]]:
    return [(problem.file.stem, problem.message) for problem in found]


@pytest.mark.parametrize("number", ["999/2031/NĐ-CP", "1/2031/QH16", "99/VBHN-BKHCN", "99-NQ/TW"])
def test_a_document_that_the_register_lacks_is_told(folder: Path, number: str) -> None:
    assert only(unknown_documents(read_shelf(folder))) == []
    add(folder, f"Xem {number}.")
    (problem,) = unknown_documents(read_shelf(folder))
    assert problem.message == f"{number} is not in register.yml"
    assert number in problem.file.read_text(encoding="utf-8").splitlines()[problem.line - 1]


def test_a_document_named_and_not_cited_is_told(folder: Path) -> None:
    before = only(uncited_documents(read_shelf(folder), TODAY))
    add(folder, "Xem Luật 78/2025/QH15.")
    assert only(uncited_documents(read_shelf(folder), TODAY)) == [
        *before,
        ("5s-la-gi", "names 78/2025/QH15, yet luat-78-2025-qh15 is not among its sources"),
    ]


def test_a_standard_may_be_named_in_passing(folder: Path) -> None:
    before = only(uncited_documents(read_shelf(folder), TODAY))
    add(folder, "Hợp với ISO 9001:2015.")
    assert only(uncited_documents(read_shelf(folder), TODAY)) == before


def test_what_was_replaced_may_be_named_beside_what_replaced_it(folder: Path) -> None:
    before = only(uncited_documents(read_shelf(folder), TODAY))
    # Cites NĐ 37/2026, which replaced it.
    add(folder, "Trước đây là NĐ 43/2017/NĐ-CP.", "ma-so-ma-vach-la-gi")
    assert only(uncited_documents(read_shelf(folder), TODAY)) == before
