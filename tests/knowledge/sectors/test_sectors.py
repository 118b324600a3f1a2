"""The sectors of the economy: the whole list is there, and what is typed finds its own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.enterprise.size_class import BusinessField
from bot.domain.text.plain import plain
from bot.knowledge.files.problem import Fault, KnowledgeError
from bot.knowledge.library import Library
from bot.knowledge.sectors.sector_file import read_sectors, read_sound_sectors
from bot.knowledge.sectors.sectors import Sectors
from bot.settings import ROOT

FILE = ROOT / "knowledge_base" / "sectors.yml"

SOUND = """system: "X"
ground: "Điều 1"
status: verified
sections:
  - {letter: A, field: production, name: "Nông nghiệp"}
  - {letter: G, field: services, name: "Thương mại"}
sectors:
  - {code: "01", section: A, name: "Trồng trọt"}
  - {code: "47", section: G, name: "Bán lẻ"}
"""


@pytest.fixture(scope="module")
def sectors(library: Library) -> Sectors:
    return library.tables.sectors


def codes(sectors: Sectors, text: str) -> list[str]:
    return [one.code for one in sectors.find(text)]


class TestOurs:
    def test_there_are_as_many_as_the_decision_says(self, sectors: Sectors) -> None:
        # Quyết định 36/2025/QĐ-TTg, Điều 3: 22 of the first level, A to V, and 87 of the second.
        assert "".join(one.letter for one in sectors.sections) == "ABCDEFGHIJKLMNOPQRSTUV"
        assert len(sectors.sectors) == 87

    def test_they_stand_in_the_order_of_codes_and_letters(self, sectors: Sectors) -> None:
        placed = [(one.section, one.code) for one in sectors.sectors]
        assert placed == sorted(placed)
        assert {one.section for one in sectors.sectors} == {one.letter for one in sectors.sections}

    def test_farms_works_and_building_make_and_all_else_serves(self, sectors: Sectors) -> None:
        makes = {one.code for one in sectors.sectors if one.section in "ABCDEF"}
        for one in sectors.sectors:
            field = BusinessField.PRODUCTION if one.code in makes else BusinessField.SERVICES
            assert sectors.field_of(one.code) is field
        assert min(set(sectors._by_code) - makes) == "46"

    def test_each_is_found_by_its_code_and_by_its_name(self, sectors: Sectors) -> None:
        for one in sectors.sectors:
            assert codes(sectors, one.code) == [one.code]
            assert codes(sectors, one.name)[:1] == [one.code] or one.name in {
                section.name for section in sectors.sections
            }
            assert one.code in codes(sectors, plain(one.name))

    def test_no_two_are_called_the_same_but_trade(self, sectors: Sectors) -> None:
        called = [name for one in sectors.sectors for name in one.called]
        assert {name for name in called if called.count(name) > 1} == {"mua bán"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C10", ["10"]),
        ("1062", ["10"]),
        ("62010", ["62"]),
        ("10 - chế biến thực phẩm", ["10"]),
        ("10.20", ["10"]),
        ("may mặc", ["14"]),
        ("MAY", ["14"]),
        ("may gia cong", ["14"]),
        ("Gia công cơ khí chính xác", ["25"]),
        ("phần mềm", ["62"]),
        ("hoá chất", ["20"]),
        ("sản xuất nhựa", ["22"]),
        ("bán lẻ xăng dầu", ["47"]),
        ("chế biến thủy sản", ["10"]),
        ("G", ["46", "47"]),
        ("xây dựng", ["41", "42", "43"]),
    ],
)
def test_what_people_write_finds_it(sectors: Sectors, text: str, found: list[str]) -> None:
    assert codes(sectors, text) == found


@pytest.mark.parametrize(
    ("text", "among"),
    [("mua bán phân bón", {"46", "47", "20"}), ("sửa chữa", {"33", "95"}), ("4520", {"95", "47"})],
)
def test_what_may_be_several_is_not_decided(sectors: Sectors, text: str, among: set[str]) -> None:
    assert among <= set(codes(sectors, text))


@pytest.mark.parametrize("text", ["", "???", "không rõ", "04", "san xuat nhua", "1", "Z"])
def test_what_names_none_finds_none(sectors: Sectors, text: str) -> None:
    assert sectors.find(text) == []


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read(text: str) -> None:
    known = read_sectors(FILE)
    assert {one.code for one in known.find(text)} <= {one.code for one in known.sectors}


def test_a_code_that_is_not_there_has_no_field(sectors: Sectors) -> None:
    assert sectors.field_of("45") is None
    assert sectors.sector("45") is None
    assert sectors.section("Z") is None


class TestFile:
    def written(self, folder: Path, text: str) -> Path:
        file = folder / "sectors.yml"
        file.write_text(text, "utf-8")
        return file

    def test_no_file_is_no_sector(self, tmp_path: Path) -> None:
        assert read_sectors(tmp_path / "sectors.yml") == Sectors()
        assert read_sound_sectors(tmp_path / "sectors.yml").find("10") == []

    @pytest.mark.parametrize(
        ("old", "new", "line", "fault"),
        [
            ('code: "47"', 'code: "4"', 9, Fault.WRONG_FIELD),
            ('code: "47"', 'code: "01"', 9, Fault.TWICE),
            ("section: G", "section: K", 9, Fault.UNKNOWN),
            ("letter: G", "letter: A", 6, Fault.TWICE),
            ("field: services", "field: trade", 6, Fault.WRONG_FIELD),
            ("status: verified", "status: perhaps", 3, Fault.WRONG_FIELD),
        ],
    )
    def test_what_is_wrong_is_named_with_its_line(
        self, tmp_path: Path, old: str, new: str, line: int, fault: Fault
    ) -> None:
        file = self.written(tmp_path, SOUND.replace(old, new))
        with pytest.raises(KnowledgeError) as refused:
            read_sectors(file)
        assert (line, fault) in {(one.line, one.fault) for one in refused.value.problems}

    def test_beside_a_wrong_row_the_rest_is_served(self, tmp_path: Path) -> None:
        file = self.written(tmp_path, SOUND.replace("section: G", "section: K"))
        assert [one.code for one in read_sound_sectors(file).sectors] == ["01"]
