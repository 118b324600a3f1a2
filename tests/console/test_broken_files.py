"""A file that cannot be served is named in the console, in the words of those who edit it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.domain.clock import Clock
from bot.house import House
from bot.knowledge.files.problem import Fault
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from bot.texts import default_texts
from tests.support.data.small_knowledge import article_file, copy_small_knowledge, edit
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

NOTICE = 'id="broken"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_small_knowledge(tmp_path / "knowledge_base")


@pytest.fixture
def house(folder: Path, database: Database, clock: Clock, settings: Settings) -> House:
    return House(settings=settings, database=database, library=Library(folder), clock=clock)


@pytest.mark.parametrize("username", ["lan", "lanh.dao", "quan.tri"])
@pytest.mark.parametrize("address", ["/", "/gaps"])
def test_everybody_who_edits_reads_which_file_and_why(
    sign_in: SignIn, house: House, folder: Path, username: str, address: str
) -> None:
    assert NOTICE not in sign_in(username).get(address).text
    file = article_file(folder, "5s-la-gi")
    file.write_bytes(file.read_bytes() + "\nNăm việc".encode("cp1258", "ignore"))
    house.library.refresh()

    shown = sign_in(username).get(address).text

    assert NOTICE in shown
    assert "articles/nang_suat/5s-la-gi.md, dòng" in shown
    assert "không phải UTF-8" in shown
    assert str(folder) not in shown


def test_a_field_is_named_as_it_stands_in_the_file(
    sign_in: SignIn, house: House, folder: Path
) -> None:
    edit(article_file(folder, "5s-la-gi"), "review_due: ", "review_deu: ")
    edit(folder / "register.yml", "    status: ", "    status: perhaps # ")
    house.library.refresh()

    shown = sign_in("lan").get("/").text

    assert "Thiếu mục “review_due”" in shown
    assert "Không có mục nào tên “review_deu”" in shown
    assert "Giá trị ở mục “status” không hợp lệ" in shown


@pytest.mark.parametrize("address", ["/", "/gaps"])
def test_names_and_values_that_no_page_can_hold_are_shown_all_the_same(
    sign_in: SignIn, house: House, folder: Path, address: str
) -> None:
    Path(os.fsdecode(os.fsencode(folder / "articles") + b"/b\xe1o.md")).write_bytes(b"")
    (folder / "articles" / "a\u202eb\n.md").write_bytes(b"")
    edit(article_file(folder, "5s-la-gi"), "related: []", 'related: ["a\\ud83d"]')
    edit(folder / "topics.yml", "title: ", 'title: "P \\ud83d x" # ')
    house.library.refresh()

    shown = sign_in("lan").get(address).text

    assert "articles/ab .md" in shown or "articles/ab.md" in shown
    assert "articles/b\ufffd" in shown
    assert "mã U+D83D" in shown


def test_many_are_cut_and_counted(sign_in: SignIn, house: House, folder: Path) -> None:
    for file in (folder / "articles").rglob("*.md"):
        file.write_bytes(b"")
    house.library.refresh()

    shown = sign_in("lan").get("/").text

    assert "11 chỗ trong kho bài tri thức cần sửa" in shown
    assert "Và 3 chỗ khác" in shown


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_its_sentence(fault: Fault) -> None:
    assert f"upkeep.fault_{fault}" in default_texts().names
