"""A form is read field by field: numbers, choices, places of any age, sectors by code or words."""

from collections.abc import Mapping

import pytest

from bot.domain.enterprise.profile import FieldProblem, ProfileField, Value
from bot.domain.input.cleaning import clean_words
from bot.knowledge.library import Library
from bot.services.enterprises.typed_fields import NOTHING, Reading, TypedFields
from tests.support.data.hostile import TEXTS

TAN_TRU, TAY_NINH, CAN_THO = "Xã Tân Trụ", "80", "92"
DIVIDED = "xã Thái Bình, huyện Châu Thành"


@pytest.fixture(scope="module")
def fields(library: Library) -> TypedFields:
    tables = library.tables
    return TypedFields(tables.places, tables.sectors, this_year=2026)


def read(fields: TypedFields, **typed: str) -> Reading:
    return read_over(fields, {}, **typed)


def read_over(fields: TypedFields, base: Mapping[ProfileField, Value], **typed: str) -> Reading:
    given = {ProfileField(name): text for name, text in typed.items()}
    return fields.read(given, {**NOTHING, **base})


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("name", "  Công ty   TNHH  A ", "Công ty TNHH A"),
        ("legal_form", "limited", "limited"),
        ("legal_form", "other", "other"),
        ("ownership", "foreign", "foreign"),
        ("sector", "16", "16"),
        ("sector", "may mặc", "14"),
        ("staff", "1.200", 1200),
        ("revenue", "3.200", 3_200_000_000),
        ("revenue", "3,2 tỷ", 3_200_000_000),
        ("capital", "500 triệu", 500_000_000),
        ("figures_year", "2025", 2025),
        ("exports", "co", True),
        ("exports", "khong", False),
        ("province", CAN_THO, CAN_THO),
        ("province", "Hậu Giang", CAN_THO),
        ("remark", "dòng một\ndòng hai", "dòng một\ndòng hai"),
    ],
)
def test_what_is_typed_becomes_a_value(
    fields: TypedFields, name: str, typed: str, value: Value
) -> None:
    reading = read(fields, **{name: typed})
    assert reading.problems == {}
    assert reading.values == {ProfileField(name): value}


@pytest.mark.parametrize(
    ("name", "typed", "problem"),
    [
        ("name", "x" * 301, FieldProblem.LONG),
        ("address", "x" * 301, FieldProblem.LONG),
        ("products", "ghế " * 200, FieldProblem.LONG),
        ("remark", "x" * 10_000, FieldProblem.LONG),
        ("legal_form", "tập đoàn vũ trụ", FieldProblem.CHOICE),
        ("sector", "bay lên sao hỏa", FieldProblem.SECTOR),
        ("staff", "khoảng chục", FieldProblem.NUMBER),
        ("staff", "2,5", FieldProblem.NUMBER),
        ("staff", "9.999.999", FieldProblem.RANGE),
        ("revenue", "nhiều", FieldProblem.NUMBER),
        ("revenue", "-5", FieldProblem.NUMBER),
        ("figures_year", "2027", FieldProblem.RANGE),
        ("figures_year", "1989", FieldProblem.RANGE),
        ("province", "Sài Thành xưa", FieldProblem.PLACE),
        ("commune", "xã Không Có", FieldProblem.PLACE),
        ("commune", DIVIDED, FieldProblem.PLACE_TWICE),
    ],
)
def test_what_cannot_be_kept_is_named_and_kept_as_typed(
    fields: TypedFields, name: str, typed: str, problem: FieldProblem
) -> None:
    reading = read(fields, **{name: typed})
    assert reading.values == {}
    assert reading.problems[ProfileField(name)].problem is problem


def test_a_commune_brings_its_province(fields: TypedFields) -> None:
    reading = read(fields, commune=TAN_TRU)
    assert reading.values[ProfileField.PROVINCE] == TAY_NINH
    assert fields.text(ProfileField.COMMUNE, reading.values[ProfileField.COMMUNE]) == TAN_TRU
    assert not reading.renamed


