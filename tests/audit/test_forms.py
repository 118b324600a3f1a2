"""A form is looked after like an article: what it leans on holds, and its review comes in time."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.audit.check import check, warnings
from bot.settings import ROOT
from tests.support.data.small_knowledge import edit, registered

TODAY = date(2026, 11, 29)


@pytest.fixture
def form(folder: Path) -> Path:
    """A form of the department in a small knowledge base."""
    (folder / "forms").mkdir()
    file = folder / "forms" / "chuan-bi-nhan-hieu.yml"
    shutil.copy(ROOT / "knowledge_base" / "forms" / file.name, file)
    edit(file, "articles: [nhan-hieu-ho-so-nop-o-dau, ", "articles: [nhan-hieu-ho-so-nop-o-dau] # ")
    return file


def told(folder: Path, day: date = TODAY) -> list[tuple[str, int, str]]:
    return [(one.file.name, one.line, one.message) for one in check(folder, day)]


def test_a_good_form_has_no_problem(folder: Path, form: Path) -> None:
    assert told(folder) == []


def test_an_article_and_a_document_that_are_not_there_are_told(folder: Path, form: Path) -> None:
    edit(form, "[nhan-hieu-ho-so-nop-o-dau]", "[bai-khong-co]")
    edit(form, "  - document: luat-50-2005-qh11", "  - document: luat-khong-co")
    messages = [message for _, _, message in told(folder)]
    assert messages == ["bai-khong-co is not in articles", "luat-khong-co is not in register.yml"]


def test_a_document_that_no_longer_holds_is_told_at_its_line(folder: Path, form: Path) -> None:
    registered(folder, "status: expired; in_force_to: 2026-01-01; in_force_from: 2020-01-01")
    edit(form, "  document: tt-10-2026-tt-bkhcn", "  document: thu-nghiem")
    ((name, line, message),) = told(folder)
    assert (name, message) == (
        form.name, "thu-nghiem no longer holds: the form must be looked at",
    )  # fmt: skip
    assert "thu-nghiem" in form.read_text("utf-8").split("\n")[line - 1]


def test_its_review_is_told_before_and_wrong_once_due(folder: Path, form: Path) -> None:
    edit(form, "review_due: ", "review_due: 2026-12-20 # ")
    coming = [one.message for one in warnings(folder, TODAY) if one.file == form]
    assert coming == ["the review is due on 2026-12-20"]
    due = [message for name, _, message in told(folder, date(2026, 12, 20)) if name == form.name]
    assert due == ["the review is due since 2026-12-20"]
    assert not [one for one in warnings(folder, TODAY - timedelta(days=60)) if one.file == form]
