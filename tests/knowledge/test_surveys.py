"""The files of questionnaires: ours, and what is refused with file and line."""

import random
from pathlib import Path
from typing import Any

import pytest

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.path import asked, next_question, to_come
from bot.domain.assessments.question import UNKNOWN, Answer, Question, QuestionKind
from bot.domain.assessments.scoring import score
from bot.knowledge.assessments import Nameable, read_assessments, read_surveys
from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.library import Library
from bot.knowledge.tables import read_tables
from bot.settings import ROOT
from tests.knowledge.test_assessments import THERE, written
from tests.support.data.assessments import SCALE, dimension

MOST_QUESTIONS, MOST_OF_A_HOUSEHOLD = 26, 12
WALKS = 400

CHOICES = [{"id": "a", "title": "Một"}, {"id": "b", "title": "Hai"}]


def survey_data(**changes: Any) -> dict[str, Any]:
    question = {"id": "q", "text": "t", "kind": "one_of", "choices": CHOICES}
    whole = {
        "id": "small",
        "kind": "survey",
        "version": "1",
        "title": "Phiếu nhỏ",
        "subject": "nhỏ",
        "intro": "i",
        "caveat": "c",
        "request_topic": "nang_suat",
        "scale": SCALE,
        "dimensions": [{**dimension("a", questions=[question]), "advice": [], "articles": []}],
    }
    return {**whole, **changes}


@pytest.fixture(scope="module")
def ours() -> Assessment:
    return read_tables(ROOT / "knowledge_base").surveys["khao-sat-hien-trang"]


def answers_of(question: Question) -> list[Answer]:
    match question.kind:
        case QuestionKind.NUMBER | QuestionKind.YEAR:
            given: list[Answer] = [
                (str(int(question.least or 0)),),
                (str(int(question.most or 9)),),
            ]
        case QuestionKind.SEVERAL:
            every = tuple(one.id for one in question.choices)
            given = [("khong_co",), every, *((one,) for one in every)]
        case QuestionKind.TEXT:
            given = [("ISO 9001:2015",)]
        case _:
            given = [(one.id,) for one in question.choices]
    return [*given, (UNKNOWN,)]


def walk(questions: Assessment, dice: random.Random, kind: str = "") -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    while (question := next_question(questions, answers)) is not None:
        is_first = question.id == "loai-hinh" and kind
        answers[question.id] = (kind,) if is_first else dice.choice(answers_of(question))
        assert len(answers) + to_come(questions, answers) <= MOST_QUESTIONS
    return answers


class TestOurs:
    def test_no_way_is_longer_than_a_chat_bears(self, ours: Assessment) -> None:
        dice = random.Random(1)
        longest = max(len(walk(ours, dice)) for _ in range(WALKS))
        assert 20 < longest <= MOST_QUESTIONS
        assert to_come(ours, {}) <= MOST_QUESTIONS

    def test_a_household_is_asked_little(self, ours: Assessment) -> None:
        dice = random.Random(2)
        longest = max(len(walk(ours, dice, "ho_kinh_doanh")) for _ in range(WALKS))
        assert longest <= MOST_OF_A_HOUSEHOLD

    def test_nothing_is_scored_and_every_way_ends(self, ours: Assessment) -> None:
        dice = random.Random(3)
        assert not ours.is_scored
        for _ in range(20):
            answers = walk(ours, dice)
            assert len(asked(ours, answers)) == len(answers)
            assert score(ours, answers).percent is None

    def test_every_question_says_why_it_is_asked(self, ours: Assessment) -> None:
        assert all(question.why for question in ours.questions)
        assert len({question.text for question in ours.questions}) == len(ours.questions)

    def test_it_is_no_self_assessment_that_owners_choose(self, library: Library) -> None:
        tables = library.tables
        assert set(tables.surveys).isdisjoint(tables.assessments)
        assert set(tables.surveys).isdisjoint(tables.menu.assessments)
        assert all(one.is_survey for one in tables.surveys.values())
        assert not any(one.is_survey for one in tables.assessments.values())

    def test_its_file_says_that_it_is_the_department_s_own(self) -> None:
        file = ROOT / "knowledge_base" / "surveys" / "khao-sat-hien-trang.yml"
        head = " ".join(file.read_text(encoding="utf-8").partition("\nid:")[0].split())
        assert "KHÔNG phải mẫu do văn bản nào ban" in head


class TestReading:
    def test_a_questionnaire_needs_no_score_and_no_consequence(self, tmp_path: Path) -> None:
        written(tmp_path, survey_data())
        assert list(read_surveys(tmp_path, THERE)) == ["small"]

    @pytest.mark.parametrize(
        ("data", "there", "said"),
        [
            (survey_data(request_topic="x"), THERE, "x is not in topics.yml"),
            (survey_data(id="other"), THERE, "other is not the file's name"),
            (survey_data(version=""), THERE, "version"),
            (
                survey_data(),
                Nameable({"5s-la-gi"}, {"nang_suat"}, {"nd-1"}, taken={"small"}),
                "small is an assessment already",
            ),
        ],
    )
    def test_what_is_wrong_is_told(
        self, tmp_path: Path, data: dict[str, Any], there: Nameable, said: str
    ) -> None:
        written(tmp_path, data)
        with pytest.raises(KnowledgeError) as raised:
            read_surveys(tmp_path, there)
        [problem] = raised.value.problems
        assert said in problem.message
        assert problem.line > 0

    def test_each_folder_holds_its_own_kind(self, tmp_path: Path) -> None:
        written(tmp_path, survey_data())
        with pytest.raises(KnowledgeError, match="are of the kind assessment"):
            read_assessments(tmp_path, THERE)
        data = survey_data()
        del data["kind"]
        data["consequences"] = [{"id": "x", "title": "t", "text": "t"}]
        written(tmp_path, data)
        with pytest.raises(KnowledgeError, match="are of the kind survey"):
            read_surveys(tmp_path, THERE)
