"""Offices found in what an owner writes, and what editors may write of how they are reached."""

from pathlib import Path

import pytest

from bot.domain.office.reach_asked import MARK
from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.files.table_file import read_table
from bot.knowledge.library import Library
from bot.knowledge.office.office import Office, OfficeFile
from bot.knowledge.office.office_names import OfficeNames
from bot.services.upkeep.broken_files import reason_of
from bot.texts import default_texts

OURS = Office(id="shtt", title="Bộ phận Sở hữu trí tuệ, Sở KH&CN", short="SHTT", handles="",
              called=["sở hữu trí tuệ", "nhãn hiệu"])  # fmt: skip
THEIRS = Office(id="cuc", title="Cục Sở hữu trí tuệ (Bộ KH&CN)", short="Cục SHTT", handles="",
                external=True)  # fmt: skip
NAMES = OfficeNames([OURS, THEIRS])


@pytest.mark.parametrize(
    ("text", "office", "said"),
    [
        ("email Cục Sở hữu trí tuệ", "cuc", f"email {MARK}"),
        ("email cuc shtt", "cuc", f"email {MARK}"),
        ("email bên sở hữu trí tuệ", "shtt", f"email ben {MARK}"),
        ("sdt ben nhan hieu", "shtt", f"so dien thoai ben {MARK}"),
        ("cục sở hữu trí tuệ về nhãn hiệu", "cuc", f"{MARK} ve nhan hieu"),
    ],
)
def test_the_longest_name_counts_and_an_office_goes_before_its_work(
    text: str, office: str, said: str
) -> None:
    named = NAMES.named_in(text)
    assert named is not None
    assert (named.office.id, named.said) == (office, said)


@pytest.mark.parametrize(
    "text", ["", "số điện thoại của sở", "cục sở hữu trí tuệ hay bộ phận shtt"]
)
def test_none_or_two_are_none(text: str) -> None:
    assert NAMES.named_in(text) is None


def test_no_name_in_the_file_stands_for_two_offices(library: Library) -> None:
    for office in library.current.offices.values():
        title = office.title.partition("(")[0].partition(",")[0]
        for name in (title, *office.called, *office.called_inside):
            named = library.current.office_in(name)
            assert named is not None, name
            assert named.office == office, name
            assert named.is_inside == (name in office.called_inside), name


@pytest.mark.parametrize(
    ("name", "is_own"),
    [
        ("phòng sở hữu trí tuệ", True),
        ("Sở Y tế", True),
        ("bên công nghệ", True),
        ("hải quan", True),
        ("sở hữu trí tuệ", False),
        ("chỉ dẫn địa lý", False),
        ("bản quyền tác giả", False),
        ("công nghệ cao", False),
    ],
)
def test_some_work_is_no_office_though_its_name_begins_like_one(
    library: Library, name: str, *, is_own: bool
) -> None:
    named = library.current.office_in(name)
    assert named is not None
    assert named.is_own_name is is_own


def test_no_office_is_known_by_the_name_of_a_procedure(library: Library) -> None:
    names = [name for office in library.current.offices.values() for name in office.called]
    procedures = ("đăng ký", "công bố", "kiểm định", "công nhận")
    assert not [name for name in names if name.startswith(procedures)]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('telephone: "gọi anh Ba"', "telephone"),
        ('email: "khong-co-a-cong"', "email"),
        ('site: "www.so.vn"', "site"),
        ('map: "http://ban.do"', "map"),
        ('person: "Trưởng phòng Ba, 0909 123 456"', "person"),
        ('person: "Trưởng phòng Ba, ba@so.vn"', "person"),
        (f'address: "{"x" * 201}"', "address"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line_in_the_editors_words(
    tmp_path: Path, line: str, field: str
) -> None:
    file = tmp_path / "offices.yml"
    file.write_text(
        f'offices:\n  - id: x\n    title: "X"\n    short: "X"\n    handles: ""\n    {line}\n',
        encoding="utf-8",
    )
    with pytest.raises(KnowledgeError) as refused:
        read_table(file, OfficeFile)
    (problem,) = refused.value.problems
    assert problem.line == 6
    told = reason_of(problem, default_texts())
    assert told == f"Giá trị ở mục “{field}” không hợp lệ."


def test_what_is_empty_is_named_and_hours_may_be() -> None:
    filled = OURS.model_copy(update={"telephone": "0272 382 1234", "person": "Trưởng phòng"})
    assert filled.unfilled == ["address", "email", "map", "site"]
