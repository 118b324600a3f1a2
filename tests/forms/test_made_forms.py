"""A form is made once and stays the same: the same bytes, wherever and whenever it is made."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from bot.forms.made_forms import MadeForms
from bot.knowledge.library import Library
from bot.settings import ROOT
from bot.texts import default_texts
from tests.support.data.small_knowledge import edit

NAMES = sorted(file.stem for file in (ROOT / "knowledge_base" / "forms").glob("*.yml"))
KINDS = ("tccs.docx", "danh-muc-phuong-tien-do.xlsx")


def test_every_form_has_its_file(made: MadeForms) -> None:
    files = made.all()
    assert sorted(one.form.id for one in files) == NAMES
    for one in files:
        found = made.file(one.form.file_name)
        assert found is one
        assert one.address == f"/bieu-mau/{one.form.file_name}"
        assert 5_000 < len(one.content) < 100_000


@pytest.mark.parametrize("name", KINDS)
def test_the_same_form_gives_the_same_bytes(made: MadeForms, library: Library, name: str) -> None:
    first, second = made.file(name), MadeForms(library, default_texts()).file(name)
    assert first is not None
    assert second is not None
    assert first.content == second.content
    assert len(first.digest) == 64
    with zipfile.ZipFile(io.BytesIO(first.content)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
        assert parts.testzip() is None


def test_a_changed_form_is_made_anew_and_others_are_not(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge_base"
    shutil.copytree(ROOT / "knowledge_base", folder)
    library = Library(folder)
    made = MadeForms(library, default_texts())
    before = {name: made.file(name) for name in KINDS}
    edit(folder / "forms" / "tccs.yml", '"Tên cơ sở"', '"Tên cơ sở, địa chỉ"')
    assert library.refresh()
    first, second = (made.file(name) for name in KINDS)
    assert first is not None
    assert before["tccs.docx"] is not None
    assert first.digest != before["tccs.docx"].digest
    assert second is before["danh-muc-phuong-tien-do.xlsx"]


@pytest.mark.parametrize("name", ["", "khong-co.docx", "tccs.xlsx", "../register.yml"])
def test_what_is_no_form_has_no_file(made: MadeForms, name: str) -> None:
    assert made.file(name) is None
