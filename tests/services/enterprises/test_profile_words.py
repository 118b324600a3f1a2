"""Profiles in words: values as people read them, and the size with the clause that decides it."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.domain.enterprise.profile import (
    ChangeSource,
    FieldProblem,
    ProfileField,
    Unreadable,
    Value,
)
from bot.knowledge.library import Library
from bot.services.enterprises.profile_words import ProfileWords
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.storage.database import Database
from bot.texts import default_texts
from tests.support.data.enterprises import Enterprises


@pytest.fixture(scope="module")
def words(library: Library) -> ProfileWords:
    return ProfileWords(default_texts(), library.tables.places, library.tables.sectors)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (ProfileField.NAME, "Gỗ Tân", "Gỗ Tân"),
        (ProfileField.LEGAL_FORM, "joint_stock", "Công ty cổ phần"),
        (ProfileField.OWNERSHIP, "foreign", "Có vốn nước ngoài"),
        (ProfileField.PROVINCE, "80", "Tỉnh Tây Ninh"),
        (ProfileField.COMMUNE, "25459", "Phường Tân Ninh"),
        (ProfileField.STAFF, 1200, "1.200 người"),
        (ProfileField.STAFF, 0, "0 người"),
        (ProfileField.REVENUE, 3_200_000_000, "3,2 tỷ đồng"),
        (ProfileField.EXPORTS, False, "Không"),
        (ProfileField.EXPORTS, None, ""),
        (ProfileField.FIGURES_YEAR, 2025, "2025"),
        (ProfileField.SECTOR, "", ""),
        (ProfileField.SECTOR, "00", "00"),
        (ProfileField.COMMUNE, "99999", "99999"),
    ],
)
def test_a_value_is_read_and_no_code(
    words: ProfileWords, field: ProfileField, value: Value, shown: str
) -> None:
    assert words.shown(field, value) == shown


@pytest.mark.parametrize(
    ("field", "written", "shown"),
    [
        ("revenue", "3.200", "3,2 tỷ đồng"),
        ("exports", "khong", "Không"),
        ("legal_form", "limited", "Công ty TNHH"),
        ("commune", "25459", "Phường Tân Ninh"),
        ("staff", "", ""),
        ("figures_year", "2031", "2031"),
        ("tax_code", "0101243150", "0101243150"),
        ("no_such_field", "x", "x"),
    ],
)
def test_the_history_is_read_the_same_way(
    words: ProfileWords, field: str, written: str, shown: str
) -> None:
    assert words.shown_written(field, written) == shown


@pytest.fixture
def ground(
    words: ProfileWords, library: Library, database: Database, now: datetime
) -> Callable[..., str]:
    """What is said of an enterprise with some values."""

    def said(**values: Value) -> str:
        with database.transaction() as session:
            there = Enterprises(session, now)
            profile = there.known("A", staff=None, revenue=None, sector="16")
            given = {ProfileField(field): value for field, value in values.items()}
            there.profiles.write(profile, given, by=WrittenBy(ChangeSource.FORM), now=now)
            return words.size_ground(profile, ProfileService(session, library.tables.sectors))

    return said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"staff": 40, "revenue": 12 * 10**9},
            (
                "Doanh nghiệp nhỏ theo khoản 2 Điều 5 Nghị định 80/2021/NĐ-CP (lĩnh vực nông, lâm "
                "nghiệp, thủy sản; công nghiệp, xây dựng): lao động đóng bảo hiểm xã hội 40 người "
                "(không quá 100 người), doanh thu năm 12 tỷ đồng (không quá 50 tỷ đồng). Không xếp "
                "siêu nhỏ vì lao động đóng bảo hiểm xã hội 40 người (quá 10 người)."
            ),
        ),
        (
            {"staff": 5, "revenue": 2 * 10**9, "sector": "47"},
            (
                "Doanh nghiệp siêu nhỏ theo khoản 1 Điều 5 Nghị định 80/2021/NĐ-CP (lĩnh vực "
                "thương mại, dịch vụ): lao động đóng bảo hiểm xã hội 5 người (không quá 10 "
                "người), doanh thu năm 2 tỷ đồng (không quá 10 tỷ đồng)."
            ),
        ),
        (
            {"staff": 500},
            (
                "Doanh nghiệp lớn, không thuộc nhỏ và vừa theo khoản 3 Điều 5 Nghị định "
                "80/2021/NĐ-CP (lĩnh vực nông, lâm nghiệp, thủy sản; công nghiệp, xây dựng): lao "
                "động đóng bảo hiểm xã hội 500 người (quá 200 người)."
            ),
        ),
        (
            {"staff": 40},
            (
                "Chưa xếp được quy mô theo Điều 5 Nghị định 80/2021/NĐ-CP: cần biết thêm doanh thu "
                "năm, tổng nguồn vốn."
            ),
        ),
        (
            {"staff": 40, "sector": ""},
            (
                "Chưa xếp được quy mô: chưa ghi ngành chính, mà mức ở Điều 5 Nghị định "
                "80/2021/NĐ-CP tùy lĩnh vực."
            ),
        ),
        (
            {"staff": 4, "revenue": 10**9, "legal_form": "household"},
            (
                "Không xếp quy mô: các mức siêu nhỏ, nhỏ, vừa của Nghị định 80/2021/NĐ-CP chỉ dùng "
                "cho doanh nghiệp, không dùng cho hộ kinh doanh."
            ),
        ),
    ],
)
def test_the_size_names_its_clause_and_its_figures(
    ground: Callable[..., str], values: dict[str, Value], said: str
) -> None:
    assert ground(**values) == said


@pytest.mark.parametrize(
    ("field", "problem", "said"),
    [
        (ProfileField.NAME, FieldProblem.LONG, "300"),
        (ProfileField.FIGURES_YEAR, FieldProblem.RANGE, "từ 1990 đến 2026"),
        (ProfileField.STAFF, FieldProblem.RANGE, "từ 0 người đến 1.000.000 người"),
        (ProfileField.CAPITAL, FieldProblem.NUMBER, "3,2 tỷ"),
        (ProfileField.STAFF, FieldProblem.NUMBER, "số nguyên"),
        (ProfileField.COMMUNE, FieldProblem.PLACE, "Địa chỉ"),
    ],
)
def test_a_problem_says_what_can_be_kept(
    words: ProfileWords, field: ProfileField, problem: FieldProblem, said: str
) -> None:
    assert said in words.problem(field, Unreadable(problem, "x"), this_year=2026)


def test_every_problem_of_every_field_is_said(words: ProfileWords) -> None:
    for problem in FieldProblem:
        fields = (
            [ProfileField.NAME]
            if problem is FieldProblem.LONG
            else [ProfileField.STAFF, ProfileField.REVENUE, ProfileField.FIGURES_YEAR]
        )
        for field in fields:
            assert words.problem(field, Unreadable(problem, "x"), this_year=2026)
