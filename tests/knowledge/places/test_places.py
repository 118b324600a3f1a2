"""Communes and provinces: every one is found by what it is called now and was called before."""

import re
import unicodedata
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.plain import without_accents
from bot.knowledge.library import Library
from bot.knowledge.places.place import Commune
from bot.knowledge.places.place_file import read_places
from bot.knowledge.places.places import Places
from bot.settings import ROOT

OURS = read_places(ROOT / "knowledge_base" / "places.yml")


def names(text: str, places: Places = OURS) -> list[str]:
    return [one.name for one in places.find_commune(text)]


def old_units() -> dict[str, list[Commune]]:
    """Each old unit with the communes that it went into."""
    became: dict[str, list[Commune]] = defaultdict(list)
    for commune in OURS.communes:
        for old in (*commune.former, *commune.parts):
            became[old].append(commune)
    return became


OLD_UNITS = old_units()


class TestOurs:
    def test_there_are_as_many_as_the_resolutions_say(self, library: Library) -> None:
        # 34 by Nghị quyết 202/2025/QH15; 82 communes and 14 wards by 1682/NQ-UBTVQH15.
        places = library.tables.places
        kinds = [one.name.split()[0] for one in places.communes]
        assert len(places.provinces) == 34
        assert (len(kinds), kinds.count("Xã"), kinds.count("Phường")) == (96, 82, 14)
        assert places.home is not None
        assert places.home.name == "Tỉnh Tây Ninh"

    def test_it_is_the_province_of_the_department(self, library: Library) -> None:
        home = library.tables.places.home
        assert home is not None
        assert home.name.lower() in library.tables.department.name.lower()

    def test_every_old_unit_went_somewhere_and_each_once_or_in_parts(self) -> None:
        whole = [old for one in OURS.communes for old in one.former]
        parts = [old for one in OURS.communes for old in one.parts]
        assert len(set(whole)) == len(whole) == 259
        assert not set(whole) & set(parts)
        assert len(set(parts)) == 21
        assert min(parts.count(old) for old in parts) > 1
        assert {old.rsplit(", ", 1)[1] for old in [*whole, *parts]} == {
            "Tỉnh Tây Ninh",
            "Tỉnh Long An",
        }

    def test_what_the_resolution_says_otherwise_than_the_package_is_mended(self) -> None:
        # Điều 1, khoản 20, 84 and 87.
        assert names("thị trấn Thủ Thừa, huyện Thủ Thừa, tỉnh Long An") == ["Xã Thủ Thừa"]
        assert names("Phường 4, thành phố Tân An, tỉnh Long An") == ["Phường Long An"]
        assert names("Phường IV, thành phố Tây Ninh, tỉnh Tây Ninh") == ["Phường Tân Ninh"]


@pytest.mark.parametrize("commune", OURS.communes, ids=lambda one: one.code)
def test_each_is_found_by_its_code_and_its_name(commune: Commune) -> None:
    assert OURS.commune(commune.code) is commune
    assert OURS.find_commune(commune.code) == [commune]
    for text in (commune.name, commune.name.upper(), f"ấp 2, {commune.name}, tỉnh Tây Ninh"):
        assert OURS.find_commune(text) == [commune]
    assert commune in OURS.find_commune(without_accents(commune.name))
    assert commune in OURS.find_commune(commune.name.split(" ", 1)[1])


@pytest.mark.parametrize("commune", OURS.communes, ids=lambda one: one.code)
def test_each_old_address_leads_to_what_the_unit_became(commune: Commune) -> None:
    for old in (*commune.former, *commune.parts):
        became, (unit, district, province) = OLD_UNITS[old], old.split(", ")
        for text in (
            old,
            f"số 5, đường số 2, {unit} - {district} - {province}",
            f"{unit} {district} {province}",
            unicodedata.normalize("NFD", old),
        ):
            assert OURS.find_commune(text) == became, text
        assert set(became) <= set(OURS.find_commune(without_accents(f"{unit}, {district}")))
        assert set(became) <= set(OURS.find_commune(f"{unit}, {district.split(' ', 1)[1]}"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("P. 1, TP Tân An", ["Phường Long An"]),
        ("P1, TP. Tân An, Long An", ["Phường Long An"]),
        ("F.1 TP Tây Ninh", ["Phường Tân Ninh"]),
        ("phường 04, tp Tây Ninh", ["Phường Tân Ninh"]),
        ("TT. Bến Lức", ["Xã Bến Lức"]),
        ("tt bến lức, h. bến lức, t. long an", ["Xã Bến Lức"]),
        ("X. Phước Đông - H. Gò Dầu - T. Tây Ninh", ["Phường Gia Lộc"]),
        ("Phường Long Hoa, TX Hòa Thành", ["Phường Long Hoa"]),
        ("xa tan tay huyen thanh hoa tinh long an", ["Xã Tân Tây"]),
        ("phuong an tinh tay ninh", ["Phường An Tịnh"]),
        ("Xã Hoà Khánh", ["Xã Hòa Khánh"]),
        ("Phước Đông, Cần Đước", ["Xã Tân Lân"]),
        ("Lô A1, KCN Thuận Đạo, TT Bến Lức, huyện Bến Lức, Long An", ["Xã Bến Lức"]),
        ("phường Bến Lức", ["Xã Bến Lức"]),
    ],
)
def test_addresses_as_people_write_them(text: str, found: list[str]) -> None:
    assert names(text) == found


