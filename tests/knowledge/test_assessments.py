"""The files of self-assessments: ours, and what is refused with file and line."""

from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.scoring import score
from bot.domain.assessments.typed_answer import read_score
from bot.domain.clock import VIETNAM
from bot.knowledge.assessments import (
    Nameable,
    read_assessment,
    read_assessments,
    read_sound_assessments,
)
from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.library import Library
from bot.knowledge.tables import read_tables
from bot.settings import ROOT
from tests.support.data.assessments import SCALE, answered, assessment_data, dimension

THERE = Nameable(articles={"5s-la-gi"}, topics={"nang_suat"}, documents={"nd-1"})


def written(folder: Path, data: dict[str, Any], name: str = "small.yml") -> Path:
    file = folder / name
    text = StringIO()
    YAML().dump(data, text)
    file.write_text(text.getvalue(), encoding="utf-8")
    return file


def problems(file: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as raised:
        read_assessment(file, THERE)
    lines = file.read_text(encoding="utf-8").splitlines()
    return [f"{lines[p.line - 1].strip()} ← {p.message}" for p in raised.value.problems]


@pytest.fixture(scope="module")
def five_s() -> Assessment:
    return read_tables(ROOT / "knowledge_base").assessments["5s"]


class TestFiveS:
    def test_it_has_five_questions_for_each_s(self, five_s: Assessment) -> None:
        assert [(d.title, len(d.questions)) for d in five_s.dimensions] == [
            ("Sàng lọc", 5),
            ("Sắp xếp", 5),
            ("Sạch sẽ", 5),
            ("Săn sóc", 5),
            ("Sẵn sàng", 5),
        ]

    def test_it_is_answered_with_few_buttons(self, five_s: Assessment) -> None:
        assert len(five_s.scale.choices) == 4
        assert five_s.scale.most == 5

    @pytest.mark.parametrize(
        ("given", "percent", "level"),
        [
            (0, 0, "Yếu"),
            (2, 40, "Yếu"),
            (3, 60, "Trung bình"),
            (4, 80, "Rất tốt"),
            (5, 100, "Xuất sắc"),
        ],
    )
    def test_the_same_answer_everywhere_comes_to_its_level(
        self, five_s: Assessment, given: int, percent: int, level: str
    ) -> None:
        result = score(five_s, answered(five_s, *[given] * 25))
        assert (result.percent, result.level.title) == (percent, level)

    def test_it_counts_as_a_hand_does(self, five_s: Assessment) -> None:
        scores = [5, 4, 4, 2, 0] + [2, 2, 2, 4, 0] + [5] * 5 + [0, 0, 2, 0, 0] + [4, 4, 2, 0, 0]
        result = score(five_s, answered(five_s, *scores))
        # 15, 10, 25, 2, 10 of 25 each; 62 of 125 = 49.6 %
        assert [d.percent for d in result.dimensions] == [60, 40, 100, 8, 40]
        assert (result.percent, result.level.title) == (50, "Yếu")
        assert [d.dimension.id for d in result.weakest] == ["san_soc", "sap_xep", "san_sang"]

    def test_every_dimension_leads_to_something_to_read(
        self, five_s: Assessment, library: Library
    ) -> None:
        for one in five_s.dimensions:
            assert one.articles
            assert set(one.articles) <= set(library.current.articles)

    def test_every_question_says_where_to_look(self, five_s: Assessment) -> None:
        assert all(question.look for question in five_s.questions)
        assert len({question.text for question in five_s.questions}) == 25

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("chua", 0),
            ("dạ chưa có ạ", 0),
            ("một phần", 2),
            ("có rồi", 4),
            ("3", 3),
            ("1 điểm", 1),
            ("lam du, co bang chung", 5),
            ("không biết", None),
            ("câu hỏi này là sao", None),
            ("nhãn hiệu là gì", None),
        ],
    )
    def test_typed_answers(self, five_s: Assessment, typed: str, meant: int | None) -> None:
        assert read_score(typed, five_s.scale) == meant


