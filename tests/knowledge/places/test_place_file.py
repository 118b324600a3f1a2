"""`places.yml`: what is wrong is named with its line, and takes away nothing that was served."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.audit.check import check
from bot.knowledge.files.problem import Fault, KnowledgeError
from bot.knowledge.library import Library
from bot.knowledge.places.place_file import read_places, read_sound_places
from bot.knowledge.places.places import Places
from bot.knowledge.sectors.sectors import Sectors
from bot.knowledge.tables import read_tables
from bot.settings import ROOT
from tests.support.data.small_knowledge import copy_small_knowledge, edit, keep_cited_documents

SOUND = """home: "80"
provinces:
  - {code: "79", name: "Thành phố Hồ Chí Minh", former: ["Tỉnh Bình Dương"], called: [HCM]}
  - {code: "80", name: "Tỉnh Tây Ninh"}
communes:
  - code: "25459"
    name: "Phường Tân Ninh"
    former: ["Phường 1, Thành phố Tây Ninh, Tỉnh Tây Ninh"]
    parts: ["Xã Thái Bình, Huyện Châu Thành, Tỉnh Tây Ninh"]
  - code: "25480"
    name: "Phường Bình Minh"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge base with our places and sectors."""
    place = copy_small_knowledge(tmp_path / "knowledge_base")
    keep_cited_documents(place)
    for name in ("places.yml", "sectors.yml"):
        shutil.copy(ROOT / "knowledge_base" / name, place / name)
    return place


def written(folder: Path, text: str) -> Path:
    file = folder / "places.yml"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ('home: "80"', 'home: "81"', 1, Fault.UNKNOWN),
        ('code: "80"', 'code: "79"', 4, Fault.TWICE),
        ('"Tỉnh Tây Ninh"}', '"Tây Ninh"}', 4, Fault.WRONG_FIELD),
        ('"Tỉnh Bình Dương"', '"Bình Dương"', 3, Fault.WRONG_FIELD),
        ('code: "25480"', 'code: "25459"', 10, Fault.TWICE),
        ('code: "25480"', "code: 2548", 10, Fault.WRONG_FIELD),
        ('name: "Phường Bình Minh"', 'name: "Bình Minh"', 11, Fault.WRONG_FIELD),
        ('name: "Phường Bình Minh"', 'nam: "Phường Bình Minh"', 11, Fault.STRANGE_FIELD),
        ('["Phường 1, Thành phố Tây Ninh, Tỉnh Tây Ninh"]', '["Phường 1"]', 8, Fault.WRONG_FIELD),
        ("Huyện Châu Thành, Tỉnh", "Châu Thành, Tỉnh", 9, Fault.WRONG_FIELD),
        ("Huyện Châu Thành, Tỉnh", "Huyện Châu Thành,, Tỉnh", 9, Fault.WRONG_FIELD),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, fault: Fault
) -> None:
    assert SOUND.count(old) == 1
    with pytest.raises(KnowledgeError) as refused:
        read_places(written(tmp_path, SOUND.replace(old, new)))
    assert (line, fault) in {(one.line, one.fault) for one in refused.value.problems}


def test_an_island_was_a_district_of_its_own(tmp_path: Path) -> None:
    island = '    former: ["Huyện Lý Sơn, Tỉnh Quảng Ngãi"]\n'
    text = SOUND.replace('"Phường Bình Minh"\n', f'"Đặc khu Lý Sơn"\n{island}')
    places = read_places(written(tmp_path, text))
    assert [one.code for one in places.find_commune("đặc khu Lý Sơn")] == ["25480"]
    assert [one.code for one in places.find_commune("huyện Lý Sơn, tỉnh Quảng Ngãi")] == ["25480"]


def test_beside_a_wrong_row_the_rest_is_served(tmp_path: Path) -> None:
    file = written(tmp_path, SOUND.replace('code: "25459"', "code: x"))
    assert [one.code for one in read_sound_places(file).communes] == ["25480"]


def test_a_folder_of_earlier_days_has_no_such_files(folder: Path) -> None:
    for name in ("places.yml", "sectors.yml"):
        (folder / name).unlink()

    library = Library(folder)

    assert library.problems == ()
    assert (library.tables.places, library.tables.sectors) == (Places(), Sectors())
    assert read_tables(folder).places == Places()


@pytest.mark.parametrize("name", ["places.yml", "sectors.yml"])
class TestABadEdit:
    def test_while_it_runs_the_file_is_served_as_before(self, folder: Path, name: str) -> None:
        library = Library(folder)
        before = library.tables
        edit(folder / name, "    name: ", "    nam: ")

        library.refresh()

        assert library.tables.places == before.places
        assert library.tables.sectors == before.sectors
        assert {problem.file.name for problem in library.problems} == {name}

    def test_a_start_serves_the_last_good_copy(
        self, folder: Path, tmp_path: Path, name: str
    ) -> None:
        copies = tmp_path / "copies"
        before = Library(folder, copies=copies).tables
        (folder / name).write_bytes(b"\xff")

        library = Library(folder, copies=copies)

        assert library.tables.places == before.places
        assert library.tables.sectors == before.sectors
        assert [problem.fault for problem in library.problems] == [Fault.ENCODING]

    def test_a_start_without_copies_leaves_out_the_wrong_row(self, folder: Path, name: str) -> None:
        whole = Library(folder).tables
        edit(folder / name, "    name: ", "    nam: ")

        tables = Library(folder).tables

        lost = len(whole.places.communes) - len(tables.places.communes)
        lost += len(whole.sectors.sectors) - len(tables.sectors.sectors)
        assert lost == 1

    def test_the_check_names_it_with_its_line(self, folder: Path, name: str) -> None:
        edit(folder / name, "    name: ", "    nam: ")
        lines = (folder / name).read_text("utf-8").splitlines()
        wrong = next(place for place, one in enumerate(lines, 1) if one.startswith("    nam: "))

        told = {(one.file.name, one.line) for one in check(folder, date(2026, 11, 30))}

        assert (name, wrong) in told