def test_an_old_name_becomes_the_one_of_today_and_says_so(fields: TypedFields) -> None:
    reading = read(fields, commune="xã Bình Lãng, huyện Tân Trụ")
    assert reading.values == read(fields, commune=TAN_TRU).values
    assert reading.renamed
    assert not read(fields, commune="xa tan tru").renamed


def test_of_a_divided_commune_all_that_it_went_into_are_offered(fields: TypedFields) -> None:
    offered = read(fields, commune=DIVIDED).offered
    assert [one.name for one in offered] == ["Phường Tân Ninh", "Xã Châu Thành"]
    chosen = read(fields, commune=offered[1].code)
    assert chosen.values[ProfileField.COMMUNE] == offered[1].code
    assert not chosen.renamed


def test_the_communes_are_those_of_the_departments_own_province(fields: TypedFields) -> None:
    reading = read(fields, province=CAN_THO, commune=TAN_TRU)
    assert reading.problems[ProfileField.COMMUNE].problem is FieldProblem.PLACE
    base = read(fields, commune=TAN_TRU).values
    moved = read_over(fields, base, province=CAN_THO, commune=TAN_TRU)
    assert moved.problems[ProfileField.COMMUNE].problem is FieldProblem.PLACE
    emptied = read_over(fields, base, province=CAN_THO, commune="")
    assert emptied.values == {ProfileField.PROVINCE: CAN_THO, ProfileField.COMMUNE: ""}


def test_what_is_left_as_it_stood_is_not_read(fields: TypedFields) -> None:
    # A code that no list knows any more, and a year that is to come by another clock.
    base: dict[ProfileField, Value] = {
        ProfileField.SECTOR: "00",
        ProfileField.COMMUNE: "99999",
        ProfileField.FIGURES_YEAR: 2030,
        ProfileField.REVENUE: 1_500_000_000,
    }
    typed = {field.value: fields.text(field, value) for field, value in base.items()}
    assert typed["revenue"] == "1.500"
    reading = read_over(fields, base, **typed)
    assert (reading.values, reading.problems) == ({}, {})


def test_an_emptied_field_becomes_empty(fields: TypedFields) -> None:
    base: dict[ProfileField, Value] = {
        ProfileField.NAME: "A",
        ProfileField.STAFF: 4,
        ProfileField.EXPORTS: False,
        ProfileField.SECTOR: "16",
    }
    reading = read_over(fields, base, name="", staff="", exports="", sector="")
    assert reading.values == {
        ProfileField.NAME: "",
        ProfileField.STAFF: None,
        ProfileField.EXPORTS: None,
        ProfileField.SECTOR: "",
    }


def test_a_value_of_the_history_is_read_back(fields: TypedFields) -> None:
    values: dict[ProfileField, Value] = {
        ProfileField.NAME: "Ô Mai",
        ProfileField.LEGAL_FORM: "household",
        ProfileField.STAFF: 0,
        ProfileField.REVENUE: 1_234_567,
        ProfileField.EXPORTS: False,
        ProfileField.FIGURES_YEAR: None,
        ProfileField.COMMUNE: "25459",
        ProfileField.SECTOR: "",
    }
    for field, value in values.items():
        written = value if field is ProfileField.COMMUNE else fields.text(field, value)
        assert fields.kept(field, str(written)) == value


def test_an_enterprise_needs_a_name_where_it_has_no_code(fields: TypedFields) -> None:
    typed = dict.fromkeys(ProfileField, "")
    nameless = fields.read_new(typed, has_code=False)
    assert nameless.problems[ProfileField.NAME].problem is FieldProblem.MISSING
    assert fields.read_new(typed, has_code=True).problems == {}
    long = fields.read_new({**typed, ProfileField.NAME: "x" * 400}, has_code=False)
    assert long.problems[ProfileField.NAME].problem is FieldProblem.LONG


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_words_are_read_or_refused_in_every_field(fields: TypedFields, text: str) -> None:
    cleaned = clean_words(text, 1_000_000).strip()
    reading = read(fields, **{field.value: cleaned for field in ProfileField})
    for value in reading.values.values():
        assert "\0" not in str(value)
        assert len(str(value)) <= 4000