class TestOneNameForSeveral:
    def test_a_district_tells_them_apart(self) -> None:
        assert names("xã An Thạnh") == ["Xã Bến Cầu", "Xã Bến Lức"]
        assert names("xã An Thạnh, huyện Bến Lức") == ["Xã Bến Lức"]

    def test_two_districts_of_one_name_are_told_apart_by_the_old_province(self) -> None:
        assert names("thị trấn Châu Thành, huyện Châu Thành, tỉnh Tây Ninh") == ["Xã Châu Thành"]
        assert names("xã Hiệp Thạnh, huyện Châu Thành, tỉnh Long An") == ["Xã Tầm Vu"]

    def test_a_whole_name_without_a_district_is_the_one_of_today(self) -> None:
        assert names("xã Tân Thành, tỉnh Tây Ninh") == ["Xã Tân Thành"]
        assert names("xã Tân Thành, huyện Mộc Hóa") == ["Xã Mộc Hóa"]

    def test_an_old_province_means_what_stood_in_it(self) -> None:
        assert names("xã Tân Thành, tỉnh Long An") == [
            "Xã Mộc Hóa",
            "Xã Nhơn Ninh",
            "Xã Thủ Thừa",
            "Xã Mỹ Thạnh",
        ]

    def test_a_name_alone_may_be_any_of_them(self) -> None:
        assert names("Long An") == ["Phường Long An", "Xã Phước Vĩnh Tây"]
        assert names("Phường 3") == ["Phường Tân Ninh", "Phường Long An", "Phường Kiến Tường"]

    def test_a_unit_that_was_divided_went_into_several(self) -> None:
        assert names("xã Đức Hòa Thượng, huyện Đức Hòa") == ["Xã Đức Lập", "Xã Mỹ Hạnh"]

    def test_accents_tell_names_apart_and_without_them_nobody_can(self) -> None:
        assert names("xã Tân Thạnh") == ["Xã Tân Thạnh"]
        assert names("xa tan thanh") == ["Xã Tân Thành", "Xã Tân Thạnh"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ",",
        "Tây Ninh",
        "huyện Châu Thành",
        "thị xã Hòa Thành",
        "thi xa hoa thanh",
        "xã Không Có",
        "Bình Chánh, TP.HCM",
        "xã Tân Phú, tỉnh Đồng Nai",
        "Phường Tân An, TP Cần Thơ",
        "123 Nguyễn Trãi",
        "99999",
    ],
)
def test_what_names_none_of_ours_finds_none(text: str) -> None:
    assert names(text) == []


def test_a_longer_name_is_not_the_shorter_one_within_it() -> None:
    assert names("xã Tân Thành Phú Lộc Thượng") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("80", "80"),
        ("Tây Ninh", "80"),
        ("tinh tay ninh", "80"),
        ("Long An", "80"),
        ("xã Bình Dương, tỉnh Tây Ninh", "80"),
        ("TP.HCM", "79"),
        ("TP Hồ Chí Minh", "79"),
        ("tỉnh Bình Dương", "79"),
        ("Bà Rịa - Vũng Tàu", "79"),
        ("Huế", "46"),
        ("TP. Cần Thơ", "92"),
    ],
)
def test_provinces_of_today_and_of_before_are_found(text: str, code: str) -> None:
    assert [one.code for one in OURS.find_province(text)] == [code]


def test_what_names_no_province_finds_none() -> None:
    assert OURS.find_province("xã Long Hưng") == []
    assert OURS.province("99") is None


@given(st.text(alphabet=st.sampled_from("pxtthuyện phường xã tân an 1ivx.,-;()\n")))
def test_whatever_is_typed_is_read(text: str) -> None:
    assert set(OURS.find_commune(text)) <= set(OURS.communes)
    assert set(OURS.find_province(text)) <= set(OURS.provinces)


def test_without_a_file_nothing_is_found() -> None:
    nothing = Places()
    assert nothing.find_commune("xã Tân An") == []
    assert nothing.find_province("Tây Ninh") == []
    assert nothing.home is None


def test_codes_are_those_of_the_statistics_office() -> None:
    assert all(re.fullmatch(r"\d{5}", one.code) for one in OURS.communes)
    named = {one.name: one.code for one in OURS.communes}
    assert (named["Phường Tân Ninh"], named["Phường Long An"]) == ("25459", "27694")
