"""Owners take the screening and the tree of duties: told is what the law asks, and no more."""

import pytest

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.path import next_question
from bot.domain.assessments.question import UNKNOWN, Answer, Question, QuestionKind
from bot.domain.assessments.scoring import score
from bot.domain.assessments.typed_answer import is_unknown, read_answer
from bot.knowledge.library import Library
from bot.knowledge.products.products import Products
from bot.services.assessments.product_asked import product_answer
from tests.support.data.owner_stories import OWNER_STORIES, OwnerStory, Told

MOST_LEADS = 3
"""So many assessments the screening names at most."""

BOTH = [
    pytest.param(assessment, told, id=f"{story.name}, {assessment}")
    for story in OWNER_STORIES
    for assessment, told in (("chon-bai", story.screening), ("san-pham", story.product))
]

MISTAKABLE = [
    ("chon-bai", "lam-gi", "cơ khí theo đơn", "gia_cong"),
    ("chon-bai", "ban-o-dau", "cửa hàng", "cho"),
    ("chon-bai", "ban-o-dau", "shop", "cho"),
    ("chon-bai", "dong-goi", "đóng chai", "ghi_san"),
    ("chon-bai", "du-lieu-khach", "chưa có", "khong_giu"),
    ("chon-bai", "ten-hieu", "không có giấy", "chua_dang_ky"),
    ("chon-bai", "dau-nhat", "chất lượng kém", "loi"),
    ("san-pham", "nguon", "đặt xưởng gia công", "dat_lam"),
    ("san-pham", "thi-truong", "không xuất khẩu", "trong_nuoc"),
    ("san-pham", "bao-bi", "không đóng bao", "xe_bon"),
    ("san-pham", "hop-quy", "không còn hạn", "chua"),
    ("san-pham", "nhan", "không đủ", "thieu"),
]
"""Words that hold, without their accents or without their “không”, those of another answer."""


def read(typed: str, assessment: Assessment, question: Question, products: Products) -> Answer:
    """What the chat makes of typed words, in its order."""
    if is_unknown(typed):
        return (UNKNOWN,)
    if question.kind is QuestionKind.PRODUCT:
        answer = product_answer(products, typed)
    else:
        answer = read_answer(typed, assessment, question)
    assert answer is not None, f"{question.id}: not understood: {typed}"
    return answer


def answers_of(told: Told, assessment: Assessment, products: Products) -> dict[str, Answer]:
    """The way to its end, question by question."""
    answers: dict[str, Answer] = {}
    while (question := next_question(assessment, answers)) is not None:
        assert question.id in told.typed, f"{question.id} is asked, and the story has no answer"
        answers[question.id] = read(told.typed[question.id], assessment, question, products)
    return answers


@pytest.mark.parametrize(("name", "told"), BOTH)
def test_an_owner_is_told_what_the_law_asks_of_him(library: Library, name: str, told: Told) -> None:
    assessment = library.tables.assessments[name]
    answers = answers_of(told, assessment, library.current.products)
    assert list(answers) == list(told.typed)
    shown = {one.id for one in score(assessment, answers).consequences}
    assert {one: why for one, why in told.must.items() if one not in shown} == {}
    assert {one: why for one, why in told.must_not.items() if one in shown} == {}


@pytest.mark.parametrize(("name", "told"), BOTH)
def test_a_story_expects_what_the_file_can_say(library: Library, name: str, told: Told) -> None:
    known = {one.id for one in library.tables.assessments[name].consequences}
    assert {*told.must, *told.must_not} <= known
    assert not {*told.must} & {*told.must_not}


@pytest.mark.parametrize("story", OWNER_STORIES, ids=lambda story: story.name)
def test_the_screening_leads_to_one_assessment_first_and_to_none_twice(
    library: Library, story: OwnerStory
) -> None:
    screening = library.tables.assessments["chon-bai"]
    answers = answers_of(story.screening, screening, library.current.products)
    leads = [one for one in score(screening, answers).consequences if one.assessment]
    assert [one.id.startswith("bai-") for one in leads] == [True] + [False] * (len(leads) - 1)
    assert len({one.assessment for one in leads}) == len(leads) <= MOST_LEADS


@pytest.mark.parametrize(("name", "asked", "typed", "meant"), MISTAKABLE)
def test_an_answer_is_not_taken_for_the_one_it_sounds_like(
    library: Library, name: str, asked: str, typed: str, meant: str
) -> None:
    assessment = library.tables.assessments[name]
    question = assessment.question(asked)
    assert question is not None
    assert read_answer(typed, assessment, question) == (meant,)