class TestReading:
    def test_a_good_file_is_read(self, tmp_path: Path) -> None:
        written(tmp_path, assessment_data(articles=["5s-la-gi"]))
        found = read_assessments(tmp_path, THERE)
        assert list(found) == ["small"]

    def test_the_problems_of_all_files_are_told_at_once(self, tmp_path: Path) -> None:
        written(tmp_path, assessment_data(version=""))
        written(tmp_path, assessment_data(id="other", title=""), "other.yml")
        with pytest.raises(KnowledgeError) as raised:
            read_assessments(tmp_path, THERE)
        assert {p.file.name for p in raised.value.problems} == {"small.yml", "other.yml"}

    def test_an_id_must_be_the_file_s_name(self, tmp_path: Path) -> None:
        assert problems(written(tmp_path, assessment_data(id="another"))) == [
            "id: another ← id: another is not the file's name"
        ]

    def test_unknown_articles_are_told(self, tmp_path: Path) -> None:
        data = assessment_data(
            articles=["nothing"], dimensions=[dimension("a", articles=["5s-la-gi", "nowhere"])]
        )
        assert problems(written(tmp_path, data)) == [
            "- nothing ← nothing is not in articles",
            "- nowhere ← nowhere is not in articles",
        ]

    def test_an_unknown_topic_is_told(self, tmp_path: Path) -> None:
        assert problems(written(tmp_path, assessment_data(request_topic="x"))) == [
            "request_topic: x ← x is not in topics.yml"
        ]

    def test_what_a_consequence_names_must_be_there(self, tmp_path: Path) -> None:
        one = {"id": "x", "title": "t", "text": "t"}
        named = [
            {**one, "article": "nowhere"},
            {**one, "id": "y", "document": "nd-2"},
            {**one, "id": "z", "document": "nd-1", "article": "5s-la-gi"},
        ]
        assert problems(written(tmp_path, assessment_data(consequences=named))) == [
            "article: nowhere ← nowhere is not in articles",
            "document: nd-2 ← nd-2 is not in register.yml",
        ]

    def test_an_assessment_that_is_sent_on_to_must_be_there(self, tmp_path: Path) -> None:
        sent = [{"id": "x", "title": "t", "text": "t", "assessment": "other"}]
        written(tmp_path, assessment_data(consequences=sent))
        found, told = read_sound_assessments(tmp_path, THERE, before={})
        assert list(found) == ["small"]
        assert [one.message for one in told] == ["other is not in assessments"]
        written(tmp_path, assessment_data(id="other"), "other.yml")
        assert read_sound_assessments(tmp_path, THERE, before={})[1] == []

    def test_words_of_one_question_that_stand_for_two_answers_are_told(
        self, tmp_path: Path
    ) -> None:
        choices = [{"id": "a", "title": "May"}, {"id": "b", "title": "Mộc", "words": ["máy"]}]
        question = {"id": "q", "text": "t", "kind": "one_of", "choices": choices}
        part = dimension("a", questions=[question, {"id": "q-2", "text": "t"}])
        told = problems(written(tmp_path, assessment_data(dimensions=[part])))
        assert ["may" in one for one in told] == [True, True]

    def test_words_that_stand_for_two_answers_are_told(self, tmp_path: Path) -> None:
        choices = [*SCALE["choices"][:2], {"score": 5, "title": "Làm đủ", "words": ["CHUA"]}]
        told = problems(written(tmp_path, assessment_data(scale={**SCALE, "choices": choices})))
        assert ["chua" in one for one in told] == [True, True]

    def test_a_gap_in_the_bands_is_told_with_its_place(self, tmp_path: Path) -> None:
        advice = [{"from": 10, "do_first": "late"}]
        data = assessment_data(dimensions=[dimension("a", advice=advice)])
        [told] = problems(written(tmp_path, data))
        assert told.startswith("- id: a ←")
        assert "the first band must begin at 0" in told


def test_our_own_tables_are_read_together() -> None:
    tables = read_tables(ROOT / "knowledge_base")
    assert "5s" in tables.assessments
    assert tables.routing.promise_hours > 0
    assert not tables.calendar.is_open(datetime(2027, 1, 1, 9, tzinfo=VIETNAM))


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"offices\.yml:0: the file is missing"):
        read_tables(tmp_path)
