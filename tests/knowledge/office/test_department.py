"""How the department is reached: what it filled in, and what is refused with file and line."""

from pathlib import Path

import pytest

from bot.domain.talk.about_us import AboutUs
from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.library import Library
from bot.knowledge.office.department import Department, read_department, read_sound_department

ARTICLES = {"gap-can-bo-tu-van"}


def written(folder: Path, text: str) -> Path:
    file = folder / "department.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_ours_leads_to_articles_that_are_there(library: Library) -> None:
    department = library.tables.department
    assert department.name
    assert set(department.articles) == set(AboutUs)
    assert set(department.articles.values()) <= library.current.articles.keys()


def test_what_is_empty_is_named_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, 'name: "Sở"\ntelephone: "0272 382 1234"\narticles: {}\n')
    department = read_department(file, articles=ARTICLES)
    assert department.telephone == "0272 382 1234"
    assert department.unfilled == ["address", "email", "site", "map", "leader", "articles"]


def test_a_folder_of_earlier_days_has_no_such_file(tmp_path: Path) -> None:
    assert read_department(tmp_path / "department.yml", articles=ARTICLES) == Department()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("telephone: gọi anh Ba", "telephone"),
        ("email: khong-co-a-cong", "email"),
        ("site: www.so.vn", "site"),
        ("map: http://ban.do", "map"),
        ("fax: '1'", "fax"),
        ("articles: {telephone: khong-co}", "khong-co"),
        ("articles: {fax: gap-can-bo-tu-van}", "articles"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    file = written(tmp_path, f"name: Sở\n{line}\n")
    with pytest.raises(KnowledgeError) as refused:
        read_department(file, articles=ARTICLES)
    (problem,) = refused.value.problems
    assert told in str(problem)
    assert problem.line == 2


def test_beside_a_wrong_article_the_rest_is_served(tmp_path: Path) -> None:
    text = "name: Sở\narticles: {telephone: khong-co, email: gap-can-bo-tu-van}\n"
    department = read_sound_department(written(tmp_path, text), articles=ARTICLES)
    assert department.name == "Sở"
    assert department.articles == {AboutUs.EMAIL: "gap-can-bo-tu-van"}
